//! Answers are JSON: who accepts nothing of the kind is told so, before anything happens.

use crate::problem::{Code, Problem};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses requests whose `Accept` header leaves no room for JSON.
pub async fn json_only(request: Request, next: Next) -> Response {
    if accepts_json(request.headers()) {
        next.run(request).await
    } else {
        Problem::from(Code::NotAcceptable).into_response()
    }
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let mut ranges = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .peekable();
    ranges.peek().is_none()
        || ranges.flat_map(|value| value.split(',')).any(|range| {
            let (kind, parameters) = range.split_once(';').unwrap_or((range, ""));
            let refused = parameters
                .split(';')
                .any(|part| matches!(part.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
            let kind = kind.trim().to_ascii_lowercase();
            !refused
                && matches!(
                    kind.as_str(),
                    "" | "*/*" | "application/*" | "application/json" | "application/problem+json"
                )
        })
}
