//! The routes of all pages and what each of them passes: a net under panics, forms from this site only, a limit of
//! size and time, the reader's language, a page for each failure, and the headers of pages.
//!
//! Owns: which address leads to which handler. Must not know: what a handler does.

use super::context::remember_language;
use super::demonstration::Counted;
use super::failure::{self, Failure};
use super::{back, files, handlers, mailbox, my, people, preferences, storefront, style, till};
use crate::app::App;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::Value;
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;

/// Forms are small.
const FORM_BYTES_MAX: usize = 64 * 1024;
/// How long a page may take to begin; streams begin at once.
const PAGE_TIME_MAX: Duration = Duration::from_secs(10);

/// All pages. `stopped` ends their streams; `document` is what the API's page shows.
pub(crate) fn router(app: &App, stopped: watch::Receiver<bool>, document: Arc<Value>) -> Router<App> {
    let mut routes = Router::new()
        .route("/", get(handlers::landing).layer(Extension(Counted::default())))
        .route("/docs/api", get(handlers::api_document).layer(Extension(document)))
        .route("/m/{slug}/theme.css", get(handlers::theme))
        .merge(storefront::routes::router(app, stopped))
        .merge(till::routes::router())
        .merge(people::routes::router())
        .merge(back::routes::router())
        .merge(my::handlers::router())
        .merge(files::router())
        .merge(preferences::router());
    if app.config.development {
        routes = routes.merge(style::samples_router()).merge(mailbox::router());
    }
    around(app, routes.fallback(async || Failure::not_found()))
}

/// What every page passes. The till's router goes through it too.
pub(crate) fn around(app: &App, routes: Router<App>) -> Router<App> {
    routes
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PAGE_TIME_MAX,
        ))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(own_forms(app))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(remember_language))
        .layer(from_fn_with_state(app.clone(), failure::show))
        .layer(from_fn(guard))
}

/// Forms are taken from this site only, as browsers tell; no token is needed for it.
fn own_forms(app: &App) -> CsrfLayer {
    let origin = app.config.public_url.origin().ascii_serialization();
    CsrfLayer::new().add_trusted_origin(origin).unwrap_or_default()
}

/// A net under panics: the page says that something broke, the log says where.
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text
        .or_else(|| cause.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(cause = text, "a page panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// The headers of pages. A card's address is a secret of its owner: `same-origin` tells it to nobody else, and, other
/// than `no-referrer`, leaves browsers able to say that a form comes from this site.
async fn guard(request: Request, next: Next) -> Response<Body> {
    const GUARDS: [(HeaderName, &str); 6] = [
        (header::CONTENT_SECURITY_POLICY, super::CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let mut answer = next.run(request).await;
    for (name, value) in GUARDS {
        answer
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    answer
}
