//! What every request passes, whatever it asks for: its id, its language, its line in the log, a limit of time, a net
//! under panics, and the headers that keep browsers safe. It must not know what is asked.

use crate::locale::{self, Locale};
use crate::problem::{Code, Problem};
use crate::rate_limits;
use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tracing::Instrument;
use uuid::Uuid;

/// How long a request may take. Streams of events answer at once and are not bound by it.
const REQUEST_SECONDS_MAX: u64 = 30;
/// How long requests under way may still take once the installation was told to stop. Then they are turned away, so that
/// they hear of it before the process ends.
pub const GRACE: Duration = Duration::from_secs(6);
/// Answers smaller than this, in bytes, are not compressed.
const COMPRESSED_BYTES_MIN: u64 = 1024;
/// Random characters that tell the requests of one process from those of another.
const PROCESS_NAME_LENGTH: usize = 8;
/// The header that carries the id of a request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: a caller's own if it is short and plain, else a new one.
#[derive(Clone, Debug)]
pub struct RequestId(pub Arc<str>);

/// The language a request asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestLocale(pub Locale);

/// Puts the edge around all routes. `stopped` turns true when the installation is told to stop.
pub fn around(routes: Router, stopped: watch::Receiver<bool>) -> Router {
    let large = DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_BYTES_MIN));
    // One layer for the router, which boxes each of its layers once a request.
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(stopped, pass))
        .layer(CompressionLayer::new().compress_when(large))
        .layer(CatchPanicLayer::custom(panicked));
    routes.layer(layers)
}

async fn pass(State(stopped): State<watch::Receiver<bool>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let locale = wanted_locale(&request);
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("none", MatchedPath::as_str);
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(RequestLocale(locale));
    // The pattern of the route, never the path: paths hold tokens, and query strings hold contacts. At the highest level,
    // so that every line of a request has its id, however little is told.
    let span = tracing::error_span!("request", request_id = %id, %method, route);
    async move {
        let limit = Duration::from_secs(REQUEST_SECONDS_MAX);
        let mut response = tokio::select! {
            biased;
            response = rate_limits::telling(next.run(request)) => response,
            () = tokio::time::sleep(limit) => Problem::from(Code::Busy).into_response(),
            () = no_more_time(stopped) => Problem::from(Code::Busy).into_response(),
        };
        let problem = response.extensions_mut().remove::<Problem>();
        if let Some(problem) = problem {
            write_out(&mut response, &problem.document(locale, &id));
        }
        guard(response.headers_mut(), &id);
        tell(response.status(), started.elapsed());
        response
    }
    .instrument(span)
    .await
}

/// Waits until the installation was told to stop and requests had their time.
async fn no_more_time(mut stopped: watch::Receiver<bool>) {
    if stopped.wait_for(|told| *told).await.is_err() {
        // Nobody can tell it any more.
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(GRACE).await;
}

/// Puts a problem's document into its response.
fn write_out(response: &mut Response, document: &str) {
    *response.body_mut() = Body::from(document.to_owned());
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(crate::problem::MEDIA_TYPE),
    );
}

/// A net under panics: what broke is logged, the caller learns the request id.
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text
        .or_else(|| cause.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(cause = text, "a request panicked");
    Problem::from(Code::Internal).into_response()
}

fn tell(status: StatusCode, took: Duration) {
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let status = status.as_u16();
    match status {
        // Nobody's mistake, and it may work in a moment; but whoever runs the installation should know.
        503 => tracing::warn!(status, duration_ms, "a request was turned away"),
        500.. => tracing::error!(status, duration_ms, "a request broke"),
        _ => tracing::info!(status, duration_ms, "a request ended"),
    }
}

/// Headers on everything; a page that needs another policy has set its own before.
fn guard(headers: &mut HeaderMap, id: &str) {
    const GUARDS: [(HeaderName, &str); 7] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    headers.reserve(GUARDS.len() + 1);
    for (name, value) in GUARDS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, value);
    }
}

fn request_id(headers: &HeaderMap) -> Arc<str> {
    const LENGTH_MAX: usize = 64;
    let plain = |id: &&str| {
        (1..=LENGTH_MAX).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let given = headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(plain);
    given.map_or_else(new_id, Arc::from)
}

/// A name for the process, then a number: a request id need not be secret, only the only one.
fn new_id() -> Arc<str> {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    static PROCESS: LazyLock<String> = LazyLock::new(process_name);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("{}-{number}", *PROCESS).into()
}

/// Names a process and decides nothing, so it may read clock and chance here.
#[expect(
    clippy::disallowed_methods,
    reason = "a request id never reaches a rule or the books"
)]
fn process_name() -> String {
    let id = Uuid::now_v7().simple().to_string();
    id.split_at(id.len() - PROCESS_NAME_LENGTH).1.to_owned()
}

/// The language of `?lang`, else of `Accept-Language`, else English.
fn wanted_locale(request: &Request) -> Locale {
    let asked = request.uri().query().and_then(|query| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "lang")
            .map(|(_, value)| value)
    });
    let accepted = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let wishes = locale::Wishes {
        cookie: None,
        asked: asked.as_deref(),
        accept_language: accepted,
        merchant_default: Locale::En,
    };
    locale::negotiate(&wishes).locale
}
