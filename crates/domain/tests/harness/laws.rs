//! What must hold of the books, told by their events alone.

use crate::book::{Ask, Book, History};
use domain::claim::ClaimStatus;
use domain::command::Command;
use domain::counter::CounterKey;
use domain::event::{Event, EventKind, Reason, Round};
use domain::facts::Authority;
use domain::moment::week_start;
use domain::quantity::Unit;
use domain::terms::{CapWindow, CooldownScope, NegativePolicy, Terms};
use domain::{Card, Rejection};

/// The events of a card that still count.
fn standing(history: &History) -> impl Iterator<Item = &Event> {
    history
        .events
        .iter()
        .filter(|event| !history.voided.contains(&event.sequence))
}

/// Nobody owes anything unless a version of the program allowed it.
pub fn debts_need_the_policy(book: &Book, ever: &[&Terms]) {
    let may_owe = ever
        .iter()
        .any(|terms| terms.negative_policy == NegativePolicy::AllowDebt);
    for history in book.cards.values() {
        for unit in Unit::ALL {
            assert!(may_owe || history.card.buckets.net(unit) >= 0, "{unit:?} below nothing");
        }
    }
}

/// No stock is overdrawn, no card welcomed twice, no event counted for two orders.
pub fn nothing_is_given_twice(book: &Book) {
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
pub fn limits_hold(history: &History, terms: &Terms) {
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

/// What is stored reads back as it was.
pub fn json_comes_back(history: &History) {
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
    let now = asked.moment.at;
    let at = |unit| card.award_within(unit, None, now, 10_080).map(|award| award.at);
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
        card.round(),
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

/// The installation itself takes an event back, which no time limit binds.
fn voiding(event: &Event, asked: &Ask) -> Ask {
    let command = Command::Void {
        event: event.sequence,
        reason: Reason::Mistake,
    };
    Ask {
        command,
        authority: Authority::System,
        proof: domain::proof::Proof::None,
        override_reason: None,
        ..asked.clone()
    }
}

/// Any event that may still be taken back, however old: afterwards the card holds what it would without it, and every
/// counter, the round, the visits and the allowance follow. What only the order of events decides (who paid a debt, which
/// bucket was spent) is not compared.
pub fn any_void_is_as_if_it_never_was(book: &Book, asked: &Ask) {
    let history = &book.cards[&asked.card];
    for event in &history.events {
        let void = voiding(event, asked);
        let Ok(decision) = book.ask(&void) else { continue };
        let mut books = book.clone();
        books.keep(&void, &decision);
        let (before, after) = (&history.card, &books.cards[&asked.card].card);
        // Stamps that paid for a claim somebody has stay paid (`STP-5`).
        let handed_over = event.claims.iter().filter_map(|note| book.claims.get(&note.id));
        let handed_over = handed_over.filter(|claim| event.kind.is_earn() && claim.status == ClaimStatus::Redeemed);
        let paid: i64 = handed_over.clone().map(|claim| claim.cost).sum();
        for unit in Unit::ALL {
            let paid = if unit == Unit::Stamp { paid } else { 0 };
            let without = before.buckets.net(unit) - event.moved(unit) - paid;
            assert_eq!(after.buckets.net(unit), without, "{unit:?} without {event:?}");
            let day = asked.moment.day.max(before.day);
            let awarded = |card: &Card| card.awarded(unit, CapWindow::BusinessDay, asked.moment.at, day);
            let (then, now) = (awarded(before), awarded(after));
            let earned = event.earned(unit).max(0);
            assert!(now.0 <= then.0 && now.1 <= then.1, "a void takes no allowance");
            assert!(
                then.0 - now.0 <= earned && then.1 - now.1 <= earned,
                "nor gives too much back"
            );
        }
        let earned = event.kind.is_earn() && Unit::ALL.iter().any(|&unit| event.earned(unit) > 0);
        assert_eq!(
            after.visits,
            before.visits - i64::from(earned),
            "visits without {event:?}"
        );
        let keeps = handed_over.count() > 0;
        assert_eq!(
            after.round(),
            round_without(history, event, keeps),
            "the round without {event:?}"
        );
        let kept = i64::try_from(event.claims.len()).unwrap_or(0);
        for counted in event.counted.iter().filter(|counted| counted.amount > 0) {
            let key = counted.key(asked.card);
            let used = |books: &Book| books.counters.get(&key).copied().unwrap_or(0);
            let all: i64 = event
                .counted
                .iter()
                .filter(|one| one.key(asked.card) == key)
                .map(|one| one.amount)
                .sum();
            assert!(used(&books) < used(book) || kept > 0, "{key:?} gets something back");
            assert!(
                used(&books) >= 0 && used(book) - used(&books) <= all,
                "{key:?} gets too much back"
            );
        }
    }
}

/// The version under which the last round began that stands, once this event is taken back.
fn round_without(history: &History, gone: &Event, keeps: bool) -> i64 {
    let taken_back = |sequence: i64| {
        let told = |event: &Event| event.round == Some(Round::TakenBack(sequence));
        history.events.iter().any(told) || (sequence == gone.sequence && !keeps)
    };
    let begun = history.events.iter().rev().find_map(|event| match event.round {
        Some(Round::Begun(version)) if !taken_back(event.sequence) => Some(version),
        _ => None,
    });
    begun.unwrap_or(history.events[0].program_version)
}

/// Takes the last event back and compares with the books before it.
pub fn void_restores(before: &Book, asked: &Ask, after: &Book) {
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
    let void = voiding(event, asked);
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
