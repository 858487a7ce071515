//! The reasons a person may give, and for what.

use crate::codes::codes;
use serde::{Deserialize, Serialize};

/// Why a person did it, from a list (`ADJ-1`, `VOID-1`, `CRD-5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A gift, for goodwill.
    Goodwill,
    /// A mistake in an earlier booking.
    Correction,
    /// The card was lost.
    LostCard,
    /// A complaint.
    Complaint,
    /// Carried over from elsewhere.
    Import,
    /// A slip.
    Mistake,
    /// It was another person's card.
    WrongCard,
    /// It was another amount.
    WrongAmount,
    /// The customer asked.
    CustomerRequest,
    /// The card is lost.
    Lost,
    /// Somebody cheats.
    Fraud,
    /// Under discussion.
    Dispute,
    /// Stolen.
    Stolen,
    /// Worn out or unreadable.
    Damaged,
    /// Two cards of one person.
    Duplicate,
    /// Anything else; the note says what.
    Other,
}

codes!(Reason {
    Goodwill => "goodwill",
    Correction => "correction",
    LostCard => "lost_card",
    Complaint => "complaint",
    Import => "import",
    Mistake => "mistake",
    WrongCard => "wrong_card",
    WrongAmount => "wrong_amount",
    CustomerRequest => "customer_request",
    Lost => "lost",
    Fraud => "fraud",
    Dispute => "dispute",
    Stolen => "stolen",
    Damaged => "damaged",
    Duplicate => "duplicate",
    Other => "other",
});

impl Reason {
    /// What an adjustment may give.
    pub const ADJUST: [Reason; 6] = [
        Reason::Goodwill,
        Reason::Correction,
        Reason::LostCard,
        Reason::Complaint,
        Reason::Import,
        Reason::Other,
    ];
    /// Why a manager may pass over cooldown and caps (`COOL-1`).
    pub const OVERRIDE: [Reason; 4] = [
        Reason::CustomerRequest,
        Reason::Complaint,
        Reason::Goodwill,
        Reason::Other,
    ];
    /// What a void may give.
    pub const VOID: [Reason; 5] = [
        Reason::Mistake,
        Reason::WrongCard,
        Reason::WrongAmount,
        Reason::CustomerRequest,
        Reason::Other,
    ];
    /// What a block may give.
    pub const BLOCK: [Reason; 3] = [Reason::Lost, Reason::Fraud, Reason::Dispute];
    /// What a merge may give.
    pub const MERGE: [Reason; 4] = [Reason::Duplicate, Reason::Lost, Reason::CustomerRequest, Reason::Other];
    /// What a replacement may give.
    pub const REPLACE: [Reason; 5] = [
        Reason::Lost,
        Reason::Stolen,
        Reason::Damaged,
        Reason::CustomerRequest,
        Reason::Other,
    ];
}
