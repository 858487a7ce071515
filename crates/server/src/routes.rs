//! Every address of the installation, in one place.

use crate::app::App;
use axum::{Router, middleware};
use tokio::sync::watch;
use tower_http::csrf::CsrfLayer;

/// All routes. `stopped` turns true when the installation is told to stop, so that streams end.
pub fn all(app: App, stopped: watch::Receiver<bool>) -> Router {
    let _ = stopped;
    crate::pages::style::router().merge(pages(app))
}

/// The pages. A write that another site's page sends is refused: browsers say where a request comes from, and what is
/// not a browser has no cookies to abuse.
fn pages(app: App) -> Router {
    crate::pages::till::routes::router()
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), crate::pages::failure::show))
        .with_state(app)
}
