//! One connection and the transaction on it, driven synchronously by its thread.
//! It must not know of queues.

use super::connect::Connector;
use super::failure::{is_lost, is_stale, translate, translate_commit};
use super::values::Column;
use crate::bulk;
use crate::error::Error;
use crate::options::Engine;
use crate::row::Row;
use crate::statement::{Call, Reply, Shape, Statement};
use crate::text::for_engine;
use crate::value::Value;
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio_postgres::Client;
use tokio_postgres::types::{ToSql, Type};

/// Whether a session writes or only reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
}

const PAUSE_MIN: Duration = Duration::from_millis(50);
const PAUSE_MAX: Duration = Duration::from_secs(2);

/// A statement the server has prepared.
struct Prepared {
    statement: tokio_postgres::Statement,
    /// Each row of parameters is one call: there is no bulk form.
    single: bool,
    /// The last column tells to which row of parameters a row belongs.
    numbered: bool,
}

/// The place of the text, and the number of shared parameters of a bulk form.
type Key = ((usize, usize), Option<usize>);

/// A connection, and where its transaction stands.
pub(crate) struct Session {
    // Before the runtime, so that it is dropped first and the server is told.
    client: Option<Client>,
    runtime: Runtime,
    connector: Connector,
    kind: Kind,
    statements: HashMap<Key, Rc<Prepared>>,
    begun: bool,
    failed: bool,
    pause: Duration,
    retry_at: Option<Instant>,
}

/// The types a parameter may have.
const DIALECT: [Type; 5] = [Type::UUID, Type::TEXT, Type::INT8, Type::BOOL, Type::BYTEA];

type Answer = Result<Reply, tokio_postgres::Error>;
type Pending<'a> = Pin<Box<dyn Future<Output = Answer> + 'a>>;

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
            pause: PAUSE_MIN,
            retry_at: None,
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
        if self
            .client
            .as_ref()
            .is_some_and(|client| !client.is_closed())
        {
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

    pub(crate) fn pipeline(&mut self, calls: &[Call<'_>]) -> Result<Vec<Reply>, Error> {
        if self.failed {
            return Err(Error::Aborted);
        }
        let result = self.attempt(calls);
        self.failed |= result.is_err();
        result
    }

    fn attempt(&mut self, calls: &[Call<'_>]) -> Result<Vec<Reply>, Error> {
        if !self.begun {
            self.connect()?;
        }
        let mut prepared = Vec::with_capacity(calls.len());
        for call in calls {
            call.varying()?;
            let shared = call.each.map(|_| call.shared.len());
            prepared.push(self.prepared(call.statement, shared)?);
        }
        let client = self
            .client
            .as_ref()
            .ok_or(Error::ConnectionLost { source: None })?;
        let mut names = Vec::new();
        let mut pending: Vec<Pending<'_>> = Vec::new();
        if !self.begun {
            names.push("begin");
            pending.push(Box::pin(begin(client, self.kind)));
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
        let limit = self.connector.answer_timeout;
        let answers = async { tokio::time::timeout(limit, in_order(pending)).await };
        let answers = match self.runtime.block_on(answers) {
            Ok(answers) => answers,
            Err(elapsed) => {
                self.client = None;
                return Err(Error::lost(elapsed));
            }
        };
        let mut replies = Vec::with_capacity(answers.len());
        for (answer, name) in answers.into_iter().zip(names) {
            replies.push(answer.map_err(|error| self.failure(name, error))?);
        }
        Ok(gather(calls, &shares, replies.split_off(first)))
    }

    /// Runs a text of several statements without parameters. It may take as long as it needs.
    pub(crate) fn script(&mut self, text: &str) -> Result<(), Error> {
        self.pipeline(&[])?;
        let client = self
            .client
            .as_ref()
            .ok_or(Error::ConnectionLost { source: None })?;
        let work = async {
            client
                .batch_execute("set local statement_timeout = 0")
                .await?;
            client.batch_execute(text).await
        };
        let result = self.runtime.block_on(work);
        // Prepared statements may not fit the schema any more.
        self.statements.clear();
        let result = result.map_err(|error| self.failure("script", error));
        self.failed |= result.is_err();
        result
    }

    pub(crate) fn describe(&mut self, statement: &Statement) -> Result<Shape, Error> {
        self.connect()?;
        let prepared = self.prepared(statement, None)?;
        let outside = |kind: &&Type| !DIALECT.contains(kind);
        if let Some(kind) = prepared.statement.params().iter().find(outside) {
            // Such as `$1 + 1`, which the server reads as four bytes: the value would not fit one day.
            let reason = format!("a parameter is taken as {kind}; write cast($n as bigint)");
            return Err(Error::statement(statement.name, reason));
        }
        let columns = prepared.statement.columns().iter();
        Ok(Shape {
            parameters: prepared.statement.params().len(),
            columns: columns.map(|column| column.name().to_owned()).collect(),
        })
    }

    pub(crate) fn describe_many(
        &mut self,
        statement: &Statement,
        shared: usize,
    ) -> Result<bool, Error> {
        self.connect()?;
        Ok(!self.prepared(statement, Some(shared))?.single)
    }

    /// Commits or rolls back, if anything was begun.
    pub(super) fn end(&mut self, commit: bool) -> Result<(), Error> {
        let failed = std::mem::take(&mut self.failed);
        let begun = std::mem::take(&mut self.begun);
        let (wanted, verb) = match (commit, failed) {
            (true, true) => (Err(Error::Aborted), "rollback"),
            (true, false) => (Ok(()), "commit"),
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
                if !lost && verb == "commit" {
                    return Err(failure);
                }
                failure
            }
            Err(elapsed) => Error::OutcomeUnknown {
                source: Box::new(elapsed),
            },
        };
        self.client = None;
        if verb == "commit" {
            Err(failure)
        } else {
            wanted
        }
    }

    fn failure(&mut self, name: &str, error: tokio_postgres::Error) -> Error {
        if is_lost(&error) {
            self.client = None;
        }
        if is_stale(&error) {
            self.statements.clear();
            return Error::Serialization;
        }
        translate(name, error)
    }

    fn prepared(
        &mut self,
        statement: &Statement,
        shared: Option<usize>,
    ) -> Result<Rc<Prepared>, Error> {
        let key = (statement.key(), shared);
        if let Some(prepared) = self.statements.get(&key) {
            return Ok(prepared.clone());
        }
        let prepared = match shared {
            None => self.prepare_single(statement)?,
            Some(shared) => self.prepare_many(statement, shared)?,
        };
        let prepared = Rc::new(prepared);
        self.statements.insert(key, prepared.clone());
        Ok(prepared)
    }

    fn prepare_single(&mut self, statement: &Statement) -> Result<Prepared, Error> {
        let text = for_engine(statement.text, Engine::Postgres);
        let text = text.map_err(|reason| Error::statement(statement.name, reason))?;
        Ok(Prepared {
            statement: self.prepare(statement.name, &text)?,
            single: true,
            numbered: false,
        })
    }

    fn prepare_many(&mut self, statement: &Statement, shared: usize) -> Result<Prepared, Error> {
        let single = self.prepared(statement, None)?;
        let types = single
            .statement
            .params()
            .iter()
            .map(|kind| kind.name().to_owned());
        let types: Vec<String> = types.collect();
        let text = for_engine(statement.text, Engine::Postgres);
        let text = text.map_err(|reason| Error::statement(statement.name, reason))?;
        let Some(bulk) = bulk::rewrite(&text, shared, &types) else {
            tracing::debug!(statement = statement.name, "has no bulk form");
            return Ok(Prepared {
                statement: single.statement.clone(),
                single: true,
                numbered: false,
            });
        };
        Ok(Prepared {
            statement: self.prepare(statement.name, &bulk.text)?,
            single: false,
            numbered: bulk.numbered,
        })
    }

    fn prepare(&mut self, name: &str, text: &str) -> Result<tokio_postgres::Statement, Error> {
        let client = self
            .client
            .as_ref()
            .ok_or(Error::ConnectionLost { source: None })?;
        let limit = self.connector.answer_timeout;
        let prepare = async { tokio::time::timeout(limit, client.prepare(text)).await };
        match self.runtime.block_on(prepare) {
            Ok(prepared) => prepared.map_err(|error| self.failure(name, error)),
            Err(elapsed) => {
                self.client = None;
                Err(Error::lost(elapsed))
            }
        }
    }
}

async fn begin(client: &Client, kind: Kind) -> Answer {
    let text = match kind {
        // A closure that reads sees one state of the data, as it does on SQLite.
        Kind::Read => "begin isolation level repeatable read read only",
        Kind::Write => "begin isolation level read committed",
    };
    client.batch_execute(text).await?;
    Ok(Reply::Affected(0))
}

/// Adds what one call needs to the pipeline: one statement, or one a row where there is no bulk form.
fn enqueue<'a>(
    pending: &mut Vec<Pending<'a>>,
    client: &'a Client,
    prepared: &'a Prepared,
    call: &Call<'a>,
) {
    match call.each {
        Some(each) if prepared.single => {
            for values in each {
                let arguments = call.shared.iter().chain(values).map(as_argument);
                pending.push(Box::pin(send(
                    client,
                    prepared,
                    arguments.collect(),
                    call.rows,
                )));
            }
        }
        Some([]) => {}
        Some(each) => pending.push(Box::pin(send_columns(
            client,
            prepared,
            call.shared,
            each,
            call.rows,
        ))),
        None => {
            let arguments = call.shared.iter().map(as_argument).collect();
            pending.push(Box::pin(send(client, prepared, arguments, call.rows)));
        }
    }
}

fn as_argument<T: ToSql + Sync>(value: &T) -> &(dyn ToSql + Sync) {
    value
}

async fn send_columns(
    client: &Client,
    prepared: &Prepared,
    shared: &[Value],
    each: &[Vec<Value>],
    rows: bool,
) -> Answer {
    let width = each.first().map_or(0, Vec::len);
    let columns: Vec<Column<'_>> = (0..width).map(|index| Column { each, index }).collect();
    let arguments = shared.iter().map(as_argument);
    let arguments = arguments.chain(columns.iter().map(as_argument)).collect();
    send(client, prepared, arguments, rows).await
}

async fn send(
    client: &Client,
    prepared: &Prepared,
    arguments: Vec<&(dyn ToSql + Sync)>,
    rows: bool,
) -> Answer {
    if !rows {
        let affected = client.execute(&prepared.statement, &arguments).await?;
        return Ok(Reply::Affected(affected));
    }
    let mut found = client.query(&prepared.statement, &arguments).await?;
    if prepared.numbered {
        let last = prepared.statement.columns().len().saturating_sub(1);
        found.sort_by_key(|row| row.try_get::<usize, i64>(last).unwrap_or(i64::MAX));
    }
    Ok(Reply::Rows(
        found.into_iter().map(Row::of_postgres).collect(),
    ))
}

/// Sends everything before waiting for anything: the first poll of each future puts its request on the wire.
/// Answers come in the same order, so afterwards each is awaited in turn.
async fn in_order(pending: Vec<Pending<'_>>) -> Vec<Answer> {
    let mut waiting = Vec::with_capacity(pending.len());
    for mut future in pending {
        let first = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
        waiting.push((future, first));
    }
    let mut answers = Vec::with_capacity(waiting.len());
    for (future, first) in waiting {
        answers.push(match first {
            Poll::Ready(answer) => answer,
            Poll::Pending => future.await,
        });
    }
    answers
}

/// One reply for each call, out of as many answers as each call needed.
fn gather(calls: &[Call<'_>], shares: &[usize], answers: Vec<Reply>) -> Vec<Reply> {
    let mut answers = answers.into_iter();
    let one = |(call, share): (&Call<'_>, &usize)| {
        let mut own = answers.by_ref().take(*share);
        if call.rows {
            Reply::Rows(own.flat_map(Reply::into_rows).collect())
        } else {
            Reply::Affected(own.by_ref().map(|reply| reply.affected()).sum())
        }
    };
    calls.iter().zip(shares).map(one).collect()
}
