//! What becomes of a batch that failed: which parts of it are tried again, what the others are told, and what the log says.

use super::part::Part;
use super::{Refusal, Submission};
use crate::error::{Causes, Error};

/// How often a transaction is tried again when the database could not order it among others, before it fails. Each try
/// has waited in the database already.
const ATTEMPTS_MAX: u32 = 8;
/// How often it is tried again when another process was faster, or the connection was lost. What the other one wrote is
/// found when the books are opened again, and decided then.
const REPEATS_MAX: u32 = 2;

/// The parts of a failed part that are tried again, in this order. What is in none fails. A lock that somebody holds is
/// searched for in halves, as long as `may_search` says.
pub fn again(error: &Error, submissions: &[Submission], part: &Part, may_search: bool) -> Vec<Part> {
    let Error::Database(error) = error else {
        return part.in_halves(part.hurried);
    };
    match error {
        // A statement that ran out of time has waited as long as callers do.
        db::Error::DiskFull | db::Error::ReadOnly | db::Error::Timeout => Vec::new(),
        db::Error::Busy if may_search => part.in_halves(true),
        db::Error::Busy => Vec::new(),
        db::Error::ConnectionLost { .. } => part.once_more(REPEATS_MAX).unwrap_or_default(),
        db::Error::OutcomeUnknown { .. } if part.attempts < REPEATS_MAX => repeatable(submissions, part),
        db::Error::OutcomeUnknown { .. } => Vec::new(),
        error if error.is_retryable() => part.once_more(ATTEMPTS_MAX).unwrap_or_default(),
        db::Error::UniqueViolation { constraint } if others_may_take(constraint) => part
            .once_more(REPEATS_MAX)
            .unwrap_or_else(|| part.in_halves(part.hurried)),
        _ => part.in_halves(part.hurried),
    }
}

/// What may be done again though it may have been done: whatever a key or the id of a new card tells apart.
fn repeatable(submissions: &[Submission], part: &Part) -> Vec<Part> {
    let known = |index: &usize| submissions[*index].key.is_some() || submissions[*index].opening.is_some();
    let members: Vec<usize> = part.members.iter().copied().filter(known).collect();
    if members.is_empty() {
        return Vec::new();
    }
    vec![Part {
        members,
        attempts: part.attempts + 1,
        hurried: part.hurried,
    }]
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
        // Another process carries out the same call (`IDM-2`), and was not seen to end it.
        Error::Database(db::Error::UniqueViolation { constraint }) if constraint == "receipts_pk" => {
            Refusal::InProgress
        }
        Error::Database(db::Error::UniqueViolation { constraint }) => Refusal::Taken(constraint.clone()),
        Error::Database(db::Error::DiskFull | db::Error::ReadOnly) => Refusal::Unwritable,
        Error::Database(
            db::Error::Busy
            | db::Error::Serialization
            | db::Error::Deadlock
            | db::Error::ConnectionLost { .. }
            | db::Error::Timeout
            | db::Error::Closed,
        ) => Refusal::Busy,
        _ => Refusal::Broken,
    }
}

/// Says that a part is tried again, as a whole or to find the guilty one.
pub fn tell_again(error: &Error, part: &Part, again: &[Part]) {
    let (error, size) = (Causes(error), part.members.len());
    match again.first() {
        Some(Part {
            attempts: 0, hurried, ..
        }) if *hurried == part.hurried => {
            tracing::debug!(%error, size, "a batch is split");
        }
        Some(Part { attempts: 0, .. }) => tracing::warn!(%error, size, "a batch is split to find who holds a lock"),
        Some(Part { attempts: attempt, .. }) => tracing::warn!(%error, size, attempt, "a batch is tried again"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::command::Command;
    use domain::event::{Actor, Origin};
    use domain::facts::Authority;
    use domain::ids::{CardId, MerchantId};
    use uuid::Uuid;

    fn told(error: db::Error) -> Refusal {
        let stamp = Command::Stamp {
            count: None,
            amount_minor: None,
        };
        let origin = Origin {
            actor: Actor::System,
            store: None,
            staff: None,
        };
        let nobody = (MerchantId(Uuid::nil()), CardId(Uuid::nil()));
        let submission = Submission::new(nobody.0, nobody.1, stamp, (origin, Authority::System));
        refusal_of(&Error::Database(error), &submission)
    }

    #[test]
    fn only_the_same_call_elsewhere_is_in_progress() {
        let violation = |constraint: &str| db::Error::UniqueViolation {
            constraint: constraint.to_owned(),
        };
        assert!(matches!(told(violation("receipts_pk")), Refusal::InProgress));
        assert!(matches!(told(violation("cards_number")), Refusal::Taken(_)));
        assert!(matches!(told(db::Error::Serialization), Refusal::Busy));
        assert!(matches!(told(db::Error::Deadlock), Refusal::Busy));
    }
}
