//! Headers that are given once or not at all: which of two would count, two readers could see differently.

use crate::problem::{Code, Detail, Problem};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// A header, if it is there.
///
/// # Errors
/// `invalid_header` when it is there twice.
pub fn once<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a HeaderValue>, Problem> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    match values.next() {
        Some(_) => Err(Problem::with(
            Code::InvalidHeader,
            "name",
            Detail::Word(name.as_str().to_owned()),
        )),
        None => Ok(first),
    }
}
