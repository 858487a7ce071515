//! Corrections by a person (`ADJ-*`).

use super::draft::Draft;
use super::{Decision, limits, states, unusual};
use crate::bucket::BucketKey;
use crate::event::{EventKind, LineRule, MoveKind, Reason};
use crate::facts::{Authority, Facts};
use crate::quantity::{AMOUNT_MAX, Unit};
use crate::rejection::Rejection;

/// Corrects the balance by a signed amount. The limits bind tills, not keys; over them somebody must approve.
pub fn adjust(facts: &Facts, unit: Unit, amount: i64, reason: Reason) -> Result<Decision, Rejection> {
    if amount == 0 {
        return Err(Rejection::ZeroAmount);
    }
    if !(-AMOUNT_MAX..=AMOUNT_MAX).contains(&amount) {
        return Err(Rejection::OutOfRange {
            field: "amount",
            min: -AMOUNT_MAX,
            max: AMOUNT_MAX,
        });
    }
    if !Reason::ADJUST.contains(&reason) {
        return Err(Rejection::UnknownReason);
    }
    states::card_in_use(facts)?;
    let kind = facts.program.kind();
    if (unit == Unit::Stamp && !kind.has_stamps()) || (unit == Unit::Point && !kind.has_points()) {
        return Err(Rejection::WrongProgramKind);
    }
    let signal = states::own_card(facts)?;
    let counter = within_limits(facts, amount.abs())?;
    states::anonymous_cap(facts, unit, amount)?;
    let mut draft = Draft::new(facts);
    let available = draft.buckets.available(unit);
    if amount < 0 && available < -amount {
        return Err(Rejection::InsufficientBalance {
            needed: -amount,
            available,
        });
    }
    if amount > 0 {
        let room = draft.credit(unit, BucketKey::OPEN, amount, MoveKind::AdjustCredit);
        room.map_err(asked_too_much)?;
    } else {
        draft.debit(unit, -amount, &[], MoveKind::AdjustDebit);
    }
    // From here on it succeeds.
    draft.explain(LineRule::Adjustment, unit, amount);
    draft.reason = Some(reason);
    draft
        .follow_ups
        .extend(signal.into_iter().chain(unusual::near(amount.abs(), limit_of(facts))));
    draft.counters.extend(counter.map(|key| (key, amount.abs())));
    Ok(draft.event(facts, EventKind::Adjusted))
}

/// What does not fit on the card was asked for in the call itself, not counted by a rule.
fn asked_too_much(rejection: Rejection) -> Rejection {
    match rejection {
        Rejection::OutOfRange { max, .. } => Rejection::OutOfRange {
            field: "amount",
            min: -AMOUNT_MAX,
            max,
        },
        other => other,
    }
}

/// The limit of one adjustment that binds whoever makes it; 0 where none does.
fn limit_of(facts: &Facts) -> i64 {
    let terms = facts.program.terms();
    let four_eyes = terms.adjust_four_eyes_above;
    match facts.authority {
        Authority::Manager => four_eyes,
        authority if authority.is_limited() => {
            let limits = [terms.adjust_limit_per_txn, four_eyes];
            limits.into_iter().filter(|&limit| limit > 0).min().unwrap_or(0)
        }
        _ => 0,
    }
}

/// The limits of one adjustment and of one person's day (`ADJ-1`). They bind tills; above the size for which two people
/// must agree, a manager is bound too.
fn within_limits(facts: &Facts, size: i64) -> Result<Option<crate::counter::CounterKey>, Rejection> {
    let terms = facts.program.terms();
    let over = |limit: i64| limit > 0 && size > limit;
    let is_staff = facts.authority.is_limited() || facts.authority == Authority::Manager;
    if facts.authority.is_limited() && over(terms.adjust_limit_per_txn) {
        return Err(Rejection::ApprovalRequired {
            limit: terms.adjust_limit_per_txn,
        });
    }
    if is_staff && over(terms.adjust_four_eyes_above) {
        return Err(Rejection::ApprovalRequired {
            limit: terms.adjust_four_eyes_above,
        });
    }
    if !facts.authority.is_limited() {
        return Ok(None);
    }
    let key = limits::adjusted_by(&facts.origin, &facts.clock);
    let used = key.as_ref().map_or(0, |key| facts.counters.used(key));
    if terms.adjust_limit_per_staff_day > 0 && used.saturating_add(size) > terms.adjust_limit_per_staff_day {
        return Err(Rejection::ApprovalRequired {
            limit: terms.adjust_limit_per_staff_day,
        });
    }
    Ok(key)
}
