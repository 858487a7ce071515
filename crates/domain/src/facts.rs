//! Everything a decision may look at, loaded and locked before it begins. Nothing waits inside a decision.

use crate::card::Card;
use crate::claim::{Chance, Claim};
use crate::counter::Counters;
use crate::event::{Event, Origin, Reason};
use crate::ids::{CardId, StaffId};
use crate::moment::Moment;
use crate::order::Order;
use crate::program::Program;
use crate::proof::Proof;
use crate::quantity::Unit;
use crate::reward::Reward;

/// With which right a command is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// An API key with the scope: its own proof, not bound by the limits of staff.
    Key,
    /// A terminal without a manager's word.
    Cashier,
    /// A manager.
    Manager,
    /// The person who holds the card, or who opens one.
    Customer,
    /// The installation itself.
    System,
}

impl Authority {
    /// Whether the limits of staff bind it.
    pub fn is_limited(self) -> bool {
        matches!(self, Authority::Cashier | Authority::Customer)
    }
}

/// The member of staff who was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffFacts {
    /// Who.
    pub id: StaffId,
    /// Their own card, if the shop knows it (`STF-1`).
    pub own_card: Option<CardId>,
}

/// What a void names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The event to take back.
    pub event: Event,
    /// Whether it was taken back before.
    pub voided: bool,
    /// Its claims.
    pub claims: Vec<Claim>,
}

/// A claim that waits to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The claim.
    pub claim: Claim,
    /// The event that minted it.
    pub minted: Event,
}

/// What the order that is named has seen: its events, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderEvents {
    /// What it earned, and whether that was voided; for a return.
    pub earned: Option<(Event, bool)>,
    /// The claims that earn minted; for a return.
    pub claims: Vec<Claim>,
    /// What was redeemed for it, and whether that was voided.
    pub redeemed: Option<(Event, bool)>,
}

/// The card of the same program that is to go into this one (`MRG-1`).
#[derive(Clone, Copy, Debug)]
pub struct Merging<'a> {
    /// Its id.
    pub card_id: CardId,
    /// The card.
    pub card: &'a Card,
    /// Its claims that wait.
    pub waiting: &'a [Waiting],
    /// What it was welcomed with, as far as that was never taken back (`WEL-1`).
    pub welcome: [(Unit, i64); 2],
    /// Whether the card that goes on was welcomed, too.
    pub welcomed: bool,
    /// The rewards of the program, of which one card has only so many.
    pub rewards: &'a [&'a Reward],
}

/// What a decision looks at.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// When: never before the card's last event.
    pub moment: Moment,
    /// What the clock says, which cooldown, caps and dates go by; the same, unless a clock was ahead (`CLOCK-1`).
    pub clock: Moment,
    /// From where, by whom.
    pub origin: Origin,
    /// With which right.
    pub authority: Authority,
    /// How the card was shown (`CRD-3`).
    pub proof: Proof,
    /// Why a manager passes over cooldown and caps, if one does (`COOL-1`).
    pub override_reason: Option<Reason>,
    /// The program of the card.
    pub program: &'a Program,
    /// The card's id.
    pub card_id: CardId,
    /// The card; blank when it is to be opened.
    pub card: &'a Card,
    /// The member of staff who was named.
    pub staff: Option<StaffFacts>,
    /// The reward that was named, or the reward of the claim.
    pub reward: Option<&'a Reward>,
    /// The completion reward of a program that mints claims or pays points by itself.
    pub completion: Option<&'a Reward>,
    /// The claim that was named.
    pub claim: Option<&'a Claim>,
    /// The claims of the card that wait, for its end.
    pub waiting: &'a [Waiting],
    /// The event that a void names.
    pub target: Option<&'a Target>,
    /// The order that was named.
    pub order: Option<&'a Order>,
    /// Its events, for a return and for an earn.
    pub order_events: &'a OrderEvents,
    /// The card that is to go into this one.
    pub merging: Option<Merging<'a>>,
    /// Shared counters.
    pub counters: &'a Counters,
    /// The chance that makes claims.
    pub chance: Chance,
}
