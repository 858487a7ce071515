//! The one door that changes a card. API, pages, jobs and demonstrations all knock here: [`Ledger::submit`] takes one
//! submission and answers when its effect is on disk. It knows no HTTP, no HTML and no JSON shape.

pub mod audit;
mod batch;
mod books;
mod chain;
mod chance;
mod counting;
mod failed;
mod gather;
mod hand;
mod holders;
mod key;
mod lane;
mod merging;
mod named;
mod part;
mod proven;
mod receipt;
mod replay;
mod rows;
mod save;
mod suspects;
mod waiting;

pub use key::IdempotencyKey;
pub use lane::{Ledger, LedgerOptions};
pub(crate) use receipt::Extra;
pub use receipt::{Opened, Receipt};

use crate::catalogue::Catalogue;
use crate::pins::{PinRefusal, Presented};
use db::Value;
use domain::Rejection;
use domain::command::Command;
use domain::contact::Contact;
use domain::event::{Actor, Origin, Reason};
use domain::facts::Authority;
use domain::ids::{CardId, CustomerId, MerchantId, ProgramId};
use domain::moment::Instant;
use domain::number::CardNumber;
use domain::proof::Proof;
use std::sync::Arc;

/// What a card is opened with.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Of which program.
    pub program: ProgramId,
    /// Its number.
    pub number: CardNumber,
    /// Whose; none for an anonymous card.
    pub customer: Option<OpeningCustomer>,
    /// Under which address of the installation the card's page is told of, so that a repeated call tells of the same.
    pub address: String,
}

/// The person a card is opened for.
#[derive(Clone, Debug)]
pub struct OpeningCustomer {
    /// A new id; not used when the contact is that of a known person, who then gets another program's card.
    pub id: CustomerId,
    /// What they like to be called.
    pub first_name: Option<String>,
    /// Their language.
    pub locale: String,
    /// How they came: `api`, `join`, `till`, `demo`.
    pub via: String,
    /// Their contact, normalised, with its keyed hash and sealed form.
    pub contact: Option<SealedContact>,
}

/// A contact ready to be stored: nobody below the edge sees the plain text.
#[derive(Clone, Debug)]
pub struct SealedContact {
    /// `email` or `phone`.
    pub kind: &'static str,
    /// Keyed hash of the normalised text.
    pub lookup: Vec<u8>,
    /// The sealed text.
    pub sealed: Vec<u8>,
}

/// A contact that waits on a new card until its owner proves it (`ENR-3`), with the letter that asks them to.
#[derive(Clone, Debug)]
pub struct PendingContact {
    /// Sealed for the card.
    pub contact: SealedContact,
    /// The rows of the letter and of its link; none where no letter reaches the contact.
    pub letter: Option<(Vec<Value>, Vec<Value>)>,
}

/// What a person agreed to when a card was opened (`ENR-1`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// `terms` or `marketing`.
    pub purpose: &'static str,
    /// Under which version of the program's terms.
    pub version: i64,
}

impl Consent {
    /// What somebody agrees to who ticked the terms' box, and perhaps the other one beside it.
    pub fn given(version: i64, to_marketing: bool) -> Vec<Self> {
        let purposes = ["terms"].into_iter().chain(to_marketing.then_some("marketing"));
        purposes.map(|purpose| Self { purpose, version }).collect()
    }
}

/// When a command happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Now, by the server's clock (`CLOCK-1`).
    Now,
    /// Earlier, on the word of a caller who may say so.
    At(Instant),
}

/// What is wrong with the circumstances of a call. They change while a caller tries again: staff leave, stores close,
/// time passes. So it counts only when the call is not a repeated one, which is known in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// The caller may not act in that store.
    StoreNotAllowed,
    /// The caller names no store, and may act in several only.
    StoreNotNamed,
    /// No such store.
    NoSuchStore,
    /// No such member of staff.
    NoSuchStaff,
    /// In the future, or too far back (`CLOCK-1`).
    OccurredAtOutOfRange,
    /// A public form that was filled in wrongly, by what holds now.
    FormFaulty,
    /// Nobody said that the person accepts the terms (`ENR-1`).
    TermsNotAccepted,
    /// The terms that were accepted are not those that hold now (`ENR-1`).
    TermsOutdated,
}

/// One command with everything it brings.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The tenant.
    pub merchant: MerchantId,
    /// The card; a new id when it is to be opened.
    pub card: CardId,
    /// What to do.
    pub command: Command,
    /// What a card is opened with; only with [`Command::Enroll`].
    pub opening: Option<Opening>,
    /// A contact that waits on the card; only with [`Command::Enroll`].
    pub pending: Option<PendingContact>,
    /// What was agreed to; only with [`Command::Enroll`].
    pub consents: Vec<Consent>,
    /// A new number; only with [`Command::Replace`].
    pub new_number: Option<CardNumber>,
    /// From where, by whom.
    pub origin: Origin,
    /// With which right.
    pub authority: Authority,
    /// How the card was shown (`CRD-3`).
    pub proof: Proof,
    /// Why a manager passes over cooldown and caps, if one does (`COOL-1`).
    pub override_reason: Option<Reason>,
    /// When.
    pub when: When,
    /// What was shown at the terminal to prove who serves.
    pub presented: Presented,
    /// What is wrong with where, by whom or when, as the caller said it.
    pub objection: Option<Objection>,
    /// The key under which it may be repeated.
    pub key: Option<IdempotencyKey>,
    /// What the caller calls a return (`RET-1`).
    pub return_ref: Option<String>,
    /// A person's name as typed, where no member of staff is known by it.
    pub staff_name: Option<String>,
    /// Free text; never part of the hashed record.
    pub note: Option<String>,
    /// The language of the answer, kept so that a replay says the same.
    pub locale: String,
}

impl Submission {
    /// A command now, with nothing besides: no key, no note, no words of its own. `by` says from where and by whom it comes,
    /// and with which right.
    pub fn new(merchant: MerchantId, card: CardId, command: Command, by: (Origin, Authority)) -> Self {
        Self {
            merchant,
            card,
            command,
            opening: None,
            pending: None,
            consents: Vec::new(),
            new_number: None,
            origin: by.0,
            authority: by.1,
            proof: Proof::None,
            override_reason: None,
            when: When::Now,
            presented: Presented::Nothing,
            objection: None,
            key: None,
            return_ref: None,
            staff_name: None,
            note: None,
            locale: "en".to_owned(),
        }
    }

    /// Lets one card go into another one, in the name of the installation: where a person has proved that both are theirs
    /// (`ENR-3`, `MRG-1`). The receipt is that of `into`. Asked again it is refused with `invalid_state`, since `from` is over.
    pub fn merging(merchant: MerchantId, from: CardId, into: CardId) -> Self {
        let origin = Origin {
            actor: Actor::System,
            store: None,
            staff: None,
        };
        let reason = Reason::CustomerRequest;
        Self::new(
            merchant,
            into,
            Command::Merge { from, reason },
            (origin, Authority::System),
        )
    }
}

/// Whether an answer is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// A new effect.
    New,
    /// The same key again (`IDM-2`).
    ByKey,
    /// The same order or return reference under another key (`IDM-4`).
    ByReference,
}

/// An accepted command.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What is told.
    pub receipt: Receipt,
    /// Whether it is new.
    pub replay: Replay,
    /// Whether it tells of a new effect, or told of one when its key was first used: a repeated call says the same.
    pub created: bool,
    /// In which language it was first told.
    pub locale: String,
    /// What the merchant offered when it was decided.
    pub catalogue: Arc<Catalogue>,
}

/// Why there is no answer.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// The business says no.
    Rejected(Rejection),
    /// The key was used for something else (`IDM-2`).
    KeyReused,
    /// Another process is at it (`IDM-2`).
    InProgress,
    /// No such card of this merchant (`TENANT-1`).
    NoSuchCard,
    /// The caller's credential was taken back since it was verified.
    Revoked(Actor),
    /// Who serves did not prove it (`PIN-1`).
    Pin(PinRefusal),
    /// The circumstances are wrong.
    Objected(Objection),
    /// The number belongs to a card, or belonged to one that was replaced (`CRD-1`, `CRD-4`).
    NumberTaken,
    /// The person has a card of the program (`ENR-4`).
    AlreadyEnrolled(CardId),
    /// Another process took a reference or a name at the same time, again and again: the constraint that says so.
    Taken(String),
    /// The queue is full; try again.
    Busy,
    /// The disk is full or read-only; reading still works.
    Unwritable,
    /// Something broke; the log says what.
    Broken,
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Refusal::Rejected(rejection)
    }
}

/// What changed, for pages that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of which merchant; none when another process changed something and did not say what.
    pub card: Option<(MerchantId, CardId, i64)>,
}

/// The keyed hash by which a person is welcomed once (`WEL-1`), from the keyed hash of a contact.
pub fn person_of(contact: &Contact, lookup: &[u8]) -> String {
    let hex: String = lookup.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{}:{hex}", contact.kind.code())
}
