//! `GET /cards?number= | code= | contact=`: cards found by what is written on them or whose they are.

use super::show::going_on;
use crate::api::opening::contact;
use crate::api::query::Paging;
use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::card::{CardList, CardView, Read};
use crate::api::{Api, query};
use crate::error::Error;
use crate::identity::Principal;
use crate::permissions::Action;
use crate::problem::{Code, Detail, Fault, Problem};
use crate::rate_limits::Kind;
use crate::sql::lookups::{self, CardRow};
use axum::extract::State;
use domain::Card;
use domain::ids::MerchantId;
use domain::number::CardNumber;

/// The fewest characters to search for.
const TYPED_MIN: usize = 3;
/// What can be searched by.
const NAMES: [&str; 3] = ["number", "code", "contact"];

/// What is searched for: exactly one.
enum Sought {
    Number(String),
    Code(String),
    Contact(String),
}

impl Sought {
    fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => NAMES[0],
            Self::Code(_) => NAMES[1],
            Self::Contact(_) => NAMES[2],
        }
    }

    fn typed(&self) -> &str {
        match self {
            Self::Number(typed) | Self::Code(typed) | Self::Contact(typed) => typed,
        }
    }
}

/// Find cards. A search that finds nothing is refused with `card_not_found`; a replaced number or code with
/// `credential_revoked`.
#[utoipa::path(
    get, path = "/cards", operation_id = "find_cards", tag = "cards", security(("bearer" = ["cards:read"])),
    params(
        ("number" = Option<String>, Query, min_length = 3, max_length = 300, description = "A card number, however it is typed. Exactly one of `number`, `code` and `contact` is given."),
        ("code" = Option<String>, Query, min_length = 3, max_length = 300, description = "What a QR code holds."),
        ("contact" = Option<String>, Query, min_length = 3, max_length = 300, description = "An e-mail address or a phone number."),
        Paging,
    ),
    responses((status = 200, description = "The cards.", body = CardList)),
)]
pub async fn find(State(api): State<Api>, seeing: Seeing) -> Result<Shown<CardList>, Problem> {
    seeing.may(Action::SeeCards)?;
    let kind = match seeing.caller.principal() {
        Principal::Key { .. } => Kind::LookupByKey,
        Principal::Terminal { .. } => Kind::Lookup,
    };
    api.app.limits.check(kind, &seeing.caller.id())?;
    query::only(&seeing.parts, &[&NAMES[..], &query::PAGING].concat())?;
    let sought = sought(&seeing)?;
    // Each search is a list of its own; what was typed stands in the name that a cursor is signed with, nowhere else.
    let name = format!("cards of {} by {} {}", seeing.merchant(), sought.kind(), sought.typed());
    let page = api.page(&seeing.parts, &name, &NAMES)?;
    let found = match sought {
        Sought::Number(typed) => api.by_number(seeing.merchant(), &typed).await?,
        Sought::Code(code) => api.by_code(seeing.merchant(), &code).await?,
        Sought::Contact(typed) => api.by_contact(&seeing, &typed).await?,
    };
    if found.is_empty() {
        return Err(Code::CardNotFound.into());
    }
    let view = |read| CardView::new(&api, &seeing.catalogue, read, seeing.locale);
    let (cards, next_cursor) = api.cut(page, &name, found.into_iter().map(view));
    let data = cards
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| Problem::broken(&error))?;
    Ok(Shown(CardList { data, next_cursor }))
}

fn sought(seeing: &Seeing) -> Result<Sought, Problem> {
    let parts = &seeing.parts;
    let given = (
        query::value(parts, "number")?,
        query::value(parts, "code")?,
        query::value(parts, "contact")?,
    );
    let too_short = |name: &str, typed: &str| {
        let short = typed.chars().count() < TYPED_MIN;
        short.then(|| Fault::with(name, Code::QueryTooShort, "min", Detail::Number(TYPED_MIN as i64)))
    };
    let (sought, short) = match given {
        (Some(typed), None, None) => (Sought::Number(typed.clone()), too_short("number", &typed)),
        (None, Some(code), None) => (Sought::Code(code.clone()), too_short("code", &code)),
        (None, None, Some(typed)) => (Sought::Contact(typed.clone()), too_short("contact", &typed)),
        (None, None, None) => return Err(Fault::new("number", Code::Required).into()),
        _ => {
            let fields = Detail::Word("number, code, contact".to_owned());
            return Err(Fault::with("number", Code::ConflictingFields, "fields", fields).into());
        }
    };
    short.map_or(Ok(sought), |fault| Err(fault.into()))
}

/// What a search by number came to.
enum ByNumber {
    Found(Box<Read>),
    Revoked,
    Nothing,
}

impl Api {
    async fn by_number(&self, merchant: MerchantId, typed: &str) -> Result<Vec<Read>, Problem> {
        // A number with a slip in it is nobody's.
        let Some(number) = CardNumber::parse(typed) else {
            return Ok(Vec::new());
        };
        let read = self.app.db.read(move |tx| {
            if let Some(row) = lookups::card_by_number(tx, merchant.0, number.as_str())? {
                return Ok(ByNumber::Found(Box::new(going_on(tx, merchant, row)?)));
            }
            let revoked = lookups::is_revoked_number(tx, merchant.0, number.as_str())?;
            Ok(if revoked { ByNumber::Revoked } else { ByNumber::Nothing })
        });
        match read.await.map_err(|error: Error| Problem::broken(&error))? {
            ByNumber::Found(read) => Ok(vec![*read]),
            ByNumber::Revoked => Err(Fault::new("number", Code::CredentialRevoked).into()),
            ByNumber::Nothing => Ok(Vec::new()),
        }
    }

    async fn by_code(&self, merchant: MerchantId, code: &str) -> Result<Vec<Read>, Problem> {
        let known = self
            .app
            .secrets
            .card_of_code(code)
            .filter(|known| known.merchant == merchant);
        let Some(known) = known else { return Ok(Vec::new()) };
        let read = self.app.db.read(move |tx| {
            let Some(row) = lookups::card(tx, merchant.0, known.card.0)? else {
                return Ok(None);
            };
            let card: Card = serde_json::from_str(&row.state).map_err(|error| Error::malformed("card", error))?;
            let current = card.generation == known.generation;
            Ok(Some(current.then(|| going_on(tx, merchant, row)).transpose()?))
        });
        match read.await.map_err(|error: Error| Problem::broken(&error))? {
            Some(Some(read)) => Ok(vec![read]),
            Some(None) => Err(Fault::new("code", Code::CredentialRevoked).into()),
            None => Ok(Vec::new()),
        }
    }

    async fn by_contact(&self, seeing: &Seeing, typed: &str) -> Result<Vec<Read>, Problem> {
        let merchant = seeing.merchant();
        let contact = contact(typed, &seeing.catalogue, "contact")?;
        let Some(customer) = self.customer_of(merchant, &contact).await? else {
            return Ok(Vec::new());
        };
        let read = self.app.db.read(move |tx| {
            let rows: Vec<CardRow> = lookups::cards_of_customer(tx, merchant.0, customer.0)?;
            rows.into_iter().map(|row| going_on(tx, merchant, row)).collect()
        });
        read.await.map_err(|error: Error| Problem::broken(&error))
    }
}
