//! What can happen to a card, and why value moves. Closed lists; it must not know amounts.

use crate::codes::codes;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The card was opened.
    Enrolled,
    /// Stamps were earned.
    Stamped,
    /// Points were earned.
    Earned,
    /// One purchase earned on a hybrid card (`HYB-1`).
    Purchased,
    /// A reward was taken.
    Redeemed,
    /// A claim minted earlier was handed over.
    ClaimUsed,
    /// An earlier event was taken back.
    Voided,
    /// Goods came back.
    Returned,
    /// A person corrected the balance.
    Adjusted,
    /// The card was blocked.
    Blocked,
    /// The card was unblocked.
    Unblocked,
    /// The card got new credentials.
    Replaced,
    /// The card was closed for good.
    Closed,
    /// The card became somebody's, who proved that a contact is theirs (`ENR-3`).
    Confirmed,
    /// The card went into another one (`MRG-1`).
    MergedOut,
    /// Another card went into this one (`MRG-1`).
    MergedIn,
}

codes!(EventKind {
    Enrolled => "enrolled",
    Stamped => "stamped",
    Earned => "earned",
    Purchased => "purchased",
    Redeemed => "redeemed",
    ClaimUsed => "claim_used",
    Voided => "voided",
    Returned => "returned",
    Adjusted => "adjusted",
    Blocked => "blocked",
    Unblocked => "unblocked",
    Replaced => "replaced",
    Closed => "closed",
    Confirmed => "confirmed",
    MergedOut => "merged_out",
    MergedIn => "merged_in",
});

impl EventKind {
    /// Whether it gave value for a visit or a purchase.
    pub fn is_earn(self) -> bool {
        matches!(self, EventKind::Stamped | EventKind::Earned | EventKind::Purchased)
    }

    /// Whether a reward left with it.
    pub fn is_redemption(self) -> bool {
        matches!(self, EventKind::Redeemed | EventKind::ClaimUsed)
    }
}

/// Why value moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveKind {
    /// Given once, at the start (`WEL-1`).
    WelcomeBonus,
    /// For a visit.
    StampEarn,
    /// For an amount.
    PointsEarn,
    /// For an amount, spendable later (`PTS-6`).
    PointsPending,
    /// A full card paid out in points (`HYB-3`).
    CompletionBonus,
    /// Stamps for a reward.
    StampRedeem,
    /// Points for a reward.
    PointsRedeem,
    /// A correction upward.
    AdjustCredit,
    /// A correction downward.
    AdjustDebit,
    /// An earn taken back.
    EarnVoid,
    /// A redemption taken back.
    RedeemVoid,
    /// A welcome taken back with the earn that brought it.
    WelcomeVoid,
    /// A completion taken back with the earn that brought it.
    CompletionVoid,
    /// A correction taken back.
    AdjustVoid,
    /// Earned on goods that came back.
    ReturnClawback,
    /// Redeemed for goods that came back.
    ReturnRestore,
    /// Left on a card that was closed.
    Forfeit,
    /// Gone over to the card that goes on (`MRG-1`).
    MergeOut,
    /// Come over from the card that was merged (`MRG-1`).
    MergeIn,
}

codes!(MoveKind {
    WelcomeBonus => "welcome_bonus",
    StampEarn => "stamp_earn",
    PointsEarn => "points_earn",
    PointsPending => "points_pending",
    CompletionBonus => "completion_bonus",
    StampRedeem => "stamp_redeem",
    PointsRedeem => "points_redeem",
    AdjustCredit => "adjust_credit",
    AdjustDebit => "adjust_debit",
    EarnVoid => "earn_void",
    RedeemVoid => "redeem_void",
    WelcomeVoid => "welcome_void",
    CompletionVoid => "completion_void",
    AdjustVoid => "adjust_void",
    ReturnClawback => "return_clawback",
    ReturnRestore => "return_restore",
    Forfeit => "forfeit",
    MergeOut => "merge_out",
    MergeIn => "merge_in",
});

impl MoveKind {
    /// What the move is called that takes this one back (`VOID-2`); none for what cannot be taken back.
    pub fn reversed(self) -> Option<Self> {
        match self {
            MoveKind::StampEarn | MoveKind::PointsEarn | MoveKind::PointsPending => Some(MoveKind::EarnVoid),
            MoveKind::StampRedeem | MoveKind::PointsRedeem => Some(MoveKind::RedeemVoid),
            MoveKind::WelcomeBonus => Some(MoveKind::WelcomeVoid),
            MoveKind::CompletionBonus => Some(MoveKind::CompletionVoid),
            MoveKind::AdjustCredit | MoveKind::AdjustDebit => Some(MoveKind::AdjustVoid),
            _ => None,
        }
    }
}
