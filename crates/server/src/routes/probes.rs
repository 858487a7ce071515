//! Whether the process lives and whether it can work: for whoever watches the installation.

use crate::app::App;
use crate::error::Causes;
use crate::sql;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Router};
use db::{Transaction, params};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long the database may take to answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(2);

/// How often it is tried whether the database can be written; in between the last answer holds.
const TRIED_EVERY: Duration = Duration::from_secs(3);
/// What the row is called that is written for that.
const MARK: &str = "written_at";

/// `/healthz` and `/readyz`.
pub fn router() -> Router<App> {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready).layer(Extension(Writing::default())))
}

/// Ready when the database answers, its schema is there, and it takes what is written. A process that starts brings the
/// schema up to date first.
async fn ready(State(app): State<App>, Extension(writing): Extension<Writing>) -> (StatusCode, &'static str) {
    if app.db.has_stopped() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database has stopped\n");
    }
    let look = |tx: &mut Transaction<'_>| tx.row(&sql::catalogue::SETTING, &params!["secret_key_fingerprint"]);
    let looked = tokio::time::timeout(ANSWER_TIME_MAX, app.db.read(move |tx| look(tx).map(|_| ()))).await;
    match looked {
        Ok(Ok(())) if writing.works(&app).await => (StatusCode::OK, "ready\n"),
        Ok(Ok(())) => (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be written\n"),
        Ok(Err(error)) => {
            tracing::warn!(error = %Causes(&error), "not ready: the database cannot be read");
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// When it was last tried to write, and whether that worked.
#[derive(Clone, Default)]
struct Writing(Arc<Mutex<Option<(Instant, bool)>>>);

impl Writing {
    /// Whether the database takes what is written. Those who ask at once wait for one try.
    async fn works(&self, app: &App) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, worked)) = *last
            && at.elapsed() < TRIED_EVERY
        {
            return worked;
        }
        let now = app.clock.now().0.to_string();
        let mark = move |tx: &mut Transaction<'_>| tx.run(&sql::catalogue::MARK, &params![MARK, now]);
        let worked = match tokio::time::timeout(ANSWER_TIME_MAX, app.db.write(mark)).await {
            Ok(Ok(_)) => true,
            Ok(Err(error)) => {
                tracing::warn!(error = %Causes(&error), "not ready: the database cannot be written");
                false
            }
            Err(_) => false,
        };
        *last = Some((Instant::now(), worked));
        worked
    }
}
