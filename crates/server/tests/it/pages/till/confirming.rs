//! A customer confirms on their open card what a till would hand out (`CRD-3`).

use super::{Shop, on_both, signed_in, terminal};
use crate::support::books::{Engine, id};
use crate::support::browser::{Browser, Shown};
use axum::http::StatusCode;
use domain::ids::CardId;
use domain::terms::{RiskPreset, Terms};

fn strict(terms: &mut Terms) {
    (terms.stamp_target, terms.stamp_cooldown_minutes, terms.daily_stamp_cap) = (2, 0, 0);
    terms.risk_preset = RiskPreset::Strict;
}

impl Shop {
    /// A card with rewards for two stamps each.
    async fn holding(&self, rewards: usize) -> CardId {
        let card = self.books.enroll(self.books.programs[0]).await;
        for _ in 0..2 * rewards {
            assert_eq!(self.stamp(card).await.status, StatusCode::CREATED);
        }
        card
    }

    /// Asks the customer, and says where the till waits.
    async fn asks(&self, till: &Browser, card: CardId, fields: &[(&str, &str)]) -> String {
        let asked = till.post(&format!("/till/cards/{card}/confirmations"), fields).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{asked:?}");
        asked.location.unwrap()
    }

    async fn asks_for_coffee(&self, card: CardId) -> String {
        self.asks(&self.till, card, &[("reward", &*self.books.coffee.to_string())])
            .await
    }

    fn link(&self, card: CardId) -> String {
        format!("/c/{}", self.app.secrets.card_link(self.books.merchant, card, 0))
    }

    /// The customer answers.
    async fn says(&self, card: CardId, place: &str, answer: &str) -> Shown {
        let id = place.rsplit('/').next().unwrap();
        let customer = Browser::new(&self.app);
        customer
            .post(
                &format!("{}/confirmations/{id}", self.link(card)),
                &[("answer", answer)],
            )
            .await
    }

    async fn hands_out(&self, card: CardId, place: &str, reward: &str) -> Shown {
        let (key, proof) = (id().to_string(), place.rsplit('/').next().unwrap());
        let fields = [("reward", reward), ("idempotency_key", &*key), ("proof", proof)];
        self.till
            .post(&format!("/till/cards/{card}/redemptions"), &fields)
            .await
    }
}

async fn what_the_customer_confirms_is_handed_out_once(engine: Engine) {
    let shop = Shop::open(engine, strict).await;
    let (card, coffee) = (shop.holding(2).await, shop.books.coffee.to_string());
    // The way is offered where the open card was not seen.
    let key = id().to_string();
    let fields = [("reward", &*coffee), ("idempotency_key", &*key)];
    let refused = shop
        .till
        .post(&format!("/till/cards/{card}/redemptions"), &fields)
        .await;
    assert!(
        refused.says(&format!("action=\"/till/cards/{card}/confirmations\"")),
        "{refused:?}"
    );
    let place = shop.asks_for_coffee(card).await;
    let waits = shop.till.get(&place).await;
    assert!(waits.status == StatusCode::OK && waits.says("data-look-again") && !waits.says("/redemptions"));
    let question = Browser::new(&shop.app).get(&shop.link(card)).await;
    assert!(
        question.says("Yes, hand it out") && question.says("This takes 2 stamps off your card."),
        "{question:?}"
    );
    let early = shop.hands_out(card, &place, &coffee).await;
    assert!(
        early.status == StatusCode::CONFLICT && early.says("too old"),
        "{early:?}"
    );
    let answered = shop.says(card, &place, "yes").await;
    assert_eq!(answered.location, Some(format!("{}?said=yes", shop.link(card))));
    assert!(
        !Browser::new(&shop.app)
            .get(&shop.link(card))
            .await
            .says("Yes, hand it out")
    );
    let ready = shop.till.get(&place).await;
    assert!(ready.says("The customer said yes") && ready.says(&format!("action=\"/till/cards/{card}/redemptions\"")));
    let taken = shop.hands_out(card, &place, &coffee).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{taken:?}");
    // A yes pays once, also where the card holds more.
    let again = shop.hands_out(card, &place, &coffee).await;
    assert!(
        again.status == StatusCode::CONFLICT && again.says("was used before"),
        "{again:?}"
    );
    shop.books.audited().await;
}

async fn a_yes_is_for_what_was_asked_by_this_till_on_this_card(engine: Engine) {
    let shop = Shop::open(engine, strict).await;
    let (card, other) = (shop.holding(2).await, shop.holding(1).await);
    let tea = shop.books.voucher.to_string();
    let coffee = shop.books.coffee.to_string();
    let place = shop.asks_for_coffee(card).await;
    // Another card's owner cannot answer, and nobody twice.
    assert_eq!(shop.says(other, &place, "yes").await.status, StatusCode::NOT_FOUND);
    assert_eq!(shop.says(card, &place, "maybe").await.status, StatusCode::BAD_REQUEST);
    shop.says(card, &place, "yes").await;
    assert_eq!(
        shop.says(card, &place, "no").await.location,
        Some(format!("{}?said=late", shop.link(card)))
    );
    for (card, reward) in [(card, &tea), (other, &coffee)] {
        let refused = shop.hands_out(card, &place, reward).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{refused:?}");
    }
    let token = terminal(&shop.app, shop.books.merchant, shop.books.store).await;
    let elsewhere = signed_in(&shop.app, &token).await;
    assert_eq!(elsewhere.get(&place).await.status, StatusCode::NOT_FOUND);
    let clock = &shop.books.clock;
    clock.set(clock.now().plus_minutes(4));
    let late = shop.hands_out(card, &place, &coffee).await;
    assert!(late.status == StatusCode::CONFLICT && late.says("too old"), "{late:?}");
    shop.books.audited().await;
}

async fn a_no_and_silence_hand_out_nothing(engine: Engine) {
    let shop = Shop::open(engine, strict).await;
    let (card, coffee) = (shop.holding(1).await, shop.books.coffee.to_string());
    let place = shop.asks_for_coffee(card).await;
    let said = shop.says(card, &place, "no").await;
    assert_eq!(said.location, Some(format!("{}?said=no", shop.link(card))));
    assert!(shop.till.get(&place).await.says("The customer said no"));
    assert_eq!(shop.hands_out(card, &place, &coffee).await.status, StatusCode::CONFLICT);
    // Who asks again waits for the new answer alone.
    let (first, second) = (shop.asks_for_coffee(card).await, shop.asks_for_coffee(card).await);
    assert_eq!(
        shop.says(card, &first, "yes").await.location,
        Some(format!("{}?said=late", shop.link(card)))
    );
    assert!(shop.till.get(&first).await.says("Nobody answered"));
    let clock = &shop.books.clock;
    clock.set(clock.now().plus_minutes(2));
    assert!(shop.till.get(&second).await.says("Ask again"));
    assert_eq!(
        shop.says(card, &second, "yes").await.location,
        Some(format!("{}?said=late", shop.link(card)))
    );
    assert_eq!(
        shop.hands_out(card, &second, &coffee).await.status,
        StatusCode::CONFLICT
    );
    // What is no redemption is no question.
    for bad in [&[][..], &[("reward", "rew_x")], &[("claim", "clm_x")]] {
        let asked = shop.till.post(&format!("/till/cards/{card}/confirmations"), bad).await;
        assert_eq!(asked.status, StatusCode::BAD_REQUEST, "{asked:?}");
    }
    shop.books.audited().await;
}

on_both!(
    what_the_customer_confirms_is_handed_out_once,
    a_yes_is_for_what_was_asked_by_this_till_on_this_card,
    a_no_and_silence_hand_out_nothing,
);
