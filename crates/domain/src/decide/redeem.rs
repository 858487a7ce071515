//! Redeeming (`RED-*`). The checks stand in the order of `RED-1`; the first that fails is the answer. Something fresh
//! (`CRD-3`) comes before the reward's own checks, and verified contacts will once they exist.

use super::draft::Draft;
use super::{Decision, limits, stamp, states};
use crate::claim::{Claim, ClaimStatus};
use crate::command::Wanted;
use crate::counter::Counters;
use crate::event::{EventKind, LineRule, MoveKind};
use crate::facts::Facts;
use crate::order::{Order, OrderRef};
use crate::quantity::{MONEY_MINOR_MAX, Unit};
use crate::rejection::Rejection;
use crate::reward::{Cost, Reward, RewardKind, Unavailable, period_key};

/// Takes a reward, or hands over a claim minted earlier.
pub fn redeem(
    facts: &Facts,
    wanted: Wanted,
    points: Option<i64>,
    payable_minor: Option<i64>,
    order: Option<&OrderRef>,
) -> Result<Decision, Rejection> {
    states::card_in_use(facts)?;
    if !facts.program.is_redeemable(facts.clock.at) {
        return Err(Rejection::RedeemClosed);
    }
    states::store_allowed(facts, facts.program.terms().cross_store_redeem)?;
    let signal = states::own_card(facts)?;
    let preset = facts.program.terms().risk_preset;
    let shown_step = facts
        .proof
        .suffices(preset, facts.authority, facts.card, facts.clock.at)?;
    let field = match wanted {
        Wanted::Reward(_) => "reward",
        Wanted::Claim(_) => "claim",
    };
    let reward = facts.reward.ok_or(Rejection::NotFound { field })?;
    if payable_minor.is_some_and(|payable| !(1..=MONEY_MINOR_MAX).contains(&payable)) {
        return Err(Rejection::AmountInvalid {
            field: "order_amount_minor",
            line: None,
        });
    }
    let mut draft = Draft::new(facts);
    draft.follow_ups.extend(signal);
    draft.reward = Some(reward.id);
    draft.shown_step = shown_step;
    match wanted {
        Wanted::Claim(_) => hand_over(facts, draft, reward),
        Wanted::Reward(_) => take(facts, draft, reward, points, payable_minor, order),
    }
}

/// A claim shown at the till: once (`RED-5`), where and when its reward is served. It was paid for when it was minted, so
/// that a reward which is offered no more, or of which none are left, is still owed.
fn hand_over(facts: &Facts, mut draft: Draft, reward: &Reward) -> Result<Decision, Rejection> {
    let claim = facts.claim.ok_or(Rejection::NotFound { field: "claim" })?;
    match claim.status {
        ClaimStatus::Issued => {}
        ClaimStatus::Redeemed => {
            return Err(Rejection::AlreadyRedeemed {
                at: claim.used_at.unwrap_or_default(),
                store: claim.used_in,
            });
        }
        ClaimStatus::Voided => return Err(Rejection::NotFound { field: "claim" }),
    }
    let served = reward.served(&facts.clock, facts.origin.store);
    served.map_err(|reason| Rejection::RewardNotAvailable { field: "claim", reason })?;
    draft.claims.push(used(facts, claim.clone()));
    Ok(draft.event(facts, EventKind::ClaimUsed))
}

fn used(facts: &Facts, claim: Claim) -> Claim {
    Claim {
        status: ClaimStatus::Redeemed,
        used_by: Some(facts.card.version + 1),
        used_at: Some(facts.moment.at),
        used_in: facts.origin.store,
        version: claim.version + 1,
        ..claim
    }
}

fn take(
    facts: &Facts,
    mut draft: Draft,
    reward: &Reward,
    points: Option<i64>,
    payable_minor: Option<i64>,
    order: Option<&OrderRef>,
) -> Result<Decision, Rejection> {
    let unavailable = |reason| Rejection::RewardNotAvailable {
        field: "reward",
        reason,
    };
    reward
        .availability(&facts.clock, facts.origin.store)
        .map_err(unavailable)?;
    counters_allow(facts, reward, facts.counters).map_err(unavailable)?;
    let needed_minor = reward.conditions.min_purchase_minor;
    if needed_minor > 0 && payable_minor.unwrap_or(0) < needed_minor {
        return Err(Rejection::OrderBelowRewardMinimum { needed_minor });
    }
    let cost = cost(facts, reward, points, payable_minor)?;
    let owed = draft.buckets.debt(reward.unit);
    if owed > 0 {
        return Err(Rejection::BalanceInDebt {
            unit: reward.unit,
            debt: owed,
        });
    }
    let available = draft.buckets.available(reward.unit);
    if available < cost {
        return Err(Rejection::InsufficientBalance {
            needed: cost,
            available,
        });
    }
    let paid = stamp::points_of(facts, reward);
    states::anonymous_cap(facts, Unit::Point, paid.unwrap_or(0))?;
    // One reward an order, and none once something of it came back: its share of that would be owed at once (`RET-3`).
    let taken = |known: &Order| known.redeemed_by.is_some() || known.returned_minor > 0;
    if order.is_some() && facts.order.is_some_and(taken) {
        return Err(Rejection::OrderRefConflict);
    }
    // From here on it succeeds.
    let kind = if reward.unit == Unit::Stamp {
        MoveKind::StampRedeem
    } else {
        MoveKind::PointsRedeem
    };
    draft.debit(reward.unit, cost, &[], kind);
    draft.explain(LineRule::RewardCost, reward.unit, -cost);
    if reward.unit == Unit::Stamp && reward.cost == Cost::Completion {
        stamp::begin_round(facts, &mut draft);
    }
    if let Some(points) = paid {
        stamp::pay_points(&mut draft, points)?;
    }
    draft.counters.extend(
        limits::of_reward(reward, facts.card_id, &facts.clock)
            .into_iter()
            .map(|key| (key, 1)),
    );
    let claim = fresh(facts, reward, cost);
    draft.claims.push(used(facts, claim));
    draft.order = order.map(|_| redeemed_for(facts, payable_minor, off_minor(facts, reward, cost)));
    Ok(draft.event(facts, EventKind::Redeemed))
}

/// A claim that is made and used in one step; handing it over makes it version 1.
fn fresh(facts: &Facts, reward: &Reward, cost: i64) -> Claim {
    let (id, code) = facts.chance.claim(0);
    Claim {
        id,
        code,
        reward: reward.id,
        cost,
        unit: reward.unit,
        status: ClaimStatus::Issued,
        minted_by: facts.card.version + 1,
        used_by: None,
        used_at: None,
        used_in: None,
        version: 0,
    }
}

/// What the points take off what is to be paid.
fn off_minor(facts: &Facts, reward: &Reward, cost: i64) -> i64 {
    let value = facts.program.terms().redeem_point_value_minor;
    let off = reward.kind.money_off(cost, value);
    off.filter(|_| reward.unit == Unit::Point).unwrap_or(0)
}

/// The order with this redemption; an order nobody knew is as large as what is to be paid.
fn redeemed_for(facts: &Facts, payable_minor: Option<i64>, off_minor: i64) -> Order {
    let unknown = || Order::new(facts.program.currency(), payable_minor.unwrap_or(0), 0);
    Order {
        redeemed_by: Some(facts.card.version + 1),
        off_minor,
        ..facts.order.cloned().unwrap_or_else(unknown)
    }
}

/// Stock, then the card's own share, in this order (`RED-1`).
pub fn counters_allow(facts: &Facts, reward: &Reward, counters: &Counters) -> Result<(), Unavailable> {
    use crate::counter::CounterKey;
    if reward
        .stock
        .is_some_and(|stock| counters.used(&CounterKey::Stock(reward.id)) >= stock)
    {
        return Err(Unavailable::OutOfStock);
    }
    if let Some((most, period)) = reward.conditions.limit {
        let key = CounterKey::RewardLimit(reward.id, facts.card_id, period_key(period, &facts.clock));
        if counters.used(&key) >= most {
            return Err(Unavailable::LimitReached);
        }
    }
    Ok(())
}

/// What the reward costs this card, now. Where nothing is to be chosen, only the price itself may be said.
fn cost(facts: &Facts, reward: &Reward, points: Option<i64>, payable_minor: Option<i64>) -> Result<i64, Rejection> {
    let cost = match reward.cost {
        Cost::Completion => facts.program.effective_target(facts.card.round()),
        Cost::Fixed(cost) => cost.max(0),
        Cost::Chosen => return chosen(facts, reward, points, payable_minor),
    };
    match points {
        Some(said) if said != cost => Err(Rejection::OutOfRange {
            field: "points",
            min: cost,
            max: cost,
        }),
        _ => Ok(cost),
    }
}

/// As many points as the customer or the till chooses (`RED-3`): not too few, in whole steps, never worth more than
/// the allowed share of what is to be paid, computed on the total as rounded to the smallest coin.
fn chosen(facts: &Facts, reward: &Reward, points: Option<i64>, payable_minor: Option<i64>) -> Result<i64, Rejection> {
    let terms = facts.program.terms();
    if terms.redeem_point_value_minor == 0 && reward.kind == RewardKind::AmountOff {
        return Err(Rejection::RewardNotAvailable {
            field: "reward",
            reason: Unavailable::Inactive,
        });
    }
    let points = points.ok_or(Rejection::Required { field: "points" })?;
    if points <= 0 || points > crate::quantity::AMOUNT_MAX {
        return Err(Rejection::OutOfRange {
            field: "points",
            min: 1,
            max: crate::quantity::AMOUNT_MAX,
        });
    }
    if points < terms.redeem_min_points {
        return Err(Rejection::RedeemBelowMinimum {
            needed: terms.redeem_min_points,
        });
    }
    if points % terms.redeem_step != 0 {
        return Err(Rejection::RedeemStep {
            step: terms.redeem_step,
        });
    }
    if terms.redeem_point_value_minor > 0 {
        let payable = payable_minor.ok_or(Rejection::Required {
            field: "order_amount_minor",
        })?;
        let coin = terms.cash_rounding_minor;
        let rounded = (payable + coin / 2) / coin * coin;
        let share = rounded * terms.redeem_max_percent_of_order / 100;
        let most = share / terms.redeem_point_value_minor / terms.redeem_step * terms.redeem_step;
        if points > most {
            return Err(Rejection::RedeemExceedsShare { most });
        }
    }
    Ok(points)
}
