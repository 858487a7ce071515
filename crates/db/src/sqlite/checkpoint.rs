//! When the writer copies the log back into the file. Our own choice, because the automatic one costs a quarter of
//! the throughput and a separate thread lets the log grow without end.
//! It must not run inside a transaction.

use super::failure::is_lasting;
use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::cell::Cell;
use std::time::Duration;

/// Pages in the log from which a pause is used to copy them.
const IDLE_PAGES: i32 = 500;
/// Pages in the log from which they are copied between two transactions.
const BUSY_PAGES: i32 = 4_000;
/// Pages after which we wait for readers, so that the log can start again from its beginning.
const RESTART_PAGES: i32 = 16_000;
/// Pages after which the log file is also cut.
const TRUNCATE_PAGES: i32 = 64_000;
/// How long a restart may wait for readers; whoever writes waits as long.
const PATIENCE: Duration = Duration::from_millis(100);

thread_local! {
    /// The hook is a plain function, and each writer has its own thread.
    static PAGES: Cell<i32> = const { Cell::new(0) };
}

fn note(_: &Wal, pages: i32) -> rusqlite::Result<()> {
    PAGES.set(pages);
    Ok(())
}

/// Counts the pages in the log and decides what to do about them.
pub(super) struct Checkpoints {
    /// Pages in the log when the last attempt ended without emptying it; the next one waits for more.
    left: i32,
    lock_timeout: Duration,
}

impl Checkpoints {
    pub(super) fn new(connection: &Connection, lock_timeout: Duration) -> Checkpoints {
        connection.wal_hook(Some(note));
        Checkpoints { left: 0, lock_timeout }
    }

    /// Called between transactions; `idle` when nothing waits. An error means that the disk failed for good: to try
    /// again could lose what the log still holds.
    pub(super) fn tend(&mut self, connection: &Connection, idle: bool) -> rusqlite::Result<()> {
        let pages = PAGES.get();
        if pages < self.left {
            // The log has started again.
            self.left = 0;
        }
        let due = if idle { IDLE_PAGES } else { BUSY_PAGES };
        if pages - self.left < due {
            return Ok(());
        }
        let mode = match pages {
            TRUNCATE_PAGES.. => "truncate",
            RESTART_PAGES.. => "restart",
            _ => "passive",
        };
        match self.run(connection, mode) {
            Ok((log, copied)) if log == copied => {
                PAGES.set(0);
                self.left = 0;
            }
            Ok((log, _)) => self.left = log,
            Err(error) if is_lasting(&error) => return Err(error),
            Err(error) => {
                self.left = pages;
                tracing::warn!(%error, mode, pages, "the log of the database could not be copied");
            }
        }
        Ok(())
    }

    /// Leaves a file that needs no log.
    pub(super) fn finish(&mut self, connection: &Connection) {
        if let Err(error) = self.run(connection, "truncate") {
            tracing::warn!(%error, "the log of the database could not be emptied at the end");
        }
    }

    /// Pages in the log, and how many of them are now in the file.
    fn run(&self, connection: &Connection, mode: &str) -> rusqlite::Result<(i32, i32)> {
        connection.busy_timeout(PATIENCE)?;
        let counts = connection.query_row(&format!("pragma wal_checkpoint({mode})"), [], |row| {
            Ok((row.get(1)?, row.get(2)?))
        });
        connection.busy_timeout(self.lock_timeout)?;
        counts
    }
}
