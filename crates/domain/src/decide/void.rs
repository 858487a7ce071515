//! Voids (`VOID-*`, `STP-5`): an event is taken back once, with all its moves, each to where it came from.

use super::draft::Draft;
use super::{Decision, limits, states};
use crate::bucket::BucketKey;
use crate::claim::{Claim, ClaimStatus};
use crate::event::{Actor, Event, EventKind, LineRule, Move, MoveKind, Reason, Round};
use crate::facts::{Authority, Facts, Target};
use crate::follow_up::{FollowUp, Signal};
use crate::moment::plus_days;
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::terms::NegativePolicy;

/// Takes an event back.
pub fn void(facts: &Facts, reason: Reason) -> Result<Decision, Rejection> {
    let target = facts.target.ok_or(Rejection::NotFound { field: "event" })?;
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
    // A round that began with a reward handed over stays begun.
    let keeps_reward = kind.is_earn() && used_claims(target).next().is_some();
    let began = matches!(target.event.round, Some(Round::Begun(_))) && !keeps_reward;
    draft.round = began.then_some(Round::TakenBack(target.event.sequence));
    Ok(draft.event(facts, EventKind::Voided))
}

/// What a return has already reached cannot be voided any more; the return stands.
fn is_partly_returned(facts: &Facts, target: &Target) -> bool {
    let sequence = Some(target.event.sequence);
    facts.order.is_some_and(|order| {
        (order.earned_by == sequence && (order.clawed_points + order.clawed_stamps > 0 || order.undone > 0))
            || (order.redeemed_by == sequence && order.restored_points > 0)
    })
}

/// Who may take what back, and for how long (`VOID-1`): minutes at the till, calendar days for the others, the last day
/// included.
fn may_void(facts: &Facts, event: &Event) -> Result<(), Rejection> {
    let terms = facts.program.terms();
    let (at, day) = event.by_the_clock();
    let in_minutes = facts.clock.at <= at.plus_minutes(terms.void_window_minutes);
    let in_days = facts.clock.day <= plus_days(day, terms.void_window_days);
    let in_time = match facts.authority {
        Authority::System => true,
        Authority::Cashier | Authority::Customer => in_minutes,
        Authority::Manager | Authority::Key => in_days,
    };
    if !in_time {
        return Err(Rejection::VoidWindowPassed);
    }
    if facts.authority != Authority::Cashier {
        return Ok(());
    }
    // Who is named must be named again; nobody else will do. Where nobody was named, the device is all that is known.
    let own = match event.origin.staff {
        Some(then) => facts.origin.staff == Some(then),
        None => matches!(event.origin.actor, Actor::Terminal(_)) && event.origin.actor == facts.origin.actor,
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
    if target.claims.is_empty() {
        given_back += target.event.completions();
    }
    let taken = std::iter::once((&target.event, given_back));
    draft.counters.extend(limits::give_back(facts.card_id, taken));
}

/// The claims an earn minted that were used since: what they cost stays paid (`STP-5`).
fn used_claims(target: &Target) -> impl Iterator<Item = &Claim> {
    target
        .claims
        .iter()
        .filter(|claim| claim.status == ClaimStatus::Redeemed)
}

/// Gives back what was taken, then takes back what was given, and last brings back a debt that was repaid: what the card
/// holds by now goes first.
fn reverse(facts: &Facts, draft: &mut Draft, target: &Target) -> Result<(), Rejection> {
    let is_earn = target.event.kind.is_earn();
    let mut still_paid: i64 = if is_earn {
        used_claims(target).map(|claim| claim.cost).sum()
    } else {
        0
    };
    let (taken, given): (Vec<&Move>, Vec<&Move>) = target.event.moves.iter().partition(|step| step.amount < 0);
    for step in taken {
        let Some(kind) = step.kind.reversed() else { continue };
        let kept = still_paid.min(-step.amount);
        still_paid -= kept;
        if -step.amount > kept {
            draft.credit(step.unit, step.bucket, -step.amount - kept, kind)?;
        }
    }
    let (repaid, kept): (Vec<&Move>, Vec<&Move>) = given.into_iter().partition(|step| step.bucket.debt);
    for step in kept.into_iter().chain(repaid) {
        let Some(kind) = step.kind.reversed() else { continue };
        take_back(facts, draft, step, kind)?;
    }
    for unit in [Unit::Stamp, Unit::Point] {
        let moved = draft.buckets.net(unit) - facts.card.buckets.net(unit);
        if moved != 0 {
            draft.explain(LineRule::Reversal, unit, moved);
        }
    }
    Ok(())
}

/// From its own bucket first, then from others; what is spent already becomes debt, or the void is refused (`VOID-2`).
/// A debt that was there before may always come back.
fn take_back(facts: &Facts, draft: &mut Draft, step: &Move, kind: MoveKind) -> Result<(), Rejection> {
    let missing = draft.take_back(step.unit, step.amount, &[(step.bucket, step.amount)], kind);
    if missing == 0 {
        return Ok(());
    }
    let correction = kind == MoveKind::AdjustVoid;
    let may_owe = facts.program.terms().negative_policy == NegativePolicy::AllowDebt && !correction;
    if !step.bucket.debt && !may_owe {
        return Err(Rejection::ValueAlreadySpent { missing });
    }
    draft.shift(step.unit, BucketKey::DEBT, -missing, kind);
    Ok(())
}
