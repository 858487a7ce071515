//! What happened to a card, past tense, append-only. An event is the hashed record: it holds ids, amounts and codes,
//! never a person's data or free text, so that erasure can forget the person and keep the books.

mod counted;
mod kind;
mod line;
mod merged;
mod reason;
mod round;

use crate::bucket::BucketKey;
use crate::claim::ClaimStatus;
use crate::command::Wanted;
use crate::ids::{ClaimId, CustomerId, KeyId, RewardId, StaffId, StoreId, TerminalId, UserId};
use crate::moment::Instant;
use crate::quantity::{Currency, Unit};
use crate::terms::Terms;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use counted::Counted;
pub use kind::{EventKind, MoveKind};
pub use line::{Line, LineRule};
pub use merged::{Brought, Merged};
pub use reason::Reason;
pub use round::Round;

/// One amount that went into or out of one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// What moved.
    pub unit: Unit,
    /// Where.
    #[serde(default = "open", skip_serializing_if = "is_open")]
    pub bucket: BucketKey,
    /// How much; negative leaves the card.
    pub amount: i64,
    /// Why.
    pub kind: MoveKind,
}

fn open() -> BucketKey {
    BucketKey::OPEN
}

fn is_open(key: &BucketKey) -> bool {
    *key == BucketKey::OPEN
}

/// What became of one unit of a purchase (`HYB-2`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which unit.
    pub unit: Unit,
    /// How much was awarded, before debt.
    pub awarded: i64,
    /// Why not more: the code of a rejection or of a shortening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it will work again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<Instant>,
    /// What it would have been without the cap (`CAP-1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capped_from: Option<i64>,
}

impl Outcome {
    /// An award with nothing to explain.
    pub fn awarded(unit: Unit, awarded: i64) -> Self {
        Self {
            unit,
            awarded,
            code: None,
            retry_at: None,
            capped_from: None,
        }
    }
}

/// Who caused an event, by credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A program with an API key.
    Key(KeyId),
    /// A paired device.
    Terminal(TerminalId),
    /// A user of the merchant's back office.
    User(UserId),
    /// The customer.
    Customer(CustomerId),
    /// Nobody known: the public join form.
    Public,
    /// The installation itself: demonstration, import, jobs.
    System,
}

/// From where a command came, and who was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Whose credential.
    pub actor: Actor,
    /// In which store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreId>,
    /// Which member of staff was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffId>,
}

/// What a card holds, for people and for receipts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Stamps; negative when owed.
    pub stamps: i64,
    /// Points that can be spent.
    pub points: i64,
    /// Points that become spendable later.
    pub pending: i64,
    /// Points set aside for an order under way.
    pub reserved: i64,
    /// Points owed.
    pub debt: i64,
}

/// How a purchase was priced, kept for its returns (`RET-2`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pricing {
    /// What the customer paid, all lines.
    pub gross_minor: i64,
    /// What of it counted.
    pub basis_minor: i64,
    /// In which currency.
    pub currency: Currency,
}

/// What a clock said that stood before a card's last event (`CLOCK-1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The instant.
    pub at: Instant,
    /// The business day it belongs to.
    pub day: Date,
}

/// A claim as an event left it, so that a receipt can be made from the event alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimNote {
    /// Which.
    pub id: ClaimId,
    /// Its code.
    pub code: String,
    /// Of which reward.
    pub reward: RewardId,
    /// Where it stands now.
    pub status: ClaimStatus,
    /// Its version.
    pub version: i64,
    /// What it cost, where a merge brought it: then no line of the breakdown says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
}

/// One thing that happened to one card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its place in the card's history, from 1, without gaps.
    pub sequence: i64,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Instant,
    /// The store's business day (`TIME-1`).
    pub day: Date,
    /// From where, by whom.
    pub origin: Origin,
    /// The program version that priced it.
    pub program_version: i64,
    /// What moved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
    /// The breakdown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Line>,
    /// What became of each unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// The balance after it.
    pub balance: Balance,
    /// The event it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<i64>,
    /// Why a person did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The claims it made, used, or took back, as they stood after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimNote>,
    /// The reward it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<RewardId>,
    /// How the purchase was priced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Pricing>,
    /// Whether the card is known to be somebody's (on enrolment); whether its person is welcomed by this and never again
    /// (on confirmation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<bool>,
    /// What it does to the card's round, where that makes a difference (`STP-7`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Round>,
    /// The counters of rewards that it moved, so that exactly these can be moved back (`RED-6`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counted: Vec<Counted>,
    /// What the clock said, when it stood before the card's last event: then that event's time is told above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// Whether a welcome is still to come (on enrolment of a card without a contact, and on its confirmation while the
    /// program rests, `WEL-1`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub welcome_due: bool,
    /// The other half of a merge (`MRG-1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Box<Merged>>,
    /// The step of the live code that let value leave (`CRD-3`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_step: Option<i64>,
}

impl Event {
    /// What it moved of one unit, in sum.
    pub fn moved(&self, unit: Unit) -> i64 {
        self.moves
            .iter()
            .filter(|step| step.unit == unit)
            .map(|step| step.amount)
            .sum()
    }

    /// When it happened by the clock, for whoever counts minutes and days (`CLOCK-1`).
    pub fn by_the_clock(&self) -> (Instant, Date) {
        self.clock.map_or((self.at, self.day), |clock| (clock.at, clock.day))
    }

    /// How often it turned a full card into something (`STP-2`, `HYB-3`).
    pub fn completions(&self) -> i64 {
        let lines = self.why.iter().filter(|line| line.completes()).count();
        i64::try_from(lines).unwrap_or(i64::MAX)
    }

    /// Whether it took the reward that is wanted, for the points that are said, if any are (`IDM-4`).
    pub fn redeems(&self, wanted: Wanted, points: Option<i64>) -> bool {
        let cost = self.why.iter().find(|line| line.rule == LineRule::RewardCost);
        let same = points.is_none_or(|points| cost.is_some_and(|line| line.contribution == -points));
        matches!(wanted, Wanted::Reward(id) if self.reward == Some(id)) && same
    }

    /// What it awarded of one unit for the visit or purchase itself, without bonuses.
    pub fn earned(&self, unit: Unit) -> i64 {
        self.moves
            .iter()
            .filter(|step| step.unit == unit)
            .filter(|step| {
                matches!(
                    step.kind,
                    MoveKind::StampEarn | MoveKind::PointsEarn | MoveKind::PointsPending
                )
            })
            .map(|step| step.amount)
            .sum()
    }
}

/// The expiry and activation a new credit gets under the terms. Expiry policies come with their own issue.
pub fn bucket_for(terms: &Terms, unit: Unit, day: Date) -> BucketKey {
    match (unit, terms.award_at) {
        (Unit::Point, crate::terms::AwardAt::AfterDays(days)) => {
            BucketKey::pending_until(crate::moment::plus_days(day, i64::from(days)))
        }
        _ => BucketKey::OPEN,
    }
}
