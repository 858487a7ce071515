//! Whether the process lives and whether it can work: for whoever watches the installation.

use crate::app::App;
use crate::error::Causes;
use crate::sql;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use db::{Transaction, params};
use std::time::Duration;

/// How long the database may take to answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(2);

/// `/healthz` and `/readyz`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
}

/// Ready when the database answers, its schema is there, and it takes what is written. A process that starts brings the
/// schema up to date first.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.db.has_stopped() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database has stopped\n");
    }
    let look = |tx: &mut Transaction<'_>| tx.row(&sql::catalogue::SETTING, &params!["secret_key_fingerprint"]);
    let looked = tokio::time::timeout(ANSWER_TIME_MAX, app.db.read(move |tx| look(tx).map(|_| ()))).await;
    match looked {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::warn!(error = %Causes(&error), "not ready: the database cannot be read");
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
