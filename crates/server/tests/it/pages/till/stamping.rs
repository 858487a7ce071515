//! Stamps at the till: once, waiting, taken back, several.

use super::{Shop, on_both};
use crate::support::books::{Engine, MONDAY};
use axum::http::StatusCode;
use domain::terms::StampBasis;

async fn a_stamp_counts_once_and_the_next_one_waits(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_cooldown_minutes = 60).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let key = shop.card(card).await.field("idempotency_key");
    let first = shop.press(card, "stamps", &[("idempotency_key", &key)]).await;
    assert!(
        first.status == StatusCode::CREATED && first.tone() == Some("yes"),
        "{first:?}"
    );
    assert!(first.says("1 of 10") && first.says("/voids"));
    let again = shop.press(card, "stamps", &[("idempotency_key", &key)]).await;
    assert!(again.status == StatusCode::OK && again.tone() == Some("yes") && again.says("1 of 10"));
    let second = shop.press(card, "stamps", &[("idempotency_key", "another")]).await;
    assert!(
        second.status == StatusCode::CONFLICT && second.tone() == Some("wait"),
        "{second:?}"
    );
    // 08:00 UTC is 09:00 in Luxembourg, and the cooldown an hour.
    assert!(second.says("wait 60 min") && second.says("10:00"), "{}", second.html);
    let page = shop.card(card).await;
    assert!(
        page.says("10:00") && !page.says("/stamps\""),
        "the card says so before it is tried"
    );
    let other = shop
        .press(card, "stamps", &[("idempotency_key", &key), ("count", "1")])
        .await;
    assert_eq!(
        other.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the same key for something else"
    );
    let reload = shop.till.get(&format!("/till/cards/{card}/stamps")).await;
    assert_eq!(
        (reload.status, reload.location),
        (StatusCode::SEE_OTHER, Some(format!("/till/cards/{card}")))
    );
    let start = shop.till.get("/till").await;
    assert!(start.says("class=\"who\"") && start.says("+1 stamp"), "{}", start.html);
    assert_eq!(shop.books.audited().await.events, 2);
}

async fn a_mistake_is_undone_once_and_can_be_given_again(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_cooldown_minutes = 60).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let given = shop.stamp(card).await;
    let undo = [
        ("event", given.field("event")),
        ("reason", "mistake".into()),
        ("idempotency_key", given.field("idempotency_key")),
    ];
    let undo: Vec<(&str, &str)> = undo.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let undone = shop.press(card, "voids", &undo).await;
    assert!(
        undone.status == StatusCode::CREATED && undone.says("Taken back"),
        "{undone:?}"
    );
    assert!(undone.says("0 of 10") && !undone.says("/voids\""));
    let twice = shop.press(card, "voids", &undo).await;
    assert_eq!((twice.status, twice.tone()), (StatusCode::OK, Some("yes")));
    let mut fresh = undo.clone();
    fresh[2].1 = "another-key";
    let other = shop.press(card, "voids", &fresh).await;
    assert!(
        other.status == StatusCode::CONFLICT && other.says("taken back before"),
        "{other:?}"
    );
    assert!(shop.till.get("/till").await.says("class=\"voided\""));
    assert_eq!(
        shop.stamp(card).await.status,
        StatusCode::CREATED,
        "the void gave the cooldown back"
    );
    shop.books
        .clock
        .set(domain::moment::Instant(MONDAY.0 + 20 * 60_000_000));
    let late = shop.card(card).await;
    assert!(!late.says("data-undo"), "after the window nothing is offered");
    let event = domain::ids::EventId { card, sequence: 4 }.to_string();
    let late = shop
        .press(
            card,
            "voids",
            &[("event", &event), ("reason", "mistake"), ("idempotency_key", "late")],
        )
        .await;
    assert!(
        late.status == StatusCode::FORBIDDEN && late.says("too late"),
        "{late:?}"
    );
    shop.books.audited().await;
}

async fn a_number_of_stamps_is_asked_for_only_where_staff_may_say(engine: Engine) {
    let shop = Shop::open(engine, |terms| {
        terms.stamp_basis = StampBasis::ManualQuantity;
        terms.stamps_max_per_txn = 5;
    })
    .await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    assert!(shop.card(card).await.says("max=\"5\""));
    let given = shop
        .press(card, "stamps", &[("count", "3"), ("idempotency_key", "a")])
        .await;
    assert!(given.says("3 of 10"), "{given:?}");
    for bad in ["6", "0", "x"] {
        let answer = shop
            .press(card, "stamps", &[("count", bad), ("idempotency_key", "b")])
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    let keyless = shop.press(card, "stamps", &[("count", "1")]).await;
    assert_eq!(keyless.status, StatusCode::BAD_REQUEST);
    shop.books.audited().await;
}

on_both!(
    a_stamp_counts_once_and_the_next_one_waits,
    a_mistake_is_undone_once_and_can_be_given_again,
    a_number_of_stamps_is_asked_for_only_where_staff_may_say,
);
