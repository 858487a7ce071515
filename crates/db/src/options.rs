//! How to reach a database, and how much of it to use.
//! It must not know where the settings come from.

use crate::error::Error;
use std::path::PathBuf;
use std::time::Duration;

/// Which engine holds the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file beside the program.
    Sqlite,
    /// A server.
    Postgres,
}

/// Where the data is.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// The file of an SQLite database.
    Sqlite(PathBuf),
    /// A PostgreSQL URL. Without `sslmode`, an address on this machine is reached without TLS and any other with
    /// verified TLS. `sslrootcert` may name a file of certificates to trust besides the public ones.
    Postgres(String),
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the data is.
    pub source: Source,
    /// Threads that read.
    pub readers: usize,
    /// Threads that write on PostgreSQL; SQLite has one.
    pub writers: usize,
    /// Transactions that may wait for one thread before callers wait too.
    pub queue_max: usize,
    /// How long to wait for a lock: `busy_timeout` on SQLite, where there is one lock for all, `lock_timeout` on
    /// PostgreSQL, where it is a row's.
    pub lock_timeout: Duration,
    /// How long one statement may run (PostgreSQL).
    pub statement_timeout: Duration,
    /// How long to try to reach the server (PostgreSQL).
    pub connect_timeout: Duration,
    /// Memory for pages (SQLite), in bytes, for each thread.
    pub cache_bytes: u64,
    /// Whether the file (SQLite) is made when it does not exist.
    pub create: bool,
    /// The largest size of the file (SQLite), in pages of 4 KiB; a quota for tests and small disks.
    pub pages_max: Option<u32>,
}

impl Options {
    /// Options with the usual sizes.
    pub fn new(source: Source) -> Options {
        let lock_timeout = match source {
            Source::Sqlite(_) => Duration::from_secs(5),
            Source::Postgres(_) => Duration::from_secs(2),
        };
        Options {
            source,
            readers: 4,
            writers: 4,
            queue_max: 256,
            lock_timeout,
            statement_timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            cache_bytes: 32 << 20,
            create: true,
            pages_max: None,
        }
    }

    /// Options from `postgres://…`, `postgresql://…` or `sqlite:path`.
    ///
    /// # Errors
    /// `Error::Options` for any other scheme, or where the address of a server cannot be read.
    pub fn parse(url: &str) -> Result<Options, Error> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            crate::postgres::check_address(url)?;
            return Ok(Options::new(Source::Postgres(url.to_owned())));
        }
        match url.strip_prefix("sqlite:") {
            Some("" | "//") | None => Err(Error::options("the address is neither sqlite:<path> nor postgres://…")),
            Some(path) => {
                // `sqlite://relative` and `sqlite:///absolute` are the common spellings elsewhere.
                let path = path.strip_prefix("//").unwrap_or(path);
                Ok(Options::new(Source::Sqlite(PathBuf::from(path))))
            }
        }
    }

    /// The engine the source belongs to.
    pub fn engine(&self) -> Engine {
        match self.source {
            Source::Sqlite(_) => Engine::Sqlite,
            Source::Postgres(_) => Engine::Postgres,
        }
    }
}
