//! What happened to a card, past tense, append-only. An event is the hashed record: it holds ids, amounts and codes,
//! never a person's data or free text, so that erasure can forget the person and keep the books.

use crate::bucket::BucketKey;
use crate::claim::ClaimStatus;
use crate::ids::{ClaimId, CustomerId, KeyId, RewardId, StaffId, StoreId, TerminalId};
use crate::moment::Instant;
use crate::quantity::{Currency, Unit};
use crate::terms::Terms;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl EventKind {
    /// All kinds.
    pub const ALL: [EventKind; 13] = [
        EventKind::Enrolled,
        EventKind::Stamped,
        EventKind::Earned,
        EventKind::Purchased,
        EventKind::Redeemed,
        EventKind::ClaimUsed,
        EventKind::Voided,
        EventKind::Returned,
        EventKind::Adjusted,
        EventKind::Blocked,
        EventKind::Unblocked,
        EventKind::Replaced,
        EventKind::Closed,
    ];

    /// The name in the API and the database.
    pub fn code(self) -> &'static str {
        match self {
            EventKind::Enrolled => "enrolled",
            EventKind::Stamped => "stamped",
            EventKind::Earned => "earned",
            EventKind::Purchased => "purchased",
            EventKind::Redeemed => "redeemed",
            EventKind::ClaimUsed => "claim_used",
            EventKind::Voided => "voided",
            EventKind::Returned => "returned",
            EventKind::Adjusted => "adjusted",
            EventKind::Blocked => "blocked",
            EventKind::Unblocked => "unblocked",
            EventKind::Replaced => "replaced",
            EventKind::Closed => "closed",
        }
    }

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

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

    /// The name in the API.
    pub fn code(self) -> &'static str {
        match self {
            MoveKind::WelcomeBonus => "welcome_bonus",
            MoveKind::StampEarn => "stamp_earn",
            MoveKind::PointsEarn => "points_earn",
            MoveKind::PointsPending => "points_pending",
            MoveKind::CompletionBonus => "completion_bonus",
            MoveKind::StampRedeem => "stamp_redeem",
            MoveKind::PointsRedeem => "points_redeem",
            MoveKind::AdjustCredit => "adjust_credit",
            MoveKind::AdjustDebit => "adjust_debit",
            MoveKind::EarnVoid => "earn_void",
            MoveKind::RedeemVoid => "redeem_void",
            MoveKind::WelcomeVoid => "welcome_void",
            MoveKind::CompletionVoid => "completion_void",
            MoveKind::AdjustVoid => "adjust_void",
            MoveKind::ReturnClawback => "return_clawback",
            MoveKind::ReturnRestore => "return_restore",
            MoveKind::Forfeit => "forfeit",
        }
    }
}

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
}

impl LineRule {
    /// The name in the API and the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            LineRule::Visit => "visit",
            LineRule::AmountSteps => "amount_steps",
            LineRule::Quantity => "quantity",
            LineRule::Rate => "rate",
            LineRule::BelowMinimum => "below_minimum",
            LineRule::NothingEligible => "nothing_eligible",
            LineRule::TransactionMaximum => "transaction_maximum",
            LineRule::Cap => "cap",
            LineRule::CardFull => "card_full",
            LineRule::Welcome => "welcome",
            LineRule::Completion => "completion",
            LineRule::RewardCost => "reward_cost",
            LineRule::Reversal => "reversal",
            LineRule::Return => "return",
            LineRule::Restored => "restored",
            LineRule::Loss => "loss",
            LineRule::Adjustment => "adjustment",
            LineRule::Forfeit => "forfeit",
        }
    }
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
        Self { unit, awarded, code: None, retry_at: None, capped_from: None }
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
}

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
    /// Anything else; the note says what.
    Other,
}

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
    /// What a void may give.
    pub const VOID: [Reason; 5] =
        [Reason::Mistake, Reason::WrongCard, Reason::WrongAmount, Reason::CustomerRequest, Reason::Other];
    /// What a block may give.
    pub const BLOCK: [Reason; 3] = [Reason::Lost, Reason::Fraud, Reason::Dispute];
    /// What a replacement may give.
    pub const REPLACE: [Reason; 5] =
        [Reason::Lost, Reason::Stolen, Reason::Damaged, Reason::CustomerRequest, Reason::Other];

    /// The name in the API.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Goodwill => "goodwill",
            Reason::Correction => "correction",
            Reason::LostCard => "lost_card",
            Reason::Complaint => "complaint",
            Reason::Import => "import",
            Reason::Mistake => "mistake",
            Reason::WrongCard => "wrong_card",
            Reason::WrongAmount => "wrong_amount",
            Reason::CustomerRequest => "customer_request",
            Reason::Lost => "lost",
            Reason::Fraud => "fraud",
            Reason::Dispute => "dispute",
            Reason::Stolen => "stolen",
            Reason::Damaged => "damaged",
            Reason::Other => "other",
        }
    }
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
    /// Whether the card is known to be somebody's (on enrolment).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimed: Option<bool>,
    /// The program version the card's round began with, before and after, when it changed (`STP-7`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<(i64, i64)>,
    /// Whether a welcome is still to come (on enrolment of a card without a contact, `WEL-1`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub welcome_due: bool,
}

impl Event {
    /// What it moved of one unit, in sum.
    pub fn moved(&self, unit: Unit) -> i64 {
        self.moves.iter().filter(|step| step.unit == unit).map(|step| step.amount).sum()
    }

    /// What it awarded of one unit for the visit or purchase itself, without bonuses.
    pub fn earned(&self, unit: Unit) -> i64 {
        self.moves
            .iter()
            .filter(|step| step.unit == unit)
            .filter(|step| {
                matches!(step.kind, MoveKind::StampEarn | MoveKind::PointsEarn | MoveKind::PointsPending)
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
