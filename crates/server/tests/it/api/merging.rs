//! `POST /cards/{card}/merges` (`MRG-1`), and how a card that went into another one is found (`CARD-STATE`).

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use http::Method;
use serde_json::{Value, json};
use server::identity::Scope;

async fn shop() -> Shop {
    Shop::open(sqlite().await, |_| {}).await
}

fn into(card: &str) -> Value {
    json!({ "into": card, "reason": "duplicate" })
}

#[tokio::test]
async fn a_card_goes_into_another_and_is_found_there() {
    let shop = shop().await;
    let [kept, gone] = [shop.card(1).await, shop.card(1).await];
    shop.earn(&kept, 1_200).await;
    shop.earn(&gone, 3_000).await;
    let old = shop.get(&format!("/cards/{gone}")).await.accepted();
    let path = format!("/cards/{gone}/merges");
    let told = shop.keyed(&path, &into(&kept), "merge-1").await.accepted();
    assert_eq!(
        (&told["card"], &told["type"], &told["balance"]["points"]),
        (&json!(kept), &json!("merged_in"), &json!(42))
    );
    assert_eq!(told["why"][0]["rule"], "merge");
    let again = shop.keyed(&path, &into(&kept), "merge-1").await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert_eq!(again.accepted(), told);
    for query in [
        format!("number={}", old["number"].as_str().unwrap()),
        format!("code={}", old["code"].as_str().unwrap()),
    ] {
        let found = shop.get(&format!("/cards?{query}")).await.accepted();
        assert_eq!(
            (&found["data"][0]["id"], &found["data"][0]["followed_from"]),
            (&json!(kept), &json!(gone)),
            "{query}"
        );
    }
    let card = shop.get(&format!("/cards/{gone}")).await.accepted();
    assert_eq!(
        (&card["status"], &card["merged_into"]),
        (&json!("merged"), &json!(kept))
    );
    let body = json!({ "amount_minor": 500, "currency": "EUR", "store": shop.store() });
    let earned = shop.post(&format!("/cards/{gone}/points"), &body).await.accepted();
    assert_eq!(
        (&earned["card"], &earned["followed_from"]),
        (&json!(kept), &json!(gone))
    );
    let body = json!({ "reward": shop.books.voucher.to_string(), "store": shop.store() });
    let refused = shop.post(&format!("/cards/{gone}/redemptions"), &body).await;
    assert_eq!(refused.refusal(), (409, "card_merged"));
    shop.books.audited().await;
}

#[tokio::test]
async fn what_cannot_become_one_is_refused() {
    let shop = shop().await;
    let other = Shop::open(sqlite().await, |_| {}).await;
    let [card, stamps, blocked] = [shop.card(1).await, shop.card(0).await, shop.card(1).await];
    let theirs = other.card(1).await;
    let block = json!({ "reason": "fraud" });
    shop.post(&format!("/cards/{blocked}/blocks"), &block).await.accepted();
    for (from, body, refusal) in [
        (&card, into(&card), (422, "same_card")),
        (&card, into(&stamps), (409, "program_mismatch")),
        (&card, into(&blocked), (409, "card_blocked")),
        (&blocked, into(&card), (409, "card_blocked")),
        (&card, into(&theirs), (404, "not_found")),
        (&theirs, into(&card), (404, "not_found")),
        (
            &card,
            json!({ "into": stamps, "reason": "fraud" }),
            (422, "unknown_reason"),
        ),
        (&card, json!({ "into": stamps }), (422, "required")),
        (
            &card,
            json!({ "into": "card_x", "reason": "other" }),
            (404, "not_found"),
        ),
    ] {
        let told = shop.post(&format!("/cards/{from}/merges"), &body).await;
        assert_eq!(told.refusal(), refusal, "{body}");
    }
    let path = format!("/cards/{card}/merges");
    assert_eq!(shop.at_till(&path, &into(&stamps)).await.refusal(), (403, "forbidden"));
    let reader = shop.key_with(&[Scope::CardsRead], &[]).await;
    let told = shop.write_as(&reader, Method::POST, &path, &into(&stamps), "k").await;
    assert_eq!(told.refusal(), (403, "forbidden"));
    shop.books.audited().await;
}
