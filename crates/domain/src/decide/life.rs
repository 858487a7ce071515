//! The life of a card (`CRD-4`, `CRD-5`): blocked and unblocked, replaced, closed.

use super::draft::Draft;
use super::{Decision, limits};
use crate::card::CardStatus;
use crate::claim::{Claim, ClaimStatus};
use crate::event::{EventKind, LineRule, MoveKind, Reason};
use crate::facts::Facts;
use crate::quantity::Unit;
use crate::rejection::Rejection;

/// Stops a card, reversibly.
pub fn block(facts: &Facts, reason: Reason) -> Result<Decision, Rejection> {
    if !Reason::BLOCK.contains(&reason) {
        return Err(Rejection::UnknownReason);
    }
    match facts.card.status {
        CardStatus::Active | CardStatus::Unclaimed => Ok(because(facts, EventKind::Blocked, Some(reason))),
        CardStatus::Blocked | CardStatus::Closed | CardStatus::Merged => Err(Rejection::InvalidState),
    }
}

/// Lets a blocked card go on as before.
pub fn unblock(facts: &Facts) -> Result<Decision, Rejection> {
    match facts.card.status {
        CardStatus::Blocked => Ok(because(facts, EventKind::Unblocked, None)),
        _ => Err(Rejection::InvalidState),
    }
}

/// Gives new credentials: the generation rises, and what was printed or shown before no longer finds the card
/// (`CRD-4`). A blocked card may be replaced, since loss is why most are blocked; it stays blocked.
pub fn replace(facts: &Facts, reason: Reason) -> Result<Decision, Rejection> {
    if !Reason::REPLACE.contains(&reason) {
        return Err(Rejection::UnknownReason);
    }
    match facts.card.status {
        CardStatus::Closed | CardStatus::Merged => Err(Rejection::InvalidState),
        _ => Ok(because(facts, EventKind::Replaced, Some(reason))),
    }
}

/// Ends a card for good; what it still holds is forfeited, claims that wait with it, and somebody must have said so.
pub fn close(facts: &Facts, confirm: bool) -> Result<Decision, Rejection> {
    if matches!(facts.card.status, CardStatus::Closed | CardStatus::Merged) {
        return Err(Rejection::InvalidState);
    }
    let buckets = &facts.card.buckets;
    let holds = [Unit::Stamp, Unit::Point]
        .iter()
        .any(|&unit| buckets.available(unit) + buckets.pending(unit) > 0);
    if (holds || !facts.waiting.is_empty()) && !confirm {
        return Err(Rejection::BalanceNotEmpty);
    }
    let mut draft = Draft::new(facts);
    for unit in [Unit::Stamp, Unit::Point] {
        let left = draft.buckets.net(unit);
        if left != 0 {
            draft.explain(LineRule::Forfeit, unit, -left);
        }
    }
    let all: Vec<_> = draft.buckets.iter().copied().collect();
    for bucket in all {
        draft.shift(bucket.unit, bucket.key, -bucket.amount, MoveKind::Forfeit);
    }
    void_waiting(facts, &mut draft);
    Ok(draft.event(facts, EventKind::Closed))
}

/// Claims that nobody can redeem any more are void, and stock and limits get them back (`RED-6`).
fn void_waiting(facts: &Facts, draft: &mut Draft) {
    draft.claims.extend(facts.waiting.iter().map(|waiting| Claim {
        status: ClaimStatus::Voided,
        version: waiting.claim.version + 1,
        ..waiting.claim.clone()
    }));
    draft.counters.extend(limits::give_back_waiting(facts));
}

fn because(facts: &Facts, kind: EventKind, reason: Option<Reason>) -> Decision {
    let mut draft = Draft::new(facts);
    draft.reason = reason;
    draft.event(facts, kind)
}
