//! What deserves a look over many visits of a card (`FRD-5`, `FRD-6`): no till waits for it, a job asks after the commit.
//! It must not know how events are read.

use crate::event::Event;
use crate::follow_up::Signal;
use crate::ids::StaffId;
use std::collections::BTreeSet;

/// At each how many visits of a card its last ones are looked at.
const EVERY: i64 = 12;
/// So many visits in a row by one hand are unusual where several serve (`FRD-5`).
const BY_ONE_HAND: usize = 12;
/// So many visits ...
const OFTEN: usize = 36;
/// ... within fewer days than these are more than people come (`FRD-6`).
const OFTEN_DAYS: i64 = 14;
/// How many events, from the one that asked back, suffice: [`OFTEN`] visits with as much between them.
pub const LOOK_BACK: i64 = 3 * OFTEN as i64;

/// Whether a card with so many visits is looked at.
pub fn is_time(visits: i64) -> bool {
    visits > 0 && visits % EVERY == 0
}

/// What is unusual about the last visits of a card: its events, the newest first, and whether several people serve in the
/// store of the newest.
pub fn looked(events: &[Event], several_serve: bool) -> Vec<Signal> {
    let undone: BTreeSet<i64> = events.iter().filter_map(|event| event.reverses).collect();
    let visits = events.iter().filter(|event| event.kind.is_earn());
    let visits: Vec<&Event> = visits.filter(|event| !undone.contains(&event.sequence)).collect();
    let signals = [
        (several_serve && is_by_one_hand(&visits)).then_some(Signal::OneHand),
        is_often(&visits).then_some(Signal::ManyVisits),
    ];
    signals.into_iter().flatten().collect()
}

/// Nobody but one person served it for a long time.
fn is_by_one_hand(visits: &[&Event]) -> bool {
    let Some(last) = visits.get(..BY_ONE_HAND) else {
        return false;
    };
    let hands: BTreeSet<Option<StaffId>> = last.iter().map(|event| event.origin.staff).collect();
    hands.len() == 1 && !hands.contains(&None)
}

fn is_often(visits: &[&Event]) -> bool {
    let (Some(newest), Some(oldest)) = (visits.first(), visits.get(OFTEN - 1)) else {
        return false;
    };
    newest.at.is_within(oldest.at, OFTEN_DAYS * 24 * 60)
}
