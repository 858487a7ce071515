//! One connection and the transaction on it, driven synchronously by its thread.
//! It must not know of queues.

use super::connect::Connector;
use super::failure::{is_lost, is_stale, translate, translate_commit};
use super::pipeline::{Answer, COMMIT, Pending, begin, commit, enqueue, gather, in_order};
use super::prepared::{Key, Prepared};
use crate::error::Error;
use crate::statement::{Call, Reply};
use crate::transaction::NOTIFY;
use crate::value::Value;
use std::collections::HashMap;
use std::future::Future;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio_postgres::Client;

/// Whether a session writes or only reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
}

const PAUSE_MIN: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(2);

/// How long a plan of a prepared statement is kept, at first and in the long run. The server keeps a plan until it has
/// counted the table anew, and one made for an empty table is bad for a full one.
const REPLAN_MIN: Duration = Duration::from_secs(1);
const REPLAN_MAX: Duration = Duration::from_secs(60);

/// What follows the statements of one round trip.
#[derive(Clone, Copy)]
enum Then<'a> {
    GoOn,
    /// The commit, and then perhaps a notice.
    Commit(Option<&'a [Value; 1]>),
}

/// A connection, and where its transaction stands.
pub(crate) struct Session {
    // Before the runtime, so that it is dropped first and the server is told.
    pub(super) client: Option<Client>,
    pub(super) runtime: Runtime,
    pub(super) connector: Connector,
    kind: Kind,
    pub(super) statements: HashMap<Key, Rc<Prepared>>,
    begun: bool,
    failed: bool,
    /// Committed before its closure ended.
    finished: bool,
    /// How long the transaction that begins next waits for locks, where not as long as usual.
    lock_wait: Option<Duration>,
    pause: Duration,
    retry_at: Option<Instant>,
    replan_at: Instant,
    replan_pause: Duration,
}

impl Session {
    pub(super) fn new(runtime: Runtime, connector: Connector, kind: Kind) -> Session {
        Session {
            client: None,
            runtime,
            connector,
            kind,
            statements: HashMap::new(),
            begun: false,
            failed: false,
            finished: false,
            lock_wait: None,
            pause: PAUSE_MIN,
            retry_at: None,
            replan_at: Instant::now() + REPLAN_MIN,
            replan_pause: REPLAN_MIN,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Waits for something else while the connection is driven, so that its end is noticed.
    pub(super) fn wait_for<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Connects, unless connected. After a failure the next attempts are answered at once for a while.
    pub(super) fn connect(&mut self) -> Result<(), Error> {
        if self.client.as_ref().is_some_and(|client| !client.is_closed()) {
            return Ok(());
        }
        self.client = None;
        self.statements.clear();
        if self.retry_at.is_some_and(|at| Instant::now() < at) {
            return Err(Error::ConnectionLost { source: None });
        }
        match self.runtime.block_on(self.connector.connect()) {
            Ok(client) => {
                self.client = Some(client);
                self.replan_pause = REPLAN_MIN;
                self.replan_at = Instant::now() + REPLAN_MIN;
                self.pause = PAUSE_MIN;
                self.retry_at = None;
                Ok(())
            }
            Err(error) => {
                self.retry_at = Some(Instant::now() + self.pause);
                self.pause = (self.pause * 2).min(PAUSE_MAX);
                Err(error)
            }
        }
    }

    pub(crate) fn wait_for_locks(&mut self, limit: Duration) {
        self.lock_wait = Some(limit);
    }

    pub(crate) fn pipeline(&mut self, calls: &[Call<'_>]) -> Result<Vec<Reply>, Error> {
        self.send(calls, Then::GoOn)
    }

    /// Runs the calls and commits, in one round trip. A statement that fails makes the server roll back instead.
    pub(crate) fn finish_with(&mut self, calls: &[Call<'_>], notice: Option<&str>) -> Result<Vec<Reply>, Error> {
        let notice = notice.map(|payload| [Value::from(payload)]);
        let result = self.send(calls, Then::Commit(notice.as_ref()));
        self.finished = result.is_ok();
        result
    }

    fn send(&mut self, calls: &[Call<'_>], then: Then<'_>) -> Result<Vec<Reply>, Error> {
        if self.failed || self.finished {
            return Err(Error::Aborted);
        }
        let result = self.attempt(calls, then);
        self.failed |= result.is_err();
        result
    }

    fn attempt(&mut self, calls: &[Call<'_>], then: Then<'_>) -> Result<Vec<Reply>, Error> {
        if !self.begun {
            self.connect()?;
        }
        let mut prepared = Vec::with_capacity(calls.len());
        for call in calls {
            call.varying()?;
            let shared = call.each.map(|_| call.shared.len());
            prepared.push(self.prepared(call.statement, shared)?);
        }
        let (last, notice) = match then {
            Then::GoOn => (false, None),
            Then::Commit(notice) => (true, notice),
        };
        let told = notice.map(|_| self.prepared(&NOTIFY, None)).transpose()?;
        let client = self.client.as_ref().ok_or(Error::ConnectionLost { source: None })?;
        let mut names = Vec::new();
        let mut pending: Vec<Pending<'_>> = Vec::new();
        if !self.begun {
            names.push("begin");
            pending.push(Box::pin(begin(client, self.kind, self.lock_wait)));
            self.begun = true;
        }
        let first = pending.len();
        let mut shares = Vec::with_capacity(calls.len());
        for (call, prepared) in calls.iter().zip(&prepared) {
            let before = pending.len();
            enqueue(&mut pending, client, prepared, call);
            shares.push(pending.len() - before);
            names.resize(pending.len(), call.statement.name);
        }
        if last {
            names.push(COMMIT);
            pending.push(Box::pin(commit(client)));
        }
        if let (Some(told), Some(notice)) = (&told, notice) {
            enqueue(&mut pending, client, told, &Call::run(&NOTIFY, notice));
            names.push(NOTIFY.name);
        }
        let limit = self.connector.answer_timeout;
        let answers = async { tokio::time::timeout(limit, in_order(pending)).await };
        let answers = match self.runtime.block_on(answers) {
            Ok(answers) => answers,
            Err(elapsed) => {
                self.client = None;
                return Err(if last {
                    Error::unknown(elapsed)
                } else {
                    Error::lost(elapsed)
                });
            }
        };
        let mut replies = self.replies(answers, &names, last)?;
        Ok(gather(calls, &shares, replies.split_off(first)))
    }

    /// What was answered, or the first failure.
    fn replies(&mut self, answers: Vec<Answer>, names: &[&str], last: bool) -> Result<Vec<Reply>, Error> {
        let mut replies = Vec::with_capacity(answers.len());
        for (answer, &name) in answers.into_iter().zip(names) {
            match answer {
                Ok(reply) => replies.push(reply),
                // What is committed stays, whoever hears of it.
                Err(error) if name == NOTIFY.name && last => {
                    tracing::warn!(%error, "a notice could not be told");
                    if is_lost(&error) {
                        self.client = None;
                    }
                }
                // The commit is on its way with the rest: where the connection died, it may have arrived.
                Err(error) if last && (name == COMMIT || is_lost(&error)) => {
                    if is_lost(&error) {
                        self.client = None;
                    }
                    return Err(translate_commit(error));
                }
                Err(error) => return Err(self.failure(name, error)),
            }
        }
        Ok(replies)
    }

    /// Runs a text of several statements without parameters. It may take as long as it needs.
    pub(crate) fn script(&mut self, text: &str) -> Result<(), Error> {
        self.pipeline(&[])?;
        let client = self.client.as_ref().ok_or(Error::ConnectionLost { source: None })?;
        let work = async {
            client.batch_execute("set local statement_timeout = 0").await?;
            client.batch_execute(text).await
        };
        let result = self.runtime.block_on(work);
        // Prepared statements may not fit the schema any more.
        self.statements.clear();
        let result = result.map_err(|error| self.failure("script", error));
        self.failed |= result.is_err();
        result
    }

    /// Commits or rolls back, if anything was begun.
    pub(super) fn end(&mut self, commit: bool) -> Result<(), Error> {
        let failed = std::mem::take(&mut self.failed);
        let begun = std::mem::take(&mut self.begun);
        self.lock_wait = None;
        if std::mem::take(&mut self.finished) {
            return Ok(());
        }
        let (wanted, verb) = match (commit, failed) {
            (true, true) => (Err(Error::Aborted), "rollback"),
            (true, false) => (Ok(()), COMMIT),
            (false, _) => (Ok(()), "rollback"),
        };
        let (Some(client), true) = (&self.client, begun) else {
            return wanted;
        };
        let limit = self.connector.answer_timeout;
        let end = async { tokio::time::timeout(limit, client.batch_execute(verb)).await };
        let failure = match self.runtime.block_on(end) {
            Ok(Ok(())) => return wanted,
            Ok(Err(error)) => {
                let lost = is_lost(&error);
                let failure = translate_commit(error);
                // A deferred constraint may refuse at the commit: that connection is still good.
                if !lost && verb == COMMIT {
                    return Err(failure);
                }
                failure
            }
            Err(elapsed) => Error::unknown(elapsed),
        };
        self.client = None;
        if verb == COMMIT { Err(failure) } else { wanted }
    }

    /// Called between transactions: lets the server forget its plans from time to time.
    pub(super) fn tend(&mut self) {
        let (Some(client), true) = (&self.client, Instant::now() >= self.replan_at) else {
            return;
        };
        self.replan_pause = (self.replan_pause * 2).min(REPLAN_MAX);
        self.replan_at = Instant::now() + self.replan_pause;
        let limit = self.connector.answer_timeout;
        let replan = async { tokio::time::timeout(limit, client.batch_execute("discard plans")).await };
        if !matches!(self.runtime.block_on(replan), Ok(Ok(()))) {
            self.client = None;
        }
    }

    pub(super) fn failure(&mut self, name: &str, error: tokio_postgres::Error) -> Error {
        if is_lost(&error) {
            self.client = None;
        }
        if is_stale(&error) {
            self.statements.clear();
            return Error::Serialization;
        }
        translate(name, error)
    }
}
