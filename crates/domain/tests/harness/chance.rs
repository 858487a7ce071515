//! What properties are tried on: any sound terms, any rewards, any commands at any pace. It must not know what is right.

use super::book::{Ask, Book};
use domain::command::{Command, LineKind, Purchase, PurchaseLine, Returned, Wanted};
use domain::event::{Actor, Origin, Reason};
use domain::facts::Authority;
use domain::ids::{CardId, ClaimId, KeyId, ProgramId, RewardId, StoreId};
use domain::moment::{Instant, Moment, plus_days};
use domain::order::OrderRef;
use domain::program::{Program, ProgramFacts, ProgramKind, ProgramStatus, Version};
use domain::quantity::{Currency, Unit};
use domain::reward::{Conditions, Cost, LimitPeriod, Reward, RewardKind};
use domain::terms::*;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Arc;
use uuid::Uuid;

const FIRST_DAY: Date = date(2026, 11, 16);

/// What somebody does, in small numbers, so that failures shrink to something readable.
#[derive(Clone, Debug)]
pub enum Act {
    Stamp {
        count: Option<i64>,
        amount: Option<i64>,
    },
    Earn {
        amount: i64,
        order: Option<u8>,
        both: bool,
        redeemed: i64,
        lines: bool,
    },
    Redeem {
        which: usize,
        points: i64,
        payable: Option<i64>,
        order: Option<u8>,
    },
    UseClaim(usize),
    Void(i64),
    Return {
        order: u8,
        amount: i64,
    },
    Adjust {
        unit: Unit,
        amount: i64,
    },
    Block,
    Unblock,
    Replace,
    Close,
    Publish,
}

/// An act with its circumstances.
#[derive(Clone, Debug)]
pub struct Step {
    pub act: Act,
    pub card: u8,
    pub store: u8,
    pub after_minutes: i64,
    pub authority: Authority,
}

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

fn acts() -> impl Strategy<Value = Act> {
    let order = || proptest::option::of(0..6u8);
    let earn = (
        1..3_000i64,
        order(),
        any::<bool>(),
        select(vec![0i64, 0, 50]),
        any::<bool>(),
    )
        .prop_map(|(amount, order, both, redeemed, lines)| Act::Earn {
            amount,
            order,
            both,
            redeemed,
            lines,
        });
    let stamp = (proptest::option::of(1..8i64), proptest::option::of(1..2_000i64))
        .prop_map(|(count, amount)| Act::Stamp { count, amount });
    let redeem =
        (0..4usize, 1..40i64, proptest::option::of(1..500i64), order()).prop_map(|(which, points, payable, order)| {
            Act::Redeem {
                which,
                points,
                payable,
                order,
            }
        });
    let adjust = (select(Unit::ALL.to_vec()), -30..60i64).prop_map(|(unit, amount)| Act::Adjust { unit, amount });
    prop_oneof![
        6 => earn,
        5 => stamp,
        4 => redeem,
        1 => (0..6usize).prop_map(Act::UseClaim),
        4 => (0..6i64).prop_map(Act::Void),
        3 => (0..6u8, 1..2_000i64).prop_map(|(order, amount)| Act::Return { order, amount }),
        2 => adjust,
        1 => select(vec![Act::Block, Act::Unblock, Act::Unblock, Act::Replace, Act::Close, Act::Publish]),
    ]
}

/// Any commands at any pace.
pub fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let authority = select(vec![
        Authority::Key,
        Authority::Cashier,
        Authority::Manager,
        Authority::System,
    ]);
    let wait = select(vec![0i64, 1, 7, 60, 300, 1_440, 5_000]);
    let step =
        (acts(), 0..2u8, 0..2u8, wait, authority).prop_map(|(act, card, store, after_minutes, authority)| Step {
            act,
            card,
            store,
            after_minutes,
            authority,
        });
    proptest::collection::vec(step, 1..most)
}

/// A running program.
pub fn program(kind: ProgramKind, terms: &[Terms]) -> Program {
    let facts = ProgramFacts {
        id: ProgramId(Uuid::from_u128(1)),
        kind,
        status: ProgramStatus::Active,
        starts_at: None,
        ends_at: None,
        redeem_until: None,
        currency: euro(),
    };
    let version = |(number, terms): (i64, &Terms)| Version {
        number,
        terms: Arc::new(terms.clone()),
    };
    Program::new(facts, (1..).zip(terms).map(version).collect()).expect("sound terms make a program")
}

pub fn euro() -> Currency {
    "EUR".parse().expect("three capitals")
}

/// So many minutes into the week of the tests.
pub fn moment(minutes: i64) -> Moment {
    let day = plus_days(FIRST_DAY, minutes / 1_440);
    Moment {
        at: Instant(minutes * 60_000_000),
        day,
        minute_of_day: (minutes % 1_440) as u16,
    }
}

pub fn card(number: u8) -> CardId {
    CardId(Uuid::from_u128(100 + u128::from(number)))
}

pub fn order(number: u8) -> OrderRef {
    OrderRef {
        source: String::new(),
        reference: number.to_string(),
    }
}

/// The act as a command to a card; the first thing that happens to a card is that it is opened.
pub fn ask(book: &Book, step: &Step, minutes: i64) -> Ask {
    let id = card(step.card);
    let command = match book.cards.get(&id) {
        None => open(step.card),
        Some(history) => {
            let last = history.card.version;
            command(book, id, &step.act, last)
        }
    };
    let store = Some(StoreId(Uuid::from_u128(200 + u128::from(step.store))));
    let actor = Actor::Key(KeyId(Uuid::from_u128(300)));
    Ask {
        card: id,
        moment: moment(minutes),
        origin: Origin {
            actor,
            store,
            staff: None,
        },
        authority: step.authority,
        staff: None,
        command,
    }
}

/// The first card is a known person's, the second nobody's.
fn open(number: u8) -> Command {
    let claimed = number == 0;
    Command::Enroll {
        claimed,
        person: claimed.then(|| "somebody".to_owned()),
    }
}

fn command(book: &Book, id: CardId, act: &Act, last: i64) -> Command {
    match act {
        Act::Stamp { count, amount } => Command::Stamp {
            count: *count,
            amount_minor: *amount,
        },
        Act::Earn {
            amount,
            order: named,
            both,
            redeemed,
            lines,
        } => {
            let mut bought = purchase(*amount, named.map(order), *lines);
            bought.redeemed_minor = (*redeemed).min(*amount);
            if *both {
                Command::Purchase(bought)
            } else {
                Command::Earn(bought)
            }
        }
        Act::Redeem {
            which,
            points,
            payable,
            order: named,
        } => Command::Redeem {
            wanted: Wanted::Reward(book.rewards[*which].id),
            points: Some(*points),
            payable_minor: *payable,
            order: named.map(order),
        },
        Act::UseClaim(place) => {
            let made = &book.cards[&id].claims;
            let claim = made.get(*place).copied().unwrap_or(ClaimId(Uuid::nil()));
            Command::Redeem {
                wanted: Wanted::Claim(claim),
                points: None,
                payable_minor: None,
                order: None,
            }
        }
        Act::Void(back) => Command::Void {
            event: last - back,
            reason: Reason::Mistake,
        },
        Act::Return { order: named, amount } => Command::Return {
            order: order(*named),
            returned: Returned::Amount(*amount),
            currency: euro(),
        },
        Act::Adjust { unit, amount } => Command::Adjust {
            unit: *unit,
            amount: *amount,
            reason: Reason::Correction,
        },
        Act::Block => Command::Block { reason: Reason::Lost },
        Act::Unblock | Act::Publish => Command::Unblock,
        Act::Replace => Command::Replace {
            reason: Reason::Damaged,
        },
        Act::Close => Command::Close { confirm: true },
    }
}

/// A purchase, in one sum or in three lines of which one is delivery.
pub fn purchase(amount_minor: i64, order: Option<OrderRef>, in_lines: bool) -> Purchase {
    let line = |amount_minor: i64, kind: LineKind| PurchaseLine {
        amount_minor,
        tax_minor: amount_minor / 6,
        kind,
        category: None,
        sku: None,
    };
    let (first, second) = (amount_minor / 2, amount_minor / 5);
    let rest = amount_minor - first - second;
    let lines = [
        line(first, LineKind::Item),
        line(second, LineKind::Shipping),
        line(rest, LineKind::Item),
    ];
    Purchase {
        amount_minor,
        tax_minor: amount_minor / 7,
        redeemed_minor: 0,
        currency: euro(),
        lines: if in_lines { lines.to_vec() } else { Vec::new() },
        order,
    }
}
