//! Who may do what: scopes, stores, terminals, suspended merchants.

use crate::support::books::{id, sqlite};
use crate::support::shop::Shop;
use axum::body::Body;
use http::{Method, Request};
use serde_json::json;
use server::api::{openapi, scope_of};
use server::identity::Scope;
use server::tokens::{TokenOf, new_token};
use std::time::{Duration, Instant};

#[tokio::test]
async fn without_a_good_credential_nothing_is_said() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let unknown = TokenOf::Key(domain::ids::KeyId(id()));
    let unknown = new_token(&shop.app.secrets, shop.merchant(), unknown).unwrap();
    let last = if shop.key.ends_with('0') { '1' } else { '0' };
    let slip = format!("{}{last}", &shop.key[..shop.key.len() - 1]);
    let values = [
        String::new(),
        "Bearer ".into(),
        format!("Basic {}", shop.key),
        format!("Bearer {unknown}"),
        format!("Bearer {slip}"),
    ];
    for value in values {
        let request = Request::builder()
            .uri("/api/v1/programs")
            .header("authorization", &value);
        let told = shop.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(told.refusal(), (401, "unauthenticated"), "{value}");
        assert_eq!(told.header("www-authenticate"), "Bearer");
    }
    let bare = Request::builder().uri("/api/v1/programs").body(Body::empty()).unwrap();
    assert_eq!(shop.send(bare).await.refusal(), (401, "unauthenticated"));
}

#[tokio::test]
async fn each_call_of_the_document_needs_the_scope_it_names() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let document = openapi();
    let mut checked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let Some(scope) = scope_of(operation) else {
                // The last is for terminals alone.
                let unscoped = ["/enroll", "/terminals/pairings", "/pins/{pin_id}/verify"];
                assert!(unscoped.contains(&path.as_str()), "{path}");
                continue;
            };
            let others: Vec<Scope> = Scope::ALL.into_iter().filter(|other| *other != scope).collect();
            let (without, with) = (shop.key_with(&others, &[]).await, shop.key_with(&[scope], &[]).await);
            let card = domain::ids::CardId(id());
            let event = domain::ids::EventId { card, sequence: 1 }.to_string();
            let address = path.replace("{card}", &card.to_string()).replace("{event}", &event);
            let address = address.replace("{program}", &shop.books.programs[0].to_string());
            let call = |token: String| {
                let (shop, method, address) = (&shop, method.clone(), address.clone());
                async move {
                    shop.write_as(&token, method, &address, &json!({}), &id().to_string())
                        .await
                }
            };
            assert_eq!(call(without).await.refusal(), (403, "forbidden"), "{method} {path}");
            assert_ne!(call(with).await.refusal(), (403, "forbidden"), "{method} {path}");
            checked += 1;
        }
    }
    assert!(checked > 15, "{checked}");
}

#[tokio::test]
async fn a_key_whose_limits_cannot_be_read_has_no_rights_at_all() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let body = json!({ "store": shop.store() });
    for spoil in [
        "update api_keys set stores = 'sto_nowhere'",
        "update api_keys set scopes = 'earn fly'",
    ] {
        let key = shop.key_with(&Scope::ALL, &[shop.books.store]).await;
        shop.app.db.execute_script(spoil).await.unwrap();
        let told = shop.write_as(&key, Method::POST, &path, &body, &id().to_string()).await;
        assert_eq!(told.refusal(), (500, "internal"), "{spoil}");
    }
}

#[tokio::test]
async fn keys_and_terminals_stay_in_their_stores() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let (here, there) = (
        json!({ "store": shop.store() }),
        json!({ "store": shop.elsewhere.to_string() }),
    );
    let missing = shop.post(&path, &json!({})).await;
    assert_eq!(
        (missing.refusal(), &missing.body["errors"][0]["pointer"]),
        ((422, "required"), &json!("/store"))
    );
    assert_eq!(shop.at_till(&path, &json!({})).await.status, 201);
    assert_eq!(shop.at_till(&path, &here).await.status, 201);
    assert_eq!(shop.at_till(&path, &there).await.refusal(), (403, "store_not_allowed"));
    let bound = shop.key_with(&Scope::ALL, &[shop.elsewhere]).await;
    let told = shop.write_as(&bound, Method::POST, &path, &here, "one").await;
    assert_eq!(told.refusal(), (403, "store_not_allowed"));
    assert_eq!(
        shop.write_as(&bound, Method::POST, &path, &there, "two").await.status,
        201
    );
}

#[tokio::test]
async fn a_key_of_some_stores_cannot_act_outside_of_them_by_naming_none() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/adjustments");
    let body = json!({ "unit": "stamp", "amount": 1, "reason": "goodwill" });
    let one = shop.key_with(&Scope::ALL, &[shop.elsewhere]).await;
    let both = shop.key_with(&Scope::ALL, &[shop.elsewhere, shop.books.store]).await;
    let told = shop.write_as(&both, Method::POST, &path, &body, "k").await;
    assert_eq!(
        (told.refusal(), &told.body["errors"][0]["pointer"]),
        ((422, "required"), &json!("/store"))
    );
    shop.post(&format!("/cards/{card}/blocks"), &json!({ "reason": "lost" }))
        .await
        .accepted();
    let blocks = shop.request(Method::DELETE, &format!("/cards/{card}/blocks"));
    let blocks = blocks.header("authorization", "").header("idempotency-key", "u");
    let mut blocks = blocks.body(Body::empty()).unwrap();
    blocks
        .headers_mut()
        .insert("authorization", format!("Bearer {both}").parse().unwrap());
    let told = shop.send(blocks).await;
    assert_eq!(
        (told.refusal(), &told.body["errors"][0]["pointer"]),
        ((422, "required"), &json!("/store"))
    );
    shop.send({
        let request = shop.request(Method::DELETE, &format!("/cards/{card}/blocks"));
        request.header("idempotency-key", "v").body(Body::empty()).unwrap()
    })
    .await
    .accepted();
    shop.write_as(&one, Method::POST, &path, &body, "k").await.accepted();
    let told = shop.get(&format!("/cards/{card}/events")).await.accepted();
    assert_eq!(told["data"][0]["store"], shop.elsewhere.to_string());
}

#[tokio::test]
async fn terminals_do_not_close_cards_and_do_not_say_when() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    for body in [json!({ "confirm": true }), json!({ "confirmed": true }), json!(7)] {
        let closure = shop.at_till(&format!("/cards/{card}/closures"), &body).await;
        assert_eq!(closure.refusal(), (403, "forbidden"), "{body}");
    }
    let told = shop
        .at_till(
            &format!("/cards/{card}/stamps"),
            &json!({ "occurred_at": "2020-01-01T00:00:00Z" }),
        )
        .await;
    assert_eq!(told.accepted()["occurred_at"], "2026-03-02T08:00:00Z");
}

#[tokio::test]
async fn when_something_happened_is_bounded() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let at = |at: &str| json!({ "store": shop.store(), "occurred_at": at });
    for out in [
        "2026-03-02T08:00:01Z",
        "2026-01-30T07:59:59Z",
        "2026-03-01T08:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-30T22:00:00Z",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-23:59",
    ] {
        assert_eq!(
            shop.post(&path, &at(out)).await.refusal(),
            (422, "occurred_at_out_of_range"),
            "{out}"
        );
    }
    for bad in [
        "yesterday",
        "2026-03-02",
        "2026-13-02T08:00:00Z",
        "2026-02-30T08:00:00Z",
        "2026-03-02T08:00:00",
        "2026-03-02T08:00Z",
        "20260302T080000Z",
        "2026-03-02 08:00:00Z",
        "2026-03-02T08:00:00.Z",
        "2026-03-02T08:00:00,5Z",
        "2026-03-02T09:00:00+01",
        "2026-03-02T09:00:00+0100",
        "2026-03-02T09:00:00+25:00",
        "2026-03-02T09:00:00+01:00[Europe/Paris]",
        "2026-03-02T08:00:00Z[UTC]",
        "+002026-03-02T08:00:00Z",
        "9999-12-32T08:00:00Z",
        "9999-12-31T25:00:00Z",
    ] {
        assert_eq!(
            shop.post(&path, &at(bad)).await.refusal(),
            (422, "invalid_date"),
            "{bad}"
        );
    }
    let plain = shop.key_with(&[Scope::Earn], &[]).await;
    let told = shop
        .write_as(&plain, Method::POST, &path, &at("2026-03-02T08:00:00Z"), "k")
        .await;
    assert_eq!(told.refusal(), (403, "forbidden"));
    for good in [
        "2026-03-02T08:00:00Z",
        "2026-03-02t08:00:00.000z",
        "2026-03-02T09:00:00+01:00",
        "2026-03-02T05:30:00.0-02:30",
    ] {
        let told = shop.post(&path, &at(good)).await.accepted();
        assert_eq!(told["occurred_at"], "2026-03-02T08:00:00Z", "{good}");
    }
}

/// Verified credentials are remembered, and no longer than the second that the manual promises.
#[tokio::test]
async fn what_is_taken_back_stops_working_within_a_second() {
    const REVOKE_KEYS: db::Statement = db::Statement::new(
        "tests.revoke_keys",
        "update api_keys set revoked_at = $2 where merchant_id = $1",
    );
    const END_TERMINALS: db::Statement = db::Statement::new(
        "tests.end_terminals",
        "update terminals set status = 'revoked' where merchant_id = $1",
    );
    const PATIENCE: Duration = Duration::from_millis(1_500);
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let merchant = shop.merchant();
    let look = async |token: &str| {
        let request = Request::builder().uri("/api/v1/programs");
        let request = request.header("authorization", format!("Bearer {token}"));
        shop.send(request.body(Body::empty()).unwrap()).await.status.as_u16()
    };
    for token in [&shop.key, &shop.terminal] {
        assert_eq!(look(token).await, 200);
    }
    let now = shop.books.clock.now().0;
    shop.run(move |tx| tx.run(&REVOKE_KEYS, &db::params![merchant.0, now]))
        .await;
    shop.run(move |tx| tx.run(&END_TERMINALS, &db::params![merchant.0]))
        .await;
    let taken_back = Instant::now();
    for token in [&shop.key, &shop.terminal] {
        while look(token).await != 401 {
            assert!(taken_back.elapsed() < PATIENCE, "it still works");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

#[tokio::test]
async fn a_suspended_merchant_is_told_so() {
    const SUSPEND: db::Statement = db::Statement::new(
        "tests.suspend",
        "update merchants set status = 'suspended' where merchant_id = $1",
    );
    const RAISE: db::Statement = db::Statement::new(
        "tests.raise",
        "update merchants set catalogue_revision = catalogue_revision + 1 where merchant_id = $1",
    );
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let merchant = shop.merchant();
    shop.run(move |tx| tx.run(&SUSPEND, &db::params![merchant.0])).await;
    shop.run(move |tx| tx.run(&RAISE, &db::params![merchant.0])).await;
    shop.books.clock.set(shop.books.clock.now().plus_minutes(1));
    assert_eq!(shop.get("/programs").await.refusal(), (403, "merchant_suspended"));
}
