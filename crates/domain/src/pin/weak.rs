//! PINs that cannot be chosen (`PIN-4`).

use jiff::civil::Date;

/// Why a PIN cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Not digits only, too short or too long.
    Format {
        /// The fewest digits.
        min: i64,
        /// The most digits.
        max: i64,
    },
    /// Among the first that are tried.
    Weak,
}

/// Why somebody cannot choose a PIN, if so: digits only, at least so many of them; not all the same, no straight run, no
/// repeated or mirrored group, not down the middle of the pad, not a year somebody was born in, not a date of birth that is known.
pub fn unfit(pin: &str, least: i64, born: Option<Date>) -> Option<Unfit> {
    let least = least.clamp(super::LENGTH_MIN, super::LENGTH_MAX);
    let digits: Vec<u8> = pin
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect();
    let length = i64::try_from(pin.len()).unwrap_or(i64::MAX);
    if digits.len() != pin.len() || !(least..=super::LENGTH_MAX).contains(&length) {
        return Some(Unfit::Format {
            min: least,
            max: super::LENGTH_MAX,
        });
    }
    let looks = runs(&digits) || repeats(&digits) || doubles(&digits) || mirrors(&digits);
    let stands = MIDDLE.contains(&pin) || is_year(pin);
    let weak = looks || stands || born.is_some_and(|born| tells(pin, born));
    weak.then_some(Unfit::Weak)
}

/// All the same, up by one or down by one; nought follows nine.
fn runs(digits: &[u8]) -> bool {
    let by = |step: u8| digits.windows(2).all(|pair| (pair[0] + step) % 10 == pair[1]);
    by(0) || by(1) || by(9)
}

/// The same group again and again: 1212, 123123.
fn repeats(digits: &[u8]) -> bool {
    (2..=digits.len() / 2)
        .filter(|size| digits.len().is_multiple_of(*size))
        .any(|size| digits.chunks(size).all(|group| group == &digits[..size]))
}

/// Pairs: 1122, 771133.
fn doubles(digits: &[u8]) -> bool {
    digits.len().is_multiple_of(2) && digits.chunks(2).all(|pair| pair[0] == pair[1])
}

/// Down and up the middle of the pad.
const MIDDLE: [&str; 2] = ["2580", "0852"];

/// Forwards as backwards: 1221, 471174.
fn mirrors(digits: &[u8]) -> bool {
    digits.iter().eq(digits.iter().rev())
}

/// A year in which somebody was born, or that a friend will remember.
fn is_year(pin: &str) -> bool {
    pin.len() == 4 && pin.parse::<u16>().is_ok_and(|year| (1930..2030).contains(&year))
}

/// Whether it is a birthday, in one of the ways in which people write it.
fn tells(pin: &str, born: Date) -> bool {
    let (day, month) = (format!("{:02}", born.day()), format!("{:02}", born.month()));
    let year = format!("{:04}", born.year());
    let short = year.get(2..).unwrap_or_default();
    [
        format!("{day}{month}"),
        format!("{month}{day}"),
        year.clone(),
        format!("{day}{month}{short}"),
        format!("{month}{day}{short}"),
        format!("{short}{month}{day}"),
        format!("{day}{month}{year}"),
        format!("{month}{day}{year}"),
        format!("{year}{month}{day}"),
    ]
    .iter()
    .any(|way| way == pin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn pin_4_only_digits_of_the_right_number() {
        for (pin, least) in [
            ("471", 4),
            ("4711x", 4),
            ("47 11", 4),
            ("471182936", 4),
            ("47118", 6),
            ("", 4),
            ("٤٧١١", 4),
        ] {
            let format = Some(Unfit::Format { min: least, max: 8 });
            assert_eq!(unfit(pin, least, None), format, "{pin}");
        }
        assert_eq!(unfit("4718", 4, None), None);
        assert_eq!(unfit("471829", 6, None), None);
    }

    #[test]
    fn pin_4_easy_ones_are_refused() {
        for pin in [
            "0000", "1234", "4321", "7890", "3210", "9012", "1212", "123123", "1122", "771133", "12121212", "55555555",
            "1221", "471174", "2580", "0852", "1984", "2001",
        ] {
            assert_eq!(unfit(pin, 4, None), Some(Unfit::Weak), "{pin}");
        }
        for pin in ["1235", "4711", "2581", "1929", "2030", "19840", "909192", "12312"] {
            assert_eq!(unfit(pin, 4, None), None, "{pin}");
        }
    }

    #[test]
    fn pin_4_a_birthday_is_refused_where_it_is_known() {
        let born = Some(date(1987, 6, 24));
        for pin in [
            "2406", "0624", "240687", "062487", "870624", "24061987", "19870624", "06241987",
        ] {
            assert_eq!(unfit(pin, 4, born), Some(Unfit::Weak), "{pin}");
            assert_eq!(unfit(pin, 4, None), None, "{pin}");
        }
        assert_eq!(unfit("2407", 4, born), None);
    }
}
