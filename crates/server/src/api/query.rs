//! What stands after the question mark. Unknown names are refused as they are in bodies; `lang` is known everywhere.

use super::Api;
use crate::problem::{Code, Detail, Fault, Problem};
use axum::http::request::Parts;
use std::borrow::Cow;

/// The most entries of a page.
const LIMIT_MAX: i64 = 100;
/// The entries of a page unless a caller says otherwise.
const LIMIT_DEFAULT: i64 = 20;
/// The longest value, in characters.
const VALUE_MAX: usize = 300;

/// A parameter of the address: given once, without control characters.
///
/// # Errors
/// `conflicting_fields` when it is given twice; `invalid_characters`, `blank`, `too_long`.
pub fn value(parts: &Parts, name: &'static str) -> Result<Option<String>, Problem> {
    let mut found = pairs(parts).filter(|(known, _)| known == name);
    let Some((_, text)) = found.next() else { return Ok(None) };
    if found.next().is_some() {
        let fields = Detail::Word(name.to_owned());
        return Err(Fault::with(name, Code::ConflictingFields, "fields", fields).into());
    }
    let read = super::kinds::text(&text, VALUE_MAX, false);
    read.map(Some)
        .map_err(|(code, _)| Fault::with(name, code, "max", Detail::Number(VALUE_MAX as i64)).into())
}

/// Refuses names that are not known here.
///
/// # Errors
/// `unknown_field`.
pub fn only(parts: &Parts, known: &[&str]) -> Result<(), Problem> {
    let unknown = pairs(parts).find(|(name, _)| name != "lang" && !known.contains(&name.as_ref()));
    let shown = |name: Cow<'_, str>| name.chars().take(64).collect::<String>();
    unknown.map_or(Ok(()), |(name, _)| {
        Err(Fault::new(shown(name), Code::UnknownField).into())
    })
}

fn pairs(parts: &Parts) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
}

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Entries that come after this place.
    pub before: i64,
    /// At most so many.
    pub limit: i64,
}

impl Api {
    /// Reads which page of a list is asked for.
    ///
    /// # Errors
    /// `invalid_pagination`.
    pub fn page(&self, parts: &Parts, list: &str) -> Result<Page, Problem> {
        only(parts, &["cursor", "limit"])?;
        let refused = |name: &str| Problem::from(Fault::new(name, Code::InvalidPagination));
        let raw = |name: &str| {
            pairs(parts)
                .find(|(known, _)| known == name)
                .map(|(_, text)| text.into_owned())
        };
        let limit = match raw("limit") {
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=LIMIT_MAX).contains(limit))
                .ok_or_else(|| refused("limit"))?,
            None => LIMIT_DEFAULT,
        };
        let before = match raw("cursor") {
            Some(cursor) => self
                .app
                .secrets
                .cursor_position(list, &cursor)
                .ok_or_else(|| refused("cursor"))?,
            None => i64::MAX,
        };
        Ok(Page { before, limit })
    }
}
