//! From a form of the till to a new card: what was typed, and the submission that opens it.
//!
//! Owns: reading the fields, and what a card is opened with. Must not know: views, rules.

use domain::command::Command;
use domain::contact::{self, Contact, InvalidContact};
use domain::ids::{CardId, CustomerId, ProgramId};

use super::enrolling::{Typed, Wrong};
use super::form::Fields;
use super::press;
use super::serving;
use super::session::Till;
use crate::app::App;
use crate::catalogue::ProgramEntry;
use crate::ledger::{
    Answer, Consent, IdempotencyKey, Objection, Opening, OpeningCustomer, Refusal, SealedContact, Submission, person_of,
};
use crate::locale::Locale;
use crate::pages::failure::Failure;
use crate::pins::Served;
use crate::problem::Code;
use crate::secrets::{SecretError, contact_of};
use crate::texts;
use axum::http::StatusCode;

/// Letters of a first name.
const FIRST_NAME_MAX: usize = 80;
/// A new number is drawn again when somebody has it; once is rare, thrice does not happen.
const ATTEMPTS_MAX: usize = 3;
const ROUTE: &str = "POST /till/enrolments";

/// Somebody who wants a card, as far as it can be read.
pub(crate) struct Newcomer<'a> {
    pub(crate) entry: &'a ProgramEntry,
    pub(crate) typed: Typed,
    /// None for a card without details (`ENR-6`).
    pub(crate) contact: Option<Contact>,
}

/// What a program is called at this till.
pub(crate) fn name(till: &Till, entry: &ProgramEntry) -> String {
    let fallback = &till.catalogue().merchant.default_locale;
    entry.texts.in_locale(till.locale(), fallback).name
}

/// The programs that take new cards now.
pub(crate) fn offered(till: &Till) -> impl Iterator<Item = &ProgramEntry> {
    let programs = till.catalogue().programs.iter();
    programs.filter(|entry| entry.program.is_running(till.now()))
}

/// What was typed, as it is kept from step to step.
pub(crate) fn typed(till: &Till, fields: &Fields) -> Typed {
    let nameless = !fields.text("nameless").is_empty();
    let kept = |name| {
        if nameless {
            String::new()
        } else {
            fields.text(name).to_owned()
        }
    };
    let fallback = Locale::parse(&till.catalogue().merchant.default_locale).unwrap_or_default();
    Typed {
        program: fields.text("program").to_owned(),
        contact: kept("contact"),
        first_name: kept("first_name"),
        locale: Locale::parse(fields.text("locale")).unwrap_or(fallback),
        nameless,
    }
}

/// Reads who wants a card, or says what is wrong with the fields.
///
/// # Errors
/// A program that no form of ours offers.
pub(crate) fn read<'a>(till: &'a Till, fields: &Fields) -> Result<Result<Newcomer<'a>, Wrong>, Failure> {
    let typed = typed(till, fields);
    let id = typed.program.parse::<ProgramId>().ok();
    let entry = id.and_then(|id| till.catalogue().program(id));
    let stale = Failure::because(StatusCode::BAD_REQUEST, |text| text.refused_form());
    let entry = entry.ok_or_else(|| till.failure(stale))?;
    if typed.nameless {
        let contact = None;
        return Ok(Ok(Newcomer { entry, typed, contact }));
    }
    let (contact, first_name) = (contact(till, &typed.contact), first_name(till, &typed.first_name));
    Ok(match (contact, first_name) {
        (Ok(contact), None) => Ok(Newcomer {
            entry,
            typed,
            contact: Some(contact),
        }),
        (contact, first_name) => Err(Wrong {
            contact: contact.err(),
            first_name,
        }),
    })
}

fn contact(till: &Till, typed: &str) -> Result<Contact, String> {
    let text = till.text();
    if typed.is_empty() {
        return Err(text.enrol_contact_missing());
    }
    contact::parse(typed, &till.catalogue().merchant.country).map_err(|wrong| match wrong {
        InvalidContact::Email => text.enrol_email(),
        InvalidContact::Phone => text.enrol_phone_number(),
    })
}

fn first_name(till: &Till, typed: &str) -> Option<String> {
    match texts::text(typed, FIRST_NAME_MAX, false) {
        Err((Code::TooLong, _)) => Some(till.text().join_first_name_long(FIRST_NAME_MAX as i64)),
        Err((Code::InvalidCharacters, _)) => Some(till.text().error_invalid_characters()),
        _ => None,
    }
}

/// What was agreed to, and whether it can count.
pub(crate) struct Agreed {
    pub(crate) consents: Vec<Consent>,
    /// Why not.
    pub(crate) problem: Option<String>,
}

/// Reads the boxes: the terms by the version they stood under, and the other one apart from them (`ENR-1`).
pub(crate) fn agreed(till: &Till, newcomer: &Newcomer<'_>, fields: &Fields) -> Agreed {
    let version = newcomer.entry.program.version().number;
    let problem = match fields.text("terms") {
        "" => Some(till.text().join_terms_missing()),
        accepted if accepted != version.to_string() => Some(till.text().join_terms_outdated()),
        _ => None,
    };
    let wants_letters = newcomer.contact.is_some() && !fields.text("marketing").is_empty();
    Agreed {
        consents: Consent::given(version, wants_letters),
        problem,
    }
}

impl Newcomer<'_> {
    /// Opens the card, under another number if somebody has the first.
    ///
    /// # Errors
    /// When no number or key can be made.
    pub(crate) async fn open(
        &self,
        app: &App,
        till: &Till,
        agreed: &Agreed,
        by: (&IdempotencyKey, Option<&Served>),
    ) -> Result<Result<Answer, Refusal>, SecretError> {
        for _ in 1..ATTEMPTS_MAX {
            match app.ledger.submit(self.submission(app, till, agreed, by)?).await {
                Err(Refusal::NumberTaken) => {}
                outcome => return Ok(outcome),
            }
        }
        Ok(app.ledger.submit(self.submission(app, till, agreed, by)?).await)
    }

    fn submission(
        &self,
        app: &App,
        till: &Till,
        agreed: &Agreed,
        by: (&IdempotencyKey, Option<&Served>),
    ) -> Result<Submission, SecretError> {
        let customer = self.customer(app, till)?;
        let contact = customer.as_ref().and_then(|customer| customer.contact.as_ref());
        let person = self
            .contact
            .as_ref()
            .zip(contact)
            .map(|(plain, sealed)| person_of(plain, &sealed.lookup));
        let command = Command::Enroll {
            claimed: person.is_some(),
            person,
        };
        let card = CardId(app.secrets.new_id(till.now())?);
        let (key, served) = by;
        let opening = Submission {
            opening: Some(Opening {
                program: self.entry.program.id(),
                number: app.secrets.new_number()?,
                customer,
                address: app.config.address(""),
            }),
            consents: agreed.consents.clone(),
            objection: agreed.problem.as_ref().map(|_| Objection::FormFaulty),
            ..press::submission(till, card, command, Some(key.clone()))
        };
        Ok(serving::by(opening, served))
    }

    fn customer(&self, app: &App, till: &Till) -> Result<Option<OpeningCustomer>, SecretError> {
        let Some(contact) = &self.contact else { return Ok(None) };
        let id = CustomerId(app.secrets.new_id(till.now())?);
        let place = contact_of(till.merchant(), id);
        Ok(Some(OpeningCustomer {
            id,
            first_name: Some(self.typed.first_name.clone()).filter(|name| !name.is_empty()),
            locale: self.typed.locale.code().to_owned(),
            via: "till".to_owned(),
            contact: Some(SealedContact {
                kind: contact.kind.code(),
                lookup: app.secrets.lookup(till.merchant(), contact.kind, &contact.text),
                sealed: app.secrets.seal(&place, &contact.text)?,
            }),
        }))
    }
}

/// The key under which a form may be sent again.
///
/// # Errors
/// A form without one.
pub(crate) fn key(app: &App, till: &Till, fields: &Fields) -> Result<IdempotencyKey, Failure> {
    let stale = Failure::because(StatusCode::BAD_REQUEST, |text| text.refused_form());
    let key = fields.key().ok_or_else(|| till.failure(stale))?;
    let input_hash = app.secrets.input_hash(ROUTE, "", &fields.asked());
    Ok(IdempotencyKey::new(&till.principal(), ROUTE, key, input_hash))
}
