//! Every address of the installation, in one place.

use crate::app::App;
use crate::{api, edge, pages};
use axum::Router;
use axum::routing::get;
use tokio::sync::watch;

/// All routes. `stopped` turns true when the installation is told to stop, so that streams end.
pub fn all(app: App, stopped: watch::Receiver<bool>) -> Router {
    let _ = stopped;
    let through_the_edge = edge::around(api::router(app).merge(pages::style::router()));
    // Bare, for the bench: what the edge itself costs.
    through_the_edge.route("/noop-bare", get(|| async { "{}" }))
}
