//! A whole installation on a database, and a browser that keeps its cookie.

use super::books::Books;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use server::app::{App, Parts};
use server::config::Config;
use server::rate_limits::{Limits, Rates};
use server::routes;
use server::secrets::Secrets;
use tower::ServiceExt as _;

/// The installation around a test's books, with the settings that nobody changed.
pub fn installation(books: &Books) -> App {
    configured(books, unlimited())
}

/// The settings that nobody changed, but that tests may try as often as they like: they all come from one address.
pub fn unlimited() -> Config {
    Config {
        rate_limits: Rates::off(),
        ..Config::from(|_| None).unwrap()
    }
}

/// The same with other settings.
pub fn configured(books: &Books, config: Config) -> App {
    App::new(Parts {
        db: books.engine.db.clone(),
        clock: books.clock.clone(),
        ledger: books.ledger.clone(),
        pins: Default::default(),
        secrets: Secrets::from_key("a key for tests only, long enough").unwrap(),
        catalogues: books.catalogues.clone(),
        passwords: Default::default(),
        limits: Limits::new(&config.rate_limits),
        config,
    })
}

/// An answer.
#[derive(Debug)]
pub struct Shown {
    pub status: StatusCode,
    pub location: Option<String>,
    pub cookie: Option<String>,
    pub html: String,
}

impl Shown {
    /// The value of the first field of this name.
    pub fn field(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = self
            .html
            .split_once(&start)
            .unwrap_or_else(|| panic!("no field {name} in {}", self.html));
        rest.split('"').next().unwrap().to_owned()
    }

    /// `yes`, `wait` or `no`; none for a page that is no result.
    pub fn tone(&self) -> Option<&str> {
        self.html
            .split_once("data-tone=\"")
            .and_then(|(_, rest)| rest.split('"').next())
    }

    pub fn says(&self, words: &str) -> bool {
        self.html.contains(words)
    }
}

/// A browser.
#[derive(Clone)]
pub struct Browser {
    routes: Router,
    pub cookie: String,
}

impl Browser {
    pub fn new(app: &App) -> Self {
        let (_, stopped) = tokio::sync::watch::channel(false);
        Self {
            routes: routes::all(app.clone(), stopped),
            cookie: String::new(),
        }
    }

    pub async fn get(&self, address: &str) -> Shown {
        self.ask(Request::get(address).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Shown {
        self.post_from(address, fields, "same-origin").await
    }

    /// A write with what a browser says about where it comes from.
    pub async fn post_from(&self, address: &str, fields: &[(&str, &str)], site: &str) -> Shown {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", site)
            .body(Body::from(body.finish()))
            .unwrap();
        self.ask(request).await
    }

    async fn ask(&self, mut request: Request<Body>) -> Shown {
        request
            .headers_mut()
            .insert(header::COOKIE, self.cookie.parse().unwrap());
        request
            .headers_mut()
            .insert(header::ACCEPT_LANGUAGE, "en".parse().unwrap());
        let answer = self.routes.clone().oneshot(request).await.unwrap();
        let text = |name| {
            answer
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        let (status, location, cookie) = (answer.status(), text(header::LOCATION), text(header::SET_COOKIE));
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        Shown {
            status,
            location,
            cookie,
            html: String::from_utf8(body.to_vec()).unwrap(),
        }
    }
}
