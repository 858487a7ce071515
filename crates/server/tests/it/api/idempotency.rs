//! Keys and references: the same call has its effect once, and is answered the same (`IDM-1` to `IDM-4`).

use crate::support::books::{Engine, MONDAY, id, postgres, sqlite};
use crate::support::shop::Shop;
use axum::body::Body;
use domain::ids::{PinId, StaffId};
use http::Method;
use serde_json::json;
use server::setup;

async fn shop() -> Shop {
    Shop::open(sqlite().await, |_| {}).await
}

#[tokio::test]
async fn keys_have_a_shape_and_are_required() {
    let shop = shop().await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let body = json!({ "store": shop.store() }).to_string();
    let with = |keys: &[&str]| {
        let mut request = shop
            .request(Method::POST, &path)
            .header("content-type", "application/json");
        for key in keys {
            request = request.header("idempotency-key", *key);
        }
        request.body(Body::from(body.clone())).unwrap()
    };
    assert_eq!(shop.send(with(&[])).await.refusal(), (428, "idempotency_key_required"));
    let long = "x".repeat(129);
    for bad in [&["a b"][..], &[""], &["é"], &[&long], &["\"\""], &["a", "b"]] {
        assert_eq!(
            shop.send(with(bad)).await.refusal(),
            (400, "idempotency_key_invalid"),
            "{bad:?}"
        );
    }
    assert_eq!(shop.send(with(&[&"x".repeat(128)])).await.status, 201);
    assert_eq!(shop.send(with(&["\"quoted\""])).await.status, 201);
    assert_eq!(shop.send(with(&["quoted"])).await.header("idempotent-replayed"), "true");
}

#[tokio::test]
async fn the_key_is_looked_at_before_the_body_and_the_credential_before_the_key() {
    let shop = shop().await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let request = shop.request(Method::POST, &path).body(Body::from("nonsense")).unwrap();
    assert_eq!(shop.send(request).await.refusal(), (428, "idempotency_key_required"));
    let request = http::Request::builder()
        .method(Method::POST)
        .uri(format!("/api/v1{path}"));
    assert_eq!(
        shop.send(request.body(Body::from("nonsense")).unwrap()).await.refusal(),
        (401, "unauthenticated")
    );
}

async fn the_same_call_is_answered_byte_for_byte(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let (stamps, points) = (shop.card(0).await, shop.card(1).await);
    let open =
        json!({ "program": shop.books.programs[0].to_string(), "contact": "mina@example.lu", "first_name": "Mina" });
    let stamp = json!({ "store": shop.store(), "pin": "1234" });
    let earn = json!({ "amount_minor": 1000, "currency": "EUR", "store": shop.store(), "order_ref": "A-1" });
    let small = json!({ "amount_minor": 1, "currency": "EUR", "store": shop.store() });
    let calls = [
        ("/cards".to_owned(), open, 201),
        (format!("/cards/{stamps}/stamps"), stamp, 201),
        (format!("/cards/{points}/points"), earn, 201),
        (format!("/cards/{points}/points"), small, 200),
    ];
    for (place, (path, body, status)) in calls.iter().enumerate() {
        let key = format!("key-{place}");
        let first = shop.keyed(path, body, &key).await;
        assert_eq!(
            (first.status.as_u16(), first.header("idempotent-replayed")),
            (*status, ""),
            "{path} {}",
            first.body
        );
        // Later, in another language, with more on the card: still the first answer.
        shop.books.clock.set(shop.books.clock.now().plus_minutes(10));
        let again = shop.keyed(&format!("{path}?lang=fr"), body, &key).await;
        assert_eq!(again.bytes, first.bytes, "{path}");
        assert_eq!(
            (again.status, again.header("idempotent-replayed")),
            (first.status, "true")
        );
        assert_eq!(again.header("location"), first.header("location"));
    }
    shop.books.audited().await;
}

#[tokio::test]
async fn the_same_call_is_answered_byte_for_byte_on_sqlite() {
    the_same_call_is_answered_byte_for_byte(sqlite().await).await;
}

#[tokio::test]
async fn the_same_call_is_answered_byte_for_byte_on_postgresql() {
    the_same_call_is_answered_byte_for_byte(postgres().await).await;
}

#[tokio::test]
async fn pin_and_proof_leave_no_trace_in_the_key() {
    let shop = shop().await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let with = |pin: &str| json!({ "store": shop.store(), "pin": pin });
    shop.keyed(&path, &with("1234"), "k").await.accepted();
    for body in [
        with("9999"),
        json!({ "store": shop.store() }),
        json!({ "pin": [1, {}], "store": shop.store() }),
    ] {
        assert_eq!(
            shop.keyed(&path, &body, "k").await.header("idempotent-replayed"),
            "true"
        );
    }
}

#[tokio::test]
async fn a_key_means_one_call() {
    let shop = shop().await;
    let (card, other) = (shop.card(0).await, shop.card(0).await);
    let body = json!({ "store": shop.store() });
    shop.keyed(&format!("/cards/{card}/stamps"), &body, "k")
        .await
        .accepted();
    let more = json!({ "store": shop.store(), "amount_minor": 100 });
    let told = shop.keyed(&format!("/cards/{card}/stamps"), &more, "k").await;
    assert_eq!(told.refusal(), (422, "idempotency_key_reused"));
    let told = shop.keyed(&format!("/cards/{other}/stamps"), &body, "k").await;
    assert_eq!(told.refusal(), (422, "idempotency_key_reused"));
    // Another credential and another route have keys of their own.
    let path = format!("/cards/{other}/stamps");
    let told = shop.write_as(&shop.terminal, Method::POST, &path, &body, "k").await;
    assert_eq!((told.status.as_u16(), told.header("idempotent-replayed")), (201, ""));
    let adjust = json!({ "unit": "stamp", "amount": 1, "reason": "goodwill" });
    assert_eq!(
        shop.keyed(&format!("/cards/{card}/adjustments"), &adjust, "k")
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn a_refusal_leaves_the_key_free() {
    let shop = shop().await;
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/redemptions");
    let body = json!({ "reward": shop.books.coffee.to_string(), "store": shop.store() });
    let told = shop.keyed(&path, &body, "k").await;
    assert_eq!(told.refusal(), (409, "insufficient_balance"));
    assert_eq!((&told.body["needed"], &told.body["available"]), (&json!(10), &json!(0)));
    let gift = json!({ "unit": "stamp", "amount": 10, "reason": "goodwill" });
    shop.post(&format!("/cards/{card}/adjustments"), &gift).await.accepted();
    assert_eq!(shop.keyed(&path, &body, "k").await.status, 201);
}

#[tokio::test]
async fn an_order_is_paid_once() {
    let shop = shop().await;
    let (card, other) = (shop.card(1).await, shop.card(1).await);
    let body = json!({ "amount_minor": 1000, "currency": "EUR", "store": shop.store(), "order_ref": " A-1 " });
    let path = format!("/cards/{card}/points");
    let first = shop.post(&path, &body).await;
    assert_eq!(first.status, 201);
    let again = shop.post(&path, &body).await;
    assert_eq!((again.status.as_u16(), again.header("idempotent-replayed")), (200, ""));
    assert_eq!(again.body["event"], first.body["event"]);
    let told = shop.post(&format!("/cards/{other}/points"), &body).await;
    assert_eq!(told.refusal(), (409, "order_ref_conflict"));
    let mut dearer = body.clone();
    dearer["amount_minor"] = json!(2000);
    assert_eq!(shop.post(&path, &dearer).await.refusal(), (409, "order_ref_conflict"));
    dearer["order_source"] = json!("web");
    assert_eq!(shop.post(&path, &dearer).await.status, 201);
    let orphan = json!({ "amount_minor": 1, "currency": "EUR", "store": shop.store(), "order_source": "web" });
    assert_eq!(shop.post(&path, &orphan).await.refusal(), (422, "required"));
}

#[tokio::test]
async fn a_key_that_was_told_of_a_known_order_is_used() {
    let shop = shop().await;
    let card = shop.card(1).await;
    let path = format!("/cards/{card}/points");
    let order =
        |name: &str| json!({ "amount_minor": 1000, "currency": "EUR", "store": shop.store(), "order_ref": name });
    shop.post(&path, &order("A-1")).await.accepted();
    shop.post(&path, &order("A-2")).await.accepted();
    let told = shop.keyed(&path, &order("A-1"), "k").await;
    assert_eq!((told.status.as_u16(), told.header("idempotent-replayed")), (200, ""));
    let again = shop.keyed(&path, &order("A-1"), "k").await;
    assert_eq!(
        (again.status.as_u16(), again.header("idempotent-replayed")),
        (200, "true")
    );
    assert_eq!(again.bytes, told.bytes);
    let other = shop.keyed(&path, &order("A-2"), "k").await;
    assert_eq!(other.refusal(), (422, "idempotency_key_reused"));
    shop.books.audited().await;
}

/// What was done is told again though it could not be done any more: time passed, and who served has left.
#[tokio::test]
async fn a_repeated_call_is_answered_before_it_is_judged() {
    const LEAVE: db::Statement = db::Statement::new(
        "tests.leave",
        "update staff set status = 'left' where merchant_id = $1 and staff_id = $2",
    );
    const RAISE: db::Statement = db::Statement::new(
        "tests.raise_for_staff",
        "update merchants set catalogue_revision = catalogue_revision + 1 where merchant_id = $1",
    );
    let shop = shop().await;
    let (merchant, staff) = (shop.merchant(), StaffId(id()));
    let who = (staff, PinId(id()));
    shop.app
        .db
        .write(move |tx| setup::staff(tx, merchant, who, ("Odile", "cashier"), MONDAY))
        .await
        .unwrap();
    shop.pass_minutes(1);
    let served = json!({ "store": shop.store(), "staff": staff.to_string() });
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let first = shop.keyed(&path, &served, "served").await;
    assert_eq!(first.status, 201, "{}", first.body);
    shop.run(move |tx| tx.run(&LEAVE, &db::params![merchant.0, staff.0]))
        .await;
    shop.run(move |tx| tx.run(&RAISE, &db::params![merchant.0])).await;
    shop.pass_minutes(1);
    let again = shop.keyed(&path, &served, "served").await;
    assert_eq!(
        (again.bytes, again.headers["idempotent-replayed"].as_bytes()),
        (first.bytes, &b"true"[..])
    );
    let told = shop.keyed(&path, &served, "later").await;
    assert_eq!(
        (told.refusal(), &told.body["errors"][0]["pointer"]),
        ((404, "not_found"), &json!("/staff"))
    );
}

#[tokio::test]
async fn a_backdated_call_may_be_repeated_when_its_window_is_over() {
    let shop = shop().await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let at_open = json!({ "store": shop.store(), "occurred_at": "2026-03-02T08:00:00Z" });
    let first = shop.keyed(&path, &at_open, "k").await;
    assert_eq!(first.status, 201, "{}", first.body);
    shop.pass_minutes(30 * 24 * 60 + 1);
    assert_eq!(shop.keyed(&path, &at_open, "k").await.bytes, first.bytes);
    assert_eq!(
        shop.keyed(&path, &at_open, "other").await.refusal(),
        (422, "occurred_at_out_of_range")
    );
}

#[tokio::test]
async fn twenty_equal_calls_at_once_have_one_effect() {
    let shop = shop().await;
    let card = shop.card(0).await;
    let (path, body, key) = (
        format!("/cards/{card}/stamps"),
        json!({ "store": shop.store() }),
        id().to_string(),
    );
    let shop = std::sync::Arc::new(shop);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (shop, path, body, key) = (shop.clone(), path.clone(), body.clone(), key.clone());
        calls.spawn(async move { shop.keyed(&path, &body, &key).await });
    }
    let answers = calls.join_all().await;
    let first = answers
        .iter()
        .filter(|told| told.header("idempotent-replayed").is_empty())
        .count();
    assert_eq!(
        (first, answers.iter().all(|told| told.bytes == answers[0].bytes)),
        (1, true)
    );
    let shown = shop.get(&format!("/cards/{card}")).await.accepted();
    assert_eq!(shown["balance"]["stamps"], 1);
}
