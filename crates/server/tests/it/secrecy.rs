//! A guard of the house: nothing that must stay between a customer and the shop is ever logged, however talkative the
//! log is (docs/logging.md).

use crate::support::books::{Engine, id, postgres, sqlite};
use crate::support::heard::{Heard, listener};
use crate::support::site::Site;
use axum::body::Body;
use db::params;
use domain::ids::{KeyId, TerminalId};
use http::{Method, Request};
use serde_json::{Value, json};
use server::identity::{Scope, scopes_text};
use server::sql::credentials;
use server::tokens::{self, TokenOf};
use std::sync::OnceLock;
use tracing_subscriber::util::SubscriberInitExt;

const FIRST_NAME: &str = "Zylphia";
const EMAIL: &str = "marked.person@example.lu";
const PHONE: &str = "+352 621 987 654";
const PIN: &str = "739182";
const NOTE: &str = "she lost it at the quay";
const STAFF: &str = "Quentin Marked";

/// Listens from now on, at the most talkative level, also where a library is named that must be discreet.
fn listen() -> Heard {
    static HEARD: OnceLock<Heard> = OnceLock::new();
    let heard = HEARD.get_or_init(|| {
        let heard = Heard::default();
        let asked = "trace,tokio_postgres::query=trace,tokio_postgres::prepare=trace,hyper::proto::h1=trace";
        listener(asked, heard.clone()).try_init().unwrap();
        heard
    });
    heard.clone()
}

/// A visit to every surface, with values that can be recognised; answers with what must not be heard.
struct Visit {
    site: Site,
    secrets: Vec<String>,
}

impl Visit {
    async fn begin(engine: Engine) -> Self {
        let site = Site::open(engine, |_| {}).await;
        let known = [
            FIRST_NAME,
            EMAIL,
            PHONE,
            "621987654",
            PIN,
            NOTE,
            STAFF,
            "a key for tests only",
        ];
        Self {
            site,
            secrets: known.map(str::to_owned).to_vec(),
        }
    }

    async fn write(&self, statement: &'static db::Statement, values: Vec<db::Value>) {
        let change = move |tx: &mut db::Transaction<'_>| tx.run(statement, &values).map_err(server::error::Error::from);
        self.site.app.db.write(change).await.unwrap();
    }

    async fn join(&mut self) {
        let link = self.site.join(0, FIRST_NAME).await;
        let token = link[3..].to_owned();
        for path in [
            &link,
            &format!("{link}/history?kind=earned&note={NOTE}").replace(' ', "+"),
            &format!("{link}/fragment"),
        ] {
            self.site.get(path).await.is(200);
        }
        let stream = Request::builder()
            .uri(format!("{link}/stream"))
            .body(Body::empty())
            .unwrap();
        drop(self.site.response(stream).await);
        self.site.get(&format!("{link}x")).await.is(404);
        let (merchant, card) = self.site.app.secrets.card_of_link(&token).unwrap();
        self.secrets
            .extend([token, self.site.app.secrets.card_code(merchant, card, 0)]);
    }

    async fn till(&mut self) {
        let (books, terminal) = (&self.site.books, TerminalId(id()));
        let token = tokens::new_token(&self.site.app.secrets, books.merchant, TokenOf::Terminal(terminal)).unwrap();
        let (merchant, store) = (books.merchant.0, books.store.0);
        let values = params![
            merchant,
            terminal.0,
            store,
            "Till",
            tokens::hash(&token),
            "paired",
            1i64
        ];
        self.write(&credentials::ADD_TERMINAL, values.to_vec()).await;
        let signed_in = self.site.post("/till/session", &[("token", &token)]).await;
        let cookie = signed_in
            .is(303)
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let card = books.enroll(books.programs[0]).await;
        let code = self.site.app.secrets.card_code(books.merchant, card, 0);
        let headers = [("cookie", &*cookie), ("accept-language", "en")];
        self.site.get_as(&format!("/till?q={code}"), &headers).await;
        let form = format!("idempotency_key=0123456789abcdef&pin={PIN}&staff={STAFF}&proof={code}").replace(' ', "+");
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/till/cards/{card}/stamps"));
        let request = request
            .header("cookie", &cookie)
            .header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.site.send(request.body(Body::from(form)).unwrap()).await.is(201);
        let session = cookie.split_once('=').unwrap().1.to_owned();
        self.secrets.extend([token, code, session]);
    }

    async fn call(&self, token: &str, method: Method, path: &str, body: &str) -> Value {
        let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        let request = request.header("authorization", format!("Bearer {token}"));
        let request = request
            .header("content-type", "application/json")
            .header("idempotency-key", id().to_string());
        let seen = self.site.send(request.body(Body::from(body.to_owned())).unwrap()).await;
        serde_json::from_str(&seen.text).unwrap_or_default()
    }

    async fn api(&mut self) {
        let (merchant, key) = (self.site.books.merchant, KeyId(id()));
        let token = tokens::new_token(&self.site.app.secrets, merchant, TokenOf::Key(key)).unwrap();
        let values = params![
            merchant.0,
            key.0,
            "tests",
            tokens::hash(&token),
            scopes_text(&Scope::ALL),
            "",
            1i64
        ];
        self.write(&credentials::ADD_KEY, values.to_vec()).await;
        let (program, store) = (
            self.site.books.programs[0].to_string(),
            self.site.books.store.to_string(),
        );
        let mut card = Value::Null;
        for contact in [EMAIL, PHONE] {
            let body = json!({ "program": program, "store": store, "contact": contact, "first_name": FIRST_NAME });
            card = self.call(&token, Method::POST, "/cards", &body.to_string()).await;
            // The second time the person is known.
            self.call(&token, Method::POST, "/cards", &body.to_string()).await;
        }
        let card_id = card["id"].as_str().expect("a card was opened").to_owned();
        let stamp = json!({ "store": store, "staff": STAFF, "pin": PIN }).to_string();
        assert_eq!(
            self.call(&token, Method::POST, &format!("/cards/{card_id}/stamps"), &stamp)
                .await["code"],
            Value::Null
        );
        let adjust = json!({ "store": store, "unit": "stamp", "amount": 1, "reason": "goodwill", "note": NOTE });
        self.call(
            &token,
            Method::POST,
            &format!("/cards/{card_id}/adjustments"),
            &adjust.to_string(),
        )
        .await;
        let code = card["code"].as_str().unwrap();
        for wish in [
            format!("contact={EMAIL}"),
            format!("code={code}"),
            "contact=%2B352621987654".to_owned(),
        ] {
            self.call(&token, Method::GET, &format!("/cards?{wish}"), "").await;
        }
        for broken in [
            format!("{{\"contact\": \"{EMAIL}"),
            format!("{{\"first_name\": {{\"{FIRST_NAME}\": 1}}}}"),
        ] {
            self.call(&token, Method::POST, "/cards", &broken).await;
        }
        let wrong = format!("{}A", &token[..token.len() - 1]);
        self.call(&wrong, Method::GET, "/programs", "").await;
        let link = card["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        self.secrets.extend([token, wrong, code.to_owned(), link]);
    }
}

async fn nobody_overhears(engine: Engine) {
    let heard = listen();
    let mut visit = Visit::begin(engine).await;
    visit.join().await;
    visit.till().await;
    visit.api().await;
    let log = heard.text();
    for expected in [
        "a request ended",
        "/c/{token}",
        "/api/v1/cards",
        "/till/cards/{card}/stamps",
    ] {
        assert!(
            log.contains(expected),
            "the log does not say {expected:?}: is anybody listening?"
        );
    }
    for secret in &visit.secrets {
        let line = log.lines().find(|line| line.contains(secret.as_str()));
        assert_eq!(line, None, "{secret:?} was logged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_overhears_on_sqlite() {
    nobody_overhears(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_overhears_on_postgres() {
    nobody_overhears(postgres().await).await;
}
