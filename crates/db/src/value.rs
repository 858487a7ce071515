//! The values that travel between the program and an engine: five types and `Null`.
//! It must not know how an engine stores them, nor what they mean.

use uuid::Uuid;

/// A parameter of a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// A `uuid` column: 16 bytes on both engines.
    Uuid(Uuid),
    /// A `text` column.
    Text(String),
    /// A `bigint` column.
    Int(i64),
    /// A `boolean` column; 0 or 1 on SQLite.
    Bool(bool),
    /// A `bytea` column.
    Bytes(Vec<u8>),
}

/// A value inside a row, borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueRef<'a> {
    /// No value.
    Null,
    /// 16 bytes that the engine knows to be a uuid. SQLite says `Bytes` instead.
    Uuid(Uuid),
    /// Text.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A truth value. SQLite says `Int` instead.
    Bool(bool),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl Value {
    /// The same value, borrowed.
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Value::Null => ValueRef::Null,
            Value::Uuid(uuid) => ValueRef::Uuid(*uuid),
            Value::Text(text) => ValueRef::Text(text),
            Value::Int(number) => ValueRef::Int(*number),
            Value::Bool(truth) => ValueRef::Bool(*truth),
            Value::Bytes(bytes) => ValueRef::Bytes(bytes),
        }
    }
}

impl ValueRef<'_> {
    /// The name of the type, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            ValueRef::Null => "null",
            ValueRef::Uuid(_) => "a uuid",
            ValueRef::Text(_) => "text",
            ValueRef::Int(_) => "a whole number",
            ValueRef::Bool(_) => "a truth value",
            ValueRef::Bytes(_) => "bytes",
        }
    }
}

macro_rules! value_from {
    ($($type:ty => $value:ident => $expression:expr),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Value {
                $expression
            }
        }
    )*};
}

value_from! {
    Uuid => value => Value::Uuid(value),
    &Uuid => value => Value::Uuid(*value),
    String => value => Value::Text(value),
    &String => value => Value::Text(value.clone()),
    &str => value => Value::Text(value.to_owned()),
    i64 => value => Value::Int(value),
    bool => value => Value::Bool(value),
    Vec<u8> => value => Value::Bytes(value),
    &[u8] => value => Value::Bytes(value.to_vec()),
    &Vec<u8> => value => Value::Bytes(value.clone()),
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(value: [u8; N]) -> Value {
        Value::Bytes(value.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(value: &[u8; N]) -> Value {
        Value::Bytes(value.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// A type that a column can be read as.
pub trait FromValue: Sized {
    /// What to call the type in `Error::Column`.
    const EXPECTED: &'static str;

    /// The value as this type, or `None` where it is something else.
    fn from_value(value: ValueRef<'_>) -> Option<Self>;
}

impl FromValue for Uuid {
    const EXPECTED: &'static str = "a uuid";

    fn from_value(value: ValueRef<'_>) -> Option<Uuid> {
        match value {
            ValueRef::Uuid(uuid) => Some(uuid),
            ValueRef::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

impl FromValue for String {
    const EXPECTED: &'static str = "text";

    fn from_value(value: ValueRef<'_>) -> Option<String> {
        match value {
            ValueRef::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl FromValue for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn from_value(value: ValueRef<'_>) -> Option<i64> {
        match value {
            ValueRef::Int(number) => Some(number),
            _ => None,
        }
    }
}

impl FromValue for bool {
    const EXPECTED: &'static str = "a truth value";

    fn from_value(value: ValueRef<'_>) -> Option<bool> {
        match value {
            ValueRef::Bool(truth) => Some(truth),
            ValueRef::Int(0) => Some(false),
            ValueRef::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    const EXPECTED: &'static str = "bytes";

    fn from_value(value: ValueRef<'_>) -> Option<Vec<u8>> {
        match value {
            ValueRef::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn from_value(value: ValueRef<'_>) -> Option<Option<T>> {
        match value {
            ValueRef::Null => Some(None),
            other => T::from_value(other).map(Some),
        }
    }
}

/// The parameters of a statement, each turned into a [`Value`]: `params![id, "name", 3i64]`.
#[macro_export]
macro_rules! params {
    () => { [] as [$crate::Value; 0] };
    ($($value:expr),+ $(,)?) => { [$($crate::Value::from($value)),+] };
}
