//! Rows as the books hold them while a batch is decided.

use crate::ledger::receipt::Extra;
use domain::card::Card;
use domain::ids::{CardId, CustomerId, ProgramId};
use domain::order::Order;

/// A card with what stands beside its state in its row.
#[derive(Clone, Debug)]
pub struct CardRow {
    /// Of which program.
    pub program: ProgramId,
    /// Its number.
    pub number: String,
    /// The numbers that this batch took out of use, oldest first.
    pub old_numbers: Vec<String>,
    /// The hash of its last event.
    pub hash: Vec<u8>,
    /// Whose.
    pub customer: Option<CustomerId>,
    /// What the rules know.
    pub card: Card,
    /// Its version before this batch; zero when the batch opens it.
    pub version_before: i64,
}

/// A receipt as stored.
#[derive(Clone, Debug)]
pub struct StoredReceipt {
    /// The keyed hash of what was asked.
    pub input_hash: Vec<u8>,
    /// Of which card.
    pub card: CardId,
    /// The event it answers with.
    pub sequence: Option<i64>,
    /// What the event does not hold.
    pub extra: Extra,
    /// In which language.
    pub locale: String,
}

/// An order as stored.
#[derive(Clone, Debug)]
pub struct OrderRow {
    /// Of which card.
    pub card: CardId,
    /// Its state.
    pub order: Order,
    /// The answer that paid it, where it is one without an event.
    pub extra: Extra,
    /// Whether this batch made it.
    pub new: bool,
}

/// A return as stored.
#[derive(Clone, Debug)]
pub struct ReturnRow {
    /// How much came back.
    pub amount_minor: i64,
    /// Of which card.
    pub card: CardId,
    /// The event that booked it.
    pub sequence: Option<i64>,
    /// What the event does not hold.
    pub extra: Extra,
}
