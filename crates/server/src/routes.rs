//! Every address of the installation, in one place.

mod probes;

use crate::app::App;
use crate::{api, edge, pages};
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::watch;

/// All routes. `stopped` turns true when the installation is told to stop, so that streams end.
pub fn all(app: App, stopped: watch::Receiver<bool>) -> Router {
    let secure = app.config.public_url.scheme() == "https";
    let development = app.config.development;
    let pages = pages::install::router(&app, stopped.clone(), Arc::new(api::openapi()));
    let pages = pages.merge(probes::router()).with_state(app.clone());
    let routes = edge::around(api::router(app).merge(pages), stopped);
    let routes = if secure {
        routes.layer(middleware::from_fn(stay_secure))
    } else {
        routes
    };
    if development {
        routes.route("/noop-bare", get(async || "{}").post(echo))
    } else {
        routes
    }
}

/// Bare, for the bench, which asks for what is served in development: JSON in, the same JSON out, without edge, credential or key. What the no-op route of the API costs
/// beyond this is what every request passes.
async fn echo(Json(body): Json<Value>) -> Json<Value> {
    Json(body)
}

/// Behind TLS, browsers are told to come back with TLS only, for a year.
async fn stay_secure(request: Request, next: Next) -> Response {
    const YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");
    let mut answer = next.run(request).await;
    answer.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, YEAR);
    answer
}
