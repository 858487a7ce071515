//! What must hold when two cards become one, whatever stood on them (`MRG-1`).

use crate::book::{Ask, Book};
use crate::chance::{Act, Step, ask, card};
use domain::claim::ClaimStatus;
use domain::command::Command;
use domain::counter::CounterKey;
use domain::event::{LineRule, Reason};
use domain::facts::Authority;
use domain::ids::CardId;
use domain::quantity::Unit;
use domain::{Card, CardStatus};
use std::collections::BTreeMap;

/// Lets the second card go into the first, if the rules let it.
pub fn merge(book: &mut Book, (into, from): (u8, u8), minutes: i64) -> bool {
    let step = Step {
        act: Act::Unblock,
        card: into,
        store: 0,
        after_minutes: 0,
        authority: Authority::Key,
    };
    let reason = Reason::Duplicate;
    let command = Command::Merge {
        from: card(from),
        reason,
    };
    let asked = Ask {
        command,
        ..ask(book, &step, minutes)
    };
    match book.ask(&asked) {
        Ok(decision) => {
            book.keep(&asked, &decision);
            true
        }
        Err(_) => false,
    }
}

/// What two cards hold of everything, together.
#[derive(Debug, PartialEq, Eq)]
struct Together {
    net: [i64; 2],
    lifetime: (i64, i64, i64),
    awarded: i64,
    waiting: usize,
    taken: BTreeMap<CounterKey, i64>,
    limits: BTreeMap<String, i64>,
}

fn together(book: &Book, cards: [CardId; 2]) -> Together {
    let both: Vec<&Card> = cards.iter().map(|id| &book.cards[id].card).collect();
    let sum = |of: &dyn Fn(&Card) -> i64| both.iter().map(|card| of(card)).sum::<i64>();
    let mut limits: BTreeMap<String, i64> = BTreeMap::new();
    let mut taken = BTreeMap::new();
    for (key, used) in &book.counters {
        match key {
            CounterKey::RewardLimit(reward, _, period) => {
                *limits.entry(format!("{reward}{period}")).or_insert(0) += used
            }
            CounterKey::Stock(_) => drop(taken.insert(key.clone(), *used)),
            _ => {}
        }
    }
    limits.retain(|_, used| *used != 0);
    Together {
        net: Unit::ALL.map(|unit| sum(&|card| card.buckets.net(unit))),
        lifetime: (
            sum(&|card| card.lifetime_stamps),
            sum(&|card| card.lifetime_points),
            sum(&|card| card.visits),
        ),
        awarded: sum(&|card| card.awards.iter().map(|award| award.amount).sum()),
        waiting: cards.iter().map(|&id| book.waiting_on(id).len()).sum(),
        taken,
        limits,
    }
}

/// Nothing is lost and nothing doubled; only a welcome that was given twice is taken back.
pub fn nothing_is_lost(before: &Book, after: &Book, (into, from): (u8, u8)) {
    let cards = [card(into), card(from)];
    let (mut then, now) = (together(before, cards), together(after, cards));
    let (kept, gone) = (&after.cards[&cards[0]], &after.cards[&cards[1]]);
    for line in &kept.events.last().expect("the merge").why {
        if line.rule == LineRule::Welcome {
            let place = usize::from(line.unit == Unit::Point);
            assert!(line.contribution < 0, "a merge welcomes nobody");
            then.net[place] += line.contribution;
        }
    }
    // Awards that no limit looks at any more may leave with the event.
    then.awarded = then.awarded.min(now.awarded);
    assert_eq!(then, now);
    assert_eq!(
        (gone.card.status, gone.card.survivor),
        (CardStatus::Merged, Some(cards[0]))
    );
    assert!(gone.card.awards.is_empty() && gone.card.buckets.iter().next().is_none());
    let void = |claim: &domain::claim::Claim| claim.status != ClaimStatus::Issued;
    assert!(gone.claims.iter().all(|id| after.claims.get(id).is_some_and(void)));
}
