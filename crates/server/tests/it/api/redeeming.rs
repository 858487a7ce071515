//! Rewards: taken with a claim, refused with what is missing, once among many.

use crate::support::books::{id, sqlite};
use crate::support::shop::Shop;
use serde_json::{Value, json};
use std::sync::Arc;

async fn full_card(shop: &Shop) -> String {
    let card = shop.card(0).await;
    let gift = json!({ "unit": "stamp", "amount": 12, "reason": "goodwill" });
    shop.post(&format!("/cards/{card}/adjustments"), &gift).await.accepted();
    card
}

#[tokio::test]
async fn a_full_card_becomes_a_claim() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = full_card(&shop).await;
    let ready = shop.get(&format!("/cards/{card}")).await.accepted();
    assert_eq!(
        (&ready["rewards"][0]["ready"], &ready["rewards"][0]["cost"]),
        (&json!(1), &json!(10))
    );
    let body = json!({ "reward": shop.books.coffee.to_string(), "store": shop.store(), "pin": "1234", "proof": { "kind": "none" } });
    let told = shop.post(&format!("/cards/{card}/redemptions"), &body).await;
    assert_eq!(told.status, 201, "{}", told.body);
    let claim = &told.body["claim"];
    assert!(claim["id"].as_str().unwrap().starts_with("clm_"));
    assert_eq!(
        (&claim["reward"], &claim["status"]),
        (&body["reward"], &json!("redeemed"))
    );
    assert_eq!(told.body["balance"]["stamps"], 2);
    let again = json!({ "claim": claim["id"], "store": shop.store() });
    let told = shop.post(&format!("/cards/{card}/redemptions"), &again).await;
    assert_eq!(
        (told.refusal(), &told.body["at"]),
        ((409, "already_redeemed"), &json!("2026-03-02T08:00:00Z"))
    );
    assert_eq!(told.body["store"], shop.store());
}

#[tokio::test]
async fn a_receipt_names_every_claim_and_why_its_stamps_went() {
    let change = |terms: &mut domain::terms::Terms| {
        terms.stamp_target = 2;
        terms.stamp_basis = domain::terms::StampBasis::ManualQuantity;
        terms.stamps_max_per_txn = 5;
        terms.stamp_completion = domain::terms::StampCompletion::AutoClaim;
    };
    let shop = Shop::open(sqlite().await, change).await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let told = shop
        .post(&path, &json!({ "count": 5, "store": shop.store() }))
        .await
        .accepted();
    let claims = told["claims"].as_array().unwrap();
    assert_eq!((claims.len(), &claims[0]), (2, &told["claim"]));
    assert_eq!(
        told["moves"][1],
        json!({ "unit": "stamp", "amount": -4, "kind": "stamp_redeem", "rule": "completion" })
    );
    let none = shop
        .post(&path, &json!({ "count": 1, "store": shop.store() }))
        .await
        .accepted();
    assert_eq!(
        (&none["moves"][0]["rule"], none["claims"].as_array().map(Vec::len)),
        (&json!("quantity"), Some(1))
    );
}

#[tokio::test]
async fn what_cannot_be_taken_says_why() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/redemptions", shop.card(0).await);
    let with = |name: &str, value: Value| {
        let mut body = json!({ "store": shop.store() });
        body[name] = value;
        body
    };
    let coffee = shop.books.coffee.to_string();
    for (body, refusal) in [
        (json!({ "store": shop.store() }), (422, "required")),
        (json!({ "reward": coffee }), (422, "required")),
        (
            json!({ "reward": coffee, "claim": "clm_01kan2x8fye4ttq8z0n9ms3v4c", "store": shop.store() }),
            (422, "conflicting_fields"),
        ),
        (with("reward", json!("rew_x")), (404, "not_found")),
        (
            with("reward", json!(domain::ids::RewardId(id()).to_string())),
            (404, "not_found"),
        ),
        (
            with("claim", json!(domain::ids::ClaimId(id()).to_string())),
            (404, "not_found"),
        ),
        (
            with("reward", json!(shop.books.voucher.to_string())),
            (404, "not_found"),
        ),
        (with("reward", json!(coffee)), (409, "insufficient_balance")),
    ] {
        assert_eq!(shop.post(&path, &body).await.refusal(), refusal, "{body}");
    }
}

#[tokio::test]
async fn of_many_tills_one_takes_the_reward() {
    let shop = Arc::new(Shop::open(sqlite().await, |_| {}).await);
    let card = full_card(&shop).await;
    let body = json!({ "reward": shop.books.coffee.to_string(), "store": shop.store() });
    let mut tills = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (shop, path, body) = (shop.clone(), format!("/cards/{card}/redemptions"), body.clone());
        tills.spawn(async move { shop.at_till(&path, &body).await });
    }
    let answers = tills.join_all().await;
    assert_eq!(answers.iter().filter(|told| told.status == 201).count(), 1);
    assert_eq!(
        answers
            .iter()
            .filter(|told| told.refusal() == (409, "insufficient_balance"))
            .count(),
        49
    );
    shop.books.audited().await;
}
