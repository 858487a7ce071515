//! What a full card became, undone by a return: a purchase that comes back takes the reward with it that it brought, as
//! far as nobody has it yet (`RET-4`, `STP-5`). Its stamps come back first, and then what the purchase gave can go.

use super::draft::Draft;
use super::limits;
use crate::bucket::BucketKey;
use crate::claim::{Claim, ClaimStatus};
use crate::event::{Event, LineRule, MoveKind, Round};
use crate::facts::Facts;
use crate::order::Order;
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::terms::NegativePolicy;

/// Undoes as many of the rewards that a purchase made as the stamps need that must go.
pub fn rewards(
    facts: &Facts,
    draft: &mut Draft,
    order: &mut Order,
    (due, event): (i64, &Event),
) -> Result<(), Rejection> {
    let policy = facts.program.terms().negative_policy;
    let undone_before = order.undone;
    let mut waiting = facts
        .order_events
        .claims
        .iter()
        .filter(|claim| claim.status == ClaimStatus::Issued);
    while policy != NegativePolicy::PendingOnly && draft.buckets.available(Unit::Stamp) < due {
        if let Some(claim) = waiting.next() {
            stamps_back(draft, claim.cost)?;
            draft.claims.push(Claim {
                status: ClaimStatus::Voided,
                version: claim.version + 1,
                ..claim.clone()
            });
        } else if let Some((cost, points)) = paid_out(facts, draft, order, event) {
            stamps_back(draft, cost)?;
            draft.debit(Unit::Point, points, &[], MoveKind::CompletionVoid);
            draft.explain(LineRule::Reversal, Unit::Point, -points);
            order.undone += 1;
        } else {
            break;
        }
    }
    let voided = i64::try_from(draft.claims.len()).unwrap_or(i64::MAX);
    let many = voided + order.undone - undone_before;
    if many == 0 {
        return Ok(());
    }
    draft.reward = event.reward;
    draft
        .counters
        .extend(limits::give_back(facts.card_id, std::iter::once((event, many))));
    let began = matches!(event.round, Some(Round::Begun(_))) && nothing_stands(facts, draft, order, event);
    draft.round = began.then_some(Round::TakenBack(event.sequence));
    Ok(())
}

fn stamps_back(draft: &mut Draft, cost: i64) -> Result<(), Rejection> {
    draft.credit(Unit::Stamp, BucketKey::OPEN, cost, MoveKind::RedeemVoid)?;
    draft.explain(LineRule::Reversal, Unit::Stamp, cost);
    Ok(())
}

/// What the next full card cost and paid in points, if all of it can be had beside what the purchase itself must still
/// give back: points that are spent stay, and so do the stamps that paid for them. Where the card may owe, the stamps are
/// owed instead. The more has come back, the more is free, so that any split of a return ends alike.
fn paid_out(facts: &Facts, draft: &Draft, order: &Order, event: &Event) -> Option<(i64, i64)> {
    if facts.program.terms().negative_policy != NegativePolicy::Clamp {
        return None;
    }
    let of = |unit: Unit| {
        event
            .why
            .iter()
            .filter(move |line| line.rule == LineRule::Completion && line.unit == unit)
    };
    let place = usize::try_from(order.undone).ok()?;
    let cost = -of(Unit::Stamp).nth(place)?.contribution;
    let points = of(Unit::Point).nth(place)?.contribution;
    let still = event.earned(Unit::Point) - order.clawed_points;
    let kept = (still - draft.buckets.pending(Unit::Point)).max(0);
    (draft.buckets.available(Unit::Point) - kept >= points).then_some((cost, points))
}

/// Whether none of what the event made is left.
fn nothing_stands(facts: &Facts, draft: &Draft, order: &Order, event: &Event) -> bool {
    let gone = |claim: &Claim| claim.status == ClaimStatus::Voided || draft.claims.iter().any(|one| one.id == claim.id);
    let claims = &facts.order_events.claims;
    claims.iter().all(gone) && (!claims.is_empty() || order.undone == event.completions())
}
