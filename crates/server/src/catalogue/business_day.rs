//! The business day (`TIME-1`): from one cutover to the next on a store's wall clock. Days are compared as instants, since
//! a wall clock shows an hour twice when winter time begins, and one not at all when summer time does.

use domain::moment::{Instant, Moment};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// An instant as it reads on a wall in this zone, and the business day it belongs to.
pub fn moment(zone: &TimeZone, cutover_minutes: i64, at: Instant) -> Moment {
    let instant = Timestamp::from_microsecond(at.0).unwrap_or_default();
    let wall = zone.to_datetime(instant);
    let today = wall.date();
    let begun = |day: &Date| begins_at(zone, *day, cutover_minutes).is_some_and(|begins_at| begins_at <= instant);
    // Where clocks go back over midnight, the wall's tomorrow may have begun already.
    let day = [today.tomorrow().ok(), Some(today)].into_iter().flatten().find(begun);
    let minutes = i64::from(wall.hour()) * 60 + i64::from(wall.minute());
    Moment {
        at,
        day: day.or(today.yesterday().ok()).unwrap_or(today),
        minute_of_day: u16::try_from(minutes).unwrap_or(0),
    }
}

/// When a business day begins: at the first of two, and after the gap if the wall skips the cutover.
fn begins_at(zone: &TimeZone, day: Date, cutover_minutes: i64) -> Option<Timestamp> {
    let (hour, minute) = (cutover_minutes.div_euclid(60), cutover_minutes.rem_euclid(60));
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    zone.to_timestamp(DateTime::from_parts(day, time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(text: &str) -> Instant {
        Instant(text.parse::<Timestamp>().unwrap().as_microsecond())
    }

    fn day(zone: &str, cutover_minutes: i64, told: &str) -> Date {
        moment(&TimeZone::get(zone).unwrap(), cutover_minutes, at(told)).day
    }

    #[test]
    fn the_night_with_the_hour_twice_has_one_cutover() {
        // Paris goes from 3:00 back to 2:00 at 1:00 UTC; the cutover is at 2:30, the first of two.
        let paris = |told| day("Europe/Paris", 150, told);
        let (before, after) = (date(2026, 10, 24), date(2026, 10, 25));
        assert_eq!(paris("2026-10-25T00:29:59Z"), before);
        assert_eq!(paris("2026-10-25T00:30:00Z"), after);
        assert_eq!(paris("2026-10-25T01:10:00Z"), after, "2:10 for the second time");
        assert_eq!(paris("2026-10-25T01:30:00Z"), after);
        assert_eq!(paris("2026-10-26T01:29:59Z"), after);
        assert_eq!(paris("2026-10-26T01:30:00Z"), date(2026, 10, 26));
    }

    #[test]
    fn the_night_without_the_hour_has_a_cutover_too() {
        // Paris goes from 2:00 to 3:00 at 1:00 UTC: there is no 2:30, and the day begins as much later.
        let paris = |told| day("Europe/Paris", 150, told);
        assert_eq!(paris("2026-03-29T00:59:59Z"), date(2026, 3, 28));
        assert_eq!(paris("2026-03-29T01:29:59Z"), date(2026, 3, 28));
        assert_eq!(paris("2026-03-29T01:30:00Z"), date(2026, 3, 29));
    }

    #[test]
    fn a_business_day_never_goes_back() {
        let nights = [
            ("Europe/Paris", "2026-03-28T00:00:00Z"),
            ("Europe/Paris", "2026-10-24T00:00:00Z"),
            ("Europe/London", "2026-10-24T00:00:00Z"),
            ("America/Asuncion", "2023-03-25T00:00:00Z"),
            ("America/Havana", "2025-11-01T00:00:00Z"),
            ("America/St_Johns", "2010-11-06T00:00:00Z"),
            ("Australia/Lord_Howe", "2026-04-04T00:00:00Z"),
            ("Pacific/Apia", "2011-12-29T00:00:00Z"),
        ];
        for (zone, from) in nights {
            for cutover_minutes in [0, 90, 150, 240, 1_410] {
                let step = |number: i64| Instant(at(from).0 + number * 5 * 60_000_000);
                let here = TimeZone::get(zone).unwrap();
                let days: Vec<Date> = (0..864)
                    .map(|number| moment(&here, cutover_minutes, step(number)).day)
                    .collect();
                assert!(days.is_sorted(), "{zone}, cutover {cutover_minutes}");
            }
        }
    }

    #[test]
    fn the_wall_shows_the_minute_of_the_day() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        assert_eq!(
            moment(&berlin, 240, at("2026-11-22T11:05:59Z")).minute_of_day,
            12 * 60 + 5
        );
    }
}
