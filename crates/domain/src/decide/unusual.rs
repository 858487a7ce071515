//! What deserves a look though it is allowed (`FRD-*`). It never refuses, and it never accuses: cooldown, caps and limits
//! refuse.

use super::{limits, looking};
use crate::counter::CounterKey;
use crate::facts::Facts;
use crate::follow_up::{FollowUp, Signal};
use std::collections::BTreeSet;

/// How often a card may earn in a day without anybody being told (`FRD-1`).
const EARNS_A_DAY_USUAL: usize = 10;
/// Nobody is in two stores within fewer minutes (`FRD-2`).
const WAY_MINUTES: i64 = 5;
/// From so many hundredths of a limit on a correction is just under it (`FRD-3`).
const NEAR_PERCENT: i64 = 80;
/// How many cards a terminal may open in a day without anybody being told (`FRD-4`).
const OPENINGS_A_DAY_USUAL: i64 = 30;

/// What is unusual about an earn, and whether it is time to look at those before it.
pub fn earn(facts: &Facts) -> impl Iterator<Item = FollowUp> {
    let signals = [
        many_earns(facts).then_some(Signal::ManyEarns),
        two_places(facts).then_some(Signal::TwoPlaces),
        facts.override_reason.map(|_| Signal::Overridden),
    ];
    let look = looking::is_time(facts.card.visits + 1).then_some(FollowUp::Look);
    signals.into_iter().flatten().map(FollowUp::Signal).chain(look)
}

/// A card that earns more often in a day than cards do: noted once a day. Awards know the event they came with, so that a
/// visit which gave both units counts once.
fn many_earns(facts: &Facts) -> bool {
    let today = facts.card.awards.iter().filter(|award| award.day == facts.clock.day);
    let visits: BTreeSet<i64> = today.map(|award| award.first).collect();
    visits.len() == EARNS_A_DAY_USUAL
}

/// A card that earned in another store a moment ago.
fn two_places(facts: &Facts) -> bool {
    let Some(here) = facts.origin.store else { return false };
    let mut lately = facts.card.awards.iter();
    lately
        .any(|award| award.store.is_some_and(|store| store != here) && facts.clock.at.is_within(award.at, WAY_MINUTES))
}

/// A correction just under the limit that binds whoever makes it.
pub fn near(size: i64, limit: i64) -> Option<FollowUp> {
    let is_near = limit > 0 && size <= limit && size.saturating_mul(100) >= limit.saturating_mul(NEAR_PERCENT);
    is_near.then_some(FollowUp::Signal(Signal::NearLimit))
}

/// The counter of cards that the terminal opened today, and the signal once it opened as many as terminals do.
pub fn opening(facts: &Facts) -> (Option<CounterKey>, Option<FollowUp>) {
    let key = limits::opened_by(&facts.origin, &facts.clock);
    let opened = key.as_ref().map_or(0, |key| facts.counters.used(key));
    let signal = (opened == OPENINGS_A_DAY_USUAL).then_some(FollowUp::Signal(Signal::ManyOpenings));
    (key, signal)
}
