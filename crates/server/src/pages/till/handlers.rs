//! The till's answers, one file an endpoint: each turns a request into one question to the ledger, and its answer into
//! a view. They must not know: rules, tables.

pub(crate) mod card;
pub(crate) mod points;
pub(crate) mod redeem;
pub(crate) mod sign_in;
pub(crate) mod stamp;
pub(crate) mod start;
pub(crate) mod void;

use askama::Template;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse;

use crate::pages::failure::Answered;

/// A page with its status.
pub(crate) fn html(status: StatusCode, view: &impl Template) -> Answered {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(crate::pages::CONTENT_SECURITY_POLICY)),
    ];
    Ok((status, headers, view.render()?).into_response())
}
