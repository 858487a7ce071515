//! What can break below the edge. It is logged once, where it is handled; callers learn only a request id.

use crate::catalogue::Catalogue;
use std::fmt;
use std::sync::Arc;

/// A failure, never a refusal: the business had no say in it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] db::Error),
    /// A stored value does not make sense.
    #[error("{what} cannot be understood: {reason}")]
    Malformed {
        /// Which.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file or a socket failed.
    #[error("{what}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
    /// A setting cannot be used.
    #[error(transparent)]
    Setting(#[from] crate::config::InvalidSetting),
    /// The installation cannot run as it is; the sentence says what to do.
    #[error("{0}")]
    Unfit(String),
}

impl Error {
    /// A stored value that does not make sense.
    pub fn malformed(what: impl Into<String>, reason: impl ToString) -> Self {
        Error::Malformed {
            what: what.into(),
            reason: reason.to_string(),
        }
    }

    /// A file or socket that failed.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Error::Io { what, source }
    }
}

/// An error with its causes in one line, as the log tells it: errors keep their causes out of their own sentence, and a
/// field of the log shows nothing but that.
pub struct Causes<'a>(pub &'a (dyn std::error::Error + 'static));

impl fmt::Display for Causes<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(formatter, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

/// What a caller may expect of a database that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// It is away, or in the way: the same may work in a moment.
    Passing,
    /// Nothing can be stored; reading may still work.
    Unwritable,
}

/// Whether an error says that the database cannot serve now, which is nobody's mistake; none when something is broken.
pub fn outage(error: &(dyn std::error::Error + 'static)) -> Option<Outage> {
    use db::Error::{Busy, Closed, ConnectionLost, Deadlock, DiskFull, ReadOnly, Serialization, Timeout};
    let mut next = Some(error);
    while let Some(cause) = next {
        match cause.downcast_ref::<db::Error>() {
            Some(ConnectionLost { .. } | Timeout | Busy | Serialization | Deadlock | Closed) => {
                return Some(Outage::Passing);
            }
            Some(DiskFull | ReadOnly) => return Some(Outage::Unwritable),
            _ => next = cause.source(),
        }
    }
    None
}

/// A merchant's catalogue, if there is such a merchant.
pub type Found = Result<Option<Arc<Catalogue>>, Error>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_log_tells_all_causes() {
        let lost = db::Error::ConnectionLost {
            source: Some("connection refused".into()),
        };
        let error = Error::from(lost);
        let told = Causes(&error).to_string();
        assert_eq!(
            told,
            "the database failed: the connection to the database was lost: connection refused"
        );
        assert_eq!(outage(&error), Some(Outage::Passing));
        assert_eq!(outage(&Error::from(db::Error::DiskFull)), Some(Outage::Unwritable));
        assert_eq!(outage(&Error::Unfit("no".into())), None);
    }
}
