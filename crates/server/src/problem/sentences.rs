//! The sentence of a code in the caller's language, with its details formatted for people. The only file of the API face
//! that names messages of refusals.

use super::{Code, Detail};
use crate::locale::Locale;

/// What to say; a detail that is not there is left blank.
pub(super) fn sentence(code: Code, details: &[(&'static str, Detail)], locale: Locale) -> String {
    code.message(locale.messages(), &|name| {
        let found = details.iter().find(|(known, _)| *known == name);
        found.map(|(_, detail)| readable(detail, locale)).unwrap_or_default()
    })
}

fn readable(detail: &Detail, locale: Locale) -> String {
    match detail {
        Detail::Number(number) => locale.number(*number),
        Detail::Money(minor, currency) => locale.money(*minor, currency.code()),
        Detail::Moment { at, now, zone } => locale.spoken(at.0, now.0, zone),
        Detail::Word(word) => word.clone(),
    }
}
