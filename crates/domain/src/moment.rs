//! When something happens: the instant, and the store's own business day (`TIME-1`), both computed at the edge.
//! There is no clock here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Instant(pub i64);

const MINUTE: i64 = 60_000_000;

impl Instant {
    /// This instant and so many minutes more; stays at the end of time rather than overflow.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(MINUTE)))
    }

    /// Whether at least so many minutes lie between `earlier` and this instant (`COOL-1`: exactly equal is enough).
    pub fn is_minutes_after(self, earlier: Instant, minutes: i64) -> bool {
        self >= earlier.plus_minutes(minutes)
    }

    /// Whether less than so many minutes lie between the two, whichever is later: what a clock that was ahead wrote
    /// down binds no longer than that.
    pub fn is_within(self, other: Instant, minutes: i64) -> bool {
        !self.is_minutes_after(other, minutes) && !other.is_minutes_after(self, minutes)
    }
}

/// An instant and how it reads on the store's wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When, exactly.
    pub at: Instant,
    /// The business day it belongs to: from cutover to cutover in the store's zone.
    pub day: Date,
    /// Minutes since local midnight, for opening hours of rewards.
    pub minute_of_day: u16,
}

/// The Monday of the week of a day: business weeks are ISO weeks.
pub fn week_start(day: Date) -> Date {
    let days = i64::from(day.weekday().to_monday_zero_offset());
    jiff::Span::new()
        .try_days(days)
        .ok()
        .and_then(|back| day.checked_sub(back).ok())
        .unwrap_or(day)
}

/// A day so many days later; the last representable day if there is none.
pub fn plus_days(day: Date, days: i64) -> Date {
    jiff::Span::new()
        .try_days(days)
        .ok()
        .and_then(|span| day.checked_add(span).ok())
        .unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(week_start(date(2026, 11, 22)), date(2026, 11, 16));
        assert_eq!(week_start(date(2026, 11, 16)), date(2026, 11, 16));
    }
}
