//! What the till and the customer's page say of a card that owes, and of a program that is paused.

use super::{Shop, on_both};
use crate::support::books::{Engine, earn, order_ref, redeem};
use axum::http::StatusCode;
use domain::command::{Command, Returned};
use domain::ids::CardId;
use domain::program::ProgramStatus;
use server::setup;

impl Shop {
    /// The page of the customer.
    async fn page_of(&self, card: CardId) -> String {
        let link = self.app.secrets.card_link(self.books.merchant, card, 0);
        self.till.get(&format!("/c/{link}")).await.html
    }
}

async fn a_debt_is_told_and_paid_by_the_next_points(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    shop.books.give(card, earn(4_000, Some("2026-118"))).await.unwrap();
    shop.books.give(card, redeem(shop.books.voucher)).await.unwrap();
    assert!(!shop.card(card).await.says("Owed from a return"));
    let back = Command::Return {
        order: order_ref("2026-118"),
        returned: Returned::Amount(4_000),
        currency: "EUR".parse().unwrap(),
    };
    let mut back = shop.books.submission(card, back);
    back.return_ref = Some("R-1".into());
    shop.books.ledger.submit(back).await.unwrap();
    let till = shop.card(card).await;
    assert!(till.says("Owed from a return: 20 points"), "{till:?}");
    let take = [
        ("reward", &*shop.books.voucher.to_string()),
        ("idempotency_key", "take"),
    ];
    let refused = shop.press(card, "redemptions", &take).await;
    assert!(
        refused.status == StatusCode::CONFLICT && refused.tone() == Some("no"),
        "{refused:?}"
    );
    let page = shop.page_of(card).await;
    assert!(
        page.contains("20 points") && !page.contains("data-points=\"20\""),
        "{page}"
    );
    let given = shop
        .press(card, "points", &[("amount", "50"), ("idempotency_key", "pay")])
        .await;
    assert_eq!(given.status, StatusCode::CREATED, "{given:?}");
    let paid = shop.card(card).await;
    assert!(!paid.says("Owed from a return") && paid.says("30 points"), "{paid:?}");
    shop.books.audited().await;
}

async fn a_paused_program_gives_nothing_and_keeps_its_rewards(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_target = 2).await;
    let (merchant, program) = (shop.books.merchant, shop.books.programs[0]);
    let card = shop.books.enroll(program).await;
    shop.stamp(card).await;
    shop.stamp(card).await;
    let pause = move |tx: &mut db::Transaction<'_>| setup::program_status(tx, merchant, program, ProgramStatus::Paused);
    shop.app.db.write(pause).await.unwrap();
    shop.books.clock.set(shop.books.clock.now().plus_minutes(1));
    let till = shop.card(card).await;
    assert!(
        till.says("The program is paused") && !till.says("/stamps\""),
        "{till:?}"
    );
    let page = shop.page_of(card).await;
    assert!(page.contains("The program is taking a break"), "{page}");
    let late = shop.press(card, "stamps", &[("idempotency_key", "late")]).await;
    assert!(
        late.status == StatusCode::CONFLICT && late.tone() == Some("no"),
        "{late:?}"
    );
    let take = [("reward", &*shop.books.coffee.to_string()), ("idempotency_key", "take")];
    let taken = shop.press(card, "redemptions", &take).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{taken:?}");
    shop.books.audited().await;
}

on_both!(
    a_debt_is_told_and_paid_by_the_next_points,
    a_paused_program_gives_nothing_and_keeps_its_rewards,
);
