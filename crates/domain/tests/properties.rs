//! Properties: what holds for any commands on any sound terms. The books of `harness/book.rs` check at every event that
//! the fold is the card, sequences are contiguous, moves sum to balances, the breakdown explains every move, nobody owes
//! while holding something, and that deciding twice on the same facts gives the same answer.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not so"
)]

#[path = "harness/book.rs"]
mod book;
#[path = "harness/chance.rs"]
mod chance;
#[path = "harness/checks.rs"]
mod checks;
#[path = "harness/extremes.rs"]
mod extremes;
#[path = "harness/laws.rs"]
mod laws;
#[path = "harness/merges.rs"]
mod merges;
#[path = "harness/merging.rs"]
mod merging;
#[path = "harness/settings.rs"]
mod settings;

use book::{Ask, Book};
use chance::{Act, Step, ask, card, moment, order, program};
use domain::command::{Command, LineKind, Returned};
use domain::facts::Authority;
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::terms::Terms;
use laws::{
    any_void_is_as_if_it_never_was, debts_need_the_policy, json_comes_back, limits_hold, nothing_is_given_twice,
    void_restores,
};
use proptest::prelude::*;

/// Plays steps; `seen` hears of every accepted one, with the books before and after it.
fn play(book: &mut Book, later: &Terms, steps: &[Step], mut seen: impl FnMut(&Book, &Ask, &Book)) -> i64 {
    let mut minutes = 600;
    for number in 0..2 {
        let act = Act::Publish;
        let open = Step {
            act,
            card: number,
            store: 0,
            after_minutes: 0,
            authority: Authority::System,
        };
        accept(book, &ask(book, &open, minutes));
    }
    for step in steps {
        minutes += step.after_minutes;
        if matches!(step.act, Act::Publish) && book.program.version().number == 1 {
            let first = book.program.terms().clone();
            book.program = program(book.program.kind(), &[first, later.clone()]);
            continue;
        }
        let asked = ask(book, step, minutes);
        let before = book.clone();
        if accept(book, &asked) {
            seen(&before, &asked, book);
        }
    }
    minutes
}

fn accept(book: &mut Book, asked: &Ask) -> bool {
    match book.ask(asked) {
        Ok(decision) => {
            book.keep(asked, &decision);
            true
        }
        Err(_) => false,
    }
}

fn quick() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(quick())]

    #[test]
    fn books_balance_whatever_happens(
        kind in settings::kinds(),
        first in settings::terms(),
        later in settings::terms(),
        rewards in settings::rewards(),
        steps in chance::steps(40),
    ) {
        let mut book = Book::new(program(kind, std::slice::from_ref(&first)), rewards);
        play(&mut book, &later, &steps, |_, _, after| {
            debts_need_the_policy(after, &[&first, &later]);
            nothing_is_given_twice(after);
        });
        for history in book.cards.values() {
            json_comes_back(history);
            if book.program.version().number == 1 {
                limits_hold(history, &first);
            }
        }
    }

    #[test]
    fn a_void_brings_back_what_was(
        kind in settings::kinds(),
        first in settings::terms(),
        later in settings::terms(),
        rewards in settings::rewards(),
        steps in chance::steps(25),
    ) {
        let mut book = Book::new(program(kind, &[first]), rewards);
        play(&mut book, &later, &steps, void_restores);
    }

    #[test]
    fn whatever_is_taken_back_later_is_as_if_it_never_was(
        kind in settings::kinds(),
        first in settings::terms(),
        later in settings::terms(),
        rewards in settings::rewards(),
        steps in chance::steps(25),
    ) {
        let mut book = Book::new(program(kind, std::slice::from_ref(&first)), rewards);
        let minutes = play(&mut book, &later, &steps, |_, _, _| {});
        for number in 0..2 {
            let step = Step {
                act: Act::Unblock,
                card: number,
                store: 0,
                after_minutes: 0,
                authority: Authority::System,
            };
            any_void_is_as_if_it_never_was(&book, &ask(&book, &step, minutes));
        }
    }

    #[test]
    fn an_unclaimed_card_never_earns_beyond_its_cap(
        kind in settings::kinds(),
        terms in settings::terms(),
        rewards in settings::rewards(),
        steps in chance::steps(30),
    ) {
        let cap = terms.anonymous_balance_cap;
        let mut book = Book::new(program(kind, std::slice::from_ref(&terms)), rewards);
        play(&mut book, &terms, &steps, |_, asked, after| {
            let history = &after.cards[&asked.card];
            let gave = history.events.last().is_some_and(|event| event.kind.is_earn());
            if gave && cap > 0 && history.card.status == domain::CardStatus::Unclaimed {
                let given = history.events.last().map(|event| Unit::ALL.map(|unit| (unit, event.moved(unit))));
                for (unit, _) in given.into_iter().flatten().filter(|(_, moved)| *moved > 0) {
                    assert!(history.card.buckets.net(unit) <= cap, "{unit:?} over {cap}");
                }
            }
        });
    }

    #[test]
    fn nothing_is_lost_when_cards_become_one(
        kind in settings::kinds(),
        first in settings::terms(),
        later in settings::terms(),
        rewards in settings::rewards(),
        steps in chance::steps(25),
        more in chance::steps(15),
        way in prop_oneof![Just((0u8, 1u8)), Just((1, 0))],
    ) {
        let mut book = Book::new(program(kind, std::slice::from_ref(&first)), rewards);
        let mut minutes = play(&mut book, &later, &steps, |_, _, _| {});
        let before = book.clone();
        if merges::merge(&mut book, way, minutes) {
            merges::nothing_is_lost(&before, &book, way);
            // No path leads back.
            assert!(!merges::merge(&mut book, way, minutes) && !merges::merge(&mut book, (way.1, way.0), minutes));
        }
        // What happens next keeps the books as well.
        for step in &more {
            minutes += step.after_minutes;
            let asked = ask(&book, step, minutes);
            accept(&mut book, &asked);
        }
        book.cards.values().for_each(json_comes_back);
    }

    #[test]
    fn three_cards_become_one_in_any_order(
        kind in settings::kinds(),
        first in settings::terms(),
        rewards in settings::rewards(),
        steps in chance::steps(25),
        amount in 1..60i64,
    ) {
        let first = Terms { welcome_stamps: 0, welcome_points: 0, anonymous_balance_cap: 0, ..first };
        let mut book = Book::new(program(kind, std::slice::from_ref(&first)), rewards);
        let minutes = play(&mut book, &first, &steps, |_, _, _| {});
        let third = |act| Step { act, card: 2, store: 0, after_minutes: 0, authority: Authority::Key };
        let opens = ask(&book, &third(Act::Publish), minutes);
        accept(&mut book, &opens);
        let unit = if kind.has_points() { Unit::Point } else { Unit::Stamp };
        let gets = ask(&book, &third(Act::Adjust { unit, amount }), minutes);
        accept(&mut book, &gets);
        let orders = [[(0u8, 1u8), (0, 2)], [(1, 2), (0, 1)], [(2, 1), (0, 2)]];
        let mut ends = Vec::new();
        for order in orders {
            let mut one = book.clone();
            if order.into_iter().all(|way| merges::merge(&mut one, way, minutes)) {
                let card = &one.cards[&card(0)].card;
                ends.push((Unit::ALL.map(|unit| card.buckets.net(unit)), card.lifetime_points, card.visits));
            }
        }
        ends.dedup();
        assert!(ends.len() <= 1, "{ends:?}");
    }

    #[test]
    fn any_split_of_a_return_is_one_return(
        kind in prop_oneof![Just(ProgramKind::Points), Just(ProgramKind::Hybrid)],
        terms in settings::terms(),
        rewards in settings::rewards(),
        steps in chance::steps(12),
        amount in 2..5_000i64,
        spend in 0..60i64,
        cuts in proptest::collection::vec(1..5_000i64, 0..5),
        back in 1..5_000i64,
        in_lines in any::<bool>(),
        labels in proptest::collection::vec(chance::line_kinds(), 6),
    ) {
        let mut book = Book::new(program(kind, std::slice::from_ref(&terms)), rewards);
        let minutes = play(&mut book, &terms, &steps, |_, _, _| {});
        prop_assume!(buy(&mut book, minutes, amount, spend, in_lines));
        let amounts = split(back.min(amount), &cuts);
        // Lines come back under any label, told right or not.
        for by_lines in [false, true] {
            let part = |(amount, kind): (&i64, &LineKind)| chance::line(*amount, *kind);
            let lines: Vec<_> = amounts.iter().zip(&labels).map(part).collect();
            let (whole, parts): (Returned, Vec<Returned>) = if by_lines {
                (Returned::Lines(lines.clone()), lines.into_iter().map(|line| Returned::Lines(vec![line])).collect())
            } else {
                (Returned::Amount(back.min(amount)), amounts.iter().map(|&part| Returned::Amount(part)).collect())
            };
            let (mut at_once, mut in_parts) = (book.clone(), book.clone());
            assert!(give_back(&mut at_once, minutes, whole), "the return is booked");
            for part in parts {
                assert!(give_back(&mut in_parts, minutes, part), "each part is booked");
            }
            assert_eq!(at_once.orders, in_parts.orders);
            let holds = |book: &Book| book.cards[&card(0)].card.buckets.clone();
            assert_eq!(holds(&at_once), holds(&in_parts));
        }
    }
}

/// Order 9: points for it, a purchase under it, and something spent afterwards. Whether the purchase was booked.
fn buy(book: &mut Book, minutes: i64, amount: i64, spend: i64, in_lines: bool) -> bool {
    let later = minutes + 30_000;
    let key = |act| Step {
        act,
        card: 0,
        store: 0,
        after_minutes: 0,
        authority: Authority::Key,
    };
    let pay = Act::Redeem {
        which: 2,
        points: 0,
        payable: Some(amount),
        order: Some(9),
    };
    let earn = Act::Earn {
        amount,
        order: Some(9),
        both: book.program.kind().has_stamps(),
        redeemed: 0,
        lines: in_lines,
    };
    let spent = Act::Adjust {
        unit: Unit::Point,
        amount: -spend,
    };
    for act in [pay, earn, spent] {
        accept(book, &ask(book, &key(act), later));
    }
    book.orders.get(&order(9)).is_some_and(|(_, order)| order.priced)
}

fn give_back(book: &mut Book, minutes: i64, returned: Returned) -> bool {
    let step = Step {
        act: Act::Unblock,
        card: 0,
        store: 0,
        after_minutes: 0,
        authority: Authority::Key,
    };
    let command = Command::Return {
        order: order(9),
        returned,
        currency: chance::euro(),
    };
    let asked = Ask {
        command,
        moment: moment(minutes + 30_001),
        ..ask(book, &step, minutes)
    };
    accept(book, &asked)
}

/// A sum in parts.
fn split(back: i64, cuts: &[i64]) -> Vec<i64> {
    let mut places: Vec<i64> = cuts.iter().copied().filter(|&cut| cut < back).chain([back]).collect();
    places.sort_unstable();
    places.dedup();
    let mut before = 0;
    places
        .into_iter()
        .map(|place| place - std::mem::replace(&mut before, place))
        .collect()
}
