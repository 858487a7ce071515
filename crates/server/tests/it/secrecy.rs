//! A guard of the house: nothing that must stay between a customer and the shop is ever logged, however talkative the
//! log is (docs/logging.md); and no credential stands in an answer, an address or the database.

use crate::support::books::{Engine, id, postgres, sqlite};
use crate::support::heard::{Heard, listener};
use crate::support::rows::Look;
use crate::support::site::Site;
use axum::body::Body;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use db::params;
use domain::ids::{KeyId, TerminalId};
use http::{Method, Request};
use serde_json::{Value, json};
use server::identity::{Scope, scopes_text};
use server::sql::credentials;
use server::tokens::{self, TokenOf};
use std::sync::{Arc, Mutex, OnceLock};
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
    /// What proves who somebody is: it stands in no answer and in no table.
    credentials: Vec<String>,
    answers: Arc<Mutex<Vec<Answer>>>,
}

/// What was answered: the pattern of the address, the headers one a line, the body.
struct Answer {
    route: String,
    headers: String,
    body: String,
}

/// A layer that keeps what is answered. A stream has no end, so only its beginning is.
async fn keep(answers: Arc<Mutex<Vec<Answer>>>, request: Request<Body>, next: Next) -> Response {
    let route = format!("{} {}", request.method(), request.uri().path());
    let (parts, body) = next.run(request).await.into_parts();
    let kind = parts.headers.get("content-type");
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream")) {
        return Response::from_parts(parts, body);
    }
    let bytes = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let headers = parts
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()));
    let headers = headers.collect::<Vec<_>>().join("\n");
    let body = String::from_utf8_lossy(&bytes).into_owned();
    answers.lock().unwrap().push(Answer { route, headers, body });
    Response::from_parts(parts, Body::from(bytes))
}

impl Visit {
    async fn begin(engine: Engine) -> Self {
        let mut site = Site::open(engine, |_| {}).await;
        let answers = Arc::new(Mutex::new(Vec::new()));
        let kept = answers.clone();
        site.router = site
            .router
            .layer(from_fn(move |request, next| keep(kept.clone(), request, next)));
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
            credentials: [PIN, "a key for tests only"].map(str::to_owned).to_vec(),
            answers,
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
        let shown = self.site.app.secrets.card_of_link(&token).unwrap();
        let (merchant, card) = (shown.merchant, shown.card);
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
        self.credentials.extend([token.clone(), session.clone()]);
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
        self.credentials.extend([token.clone(), wrong.clone()]);
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
    visit.nobody_is_told();
    visit.a_thief_finds_nothing().await;
}

impl Visit {
    /// A credential is told by whoever has it, never by us; the session's only in the header that sets its cookie.
    fn nobody_is_told(&self) {
        let answers = self.answers.lock().unwrap();
        let known = answers.iter().filter(|answer| answer.body.contains(FIRST_NAME)).count();
        assert!(answers.len() > 20 && known > 2, "{} {known}", answers.len());
        for Answer { route, headers, body } in answers.iter() {
            for secret in &self.credentials {
                assert!(!body.contains(secret.as_str()), "{route} tells {secret:?}: {body}");
                let mut told = headers.lines().filter(|line| line.contains(secret.as_str()));
                assert!(
                    told.all(|line| line.starts_with("set-cookie: __Host-")),
                    "{route} tells {secret:?}: {headers}"
                );
            }
            // Nor does any address hold what was typed: histories and other people's logs keep addresses.
            for address in addresses(headers, body) {
                let held = self
                    .credentials
                    .iter()
                    .chain(&self.secrets[..7])
                    .find(|secret| address.contains(secret.as_str()));
                assert_eq!(held, None, "{route} leads to {address}");
            }
        }
    }

    /// Who has a copy of the database has no credential, and cannot read a contact.
    async fn a_thief_finds_nothing(&self) {
        let rows = Look::of_a_thief(&self.site.app.db).await.now().await;
        for secret in self
            .credentials
            .iter()
            .map(String::as_str)
            .chain([EMAIL, PHONE, "352621987654"])
        {
            assert_eq!(
                rows.with(secret),
                Vec::<String>::new(),
                "{secret:?} stands in the database"
            );
        }
        // The log of who managed what tells of nobody's name either.
        let told = rows.with(FIRST_NAME);
        assert!(
            !told.is_empty() && !told.iter().any(|table| table.starts_with("audit")),
            "{told:?}"
        );
    }
}

/// Every address that an answer leads to.
fn addresses<'a>(headers: &'a str, body: &'a str) -> Vec<&'a str> {
    let mut found: Vec<&str> = headers
        .lines()
        .filter_map(|line| line.strip_prefix("location: "))
        .collect();
    for start in ["href=\"", "action=\"", "src=\""] {
        found.extend(body.split(start).skip(1).filter_map(|rest| rest.split('"').next()));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_overhears_on_sqlite() {
    nobody_overhears(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_overhears_on_postgres() {
    nobody_overhears(postgres().await).await;
}
