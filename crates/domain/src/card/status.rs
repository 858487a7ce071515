//! Where a card stands. It must not know what leads there.

use crate::codes::codes;
use serde::{Deserialize, Serialize};

/// Where a card stands (`CARD-STATE`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStatus {
    /// Nobody's yet: no contact is known (`ENR-6`).
    #[default]
    Unclaimed,
    /// In use.
    Active,
    /// Stopped, reversibly (`CRD-5`).
    Blocked,
    /// Over for good.
    Closed,
    /// Went into another card, which goes on in its place (`MRG-1`).
    Merged,
}

codes!(CardStatus {
    Unclaimed => "unclaimed",
    Active => "active",
    Blocked => "blocked",
    Closed => "closed",
    Merged => "merged",
});
