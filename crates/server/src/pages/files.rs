//! The built files and the merchants' stylesheets, with the headers that let browsers keep them.
//!
//! Owns: `/assets/…`, `/favicon.ico`, and the answer to `/m/{slug}/theme.css`. Must not know: who the merchants are.

use axum::Router;
use axum::body::Bytes;
use axum::extract::OriginalUri;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::brand::Brand;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// The routes.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{file}", get(file))
        .route("/favicon.ico", get(file))
}

async fn file(OriginalUri(address): OriginalUri, headers: HeaderMap) -> Response {
    let Some(asset) = assets::find(address.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let takes_gzip = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let compressed = asset.gzip.filter(|_| takes_gzip);
    let mut answer = Bytes::from_static(compressed.unwrap_or(asset.bytes)).into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(CACHE_CONTROL, if asset.immutable { FOREVER } else { A_DAY });
    if asset.gzip.is_some() {
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    }
    if compressed.is_some() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    answer
}

/// The stylesheet of a merchant. Its address carries a mark of its content, so it may be kept for ever.
pub fn theme(brand: &Brand) -> Response {
    let mut answer = brand.stylesheet().into_response();
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    answer.headers_mut().insert(CACHE_CONTROL, FOREVER);
    answer
}
