//! Opening cards, for staff and for the public: the person behind a contact, a number nobody has, and the answer. It
//! must not decide whether a card may be opened; the ledger does.

use super::Api;
use super::kinds::Slug;
use super::views::card::{CustomerView, OpenedCard};
use crate::catalogue::Catalogue;
use crate::contacts;
use crate::ledger::{
    Answer, Consent, Objection, Opening, OpeningCustomer, Refusal, SealedContact, Submission, person_of,
};
use crate::locale::Locale;
use crate::problem::{Code, Fault, Place, Problem, rfc3339};
use crate::secrets::contact_of;
use crate::sql::lookups;
use domain::Command;
use domain::contact::{self, Contact, InvalidContact};
use domain::event::Actor;
use domain::ids::{CardId, CustomerId, MerchantId, ProgramId};
use domain::number::CardNumber;

/// How many numbers are drawn when somebody has, or had, the first; once is rare, thrice does not happen.
pub const NUMBER_ATTEMPTS_MAX: usize = 3;

/// Who wants a card, as told.
pub struct Wish {
    /// Of which program; none when there is none of that name.
    pub program: Option<ProgramId>,
    /// Their contact, as typed.
    pub contact: Option<String>,
    /// A contact they must prove first, as typed (`ENR-3`).
    pub pending: Option<String>,
    /// What they like to be called.
    pub first_name: Option<String>,
    /// Their language.
    pub locale: Locale,
    /// The version of the terms they accepted.
    pub terms: Option<i64>,
    /// A number of a printed card.
    pub number: Option<CardNumber>,
    /// How they came.
    pub via: &'static str,
}

impl Wish {
    /// What was agreed to.
    fn consents(&self) -> Vec<Consent> {
        self.terms
            .map(|version| Consent::given(version, false))
            .unwrap_or_default()
    }

    /// Whether the terms are missing or others than those that hold now (`ENR-1`). A program that has a key knows what its
    /// people agreed to, and may say so later.
    fn objection(&self, actor: Actor, catalogue: &Catalogue) -> Option<Objection> {
        let entry = self.program.and_then(|id| catalogue.program(id))?;
        let current = entry.program.version().number;
        match (actor, self.terms) {
            (Actor::Key(_), None) => None,
            (Actor::Key(_), Some(version)) if (1..=current).contains(&version) => None,
            (_, None) => Some(Objection::TermsNotAccepted),
            (_, Some(version)) if version == current => None,
            _ => Some(Objection::TermsOutdated),
        }
    }
}

/// The contacts of a wish, read.
struct Given {
    contact: Option<Contact>,
    pending: Option<Contact>,
}

/// A program by id or by its name in addresses.
pub fn program(catalogue: &Catalogue, told: &Slug) -> Option<ProgramId> {
    let by_id = told.0.parse().ok().and_then(|id| catalogue.program(id));
    let found = by_id.or_else(|| catalogue.programs.iter().find(|entry| entry.slug == told.0));
    found.map(|entry| entry.program.id())
}

/// Reads a contact.
///
/// # Errors
/// `invalid_email`, `invalid_phone`.
pub fn contact(typed: &str, catalogue: &Catalogue, pointer: &'static str) -> Result<Contact, Fault> {
    contact::parse(typed, &catalogue.merchant.country).map_err(|wrong| {
        let code = if wrong == InvalidContact::Email {
            Code::InvalidEmail
        } else {
            Code::InvalidPhone
        };
        Fault::new(pointer, code)
    })
}

impl Api {
    /// Opens a card. `blank` is the call as a submission; what it opens is filled in here. Of a program that is not there
    /// nothing is opened, but a call that is repeated was answered when it still was.
    ///
    /// # Errors
    /// Whatever the ledger refuses; `already_enrolled` names the card.
    pub async fn open(
        &self,
        blank: Submission,
        wish: &Wish,
        catalogue: &Catalogue,
        place: &Place,
    ) -> Result<Answer, Problem> {
        let read = |typed: &Option<String>| typed.as_deref().map(|typed| contact(typed, catalogue, "/contact"));
        let given = Given {
            contact: read(&wish.contact).transpose()?,
            pending: read(&wish.pending).transpose()?,
        };
        for _ in 1..NUMBER_ATTEMPTS_MAX {
            let opening = self.opening(&blank, wish, (catalogue, &given))?;
            match self.app.ledger.submit(opening).await {
                Err(Refusal::NumberTaken) if wish.number.is_none() => {}
                Err(Refusal::NoSuchCard) => return Err(Fault::new("/program", Code::NotFound).into()),
                outcome => return outcome.map_err(|refusal| Problem::of_refusal(&refusal, place)),
            }
        }
        self.submit(self.opening(&blank, wish, (catalogue, &given))?, place)
            .await
    }

    fn opening(
        &self,
        blank: &Submission,
        wish: &Wish,
        (catalogue, given): (&Catalogue, &Given),
    ) -> Result<Submission, Problem> {
        let (secrets, contact) = (&self.app.secrets, given.contact.as_ref());
        let now = self.app.clock.now();
        let broken = |error| Problem::broken(&error);
        let new_id = CustomerId(secrets.new_id(now).map_err(broken)?);
        let (mut sealed, mut person) = (None, None);
        if let Some(contact) = contact {
            let lookup = secrets.lookup(blank.merchant, contact.kind, &contact.text);
            person = Some(person_of(contact, &lookup));
            let place = contact_of(blank.merchant, new_id);
            let text = secrets.seal(&place, &contact.text).map_err(broken)?;
            sealed = Some(SealedContact {
                kind: contact.kind.code(),
                lookup,
                sealed: text,
            });
        }
        let card = CardId(secrets.new_id(now).map_err(broken)?);
        let pending = given.pending.as_ref();
        let pending = pending.map(|contact| contacts::pending(&self.app, catalogue, card, contact, wish.locale));
        let somebody = contact.is_some() || pending.is_some() || wish.first_name.is_some();
        let customer = somebody.then(|| OpeningCustomer {
            id: new_id,
            first_name: wish.first_name.clone(),
            locale: wish.locale.code().to_owned(),
            via: wish.via.to_owned(),
            contact: sealed,
        });
        let number = match &wish.number {
            Some(number) => number.clone(),
            None => secrets.new_number().map_err(broken)?,
        };
        Ok(Submission {
            card,
            pending: pending.transpose().map_err(broken)?,
            consents: wish.consents(),
            objection: blank
                .objection
                .or_else(|| wish.objection(blank.origin.actor, catalogue)),
            command: Command::Enroll {
                claimed: contact.is_some(),
                person,
            },
            opening: wish.program.map(|program| Opening {
                program,
                number,
                customer,
                address: self.app.config.address(""),
            }),
            ..blank.clone()
        })
    }

    /// Whose a contact is.
    ///
    /// # Errors
    /// `internal`.
    pub async fn customer_of(&self, merchant: MerchantId, contact: &Contact) -> Result<Option<CustomerId>, Problem> {
        let (kind, lookup) = (
            contact.kind.code(),
            self.app.secrets.lookup(merchant, contact.kind, &contact.text),
        );
        let found = self
            .app
            .db
            .read(move |tx| lookups::customer_by_contact(tx, merchant.0, kind, &lookup))
            .await;
        Ok(found
            .map_err(|error: db::Error| Problem::broken(&error))?
            .map(CustomerId))
    }

    /// The card that an answer opened: made of the answer and the call alone, so that a repeated call gets the same bytes
    /// whatever was set otherwise since.
    ///
    /// # Errors
    /// `internal` when the answer opened none.
    pub fn opened(&self, answer: &Answer, wish: &Wish) -> Result<OpenedCard, Problem> {
        let (receipt, merchant) = (&answer.receipt, answer.catalogue.merchant.id);
        let opened = receipt.opened.as_ref().ok_or(Code::Internal)?;
        let secret = self.app.secrets.card_link(merchant, receipt.card, 0);
        let claimed = receipt.event.as_ref().and_then(|event| event.claimed) == Some(true);
        let person = opened.locale.as_ref().map(|locale| CustomerView {
            id: None,
            first_name: wish.first_name.clone(),
            locale: locale.clone(),
        });
        Ok(OpenedCard {
            id: receipt.card.to_string(),
            number: receipt.number.clone().unwrap_or_default(),
            link: format!("{}/c/{secret}", opened.address),
            code: self.app.secrets.card_code(merchant, receipt.card, 0),
            program: opened.program.to_string(),
            status: if claimed { "active" } else { "unclaimed" },
            version: receipt.version,
            balance: receipt.balance.into(),
            customer: person,
            enrolled_at: rfc3339(receipt.at),
        })
    }
}
