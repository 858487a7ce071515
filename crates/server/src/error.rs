//! What can break below the edge. It is logged once, where it is handled; callers learn only a request id.

use crate::catalogue::Catalogue;
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

/// A merchant's catalogue, if there is such a merchant.
pub type Found = Result<Option<Arc<Catalogue>>, Error>;
