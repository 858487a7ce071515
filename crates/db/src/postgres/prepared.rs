//! The statements a connection has prepared, each once, in its single and its bulk form.
//! It must not run them.

use super::session::Session;
use crate::bulk;
use crate::error::Error;
use crate::options::Engine;
use crate::statement::{Shape, Statement};
use crate::text::for_engine;
use std::rc::Rc;
use tokio_postgres::types::Type;

/// A statement the server has prepared.
pub(super) struct Prepared {
    pub(super) statement: tokio_postgres::Statement,
    /// Each row of parameters is one call: there is no bulk form.
    pub(super) single: bool,
    /// The last column tells to which row of parameters a row belongs.
    pub(super) numbered: bool,
}

/// The place of the text, and the number of shared parameters of a bulk form.
pub(super) type Key = ((usize, usize), Option<usize>);

/// The types a parameter may have.
const DIALECT: [Type; 5] = [Type::UUID, Type::TEXT, Type::INT8, Type::BOOL, Type::BYTEA];

impl Session {
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
            types: prepared
                .statement
                .params()
                .iter()
                .map(|kind| kind.name().to_owned())
                .collect(),
        })
    }

    pub(crate) fn describe_many(&mut self, statement: &Statement, shared: usize) -> Result<bool, Error> {
        self.connect()?;
        Ok(!self.prepared(statement, Some(shared))?.single)
    }

    pub(super) fn prepared(&mut self, statement: &Statement, shared: Option<usize>) -> Result<Rc<Prepared>, Error> {
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
        let types = single.statement.params().iter().map(|kind| kind.name().to_owned());
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
        let client = self.client.as_ref().ok_or(Error::ConnectionLost { source: None })?;
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
