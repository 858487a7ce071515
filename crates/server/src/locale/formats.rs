//! The formats of one language, made once and kept: building them is dear, using them is cheap.
//!
//! Owns: what is asked of ICU4X, and the few patterns of money. Must not know: who asks.

use std::sync::LazyLock;

use icu::calendar::{Date, Gregorian};
use icu::datetime::fieldsets::{self, builder, enums};
use icu::datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::locale::Locale as Tag;
use icu::time::Time;
use jiff::civil;

use super::Locale;

type Days<Fields> = Option<FixedCalendarDateTimeFormatter<Gregorian, Fields>>;

/// Formats of one language. A format that ICU4X refuses is absent, and the plain ISO form stands in for it.
pub struct Formats {
    decimal: Option<DecimalFormatter>,
    time: Option<NoCalendarFormatter<fieldsets::T>>,
    date: Days<fieldsets::YMD>,
    day_and_month: Days<fieldsets::MD>,
    weekday: Days<fieldsets::E>,
    month: Days<enums::CalendarPeriodFieldSet>,
}

/// The formats of a language, made on first use.
pub fn of(locale: Locale) -> &'static Formats {
    static ALL: LazyLock<[Formats; 4]> = LazyLock::new(|| {
        [
            Formats::new("en-GB"),
            Formats::new("fr-LU"),
            Formats::new("de-LU"),
            Formats::new("lb-LU"),
        ]
    });
    let [en, fr, de, lb] = &*ALL;
    match locale {
        Locale::En => en,
        Locale::Fr => fr,
        Locale::De => de,
        Locale::Lb => lb,
    }
}

impl Formats {
    fn new(tag: &str) -> Formats {
        let tag: Tag = tag.parse().unwrap_or(Tag::UNKNOWN);
        let mut month = builder::FieldSetBuilder::new();
        month.length = Some(icu::datetime::options::Length::Long);
        month.date_fields = Some(builder::DateFields::YM);
        Formats {
            // Numbers of French and German as in France and Germany: their groups are what readers of both know.
            decimal: DecimalFormatter::try_new(number_tag(&tag).into(), Default::default()).ok(),
            time: NoCalendarFormatter::try_new((&tag).into(), fieldsets::T::hm()).ok(),
            date: FixedCalendarDateTimeFormatter::try_new((&tag).into(), fieldsets::YMD::long()).ok(),
            day_and_month: FixedCalendarDateTimeFormatter::try_new((&tag).into(), fieldsets::MD::long()).ok(),
            weekday: FixedCalendarDateTimeFormatter::try_new((&tag).into(), fieldsets::E::long()).ok(),
            month: month
                .build_calendar_period()
                .ok()
                .and_then(|fields| FixedCalendarDateTimeFormatter::try_new((&tag).into(), fields).ok()),
        }
    }

    pub fn number(&self, value: i64) -> String {
        format!("{}{}", minus(value), self.decimal(&Decimal::from(value.unsigned_abs())))
    }

    pub fn money(&self, locale: Locale, minor: i64, currency: &str) -> String {
        let mut value = Decimal::from(minor.unsigned_abs());
        value.multiply_pow10(-i16::from(minor_digits(currency)));
        let digits = self.decimal(&value);
        let minus = minus(minor);
        let symbol = symbol(currency);
        match locale {
            Locale::En if symbol.chars().count() == 1 => format!("{minus}{symbol}{digits}"),
            _ => format!("{minus}{digits}\u{a0}{symbol}"),
        }
    }

    pub fn time(&self, moment: civil::DateTime) -> String {
        let (hour, minute) = (moment.hour().unsigned_abs(), moment.minute().unsigned_abs());
        match (&self.time, Time::try_new(hour, minute, 0, 0)) {
            (Some(format), Ok(time)) => format.format(&time).to_string(),
            _ => format!("{hour:02}:{minute:02}"),
        }
    }

    pub fn date(&self, day: civil::Date) -> String {
        shown(
            self.date
                .as_ref()
                .zip(gregorian(day))
                .map(|(format, date)| format.format(&date).to_string()),
            day,
        )
    }

    pub fn day_and_month(&self, day: civil::Date) -> String {
        shown(
            self.day_and_month
                .as_ref()
                .zip(gregorian(day))
                .map(|(format, date)| format.format(&date).to_string()),
            day,
        )
    }

    pub fn weekday(&self, day: civil::Date) -> String {
        shown(
            self.weekday
                .as_ref()
                .zip(gregorian(day))
                .map(|(format, date)| format.format(&date).to_string()),
            day,
        )
    }

    pub fn month(&self, day: civil::Date) -> String {
        shown(
            self.month
                .as_ref()
                .zip(gregorian(day))
                .map(|(format, date)| format.format(&date).to_string()),
            day,
        )
    }

    fn decimal(&self, value: &Decimal) -> String {
        match &self.decimal {
            Some(format) => format.format_to_string(value),
            None => value.to_string(),
        }
    }
}

/// The sign before what is less than nothing: the same everywhere.
fn minus(value: i64) -> &'static str {
    if value < 0 { "\u{2212}" } else { "" }
}

fn number_tag(tag: &Tag) -> Tag {
    match tag.id.language.as_str() {
        "fr" => "fr".parse().unwrap_or(Tag::UNKNOWN),
        "de" => "de".parse().unwrap_or(Tag::UNKNOWN),
        _ => tag.clone(),
    }
}

fn gregorian(day: civil::Date) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(
        i32::from(day.year()),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
    .ok()
}

fn shown(formatted: Option<String>, day: civil::Date) -> String {
    formatted.unwrap_or_else(|| day.to_string())
}

/// How many digits follow the separator, by ISO 4217.
pub fn minor_digits(currency: &str) -> u8 {
    match currency {
        "JPY" | "KRW" | "CLP" | "ISK" | "VND" | "XAF" | "XOF" => 0,
        "TND" | "KWD" | "BHD" | "JOD" | "OMR" => 3,
        _ => 2,
    }
}

fn symbol(currency: &str) -> &str {
    match currency {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "JPY" => "¥",
        other => other,
    }
}
