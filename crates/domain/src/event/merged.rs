//! What two cards that become one say of each other (`MRG-1`): each one's event names the other's, and the survivor's
//! brings what stood on the other card besides its value. It must not know amounts of value; those are moves.

use crate::card::Award;
use crate::ids::CardId;
use crate::moment::Instant;
use crate::quantity::Unit;
use serde::{Deserialize, Serialize};

/// The other half of a merge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The other card.
    pub card: CardId,
    /// The event of the same merge in its history.
    pub sequence: i64,
    /// What came over; only with the card that goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought: Option<Brought>,
}

/// What comes over to the card that goes on, besides value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// What cooldown and caps still look at (`CAP-3`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Award>,
    /// All stamps ever earned.
    pub lifetime_stamps: i64,
    /// All points ever earned.
    pub lifetime_points: i64,
    /// Visits that earned.
    pub visits: i64,
    /// When the other card last earned, was redeemed or opened.
    pub last_activity_at: Instant,
    /// How many merges lie between the other card and the farthest one that leads to it (`CARD-STATE`).
    pub hops: i64,
    /// What the other card was welcomed with, as far as that was never taken back (`WEL-1`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub welcome: Vec<(Unit, i64)>,
}
