//! Points that pay at the till: what they are worth is said before and after.

use super::till::Shop;
use crate::support::books::{Engine, earn, id, postgres, sqlite};
use axum::http::StatusCode;
use domain::ids::RewardId;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, Reward, RewardKind};

async fn points_that_pay_say_what_they_take_off(engine: Engine) {
    let shop = Shop::open(engine, |terms| {
        terms.redeem_min_points = 50;
        terms.redeem_step = 10;
        terms.redeem_point_value_minor = 5;
        terms.redeem_max_percent_of_order = 50;
    })
    .await;
    let pay = Reward {
        id: RewardId(id()),
        kind: RewardKind::AmountOff,
        unit: Unit::Point,
        cost: Cost::Chosen,
        stock: None,
        conditions: Conditions::default(),
        active: true,
    };
    let reward = pay.id.to_string();
    shop.books.offer(pay).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    shop.books.give(card, earn(30_000, None)).await.unwrap();
    assert!(shop.card(card).await.says("50 points = €2.50"), "without script too");
    let preview = async |points: &str, payable: &str| {
        let fields = [("reward", &*reward), ("points", points), ("payable", payable)];
        shop.press(card, "redemptions/preview", &fields).await
    };
    for payable in ["", "20"] {
        let promised = preview("150", payable).await;
        assert!(
            promised.says("€7.50") && promised.says("150 points"),
            "{payable}: {promised:?}"
        );
    }
    for (points, payable) in [("150", "14"), ("155", ""), ("40", ""), ("x", ""), ("", "")] {
        let refused = preview(points, payable).await;
        assert!(refused.says("preview-problem"), "{points} {payable}: {refused:?}");
    }
    let fields = [
        ("reward", &*reward),
        ("points", "150"),
        ("payable", "20"),
        ("idempotency_key", "pay"),
    ];
    let paid = shop.press(card, "redemptions", &fields).await;
    assert!(
        paid.status == StatusCode::CREATED && paid.says("Take off €7.50"),
        "{paid:?}"
    );
    shop.books.audited().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    points_that_pay_say_what_they_take_off(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    points_that_pay_say_what_they_take_off(postgres().await).await;
}
