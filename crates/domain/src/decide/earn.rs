//! Points for an amount (`PTS-*`), and one purchase that earns both units (`HYB-*`).

use super::draft::Draft;
use super::{Decision, limits, stamp, states, unusual};
use crate::command::Purchase;
use crate::earning;
use crate::event::{EventKind, LineRule, MoveKind, Outcome, Pricing, bucket_for};
use crate::facts::Facts;
use crate::order::Order;
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::terms::AwardAt;

/// Gives points for an amount.
pub fn earn(facts: &Facts, purchase: &Purchase) -> Result<Decision, Rejection> {
    states::card_in_use(facts)?;
    states::program_earns(facts, Unit::Point)?;
    states::store_allowed(facts, facts.program.terms().cross_store_earn)?;
    let signal = states::own_card(facts)?;
    limits::overridden(facts)?;
    let basis = priced(facts, purchase)?;
    let award = award(facts, basis)?;
    // From here on it succeeds.
    let mut draft = Draft::new(facts);
    credit(facts, &mut draft, &award)?;
    stamp::follow(facts, &mut draft)?;
    finish(facts, draft, purchase, basis, signal, EventKind::Earned)
}

/// Gives both units for one purchase: one event, one order reference. What is refused for one unit does not keep the
/// other from landing; the outcomes say both (`HYB-2`).
pub fn purchase(facts: &Facts, purchase: &Purchase) -> Result<Decision, Rejection> {
    states::card_in_use(facts)?;
    states::program_earns(facts, Unit::Stamp)?;
    states::program_earns(facts, Unit::Point)?;
    states::store_allowed(facts, facts.program.terms().cross_store_earn)?;
    let signal = states::own_card(facts)?;
    limits::overridden(facts)?;
    let basis = priced(facts, purchase)?;
    let points = award(facts, basis);
    // A basis of nothing is still a visit, unless the program asks for a smallest purchase.
    let stamps = stamp::award(facts, None, Some(basis.max(1)));
    if let (Err(rejection), Err(_)) = (&points, &stamps) {
        return Err(rejection.clone());
    }
    // From here on it succeeds. Both units first: what comes along must see them.
    let mut draft = Draft::new(facts);
    match &points {
        Ok(award) => credit(facts, &mut draft, award)?,
        Err(rejection) => draft.outcomes.push(refused(Unit::Point, rejection)),
    }
    match &stamps {
        Ok(award) => stamp::credit(&mut draft, award)?,
        Err(rejection) => draft.outcomes.push(refused(Unit::Stamp, rejection)),
    }
    stamp::follow(facts, &mut draft)?;
    draft.outcomes.sort_by_key(|outcome| outcome.unit);
    finish(facts, draft, purchase, basis, signal, EventKind::Purchased)
}

fn refused(unit: Unit, rejection: &Rejection) -> Outcome {
    let retry_at = match rejection {
        Rejection::CooldownActive { retry_at } => Some(*retry_at),
        _ => None,
    };
    Outcome {
        unit,
        awarded: 0,
        code: Some(rejection.code().to_owned()),
        retry_at,
        capped_from: None,
    }
}

/// What counts of the purchase, within what this caller may book (`max_basis_minor` binds tills, not keys), and not
/// recorded under the same reference before (`IDM-4`; a replay is answered before a decision is asked for).
fn priced(facts: &Facts, purchase: &Purchase) -> Result<i64, Rejection> {
    let terms = facts.program.terms();
    let basis = earning::basis(terms, purchase, facts.program.currency(), off_minor(facts))?;
    if facts
        .order
        .is_some_and(|order| order.priced || order.returned_minor > 0)
    {
        return Err(Rejection::OrderRefConflict);
    }
    if facts.authority.is_limited() && terms.max_basis_minor > 0 && basis > terms.max_basis_minor {
        return Err(Rejection::ManagerPinRequired {
            limit_minor: terms.max_basis_minor,
        });
    }
    Ok(basis)
}

/// What points took off the order; nothing once that was voided.
fn off_minor(facts: &Facts) -> i64 {
    let stands = facts.order_events.redeemed.as_ref().is_some_and(|(_, voided)| !voided);
    facts.order.filter(|_| stands).map_or(0, |order| order.off_minor)
}

/// Points of a purchase after maximum and caps.
struct Award {
    points: i64,
    counted: i64,
    below_minimum: bool,
    after_maximum: i64,
}

fn award(facts: &Facts, basis: i64) -> Result<Award, Rejection> {
    let terms = facts.program.terms();
    limits::cooldown(facts, Unit::Point)?;
    let below_minimum = basis < terms.min_purchase_minor;
    let counted = if below_minimum {
        0
    } else {
        let out_of_range = Rejection::OutOfRange {
            field: "amount_minor",
            min: 1,
            max: earning::most_minor(terms),
        };
        earning::points(terms, basis, &[]).ok_or(out_of_range)?
    };
    let after_maximum = counted.min(terms.max_points_per_txn);
    let points = limits::remaining(facts, Unit::Point).map_or(after_maximum, |left| after_maximum.min(left));
    states::anonymous_cap(facts, Unit::Point, points)?;
    Ok(Award {
        points,
        counted,
        below_minimum,
        after_maximum,
    })
}

fn credit(facts: &Facts, draft: &mut Draft, award: &Award) -> Result<(), Rejection> {
    let terms = facts.program.terms();
    let mut outcome = Outcome::awarded(Unit::Point, award.points);
    if award.below_minimum {
        draft.explain(LineRule::BelowMinimum, Unit::Point, 0);
        outcome.code = Some("below_minimum".to_owned());
    } else if award.counted == 0 {
        draft.explain(LineRule::NothingEligible, Unit::Point, 0);
    } else {
        draft.explain(LineRule::Rate, Unit::Point, award.counted);
    }
    if award.after_maximum < award.counted {
        draft.explain(
            LineRule::TransactionMaximum,
            Unit::Point,
            award.after_maximum - award.counted,
        );
        outcome.capped_from = Some(award.counted);
    }
    if award.points < award.after_maximum {
        draft.explain(LineRule::Cap, Unit::Point, award.points - award.after_maximum);
        outcome.capped_from = Some(award.counted);
        outcome.code = Some("daily_cap_reached".to_owned());
    }
    if award.points > 0 {
        let kind = match terms.award_at {
            AwardAt::Immediately => MoveKind::PointsEarn,
            AwardAt::AfterDays(_) => MoveKind::PointsPending,
        };
        draft.credit(
            Unit::Point,
            bucket_for(terms, Unit::Point, facts.moment.day),
            award.points,
            kind,
        )?;
    }
    draft.outcomes.push(outcome);
    Ok(())
}

/// The order is remembered even if nothing was awarded, so that its return is known (`RET-1`).
fn finish(
    facts: &Facts,
    mut draft: Draft,
    purchase: &Purchase,
    basis: i64,
    signal: Option<crate::follow_up::FollowUp>,
    kind: EventKind,
) -> Result<Decision, Rejection> {
    let nothing = draft.is_still();
    if purchase.order.is_some() {
        let mut order = facts
            .order
            .cloned()
            .unwrap_or_else(|| Order::new(purchase.currency, purchase.amount_minor, basis));
        order.gross_minor = purchase.amount_minor;
        order.basis_minor = basis;
        for line in &purchase.lines {
            order.buy(line, earning::eligible_of_line(facts.program.terms(), line));
        }
        order.priced = true;
        order.earned_by = (!nothing).then_some(facts.card.version + 1);
        draft.order = Some(order);
    }
    if nothing {
        return Ok(draft.nothing());
    }
    draft.reason = facts.override_reason;
    draft.follow_ups.extend(signal.into_iter().chain(unusual::earn(facts)));
    draft.pricing = Some(Pricing {
        gross_minor: purchase.amount_minor,
        basis_minor: basis,
        currency: purchase.currency,
    });
    Ok(draft.event(facts, kind))
}
