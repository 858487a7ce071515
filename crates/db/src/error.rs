//! What can go wrong between us and an engine, in words both engines share.
//! It must not know what a table means: a constraint is only a name here.

use std::error::Error as StdError;

type Cause = Box<dyn StdError + Send + Sync>;

/// A failure of the database port. The message names the thing; the cause stays in `source()`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A unique or primary key constraint refused a row.
    #[error("the unique constraint {constraint} refused a row")]
    UniqueViolation {
        /// The name the schema gives the constraint; on SQLite, where none can be found, `table.column, …`.
        constraint: String,
    },
    /// A foreign key refused a row. SQLite does not say which one.
    #[error("a foreign key refused a row ({})", constraint.as_deref().unwrap_or("not named"))]
    ForeignKeyViolation {
        /// The name of the constraint, always `None` on SQLite.
        constraint: Option<String>,
    },
    /// A check constraint refused a row.
    #[error("the check {constraint} refused a row")]
    CheckViolation {
        /// The name of the check; for an unnamed check on SQLite, its expression.
        constraint: String,
    },
    /// A column that must have a value was given none.
    #[error("the column {column} must have a value")]
    NotNullViolation {
        /// `table.column`.
        column: String,
    },
    /// The engine could not order this transaction among the others; run it again.
    #[error("the transaction could not be serialized")]
    Serialization,
    /// Two transactions waited for each other and this one was chosen to give way; run it again.
    #[error("the transaction was stopped to end a deadlock")]
    Deadlock,
    /// A lock was not obtained within the configured time.
    #[error("the database was busy for too long")]
    Busy,
    /// A statement ran longer than the configured time.
    #[error("the statement ran out of time")]
    Timeout,
    /// No room is left for the data. Nothing of the transaction was kept.
    #[error("the disk of the database is full")]
    DiskFull,
    /// A write was tried where only reads are allowed.
    #[error("the database can only be read")]
    ReadOnly,
    /// The server could not be reached, or went away before the commit was asked for. Nothing was kept.
    #[error("the connection to the database was lost")]
    ConnectionLost {
        /// What the driver said.
        #[source]
        source: Option<Cause>,
    },
    /// The connection died while the commit was under way: it may or may not have happened.
    #[error("the connection was lost during the commit, its outcome is unknown")]
    OutcomeUnknown {
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// The database was written by a newer program.
    #[error("the database has schema {database}, this program knows schemas up to {program}")]
    NewerSchema {
        /// The number of the newest migration in the database.
        database: i64,
        /// The number of the newest migration this program has.
        program: i64,
    },
    /// The database was written by an older program, or holds nothing of this program's yet.
    #[error("the database has schema {database}, this program needs schema {program}")]
    OlderSchema {
        /// The number of the newest migration in the database; 0 when there is none.
        database: i64,
        /// The number of the newest migration this program has.
        program: i64,
    },
    /// The database has another migration under a number than this program.
    #[error("migration {number} is called {database} in the database and {program} in this program")]
    OtherMigration {
        /// The number both use.
        number: i64,
        /// The name in the database.
        database: String,
        /// The name in the program.
        program: String,
    },
    /// A column was read as something it is not.
    #[error("column {index} is {found}, not {expected}")]
    Column {
        /// Counted from 0.
        index: usize,
        /// What the caller asked for.
        expected: &'static str,
        /// What the row holds.
        found: String,
    },
    /// A statement or its parameters do not fit the portable dialect.
    #[error("the statement {name} cannot be used: {reason}")]
    Statement {
        /// The name in the catalogue.
        name: String,
        /// Why not.
        reason: String,
    },
    /// A statement of this transaction failed before; it can only be rolled back.
    #[error("an earlier statement of the transaction failed")]
    Aborted,
    /// The closure given to the port panicked. Its transaction was rolled back.
    #[error("a panic inside a transaction: {message}")]
    Panicked {
        /// The text of the panic.
        message: String,
    },
    /// The port was closed, or stopped for good after the disk refused to keep what it was given.
    #[error("the database is closed")]
    Closed,
    /// The engine is older than what is known to be safe.
    #[error("{engine} {found} is too old, {required} or later is required")]
    TooOld {
        /// `SQLite` or `PostgreSQL`.
        engine: &'static str,
        /// The version that answered.
        found: String,
        /// The oldest version allowed.
        required: &'static str,
    },
    /// The settings cannot be used.
    #[error("the database settings cannot be used: {reason}")]
    Options {
        /// Why not.
        reason: String,
    },
    /// Anything else an engine reports.
    #[error("the database refused {what}")]
    Other {
        /// The name of the statement, or what was being done.
        what: String,
        /// What the driver said.
        #[source]
        source: Cause,
    },
}

impl Error {
    /// Whether the same transaction, run again from its beginning, may well succeed.
    ///
    /// `OutcomeUnknown` is not among them: only an idempotency key can tell what happened.
    pub fn is_retryable(&self) -> bool {
        matches!(
            self,
            Error::Serialization | Error::Deadlock | Error::Busy | Error::ConnectionLost { .. }
        )
    }

    /// The constraint that refused a row, where the engine named one.
    pub fn constraint(&self) -> Option<&str> {
        match self {
            Error::UniqueViolation { constraint } | Error::CheckViolation { constraint } => Some(constraint),
            Error::ForeignKeyViolation { constraint } => constraint.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn other(what: impl Into<String>, source: impl StdError + Send + Sync + 'static) -> Error {
        Error::Other {
            what: what.into(),
            source: Box::new(source),
        }
    }

    pub(crate) fn statement(name: &str, reason: impl Into<String>) -> Error {
        Error::Statement {
            name: name.to_owned(),
            reason: reason.into(),
        }
    }

    pub(crate) fn options(reason: impl Into<String>) -> Error {
        Error::Options { reason: reason.into() }
    }

    pub(crate) fn unknown(source: impl StdError + Send + Sync + 'static) -> Error {
        Error::OutcomeUnknown {
            source: Box::new(source),
        }
    }

    pub(crate) fn lost(source: impl StdError + Send + Sync + 'static) -> Error {
        Error::ConnectionLost {
            source: Some(Box::new(source)),
        }
    }
}
