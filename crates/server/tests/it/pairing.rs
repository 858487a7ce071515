//! Devices that become terminals by a code, and are taken back.

use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::browser::{Browser, configured, unlimited};
use crate::support::shop::{Shop, Told};
use axum::body::Body;
use http::{Request, StatusCode};
use serde_json::{Value, json};
use server::audit_log::{Filter, Noted, Who, read};
use server::rate_limits::Rates;
use server::terminals::{self, Made, PairingRefusal};

async fn made(shop: &Shop) -> Made {
    let (merchant, store) = (shop.merchant(), shop.elsewhere);
    terminals::make(&shop.app, Who::console(), merchant, store, "Till 2")
        .await
        .unwrap()
}

async fn pair(shop: &Shop, code: &str) -> Told {
    pair_with(shop, &json!({ "code": code })).await
}

async fn pair_with(shop: &Shop, body: &Value) -> Told {
    let request = Request::builder().method("POST").uri("/api/v1/terminals/pairings");
    let request = request.header("content-type", "application/json");
    shop.send(request.body(Body::from(body.to_string())).unwrap()).await
}

async fn look(shop: &Shop, token: &str) -> Told {
    let request = Request::builder().uri("/api/v1/programs");
    let request = request.header("authorization", format!("Bearer {token}"));
    shop.send(request.body(Body::empty()).unwrap()).await
}

async fn noted(shop: &Shop) -> Vec<Noted> {
    let merchant = shop.merchant();
    let rows = shop.app.db.read(move |tx| read(tx, merchant, &Filter::default(), 100));
    rows.await.unwrap()
}

/// The same code with another last character.
fn slip(code: &str) -> String {
    let last = if code.ends_with('7') { '8' } else { '7' };
    format!("{}{last}", &code[..code.len() - 1])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

async fn a_code_pairs_one_device(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let made = made(&shop).await;
    for wrong in ["", "7KQ4", "not a code", &slip(&made.code)] {
        let told = pair(&shop, wrong).await;
        let expected = if wrong.is_empty() {
            (422, "blank")
        } else {
            (401, "pairing_code_invalid")
        };
        assert_eq!(told.refusal(), expected, "{wrong}");
    }
    // Typed as people do.
    let paired = pair(&shop, &made.code.to_lowercase().replace('-', " ")).await;
    assert_eq!(paired.status, StatusCode::CREATED, "{}", paired.body);
    assert_eq!(text(&paired.body["terminal"]), made.terminal.to_string());
    assert_eq!(text(&paired.body["store"]), shop.elsewhere.to_string());
    let token = text(&paired.body["token"]);
    assert_eq!(look(&shop, token).await.status, StatusCode::OK);
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/stamps");
    let stamped = shop.write_as(token, http::Method::POST, &path, &json!({}), "one").await;
    assert_eq!(stamped.status, StatusCode::CREATED, "{}", stamped.body);
    assert_eq!(pair(&shop, &made.code).await.refusal(), (409, "pairing_code_used"));
    let told = noted(&shop).await;
    let told: Vec<_> = told.iter().map(|row| (&*row.action, &*row.actor)).collect();
    let terminal = made.terminal.to_string();
    assert_eq!(
        told,
        [
            ("terminal.paired", &*terminal),
            ("terminal.pairing_refused", "stranger"),
            ("terminal.made", "console"),
        ]
    );
    // Neither code nor token stands in the log.
    let log = serde_json::to_string(&noted(&shop).await).unwrap();
    assert!(!log.contains(&made.code) && !log.contains(token), "{log}");
    shop.books.audited().await;
}

async fn many_who_type_a_code_at_once_are_one_terminal(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let made = made(&shop).await;
    let tries = (0..8).map(|_| {
        let (app, code) = (shop.app.clone(), made.code.clone());
        tokio::spawn(async move {
            terminals::pair(&app, "203.0.113.9".parse().unwrap(), &code)
                .await
                .unwrap()
        })
    });
    let mut tokens = Vec::new();
    for outcome in tries.collect::<Vec<_>>() {
        match outcome.await.unwrap() {
            Ok(paired) => tokens.push(paired.token),
            Err(refusal) => assert_eq!(refusal, PairingRefusal::Used),
        }
    }
    assert_eq!(tokens.len(), 1);
    assert_eq!(look(&shop, &tokens[0]).await.status, StatusCode::OK);
}

async fn a_code_survives_five_slips_and_ten_minutes(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let code = made(&shop).await.code;
    // At once, so that no try may be lost.
    let tries = (0..5).map(|_| {
        let (app, slip) = (shop.app.clone(), slip(&code));
        tokio::spawn(async move {
            terminals::pair(&app, "203.0.113.9".parse().unwrap(), &slip)
                .await
                .unwrap()
                .err()
        })
    });
    for outcome in tries.collect::<Vec<_>>() {
        assert_eq!(outcome.await.unwrap(), Some(PairingRefusal::Invalid));
    }
    let told = pair(&shop, &code).await;
    assert_eq!(told.refusal(), (429, "rate_limited"));
    assert_eq!(told.header("retry-after"), "600");
    let late = made(&shop).await.code;
    shop.pass_minutes(10);
    assert_eq!(pair(&shop, &late).await.refusal(), (401, "pairing_code_invalid"));
    // Nor does it work again when its time is over.
    assert_eq!(pair(&shop, &code).await.refusal(), (401, "pairing_code_invalid"));
    shop.pass_minutes(25 * 60);
    assert!(server::jobs::forget(&shop.app).await.unwrap() >= 2);
}

async fn codes_are_not_guessed(engine: Engine) {
    let mut shop = Shop::open(engine, |_| {}).await;
    let mut config = unlimited();
    config.rate_limits = Rates::read("pairing=3/m").unwrap();
    shop.serve(configured(&shop.books, config));
    for code in ["7KQ4-M2XA", "7KQ4-M2XB", "7KQ4-M2XC"] {
        assert_eq!(pair(&shop, code).await.refusal(), (401, "pairing_code_invalid"));
    }
    let told = pair(&shop, "7KQ4-M2XD").await;
    assert_eq!(told.refusal(), (429, "rate_limited"));
    assert_eq!(told.header("ratelimit-policy"), "\"pairing\";q=3;w=60");
}

async fn a_terminal_that_was_taken_back_is_refused_at_its_next_write(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let made = made(&shop).await;
    let paired = pair(&shop, &made.code).await;
    let token = text(&paired.body["token"]).to_owned();
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let stamp = async |key: &str| shop.write_as(&token, http::Method::POST, &path, &json!({}), key).await;
    assert_eq!(stamp("one").await.status, StatusCode::CREATED);
    // By another installation on the same database, which shares no memory with the one that remembers the device.
    let other = configured(&shop.books, unlimited());
    assert!(
        terminals::revoke(&other, Who::console(), shop.merchant(), made.terminal)
            .await
            .unwrap()
    );
    assert_eq!(stamp("two").await.refusal(), (401, "terminal_revoked"));
    assert!(
        !terminals::revoke(&other, Who::console(), shop.merchant(), made.terminal)
            .await
            .unwrap()
    );
    // One that waited for its device gets none any more.
    let waiting = terminals::make(&other, Who::console(), shop.merchant(), shop.elsewhere, "Till 3").await;
    let waiting = waiting.unwrap();
    terminals::revoke(&other, Who::console(), shop.merchant(), waiting.terminal)
        .await
        .unwrap();
    assert_eq!(
        pair(&shop, &waiting.code).await.refusal(),
        (401, "pairing_code_invalid")
    );
    let actions: Vec<_> = noted(&shop).await.into_iter().map(|row| row.action).collect();
    assert_eq!(actions[0], "terminal.revoked");
    let listed = terminals::list(&other, shop.merchant()).await.unwrap();
    assert_eq!(listed.iter().filter(|one| one.status == "revoked").count(), 2);
}

async fn a_browser_becomes_a_till_by_a_code(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let mut browser = Browser::new(&shop.app);
    assert!(browser.get("/till").await.says("href=\"/till/pairings\""));
    assert!(browser.get("/till/pairings").await.says("name=\"code\""));
    let made = made(&shop).await;
    let refused = browser.post("/till/pairings", &[("code", &slip(&made.code))]).await;
    assert_eq!(
        (refused.status, refused.cookie.as_ref()),
        (StatusCode::UNAUTHORIZED, None)
    );
    assert!(refused.says("role=\"alert\"") && !refused.says(&made.code));
    let paired = browser.post("/till/pairings", &[("code", &made.code)]).await;
    assert_eq!(
        (paired.status, paired.location.as_deref()),
        (StatusCode::SEE_OTHER, Some("/till"))
    );
    browser.cookie = paired.cookie.unwrap().split(';').next().unwrap().to_owned();
    assert!(browser.get("/till").await.says("Belval"));
    let again = Browser::new(&shop.app)
        .post("/till/pairings", &[("code", &made.code)])
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let seen = async || {
        let listed = terminals::list(&shop.app, shop.merchant()).await.unwrap();
        listed
            .into_iter()
            .find(|one| one.terminal == made.terminal)
            .unwrap()
            .last_seen_at
    };
    assert_eq!(seen().await, Some(shop.books.clock.now()));
    // Within a minute it is not written again; later it is, beside the request.
    shop.pass_minutes(2);
    browser.get("/till").await;
    while seen().await != Some(shop.books.clock.now()) {
        tokio::task::yield_now().await;
    }
    terminals::revoke(&shop.app, Who::console(), shop.merchant(), made.terminal)
        .await
        .unwrap();
    let gone = browser.get("/till").await;
    assert_eq!(gone.status, StatusCode::UNAUTHORIZED);
    assert!(gone.says("no longer a till"), "{}", gone.html);
    let card = shop.card(0).await;
    let write = browser
        .post(&format!("/till/cards/{card}/stamps"), &[("idempotency_key", "a")])
        .await;
    assert_eq!(write.status, StatusCode::UNAUTHORIZED);
}

async fn one_terminal_has_as_many_tries_to_sign_in_as_an_address(engine: Engine) {
    let mut shop = Shop::open(engine, |_| {}).await;
    let mut config = unlimited();
    config.rate_limits = Rates::read("sign_in=2/m").unwrap();
    shop.serve(configured(&shop.books, config));
    let browser = Browser::new(&shop.app);
    for _ in 0..2 {
        let refused = browser.post("/till/session", &[("token", "trei_trm_guess")]).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    }
    let refused = browser.post("/till/session", &[("token", &shop.terminal)]).await;
    assert_eq!(
        (refused.status, refused.cookie.as_ref()),
        (StatusCode::TOO_MANY_REQUESTS, None)
    );
    assert!(refused.says("Too many tries"));
}

async fn a_device_hears_that_its_clock_is_off(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    for (told, warnings) in [
        ("2026-03-02T08:04:00Z", Value::Null),
        ("2026-03-02T10:04:00+02:00", Value::Null),
        ("2026-03-02T09:00:00Z", json!(["clock_skew"])),
        ("2020-01-01T00:00:00Z", json!(["clock_skew"])),
    ] {
        let code = made(&shop).await.code;
        let paired = pair_with(&shop, &json!({ "code": code, "device_time": told })).await;
        assert_eq!(paired.status, StatusCode::CREATED, "{}", paired.body);
        assert_eq!(paired.body["warnings"], warnings, "{told}");
    }
    let made = made(&shop).await;
    let nonsense = pair_with(&shop, &json!({ "code": made.code, "device_time": "now" })).await;
    assert_eq!(nonsense.refusal(), (422, "invalid_date"));
    assert_eq!(pair(&shop, &made.code).await.status, StatusCode::CREATED);
}

on_both!(
    a_device_hears_that_its_clock_is_off,
    a_code_pairs_one_device,
    many_who_type_a_code_at_once_are_one_terminal,
    a_code_survives_five_slips_and_ten_minutes,
    codes_are_not_guessed,
    a_terminal_that_was_taken_back_is_refused_at_its_next_write,
    a_browser_becomes_a_till_by_a_code,
    one_terminal_has_as_many_tries_to_sign_in_as_an_address,
);
