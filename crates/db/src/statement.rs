//! A named text of SQL in the portable dialect, and a call of it.
//! It must not know what any statement is for.

use crate::error::Error;
use crate::row::Row;
use crate::value::Value;

/// One statement: parameters are `$1, $2, …`; `/*pg … */` counts on PostgreSQL only, `/*sqlite … */` on SQLite only.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// Where it stands in the catalogue; appears in errors and logs.
    pub name: &'static str,
    /// The text, the same for both engines.
    pub text: &'static str,
}

impl Statement {
    /// A statement for the catalogue.
    pub const fn new(name: &'static str, text: &'static str) -> Statement {
        Statement { name, text }
    }

    /// Where the text lies in memory, which identifies it: texts are constants.
    pub(crate) fn key(&self) -> (usize, usize) {
        (self.text.as_ptr() as usize, self.text.len())
    }
}

/// One statement with its parameters, to be sent with others in [`crate::Transaction::pipeline`].
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub(crate) statement: &'a Statement,
    pub(crate) shared: &'a [Value],
    pub(crate) each: Option<&'a [Vec<Value>]>,
    pub(crate) rows: bool,
}

impl<'a> Call<'a> {
    /// Like `Transaction::rows`.
    pub fn rows(statement: &'a Statement, values: &'a [Value]) -> Call<'a> {
        Call::new(statement, values, None, true)
    }

    /// Like `Transaction::run`.
    pub fn run(statement: &'a Statement, values: &'a [Value]) -> Call<'a> {
        Call::new(statement, values, None, false)
    }

    /// Like `Transaction::rows_many`.
    pub fn rows_many(statement: &'a Statement, shared: &'a [Value], each: &'a [Vec<Value>]) -> Call<'a> {
        Call::new(statement, shared, Some(each), true)
    }

    /// Like `Transaction::run_many`.
    pub fn run_many(statement: &'a Statement, shared: &'a [Value], each: &'a [Vec<Value>]) -> Call<'a> {
        Call::new(statement, shared, Some(each), false)
    }

    fn new(statement: &'a Statement, shared: &'a [Value], each: Option<&'a [Vec<Value>]>, rows: bool) -> Call<'a> {
        Call {
            statement,
            shared,
            each,
            rows,
        }
    }

    /// The number of parameters each row varies in; an error where the rows differ in length.
    pub(crate) fn varying(&self) -> Result<usize, Error> {
        let each = self.each.unwrap_or_default();
        let width = each.first().map_or(0, Vec::len);
        if each.iter().any(|row| row.len() != width) {
            let reason = "the rows of a bulk call differ in length";
            return Err(Error::statement(self.statement.name, reason));
        }
        Ok(width)
    }
}

/// The answer to one [`Call`].
#[derive(Debug)]
pub enum Reply {
    /// The rows of a `rows` or `rows_many` call.
    Rows(Vec<Row>),
    /// The number of rows a `run` or `run_many` call touched.
    Affected(u64),
}

impl Reply {
    /// The rows; none for a call that only counts.
    pub fn into_rows(self) -> Vec<Row> {
        match self {
            Reply::Rows(rows) => rows,
            Reply::Affected(_) => Vec::new(),
        }
    }

    /// The number of rows returned or touched.
    pub fn affected(&self) -> u64 {
        match self {
            Reply::Rows(rows) => rows.len() as u64,
            Reply::Affected(count) => *count,
        }
    }
}

/// What the engine knows of a statement, for the test that compares the engines.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// How many parameters it takes.
    pub parameters: usize,
    /// The names of the columns it returns.
    pub columns: Vec<String>,
    /// The types of its parameters, where the engine knows them: SQLite does not.
    pub types: Vec<String>,
}
