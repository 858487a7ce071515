//! Merges have two halves, on two cards (`MRG-1`): what left the one came to the other, and each names the other. It keeps
//! those whose other half was not seen yet.

use super::findings::Findings;
use domain::event::{Event, EventKind, MoveKind};
use domain::ids::CardId;
use domain::quantity::Unit;
use std::collections::BTreeMap;

/// A place in a card's history.
type Place = (CardId, i64);

/// What one half says: where both are, and how much of each unit went over.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Half {
    left: Place,
    came: Place,
    amounts: [i64; 2],
}

/// Halves that wait for the other one, by the place of the one that left.
#[derive(Debug, Default)]
pub struct Merges(BTreeMap<Place, (Half, Place)>);

impl Merges {
    /// Takes an event of a card; says what is wrong with it.
    pub fn take(&mut self, card: CardId, event: &Event) -> Option<String> {
        let is_half = matches!(event.kind, EventKind::MergedOut | EventKind::MergedIn);
        let place = (card, event.sequence);
        let Some(merged) = &event.merged else {
            return is_half.then(|| format!("event {} names no other card", event.sequence));
        };
        let other = (merged.card, merged.sequence);
        let half = match event.kind {
            EventKind::MergedOut => Half {
                left: place,
                came: other,
                amounts: amounts(event, MoveKind::MergeOut).map(|amount| -amount),
            },
            EventKind::MergedIn => Half {
                left: other,
                came: place,
                amounts: amounts(event, MoveKind::MergeIn),
            },
            _ => return Some(format!("event {} names another card, and is no merge", event.sequence)),
        };
        match self.0.remove(&half.left) {
            Some((known, _)) if known == half => None,
            Some(_) => Some(format!(
                "event {} and its other half tell different things",
                event.sequence
            )),
            None => {
                self.0.insert(half.left, (half, place));
                None
            }
        }
    }

    /// What is left has no other half.
    pub fn leave(self, findings: &mut Findings) {
        for (_, (card, sequence)) in self.0.into_values() {
            findings.card(card, format!("the other half of event {sequence} is not there"));
        }
    }
}

fn amounts(event: &Event, kind: MoveKind) -> [i64; 2] {
    [Unit::Stamp, Unit::Point].map(|unit| {
        let steps = event.moves.iter().filter(|step| step.unit == unit && step.kind == kind);
        steps.map(|step| step.amount).sum()
    })
}
