//! The addresses of the storefront.
//!
//! Owns: which address leads to which handler. Must not know: what a handler does.

use super::handlers::{card, code, history, join, open, stream};
use crate::app::App;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::sync::watch;

/// All addresses of the storefront. `stopped` ends the streams.
pub(crate) fn router(stopped: watch::Receiver<bool>) -> Router<App> {
    Router::new()
        .route("/j/{merchant}/{program}", get(join::form).post(open::open))
        .route("/c/{token}", get(card::page))
        .route("/c/{token}/fragment", get(card::fragment))
        .route("/c/{token}/code", get(code::show))
        .route("/c/{token}/history", get(history::page))
        .route("/c/{token}/stream", get(stream::stream))
        .layer(Extension(stream::Streams::new(stopped)))
}
