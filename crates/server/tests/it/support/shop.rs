//! A shop with the real router in front of it, called in-process: keys, a terminal, and calls in a few words.

use super::books::{Books, Engine, MONDAY, id};
use super::browser::{configured, installation};
use axum::Router;
use axum::body::Body;
use domain::ids::{KeyId, MerchantId, StoreId, TerminalId};
use domain::terms::Terms;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use server::app::App;
use server::config::Config;
use server::error::Error;
use server::identity::{Scope, scopes_text, stores_text};
use server::sql::credentials;
use server::tokens::{self, TokenOf};
use server::{api, edge, setup};
use tower::ServiceExt;

/// A shop.
pub struct Shop {
    pub books: Books,
    pub app: App,
    pub router: Router,
    /// A key with every scope.
    pub key: String,
    /// A terminal in the first store.
    pub terminal: String,
    /// A second store of the same merchant.
    pub elsewhere: StoreId,
}

/// An answer.
#[derive(Debug)]
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub body: Value,
}

impl Told {
    /// The code of a problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// Status and code in one, to be compared.
    pub fn refusal(&self) -> (u16, &str) {
        (self.status.as_u16(), self.code())
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The body of a success.
    pub fn accepted(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }
}

impl Shop {
    /// Opens a shop on an engine; `change` may change the terms of its programs.
    pub async fn open(engine: Engine, change: impl FnOnce(&mut Terms)) -> Self {
        let books = Books::open(engine, change).await;
        let app = installation(&books);
        let router = edge::around(api::router(app.clone()), tokio::sync::watch::channel(false).1);
        let (merchant, elsewhere) = (books.merchant, StoreId(id()));
        let add = move |tx: &mut db::Transaction<'_>| {
            setup::store(tx, merchant, elsewhere, ("BV", "Belval", "2, Belval"), MONDAY)
        };
        books.engine.db.write(add).await.unwrap();
        let mut shop = Self {
            books,
            app,
            router,
            key: String::new(),
            terminal: String::new(),
            elsewhere,
        };
        shop.key = shop.key_with(&Scope::ALL, &[]).await;
        shop.terminal = shop.terminal_in(shop.books.store).await;
        shop
    }

    /// A new key.
    pub async fn key_with(&self, scopes: &[Scope], stores: &[StoreId]) -> String {
        let (merchant, key) = (self.books.merchant, KeyId(id()));
        let token = tokens::new_token(&self.app.secrets, merchant, TokenOf::Key(key)).unwrap();
        let hash = tokens::hash(&token);
        let (scopes, stores) = (scopes_text(scopes), stores_text(stores));
        let values = db::params![merchant.0, key.0, "tests", hash, scopes, stores, MONDAY.0];
        self.run(move |tx| tx.run(&credentials::ADD_KEY, &values)).await;
        token
    }

    /// A new terminal.
    pub async fn terminal_in(&self, store: StoreId) -> String {
        let (merchant, terminal) = (self.books.merchant, TerminalId(id()));
        let token = tokens::new_token(&self.app.secrets, merchant, TokenOf::Terminal(terminal)).unwrap();
        let values = db::params![
            merchant.0,
            terminal.0,
            store.0,
            "Till",
            tokens::hash(&token),
            "paired",
            MONDAY.0
        ];
        self.run(move |tx| tx.run(&credentials::ADD_TERMINAL, &values)).await;
        token
    }

    /// Changes something behind the API's back.
    pub async fn run(&self, change: impl FnOnce(&mut db::Transaction<'_>) -> Result<u64, db::Error> + Send + 'static) {
        self.app
            .db
            .write(move |tx| change(tx).map_err(Error::from))
            .await
            .unwrap();
    }

    /// Lets time pass.
    pub fn pass_minutes(&self, minutes: i64) {
        let clock = &self.books.clock;
        clock.set(clock.now().plus_minutes(minutes));
    }

    /// The same installation under another address.
    pub fn moves_to(&mut self, address: &str) {
        let config = Config::from(|name| (name == "LOYALTY_PUBLIC_URL").then(|| address.to_owned())).unwrap();
        self.serve(configured(&self.books, config));
    }

    /// Serves it by another installation on the same books.
    pub fn serve(&mut self, app: App) {
        self.app = app;
        self.router = edge::around(api::router(self.app.clone()), tokio::sync::watch::channel(false).1);
    }

    /// The merchant.
    pub fn merchant(&self) -> MerchantId {
        self.books.merchant
    }

    /// The store, as bodies name it.
    pub fn store(&self) -> String {
        self.books.store.to_string()
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Told {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        super::pointers::check(&method, &path, parts.status, &body);
        Told {
            status: parts.status,
            headers: parts.headers,
            bytes,
            body,
        }
    }

    /// A request with the key, ready to be changed.
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let builder = Request::builder().method(method).uri(format!("/api/v1{path}"));
        builder.header("authorization", format!("Bearer {}", self.key))
    }

    pub async fn get(&self, path: &str) -> Told {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap())
            .await
    }

    /// A write under a new key.
    pub async fn post(&self, path: &str, body: &Value) -> Told {
        self.keyed(path, body, &id().to_string()).await
    }

    /// A write under a key.
    pub async fn keyed(&self, path: &str, body: &Value, key: &str) -> Told {
        self.write_as(&self.key, Method::POST, path, body, key).await
    }

    /// A write of the terminal.
    pub async fn at_till(&self, path: &str, body: &Value) -> Told {
        self.write_as(&self.terminal, Method::POST, path, body, &id().to_string())
            .await
    }

    /// A write with a token.
    pub async fn write_as(&self, token: &str, method: Method, path: &str, body: &Value, key: &str) -> Told {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let request = request.header("authorization", format!("Bearer {token}"));
        let request = request
            .header("content-type", "application/json")
            .header("idempotency-key", key);
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A write whose body is written by hand.
    pub async fn raw(&self, path: &str, body: impl Into<Body>) -> Told {
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/json");
        self.send(
            request
                .header("idempotency-key", id().to_string())
                .body(body.into())
                .unwrap(),
        )
        .await
    }

    /// Opens a card of the n-th program (0 stamps, 1 points, 2 both) and answers with its id.
    pub async fn card(&self, program: usize) -> String {
        let body = json!({ "program": self.books.programs[program].to_string(), "store": self.store() });
        let card = self.post("/cards", &body).await.accepted();
        card["id"].as_str().unwrap().to_owned()
    }

    /// Stamps a card.
    pub async fn stamp(&self, card: &str) -> Value {
        self.post(&format!("/cards/{card}/stamps"), &json!({ "store": self.store() }))
            .await
            .accepted()
    }

    /// Earns points on a card.
    pub async fn earn(&self, card: &str, amount_minor: i64) -> Value {
        let body = json!({ "amount_minor": amount_minor, "currency": "EUR", "store": self.store() });
        self.post(&format!("/cards/{card}/points"), &body).await.accepted()
    }
}
