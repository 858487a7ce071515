//! What is asked of a card, imperative. A command holds what the caller said, already well-formed, and nothing the
//! books know better.

use crate::event::Reason;
use crate::ids::{CardId, ClaimId, RewardId};
use crate::order::OrderRef;
use crate::quantity::{Currency, Unit};
use serde::{Deserialize, Serialize};

/// A line of a purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurchaseLine {
    /// What was paid for it, tax included.
    pub amount_minor: i64,
    /// The tax in it.
    pub tax_minor: i64,
    /// What it is.
    pub kind: LineKind,
    /// Its category, if the shop has them.
    pub category: Option<String>,
    /// Its article number.
    pub sku: Option<String>,
}

/// What a line of a purchase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A thing or a service.
    Item,
    /// Delivery.
    Shipping,
    /// A tip.
    Tip,
}

/// An amount that earns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// What was paid, in minor units.
    pub amount_minor: i64,
    /// The tax in it, when there are no lines.
    pub tax_minor: i64,
    /// The part of it paid with points.
    pub redeemed_minor: i64,
    /// In which currency.
    pub currency: Currency,
    /// Its lines, if told; they sum to the amount.
    pub lines: Vec<PurchaseLine>,
    /// What the point of sale calls it.
    pub order: Option<OrderRef>,
}

/// What is redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A reward of the program.
    Reward(RewardId),
    /// A claim minted earlier.
    Claim(ClaimId),
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Returned {
    /// So much of the amount.
    Amount(i64),
    /// These lines.
    Lines(Vec<PurchaseLine>),
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open a card.
    Enroll {
        /// Whether a contact is known, so that the card is somebody's.
        claimed: bool,
        /// Who is welcomed once: the keyed hash of the contact (`WEL-1`).
        person: Option<String>,
    },
    /// Make it somebody's who proved that a contact is theirs (`ENR-3`).
    Confirm {
        /// Who is welcomed once: the keyed hash of the contact (`WEL-1`).
        person: String,
    },
    /// Give stamps for a visit.
    Stamp {
        /// How many, if staff may say (`STP-1`).
        count: Option<i64>,
        /// For which amount, if the program counts steps.
        amount_minor: Option<i64>,
    },
    /// Give points for an amount.
    Earn(Purchase),
    /// Give both units for one purchase (`HYB-1`).
    Purchase(Purchase),
    /// Take a reward.
    Redeem {
        /// Which.
        wanted: Wanted,
        /// How many points, where the customer chooses (`RED-3`).
        points: Option<i64>,
        /// What is to be paid, before the reward, in minor units.
        payable_minor: Option<i64>,
        /// For which order.
        order: Option<OrderRef>,
    },
    /// Take an event back.
    Void {
        /// Its sequence number.
        event: i64,
        /// Why.
        reason: Reason,
    },
    /// Goods came back.
    Return {
        /// Of which order.
        order: OrderRef,
        /// What.
        returned: Returned,
        /// In which currency.
        currency: Currency,
    },
    /// Correct the balance.
    Adjust {
        /// Of what.
        unit: Unit,
        /// By how much; not zero.
        amount: i64,
        /// Why.
        reason: Reason,
    },
    /// Stop the card.
    Block {
        /// Why.
        reason: Reason,
    },
    /// Let it go on.
    Unblock,
    /// Give it new credentials.
    Replace {
        /// Why.
        reason: Reason,
    },
    /// Let another card go into this one, with all it holds (`MRG-1`).
    Merge {
        /// The other card.
        from: CardId,
        /// Why.
        reason: Reason,
    },
    /// End it for good.
    Close {
        /// The person knows that a balance is left behind.
        confirm: bool,
    },
}
