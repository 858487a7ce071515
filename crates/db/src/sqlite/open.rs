//! Opens a connection to the file with the settings we rely on.
//! It must not create tables.

use super::failure::translate;
use crate::error::Error;
use crate::options::Options;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::{Duration, Instant};

/// The first version without the WAL-reset corruption, which one writer with readers and checkpoints can meet.
const REQUIRED: (i32, &str) = (3_051_003, "3.51.3");

/// Statements kept prepared on each connection.
const STATEMENTS_MAX: usize = 512;

/// The log file is cut back to this size (bytes) when it starts again from its beginning.
const LOG_BYTES_MAX: i64 = 64 << 20;

/// How much of the file (bytes) is mapped rather than read.
const MAPPED_BYTES_MAX: i64 = 256 << 20;

/// A pause between two attempts to open a file that another process is just making.
const PAUSE: Duration = Duration::from_millis(10);

/// A connection that writes (and makes the file), or one that only reads.
pub(super) fn connect(path: &Path, options: &Options, writer: bool) -> Result<Connection, Error> {
    check_version(rusqlite::version_number(), rusqlite::version())?;
    // SQLite does not wait for the lock under which a new file gets its mode, so we do.
    let deadline = Instant::now() + options.lock_timeout;
    loop {
        match attempt(path, options, writer) {
            Err(Error::Busy) if Instant::now() < deadline => std::thread::sleep(PAUSE),
            ended => return ended,
        }
    }
}

fn attempt(path: &Path, options: &Options, writer: bool) -> Result<Connection, Error> {
    // Readers open for writing too: in WAL mode even a reader must be able to update the shared index.
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if writer && options.create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = Connection::open_with_flags(path, flags);
    let connection = connection.map_err(|error| translate(None, "to open the file", error))?;
    configure(&connection, options, writer).map_err(|error| translate(None, "its settings", error))?;
    Ok(connection)
}

fn check_version(number: i32, text: &str) -> Result<(), Error> {
    if number >= REQUIRED.0 {
        return Ok(());
    }
    Err(Error::TooOld {
        engine: "SQLite",
        found: text.to_owned(),
        required: REQUIRED.1,
    })
}

fn configure(connection: &Connection, options: &Options, writer: bool) -> rusqlite::Result<()> {
    connection.busy_timeout(options.lock_timeout)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    let kibibytes = i64::try_from(options.cache_bytes / 1024).unwrap_or(i64::MAX);
    if writer {
        connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.pragma_update(None, "journal_size_limit", LOG_BYTES_MAX)?;
        if let Some(pages) = options.pages_max {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
    } else {
        connection.pragma_update(None, "query_only", true)?;
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -kibibytes)?;
    connection.pragma_update(None, "mmap_size", MAPPED_BYTES_MAX)?;
    connection.pragma_update(None, "temp_store", "memory")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_can_corrupt_are_refused() {
        assert!(check_version(3_051_003, "3.51.3").is_ok());
        let refused = check_version(3_051_002, "3.51.2");
        assert!(matches!(refused, Err(Error::TooOld { found, .. }) if found == "3.51.2"));
    }
}
