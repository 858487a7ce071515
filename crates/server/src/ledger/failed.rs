//! What becomes of a batch that failed: which parts of it are tried again, what the others are told, and what the log says.

use super::{Refusal, Submission};
use crate::error::{Causes, Error};
use std::ops::Range;

/// How often a transaction is tried again when the database could not order it among others, before it fails. Each try
/// has waited in the database already.
const ATTEMPTS_MAX: u32 = 8;
/// How often it is tried again when another process was faster, or the connection was lost. What the other one wrote is
/// found when the books are opened again, and decided then.
const REPEATS_MAX: u32 = 2;

/// The parts of a failed group that are tried again, in this order, each with how often that was done before. What is
/// in no part fails.
pub fn again(error: &Error, submissions: &[Submission], attempts: u32) -> Vec<(Range<usize>, u32)> {
    let all = 0..submissions.len();
    let whole = |limit: u32| (attempts < limit).then(|| vec![(all.clone(), attempts + 1)]);
    let Error::Database(error) = error else {
        return in_halves(&all);
    };
    match error {
        db::Error::DiskFull | db::Error::ReadOnly => Vec::new(),
        db::Error::ConnectionLost { .. } => whole(REPEATS_MAX).unwrap_or_default(),
        db::Error::OutcomeUnknown { .. } if attempts < REPEATS_MAX => repeatable(submissions, attempts + 1),
        db::Error::OutcomeUnknown { .. } => Vec::new(),
        error if error.is_retryable() => whole(ATTEMPTS_MAX).unwrap_or_default(),
        db::Error::UniqueViolation { constraint } if others_may_take(constraint) => {
            whole(REPEATS_MAX).unwrap_or_else(|| in_halves(&all))
        }
        _ => in_halves(&all),
    }
}

/// What may be done again though it may have been done: whatever a key or the id of a new card tells apart.
fn repeatable(submissions: &[Submission], attempts: u32) -> Vec<(Range<usize>, u32)> {
    let known = |one: &Submission| one.key.is_some() || one.opening.is_some();
    let runs = submissions.chunk_by(|one, next| known(one) == known(next));
    let mut start = 0;
    let placed = runs.map(|run| {
        start += run.len();
        (start - run.len()..start, run)
    });
    placed
        .filter(|(_, run)| run.iter().all(known))
        .map(|(range, _)| (range, attempts))
        .collect()
}

/// Halves; nothing of one alone, which is guilty then.
fn in_halves(all: &Range<usize>) -> Vec<(Range<usize>, u32)> {
    match all.end / 2 {
        0 => Vec::new(),
        middle => vec![(0..middle, 0), (middle..all.end, 0)],
    }
}

/// Whether another process can have taken what a unique constraint guards, between the opening of the books and the save.
fn others_may_take(constraint: &str) -> bool {
    let tables = [
        "receipts",
        "orders",
        "returns",
        "events",
        "cards",
        "contacts",
        "revoked_numbers",
    ];
    tables.iter().any(|table| constraint.starts_with(table))
}

/// What a submission is told that is in no part of that.
pub fn refusal_of(error: &Error, submission: &Submission) -> Refusal {
    match error {
        // Sent again under its key it has its effect once, whatever became of it.
        Error::Database(db::Error::OutcomeUnknown { .. }) if submission.key.is_some() => Refusal::Busy,
        Error::Database(db::Error::UniqueViolation { constraint }) => Refusal::Taken(constraint.clone()),
        Error::Database(db::Error::DiskFull | db::Error::ReadOnly) => Refusal::Unwritable,
        Error::Database(db::Error::Busy | db::Error::Serialization | db::Error::Deadlock) => Refusal::InProgress,
        Error::Database(db::Error::ConnectionLost { .. } | db::Error::Timeout | db::Error::Closed) => Refusal::Busy,
        _ => Refusal::Broken,
    }
}

/// Says that a group is tried again, as a whole or to find the guilty one.
pub fn tell_again(error: &Error, size: usize, again: &[(Range<usize>, u32)]) {
    let error = Causes(error);
    match again.iter().map(|(_, tried)| *tried).max() {
        Some(0) => tracing::debug!(%error, size, "a batch is split"),
        Some(attempt) => tracing::warn!(%error, size, attempt, "a batch is tried again"),
        None => {}
    }
}

/// Says why a submission failed, in the span of its request.
pub fn tell_refused(error: &Error, refusal: &Refusal) {
    let error = Causes(error);
    match refusal {
        Refusal::Broken => tracing::error!(%error, "a command broke"),
        Refusal::Taken(_) => tracing::debug!(%error, "a command was refused by a constraint"),
        _ => tracing::warn!(%error, "a command could not be carried out"),
    }
}
