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
    let read = crate::texts::text(&text, VALUE_MAX, false);
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

/// What says which page of a list is asked for.
pub const PAGING: [&str; 3] = ["cursor", "limit", "sort"];

/// How a list is paged, as the document says it.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "only described; `Api::page` reads them")]
pub struct Paging {
    /// `next_cursor` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
    /// Entries of a page; 20 unless given.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
}

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// The place after which it begins; none for the first.
    pub after: Option<i64>,
    /// At most so many entries.
    pub limit: i64,
}

impl Api {
    /// Reads which page of a list is asked for; `beside` are the names that the call knows besides.
    ///
    /// # Errors
    /// `invalid_pagination`; `unknown_field`.
    pub fn page(&self, parts: &Parts, list: &str, beside: &[&str]) -> Result<Page, Problem> {
        let refused = |name: &str| Problem::from(Fault::new(name, Code::InvalidPagination));
        let once = |name: &str| {
            let mut found = pairs(parts).filter(|(known, _)| known == name);
            let first = found.next().map(|(_, text)| text);
            found.next().map_or(Ok(first), |_| Err(refused(name)))
        };
        // A list has one order, and it is not asked for.
        if once("sort")?.is_some() {
            return Err(refused("sort"));
        }
        only(parts, &[beside, &["cursor", "limit"]].concat())?;
        let limit = match once("limit")? {
            Some(text) => limit(&text).ok_or_else(|| refused("limit"))?,
            None => LIMIT_DEFAULT,
        };
        let place = |cursor: Cow<'_, str>| {
            let known = self.app.secrets.cursor_position(list, &cursor);
            known.ok_or_else(|| refused("cursor"))
        };
        let after = once("cursor")?.map(place).transpose()?;
        Ok(Page { after, limit })
    }

    /// A page of a list that is at hand as a whole, and where the next one begins.
    pub fn cut<T>(&self, page: Page, list: &str, all: impl Iterator<Item = T>) -> (Vec<T>, Option<String>) {
        let start = page.after.unwrap_or(0);
        let count = |number: i64| usize::try_from(number).unwrap_or(0);
        let mut rest = all.skip(count(start));
        let cut: Vec<T> = rest.by_ref().take(count(page.limit)).collect();
        let next = rest.next().map(|_| self.app.secrets.cursor(list, start + page.limit));
        (cut, next)
    }
}

/// A number of entries: digits and nothing else.
fn limit(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|letter| letter.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|limit| plain && (1..=LIMIT_MAX).contains(limit))
}
