//! The port to SQLite and PostgreSQL: synchronous closures run in transactions on database threads.
//! It is the only crate with a driver, and must not know a word of what the data is about.
//!
//! ```no_run
//! # use db::{Db, Error, Options, Statement, params};
//! const ADD: Statement = Statement::new("visits.add", "insert into visits (id, day) values ($1, $2)");
//! # async fn example() -> Result<(), Error> {
//! let db = Db::open(&Options::parse("sqlite:visits.db")?).await?;
//! db.write(|tx| tx.run(&ADD, &params![7i64, "2026-03-02"])).await?;
//! # Ok(()) }
//! ```

mod about;
mod bulk;
mod error;
mod migrate;
mod options;
mod postgres;
mod row;
mod sqlite;
mod statement;
#[cfg(feature = "testing")]
pub mod temporary;
mod text;
mod transaction;
mod value;
mod worker;

pub use about::About;
pub use error::Error;
pub use migrate::{Migrated, Migration};
pub use options::{Engine, Options, Source};
pub use row::Row;
pub use statement::{Call, Reply, Shape, Statement};
pub use transaction::Transaction;
pub use value::{FromValue, Value, ValueRef};

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::thread::JoinHandle;
use tokio::sync::{broadcast, mpsc, watch};
use worker::Message;

/// An open database. Clones share its threads; the last one dropped lets them end.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    lanes: Vec<mpsc::Sender<Message>>,
    readers: mpsc::Sender<Message>,
    reader_count: usize,
    turn: AtomicUsize,
    changes: broadcast::Sender<String>,
    /// Dropped with the rest, which tells the listener to end.
    _open: watch::Sender<()>,
    /// Those that write, in the order of their lanes, then those that read.
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// What an engine hands over once its threads run.
pub(crate) struct Threads {
    pub(crate) lanes: Vec<mpsc::Sender<Message>>,
    pub(crate) readers: mpsc::Sender<Message>,
    pub(crate) reader_count: usize,
    pub(crate) handles: Vec<JoinHandle<()>>,
}

/// How many change notices may wait for a slow receiver before it misses some.
const CHANGES_MAX: usize = 1024;

impl Db {
    /// Opens the database: starts its threads and waits until each has its connection.
    ///
    /// # Errors
    /// `Error::TooOld`, `Error::Options`, `Error::ConnectionLost`, or what the engine says.
    pub async fn open(options: &Options) -> Result<Db, Error> {
        let (changes, _) = broadcast::channel(CHANGES_MAX);
        let (open, closed) = watch::channel(());
        let threads = match &options.source {
            Source::Sqlite(path) => sqlite::start(path, options, &changes).await?,
            Source::Postgres(url) => postgres::start(url, options, &changes, closed).await?,
        };
        let inner = Inner {
            engine: options.engine(),
            lanes: threads.lanes,
            readers: threads.readers,
            reader_count: threads.reader_count,
            turn: AtomicUsize::new(0),
            changes,
            _open: open,
            threads: Mutex::new(threads.handles),
        };
        Ok(Db { inner: Arc::new(inner) })
    }

    /// The engine behind it.
    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// The number of threads that write, each with its own queue.
    pub fn lanes(&self) -> usize {
        self.inner.lanes.len()
    }

    /// Whether a writer has ended for good: the disk refused to keep what it was given, or it was closed. Nothing can be
    /// written any more.
    pub fn has_stopped(&self) -> bool {
        self.inner.lanes.iter().any(mpsc::Sender::is_closed)
    }

    /// Waits until a writer has ended for good.
    pub async fn stopped(&self) {
        let mut ends: Vec<_> = self.inner.lanes.iter().map(|lane| Box::pin(lane.closed())).collect();
        std::future::poll_fn(|context| {
            let ended = ends.iter_mut().any(|end| end.as_mut().poll(context).is_ready());
            if ended { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Runs a closure that only reads, on one snapshot of the data.
    ///
    /// # Errors
    /// What the closure returns; `Error::ReadOnly` where it writes; `Error::Panicked`; `Error::Closed`.
    pub async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        worker::send(&self.inner.readers, closure).await
    }

    /// Runs a closure that may write, on the lane with most room. See `write_on`.
    ///
    /// # Errors
    /// As `write_on`.
    pub async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let lanes = self.lanes();
        let turn = self.inner.turn.fetch_add(1, Ordering::Relaxed);
        let room = |lane: &usize| self.inner.lanes[*lane].capacity();
        let lane = (0..lanes).map(|step| (turn + step) % lanes).max_by_key(room);
        self.write_on(lane.unwrap_or(0), closure).await
    }

    /// Runs a closure that may write, on one lane; lanes are counted from 0 and wrap around.
    ///
    /// `Ok` commits, `Err` rolls back. The future resolves after the commit is durable. Dropping the future does not
    /// stop the closure.
    ///
    /// # Errors
    /// What the closure returns, or the failure of the commit; `Error::Panicked`; `Error::Closed`.
    pub async fn write_on<T, E, F>(&self, lane: usize, closure: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
    {
        let lane = &self.inner.lanes[lane % self.lanes()];
        worker::send(lane, closure).await
    }

    /// Brings the schema up to the newest migration. Safe when several processes do it at once.
    ///
    /// # Errors
    /// `Error::NewerSchema` or `Error::OtherMigration` where the database is not of this program's history; what a
    /// migration's text makes the engine say.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<Migrated, Error> {
        migrate::run(self, migrations).await
    }

    /// Whether the schema is the one of these migrations. Nothing is written.
    ///
    /// # Errors
    /// `Error::OlderSchema` or `Error::NewerSchema` where it is of another time, `Error::OtherMigration` where the
    /// database is not of this program's history.
    pub async fn check(&self, migrations: &[Migration]) -> Result<(), Error> {
        let migrations: Arc<[Migration]> = migrations.into();
        self.read(move |tx| migrate::check(tx, &migrations)).await
    }

    /// Runs a text of several statements in one transaction. For tests, tools and imports.
    ///
    /// # Errors
    /// What the engine refuses.
    pub async fn execute_script(&self, text: &str) -> Result<(), Error> {
        let text = text.to_owned();
        self.write(move |tx| {
            let text = text::for_engine(&text, tx.engine());
            let text = text.map_err(|reason| Error::statement("script", reason))?;
            tx.script(&text)
        })
        .await
    }

    /// The engine's version and the settings that matter for durability and speed.
    ///
    /// # Errors
    /// What the engine refuses.
    pub async fn about(&self) -> Result<About, Error> {
        self.read(about::about).await
    }

    /// How many bytes the database takes on disk, without its log.
    ///
    /// # Errors
    /// What the engine refuses.
    pub async fn size(&self) -> Result<u64, Error> {
        self.read(about::size).await
    }

    /// Hears when other processes changed something. On PostgreSQL the payloads of their `notify`; on SQLite, and
    /// after a lost connection came back, an empty text: anything may have changed.
    pub fn changes(&self) -> broadcast::Receiver<String> {
        self.inner.changes.subscribe()
    }

    /// Finishes what is queued, then ends the threads. Clones answer `Error::Closed` afterwards.
    ///
    /// Readers end first: an SQLite connection that closes while another does leaves the log behind, and the last one
    /// should find itself alone.
    pub async fn close(self) {
        let threads = self.inner.threads.lock();
        let mut writers = std::mem::take(&mut *threads.unwrap_or_else(PoisonError::into_inner));
        let readers = writers.split_off(self.lanes().min(writers.len()));
        for _ in 0..self.inner.reader_count {
            let _ = self.inner.readers.send(Message::Stop).await;
        }
        join(readers).await;
        for lane in &self.inner.lanes {
            let _ = lane.send(Message::Stop).await;
        }
        join(writers).await;
    }
}

async fn join(threads: Vec<JoinHandle<()>>) {
    let joined = tokio::task::spawn_blocking(move || {
        for thread in threads {
            // A panic outside of a closure was already printed by the thread.
            let _ = thread.join();
        }
    });
    let _ = joined.await;
}
