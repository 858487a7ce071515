//! Reading the fields of a body: each in its place, all faults at once, nothing left over. It must not know what the
//! fields are for.

use super::json::Json;
use crate::problem::{Code, Detail, Fault};

/// A type that a field can be read as.
pub trait Field: Sized {
    /// Reads a value that is there.
    ///
    /// # Errors
    /// What is wrong with it; pointers are complete.
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>>;

    /// What a missing field is; none when it must be there.
    fn absent() -> Option<Self> {
        None
    }
}

/// A wrong type.
pub fn invalid_type(pointer: &str, expected: &str) -> Vec<Fault> {
    vec![Fault::with(
        pointer,
        Code::InvalidType,
        "expected",
        Detail::Word(expected.to_owned()),
    )]
}

impl<T: Field> Field for Option<T> {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        // An explicit null is as good as nothing.
        if *value == Json::Null {
            Ok(None)
        } else {
            T::read(value, pointer).map(Some)
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl Field for i64 {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        if let Json::Whole(number) = value {
            Ok(*number)
        } else {
            Err(invalid_type(pointer, "integer"))
        }
    }
}

impl Field for bool {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        if let Json::Bool(truth) = value {
            Ok(*truth)
        } else {
            Err(invalid_type(pointer, "boolean"))
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        const ITEMS_MAX: usize = 500;
        let Json::List(items) = value else {
            return Err(invalid_type(pointer, "array"));
        };
        if items.len() > ITEMS_MAX {
            return Err(vec![Fault::with(
                pointer,
                Code::TooLong,
                "max",
                Detail::Number(ITEMS_MAX as i64),
            )]);
        }
        let (mut read, mut faults) = (Vec::new(), Vec::new());
        for (place, item) in items.iter().enumerate() {
            match T::read(item, &format!("{pointer}/{place}")) {
                Ok(value) => read.push(value),
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}

/// The fields of one object while they are being read.
pub struct Fields<'a> {
    object: &'a [(String, Json)],
    pointer: String,
    taken: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl<'a> Fields<'a> {
    /// Begins to read an object.
    ///
    /// # Errors
    /// When it is none.
    pub fn of(value: &'a Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        let Json::Object(object) = value else {
            return Err(invalid_type(pointer, "object"));
        };
        Ok(Self {
            object,
            pointer: pointer.to_owned(),
            taken: Vec::new(),
            faults: Vec::new(),
        })
    }

    /// Reads a field; none when it is wrong, which is noted.
    pub fn take<T: Field>(&mut self, name: &'static str) -> Option<T> {
        self.taken.push(name);
        let pointer = format!("{}/{name}", self.pointer);
        let found = self.object.iter().find(|(known, _)| known == name);
        let read = match found {
            Some((_, value)) => T::read(value, &pointer),
            None => T::absent().ok_or_else(|| vec![Fault::new(pointer, Code::Required)]),
        };
        read.map_err(|faults| self.faults.extend(faults)).ok()
    }

    /// Ends: every field must have been taken. Faults stand in the order in which fields were asked for.
    ///
    /// # Errors
    /// All faults.
    pub fn finish(mut self) -> Result<(), Vec<Fault>> {
        for (name, _) in self.object {
            if !self.taken.contains(&name.as_str()) {
                let shown: String = name.chars().take(64).collect();
                let escaped = shown.replace('~', "~0").replace('/', "~1");
                self.faults
                    .push(Fault::new(format!("{}/{escaped}", self.pointer), Code::UnknownField));
            }
        }
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(self.faults)
        }
    }
}

/// Declares a body once: as a type, as a part of the API document, and as what reads it.
macro_rules! body {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$about:meta])* pub $field:ident: $type:ty,)* }) => {
        #[derive(Clone, Debug, utoipa::ToSchema)]
        #[allow(dead_code, reason = "what is accepted and dropped stands here for the document")]
        $(#[$meta])*
        pub struct $name {
            $($(#[$about])* pub $field: $type,)*
        }

        impl $crate::api::fields::Field for $name {
            fn read(
                value: &$crate::api::json::Json,
                pointer: &str,
            ) -> Result<Self, Vec<$crate::problem::Fault>> {
                let mut fields = $crate::api::fields::Fields::of(value, pointer)?;
                $(let $field = fields.take::<$type>(stringify!($field));)*
                fields.finish()?;
                // Without faults every field was read.
                match ($($field,)*) {
                    ($(Some($field),)*) => Ok(Self { $($field,)* }),
                    #[allow(unreachable_patterns, reason = "a body without fields matches above")]
                    _ => Err(Vec::new()),
                }
            }
        }
    };
}
pub(crate) use body;
