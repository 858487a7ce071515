//! `POST /j/{merchant}/{program}`: opens a card and leads to its page. The same form sent again leads to the same card.

use super::card::address;
use super::join::{Joining, Wish};
use crate::app::App;
use crate::client_address::Client;
use crate::contacts;
use crate::ledger::{Answer, Consent, IdempotencyKey, Objection, Opening, OpeningCustomer, Refusal, Submission};
use crate::locale::{self, Locale};
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::page::Page;
use crate::pages::preferences::cookie;
use crate::pages::storefront::join::{FieldError, Typed};
use crate::pages::storefront::{haste, joined};
use crate::problem::Code;
use crate::rate_limits::Kind;
use crate::secrets::SecretError;
use crate::texts;
use axum::extract::{Form, Path, Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse;
use domain::Rejection;
use domain::command::Command;
use domain::contact::{Contact, InvalidContact};
use domain::event::{Actor, Origin};
use domain::facts::Authority;
use domain::ids::{CardId, CustomerId};
use serde::Deserialize;

/// Letters of a first name.
const FIRST_NAME_MAX: usize = 80;
/// Letters of a contact.
const CONTACT_MAX: usize = 254;
/// The key of a public form is long enough that nobody guesses another's.
const KEY_LENGTH: std::ops::RangeInclusive<usize> = 16..=128;
/// A new number is drawn again when somebody has it; once is rare, thrice does not happen.
const ATTEMPTS_MAX: usize = 3;
const ROUTE: &str = "POST /j/{merchant}/{program}";

/// The form as it was sent.
#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    idempotency_key: String,
    #[serde(default)]
    first_name: String,
    /// A mail address or a phone number (`ENR-3`).
    #[serde(default)]
    contact: String,
    #[serde(default)]
    locale: String,
    /// Only looked at, never kept (`ENR-7`).
    #[serde(default)]
    birth_year: String,
    /// The version of the terms that the ticked box stood under.
    #[serde(default)]
    terms: String,
    /// Whether they like to be written to (`ENR-1`).
    #[serde(default)]
    marketing: String,
    /// When the form was shown, signed.
    #[serde(default)]
    shown: String,
    /// What people do not see, they do not fill in.
    #[serde(default)]
    more: String,
}

/// What a form says.
struct Wanted {
    key: String,
    first_name: Option<String>,
    contact: Option<Contact>,
    locale: Locale,
    consents: Vec<Consent>,
    /// What is wrong with it, with what was typed.
    faulty: Option<Faulty>,
    /// Nothing else is wrong with it than that no person fills in forms like that (`ENR-7`).
    hasty: bool,
}

/// Opens the card.
pub(crate) async fn open(
    State(app): State<App>,
    client: Client,
    Path((slug, program)): Path<(String, String)>,
    Query(wish): Query<Wish>,
    reader: Reader,
    Form(sent): Form<Sent>,
) -> Answered {
    app.limit(Kind::EnrolAddress, &client.counted().to_string()).await?;
    let joining = Joining::find(app, reader, &slug, &program, wish).await?;
    joining.not_too_many().await?;
    let wanted = read(&joining, sent)?;
    joining.not_too_often(wanted.contact.as_ref()).await?;
    match submit(&joining, &wanted).await? {
        Ok(answer) => Ok(lead(&joining, &answer, &wanted)),
        // Only now: terms may have changed since the form was first sent, and then it has its card.
        Err(Refusal::Objected(_)) => {
            joining.for_everybody()?;
            let status = wanted.status();
            let (typed, errors) = wanted.faulty.unwrap_or_default();
            joining.show(status, typed, errors)
        }
        Err(Refusal::Rejected(Rejection::SelfEnrollmentDisabled)) => Err(joining.by_staff()),
        Err(Refusal::Rejected(Rejection::EnrollmentClosed)) => {
            joining.show(StatusCode::CONFLICT, Typed::default(), Vec::new())
        }
        Err(refusal) => Err(Failure::from(refusal).of(&joining.catalogue)),
    }
}

impl Wanted {
    /// How the form comes back.
    fn status(&self) -> StatusCode {
        if self.hasty {
            StatusCode::FORBIDDEN
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}

/// Leads to the card, in the language that was chosen for it. The browser knows it again when its contact is proved.
fn lead(joining: &Joining, answer: &Answer, wanted: &Wanted) -> axum::response::Response {
    let (merchant, card) = (joining.catalogue.merchant.id, answer.receipt.card);
    let link = joining.app.secrets.card_link(merchant, card, 0);
    let chosen = cookie(locale::COOKIE, wanted.locale.code());
    let joined = wanted.contact.is_some();
    let joined = joined.then(|| (SET_COOKIE, joined::cookie(&joining.app.config, &link)));
    let mut answer = (StatusCode::SEE_OTHER, [(LOCATION, address(&link))]).into_response();
    for (name, value) in [Some((SET_COOKIE, chosen)), joined].into_iter().flatten() {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().append(name, value);
        }
    }
    answer
}

type Faulty = (Typed, Vec<FieldError>);

/// Reads the form.
fn read(joining: &Joining, sent: Sent) -> Result<Wanted, Failure> {
    let key = sent.idempotency_key;
    if !KEY_LENGTH.contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::bad_request().of(&joining.catalogue));
    }
    let page = joining.page();
    let first_name = sent.first_name.trim().to_owned();
    let locale = Locale::parse(&sent.locale).unwrap_or(page.locale);
    let version = joining.entry().program.version().number;
    let current = version.to_string();
    let (secrets, now) = (&joining.app.secrets, joining.app.clock.now());
    let mut errors = errors(&page, &sent.first_name, &sent.terms, &current);
    let contact = contact(joining, sent.contact.trim());
    errors.extend(contact.as_ref().err().map(|wrong| unreadable(&page, *wrong)));
    errors.extend(age(joining, &page, sent.birth_year.trim()));
    let hasty = errors.is_empty() && !haste::is_credible(secrets, &sent.shown, &sent.more, now);
    if hasty {
        errors.push(FieldError {
            field: "join".to_owned(),
            message: page.text().enrol_again(),
        });
    }
    let typed = Typed {
        first_name: first_name.clone(),
        contact: sent.contact.trim().to_owned(),
        locale: Some(locale),
        birth_year: sent.birth_year.trim().to_owned(),
        terms: sent.terms == current,
        marketing: !sent.marketing.is_empty(),
    };
    // Nobody is written to without an address.
    let reachable = contact.as_ref().is_ok_and(Option::is_some);
    Ok(Wanted {
        key,
        first_name: Some(first_name).filter(|name| !name.is_empty()),
        consents: Consent::given(version, reachable && typed.marketing),
        contact: contact.unwrap_or_default(),
        locale,
        faulty: (!errors.is_empty()).then_some((typed, errors)),
        hasty,
    })
}

fn errors(page: &Page, first_name: &str, terms: &str, current: &str) -> Vec<FieldError> {
    let text = page.text();
    let error = |field: &str, message: String| FieldError {
        field: field.to_owned(),
        message,
    };
    let name = match texts::text(first_name, FIRST_NAME_MAX, false) {
        Err((Code::TooLong, _)) => Some(error("first_name", text.join_first_name_long(FIRST_NAME_MAX as i64))),
        Err((Code::InvalidCharacters, _)) => Some(error("first_name", text.error_invalid_characters())),
        _ => None,
    };
    let terms = match terms {
        "" => Some(error("terms", text.join_terms_missing())),
        accepted if accepted != current => Some(error("terms", text.join_terms_outdated())),
        _ => None,
    };
    name.into_iter().chain(terms).collect()
}

/// The contact, if one was typed.
fn contact(joining: &Joining, typed: &str) -> Result<Option<Contact>, InvalidContact> {
    if typed.is_empty() {
        return Ok(None);
    }
    if texts::text(typed, CONTACT_MAX, false).is_err() {
        return Err(InvalidContact::Email);
    }
    domain::contact::parse(typed, &joining.catalogue.merchant.country).map(Some)
}

fn unreadable(page: &Page, wrong: InvalidContact) -> FieldError {
    FieldError {
        field: "contact".to_owned(),
        message: match wrong {
            InvalidContact::Email => page.text().error_invalid_email(),
            InvalidContact::Phone => page.text().error_invalid_phone(),
        },
    }
}

/// What is wrong with a year of birth, where the program asks for it (`ENR-7`).
fn age(joining: &Joining, page: &Page, born_in: &str) -> Option<FieldError> {
    let terms = joining.entry().program.terms();
    let year = i64::from(joining.catalogue.moment(None, joining.app.clock.now()).day.year());
    let born_in = born_in.parse().ok().filter(|born_in| (1900..=year).contains(born_in));
    let message = match born_in {
        _ if terms.min_age == 0 => return None,
        None => page.text().enrol_birth_year_missing(),
        Some(born_in) if terms.is_of_age(born_in, year) => return None,
        Some(_) => page.text().error_age_restricted(),
    };
    let field = "birth_year".to_owned();
    Some(FieldError { field, message })
}

/// Opens the card, under another number if somebody has the first.
async fn submit(joining: &Joining, wanted: &Wanted) -> Result<Result<Answer, Refusal>, SecretError> {
    for _ in 1..ATTEMPTS_MAX {
        match joining.app.ledger.submit(submission(joining, wanted)?).await {
            Err(Refusal::NumberTaken) => {}
            outcome => return Ok(outcome),
        }
    }
    Ok(joining.app.ledger.submit(submission(joining, wanted)?).await)
}

fn submission(joining: &Joining, wanted: &Wanted) -> Result<Submission, SecretError> {
    let (app, catalogue) = (&joining.app, &joining.catalogue);
    let opening = Opening {
        program: joining.entry().program.id(),
        number: app.secrets.new_number()?,
        customer: customer(app, wanted)?,
        address: app.config.address(""),
    };
    let card = CardId(app.secrets.new_id(app.clock.now())?);
    let contact = wanted.contact.as_ref();
    let pending = contact.map(|contact| contacts::pending(app, catalogue, card, contact, wanted.locale));
    let command = Command::Enroll {
        claimed: false,
        person: None,
    };
    let origin = Origin {
        actor: Actor::Public,
        store: joining.store().map(|store| store.id),
        staff: None,
    };
    Ok(Submission {
        opening: Some(opening),
        pending: pending.transpose()?,
        consents: wanted.consents.clone(),
        objection: wanted.faulty.as_ref().map(|_| Objection::FormFaulty),
        key: Some(key(joining, wanted)),
        locale: wanted.locale.code().to_owned(),
        ..Submission::new(catalogue.merchant.id, card, command, (origin, Authority::Customer))
    })
}

/// Who goes back and sends the form again, even with another name, gets the card they have: the form is its key.
fn key(joining: &Joining, wanted: &Wanted) -> IdempotencyKey {
    let input_hash = joining.app.secrets.input_hash(ROUTE, &joining.action(), "");
    let principal = format!("public:{}", joining.catalogue.merchant.id);
    IdempotencyKey::new(&principal, ROUTE, &wanted.key, input_hash)
}

/// A person, only if they said a name or a contact, which waits until they prove it.
fn customer(app: &App, wanted: &Wanted) -> Result<Option<OpeningCustomer>, SecretError> {
    if wanted.first_name.is_none() && wanted.contact.is_none() {
        return Ok(None);
    }
    Ok(Some(OpeningCustomer {
        id: CustomerId(app.secrets.new_id(app.clock.now())?),
        first_name: wanted.first_name.clone(),
        locale: wanted.locale.code().to_owned(),
        via: "join".to_owned(),
        contact: None,
    }))
}
