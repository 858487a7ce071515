//! One connection and the transaction on it.
//! It must not know of threads or queues.

use super::checkpoint::Checkpoints;
use super::failure::{is_lasting, translate};
use super::values::{bind, gather};
use crate::error::Error;
use crate::options::Engine;
use crate::row::Row;
use crate::statement::{Call, Reply, Shape, Statement};
use crate::text::for_engine;
use crate::value::Value;
use rusqlite::{CachedStatement, Connection};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

/// A connection, and where its transaction stands.
pub(crate) struct Session {
    connection: Connection,
    checkpoints: Option<Checkpoints>,
    texts: HashMap<(usize, usize), Rc<str>>,
    begun: bool,
    failed: bool,
    /// Committed before its closure ended.
    finished: bool,
    /// Why the disk is not trusted any more: the first failure, since what follows only says that it was closed.
    poison: Option<String>,
}

impl Session {
    pub(super) fn new(connection: Connection, writer: bool, lock_timeout: Duration) -> Session {
        let checkpoints = writer.then(|| Checkpoints::new(&connection, lock_timeout));
        Session {
            connection,
            checkpoints,
            texts: HashMap::new(),
            begun: false,
            failed: false,
            finished: false,
            poison: None,
        }
    }

    pub(crate) fn pipeline(&mut self, calls: &[Call<'_>]) -> Result<Vec<Reply>, Error> {
        calls.iter().map(|call| self.call(call)).collect()
    }

    pub(crate) fn call(&mut self, call: &Call<'_>) -> Result<Reply, Error> {
        self.begin()?;
        let result = self.text(call.statement).and_then(|text| self.perform(&text, call));
        self.failed |= result.is_err();
        result
    }

    /// Runs the calls and commits. What failed is rolled back when the closure ends.
    pub(crate) fn finish_with(&mut self, calls: &[Call<'_>]) -> Result<Vec<Reply>, Error> {
        if self.failed || self.finished {
            return Err(Error::Aborted);
        }
        let replies = self.pipeline(calls)?;
        if std::mem::take(&mut self.begun)
            && let Err(error) = self.commit()
        {
            (self.begun, self.failed) = (true, true);
            return Err(error);
        }
        self.finished = true;
        Ok(replies)
    }

    pub(crate) fn script(&mut self, text: &str) -> Result<(), Error> {
        self.begin()?;
        let result = self.connection.execute_batch(text);
        let result = result.map_err(|error| self.failure("script", error));
        self.failed |= result.is_err();
        result
    }

    pub(crate) fn describe(&mut self, statement: &Statement) -> Result<Shape, Error> {
        let text = self.text(statement)?;
        let prepared = self.prepare(&text, statement.name)?;
        let columns = prepared.column_names().into_iter().map(str::to_owned);
        Ok(Shape {
            parameters: prepared.parameter_count(),
            columns: columns.collect(),
            types: Vec::new(),
        })
    }

    /// Commits or rolls back, if anything was begun.
    pub(super) fn end(&mut self, commit: bool) -> Result<(), Error> {
        let failed = std::mem::take(&mut self.failed);
        if std::mem::take(&mut self.finished) {
            return Ok(());
        }
        if !std::mem::take(&mut self.begun) {
            return if commit && failed { Err(Error::Aborted) } else { Ok(()) };
        }
        let result = if !commit {
            Ok(())
        } else if failed {
            Err(Error::Aborted)
        } else {
            self.commit()
        };
        // Some failures, a full disk among them, have rolled back already.
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("rollback")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
        result
    }

    /// Why the disk refused to keep something, after which nothing more may be written.
    pub(super) fn poison(&self) -> Option<&str> {
        self.poison.as_deref()
    }

    pub(super) fn checkpoint(&mut self, idle: bool) {
        if let Some(checkpoints) = &mut self.checkpoints
            && let Err(error) = checkpoints.tend(&self.connection, idle)
        {
            self.poison.get_or_insert_with(|| format!("to copy the log: {error}"));
        }
    }

    /// A number that changes when another connection commits.
    pub(super) fn data_version(&self) -> i64 {
        let version = self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0));
        version.unwrap_or_default()
    }

    pub(super) fn finish(&mut self) {
        if let Some(checkpoints) = &mut self.checkpoints
            && self.poison.is_none()
        {
            checkpoints.finish(&self.connection);
        }
    }

    fn begin(&mut self) -> Result<(), Error> {
        if self.failed || self.finished {
            return Err(Error::Aborted);
        }
        if self.begun {
            return Ok(());
        }
        // `immediate` takes the write lock first, so that a transaction never has to be given up half way.
        let writer = self.checkpoints.is_some();
        let begin = if writer { "begin immediate" } else { "begin" };
        let begun = self.connection.prepare_cached(begin);
        match begun.and_then(|mut begin| begin.execute([])) {
            Ok(_) => self.begun = true,
            Err(error) => {
                self.failed = true;
                return Err(self.failure("begin", error));
            }
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Error> {
        let commit = self.connection.prepare_cached("commit");
        let Err(error) = commit.and_then(|mut commit| commit.execute([])) else {
            return Ok(());
        };
        if is_lasting(&error) {
            self.poison.get_or_insert_with(|| format!("to commit: {error}"));
            let source = Box::new(error);
            return Err(Error::OutcomeUnknown { source });
        }
        Err(self.failure("commit", error))
    }

    fn text(&mut self, statement: &Statement) -> Result<Rc<str>, Error> {
        if let Some(text) = self.texts.get(&statement.key()) {
            return Ok(text.clone());
        }
        let text = for_engine(statement.text, Engine::Sqlite);
        let text: Rc<str> = text.map_err(|reason| Error::statement(statement.name, reason))?.into();
        self.texts.insert(statement.key(), text.clone());
        Ok(text)
    }

    fn prepare(&self, text: &str, name: &str) -> Result<CachedStatement<'_>, Error> {
        let prepared = self.connection.prepare_cached(text);
        prepared.map_err(|error| self.failure(name, error))
    }

    fn perform(&self, text: &str, call: &Call<'_>) -> Result<Reply, Error> {
        let name = call.statement.name;
        let varying = call.varying()?;
        let empty: [Vec<Value>; 1] = [Vec::new()];
        let each = call.each.unwrap_or(&empty);
        let mut rows = Vec::new();
        let mut affected = 0;
        if each.is_empty() {
            return Ok(reply(call.rows, rows, affected));
        }
        let mut statement = self.prepare(text, name)?;
        let given = call.shared.len() + varying;
        if statement.parameter_count() != given {
            let reason = format!("{given} parameters instead of {}", statement.parameter_count());
            return Err(Error::statement(name, reason));
        }
        let counts_only = statement.column_count() == 0;
        let mut work = || {
            bind(&mut statement, 0, call.shared)?;
            for values in each {
                bind(&mut statement, call.shared.len(), values)?;
                if counts_only {
                    affected += statement.raw_execute()? as u64;
                } else {
                    gather(&mut statement, &mut rows)?;
                }
            }
            Ok(())
        };
        let result = work();
        result.map_err(|error| self.failure(name, error))?;
        Ok(reply(call.rows, rows, affected))
    }

    fn failure(&self, name: &str, error: rusqlite::Error) -> Error {
        translate(Some(&self.connection), name, error)
    }
}

/// A statement that returns rows but was run for its count touched as many as it returned.
fn reply(wanted: bool, rows: Vec<Row>, affected: u64) -> Reply {
    if wanted {
        Reply::Rows(rows)
    } else {
        Reply::Affected(affected + rows.len() as u64)
    }
}
