//! Claims: one redemption of a reward, with the code that is shown for it. A claim is minted when a card fills up
//! (`stamp_completion = auto_claim`), or made and used in one step at the till.

use crate::codes::codes;
use crate::ids::{ClaimId, RewardId, StoreId};
use crate::moment::Instant;
use crate::quantity::Unit;
use serde::{Deserialize, Serialize};

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimStatus {
    /// Waiting to be handed over.
    Issued,
    /// Handed over.
    Redeemed,
    /// Taken back.
    Voided,
}

codes!(ClaimStatus {
    Issued => "issued",
    Redeemed => "redeemed",
    Voided => "voided",
});

/// One redemption of a reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// Eight characters to compare by eye.
    pub code: String,
    /// Of which reward.
    pub reward: RewardId,
    /// What it cost.
    pub cost: i64,
    /// Of which unit.
    pub unit: Unit,
    /// Where it stands.
    pub status: ClaimStatus,
    /// The event that made it.
    pub minted_by: i64,
    /// The event that used it.
    pub used_by: Option<i64>,
    /// When it was used.
    pub used_at: Option<Instant>,
    /// Where it was used.
    pub used_in: Option<StoreId>,
    /// Its own version, raised by each change.
    pub version: i64,
}

/// The chance that makes claims: made at the edge, once for each command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance(pub uuid::Uuid, pub u64);

impl Chance {
    /// The id and code of the n-th claim of a command.
    pub fn claim(self, nth: usize) -> (ClaimId, String) {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        let id = ClaimId(uuid::Uuid::from_u128(self.0.as_u128().wrapping_add(nth as u128)));
        let bits = (self.1 ^ (nth as u64).wrapping_mul(ODD))
            .rotate_left(17)
            .wrapping_mul(ODD);
        let code = (0..8)
            .map(|place| char::from(LETTERS[(bits >> (24 + place * 5)) as usize & 31]))
            .collect();
        (id, code)
    }
}
