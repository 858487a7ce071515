//! The kinds of values that fields have: ids, texts with limits, words of a list, instants, and how each is read.

mod described;

use super::fields::{Field, invalid_type};
use super::json::Json;
use crate::locale::Locale;
use crate::pins::{Pin, SessionText};
use crate::problem::{Code, Detail, Fault, Kind};
use crate::texts::text;
use domain::command::LineKind;
use domain::event::Reason;
use domain::ids::{CardId, ClaimId, EventId, RewardId, StoreId};
use domain::moment::Instant;
use domain::number::CardNumber;
use domain::quantity::{Currency, Unit};

/// The longest card number with its separators.
const NUMBER_LENGTH_MAX: usize = 32;
/// The longest contact.
const CONTACT_LENGTH_MAX: usize = 254;
/// The longest free text.
const NOTE_LENGTH_MAX: usize = 500;

/// A text between one character and so many: trimmed, without control characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Text<const MAX: usize>(pub String);

impl<const MAX: usize> std::fmt::Debug for Text<MAX> {
    /// Prints nothing of it: names and contacts are texts too.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

/// A reference, a name or a number of somebody else.
pub type Label = Text<100>;
/// An id, or a name in addresses.
pub type Slug = Text<64>;
/// A contact as it is typed.
pub type TypedContact = Text<CONTACT_LENGTH_MAX>;
/// A card.
pub type CardRef = Id<CardId>;
/// A store.
pub type StoreRef = Id<StoreId>;
/// A reward.
pub type RewardRef = Id<RewardId>;
/// A claim.
pub type ClaimRef = Id<ClaimId>;
/// An event.
pub type EventRef = Id<EventId>;
/// A unit by its name.
pub type UnitWord = Word<Unit>;
/// A kind of line by its name.
pub type LineKindWord = Word<LineKind>;
/// A language by its code.
pub type LocaleWord = Word<Locale>;
/// A currency by its code.
pub type CurrencyWord = Word<Currency>;

/// A contact as it was typed, if that can be one at all.
pub fn contact(typed: &str) -> Option<String> {
    text(typed, CONTACT_LENGTH_MAX, false).ok()
}

fn read_text(value: &Json, pointer: &str, max: usize, lines: bool) -> Result<String, Vec<Fault>> {
    let Json::Text(typed) = value else {
        return Err(invalid_type(pointer, Kind::Text));
    };
    text(typed, max, lines).map_err(|(code, most)| {
        let details = most
            .map(|most| ("max", Detail::Number(most as i64)))
            .into_iter()
            .collect();
        vec![Fault {
            pointer: pointer.to_owned(),
            code,
            details,
        }]
    })
}

impl<const MAX: usize> Field for Text<MAX> {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        read_text(value, pointer, MAX, false).map(Self)
    }
}

/// A card number, however it is typed.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedNumber(pub CardNumber);

impl std::fmt::Debug for TypedNumber {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

impl Field for TypedNumber {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        let typed = read_text(value, pointer, NUMBER_LENGTH_MAX, false)?;
        let number = CardNumber::parse(&typed).map(Self);
        number.ok_or_else(|| vec![Fault::new(pointer, Code::CardNumberInvalid)])
    }
}

/// Free text of up to 500 characters; it may have lines. Never part of the hashed record.
#[derive(Clone, PartialEq, Eq)]
pub struct Note(pub String);

impl std::fmt::Debug for Note {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

impl Field for Note {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        read_text(value, pointer, NOTE_LENGTH_MAX, true).map(Self)
    }
}

/// A value that is accepted and dropped unread: a PIN, or a proof of a later version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dropped;

impl Field for Dropped {
    fn read(_: &Json, _: &str) -> Result<Self, Vec<Fault>> {
        Ok(Self)
    }
}

/// A PIN, whatever it is: what is no text is nobody's. Where no PIN is asked for, nobody reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinWord(pub Pin);

impl Field for PinWord {
    fn read(value: &Json, _: &str) -> Result<Self, Vec<Fault>> {
        let text = if let Json::Text(text) = value {
            text.as_str()
        } else {
            ""
        };
        Ok(Self(Pin::typed(text)))
    }
}

/// A staff session, whatever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionWord(pub SessionText);

impl Field for SessionWord {
    fn read(value: &Json, _: &str) -> Result<Self, Vec<Fault>> {
        let text = if let Json::Text(text) = value {
            text.as_str()
        } else {
            ""
        };
        Ok(Self(SessionText(text.to_owned())))
    }
}

/// A code that was shown: any value, for keys need none and may send one of a later version. What is no text is no code.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownCode(pub String);

impl std::fmt::Debug for ShownCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

impl Field for ShownCode {
    fn read(value: &Json, _: &str) -> Result<Self, Vec<Fault>> {
        let Json::Text(text) = value else {
            return Ok(Self(String::new()));
        };
        Ok(Self(text.clone()))
    }
}

/// An id of a thing of this merchant; whether it is there, the handler finds out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Id<T>(pub T);

impl<T: std::str::FromStr> Field for Id<T> {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        let Json::Text(text) = value else {
            return Err(invalid_type(pointer, Kind::Text));
        };
        text.parse()
            .map(Self)
            .map_err(|_| vec![Fault::new(pointer, Code::NotFound)])
    }
}

/// An instant, RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At(pub Instant);

impl Field for At {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        let Json::Text(text) = value else {
            return Err(invalid_type(pointer, Kind::Text));
        };
        let parsed = is_rfc3339(text).then(|| instant(text)).flatten();
        parsed
            .map(|at| Self(Instant(at.as_microsecond())))
            .ok_or_else(|| vec![Fault::new(pointer, Code::InvalidDate)])
    }
}

/// The instant of a text of the right shape. The last days of the year 9999 lie beyond what can be counted: they are the
/// last instant that does not, and refused for being far away, as the days before them are.
fn instant(text: &str) -> Option<jiff::Timestamp> {
    let exact = text.parse().ok();
    let is_last = text.starts_with("9999-12-3");
    let is_day = || text.get(..DAY_AND_TIME.len())?.parse::<jiff::civil::DateTime>().ok();
    exact.or_else(|| is_last.then(is_day)?.map(|_| jiff::Timestamp::MAX))
}

/// The shape of a day and a time of it.
const DAY_AND_TIME: &[u8] = b"dddd-dd-ddTdd:dd:dd";

/// Whether a text has the shape `2026-03-02T10:15:00.25+01:00`. What reads instants is more generous: it takes ISO 8601
/// without separators, hours alone, and names of zones.
fn is_rfc3339(text: &str) -> bool {
    const OFFSET: &[u8] = b"sdd:dd";
    let fits = |part: &[u8], shape: &[u8]| {
        let alike = |(letter, place): (&u8, &u8)| match place {
            b'd' => letter.is_ascii_digit(),
            b's' => matches!(letter, b'+' | b'-'),
            _ => letter.eq_ignore_ascii_case(place),
        };
        part.len() == shape.len() && part.iter().zip(shape).all(alike)
    };
    let Some((start, rest)) = text.as_bytes().split_at_checked(DAY_AND_TIME.len()) else {
        return false;
    };
    let digits = |part: &[u8]| part.iter().take_while(|letter| letter.is_ascii_digit()).count();
    let offset = match rest.strip_prefix(b".") {
        Some(fraction) if digits(fraction) > 0 => &fraction[digits(fraction)..],
        Some(_) => return false,
        None => rest,
    };
    fits(start, DAY_AND_TIME) && (fits(offset, b"Z") || fits(offset, OFFSET) && offset[1..3] < b"24"[..])
}

/// A word of a list, or of a well-known form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<T>(pub T);

/// A type with a word for each of its values.
pub trait Worded: Sized {
    /// The value of a word.
    fn of(word: &str) -> Option<Self>;
    /// What is wrong with any other word.
    fn fault(pointer: &str) -> Fault;
}

impl<T: Worded> Field for Word<T> {
    fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
        let Json::Text(word) = value else {
            return Err(invalid_type(pointer, Kind::Text));
        };
        T::of(word).map(Self).ok_or_else(|| vec![T::fault(pointer)])
    }
}

fn choice(pointer: &str, allowed: &str) -> Fault {
    Fault::with(
        pointer,
        Code::InvalidChoice,
        "allowed",
        Detail::Word(allowed.to_owned()),
    )
}

impl Worded for Unit {
    fn of(word: &str) -> Option<Self> {
        [Unit::Stamp, Unit::Point].into_iter().find(|unit| unit.code() == word)
    }

    fn fault(pointer: &str) -> Fault {
        choice(pointer, "stamp, point")
    }
}

impl Worded for LineKind {
    fn of(word: &str) -> Option<Self> {
        match word {
            "item" => Some(LineKind::Item),
            "shipping" => Some(LineKind::Shipping),
            "tip" => Some(LineKind::Tip),
            _ => None,
        }
    }

    fn fault(pointer: &str) -> Fault {
        choice(pointer, "item, shipping, tip")
    }
}

impl Worded for Locale {
    fn of(word: &str) -> Option<Self> {
        Locale::parse(word)
    }

    fn fault(pointer: &str) -> Fault {
        Fault::new(pointer, Code::InvalidLocale)
    }
}

impl Worded for Currency {
    fn of(word: &str) -> Option<Self> {
        word.parse().ok()
    }

    fn fault(pointer: &str) -> Fault {
        Fault::new(pointer, Code::InvalidCurrency)
    }
}

/// Declares a reason of one list.
macro_rules! reasons {
    ($($(#[$about:meta])* $name:ident $list:ident;)*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub Reason);

        impl Field for $name {
            fn read(value: &Json, pointer: &str) -> Result<Self, Vec<Fault>> {
                reason(value, pointer, &Reason::$list).map(Self)
            }
        }
    )*};
}

reasons! {
    /// Why a balance is corrected.
    AdjustReason ADJUST;
    /// Why a manager passes over cooldown and caps.
    OverrideReason OVERRIDE;
    /// Why an event is taken back.
    VoidReason VOID;
    /// Why a card is blocked.
    BlockReason BLOCK;
    /// Why a card goes into another one.
    MergeReason MERGE;
    /// Why a card is replaced.
    ReplaceReason REPLACE;
}

fn reason(value: &Json, pointer: &str, list: &[Reason]) -> Result<Reason, Vec<Fault>> {
    let Json::Text(word) = value else {
        return Err(invalid_type(pointer, Kind::Text));
    };
    list.iter()
        .copied()
        .find(|reason| reason.code() == word)
        .ok_or_else(|| {
            let allowed: Vec<&str> = list.iter().map(|reason| reason.code()).collect();
            vec![Fault::with(
                pointer,
                Code::UnknownReason,
                "allowed",
                Detail::Word(allowed.join(", ")),
            )]
        })
}
