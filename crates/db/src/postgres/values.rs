//! Values on their way into and out of PostgreSQL, in its binary form.
//! It must not know statements; the server says which type each parameter and column has.

use crate::value::{Value, ValueRef};
use bytes::{BufMut, BytesMut};
use std::error::Error as StdError;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type};
use uuid::Uuid;

type Cause = Box<dyn StdError + Sync + Send>;

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        match self {
            Value::Null => return Ok(IsNull::Yes),
            Value::Uuid(uuid) if *kind == Type::UUID => out.put_slice(uuid.as_bytes()),
            Value::Text(text) if is_text(kind) => out.put_slice(text.as_bytes()),
            Value::Int(number) => put_number(*number, kind, out)?,
            Value::Bool(truth) if *kind == Type::BOOL => out.put_u8(u8::from(*truth)),
            Value::Bytes(bytes) if *kind == Type::BYTEA => out.put_slice(bytes),
            other => return Err(misfit(other.as_ref().kind(), kind)),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        self.to_sql(kind, out)
    }
}

fn is_text(kind: &Type) -> bool {
    [Type::TEXT, Type::VARCHAR, Type::BPCHAR, Type::NAME, Type::UNKNOWN].contains(kind)
}

fn put_number(number: i64, kind: &Type, out: &mut BytesMut) -> Result<(), Cause> {
    if *kind == Type::INT8 {
        out.put_i64(number);
    } else if *kind == Type::INT4 {
        out.put_i32(i32::try_from(number)?);
    } else if *kind == Type::INT2 {
        out.put_i16(i16::try_from(number)?);
    } else {
        return Err(misfit("a whole number", kind));
    }
    Ok(())
}

fn misfit(value: &str, kind: &Type) -> Cause {
    format!("{value} was given for a parameter of type {kind}").into()
}

/// One parameter of many rows, sent as an array. Nothing is copied before it is written to the wire.
#[derive(Debug)]
pub(super) struct Column<'a> {
    pub(super) each: &'a [Vec<Value>],
    pub(super) index: usize,
}

impl ToSql for Column<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        let Kind::Array(element) = kind.kind() else {
            return Err(misfit("an array", kind));
        };
        let values = || self.each.iter().filter_map(|row| row.get(self.index));
        let has_null = values().any(|value| *value == Value::Null);
        // Dimensions, whether there are nulls, type, length, lower bound; then each value behind its length.
        out.put_i32(1);
        out.put_i32(i32::from(has_null));
        out.put_u32(element.oid());
        out.put_i32(i32::try_from(values().count())?);
        out.put_i32(1);
        for value in values() {
            let at = out.len();
            out.put_i32(-1);
            if let IsNull::No = value.to_sql(element, out)? {
                let length = i32::try_from(out.len() - at - 4)?;
                out[at..at + 4].copy_from_slice(&length.to_be_bytes());
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        self.to_sql(kind, out)
    }
}

/// A column of an answer, still in the driver's buffer.
pub(crate) struct Raw<'a>(pub(crate) ValueRef<'a>);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(kind: &Type, bytes: &'a [u8]) -> Result<Raw<'a>, Cause> {
        let value = match *kind {
            Type::UUID => ValueRef::Uuid(Uuid::from_slice(bytes)?),
            Type::INT8 => ValueRef::Int(i64::from_be_bytes(bytes.try_into()?)),
            Type::INT4 => ValueRef::Int(i32::from_be_bytes(bytes.try_into()?).into()),
            Type::INT2 => ValueRef::Int(i16::from_be_bytes(bytes.try_into()?).into()),
            Type::BOOL => ValueRef::Bool(bytes.first().is_some_and(|byte| *byte != 0)),
            Type::BYTEA => ValueRef::Bytes(bytes),
            Type::VOID => ValueRef::Null,
            _ if is_text(kind) => ValueRef::Text(std::str::from_utf8(bytes)?),
            _ => return Err(format!("the type {kind} is not of the portable dialect").into()),
        };
        Ok(Raw(value))
    }

    fn from_sql_null(_: &Type) -> Result<Raw<'a>, Cause> {
        Ok(Raw(ValueRef::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
