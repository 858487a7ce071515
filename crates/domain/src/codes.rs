//! The stable names of closed lists: what the API, the database and the sentences of the catalogue call a value. One
//! list gives both directions, so that a name can never be written that cannot be read.

/// The text is not one of the names of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("not one of the known codes")
    }
}

impl std::error::Error for UnknownCode {}

/// Gives an enum without fields its list of values and its stable names, in both directions.
macro_rules! codes {
    ($name:ident { $($variant:ident => $code:literal),+ $(,)? }) => {
        impl $name {
            /// All values, in the order of declaration.
            pub const ALL: [$name; [$($code),+].len()] = [$($name::$variant),+];

            /// The name in the API, the database and the catalogue of sentences.
            pub fn code(self) -> &'static str {
                match self {
                    $($name::$variant => $code),+
                }
            }

            /// The value of a name, exactly as [`Self::code`] writes it.
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some($name::$variant),)+
                    _ => None,
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;
            fn from_str(code: &str) -> Result<Self, $crate::codes::UnknownCode> {
                Self::from_code(code).ok_or($crate::codes::UnknownCode)
            }
        }
    };
}
pub(crate) use codes;

#[cfg(test)]
mod tests {
    use crate::event::{EventKind, LineRule, MoveKind, Reason};
    use crate::program::{ProgramKind, ProgramStatus};
    use crate::{card::CardStatus, claim::ClaimStatus, follow_up::Signal, quantity::Unit};

    macro_rules! both_ways {
        ($($name:ident),+) => {
            $(for value in $name::ALL {
                assert_eq!($name::from_code(value.code()), Some(value));
                assert_eq!(value.code().parse(), Ok(value));
                assert_eq!(serde_json::to_value(value).unwrap(), serde_json::Value::from(value.code()));
            })+
        };
    }

    #[test]
    fn every_name_is_read_back_and_is_the_name_in_json() {
        both_ways!(
            EventKind,
            MoveKind,
            LineRule,
            Reason,
            CardStatus,
            ClaimStatus,
            ProgramKind,
            ProgramStatus,
            Unit,
            Signal
        );
        assert_eq!(EventKind::from_code("Enrolled"), None);
        assert_eq!(Reason::from_code(""), None);
    }
}
