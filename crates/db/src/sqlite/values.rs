//! Values on their way into and out of SQLite.
//! It must not know the declared type of a column: 16 bytes are bytes, a truth value is 0 or 1.

use crate::row::Row;
use crate::value::Value;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Statement, ToSql};

struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self.0 {
            Value::Null => ValueRef::Null,
            Value::Uuid(uuid) => ValueRef::Blob(uuid.as_bytes()),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Bool(truth) => ValueRef::Integer(i64::from(*truth)),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

/// Binds values to the parameters that follow the first `before` ones.
pub(super) fn bind(statement: &mut Statement<'_>, before: usize, values: &[Value]) -> rusqlite::Result<()> {
    for (index, value) in values.iter().enumerate() {
        statement.raw_bind_parameter(before + index + 1, Bound(value))?;
    }
    Ok(())
}

/// Steps through the answer and copies each row out: it is gone with the next step.
pub(super) fn gather(statement: &mut Statement<'_>, out: &mut Vec<Row>) -> rusqlite::Result<()> {
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let value = |index| Ok(own(row.get_ref(index)?));
        let values = (0..columns).map(value).collect::<rusqlite::Result<_>>()?;
        out.push(Row::of_values(values));
    }
    Ok(())
}

fn own(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        // No column of the dialect holds one; shown as text, so that a mistake is seen and not rounded away.
        ValueRef::Real(number) => Value::Text(number.to_string()),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
