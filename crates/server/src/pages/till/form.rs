//! What was typed at the till, read strictly: whole numbers, decimal amounts with comma or point, idempotency keys.
//!
//! Owns: the fields of a form and how they become values. Must not know: what the values are for.

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use domain::quantity::MONEY_MINOR_MAX;
use std::collections::BTreeMap;

/// What says who serves, and is no part of what is asked for.
const PROVING: [&str; 5] = ["staff", "pin", "ask", "without", "override_reason"];

/// The fields of a form. A repeated field counts once, as it was sent last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let body = axum::body::Bytes::from_request(request, state)
            .await
            .map_err(IntoResponse::into_response)?;
        Ok(Self(url::form_urlencoded::parse(&body).into_owned().collect()))
    }
}

/// Why a field cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not an amount.
    Amount,
    /// Smaller than the smallest coin.
    Precision,
    /// Not a whole number.
    Number,
    /// Too long, or with signs that nobody can read.
    Reference,
    /// Nothing that the page offered.
    Choice,
}

impl Fields {
    /// A field without blanks around it; empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// A whole number; none when nothing was typed.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Unreadable> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(None);
        }
        let plain = text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| plain).map(Some).ok_or(Unreadable::Number)
    }

    /// A sum of money in minor units, above nothing; none when nothing was typed.
    pub(crate) fn money(&self, name: &str, minor_digits: u8) -> Result<Option<i64>, Unreadable> {
        let text = self.text(name);
        if text.is_empty() {
            Ok(None)
        } else {
            minor(text, minor_digits).map(Some)
        }
    }

    /// The same with another value of one field.
    pub(crate) fn with(&self, name: &str, value: String) -> Self {
        let mut fields = self.0.clone();
        fields.insert(name.to_owned(), value);
        Self(fields)
    }

    /// What a form keeps while somebody shows who they are: everything but that.
    pub(crate) fn kept(&self) -> Vec<(String, String)> {
        let kept = self.0.iter().filter(|(name, _)| !PROVING.contains(&name.as_str()));
        kept.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// The key under which the form may be sent again: 1 to 128 visible ASCII characters.
    pub(crate) fn key(&self) -> Option<&str> {
        const LENGTH_MAX: usize = 128;
        let key = self.text("idempotency_key");
        let sound = (1..=LENGTH_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        sound.then_some(key)
    }

    /// What was asked, in one form: all fields but the key, and without what proves a person.
    pub(crate) fn asked(&self) -> String {
        let told = |name: &&String| {
            let name = name.as_str();
            !PROVING.contains(&name) && !matches!(name, "idempotency_key" | "proof")
        };
        let pairs = self.0.iter().filter(|(name, _)| told(name));
        let mut asked = url::form_urlencoded::Serializer::new(String::new());
        asked.extend_pairs(pairs.map(|(name, value)| (name, value.trim())));
        asked.finish()
    }
}

fn minor(text: &str, digits: u8) -> Result<i64, Unreadable> {
    let (whole, part) = text
        .split_once([',', '.'])
        .map_or((text, None), |(whole, part)| (whole, Some(part)));
    let plain = |text: &str| !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || part.is_some_and(|part| !plain(part)) {
        return Err(Unreadable::Amount);
    }
    let (part, digits) = (part.unwrap_or(""), usize::from(digits));
    if part.len() > digits {
        return Err(Unreadable::Precision);
    }
    let joined = format!("{whole}{part:0<digits$}");
    let sum = joined.parse().ok().filter(|sum| (1..=MONEY_MINOR_MAX).contains(sum));
    sum.ok_or(Unreadable::Amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_with_comma_or_point_and_nothing_else() {
        for (text, expected) in [
            ("12,50", 1250),
            ("12.5", 1250),
            ("12", 1200),
            ("0,01", 1),
            ("00012,00", 1200),
        ] {
            assert_eq!(minor(text, 2), Ok(expected), "{text}");
        }
        for bad in [
            "",
            "0",
            "0,00",
            "-5",
            "+5",
            "1.234,50",
            "1 000",
            "12,",
            ",5",
            "1e3",
            "NaN",
            "９",
            "9999999999999",
        ] {
            assert_eq!(minor(bad, 2), Err(Unreadable::Amount), "{bad}");
        }
        assert_eq!(minor("12,505", 2), Err(Unreadable::Precision));
        assert_eq!(minor("12,5", 0), Err(Unreadable::Precision));
        assert_eq!((minor("500", 0), minor("1.25", 3)), (Ok(500), Ok(1250)));
    }

    #[test]
    fn what_was_asked_is_the_same_under_another_key() {
        let fields = |pairs: &[(&str, &str)]| {
            Fields(
                pairs
                    .iter()
                    .map(|(name, value)| ((*name).into(), (*value).into()))
                    .collect(),
            )
        };
        let one = fields(&[("count", "2"), ("idempotency_key", "a"), ("pin", "1234")]);
        assert_eq!(
            one.asked(),
            fields(&[("idempotency_key", "b"), ("count", " 2 ")]).asked()
        );
        assert_ne!(one.asked(), fields(&[("count", "3")]).asked());
        assert_eq!(one.key(), Some("a"));
        assert_eq!(fields(&[("idempotency_key", "a b")]).key(), None);
        assert_eq!((one.number("count"), one.number("none")), (Ok(Some(2)), Ok(None)));
        assert_eq!(fields(&[("count", "-1")]).number("count"), Err(Unreadable::Number));
    }
}
