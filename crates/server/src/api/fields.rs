//! Reading the fields of a body: each in its place, all faults at once, nothing left over. It must not know what the
//! fields are for.

use super::json::Json;
use crate::problem::{Code, Detail, Fault, Kind};

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
pub fn invalid_type(pointer: &str, expected: Kind) -> Vec<Fault> {
    let expected = Detail::Kind(expected);
    vec![Fault::with(pointer, Code::InvalidType, "expected", expected)]
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
            Err(invalid_type(pointer, Kind::WholeNumber))
        }
    }
}

impl Field for bool {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        if let Json::Bool(truth) = value {
            Ok(*truth)
        } else {
            Err(invalid_type(pointer, Kind::YesOrNo))
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        const ITEMS_MAX: usize = 500;
        let Json::List(items) = value else {
            return Err(invalid_type(pointer, Kind::List));
        };
        if items.len() > ITEMS_MAX {
            let most = Detail::Entries(ITEMS_MAX as i64);
            return Err(vec![Fault::with(pointer, Code::TooLong, "max", most)]);
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
            return Err(invalid_type(pointer, Kind::Object));
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

/// The fields of an object as they came, for what can be wrong only between them.
pub struct Given<'a>(&'a [(String, Json)]);

impl<'a> Given<'a> {
    /// The fields of an object; none of anything else.
    pub fn of(value: &'a Json) -> Option<Self> {
        match value {
            Json::Object(fields) => Some(Self(fields)),
            _ => None,
        }
    }

    /// Whether a field is there and says something.
    pub fn has(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|(known, value)| known == name && *value != Json::Null)
    }

    /// What a field says, if it is a text.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.0.iter().find_map(|(known, value)| match value {
            Json::Text(text) if known == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// What is wrong unless one of two fields is there, and not both.
    pub fn one_of(&self, first: &str, second: &str) -> Option<Fault> {
        match (self.has(first), self.has(second)) {
            (false, false) => Some(Fault::new(format!("/{first}"), Code::Required)),
            (true, true) => {
                let fields = Detail::Word(format!("{first}, {second}"));
                let pointer = format!("/{second}");
                Some(Fault::with(pointer, Code::ConflictingFields, "fields", fields))
            }
            _ => None,
        }
    }

    /// What is wrong when a field is there without another.
    pub fn with(&self, name: &str, needed: &str) -> Option<Fault> {
        let alone = self.has(name) && !self.has(needed);
        alone.then(|| Fault::new(format!("/{needed}"), Code::Required))
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
