//! Voids (`VOID-*`, `STP-5`): an event is taken back once, with all its moves, each to where it came from.

use super::draft::Draft;
use super::{Decision, limits, states};
use crate::bucket::BucketKey;
use crate::claim::{Claim, ClaimStatus};
use crate::event::{Actor, Event, EventKind, LineRule, Move, MoveKind, Reason};
use crate::facts::{Authority, Facts, Target};
use crate::follow_up::{FollowUp, Signal};
use crate::moment::Moment;
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::terms::NegativePolicy;

/// Takes an event back.
pub fn void(facts: &Facts, reason: Reason) -> Result<Decision, Rejection> {
    let target = facts.target.ok_or(Rejection::NotFound)?;
    if !Reason::VOID.contains(&reason) {
        return Err(Rejection::UnknownReason);
    }
    states::card_not_closed(facts)?;
    let kind = target.event.kind;
    let voidable = kind.is_earn() || kind.is_redemption() || kind == EventKind::Adjusted;
    if !voidable || is_partly_returned(facts, target) {
        return Err(Rejection::NotVoidable);
    }
    if target.voided {
        return Err(Rejection::AlreadyVoided);
    }
    may_void(facts, &target.event)?;
    let signal = states::own_card(facts)?;
    let mut draft = Draft::new(facts);
    draft.reverses = Some(target.event.sequence);
    draft.reason = Some(reason);
    draft.reward = target.event.reward;
    draft.follow_ups.extend(signal);
    if kind.is_redemption() {
        draft.follow_ups.push(FollowUp::Signal(Signal::VoidedRedemption));
    }
    take_back_claims(facts, &mut draft, target);
    reverse(facts, &mut draft, target)?;
    // From here on it succeeds.
    draft.round = target
        .event
        .round
        .filter(|&(_, after)| after == facts.card.round_version)
        .map(|(before, after)| (after, before));
    Ok(draft.event(facts, EventKind::Voided))
}

/// What a return has already reached cannot be voided any more; the return stands.
fn is_partly_returned(facts: &Facts, target: &Target) -> bool {
    let sequence = Some(target.event.sequence);
    facts.order.is_some_and(|order| {
        (order.earned_by == sequence && order.clawed_points + order.clawed_stamps > 0)
            || (order.redeemed_by == sequence && order.restored_points > 0)
    })
}

/// Who may take what back, and for how long (`VOID-1`).
fn may_void(facts: &Facts, event: &Event) -> Result<(), Rejection> {
    const DAY_MINUTES: i64 = 24 * 60;
    let terms = facts.program.terms();
    let window = match facts.authority {
        Authority::System => return Ok(()),
        Authority::Cashier | Authority::Customer => terms.void_window_minutes,
        Authority::Manager | Authority::Key => terms.void_window_days * DAY_MINUTES,
    };
    if facts.moment.at > event.at.plus_minutes(window) {
        return Err(Rejection::VoidWindowPassed);
    }
    if facts.authority != Authority::Cashier {
        return Ok(());
    }
    let own = match (event.origin.staff, facts.origin.staff) {
        (Some(then), Some(now)) => then == now,
        _ => matches!(event.origin.actor, Actor::Terminal(_)) && event.origin.actor == facts.origin.actor,
    };
    let here = event.origin.store == facts.origin.store;
    let latest = event.sequence == facts.card.version;
    if own && here && latest {
        Ok(())
    } else {
        Err(Rejection::Forbidden)
    }
}

/// Claims that the event made and nobody used are void; a claim that it used waits again. Stock and limits follow.
fn take_back_claims(facts: &Facts, draft: &mut Draft, target: &Target) {
    let mut given_back = 0i64;
    for claim in &target.claims {
        let status = match (target.event.kind, claim.status) {
            (EventKind::ClaimUsed, ClaimStatus::Redeemed) => ClaimStatus::Issued,
            (EventKind::Redeemed, ClaimStatus::Redeemed) | (_, ClaimStatus::Issued) => ClaimStatus::Voided,
            _ => continue,
        };
        given_back += i64::from(status == ClaimStatus::Voided);
        let waiting = status == ClaimStatus::Issued;
        draft.claims.push(Claim {
            status,
            used_by: claim.used_by.filter(|_| !waiting),
            used_at: claim.used_at.filter(|_| !waiting),
            used_in: claim.used_in.filter(|_| !waiting),
            version: claim.version + 1,
            ..claim.clone()
        });
    }
    let paid_out = target
        .event
        .moves
        .iter()
        .any(|step| step.kind == MoveKind::CompletionBonus);
    if paid_out {
        given_back += completions(&target.event);
    }
    if let Some(reward) = facts.reward.filter(|_| given_back > 0) {
        let then = Moment {
            at: target.event.at,
            day: target.event.day,
            minute_of_day: 0,
        };
        let keys = limits::of_reward(reward, facts.card_id, &then);
        draft.counters.extend(keys.into_iter().map(|key| (key, -given_back)));
    }
}

fn completions(event: &Event) -> i64 {
    let lines = event
        .why
        .iter()
        .filter(|line| line.rule == LineRule::Completion && line.unit == Unit::Stamp);
    i64::try_from(lines.count()).unwrap_or(0)
}

/// Gives back what was taken, then takes back what was given. Stamps that paid for a claim already used stay paid.
fn reverse(facts: &Facts, draft: &mut Draft, target: &Target) -> Result<(), Rejection> {
    let mut still_paid: i64 = if target.event.kind.is_earn() {
        target
            .claims
            .iter()
            .filter(|claim| claim.status == ClaimStatus::Redeemed)
            .map(|claim| claim.cost)
            .sum()
    } else {
        0
    };
    let (taken, given): (Vec<&Move>, Vec<&Move>) = target.event.moves.iter().partition(|step| step.amount < 0);
    for step in taken {
        let Some(kind) = step.kind.reversed() else {
            continue;
        };
        let kept = still_paid.min(-step.amount);
        still_paid -= kept;
        if -step.amount > kept {
            draft.credit(step.unit, step.bucket, -step.amount - kept, kind)?;
        }
    }
    for step in given {
        let Some(kind) = step.kind.reversed() else {
            continue;
        };
        take_back(facts, draft, step, kind)?;
    }
    for unit in [Unit::Stamp, Unit::Point] {
        let moved = draft_sum(draft, unit) - facts.card.buckets.net(unit);
        if moved != 0 {
            draft.explain(LineRule::Reversal, unit, moved);
        }
    }
    Ok(())
}

fn draft_sum(draft: &Draft, unit: Unit) -> i64 {
    draft.buckets.net(unit)
}

/// From its own bucket first, then from others; what is spent already becomes debt, or the void is refused (`VOID-2`).
fn take_back(facts: &Facts, draft: &mut Draft, step: &Move, kind: MoveKind) -> Result<(), Rejection> {
    if step.bucket.debt {
        draft.shift(step.unit, BucketKey::DEBT, -step.amount, kind);
        return Ok(());
    }
    let missing = draft.debit(step.unit, step.amount, &[(step.bucket, step.amount)], kind);
    if missing == 0 {
        return Ok(());
    }
    let correction = kind == MoveKind::AdjustVoid;
    if facts.program.terms().negative_policy != NegativePolicy::AllowDebt || correction {
        return Err(Rejection::ValueAlreadySpent { missing });
    }
    draft.shift(step.unit, BucketKey::DEBT, -missing, kind);
    Ok(())
}
