//! Stamps, points and both: what is given, what is refused, what it would be.

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use domain::terms::{StampBasis, StampOverflow};
use serde_json::{Value, json};

#[tokio::test]
async fn a_stamp_is_answered_with_a_receipt() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    let told = shop
        .post(
            &format!("/cards/{card}/stamps?lang=de"),
            &json!({ "store": shop.store() }),
        )
        .await;
    let event = format!("evt_{}_2", card.strip_prefix("card_").unwrap());
    assert_eq!(told.header("location"), format!("/api/v1/cards/{card}/events/{event}"));
    let receipt = told.accepted();
    assert!(receipt["id"].as_str().unwrap().starts_with("rcp_"));
    assert_eq!(
        (&receipt["card"], &receipt["event"], &receipt["version"]),
        (&json!(card), &json!(event), &json!(2))
    );
    assert_eq!(
        receipt["moves"],
        json!([{ "unit": "stamp", "amount": 1, "kind": "stamp_earn", "rule": "visit" }])
    );
    assert_eq!(receipt["outcomes"], json!([{ "unit": "stamp", "awarded": 1 }]));
    assert_eq!(
        receipt["balance"],
        json!({ "stamps": 1, "points": 0, "pending": 0, "reserved": 0, "debt": 0 })
    );
    let why = json!([{ "rule": "visit", "unit": "stamp", "contribution": 1, "text": "Für den Besuch" }]);
    assert_eq!(receipt["why"], why);
    assert_eq!(
        (&receipt["occurred_at"], &receipt["program_version"]),
        (&json!("2026-03-02T08:00:00Z"), &json!(1))
    );
}

#[tokio::test]
async fn stamps_have_a_cooldown_and_a_cap() {
    let shop = Shop::open(sqlite().await, |terms| {
        terms.stamp_cooldown_minutes = 60;
        terms.daily_stamp_cap = 2;
    })
    .await;
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/stamps");
    let body = json!({ "store": shop.store() });
    shop.stamp(&card).await;
    let told = shop.post(&path, &body).await;
    assert_eq!(
        (told.refusal(), &told.body["retry_at"]),
        ((409, "cooldown_active"), &json!("2026-03-02T09:00:00Z"))
    );
    assert_eq!(told.body["errors"][0]["params"]["retry_at"], "2026-03-02T09:00:00Z");
    assert!(
        told.body["detail"].as_str().unwrap().contains("today 10:00"),
        "{}",
        told.body
    );
    shop.books.clock.set(shop.books.clock.now().plus_minutes(60));
    shop.stamp(&card).await;
    shop.books.clock.set(shop.books.clock.now().plus_minutes(60));
    let told = shop.post(&path, &body).await;
    assert_eq!(
        (told.refusal(), &told.body["remaining"]),
        ((409, "daily_cap_reached"), &json!(0))
    );
}

#[tokio::test]
async fn stamps_by_quantity_and_by_amount_have_ranges() {
    let shop = Shop::open(sqlite().await, |terms| {
        terms.stamp_basis = StampBasis::ManualQuantity;
        terms.stamps_max_per_txn = 3;
        terms.stamp_overflow = StampOverflow::Block;
    })
    .await;
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/stamps");
    let count = |count: i64| json!({ "store": shop.store(), "count": count });
    for bad in [0, -1, 4, i64::MAX, i64::MIN] {
        let told = shop.post(&path, &count(bad)).await;
        assert_eq!(
            (told.refusal(), &told.body["errors"][0]["pointer"]),
            ((422, "out_of_range"), &json!("/count"))
        );
    }
    for _ in 0..4 {
        shop.post(&path, &count(3)).await.accepted();
    }
    assert_eq!(shop.post(&path, &count(1)).await.refusal(), (409, "card_full"));
    assert_eq!(
        shop.post(&format!("/cards/{}/stamps", shop.card(1).await), &count(1))
            .await
            .refusal(),
        (409, "wrong_program_kind")
    );

    let shop = Shop::open(sqlite().await, |terms| {
        terms.stamp_basis = StampBasis::PerAmount;
        terms.stamp_amount_step_minor = 500;
    })
    .await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let amount = |amount: Value| json!({ "store": shop.store(), "amount_minor": amount });
    for (value, refusal) in [
        (json!(null), (422, "required")),
        (json!(499), (422, "below_minimum")),
        (json!(0), (422, "amount_invalid")),
    ] {
        assert_eq!(
            shop.post(&path, &amount(value.clone())).await.refusal(),
            refusal,
            "{value}"
        );
    }
    assert_eq!(
        shop.post(&path, &amount(json!(1250))).await.accepted()["outcomes"][0]["awarded"],
        2
    );
}

#[tokio::test]
async fn points_are_priced_and_bad_purchases_refused() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/points", shop.card(1).await);
    let with = |name: &str, value: Value| {
        let mut body = json!({ "amount_minor": 1000, "currency": "EUR", "store": shop.store() });
        body[name] = value;
        body
    };
    for (body, refusal) in [
        (with("amount_minor", json!(0)), (422, "amount_invalid")),
        (with("amount_minor", json!(-5)), (422, "amount_invalid")),
        (
            with("amount_minor", json!(1_000_000_000_000_i64)),
            (422, "amount_invalid"),
        ),
        (with("currency", json!("USD")), (422, "currency_mismatch")),
        (with("currency", json!("eur")), (422, "invalid_currency")),
        (with("lines", json!([{ "amount_minor": 999 }])), (422, "lines_mismatch")),
        (
            with("lines", json!([{ "amount_minor": 1000, "kind": "gift" }])),
            (422, "invalid_choice"),
        ),
        (
            with("lines", json!([{ "amount_minor": 1000, "colour": "red" }])),
            (422, "unknown_field"),
        ),
        (with("order_ref", json!("")), (422, "blank")),
        (with("order_ref", json!("x".repeat(101))), (422, "too_long")),
    ] {
        assert_eq!(shop.post(&path, &body).await.refusal(), refusal, "{body}");
    }
    let nested = shop
        .post(&path, &with("lines", json!([{ "amount_minor": 1000 }, { "sku": "a" }])))
        .await;
    assert_eq!(nested.body["errors"][0]["pointer"], "/lines/1/amount_minor");
    let told = shop
        .post(
            &path,
            &with(
                "lines",
                json!([{ "amount_minor": 400, "kind": "shipping" }, { "amount_minor": 600 }]),
            ),
        )
        .await;
    assert_eq!(told.accepted()["outcomes"], json!([{ "unit": "point", "awarded": 6 }]));
    let small = shop.post(&path, &with("amount_minor", json!(1))).await;
    assert_eq!(
        (
            small.status.as_u16(),
            &small.body["event"],
            &small.body["outcomes"][0]["awarded"]
        ),
        (200, &json!(null), &json!(0))
    );
    assert!(!small.body["why"].as_array().unwrap().is_empty());
    assert_eq!(small.header("location"), "");
    let till = shop.at_till(&path, &with("amount_minor", json!(100_001))).await;
    assert_eq!(
        (till.refusal(), &till.body["limit_minor"]),
        ((403, "manager_pin_required"), &json!(100_000))
    );
}

#[tokio::test]
async fn a_preview_changes_nothing_and_needs_no_key() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(1).await;
    let body = json!({ "amount_minor": 1250, "currency": "EUR", "store": shop.store() });
    let request = shop.request(http::Method::POST, &format!("/cards/{card}/points/preview"));
    let request = request.header("content-type", "application/json");
    let told = shop
        .send(request.body(axum::body::Body::from(body.to_string())).unwrap())
        .await;
    assert_eq!(told.status, 200, "{}", told.body);
    assert_eq!(told.body["outcomes"], json!([{ "unit": "point", "awarded": 12 }]));
    let shown = shop.get(&format!("/cards/{card}")).await.accepted();
    assert_eq!((&shown["version"], &shown["balance"]["points"]), (&json!(1), &json!(0)));
    assert_eq!(shop.earn(&card, 1250).await["outcomes"], told.body["outcomes"]);
}

#[tokio::test]
async fn a_purchase_gives_both_units_in_one_event() {
    let shop = Shop::open(sqlite().await, |terms| terms.stamp_cooldown_minutes = 60).await;
    let card = shop.card(2).await;
    let path = format!("/cards/{card}/purchases");
    let body = json!({ "amount_minor": 1250, "currency": "EUR", "store": shop.store() });
    let first = shop.post(&path, &body).await.accepted();
    assert_eq!(
        (&first["type"], &first["balance"]["stamps"], &first["balance"]["points"]),
        (&json!("purchased"), &json!(1), &json!(12))
    );
    let second = shop.post(&path, &body).await.accepted();
    assert_eq!(second["outcomes"][0]["code"], "cooldown_active");
    assert_eq!(
        (&second["balance"]["stamps"], &second["balance"]["points"]),
        (&json!(1), &json!(24))
    );
    let stamps = shop.card(0).await;
    assert_eq!(
        shop.post(&format!("/cards/{stamps}/purchases"), &body).await.refusal(),
        (409, "wrong_program_kind")
    );
}
