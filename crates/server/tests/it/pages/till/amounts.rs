//! Amounts at the till: shown before, given once, refused at the field.

use super::{Shop, on_both};
use crate::support::books::Engine;
use axum::http::StatusCode;

async fn an_amount_is_shown_and_then_given(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.min_purchase_minor = 100).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    let preview = shop.press(card, "points/preview", &[("amount", "23,50")]).await;
    assert!(
        preview.status == StatusCode::OK && preview.says("+23 points"),
        "{preview:?}"
    );
    assert!(
        shop.press(card, "points/preview", &[("amount", "0,5x")])
            .await
            .says("preview-problem")
    );
    let key = shop.fresh_key(card).await;
    let give = [
        ("amount", "23.50"),
        ("order_ref", "2026-118"),
        ("idempotency_key", &*key),
    ];
    let given = shop.press(card, "points", &give).await;
    assert!(
        given.status == StatusCode::CREATED && given.says("+23 points"),
        "{given:?}"
    );
    let mut again = give;
    again[2].1 = "another-key";
    let again = shop.press(card, "points", &again).await;
    assert!(
        again.status == StatusCode::OK && again.says("Already recorded") && again.says("+23 points"),
        "{again:?}"
    );
    let conflict = [
        ("amount", "24"),
        ("order_ref", "2026-118"),
        ("idempotency_key", "third"),
    ];
    let conflict = shop.press(card, "points", &conflict).await;
    assert!(conflict.status == StatusCode::CONFLICT && conflict.tone() == Some("no"));
    let small = shop
        .press(card, "points", &[("amount", "0,99"), ("idempotency_key", "small")])
        .await;
    assert!(
        small.status == StatusCode::OK && small.says("€1.00") && small.tone() == Some("no"),
        "{small:?}"
    );
    let hybrid = shop.books.enroll(shop.books.programs[2]).await;
    let both = shop
        .press(hybrid, "purchases", &[("amount", "12"), ("idempotency_key", "both")])
        .await;
    assert!(
        both.status == StatusCode::CREATED && both.says("+1 stamp") && both.says("+12 points"),
        "{both:?}"
    );
    assert_eq!(shop.books.audited().await.events, 4);
}

async fn an_amount_that_cannot_be_is_refused_at_its_field(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    for bad in ["", "0", "-5", "12,505", "abc"] {
        let kept = shop
            .press(card, "points", &[("amount", bad), ("idempotency_key", "k")])
            .await;
        assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(
            kept.says("role=\"alert\"") && kept.says(&format!("name=\"amount\" value=\"{bad}\"")),
            "{bad}"
        );
    }
    let large = shop
        .press(card, "points", &[("amount", "5000"), ("idempotency_key", "large")])
        .await;
    assert!(
        large.status == StatusCode::FORBIDDEN && large.says("€1,000.00"),
        "{large:?}"
    );
    assert_eq!(shop.books.audited().await.events, 1);
}

async fn what_an_amount_promises_it_gives_even_with_a_welcome(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.welcome_points = 10).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    let preview = shop.press(card, "points/preview", &[("amount", "50")]).await;
    assert!(preview.says("+60 points"), "{preview:?}");
    let given = shop
        .press(card, "points", &[("amount", "50"), ("idempotency_key", "a")])
        .await;
    let told = given.says("+60 points") && given.says("included: 10 points");
    assert!(told, "{given:?}");
}

on_both!(
    an_amount_is_shown_and_then_given,
    an_amount_that_cannot_be_is_refused_at_its_field,
    what_an_amount_promises_it_gives_even_with_a_welcome,
);
