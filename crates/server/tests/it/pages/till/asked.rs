//! What the till asks for before it gives stamps (`STP-1`): how many, and for which amount where there is a smallest.

use super::Shop;
use crate::support::books::Engine;
use axum::http::StatusCode;
use domain::terms::StampBasis;

/// Where stamps have a smallest purchase the till asks for the amount: by hand beside the number, else as the one field.
async fn a_smallest_purchase_is_asked_for(engine: Engine) {
    let shop = Shop::open(engine, |terms| {
        terms.min_purchase_minor = 300;
        terms.stamp_basis = StampBasis::ManualQuantity;
        terms.stamps_max_per_txn = 4;
    })
    .await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let page = shop.card(card).await;
    assert!(page.says("name=\"amount\"") && page.says("name=\"count\""), "{page:?}");
    let key = page.field("idempotency_key");
    let without = shop
        .press(card, "stamps", &[("count", "2"), ("idempotency_key", &key)])
        .await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "{without:?}");
    let little = [("count", "2"), ("amount", "2,99"), ("idempotency_key", &*key)];
    let little = shop.press(card, "stamps", &little).await;
    assert!(
        little.status == StatusCode::UNPROCESSABLE_ENTITY && little.says("value=\"2,99\""),
        "{little:?}"
    );
    let enough = [("count", "2"), ("amount", "3,00"), ("idempotency_key", &*key)];
    let given = shop.press(card, "stamps", &enough).await;
    assert!(
        given.status == StatusCode::CREATED && given.says("+2 stamps"),
        "{given:?}"
    );
}

crate::ledger::on_both!(a_smallest_purchase_is_asked_for);
