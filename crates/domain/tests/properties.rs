//! Properties: what holds for any commands on any sound terms. The books of `harness/book.rs` check at every event that
//! the fold is the card, sequences are contiguous, moves sum to balances, the breakdown explains every move, nobody owes
//! while holding something, and that deciding twice on the same facts gives the same answer.

#[path = "harness/book.rs"]
mod book;
#[path = "harness/chance.rs"]
mod chance;
#[path = "harness/extremes.rs"]
mod extremes;

use book::{Ask, Book, History};
use chance::{Act, Step, ask, card, moment, order, program, purchase};
use domain::claim::ClaimStatus;
use domain::command::{Command, Returned};
use domain::counter::CounterKey;
use domain::event::{Event, EventKind, Reason};
use domain::facts::Authority;
use domain::moment::{Instant, week_start};
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::terms::{CapWindow, CooldownScope, NegativePolicy, Terms};
use domain::{Card, Rejection};
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

/// The events of a card that still count.
fn standing(history: &History) -> impl Iterator<Item = &Event> {
    history
        .events
        .iter()
        .filter(|event| !history.voided.contains(&event.sequence))
}

fn debts_need_the_policy(book: &Book, ever: &[&Terms]) {
    let may_owe = ever
        .iter()
        .any(|terms| terms.negative_policy == NegativePolicy::AllowDebt);
    for history in book.cards.values() {
        for unit in Unit::ALL {
            assert!(may_owe || history.card.buckets.net(unit) >= 0, "{unit:?} below nothing");
        }
    }
}

fn nothing_is_given_twice(book: &Book) {
    for reward in &book.rewards {
        let taken = book.counters.get(&CounterKey::Stock(reward.id)).copied().unwrap_or(0);
        assert!(
            taken >= 0 && reward.stock.is_none_or(|stock| taken <= stock),
            "stock of {:?}",
            reward.id
        );
    }
    for history in book.cards.values() {
        let welcomes = standing(history).filter(|event| event.why.iter().any(|line| line.rule.code() == "welcome"));
        assert!(welcomes.count() <= 1, "one welcome a card");
    }
    let orders: Vec<_> = book
        .orders
        .values()
        .filter_map(|(card, order)| Some((card, order.earned_by?)))
        .collect();
    let mut once = orders.clone();
    once.sort();
    once.dedup();
    assert_eq!(orders.len(), once.len(), "an event earns for one order");
}

/// Caps and cooldown of one version, told by the events alone.
fn limits_hold(history: &History, terms: &Terms) {
    for unit in Unit::ALL {
        let (daily, weekly, cooldown) = match unit {
            Unit::Stamp => (
                terms.daily_stamp_cap,
                terms.weekly_stamp_cap,
                terms.stamp_cooldown_minutes,
            ),
            Unit::Point => (
                terms.daily_points_cap,
                terms.weekly_points_cap,
                terms.points_cooldown_minutes,
            ),
        };
        let awards: Vec<&Event> = standing(history).filter(|event| event.earned(unit) > 0).collect();
        for (place, award) in awards.iter().enumerate() {
            let until_here = || awards[..=place].iter();
            let sum = |fits: &dyn Fn(&Event) -> bool| -> i64 {
                until_here()
                    .filter(|other| fits(other))
                    .map(|other| other.earned(unit))
                    .sum()
            };
            let (day, week) = match terms.cap_window {
                CapWindow::BusinessDay => (
                    sum(&|other| other.day == award.day),
                    sum(&|other| week_start(other.day) == week_start(award.day)),
                ),
                CapWindow::Rolling => (
                    sum(&|other| !award.at.is_minutes_after(other.at, 24 * 60)),
                    sum(&|other| !award.at.is_minutes_after(other.at, 7 * 24 * 60)),
                ),
            };
            assert!(daily == 0 || day <= daily, "{unit:?}: {day} a day");
            assert!(weekly == 0 || week <= weekly, "{unit:?}: {week} a week");
            let apart = terms.cooldown_scope == CooldownScope::CardAndStore;
            let last = awards[..place]
                .iter()
                .rfind(|other| !apart || other.origin.store == award.origin.store);
            assert!(
                last.is_none_or(|last| award.at.is_minutes_after(last.at, cooldown)),
                "{unit:?} too soon"
            );
        }
    }
}

fn json_comes_back(history: &History) {
    let text = serde_json::to_string(&history.card).unwrap();
    assert_eq!(serde_json::from_str::<Card>(&text).unwrap(), history.card, "{text}");
    for event in &history.events {
        let text = serde_json::to_string(event).unwrap();
        assert_eq!(&serde_json::from_str::<Event>(&text).unwrap(), event, "{text}");
    }
}

/// What a void must bring back, whatever it took back.
fn stands(book: &Book, asked: &Ask) -> impl PartialEq + std::fmt::Debug + use<> {
    let card = &book.cards[&asked.card].card;
    let day = asked.moment.day.max(card.day);
    let windows = [CapWindow::BusinessDay, CapWindow::Rolling];
    let allowance: Vec<_> = Unit::ALL
        .into_iter()
        .flat_map(|unit| windows.map(|window| card.awarded(unit, window, asked.moment.at, day)))
        .collect();
    // What is older than the longest cooldown may be forgotten.
    let recent = |at: &Instant| !asked.moment.at.is_minutes_after(*at, 10_080);
    let at = |unit| card.last_award(unit, None).map(|award| award.at).filter(recent);
    let last: Vec<_> = Unit::ALL.into_iter().map(at).collect();
    let counters: Vec<_> = book.counters.iter().filter(|(_, used)| **used != 0).collect();
    let counters = format!("{counters:?}");
    let claims: Vec<_> = book
        .claims
        .values()
        .filter(|claim| claim.status != ClaimStatus::Voided)
        .collect();
    let claims: Vec<_> = claims
        .iter()
        .map(|claim| (claim.id, claim.status, claim.used_at))
        .collect();
    let rest = (
        card.round_version,
        card.welcome_due,
        card.visits,
        card.lifetime_stamps,
        card.lifetime_points,
    );
    (
        card.buckets.on(day),
        card.status,
        rest,
        allowance,
        (last, counters, claims),
    )
}

/// Takes the last event back and compares with the books before it.
fn void_restores(before: &Book, asked: &Ask, after: &Book) {
    let history = &after.cards[&asked.card];
    let Some(event) = history
        .events
        .last()
        .filter(|event| event.sequence > before.cards[&asked.card].card.version)
    else {
        return;
    };
    let voidable = event.kind.is_earn() || event.kind.is_redemption() || event.kind == EventKind::Adjusted;
    if !voidable {
        return;
    }
    let mut books = after.clone();
    let command = Command::Void {
        event: event.sequence,
        reason: Reason::Mistake,
    };
    let void = Ask {
        command,
        authority: Authority::System,
        ..asked.clone()
    };
    let decision = books
        .ask(&void)
        .unwrap_or_else(|refused| panic!("{refused:?} for {event:?}"));
    books.keep(&void, &decision);
    // A correction counts for its day although it was taken back: the limit is on handling, not on value.
    if event.kind != EventKind::Adjusted {
        assert_eq!(
            stands(&books, asked),
            stands(before, asked),
            "after taking back {event:?}"
        );
    }
    let again = books.ask(&void).expect_err("once");
    assert_eq!(again, Rejection::AlreadyVoided);
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
        kind in chance::kinds(),
        first in chance::terms(),
        later in chance::terms(),
        rewards in chance::rewards(),
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
        kind in chance::kinds(),
        first in chance::terms(),
        later in chance::terms(),
        rewards in chance::rewards(),
        steps in chance::steps(25),
    ) {
        let mut book = Book::new(program(kind, &[first]), rewards);
        play(&mut book, &later, &steps, void_restores);
    }

    #[test]
    fn an_unclaimed_card_never_earns_beyond_its_cap(
        kind in chance::kinds(),
        terms in chance::terms(),
        rewards in chance::rewards(),
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
    fn any_split_of_a_return_is_one_return(
        kind in prop_oneof![Just(ProgramKind::Points), Just(ProgramKind::Hybrid)],
        terms in chance::terms(),
        rewards in chance::rewards(),
        steps in chance::steps(12),
        amount in 2..5_000i64,
        spend in 0..60i64,
        cuts in proptest::collection::vec(1..5_000i64, 0..5),
        back in 1..5_000i64,
        in_lines in any::<bool>(),
    ) {
        let mut book = Book::new(program(kind, std::slice::from_ref(&terms)), rewards);
        let minutes = play(&mut book, &terms, &steps, |_, _, _| {});
        let bought = buy(&mut book, minutes, amount, spend, in_lines);
        let parts = if in_lines { by_lines(&bought, back) } else { by_amount(back.min(amount), &cuts) };
        let whole = match parts.as_slice() {
            [] => return Ok(()),
            [Returned::Amount(_), ..] => Returned::Amount(back.min(amount)),
            _ => Returned::Lines(bought.lines.clone().into_iter().take(parts.len()).collect()),
        };
        let (mut at_once, mut in_parts) = (book.clone(), book);
        give_back(&mut at_once, minutes, whole);
        parts.into_iter().for_each(|part| give_back(&mut in_parts, minutes, part));
        assert_eq!(at_once.orders, in_parts.orders);
        let holds = |book: &Book| book.cards[&card(0)].card.buckets.clone();
        assert_eq!(holds(&at_once), holds(&in_parts));
    }
}

/// Order 9: points for it, a purchase under it, and something spent afterwards.
fn buy(book: &mut Book, minutes: i64, amount: i64, spend: i64, in_lines: bool) -> domain::command::Purchase {
    let later = minutes + 30_000;
    let key = |act| Step {
        act,
        card: 0,
        store: 0,
        after_minutes: 0,
        authority: Authority::Key,
    };
    let bought = purchase(amount, Some(order(9)), in_lines);
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
    bought
}

fn give_back(book: &mut Book, minutes: i64, returned: Returned) {
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
    accept(book, &asked);
}

fn by_amount(back: i64, cuts: &[i64]) -> Vec<Returned> {
    let mut places: Vec<i64> = cuts.iter().copied().filter(|&cut| cut < back).chain([back]).collect();
    places.sort_unstable();
    places.dedup();
    let mut before = 0;
    places
        .into_iter()
        .map(|place| Returned::Amount(place - std::mem::replace(&mut before, place)))
        .collect()
}

/// One line after the other, as many as asked.
fn by_lines(bought: &domain::command::Purchase, back: i64) -> Vec<Returned> {
    let many = 1 + back as usize % bought.lines.len();
    let lines = bought.lines.iter().take(many).filter(|line| line.amount_minor > 0);
    let parts: Vec<_> = lines.map(|line| Returned::Lines(vec![line.clone()])).collect();
    if parts.len() == many { parts } else { Vec::new() }
}
