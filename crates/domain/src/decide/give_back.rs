//! Returns (`RET-*`): what a purchase earned is taken back at the price it was earned at, never by today's rule. All
//! sums are cumulative, so that any sequence of partial returns equals one big return.

use super::draft::Draft;
use super::{Decision, states, unmake};
use crate::bucket::BucketKey;
use crate::card::CardStatus;
use crate::command::Returned;
use crate::earning;
use crate::event::{Event, EventKind, LineRule, MoveKind, Pricing};
use crate::facts::Facts;
use crate::order::Order;
use crate::quantity::{Currency, Unit};
use crate::rejection::Rejection;
use crate::terms::{NegativePolicy, ReturnRestores, StampBasis, Terms};

/// Books goods that came back.
pub fn give_back(facts: &Facts, returned: &Returned, currency: Currency) -> Result<Decision, Rejection> {
    let before = facts.order.ok_or(Rejection::OrderNotFound)?;
    states::not_merged(facts)?;
    let signal = states::own_card(facts)?;
    if currency != before.currency {
        return Err(Rejection::CurrencyMismatch {
            expected: before.currency.to_string(),
        });
    }
    let (amount, field) = match returned {
        Returned::Amount(amount) => (*amount, "amount_minor"),
        Returned::Lines(lines) => (earning::lines_sum(lines)?, "lines"),
    };
    if amount <= 0 {
        return Err(Rejection::AmountInvalid { field, line: None });
    }
    let before = &sized(before, amount);
    let remaining_minor = (before.gross_minor - before.returned_minor).max(0);
    if amount > remaining_minor {
        return Err(Rejection::ReturnExceedsOrder { remaining_minor });
    }
    // From here on it succeeds.
    let mut order = before.clone();
    match returned {
        Returned::Amount(amount) => order.returned_minor += amount,
        Returned::Lines(lines) => lines.iter().for_each(|line| order.take_back(line)),
    }
    let mut draft = Draft::new(facts);
    if facts.card.status != CardStatus::Closed {
        // What comes back first may pay for what must go.
        restore(facts, &mut draft, &mut order)?;
        claw_back(facts, &mut draft, before, &mut order)?;
    }
    draft.pricing = Some(Pricing {
        gross_minor: amount,
        basis_minor: order.remaining_basis(),
        currency,
    });
    draft.order = Some(order);
    draft.follow_ups.extend(signal);
    let nothing = draft.is_still() && draft.why.is_empty();
    Ok(if nothing {
        draft.nothing()
    } else {
        draft.event(facts, EventKind::Returned)
    })
}

/// An order of which nobody said how large it was, since points only paid for something of it, is as large as what comes
/// back of it.
fn sized(order: &Order, amount: i64) -> Order {
    let unknown = order.gross_minor == 0 && !order.priced;
    Order {
        gross_minor: if unknown { amount } else { order.gross_minor },
        ..order.clone()
    }
}

fn earned<'a>(facts: &'a Facts) -> Option<&'a Event> {
    facts
        .order_events
        .earned
        .as_ref()
        .filter(|(_, voided)| !voided)
        .map(|(event, _)| event)
}

/// The terms that priced the purchase (`RET-2`).
fn terms_then<'a>(facts: &'a Facts) -> &'a Terms {
    let version = facts
        .order_events
        .earned
        .as_ref()
        .map(|(event, _)| event.program_version);
    version
        .and_then(|version| facts.program.terms_of(version))
        .unwrap_or(facts.program.terms())
}

/// What must be gone of a purchase's award in all, once so much of it has come back: a pure function of sums.
pub fn clawed_back(terms: &Terms, order: &Order, unit: Unit, first_awarded: i64) -> i64 {
    let basis = order.remaining_basis();
    let keeps = if order.is_all_returned() {
        0
    } else {
        match (unit, terms.stamp_basis) {
            (Unit::Point, _) => earning::points(terms, basis, &[]).unwrap_or(first_awarded),
            (Unit::Stamp, StampBasis::PerAmount) => basis / terms.stamp_amount_step_minor.max(1),
            (Unit::Stamp, _) => first_awarded,
        }
    };
    first_awarded - keeps.min(first_awarded)
}

/// Takes back what the smaller purchase would not have earned. The order counts what was really taken, so that a loss
/// under a lenient policy is tried again with the next return of the same order, and the sum never depends on the steps.
fn claw_back(facts: &Facts, draft: &mut Draft, before: &Order, order: &mut Order) -> Result<(), Rejection> {
    let Some(event) = earned(facts) else { return Ok(()) };
    let terms = terms_then(facts);
    for unit in [Unit::Stamp, Unit::Point] {
        let so_far = if unit == Unit::Stamp {
            order.clawed_stamps
        } else {
            order.clawed_points
        };
        let first_awarded = event.earned(unit);
        let gone_before = clawed_back(terms, before, unit, first_awarded);
        let gone = clawed_back(terms, order, unit, first_awarded);
        let due = (gone - so_far).max(0);
        if due == 0 {
            continue;
        }
        if unit == Unit::Stamp {
            unmake::rewards(facts, draft, order, (due, event))?;
        }
        let missing = take(facts, draft, unit, due, event);
        match unit {
            Unit::Stamp => order.clawed_stamps += due - missing,
            Unit::Point => order.clawed_points += due - missing,
        }
        draft.explain(LineRule::Return, unit, gone_before - gone);
        let lost = missing - (gone_before - so_far).max(0);
        if lost != 0 {
            draft.explain(LineRule::Loss, unit, lost);
        }
    }
    Ok(())
}

/// The purchase's own pending value first, then other pending value (`PTS-6`), then the purchase's own bucket, then
/// others; what is spent is debt or loss by the program's policy (`RET-4`). Answers the loss.
fn take(facts: &Facts, draft: &mut Draft, unit: Unit, due: i64, event: &Event) -> i64 {
    let policy = facts.program.terms().negative_policy;
    let own = event.moves.iter().filter(|step| step.unit == unit && step.amount > 0);
    let own: Vec<_> = own
        .map(|step| (step.bucket.on(facts.moment.day), step.amount))
        .collect();
    let (waiting, open): (Vec<_>, Vec<_>) = own.into_iter().partition(|(key, _)| key.active_on.is_some());
    let waiting: Vec<_> = waiting.into_iter().chain(draft.pending(unit)).collect();
    if policy == NegativePolicy::PendingOnly {
        let part = due.min(draft.buckets.pending(unit));
        return due - part + draft.debit(unit, part, &waiting, MoveKind::ReturnClawback);
    }
    let first: Vec<_> = waiting.into_iter().chain(open).collect();
    let missing = draft.debit(unit, due, &first, MoveKind::ReturnClawback);
    if missing > 0 && policy == NegativePolicy::AllowDebt {
        draft.shift(unit, BucketKey::DEBT, -missing, MoveKind::ReturnClawback);
        return 0;
    }
    missing
}

/// Redeemed value comes back to the buckets it was taken from (`RET-3`).
fn restore(facts: &Facts, draft: &mut Draft, order: &mut Order) -> Result<(), Rejection> {
    let redeemed = facts.order_events.redeemed.as_ref().filter(|(_, voided)| !voided);
    let Some((event, _)) = redeemed else {
        return Ok(());
    };
    let spent = || event.moves.iter().filter(|step| step.kind == MoveKind::PointsRedeem);
    let total: i64 = spent().map(|step| -step.amount).sum();
    let due_in_all = match facts.program.terms().return_restores_points {
        ReturnRestores::Never => 0,
        ReturnRestores::FullOnly if order.is_all_returned() => total,
        ReturnRestores::FullOnly => 0,
        ReturnRestores::Proportional => {
            let part = i128::from(total) * i128::from(order.returned_minor) / i128::from(order.gross_minor.max(1));
            i64::try_from(part).unwrap_or(total)
        }
    };
    let mut due = due_in_all - order.restored_points;
    if due <= 0 {
        return Ok(());
    }
    draft.explain(LineRule::Restored, Unit::Point, due);
    let mut skip = order.restored_points;
    order.restored_points = due_in_all;
    for step in spent() {
        let held = -step.amount;
        let skipped = skip.min(held);
        skip -= skipped;
        let part = (held - skipped).min(due);
        if part > 0 {
            draft.credit(Unit::Point, step.bucket, part, MoveKind::ReturnRestore)?;
            due -= part;
        }
    }
    Ok(())
}
