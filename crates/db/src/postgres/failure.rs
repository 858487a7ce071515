//! What PostgreSQL says went wrong, in the port's words.
//! It must not know a table of ours.

use crate::error::Error;
use tokio_postgres::error::{DbError, SqlState};

/// The error of the port for a statement that failed before the commit was asked for.
pub(super) fn translate(what: &str, error: tokio_postgres::Error) -> Error {
    let Some(reported) = error.as_db_error() else {
        return if is_lost(&error) {
            Error::lost(error)
        } else {
            // The driver refused: a parameter does not fit its type, or there are too many.
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            Error::statement(what, cause.unwrap_or_else(|| error.to_string()))
        };
    };
    match known(reported) {
        Some(known) => known,
        None if is_lost(&error) => Error::lost(error),
        None => Error::other(what, error),
    }
}

/// The error for a commit that failed. Where the connection died, nobody knows what the server did.
pub(super) fn translate_commit(error: tokio_postgres::Error) -> Error {
    let unsure = is_lost(&error) || error.code() == Some(&SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN);
    if unsure {
        let source = Box::new(error);
        return Error::OutcomeUnknown { source };
    }
    translate("commit", error)
}

/// Whether the connection cannot be used any more.
pub(super) fn is_lost(error: &tokio_postgres::Error) -> bool {
    let Some(code) = error.code() else {
        // Without a report of the server: closed, a broken socket, or a refusal of the driver itself.
        let io = std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>());
        return error.is_closed() || io;
    };
    // Class 08 is a broken connection, 57P a server that is stopping, starting or ending this session.
    let code = code.code();
    code.starts_with("08") || code.starts_with("57P") || code == "25P03" || code == "53300"
}

/// Whether a prepared statement no longer fits the schema; with a fresh one the transaction can be run again.
pub(super) fn is_stale(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|reported| {
        *reported.code() == SqlState::FEATURE_NOT_SUPPORTED && reported.message().contains("cached plan")
    })
}

fn known(reported: &DbError) -> Option<Error> {
    let constraint = || reported.constraint().unwrap_or_default().to_owned();
    let code = reported.code();
    Some(match *code {
        SqlState::UNIQUE_VIOLATION => Error::UniqueViolation {
            constraint: constraint(),
        },
        SqlState::FOREIGN_KEY_VIOLATION => Error::ForeignKeyViolation {
            constraint: reported.constraint().map(str::to_owned),
        },
        SqlState::CHECK_VIOLATION => Error::CheckViolation {
            constraint: constraint(),
        },
        SqlState::NOT_NULL_VIOLATION => Error::NotNullViolation {
            column: [reported.table(), reported.column()]
                .map(Option::unwrap_or_default)
                .join("."),
        },
        SqlState::T_R_SERIALIZATION_FAILURE => Error::Serialization,
        SqlState::T_R_DEADLOCK_DETECTED => Error::Deadlock,
        SqlState::LOCK_NOT_AVAILABLE => Error::Busy,
        SqlState::QUERY_CANCELED => Error::Timeout,
        SqlState::DISK_FULL => Error::DiskFull,
        SqlState::READ_ONLY_SQL_TRANSACTION => Error::ReadOnly,
        SqlState::IN_FAILED_SQL_TRANSACTION => Error::Aborted,
        _ => return None,
    })
}
