//! The cards of a lane that somebody else held locked when they were asked for last. They are tried apart and in a hurry,
//! so that a lock that stays costs those a moment that have nothing to do with it.

use super::Submission;
use super::part::Part;
use domain::ids::CardId;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many are remembered; beyond that all are forgotten, and found again if need be.
const SUSPECTS_MAX: usize = 1_000;

/// The suspects of one lane; clones share them.
#[derive(Clone, Default)]
pub struct Suspects(Arc<Mutex<HashSet<CardId>>>);

impl Suspects {
    fn lock(&self) -> MutexGuard<'_, HashSet<CardId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a group is tried in, the last part first: those whose cards nobody suspects, and then the others.
    pub fn parts(&self, submissions: &[Submission]) -> Vec<Part> {
        let known = self.lock();
        let is_suspect = |index: &usize| !known.is_empty() && known.contains(&submissions[*index].card);
        let (suspects, others) = (0..submissions.len()).partition(is_suspect);
        vec![Part::new(suspects, true), Part::new(others, false)]
    }

    /// A card that was locked.
    pub fn add(&self, card: CardId) {
        let mut known = self.lock();
        if known.len() >= SUSPECTS_MAX {
            known.clear();
        }
        known.insert(card);
    }

    /// Cards that are free.
    pub fn clear(&self, cards: impl Iterator<Item = CardId>) {
        let mut known = self.lock();
        if !known.is_empty() {
            cards.for_each(|card| {
                known.remove(&card);
            });
        }
    }
}
