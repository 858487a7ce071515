//! What must hold after every event of the books.

use super::book::History;
use domain::Card;
use domain::event::{Event, EventKind, Line};
use domain::program::Program;
use domain::quantity::Unit;

/// What must hold after every event.
pub fn check(program: &Program, history: &History, event: &Event, why: &[Line]) {
    let card = &history.card;
    assert_eq!(event.sequence, history.events.len() as i64, "sequences are contiguous");
    assert_eq!(card.version, event.sequence);
    assert_eq!(
        card.balance_on(card.day),
        event.balance,
        "the event tells the balance of the card"
    );
    let mut folded = Card::blank();
    history.events.iter().for_each(|event| folded.apply(event));
    assert_eq!(&folded, card, "the fold of the events is the card");
    assert_eq!(why, event.why);
    for unit in Unit::ALL {
        let told: i64 = event
            .why
            .iter()
            .filter(|line| line.unit == unit)
            .map(|line| line.contribution)
            .sum();
        assert_eq!(
            told,
            event.moved(unit),
            "the breakdown explains every move of {unit:?}: {event:?}"
        );
        let all: i64 = history.events.iter().map(|event| event.moved(unit)).sum();
        assert_eq!(all, card.buckets.net(unit), "moves sum to the balance");
        let (debt, net) = (card.buckets.debt(unit), card.buckets.net(unit));
        assert!(
            debt >= 0 && (debt == 0 || net == -debt),
            "nobody owes while holding something"
        );
        let collects = match unit {
            Unit::Stamp => program.kind().has_stamps(),
            Unit::Point => program.kind().has_points(),
        };
        assert!(collects || all == 0, "a program holds only what it collects");
    }
    for bucket in card.buckets.iter() {
        assert!(
            bucket.amount != 0 && bucket.key.debt == (bucket.amount < 0),
            "only debt is negative: {bucket:?}"
        );
    }
    if matches!(event.kind, EventKind::Closed | EventKind::MergedOut) {
        assert!(
            card.buckets.iter().next().is_none(),
            "nothing is left on a card that is over"
        );
    }
}
