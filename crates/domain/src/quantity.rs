//! Amounts: stamps, points and money. Whole numbers only, checked at every step (`PTS-7`); no floats anywhere.

use crate::codes::codes;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The largest balance and the largest single amount: what JSON readers everywhere hold exactly (`PTS-7`).
pub const AMOUNT_MAX: i64 = 1 << 53;
/// The largest sum of money in minor units: twelve digits.
pub const MONEY_MINOR_MAX: i64 = 999_999_999_999;
/// A multiplier of one, in basis points.
pub const ONE_BASIS_POINTS: i64 = 10_000;

/// What a card holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Earned by visit.
    Stamp,
    /// Earned by amount.
    Point,
}

codes!(Unit {
    Stamp => "stamp",
    Point => "point",
});

/// Adds, or says that the result would leave the range (`PTS-7`).
pub fn add(left: i64, right: i64) -> Option<i64> {
    left.checked_add(right).filter(|sum| sum.abs() <= AMOUNT_MAX)
}

/// An ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code as text.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// The text is not three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCurrency;

impl fmt::Display for InvalidCurrency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a currency code")
    }
}

impl std::error::Error for InvalidCurrency {}

impl FromStr for Currency {
    type Err = InvalidCurrency;
    fn from_str(text: &str) -> Result<Self, InvalidCurrency> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| InvalidCurrency)?;
        if letters.iter().all(u8::is_ascii_uppercase) {
            Ok(Self(letters))
        } else {
            Err(InvalidCurrency)
        }
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
