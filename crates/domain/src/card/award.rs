//! What a card remembers of an award, so that cooldown and caps need no history. It must not know the limits.

use crate::ids::StoreId;
use crate::moment::Instant;
use crate::quantity::Unit;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An award that cooldown and caps still look at (`STP-4`). When the list is full the two oldest become one, counted
/// at the later instant, so that the list is bounded and a cap is never wider than it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "AwardRow", into = "AwardRow")]
pub struct Award {
    /// Of what.
    pub unit: Unit,
    /// When.
    pub at: Instant,
    /// On which business day.
    pub day: Date,
    /// Where.
    pub store: Option<StoreId>,
    /// How much; void awards leave the list.
    pub amount: i64,
    /// The first event counted here.
    pub first: i64,
    /// The last event counted here.
    pub last: i64,
}

impl Award {
    /// Whether it counts this event alone.
    pub(super) fn is_only(&self, sequence: i64) -> bool {
        self.first == sequence && self.last == sequence
    }

    /// Whether this event lies between the first and the last it counts.
    pub(super) fn spans(&self, sequence: i64) -> bool {
        (self.first..=self.last).contains(&sequence)
    }
}

type AwardRow = (Unit, Instant, Date, Option<StoreId>, i64, i64, i64);

impl From<AwardRow> for Award {
    fn from((unit, at, day, store, amount, first, last): AwardRow) -> Self {
        Self {
            unit,
            at,
            day,
            store,
            amount,
            first,
            last,
        }
    }
}

impl From<Award> for AwardRow {
    fn from(award: Award) -> Self {
        (
            award.unit,
            award.at,
            award.day,
            award.store,
            award.amount,
            award.first,
            award.last,
        )
    }
}
