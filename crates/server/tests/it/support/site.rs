//! The whole installation in-process, and a visitor with a browser: cookies, languages, forms.

use super::books::{Books, Engine};
use super::browser::{configured, unlimited};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::Response;
use domain::ids::CardId;
use domain::terms::Terms;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use server::app::App;
use server::config::Config;
use server::routes;
use tokio::sync::watch;
use tower::ServiceExt;

/// An installation with one merchant.
pub struct Site {
    pub books: Books,
    pub app: App,
    pub router: Router,
    pub stop: watch::Sender<bool>,
}

/// An answer as a browser sees it.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The value of a hidden field.
    pub fn field(&self, name: &str) -> String {
        self.text.between(&format!("name=\"{name}\" value=\""), "\"").to_owned()
    }

    /// The title of the window.
    pub fn title(&self) -> &str {
        self.text.between("<title>", "</title>")
    }

    pub fn lang(&self) -> &str {
        self.text.between("<html lang=\"", "\"")
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(
            self.text.contains(words),
            "{words:?} is missing in {}: {}",
            self.status,
            self.text
        );
        self
    }

    #[track_caller]
    pub fn says_not(&self, words: &str) -> &Self {
        assert!(!self.text.contains(words), "{words:?} stands in {}", self.text);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}

/// What stands between two texts, the first time.
pub trait Between {
    fn between<'a>(&'a self, start: &str, end: &str) -> &'a str;
}

impl Between for String {
    fn between<'a>(&'a self, start: &str, end: &str) -> &'a str {
        let (_, rest) = self
            .split_once(start)
            .unwrap_or_else(|| panic!("{start:?} is missing in {self}"));
        rest.split(end).next().unwrap()
    }
}

impl Site {
    /// Opens an installation on an engine; `change` may change the terms of all programs.
    pub async fn open(engine: Engine, change: impl FnOnce(&mut Terms)) -> Self {
        Self::with(engine, change, |_| {}).await
    }

    /// The same with other settings.
    pub async fn with(engine: Engine, change: impl FnOnce(&mut Terms), set: impl FnOnce(&mut Config)) -> Self {
        let books = Books::open(engine, change).await;
        let mut config = unlimited();
        set(&mut config);
        let app = configured(&books, config);
        let (stop, stopped) = watch::channel(false);
        let router = routes::all(app.clone(), stopped);
        Self {
            books,
            app,
            router,
            stop,
        }
    }

    /// The merchant's name in addresses.
    pub async fn slug(&self) -> String {
        self.app
            .catalogue(self.books.merchant)
            .await
            .unwrap()
            .unwrap()
            .merchant
            .slug
            .clone()
    }

    /// Where the n-th program (stamps, points, both) is joined.
    pub async fn join_path(&self, program: usize) -> String {
        format!("/j/{}/{}", self.slug().await, self.books.programs[program])
    }

    /// Where a card's page is.
    pub fn card_path(&self, card: CardId) -> String {
        format!("/c/{}", self.app.secrets.card_link(self.books.merchant, card, 0))
    }

    /// The bare response.
    pub async fn response(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn send(&self, request: Request<Body>) -> Seen {
        let (parts, body) = self.response(request).await.into_parts();
        let bytes: Bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Seen {
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.get_as(path, &[("accept-language", "en")]).await
    }

    /// A look with headers of its own.
    pub async fn get_as(&self, path: &str, headers: &[(&str, &str)]) -> Seen {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form as a browser does from a page of this site; the person at it took a while to read.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let shown = self.shown(10);
        let mut fields = fields.to_vec();
        if path.starts_with("/j/") && !fields.iter().any(|(name, _)| *name == "shown") {
            fields.push(("shown", &shown));
        }
        self.post_from(path, &fields, "same-origin").await
    }

    /// What the form of a program says when it was shown so many seconds ago.
    pub fn shown(&self, seconds: i64) -> String {
        let now = self.app.clock.now().0;
        self.app.secrets.cursor("join", now - seconds * 1_000_000)
    }

    /// Sends a form in a browser that keeps a cookie.
    pub async fn post_in(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Seen {
        self.form(path, fields, &[("sec-fetch-site", "same-origin"), ("cookie", cookie)])
            .await
    }

    pub async fn post_from(&self, path: &str, fields: &[(&str, &str)], site: &str) -> Seen {
        self.form(path, fields, &[("sec-fetch-site", site)]).await
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Seen {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let request = Request::builder().method(Method::POST).uri(path);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let mut request = request.header("accept-language", "en");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(form.finish())).unwrap()).await
    }

    /// Joins the n-th program as a visitor does, and answers with the card's address.
    pub async fn join(&self, program: usize, first_name: &str) -> String {
        let path = self.join_path(program).await;
        let form = self.get(&path).await;
        let key = form.field("idempotency_key");
        let fields = [
            ("idempotency_key", &*key),
            ("first_name", first_name),
            ("locale", "en"),
            ("terms", "1"),
        ];
        let answer = self.post(&path, &fields).await;
        answer.is(303);
        answer.header("location").to_owned()
    }
}
