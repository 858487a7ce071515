//! The breakdown of an event: which rule gave or took how much. Sentences are made elsewhere.

use crate::codes::codes;
use crate::quantity::Unit;
use serde::{Deserialize, Serialize};

/// The line of a breakdown: which rule contributed how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The rule.
    pub rule: LineRule,
    /// Of what.
    pub unit: Unit,
    /// How much; negative takes away. Zero explains why nothing came.
    pub contribution: i64,
}

impl Line {
    /// Whether it tells that a full card became something: the stamps that went for it (`STP-2`, `HYB-3`).
    pub fn completes(&self) -> bool {
        self.rule == LineRule::Completion && self.unit == Unit::Stamp
    }
}

/// The rules that appear in a breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineRule {
    /// One stamp for the visit (`STP-1`).
    Visit,
    /// A stamp for each full step of the amount (`STP-1`).
    AmountSteps,
    /// As many as staff gave (`STP-1`).
    Quantity,
    /// Points for the amount (`PTS-2`).
    Rate,
    /// Below the smallest purchase (`PTS-1`).
    BelowMinimum,
    /// Nothing of the purchase counts, or it rounds to nothing (`PTS-5`).
    NothingEligible,
    /// Shortened to the most of one purchase (`PTS-2`).
    TransactionMaximum,
    /// Shortened to what the day or week still allows (`CAP-1`).
    Cap,
    /// Shortened to the room left on the card (`STP-3`).
    CardFull,
    /// Welcome (`WEL-1`).
    Welcome,
    /// A full card became a reward (`STP-2`, `HYB-3`).
    Completion,
    /// The price of the reward (`RED-2`).
    RewardCost,
    /// Taken back (`VOID-2`).
    Reversal,
    /// For goods that came back (`RET-2`).
    Return,
    /// Redeemed value given back (`RET-3`).
    Restored,
    /// Could not be taken back any more (`RET-4`).
    Loss,
    /// A correction by a person (`ADJ-1`).
    Adjustment,
    /// Left behind on closing (`CRD-5`).
    Forfeit,
    /// Gone over to another card, or come from it (`MRG-1`).
    Merge,
}

codes!(LineRule {
    Visit => "visit",
    AmountSteps => "amount_steps",
    Quantity => "quantity",
    Rate => "rate",
    BelowMinimum => "below_minimum",
    NothingEligible => "nothing_eligible",
    TransactionMaximum => "transaction_maximum",
    Cap => "cap",
    CardFull => "card_full",
    Welcome => "welcome",
    Completion => "completion",
    RewardCost => "reward_cost",
    Reversal => "reversal",
    Return => "return",
    Restored => "restored",
    Loss => "loss",
    Adjustment => "adjustment",
    Forfeit => "forfeit",
    Merge => "merge",
});
