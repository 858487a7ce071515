//! When shops are busy: holidays of four countries, seasons, weekdays and hours. Pure; it must not know customers.

use domain::moment::{Instant, plus_days};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

/// Whose holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    /// Luxembourg.
    Luxembourg,
    /// France, with the two holidays of Alsace and Moselle.
    Moselle,
    /// Germany, Rhineland-Palatinate.
    Rhineland,
    /// England.
    England,
}

/// A span of a day in minutes after midnight, and how many of a hundred visits fall into it.
pub type Rush = (i64, i64, i64);

/// How busy a shop is. Weights are relative: 100 is ordinary.
#[derive(Clone, Copy, Debug)]
pub struct Hours {
    /// Monday to Sunday; zero is closed.
    pub days: [i64; 7],
    /// January to December.
    pub months: [i64; 12],
    /// Rushes of Monday to Friday.
    pub weekday: &'static [Rush],
    /// Rushes of Saturday.
    pub saturday: &'static [Rush],
    /// Rushes of Sunday.
    pub sunday: &'static [Rush],
}

impl Hours {
    /// The rushes of a day. A shop that is shut on Sundays but must be open keeps Saturday's hours.
    pub fn rushes(&self, day: Date) -> &'static [Rush] {
        match day.weekday() {
            Weekday::Saturday => self.saturday,
            Weekday::Sunday if self.sunday.is_empty() => self.saturday,
            Weekday::Sunday => self.sunday,
            _ => self.weekday,
        }
    }

    /// How busy a day is; zero when closed.
    pub fn weight(&self, day: Date, country: Country) -> i64 {
        if is_holiday(day, country) {
            return 0;
        }
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        let month = usize::try_from(day.month() - 1).unwrap_or(0);
        let of = |weights: &[i64], place: usize| weights.get(place).copied().unwrap_or(100);
        of(&self.days, weekday) * of(&self.months, month) / 100
    }
}

/// The instant at which a store's wall shows a time on a day.
pub fn instant(day: Date, minute: i64, second: i64, zone: &TimeZone) -> Instant {
    let part = |value: i64| i8::try_from(value).unwrap_or(0);
    let wall = day.at(part(minute / 60), part(minute % 60), part(second), 0);
    let at = zone.to_timestamp(wall).map(|timestamp| timestamp.as_microsecond());
    Instant(at.unwrap_or_default())
}

/// The day an instant falls on, on a store's wall.
pub fn day_of(at: Instant, zone: &TimeZone) -> Date {
    let timestamp = jiff::Timestamp::from_microsecond(at.0).unwrap_or_default();
    timestamp.to_zoned(zone.clone()).date()
}

/// Whether shops are closed by law or custom.
pub fn is_holiday(day: Date, country: Country) -> bool {
    let fixed: &[(i8, i8)] = match country {
        Country::Luxembourg => &[(1, 1), (5, 1), (5, 9), (6, 23), (8, 15), (11, 1), (12, 25), (12, 26)],
        Country::Moselle => &[
            (1, 1),
            (5, 1),
            (5, 8),
            (7, 14),
            (8, 15),
            (11, 1),
            (11, 11),
            (12, 25),
            (12, 26),
        ],
        Country::Rhineland => &[(1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26)],
        Country::England => &[(1, 1), (12, 25), (12, 26)],
    };
    // Days after Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi.
    let moving: &[i64] = match country {
        Country::Luxembourg => &[1, 39, 50],
        Country::Moselle => &[-2, 1, 39, 50],
        Country::Rhineland => &[-2, 1, 39, 50, 60],
        Country::England => &[-2, 1],
    };
    let easter = easter(day.year());
    fixed.contains(&(day.month(), day.day()))
        || moving.iter().any(|&days| plus_days(easter, days) == day)
        || (country == Country::England && is_bank_holiday(day))
}

/// The Mondays on which England rests: first and last of May, last of August.
fn is_bank_holiday(day: Date) -> bool {
    let last = day.day() + 7 > day.days_in_month();
    let first = day.day() <= 7;
    day.weekday() == Weekday::Monday && ((day.month() == 5 && (first || last)) || (day.month() == 8 && last))
}

/// Easter Sunday of a year of the Gregorian calendar.
fn easter(year: i16) -> Date {
    let year = i64::from(year);
    let (golden, century) = (year % 19, year / 100);
    let epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    let moon = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    let after_march = moon - weekday;
    let month = 3 + (after_march + 40) / 44;
    let day = after_march + 28 - 31 * (month / 4);
    let part = |value: i64| i8::try_from(value).unwrap_or(1);
    Date::new(i16::try_from(year).unwrap_or(0), part(month), part(day)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        let known = [
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2026, 4, 5),
            date(2027, 3, 28),
            date(2038, 4, 25),
        ];
        for sunday in known {
            assert_eq!(easter(sunday.year()), sunday);
        }
    }

    #[test]
    fn each_country_has_its_own_holidays() {
        let national = date(2026, 6, 23);
        assert!(is_holiday(national, Country::Luxembourg));
        assert!(!is_holiday(national, Country::England));
        assert!(is_holiday(date(2026, 8, 31), Country::England));
        assert!(is_holiday(date(2026, 4, 3), Country::Moselle));
        assert!(is_holiday(date(2026, 6, 4), Country::Rhineland));
    }
}
