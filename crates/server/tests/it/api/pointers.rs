//! A refusal points at the field it is about. That there is such a field, `support::pointers` checks of every answer.

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use domain::ids::{CardId, ClaimId, EventId, RewardId};
use serde_json::{Value, json};

async fn pointed(shop: &Shop, path: &str, body: Value) -> (String, String) {
    let told = shop.post(path, &body).await;
    let error = &told.body["errors"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&error["code"]), text(&error["pointer"]))
}

#[tokio::test]
async fn amounts_are_pointed_at_where_they_stand() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(1).await;
    let with = |name: &str, value: Value| {
        let mut body = json!({ "amount_minor": 1000, "currency": "EUR", "store": shop.store() });
        body[name] = value;
        body
    };
    for (name, value, code, pointer) in [
        ("amount_minor", json!(0), "amount_invalid", "/amount_minor"),
        ("tax_minor", json!(-1), "amount_invalid", "/tax_minor"),
        ("tax_minor", json!(1001), "amount_invalid", "/tax_minor"),
        ("redeemed_minor", json!(-1), "amount_invalid", "/redeemed_minor"),
        (
            "lines",
            json!([{ "amount_minor": 500 }, { "amount_minor": 500, "tax_minor": -1 }]),
            "amount_invalid",
            "/lines/1/tax_minor",
        ),
        (
            "lines",
            json!([{ "amount_minor": -1 }]),
            "amount_invalid",
            "/lines/0/amount_minor",
        ),
        ("lines", json!([{ "amount_minor": 1 }]), "lines_mismatch", "/lines"),
        ("currency", json!("CHF"), "currency_mismatch", "/currency"),
    ] {
        let told = pointed(&shop, &format!("/cards/{card}/points"), with(name, value.clone())).await;
        assert_eq!(told, (code.to_owned(), pointer.to_owned()), "{name}: {value}");
    }
    shop.post(&format!("/cards/{card}/points"), &with("order_ref", json!("A-1")))
        .await
        .accepted();
    let back = |name: &str, value: Value| {
        let mut body = json!({ "order_ref": "A-1", "return_ref": "R", "currency": "EUR" });
        body[name] = value;
        body
    };
    for (name, value, pointer) in [
        ("amount_minor", json!(0), "/amount_minor"),
        ("lines", json!([]), "/lines"),
        (
            "lines",
            json!([{ "amount_minor": 5, "tax_minor": 6 }]),
            "/lines/0/tax_minor",
        ),
    ] {
        let told = pointed(&shop, "/returns", back(name, value.clone())).await;
        assert_eq!(
            told,
            ("amount_invalid".to_owned(), pointer.to_owned()),
            "{name}: {value}"
        );
    }
}

#[tokio::test]
async fn things_are_pointed_at_by_the_field_that_named_them() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    let id = crate::support::books::id;
    let reward = shop.books.coffee.to_string();
    let stranger = RewardId(id()).to_string();
    let redeem = |field: &str, value: &str| json!({ field: value, "store": shop.store() });
    let mut unpaid = redeem("reward", &reward);
    unpaid["order_amount_minor"] = json!(0);
    let absent = EventId {
        card: card.parse::<CardId>().unwrap(),
        sequence: 99,
    }
    .to_string();
    let first = EventId {
        card: card.parse::<CardId>().unwrap(),
        sequence: 1,
    }
    .to_string();
    let void = |event: &str| json!({ "event": event, "reason": "mistake" });
    for (call, body, code, pointer) in [
        ("redemptions", redeem("reward", &stranger), "not_found", "/reward"),
        (
            "redemptions",
            redeem("claim", &ClaimId(id()).to_string()),
            "not_found",
            "/claim",
        ),
        ("redemptions", unpaid, "amount_invalid", "/order_amount_minor"),
        ("voids", void(&absent), "not_found", "/event"),
        ("voids", void(&first), "not_voidable", "/event"),
    ] {
        let told = pointed(&shop, &format!("/cards/{card}/{call}"), body.clone()).await;
        assert_eq!(told, (code.to_owned(), pointer.to_owned()), "{body}");
    }
}

/// What is out of range says what is not.
#[tokio::test]
async fn an_adjustment_that_does_not_fit_says_how_much_does() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/adjustments", shop.card(1).await);
    let by = |amount: i64| json!({ "unit": "point", "amount": amount, "reason": "import" });
    shop.post(&path, &by(9_007_199_254_740_000)).await.accepted();
    let told = shop.post(&path, &by(1000)).await;
    assert_eq!(told.refusal(), (422, "out_of_range"));
    assert_eq!(
        (&told.body["errors"][0]["pointer"], &told.body["max"]),
        (&json!("/amount"), &json!(992))
    );
    assert_eq!(shop.post(&path, &by(992)).await.status, 201);
}
