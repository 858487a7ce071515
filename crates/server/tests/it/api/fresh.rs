//! What a terminal must show before value leaves a card (`CRD-3`), over the API.

use crate::ledger::on_both;
use crate::support::books::{Engine, id};
use crate::support::shop::{Shop, Told};
use domain::ids::CardId;
use domain::proof::step_of;
use domain::terms::{RiskPreset, Terms};
use http::Method;
use serde_json::{Value, json};
use std::sync::Arc;

fn balanced(terms: &mut Terms) {
    terms.risk_preset = RiskPreset::Balanced;
}

impl Shop {
    async fn rich(&self) -> CardId {
        let card = self.card(0).await;
        let gift = json!({ "unit": "stamp", "amount": 40, "reason": "goodwill" });
        self.post(&format!("/cards/{card}/adjustments"), &gift).await.accepted();
        card.parse().unwrap()
    }

    /// The live code that the card's page showed so many steps ago.
    fn live(&self, card: CardId, steps_ago: i64) -> String {
        let step = step_of(self.books.clock.now()) - steps_ago;
        self.app.secrets.live_code(self.merchant(), card, 0, step)
    }

    async fn take(&self, card: CardId, proof: Value) -> Told {
        let body = json!({ "reward": self.books.coffee.to_string(), "proof": proof });
        self.at_till(&format!("/cards/{card}/redemptions"), &body).await
    }
}

async fn a_terminal_shows_the_live_code_and_a_key_need_not(engine: Engine) {
    let shop = Shop::open(engine, balanced).await;
    let (card, other) = (shop.rich().await, shop.rich().await);
    let still = shop.app.secrets.card_code(shop.merchant(), card, 0);
    let replaced = shop
        .app
        .secrets
        .live_code(shop.merchant(), card, 1, step_of(shop.books.clock.now()));
    let none = shop.take(card, Value::Null).await;
    assert_eq!(none.refusal(), (409, "confirmation_required"), "{}", none.body);
    let stale = [
        json!(still),
        json!(shop.live(card, 2)),
        json!(shop.live(card, -2)),
        json!(shop.live(other, 0)),
        json!(replaced),
        json!("nonsense"),
        json!({ "kind": "none" }),
    ];
    for proof in stale {
        let told = shop.take(card, proof.clone()).await;
        assert_eq!(told.refusal(), (409, "credential_stale"), "{proof}");
        assert_eq!(told.body["errors"][0]["pointer"], "/proof", "{}", told.body);
    }
    let read = shop.live(card, 1);
    assert_eq!(shop.take(card, json!(read)).await.status, 201);
    assert_eq!(shop.take(card, json!(read)).await.refusal(), (409, "credential_stale"));
    assert_eq!(shop.take(card, json!(shop.live(card, 0))).await.status, 201);
    let by_key = json!({ "reward": shop.books.coffee.to_string(), "store": shop.store() });
    let told = shop.post(&format!("/cards/{card}/redemptions"), &by_key).await;
    assert_eq!(told.status, 201, "{}", told.body);
    let stamped = shop.at_till(&format!("/cards/{other}/stamps"), &json!({})).await;
    assert_eq!(stamped.status, 201, "a card that is only found still earns");
    shop.books.audited().await;
}

/// The answer to a call that is repeated does not hang on the code, which is no part of what was asked.
async fn a_repeated_call_is_told_again_whatever_it_shows(engine: Engine) {
    let shop = Shop::open(engine, balanced).await;
    let card = shop.rich().await;
    let (path, key) = (format!("/cards/{card}/redemptions"), id().to_string());
    let mut body = json!({ "reward": shop.books.coffee.to_string(), "proof": shop.live(card, 0) });
    let first = shop.write_as(&shop.terminal, Method::POST, &path, &body, &key).await;
    assert_eq!(first.status, 201, "{}", first.body);
    shop.pass_minutes(5);
    body["proof"] = json!("another");
    let again = shop.write_as(&shop.terminal, Method::POST, &path, &body, &key).await;
    assert_eq!((again.status, &again.bytes), (first.status, &first.bytes));
}

async fn two_tills_at_once_use_one_code_once(engine: Engine) {
    let shop = Arc::new(Shop::open(engine, balanced).await);
    let card = shop.rich().await;
    let code = shop.live(card, 0);
    let calls = (0..8).map(|_| {
        let (shop, code) = (shop.clone(), code.clone());
        tokio::spawn(async move { shop.take(card, json!(code)).await })
    });
    let mut accepted = 0;
    for call in calls.collect::<Vec<_>>() {
        let told = call.await.unwrap();
        match told.status.as_u16() {
            201 => accepted += 1,
            _ => assert_eq!(told.refusal(), (409, "credential_stale"), "{}", told.body),
        }
    }
    assert_eq!(accepted, 1);
    shop.books.audited().await;
}

on_both!(
    a_terminal_shows_the_live_code_and_a_key_need_not,
    a_repeated_call_is_told_again_whatever_it_shows,
    two_tills_at_once_use_one_code_once,
);
