//! One row of an answer. It keeps what the engine sent and converts a column when it is asked for.
//! It must not know which statement it came from.

use crate::error::Error;
use crate::postgres::values::Raw;
use crate::value::{FromValue, Value, ValueRef};

/// A row; columns are counted from 0 in the order of the statement.
#[derive(Debug)]
pub struct Row(Columns);

#[derive(Debug)]
enum Columns {
    Values(Box<[Value]>),
    Postgres(tokio_postgres::Row),
}

impl Row {
    pub(crate) fn of_values(values: Box<[Value]>) -> Row {
        Row(Columns::Values(values))
    }

    pub(crate) fn of_postgres(row: tokio_postgres::Row) -> Row {
        Row(Columns::Postgres(row))
    }

    /// The column at `index` as `T`.
    ///
    /// # Errors
    /// `Error::Column` where there is no such column or it is of another type, `Null` included.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, Error> {
        let found = match &self.0 {
            Columns::Values(values) => values.get(index).map(Value::as_ref),
            Columns::Postgres(row) => match row.try_get::<usize, Raw<'_>>(index) {
                Ok(Raw(value)) => Some(value),
                Err(error) => return Err(unreadable::<T>(index, error.to_string())),
            },
        };
        let Some(value) = found else {
            return Err(unreadable::<T>(index, "missing".to_owned()));
        };
        T::from_value(value).ok_or_else(|| unreadable::<T>(index, value.kind().to_owned()))
    }

    /// The column at `index` without a copy.
    ///
    /// # Errors
    /// `Error::Column` where there is no such column.
    pub fn value(&self, index: usize) -> Result<ValueRef<'_>, Error> {
        let found = match &self.0 {
            Columns::Values(values) => values.get(index).map(Value::as_ref),
            Columns::Postgres(row) => row.try_get(index).ok().map(|Raw(value)| value),
        };
        found.ok_or_else(|| Error::Column {
            index,
            expected: "a value",
            found: "missing or of a type outside the dialect".to_owned(),
        })
    }
}

fn unreadable<T: FromValue>(index: usize, found: String) -> Error {
    Error::Column {
        index,
        expected: T::EXPECTED,
        found,
    }
}
