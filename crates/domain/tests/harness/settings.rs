//! Any sound terms and any rewards, small enough that limits are met. It must not know what is right.

use domain::ids::RewardId;
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, LimitPeriod, Reward, RewardKind};
use domain::terms::*;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Arc;
use uuid::Uuid;

pub fn kinds() -> impl Strategy<Value = ProgramKind> {
    select(ProgramKind::ALL.to_vec())
}

/// Any sound terms, small enough that limits are met.
pub fn terms() -> impl Strategy<Value = Terms> {
    (stamp_terms(), point_terms(), limit_terms(), money_terms()).prop_map(|(stamps, points, limits, money)| {
        let mut terms = Terms::default();
        for change in [stamps, points, limits, money] {
            (change.0)(&mut terms);
        }
        assert!(terms.faults().is_empty(), "{:?}", terms.faults());
        terms
    })
}

/// A change of some settings; the terms themselves are what a failure shows.
struct Change(Arc<dyn Fn(&mut Terms)>);

impl std::fmt::Debug for Change {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("change")
    }
}

fn change(settings: impl Fn(&mut Terms) + 'static) -> Change {
    Change(Arc::new(settings))
}

fn stamp_terms() -> impl Strategy<Value = Change> {
    let basis = select(vec![
        StampBasis::PerVisit,
        StampBasis::PerAmount,
        StampBasis::ManualQuantity,
    ]);
    let overflow = select(vec![StampOverflow::Carry, StampOverflow::Cap, StampOverflow::Block]);
    let completion = select(vec![StampCompletion::OnRedeem, StampCompletion::AutoClaim]);
    (2..8i64, basis, 1..400i64, 1..=20i64, overflow, completion).prop_map(
        |(target, basis, step, most, overflow, completion)| {
            change(move |terms: &mut Terms| {
                (terms.stamp_target, terms.stamp_basis) = (target, basis);
                (terms.stamp_amount_step_minor, terms.stamps_max_per_txn) = (step, most);
                (terms.stamp_overflow, terms.stamp_completion) = (overflow, completion);
            })
        },
    )
}

fn point_terms() -> impl Strategy<Value = Change> {
    let mode = select(vec![StepMode::Proportional, StepMode::FullStep]);
    let rounding = select(vec![Rounding::Floor, Rounding::HalfUp, Rounding::Ceil]);
    let award = select(vec![AwardAt::Immediately, AwardAt::AfterDays(1), AwardAt::AfterDays(3)]);
    let basis = select(vec![EarnBasis::Gross, EarnBasis::NetOfTax]);
    (1..7i64, 1..300i64, mode, rounding, award, basis, any::<bool>()).prop_map(
        |(rate, per, mode, rounding, award, basis, on_redeemed)| {
            change(move |terms: &mut Terms| {
                (terms.points_rate, terms.points_per_minor) = (rate, per);
                (terms.points_step_mode, terms.rounding) = (mode, rounding);
                (terms.award_at, terms.earn_basis) = (award, basis);
                terms.earn_on_redeemed_value = on_redeemed;
            })
        },
    )
}

fn limit_terms() -> impl Strategy<Value = Change> {
    let cooldown = || select(vec![0i64, 0, 10, 60]);
    let window = select(vec![CapWindow::BusinessDay, CapWindow::Rolling]);
    let cap = || select(vec![0i64, 0, 5, 40]);
    let scope = select(vec![CooldownScope::Card, CooldownScope::CardAndStore]);
    let most = select(vec![30i64, 10_000]);
    (cooldown(), cooldown(), cap(), cap(), cap(), cap(), window, scope, most).prop_map(
        |(stamps, points, daily_stamps, daily_points, weekly_stamps, weekly_points, window, scope, most)| {
            change(move |terms: &mut Terms| {
                (terms.stamp_cooldown_minutes, terms.points_cooldown_minutes) = (stamps, points);
                (terms.daily_stamp_cap, terms.daily_points_cap) = (daily_stamps, daily_points);
                (terms.weekly_stamp_cap, terms.weekly_points_cap) = (weekly_stamps, weekly_points);
                (terms.cap_window, terms.cooldown_scope) = (window, scope);
                terms.max_points_per_txn = most;
            })
        },
    )
}

fn money_terms() -> impl Strategy<Value = Change> {
    let policy = select(vec![
        NegativePolicy::AllowDebt,
        NegativePolicy::Clamp,
        NegativePolicy::PendingOnly,
    ]);
    let restores = select(vec![
        ReturnRestores::Proportional,
        ReturnRestores::FullOnly,
        ReturnRestores::Never,
    ]);
    let welcome = || select(vec![0i64, 0, 3, 12]);
    let minimum = select(vec![0i64, 0, 150]);
    let cap = select(vec![0i64, 0, 25]);
    (policy, restores, welcome(), welcome(), minimum, cap, 0..4i64).prop_map(
        |(policy, restores, stamps, points, minimum, cap, value)| {
            change(move |terms: &mut Terms| {
                (terms.negative_policy, terms.return_restores_points) = (policy, restores);
                (terms.welcome_stamps, terms.welcome_points) = (stamps, points);
                (terms.min_purchase_minor, terms.anonymous_balance_cap) = (minimum, cap);
                terms.redeem_point_value_minor = value;
            })
        },
    )
}

/// Four rewards: for a full card, at two fixed prices, and for as many points as one likes.
pub fn rewards() -> impl Strategy<Value = Vec<Reward>> {
    let limit = || {
        let periods = vec![
            LimitPeriod::Ever,
            LimitPeriod::Day,
            LimitPeriod::Week,
            LimitPeriod::Month,
        ];
        proptest::option::of((1..4i64, select(periods)))
    };
    let stock = || proptest::option::of(0..5i64);
    (any::<bool>(), 1..30i64, stock(), limit(), stock(), limit()).prop_map(
        |(pays, points, first_stock, first_limit, other_stock, other_limit)| {
            let full = if pays {
                RewardKind::Points { points }
            } else {
                RewardKind::FreeItem
            };
            let rows = [
                (full, Unit::Stamp, Cost::Completion, first_stock, first_limit),
                (RewardKind::FreeItem, Unit::Stamp, Cost::Fixed(2), other_stock, None),
                (
                    RewardKind::Gift,
                    Unit::Point,
                    Cost::Fixed(points),
                    other_stock,
                    other_limit,
                ),
                (RewardKind::AmountOff, Unit::Point, Cost::Chosen, None, other_limit),
            ];
            let reward = |(place, (kind, unit, cost, stock, limit)): (u128, _)| Reward {
                id: RewardId(Uuid::from_u128(place)),
                kind,
                unit,
                cost,
                stock,
                conditions: Conditions {
                    limit,
                    ..Conditions::default()
                },
                active: true,
            };
            (1u128..).zip(rows).map(reward).collect()
        },
    )
}
