//! What a till must see before value leaves a card (`CRD-3`).

use super::{Shop, on_both};
use crate::support::books::{Engine, id};
use crate::support::browser::{Browser, Shown};
use axum::http::StatusCode;
use domain::ids::CardId;
use domain::proof::step_of;
use domain::terms::{RiskPreset, Terms};

fn balanced(terms: &mut Terms) {
    (terms.stamp_target, terms.stamp_cooldown_minutes, terms.daily_stamp_cap) = (2, 0, 0);
    terms.risk_preset = RiskPreset::Balanced;
}

const ASKS: &str = "please scan the code on the customer’s open card";

fn address(card: CardId) -> String {
    format!("/till/cards/{card}")
}

impl Shop {
    async fn full(&self, stamps: usize) -> CardId {
        let card = self.books.enroll(self.books.programs[0]).await;
        for _ in 0..stamps {
            assert_eq!(self.stamp(card).await.status, StatusCode::CREATED);
        }
        card
    }

    /// What the customer's page shows.
    async fn open_card(&self, card: CardId) -> (Shown, Shown) {
        let link = self.app.secrets.card_link(self.books.merchant, card, 0);
        let customer = Browser::new(&self.app);
        let page = customer.get(&format!("/c/{link}")).await;
        (page, customer.get(&format!("/c/{link}/code")).await)
    }

    /// The till after it scanned a code: its browser keeps what it is told to keep.
    async fn scans(&self, code: &str, card: CardId) -> Browser {
        let found = self.till.get(&format!("/till?q={code}")).await;
        assert_eq!(found.location, Some(format!("/till/cards/{card}")));
        let cookie = found.cookie.unwrap();
        assert!(
            cookie.contains("; Path=/till; Max-Age=180; HttpOnly; SameSite=Lax; Secure"),
            "{cookie}"
        );
        assert!(!cookie.contains(code));
        let mut till = self.till.clone();
        till.cookie = format!("{}; {}", self.till.cookie, cookie.split(';').next().unwrap());
        till
    }

    async fn takes(&self, till: &Browser, card: CardId) -> Shown {
        let (coffee, key) = (self.books.coffee.to_string(), id().to_string());
        let fields = [("reward", &*coffee), ("idempotency_key", &*key)];
        till.post(&format!("/till/cards/{card}/redemptions"), &fields).await
    }

    fn live(&self, card: CardId, steps_ago: i64) -> String {
        let step = step_of(self.books.clock.now()) - steps_ago;
        self.app.secrets.live_code(self.books.merchant, card, 0, step)
    }
}

async fn a_reward_is_handed_out_after_a_scan_of_the_open_card(engine: Engine) {
    let shop = Shop::open(engine, balanced).await;
    let card = shop.full(4).await;
    let found = shop.card(card).await;
    assert!(found.says(ASKS), "{found:?}");
    assert!(found.says("commandfor=\"redeem-"), "the reward is ready all the same");
    let refused = shop.takes(&shop.till, card).await;
    assert_eq!((refused.status, refused.tone()), (StatusCode::CONFLICT, Some("no")));
    assert!(refused.says("please scan the code that the customer’s open card shows now"));
    let shown = shop.scans(&shop.live(card, 0), card).await;
    assert!(!shown.get(&address(card)).await.says(ASKS));
    let taken = shop.takes(&shown, card).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{taken:?}");
    let again = shop.takes(&shown, card).await;
    assert!(
        again.status == StatusCode::CONFLICT && again.says("was used before"),
        "{again:?}"
    );
    shop.books.audited().await;
}

async fn a_screenshot_only_finds_the_card(engine: Engine) {
    let shop = Shop::open(engine, balanced).await;
    let card = shop.full(2).await;
    let old = shop.scans(&shop.live(card, 3), card).await;
    assert!(old.get(&address(card)).await.says(ASKS));
    let refused = shop.takes(&old, card).await;
    assert!(
        refused.status == StatusCode::CONFLICT && refused.says("too old"),
        "{refused:?}"
    );
    let shown = shop.scans(&shop.live(card, 0), card).await;
    let clock = &shop.books.clock;
    clock.set(clock.now().plus_minutes(4));
    let late = shop.takes(&shown, card).await;
    assert!(
        late.says("too old"),
        "what was scanned counts for a while only: {late:?}"
    );
    assert_eq!(shop.stamp(card).await.status, StatusCode::CREATED);
    let other = shop.full(2).await;
    let refused = shop.takes(&shop.scans(&shop.live(card, 0), card).await, other).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "another card's code says nothing");
}

async fn the_open_card_shows_a_live_code_where_it_is_asked_for(engine: Engine) {
    let shop = Shop::open(engine, balanced).await;
    let card = shop.full(0).await;
    let (page, code) = shop.open_card(card).await;
    assert!(page.says("data-live-code=\"/c/") && page.says("This code is new every half minute."));
    assert!(
        code.status == StatusCode::OK && code.says("data-left=\"") && code.says("<svg"),
        "{code:?}"
    );
    let plain = Shop::open(crate::support::books::sqlite().await, |_| {}).await;
    let card = plain.full(0).await;
    assert!(!plain.open_card(card).await.0.says("data-live-code"));
    assert!(!plain.card(card).await.says(ASKS));
}

on_both!(
    a_reward_is_handed_out_after_a_scan_of_the_open_card,
    a_screenshot_only_finds_the_card,
    the_open_card_shows_a_live_code_where_it_is_asked_for,
);
