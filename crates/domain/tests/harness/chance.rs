//! Any commands at any pace, and the program they meet. It must not know what is right.

use super::book::{Ask, Book};
use domain::command::{Command, LineKind, Purchase, PurchaseLine, Returned, Wanted};
use domain::event::{Actor, Origin, Reason};
use domain::facts::Authority;
use domain::ids::{CardId, ClaimId, KeyId, ProgramId, StoreId};
use domain::moment::{Instant, Moment, plus_days};
use domain::order::OrderRef;
use domain::program::{Program, ProgramFacts, ProgramKind, ProgramStatus, Version};
use domain::quantity::{Currency, Unit};
use domain::terms::Terms;
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
        clock: None,
        origin: Origin {
            actor,
            store,
            staff: None,
        },
        authority: step.authority,
        proof: domain::proof::Proof::None,
        override_reason: None,
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
            // Only the last one asks how many.
            points: (*which == 3).then_some(*points),
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

/// What a line may be called.
pub fn line_kinds() -> impl Strategy<Value = LineKind> {
    select(vec![LineKind::Item, LineKind::Shipping, LineKind::Tip])
}

/// A line with nothing but an amount and what it is.
pub fn line(amount_minor: i64, kind: LineKind) -> PurchaseLine {
    PurchaseLine {
        amount_minor,
        tax_minor: 0,
        kind,
        category: None,
        sku: None,
    }
}

/// A purchase, in one sum or in three lines of which one is delivery.
pub fn purchase(amount_minor: i64, order: Option<OrderRef>, in_lines: bool) -> Purchase {
    let line = |amount_minor: i64, kind: LineKind| PurchaseLine {
        tax_minor: amount_minor / 6,
        ..line(amount_minor, kind)
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
