//! Points that pay at the till: what they are worth is said before and after.

use super::till::Shop;
use crate::support::books::{Engine, earn, postgres, sqlite};
use crate::support::browser::Shown;
use axum::http::StatusCode;
use domain::ids::CardId;

async fn points_that_pay_say_what_they_take_off(engine: Engine) {
    let shop = Shop::open(engine, |terms| {
        terms.redeem_min_points = 50;
        terms.redeem_step = 10;
        terms.redeem_point_value_minor = 5;
        terms.redeem_max_percent_of_order = 50;
    })
    .await;
    let reward = shop.books.money_off().await.to_string();
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
    a_slip_brings_the_question_back(&shop, card, &reward).await;
    the_most_is_told(&shop, card, &reward).await;
    let fields = [
        ("reward", &*reward),
        ("points", "150"),
        ("payable", "20"),
        ("idempotency_key", "pay"),
    ];
    let paid = shop.press(card, "redemptions", &fields).await;
    assert!(
        paid.status == StatusCode::CREATED && paid.says("Take off €7.50") && paid.says("Only this amount earns points"),
        "{paid:?}"
    );
    what_was_paid_comes_back(&shop, card, &paid).await;
    shop.books.audited().await;
}

/// Open, with what was typed, and what is wrong is said at the input that is wrong.
async fn a_slip_brings_the_question_back(shop: &Shop, card: CardId, reward: &str) {
    for (points, payable, wrong) in [
        ("155", "20", "points"),
        ("150", "20,005", "payable"),
        ("150", "14", "points"),
    ] {
        let fields = [
            ("reward", reward),
            ("points", points),
            ("payable", payable),
            ("idempotency_key", "slip"),
        ];
        let again = shop.press(card, "redemptions", &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let (before, question) = again.html.split_once(&format!("id=\"redeem-{reward}\"")).unwrap();
        assert!(
            !before.contains("aria-invalid") && !before.contains("role=\"alert\">"),
            "{before}"
        );
        assert!(question.contains(&format!("aria-labelledby=\"redeem-title-{reward}\" open>")));
        let input = |name: &str| {
            question
                .split("<input")
                .find(|input| input.contains(&format!(" name=\"{name}\"")))
                .unwrap()
        };
        for (name, typed) in [("points", points), ("payable", payable)] {
            assert!(input(name).contains(&format!("value=\"{typed}\"")), "{}", input(name));
            assert_eq!(input(name).contains("aria-invalid"), name == wrong, "{}", input(name));
        }
    }
}

/// Balance, the most for the amount, what it takes off, and what is left to pay: nobody has to reckon.
async fn the_most_is_told(shop: &Shop, card: CardId, reward: &str) {
    let preview = async |points: &str, payable: &str| {
        let fields = [("reward", reward), ("points", points), ("payable", payable)];
        shop.press(card, "redemptions/preview", &fields).await
    };
    // Half of 20.05 is 10.02, at 5 cents a point 200.4 points, in steps of ten.
    let most = preview("", "20,05").await;
    assert!(
        most.says("data-most=\"200\"") && most.says("Balance: 300 points") && most.says("200 points = €10.00"),
        "{most:?}"
    );
    assert!(!most.says("preview-problem") && !most.says("data-total"), "{most:?}");
    let all = preview("", "100").await;
    assert!(all.says("data-most=\"300\""), "no more than there is: {all:?}");
    assert!(preview("", "4").await.says("too small to pay with points"));
    let typed = preview("150", "20").await;
    assert!(
        typed.says("Take off €7.50") && typed.says("Left to pay: €12.50"),
        "{typed:?}"
    );
    // Without script: the form comes back filled in, and nothing is taken.
    let fields = [
        ("reward", reward),
        ("points", ""),
        ("payable", "20"),
        ("idempotency_key", "most"),
    ];
    let filled = shop.press(card, "redemptions", &fields).await;
    assert_eq!(filled.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        filled.says("Possible here: 200 points = €10.00.") && filled.says("name=\"points\" value=\"200\""),
        "{filled:?}"
    );
}

/// The last five of the till say what was taken back.
async fn what_was_paid_comes_back(shop: &Shop, card: CardId, paid: &Shown) {
    let undo = [
        ("event", paid.field("event")),
        ("reason", "mistake".into()),
        ("idempotency_key", "undo".into()),
    ];
    let undo: Vec<(&str, &str)> = undo.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(shop.press(card, "voids", &undo).await.status, StatusCode::CREATED);
    let start = shop.till.get("/till").await;
    assert!(start.says("Taken back: \u{2212}150 points"), "{}", start.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_that_is_wrong_is_said_at_its_field_and_the_receipt_stays() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    let fields = [("amount", "0"), ("order_ref", "2026-7"), ("idempotency_key", "a")];
    let again = shop.press(card, "points", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (before, form) = again
        .html
        .split_once("<form method=\"post\" action=\"/till/cards/")
        .unwrap();
    assert!(
        before.contains("id=\"q\"") && !before.contains("aria-invalid"),
        "the scan field is not wrong"
    );
    assert!(form.contains("aria-invalid=\"true\" aria-describedby=\"amount-problem\""));
    assert!(form.contains("name=\"order_ref\" value=\"2026-7\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    points_that_pay_say_what_they_take_off(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    points_that_pay_say_what_they_take_off(postgres().await).await;
}
