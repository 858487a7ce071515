//! A receipt as the API tells it: a pure function of what the ledger kept and a language, so that telling it again gives
//! the same bytes.

use crate::ledger::Receipt;
use crate::locale::{Locale, Messages};
use crate::problem::rfc3339;
use domain::event::{Balance, ClaimNote, Event, Line, LineRule, Move, MoveKind, Outcome};
use domain::ids::EventId;
use serde::Serialize;
use utoipa::ToSchema;

/// What a card holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Balance)]
pub struct BalanceView {
    /// Stamps; negative when owed.
    #[schema(example = 4)]
    pub stamps: i64,
    /// Points that can be spent.
    #[schema(example = 120)]
    pub points: i64,
    /// Points that become spendable later.
    #[schema(example = 0)]
    pub pending: i64,
    /// Points set aside for an order under way.
    #[schema(example = 0)]
    pub reserved: i64,
    /// Points owed; what is earned next pays them.
    #[schema(example = 0)]
    pub debt: i64,
}

impl From<Balance> for BalanceView {
    fn from(balance: Balance) -> Self {
        let Balance {
            stamps,
            points,
            pending,
            reserved,
            debt,
        } = balance;
        Self {
            stamps,
            points,
            pending,
            reserved,
            debt,
        }
    }
}

/// An amount that went onto or off the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Move)]
pub struct MoveView {
    /// `stamp` or `point`.
    #[schema(example = "stamp")]
    pub unit: &'static str,
    /// How much; negative leaves the card.
    pub amount: i64,
    /// Why it moved.
    #[schema(example = "stamp_earn")]
    pub kind: &'static str,
    /// The rule behind it.
    #[schema(example = "visit")]
    pub rule: &'static str,
}

/// What became of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Outcome)]
pub struct OutcomeView {
    /// `stamp` or `point`.
    #[schema(example = "stamp")]
    pub unit: &'static str,
    /// How much was awarded.
    pub awarded: i64,
    /// Why not more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// When it will work again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<String>,
    /// What it would have been without the cap.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capped_from: Option<i64>,
}

/// A line of the breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BreakdownLine)]
pub struct LineView {
    /// The rule.
    #[schema(example = "visit")]
    pub rule: &'static str,
    /// `stamp` or `point`.
    #[schema(example = "stamp")]
    pub unit: &'static str,
    /// How much it gave or took.
    pub contribution: i64,
    /// The same in the language of the answer.
    #[schema(example = "For the visit")]
    pub text: String,
}

/// A redemption of a reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Claim)]
pub struct ClaimView {
    /// Its id.
    #[schema(example = "clm_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: String,
    /// Eight characters to compare by eye.
    #[schema(example = "7KQ2M9XD")]
    pub code: String,
    /// Of which reward.
    #[schema(example = "rew_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub reward: String,
    /// `issued`, `redeemed` or `voided`.
    #[schema(example = "redeemed")]
    pub status: &'static str,
    /// Raised by each change.
    pub version: i64,
}

impl From<&ClaimNote> for ClaimView {
    fn from(note: &ClaimNote) -> Self {
        Self {
            id: note.id.to_string(),
            code: note.code.clone(),
            reward: note.reward.to_string(),
            status: note.status.code(),
            version: note.version,
        }
    }
}

/// The answer to an accepted command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub struct ReceiptView {
    /// Its id.
    #[schema(example = "rcp_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: String,
    /// The card.
    #[schema(example = "card_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub card: String,
    /// The card's version afterwards.
    pub version: i64,
    /// The event it wrote; null when nothing was awarded.
    #[schema(example = "evt_01kan2x8fye4ttq8z0n9ms3v4c_12")]
    pub event: Option<String>,
    /// What happened; null when nothing was awarded.
    #[serde(rename = "type")]
    #[schema(example = "stamped")]
    pub kind: Option<&'static str>,
    /// What moved.
    pub moves: Vec<MoveView>,
    /// What became of each unit.
    pub outcomes: Vec<OutcomeView>,
    /// The balance afterwards.
    pub balance: BalanceView,
    /// The breakdown.
    pub why: Vec<LineView>,
    /// The program version that priced it.
    pub program_version: i64,
    /// When it happened.
    #[schema(example = "2026-03-02T10:15:00Z", format = DateTime)]
    pub occurred_at: String,
    /// The claim it made, used or took back; the first of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimView>,
    /// All claims it made, used or took back: one event may fill a card more than once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimView>,
    /// The card that was named, where it was merged into this one before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "card_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub followed_from: Option<String>,
    /// The new number of a replaced card.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "4KQ729FMX3AY")]
    pub number: Option<String>,
}

impl ReceiptView {
    /// A receipt in a language.
    pub fn new(receipt: &Receipt, locale: Locale) -> Self {
        let event = receipt.event.as_ref();
        let claims: Vec<ClaimView> = event
            .map_or(&[][..], |event| &event.claims)
            .iter()
            .map(ClaimView::from)
            .collect();
        Self {
            id: receipt.id.to_string(),
            card: receipt.card.to_string(),
            version: receipt.version,
            event: event.map(|event| {
                EventId {
                    card: receipt.card,
                    sequence: event.sequence,
                }
                .to_string()
            }),
            kind: event.map(|event| event.kind.code()),
            moves: event.map(moves).unwrap_or_default(),
            outcomes: outcomes(&receipt.outcomes),
            balance: receipt.balance.into(),
            why: why(&receipt.why, locale),
            program_version: receipt.program_version,
            occurred_at: rfc3339(receipt.at),
            claim: claims.first().cloned(),
            claims,
            followed_from: receipt.followed_from.map(|card| card.to_string()),
            number: receipt.number.clone(),
        }
    }
}

/// What an event moved, one entry a unit and kind: which bucket it came from is the card's own affair.
pub fn moves(event: &Event) -> Vec<MoveView> {
    let mut merged: Vec<MoveView> = Vec::new();
    for step in &event.moves {
        let known = merged
            .iter_mut()
            .find(|view| view.unit == step.unit.code() && view.kind == step.kind.code());
        match known {
            Some(view) => view.amount += step.amount,
            None => merged.push(MoveView {
                unit: step.unit.code(),
                amount: step.amount,
                kind: step.kind.code(),
                rule: rule_of(step, &event.why).code(),
            }),
        }
    }
    merged
}

/// The rule behind a move: for stamps the breakdown says which of three counted them.
fn rule_of(step: &Move, why: &[Line]) -> LineRule {
    let counted = |rule: LineRule| matches!(rule, LineRule::Visit | LineRule::AmountSteps | LineRule::Quantity);
    match step.kind {
        MoveKind::WelcomeBonus => LineRule::Welcome,
        MoveKind::StampEarn => why
            .iter()
            .map(|line| line.rule)
            .find(|&rule| counted(rule))
            .unwrap_or(LineRule::Visit),
        MoveKind::PointsEarn | MoveKind::PointsPending => LineRule::Rate,
        MoveKind::CompletionBonus => LineRule::Completion,
        // What a full card mints by itself is no price that somebody paid (`STP-2`).
        MoveKind::StampRedeem if why.iter().any(Line::completes) => LineRule::Completion,
        MoveKind::StampRedeem | MoveKind::PointsRedeem => LineRule::RewardCost,
        MoveKind::AdjustCredit | MoveKind::AdjustDebit => LineRule::Adjustment,
        MoveKind::EarnVoid
        | MoveKind::RedeemVoid
        | MoveKind::WelcomeVoid
        | MoveKind::CompletionVoid
        | MoveKind::AdjustVoid => LineRule::Reversal,
        MoveKind::ReturnClawback => LineRule::Return,
        MoveKind::ReturnRestore => LineRule::Restored,
        MoveKind::Forfeit => LineRule::Forfeit,
        MoveKind::MergeOut | MoveKind::MergeIn => LineRule::Merge,
    }
}

/// What became of each unit.
pub fn outcomes(outcomes: &[Outcome]) -> Vec<OutcomeView> {
    let view = |outcome: &Outcome| OutcomeView {
        unit: outcome.unit.code(),
        awarded: outcome.awarded,
        code: outcome.code.clone(),
        retry_at: outcome.retry_at.map(rfc3339),
        capped_from: outcome.capped_from,
    };
    outcomes.iter().map(view).collect()
}

/// The breakdown in a language.
pub fn why(lines: &[Line], locale: Locale) -> Vec<LineView> {
    let view = |line: &Line| LineView {
        rule: line.rule.code(),
        unit: line.unit.code(),
        contribution: line.contribution,
        text: text(line.rule, locale.messages()),
    };
    lines.iter().map(view).collect()
}

fn text(rule: LineRule, messages: &Messages) -> String {
    match rule {
        LineRule::Visit => messages.breakdown_visit(),
        LineRule::AmountSteps => messages.breakdown_amount_steps(),
        LineRule::Quantity => messages.breakdown_quantity(),
        LineRule::Rate => messages.breakdown_rate(),
        LineRule::BelowMinimum => messages.breakdown_below_minimum(),
        LineRule::NothingEligible => messages.breakdown_nothing_eligible(),
        LineRule::TransactionMaximum => messages.breakdown_transaction_maximum(),
        LineRule::Cap => messages.breakdown_cap(),
        LineRule::CardFull => messages.breakdown_card_full(),
        LineRule::Welcome => messages.breakdown_welcome(),
        LineRule::Completion => messages.breakdown_completion(),
        LineRule::RewardCost => messages.breakdown_reward_cost(),
        LineRule::Reversal => messages.breakdown_reversal(),
        LineRule::Return => messages.breakdown_return(),
        LineRule::Restored => messages.breakdown_restored(),
        LineRule::Loss => messages.breakdown_loss(),
        LineRule::Adjustment => messages.breakdown_adjustment(),
        LineRule::Forfeit => messages.breakdown_forfeit(),
        LineRule::Merge => messages.breakdown_merge(),
    }
}
