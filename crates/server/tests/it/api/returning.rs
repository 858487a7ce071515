//! Goods that come back (`RET-1` to `RET-5`).

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use serde_json::{Value, json};

fn back(order: &str, reference: &str, amount: Value) -> Value {
    json!({ "order_ref": order, "return_ref": reference, "amount_minor": amount, "currency": "EUR" })
}

#[tokio::test]
async fn what_came_back_takes_its_points_with_it() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(1).await;
    let order = json!({ "amount_minor": 1000, "currency": "EUR", "store": shop.store(), "order_ref": "A-1" });
    shop.post(&format!("/cards/{card}/points"), &order).await.accepted();
    let told = shop.post("/returns", &back("A-1", "R-1", json!(400))).await;
    assert_eq!(
        (
            told.status.as_u16(),
            &told.body["card"],
            &told.body["balance"]["points"]
        ),
        (201, &json!(card), &json!(6))
    );
    let again = shop.post("/returns", &back("A-1", "R-1", json!(400))).await;
    assert_eq!(
        (again.status.as_u16(), &again.body["event"]),
        (200, &told.body["event"])
    );
    for (body, refusal) in [
        (back("A-2", "R-1", json!(400)), (404, "order_not_found")),
        (back("A-1", "R-1", json!(300)), (409, "return_ref_conflict")),
        (back("A-1", "R-2", json!(601)), (409, "return_exceeds_order")),
        (back("A-1", "R-2", json!(0)), (422, "amount_invalid")),
        (back("A-1", "R-2", json!(null)), (422, "required")),
        (
            json!({ "order_ref": "A-1", "return_ref": "R-2", "amount_minor": 1, "currency": "USD" }),
            (422, "currency_mismatch"),
        ),
        (
            json!({ "order_ref": "A-1", "return_ref": "R-2", "amount_minor": 1, "lines": [], "currency": "EUR" }),
            (422, "conflicting_fields"),
        ),
        (
            json!({ "order_ref": "A-1", "amount_minor": 1, "currency": "EUR" }),
            (422, "required"),
        ),
    ] {
        assert_eq!(shop.post("/returns", &body).await.refusal(), refusal, "{body}");
    }
    let rest = shop
        .at_till("/returns", &back("A-1", "R-3", json!(600)))
        .await
        .accepted();
    assert_eq!(rest["balance"]["points"], 0);
    shop.books.audited().await;
}
