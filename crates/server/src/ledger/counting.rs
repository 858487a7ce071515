//! Which shared counters a command looks at, and their locks: those that commands name are locked once for the whole batch,
//! after the cards and in the order of their keys, so that two batches never wait for each other in a circle. What only
//! becomes known on the way, the rewards that a void or a close gives back, is locked when it is known.

use super::Submission;
use super::batch::Bench;
use super::merging::other_of;
use crate::catalogue::ProgramEntry;
use crate::error::Error;
use db::Transaction;
use domain::counter::CounterKey;
use domain::decide::{counter_keys, merge_counter_keys};
use domain::event::Event;

impl Bench {
    /// Locks what the commands of a batch name.
    pub(super) fn lock_known_counters(
        &mut self,
        tx: &mut Transaction<'_>,
        submissions: &[&Submission],
    ) -> Result<(), Error> {
        let catalogue = self.books.catalogue.clone();
        let mut keys = Vec::new();
        for submission in submissions {
            let row = self.books.cards.get(&submission.card);
            let opened = submission.opening.as_ref().map(|opening| opening.program);
            let program = row.map(|row| row.program).or(opened);
            if let Some(entry) = program.and_then(|id| catalogue.program(id)) {
                keys.extend(self.counter_keys(submission, entry, &[]));
            }
        }
        self.books.lock_counters(tx, keys)
    }

    /// The counters that one command looks at; `taken` are the events of which it may give something back.
    pub(super) fn counter_keys(
        &self,
        submission: &Submission,
        entry: &ProgramEntry,
        taken: &[&Event],
    ) -> Vec<CounterKey> {
        let catalogue = &self.books.catalogue;
        if let Some(from) = other_of(&submission.command) {
            let rewards = catalogue.rewards_of(entry.program.id()).map(|found| &found.reward);
            return merge_counter_keys([from, submission.card], &self.clock(submission), rewards, taken);
        }
        counter_keys(
            &submission.command,
            &entry.program,
            submission.card,
            (&self.clock(submission), &submission.origin),
            catalogue.completion(entry.program.id()),
            |id| catalogue.reward(id).map(|found| &found.reward),
            taken,
        )
    }
}
