//! How a story says what came of a step. One wording for one thing; every refusal says its parameters.

use super::scene::Scene;
use domain::claim::Claim;
use domain::counter::CounterKey;
use domain::event::{Balance, Event, EventKind, Line, LineRule, Outcome};
use domain::ids::{CardId, StoreId};
use domain::moment::Instant;
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::{Decision, Rejection};

/// An amount with its unit: `+1 stamp`, `-10 points`.
fn signed(amount: i64, unit: Unit) -> String {
    let plural = if amount.abs() == 1 { "" } else { "s" };
    format!("{amount:+} {}{plural}", unit.code())
}

fn counted(amount: i64, unit: Unit) -> String {
    signed(amount, unit).trim_start_matches('+').to_owned()
}

/// The whole answer to an accepted command.
pub fn accepted(scene: &Scene, card: CardId, decision: &Decision) -> String {
    let Some(event) = &decision.event else {
        return nothing(scene, decision);
    };
    let mut parts: Vec<String> = happened(event).into_iter().collect();
    parts.extend(
        decision
            .why
            .iter()
            .filter(|line| !said_by_outcome(line, decision))
            .map(line),
    );
    parts.extend(
        decision
            .outcomes
            .iter()
            .filter_map(|outcome| self::outcome(scene, outcome)),
    );
    parts.extend(decision.claims.iter().map(|claim| self::claim(scene, card, claim)));
    parts.extend(decision.counters.iter().filter_map(|(key, _)| counter(scene, key)));
    for signal in scene.signals(card, decision) {
        parts.push(format!("signal {}", signal.code()));
    }
    let said = parts.join(", ");
    if event.moves.is_empty() {
        return if said.is_empty() {
            event.kind.code().to_owned()
        } else {
            said
        };
    }
    format!("{said} = {}", balance(scene.book().program.kind(), &event.balance))
}

fn happened(event: &Event) -> Option<String> {
    match event.kind {
        EventKind::Enrolled => {
            let whose = if event.claimed == Some(true) {
                "active"
            } else {
                "unclaimed"
            };
            let welcome = if event.welcome_due {
                ", welcome still to come"
            } else {
                ""
            };
            Some(format!("card {whose}{welcome}"))
        }
        EventKind::Blocked | EventKind::Unblocked | EventKind::Replaced | EventKind::Closed => {
            Some(format!("card {}", event.kind.code()))
        }
        EventKind::Confirmed => Some("card somebody's".to_owned()),
        EventKind::MergedIn => Some("card merged in".to_owned()),
        EventKind::Voided => Some(format!("event {} taken back", event.reverses.unwrap_or_default())),
        _ => None,
    }
}

fn said_by_outcome(line: &Line, decision: &Decision) -> bool {
    let code = Some(line.rule.code());
    line.contribution == 0 && decision.outcomes.iter().any(|outcome| outcome.code.as_deref() == code)
}

fn nothing(scene: &Scene, decision: &Decision) -> String {
    let mut parts = vec!["nothing awarded".to_owned()];
    let zero = decision.why.iter().filter(|line| !said_by_outcome(line, decision));
    parts.extend(zero.map(|told| match told.contribution {
        0 => format!("because {}", told.rule.code()),
        _ => line(told),
    }));
    parts.extend(
        decision
            .outcomes
            .iter()
            .filter_map(|outcome| self::outcome(scene, outcome)),
    );
    parts.join(", ")
}

fn line(line: &Line) -> String {
    let why = match line.rule {
        LineRule::Visit | LineRule::AmountSteps | LineRule::Quantity | LineRule::Rate => "",
        LineRule::BelowMinimum => " below the minimum",
        LineRule::NothingEligible => " for nothing eligible",
        LineRule::TransactionMaximum => " over the maximum",
        LineRule::Cap => " over the cap",
        LineRule::CardFull => " over the full card",
        LineRule::Welcome => " welcome",
        LineRule::Completion => " for a full card",
        LineRule::RewardCost => " for the reward",
        LineRule::Reversal => " taken back",
        LineRule::Return => " returned",
        LineRule::Restored => " given back",
        LineRule::Loss => " lost",
        LineRule::Adjustment => " corrected",
        LineRule::Forfeit => " left behind",
        LineRule::Merge => " come over",
    };
    format!("{}{why}", signed(line.contribution, line.unit))
}

fn outcome(scene: &Scene, outcome: &Outcome) -> Option<String> {
    if outcome.code.is_none() && outcome.capped_from.is_none() {
        return None;
    }
    let from = outcome
        .capped_from
        .map(|from| format!(" of {from}"))
        .unwrap_or_default();
    let code = outcome
        .code
        .as_ref()
        .map(|code| format!(" by {code}"))
        .unwrap_or_default();
    let retry = outcome
        .retry_at
        .map(|at| format!(", retry at {}", scene.clock(at)))
        .unwrap_or_default();
    Some(format!("{}{from}{code}{retry}", counted(outcome.awarded, outcome.unit)))
}

fn claim(scene: &Scene, card: CardId, claim: &Claim) -> String {
    let known = scene
        .book()
        .cards
        .get(&card)
        .map(|history| history.claims.as_slice())
        .unwrap_or_default();
    let place = known.iter().position(|id| *id == claim.id);
    let number = place.map_or(0, |place| place + 1);
    assert!(number > 0, "a claim is kept before it is told");
    format!("claim {number} {}", claim.status.code())
}

/// Counters as they stand afterwards.
/// What a shared counter stands at; what a terminal opened today is told by nothing but its signal.
fn counter(scene: &Scene, key: &CounterKey) -> Option<String> {
    let stands = scene.book().counters.get(key).copied().unwrap_or(0);
    match key {
        CounterKey::Stock(reward) => Some(format!("{} taken {stands}", scene.reward_name(*reward))),
        CounterKey::RewardLimit(reward, _, _) => Some(format!("own {} {stands}", scene.reward_name(*reward))),
        CounterKey::Welcome(_, person) => Some(format!("{person} welcomed {stands}")),
        CounterKey::AdjustedBy(_) => Some(format!("corrected today {stands}")),
        CounterKey::OpenedBy(_) => None,
    }
}

/// What a card holds, in the units of its program.
pub fn balance(kind: ProgramKind, balance: &Balance) -> String {
    let mut parts = Vec::new();
    if kind.has_stamps() {
        parts.push(counted(balance.stamps, Unit::Stamp));
    }
    if kind.has_points() {
        parts.push(counted(balance.points, Unit::Point));
        let more = [(balance.pending, "pending"), (balance.debt, "owed")];
        parts.extend(
            more.iter()
                .filter(|(amount, _)| *amount != 0)
                .map(|(amount, word)| format!("{amount} {word}")),
        );
    }
    parts.join(", ")
}

/// The whole answer to a refused command.
pub fn refused(scene: &Scene, rejection: &Rejection) -> String {
    let code = rejection.code();
    match parameters(scene, rejection) {
        Some(parameters) => format!("refused {code}, {parameters}"),
        None => format!("refused {code}"),
    }
}

fn parameters(scene: &Scene, rejection: &Rejection) -> Option<String> {
    use Rejection as R;
    let told = match rejection {
        R::StoreNotAllowed { home } => format!("home {}", scene.store_name(*home)),
        R::OutOfRange { field, min, max } => format!("{field} from {min} to {max}").trim_start().to_owned(),
        R::Required { field } => format!("{field} is missing"),
        R::CurrencyMismatch { expected } => format!("expected {expected}"),
        R::LinesMismatch { sum } => format!("they sum to {}", money(*sum)),
        R::ReturnExceedsOrder { remaining_minor } => format!("remaining {}", money(*remaining_minor)),
        R::ManagerPinRequired { limit_minor } => format!("limit {}", money(*limit_minor)),
        R::BelowMinimum { needed_minor } | R::OrderBelowRewardMinimum { needed_minor } => {
            format!("needed {}", money(*needed_minor))
        }
        R::CooldownActive { retry_at } => format!("retry at {}", scene.clock(*retry_at)),
        R::DailyCapReached { remaining } => format!("remaining {remaining}"),
        R::AnonymousCapReached { cap } => format!("cap {cap}"),
        R::RewardNotAvailable { reason, .. } => reason.code().to_owned(),
        R::RedeemBelowMinimum { needed } => format!("needed {needed}"),
        R::RedeemStep { step } => format!("step {step}"),
        R::RedeemExceedsShare { most } => format!("most {most}"),
        R::BalanceInDebt { debt, .. } => format!("debt {debt}"),
        R::InsufficientBalance { needed, available } => format!("needed {needed}, available {available}"),
        R::AlreadyRedeemed { at, store } => used(scene, *at, *store),
        R::ValueAlreadySpent { missing } => format!("missing {missing}"),
        R::ApprovalRequired { limit } => format!("limit {limit}"),
        R::CardMerged { into } => format!("into {}", scene.card_name(*into)),
        R::SameCard | R::ProgramMismatch => return None,
        R::CardBlocked | R::CardClosed | R::InvalidState | R::AlreadyEnrolled | R::EnrollmentClosed => return None,
        R::SelfEnrollmentDisabled | R::WrongProgramKind | R::ProgramInactive | R::RedeemClosed => return None,
        R::SelfServiceBlocked | R::Forbidden | R::OccurredAtOutOfRange | R::AmountInvalid { .. } => return None,
        R::OrderRefConflict | R::OrderNotFound | R::ReturnRefConflict | R::CardFull | R::NotFound { .. } => {
            return None;
        }
        R::NotVoidable | R::AlreadyVoided | R::VoidWindowPassed | R::ZeroAmount => return None,
        R::CredentialStale | R::ConfirmationRequired | R::UnknownReason | R::BalanceNotEmpty => return None,
    };
    Some(told)
}

fn used(scene: &Scene, at: Instant, store: Option<StoreId>) -> String {
    let place = store
        .map(|store| format!(" in {}", scene.store_name(store)))
        .unwrap_or_default();
    format!("at {}{place}", scene.clock(at))
}

fn money(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}
