//! What is told about an accepted command: a pure function of the event it wrote, so that telling it again later, or
//! in another process, says the same.

use super::Opening;
use domain::Decision;
use domain::event::{Balance, Event, Line, Outcome};
use domain::ids::{CardId, ProgramId, ReceiptId};
use domain::moment::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The answer to an accepted command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its id: the same for the same event.
    pub id: ReceiptId,
    /// The card.
    pub card: CardId,
    /// What happened; none when nothing was awarded (`PTS-5`).
    pub event: Option<Event>,
    /// What became of each unit.
    pub outcomes: Vec<Outcome>,
    /// The breakdown.
    pub why: Vec<Line>,
    /// The balance afterwards.
    pub balance: Balance,
    /// The card's version afterwards.
    pub version: i64,
    /// The program version that priced it.
    pub program_version: i64,
    /// When.
    pub at: Instant,
    /// The number of a card that was opened or replaced.
    pub number: Option<String>,
    /// With what a card was opened.
    pub opened: Option<Opened>,
    /// The card that was named, where it had gone into this one (`CARD-STATE`).
    pub followed_from: Option<CardId>,
}

/// With what a card was opened: what may be called otherwise by the time it is told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Of which program.
    pub program: ProgramId,
    /// The language of its person; none for an anonymous card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Under which address of the installation its page was told of.
    pub address: String,
}

impl From<&Opening> for Opened {
    fn from(opening: &Opening) -> Self {
        Self {
            program: opening.program,
            locale: opening.customer.as_ref().map(|person| person.locale.clone()),
            address: opening.address.clone(),
        }
    }
}

/// What a stored receipt keeps beside its event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// The number of a card that was opened or replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// With what a card was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// The answer when there is no event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nothing: Option<Nothing>,
    /// The card that was named, where it had gone into the one that is told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_from: Option<CardId>,
    /// Whether it told again what was done under another key (`IDM-4`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_reference: bool,
}

/// An answer without an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nothing {
    /// The receipt's id.
    pub id: Uuid,
    /// What became of each unit.
    pub outcomes: Vec<Outcome>,
    /// The breakdown.
    pub why: Vec<Line>,
    /// The balance.
    pub balance: Balance,
    /// The card's version.
    pub version: i64,
    /// The program version.
    pub program_version: i64,
    /// When.
    pub at: Instant,
}

impl Receipt {
    /// The receipt of an event.
    pub fn of_event(card: CardId, event: Event, extra: Extra) -> Self {
        // The card's time and random bits with the sequence mixed in: unique a merchant, and the same in every telling.
        let mixed = card.0.as_u128() ^ (event.sequence as u128).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        Self {
            id: ReceiptId(Uuid::from_u128(mixed)),
            card,
            outcomes: event.outcomes.clone(),
            why: event.why.clone(),
            balance: event.balance,
            version: event.sequence,
            program_version: event.program_version,
            at: event.at,
            event: Some(event),
            number: extra.number,
            opened: extra.opened,
            followed_from: extra.followed_from,
        }
    }

    /// The receipt of an answer without an event.
    pub fn of_nothing(card: CardId, nothing: Nothing, followed_from: Option<CardId>) -> Self {
        Self {
            id: ReceiptId(nothing.id),
            card,
            event: None,
            outcomes: nothing.outcomes,
            why: nothing.why,
            balance: nothing.balance,
            version: nothing.version,
            program_version: nothing.program_version,
            at: nothing.at,
            number: None,
            opened: None,
            followed_from,
        }
    }
}

/// What is kept of a decision without an event.
pub fn nothing(
    decision: &Decision,
    id: Uuid,
    (balance, version): (Balance, i64),
    program_version: i64,
    at: Instant,
) -> Nothing {
    Nothing {
        id,
        outcomes: decision.outcomes.clone(),
        why: decision.why.clone(),
        balance,
        version,
        program_version,
        at,
    }
}
