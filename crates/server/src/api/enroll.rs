//! `POST /enroll`: anybody joins a program, without a credential. It reveals nothing: who joins always gets a new card,
//! and a contact waits on it until its owner proves it (`ENR-3`).

use super::Api;
use super::fields::{Field, body};
use super::kinds::{Label, LocaleWord, Slug, TypedContact};
use super::opening::{Wish, contact, program};
use super::request::{self, idempotency_key, read_json};
use super::told::Told;
use super::views::card::OpenedCard;
use crate::catalogue::Catalogue;
use crate::client_address::Client;
use crate::contacts;
use crate::ledger::{IdempotencyKey, Submission};
use crate::locale::Locale;
use crate::problem::{Code, Fault, Place, Problem};
use crate::rate_limits::Kind;
use crate::sql::lookups;
use axum::extract::{FromRequest, Request, State};
use domain::Command;
use domain::event::{Actor, Origin};
use domain::facts::Authority;
use domain::ids::{CardId, MerchantId};
use domain::moment::Instant;
use std::sync::Arc;

/// A stranger's key has no principal that keeps it apart from another stranger's, so it must be long enough not to be
/// guessed.
const PUBLIC_KEY_LENGTH_MIN: usize = 16;

body! {
    /// Somebody who joins.
    pub struct EnrollRequest {
        /// The merchant's name in addresses.
        #[schema(example = "cafe-gare")]
        pub merchant: Slug,
        /// Of which program: an id, or its name in addresses.
        #[schema(example = "coffee")]
        pub program: Slug,
        /// Their mail address or phone number. It waits on the new card until they open the link of the letter that is
        /// sent to it; the answer is the same whether it is known or not.
        #[schema(example = "mina@example.lu")]
        pub contact: Option<TypedContact>,
        /// What they like to be called.
        pub first_name: Option<Label>,
        /// Their language; the merchant's unless given.
        pub locale: Option<LocaleWord>,
        /// The year they were born in, where the program is for people of a certain age; it is looked at and not kept.
        pub birth_year: Option<i64>,
        /// The version of the terms that was accepted: the one that holds now.
        pub terms_version: Option<i64>,
    }
}

/// A call that was read.
pub struct Joining {
    catalogue: Arc<Catalogue>,
    locale: Locale,
    key: Option<IdempotencyKey>,
    body: EnrollRequest,
}

impl FromRequest<Api> for Joining {
    type Rejection = Problem;

    async fn from_request(http: Request, api: &Api) -> Result<Self, Problem> {
        let (parts, body) = http.into_parts();
        let client = Client::of(&api.app.config.trusted_proxies, &parts.headers, &parts.extensions);
        api.app.limit(Kind::EnrolAddress, &client.counted().to_string()).await?;
        super::query::only(&parts, &[])?;
        let key = idempotency_key(&parts.headers)?;
        if key.as_ref().is_some_and(|key| key.len() < PUBLIC_KEY_LENGTH_MIN) {
            return Err(Code::IdempotencyKeyInvalid.into());
        }
        let json = read_json(&parts, body).await?;
        let body = EnrollRequest::read(&json, "").map_err(Problem::of_faults)?;
        let catalogue = api.merchant_named(&body.merchant.0).await?;
        api.app
            .limit(Kind::EnrolMerchant, &catalogue.merchant.id.to_string())
            .await?;
        let key = key.map(|key| api.idempotency(&parts, "public", &key, &json));
        Ok(Self {
            catalogue,
            locale: request::locale(&parts),
            key,
            body,
        })
    }
}

impl Joining {
    fn wish(&self) -> Wish {
        let fallback = Locale::parse(&self.catalogue.merchant.default_locale).unwrap_or_default();
        Wish {
            program: program(&self.catalogue, &self.body.program),
            contact: None,
            pending: self.body.contact.clone().map(|text| text.0),
            first_name: self.body.first_name.clone().map(|text| text.0),
            locale: self.body.locale.map_or(fallback, |word| word.0),
            terms: self.body.terms_version,
            number: None,
            via: "join",
        }
    }

    /// Refuses who is too young for a program that asks (`ENR-7`).
    fn is_of_age(&self, wish: &Wish, now: Instant) -> Result<(), Problem> {
        let entry = wish.program.and_then(|id| self.catalogue.program(id));
        let Some(terms) = entry
            .map(|entry| entry.program.terms())
            .filter(|terms| terms.min_age > 0)
        else {
            return Ok(());
        };
        let year = i64::from(self.catalogue.moment(None, now).day.year());
        match self.body.birth_year {
            None => Err(Fault::new("/birth_year", Code::Required).into()),
            Some(born_in) if terms.is_of_age(born_in, year) => Ok(()),
            Some(_) => Err(Fault::new("/birth_year", Code::AgeRestricted).into()),
        }
    }

    /// Refuses a contact with which somebody joined too often (`ENR-7`), and one that is none.
    async fn not_too_often(&self, api: &Api) -> Result<(), Problem> {
        let Some(typed) = &self.body.contact else { return Ok(()) };
        let contact = contact(&typed.0, &self.catalogue, "/contact")?;
        let key = contacts::limit_key(&api.app.secrets, self.catalogue.merchant.id, &contact);
        Ok(api.app.limit(Kind::EnrolContact, &key).await?)
    }

    fn submission(&self, card: CardId) -> Submission {
        let command = Command::Enroll {
            claimed: false,
            person: None,
        };
        let origin = Origin {
            actor: Actor::Public,
            store: None,
            staff: None,
        };
        Submission {
            key: self.key.clone(),
            locale: self.locale.code().to_owned(),
            ..Submission::new(self.catalogue.merchant.id, card, command, (origin, Authority::Customer))
        }
    }
}

/// Join a program. No credential is needed; the answer is the same for everybody.
#[utoipa::path(
    post, path = "/enroll", operation_id = "enroll", tag = "public", security(()), request_body = EnrollRequest,
    responses((status = 201, description = "Joined.", body = OpenedCard)),
)]
pub async fn create(State(api): State<Api>, joining: Joining) -> Result<Told, Problem> {
    let (wish, catalogue) = (joining.wish(), &joining.catalogue);
    let now = api.app.clock.now();
    joining.is_of_age(&wish, now)?;
    joining.not_too_often(&api).await?;
    let id = CardId(api.app.secrets.new_id(now).map_err(|error| Problem::broken(&error))?);
    let answer = api
        .open(
            joining.submission(id),
            &wish,
            catalogue,
            &Place::new(catalogue, None, now),
        )
        .await?;
    Ok(Told::new(&answer, &api.opened(&answer, &wish)?))
}

impl Api {
    /// A merchant that may work, by its name in addresses.
    async fn merchant_named(&self, slug: &str) -> Result<Arc<Catalogue>, Problem> {
        let slug = slug.to_owned();
        let read = self.app.db.read(move |tx| lookups::merchant_by_slug(tx, &slug)).await;
        let found = read.map_err(|error: db::Error| Problem::broken(&error))?;
        let id = found.ok_or_else(|| Problem::from(Fault::new("/merchant", Code::NotFound)))?;
        let catalogue = self.catalogue(MerchantId(id)).await?;
        if catalogue.merchant.active {
            Ok(catalogue)
        } else {
            Err(Code::MerchantSuspended.into())
        }
    }
}
