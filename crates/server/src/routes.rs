//! Every address of the installation, in one place.

use crate::app::App;
use axum::Router;
use tokio::sync::watch;

/// All routes. `stopped` turns true when the installation is told to stop, so that streams end.
pub fn all(app: App, stopped: watch::Receiver<bool>) -> Router {
    let _ = (app, stopped);
    crate::pages::style::router()
}
