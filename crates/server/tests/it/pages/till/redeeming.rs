//! Rewards at the till.

use super::{Shop, on_both};
use crate::support::books::{Engine, earn};
use crate::support::browser::Shown;
use axum::http::StatusCode;
use domain::ids::CardId;
use domain::terms::StampCompletion;

async fn a_reward_is_ready_then_given_then_gone(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_target = 2).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    shop.stamp(card).await;
    let early = [
        ("reward", &*shop.books.coffee.to_string()),
        ("idempotency_key", "early"),
    ];
    let early = shop.press(card, "redemptions", &early).await;
    let told = (early.status, early.says("this reward: 1."));
    assert_eq!(told, (StatusCode::CONFLICT, true), "{early:?}");
    assert!(!shop.card(card).await.says("commandfor=\"redeem-"));
    shop.stamp(card).await;
    let page = shop.card(card).await;
    assert!(page.says(&format!("commandfor=\"redeem-{}\"", shop.books.coffee)));
    let take = [("reward", &*shop.books.coffee.to_string()), ("idempotency_key", "take")];
    let taken = shop.press(card, "redemptions", &take).await;
    assert!(
        taken.status == StatusCode::CREATED && taken.says("class=\"claim\"") && taken.says("0 of 2"),
        "{taken:?}"
    );
    assert_eq!(shop.press(card, "redemptions", &take).await.status, StatusCode::OK);
    shop.undoes(card, &taken, "Back on the card: 2 stamps.").await;
    let nonsense = shop
        .press(card, "redemptions", &[("reward", "rew_x"), ("idempotency_key", "n")])
        .await;
    assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
    shop.books.audited().await;
}

async fn a_claim_that_waits_is_handed_over_once(engine: Engine) {
    let shop = Shop::open(engine, |terms| {
        terms.stamp_target = 2;
        terms.stamp_completion = StampCompletion::AutoClaim;
    })
    .await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    shop.stamp(card).await;
    assert!(!shop.card(card).await.says("name=\"claim\""));
    shop.stamp(card).await;
    let page = shop.card(card).await;
    let claim = page.field("claim");
    assert!(claim.starts_with("clm_"), "{claim}");
    let hand_over = [("claim", &*claim), ("idempotency_key", "once")];
    let given = shop.press(card, "redemptions", &hand_over).await;
    assert!(
        given.status == StatusCode::CREATED && given.says("class=\"claim\"") && given.says("0 of 2"),
        "{given:?}"
    );
    assert_eq!(shop.press(card, "redemptions", &hand_over).await.status, StatusCode::OK);
    shop.undoes(card, &given, "It waits to be handed over.").await;
    let anew = [hand_over[0], ("idempotency_key", "anew")];
    assert_eq!(shop.press(card, "redemptions", &anew).await.status, StatusCode::CREATED);
    let again = [("claim", &*claim), ("idempotency_key", "twice")];
    let again = shop.press(card, "redemptions", &again).await;
    assert!(
        again.status == StatusCode::CONFLICT && again.tone() == Some("no"),
        "{again:?}"
    );
    assert!(!shop.card(card).await.says("name=\"claim\""));
    shop.books.audited().await;
}

impl Shop {
    /// Takes a reward back; the answer names it and what is on the card again.
    async fn undoes(&self, card: CardId, given: &Shown, told: &str) {
        let (event, key) = (given.field("event"), given.field("idempotency_key"));
        let undo = [("event", &*event), ("reason", "mistake"), ("idempotency_key", &*key)];
        let undone = self.press(card, "voids", &undo).await;
        assert!(
            undone.says("Reward for this card is taken back.") && undone.says(told),
            "{undone:?}"
        );
        assert!(!undone.says("\u{2212}2 stamps"), "{undone:?}");
    }
}

/// Points pay a part of the bill: how many the customer says, how much is to be paid the cashier types.
async fn points_take_money_off_an_order(engine: Engine) {
    let shop = Shop::open(engine, |terms| {
        terms.redeem_point_value_minor = 1;
        terms.redeem_max_percent_of_order = 50;
    })
    .await;
    let (program, reward) = (shop.books.programs[1], shop.books.money_off().await);
    let card = shop.books.enroll(program).await;
    shop.books.give(card, earn(20_000, None)).await.unwrap();
    let page = shop.card(card).await;
    assert!(
        page.says("name=\"points\"") && page.says("name=\"payable\""),
        "{page:?}"
    );
    let take = |points: &'static str, payable: &'static str, key: &'static str| {
        let (shop, reward) = (&shop, reward.to_string());
        async move {
            let fields = [
                ("reward", &*reward),
                ("points", points),
                ("payable", payable),
                ("idempotency_key", key),
            ];
            shop.press(card, "redemptions", &fields).await
        }
    };
    let over = take("150", "2,00", "over").await;
    assert!(
        over.status == StatusCode::UNPROCESSABLE_ENTITY && over.says("100"),
        "half of two euros are a hundred points: {over:?}"
    );
    let taken = take("100", "2,00", "half").await;
    assert!(
        taken.status == StatusCode::CREATED && taken.tone() == Some("yes"),
        "{taken:?}"
    );
    assert!(shop.card(card).await.says("100 points"));
    for (points, payable) in [("x", "2,00"), ("10", "2,005"), ("10", "")] {
        let answer = take(points, payable, "bad").await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{points} {payable}: {answer:?}"
        );
    }
    shop.books.audited().await;
}

on_both!(
    a_reward_is_ready_then_given_then_gone,
    a_claim_that_waits_is_handed_over_once,
    points_take_money_off_an_order,
);
