//! What a closure may do inside one transaction: run statements, nothing else.
//! It must not be kept beyond the closure, which its lifetime sees to.

use crate::error::Error;
use crate::options::Engine;
use crate::row::Row;
use crate::statement::{Call, Reply, Shape, Statement};
use crate::value::Value;
use crate::{postgres, sqlite};
use std::time::Duration;

/// A transaction on one connection. It begins with its first statement; `Ok` of the closure commits it.
///
/// After a statement failed, every further one answers `Error::Aborted`, and so does the commit: PostgreSQL cannot go
/// on, and SQLite is held to the same. After `finish` every further one answers `Error::Aborted` too.
pub struct Transaction<'a>(Session<'a>);

enum Session<'a> {
    Sqlite(&'a mut sqlite::session::Session),
    Postgres(&'a mut postgres::session::Session),
}

impl<'a> Transaction<'a> {
    pub(crate) fn on_sqlite(session: &'a mut sqlite::session::Session) -> Transaction<'a> {
        Transaction(Session::Sqlite(session))
    }

    pub(crate) fn on_postgres(session: &'a mut postgres::session::Session) -> Transaction<'a> {
        Transaction(Session::Postgres(session))
    }

    /// The engine this runs on.
    pub fn engine(&self) -> Engine {
        match self.0 {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows of a statement.
    ///
    /// # Errors
    /// Whatever the engine refuses; see [`Error`].
    pub fn rows(&mut self, statement: &Statement, values: &[Value]) -> Result<Vec<Row>, Error> {
        self.call(Call::rows(statement, values)).map(Reply::into_rows)
    }

    /// The first row of a statement, if there is one.
    ///
    /// # Errors
    /// Whatever the engine refuses; see [`Error`].
    pub fn row(&mut self, statement: &Statement, values: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.rows(statement, values)?.into_iter().next())
    }

    /// Runs a statement and says how many rows it touched.
    ///
    /// # Errors
    /// Whatever the engine refuses; see [`Error`].
    pub fn run(&mut self, statement: &Statement, values: &[Value]) -> Result<u64, Error> {
        self.call(Call::run(statement, values)).map(|reply| reply.affected())
    }

    /// Runs a statement once for each row of parameters and gathers the rows, in the order of `each`.
    ///
    /// The first parameters of the statement are `shared`, the following ones come from the row. PostgreSQL takes all
    /// in one statement, so the rows of `each` must not touch the same row of a table twice.
    ///
    /// # Errors
    /// Whatever the engine refuses; see [`Error`].
    pub fn rows_many(
        &mut self,
        statement: &Statement,
        shared: &[Value],
        each: &[Vec<Value>],
    ) -> Result<Vec<Row>, Error> {
        let call = Call::rows_many(statement, shared, each);
        self.call(call).map(Reply::into_rows)
    }

    /// Runs a statement once for each row of parameters and says how many rows were touched. See `rows_many`.
    ///
    /// # Errors
    /// Whatever the engine refuses; see [`Error`].
    pub fn run_many(&mut self, statement: &Statement, shared: &[Value], each: &[Vec<Value>]) -> Result<u64, Error> {
        let call = Call::run_many(statement, shared, each);
        self.call(call).map(|reply| reply.affected())
    }

    /// Runs several statements in order: in one round trip on PostgreSQL. The answers come in the same order.
    ///
    /// # Errors
    /// The first failure; what came after it did not happen.
    pub fn pipeline(&mut self, calls: &[Call<'_>]) -> Result<Vec<Reply>, Error> {
        match &mut self.0 {
            Session::Sqlite(session) => session.pipeline(calls),
            Session::Postgres(session) => session.pipeline(calls),
        }
    }

    /// Runs several statements in order and commits: all in one round trip on PostgreSQL. Nothing may follow, and the
    /// closure must answer `Ok` when this did: what was committed stays. A notice is told as `notify` does, but after
    /// the commit, so that commits need not queue for the right to tell; it may be told of a commit that failed.
    ///
    /// # Errors
    /// The first failure; nothing was kept then, unless it is `Error::OutcomeUnknown`.
    pub fn finish(&mut self, calls: &[Call<'_>], notice: Option<&str>) -> Result<Vec<Reply>, Error> {
        match &mut self.0 {
            Session::Sqlite(session) => session.finish_with(calls),
            Session::Postgres(session) => session.finish_with(calls, notice),
        }
    }

    /// How long a statement of this transaction waits for a lock that somebody else holds, where it should not be as
    /// long as usual. Said before the first statement. SQLite has one lock, for which it waits when it begins, as long as
    /// ever.
    pub fn wait_for_locks(&mut self, limit: Duration) {
        match &mut self.0 {
            Session::Sqlite(_) => {}
            Session::Postgres(session) => session.wait_for_locks(limit),
        }
    }

    /// Tells the other processes, when this transaction commits, that something changed. SQLite needs no telling.
    /// A payload has less than 8,000 bytes.
    ///
    /// # Errors
    /// Whatever the engine refuses; see [`Error`].
    pub fn notify(&mut self, payload: &str) -> Result<(), Error> {
        match &mut self.0 {
            Session::Sqlite(_) => Ok(()),
            Session::Postgres(session) => {
                let values = [Value::from(payload)];
                session.pipeline(&[Call::run(&NOTIFY, &values)])?;
                Ok(())
            }
        }
    }

    /// Prepares a statement without running it and says what it takes and returns.
    ///
    /// # Errors
    /// `Error::Statement` or `Error::Other` where the engine does not understand it, or where PostgreSQL takes a
    /// parameter as a type outside the dialect: `$1 + 1` reads four bytes, `cast($1 as bigint) + 1` is meant.
    pub fn describe(&mut self, statement: &Statement) -> Result<Shape, Error> {
        match &mut self.0 {
            Session::Sqlite(session) => session.describe(statement),
            Session::Postgres(session) => session.describe(statement),
        }
    }

    /// Whether the bulk form with so many shared parameters is one statement. Where it is not, `run_many` sends one
    /// statement a row. Prepares the bulk form. Always true on SQLite, where each form loops.
    ///
    /// # Errors
    /// As `describe`.
    pub fn describe_many(&mut self, statement: &Statement, shared: usize) -> Result<bool, Error> {
        match &mut self.0 {
            Session::Sqlite(session) => session.describe(statement).map(|_| true),
            Session::Postgres(session) => session.describe_many(statement, shared),
        }
    }

    /// Runs a text of several statements without parameters.
    pub(crate) fn script(&mut self, text: &str) -> Result<(), Error> {
        match &mut self.0 {
            Session::Sqlite(session) => session.script(text),
            Session::Postgres(session) => session.script(text),
        }
    }

    fn call(&mut self, call: Call<'_>) -> Result<Reply, Error> {
        match &mut self.0 {
            Session::Sqlite(session) => session.call(&call),
            Session::Postgres(session) => {
                let replies = session.pipeline(&[call])?;
                Ok(replies.into_iter().next().unwrap_or(Reply::Affected(0)))
            }
        }
    }
}

pub(crate) const NOTIFY: Statement = Statement::new("db.notify", "select pg_notify('trei', $1)");
