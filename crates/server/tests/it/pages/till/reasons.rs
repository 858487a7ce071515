//! Why nothing was given, or less: the till names the unit, the limit and the day, before a press and after it.

use super::{Shop, on_both};
use crate::support::books::{Engine, earn, void};
use axum::http::StatusCode;
use domain::command::Command;
use domain::event::Reason;
use domain::moment::Instant;
use domain::program::ProgramStatus;
use server::setup;

async fn a_limit_of_points_is_told_as_one(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.daily_points_cap = 100).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    let buy = async |amount: &str, key: &str| {
        shop.press(card, "points", &[("amount", amount), ("idempotency_key", key)])
            .await
    };
    assert!(buy("60", "first").await.says("+60 points"));
    let shortened = buy("60", "second").await;
    assert!(
        shortened.says("+40 points") && shortened.says("Shortened by a limit; otherwise 60 points"),
        "{shortened:?}"
    );
    assert!(!shortened.says("The limit of"), "a part of it landed: {shortened:?}");
    let none = buy("60", "third").await;
    assert!(
        none.tone() == Some("wait") && none.says("The limit of points for this card is reached"),
        "{none:?}"
    );
    assert!(!none.says("too small") && !none.says("tamp"), "{none:?}");
    let page = shop.card(card).await;
    assert!(page.says("The limit of points for this card is reached"), "{page:?}");
    shop.books.audited().await;
}

/// Both units of a purchase have a cooldown of their own: the one that stopped is named.
async fn the_unit_that_waits_is_named(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.points_cooldown_minutes = 60).await;
    let card = shop.books.enroll(shop.books.programs[2]).await;
    let page = shop.card(card).await;
    assert!(page.says("Give stamp and points"), "{page:?}");
    let buy = async |key: &str| {
        shop.press(card, "purchases", &[("amount", "12"), ("idempotency_key", key)])
            .await
    };
    let both = buy("first").await;
    assert!(both.says("+1 stamp") && both.says("+12 points"), "{both:?}");
    let stamp = buy("second").await;
    assert!(
        stamp.says("+1 stamp") && stamp.says("The next points are possible from 10:00."),
        "{stamp:?}"
    );
    assert!(!stamp.says("The next stamp"), "{stamp:?}");
    let page = shop.card(card).await;
    assert!(
        page.says("The next points are possible from 10:00.") && page.says("data-give>Stamp<"),
        "{page:?}"
    );
    shop.books.audited().await;
}

async fn a_long_wait_says_the_day(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.stamp_cooldown_minutes = 2_880).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    shop.stamp(card).await;
    let second = shop.press(card, "stamps", &[("idempotency_key", "second")]).await;
    assert!(
        second.says("It works again from Wednesday 09:00.") && !second.says("2880"),
        "{second:?}"
    );
    assert!(
        shop.card(card)
            .await
            .says("The next stamp is possible from Wednesday 09:00.")
    );
    shop.books.clock.set(shop.books.clock.now().plus_minutes(1_440));
    assert!(shop.card(card).await.says("possible from tomorrow 09:00."));
}

async fn a_limit_of_a_week_promises_no_tomorrow(engine: Engine) {
    let shop = Shop::open(engine, |terms| terms.weekly_stamp_cap = 1).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    shop.stamp(card).await;
    let page = shop.card(card).await;
    assert!(
        page.says("The limit of stamps for this card is reached.") && !page.says("today are") && !page.says("omorrow"),
        "{page:?}"
    );
    let second = shop.press(card, "stamps", &[("idempotency_key", "second")]).await;
    assert!(
        second.tone() == Some("wait") && second.says("another day") && !second.says("omorrow"),
        "{second:?}"
    );
}

async fn a_program_that_ended_is_not_paused(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let (merchant, program) = (shop.books.merchant, shop.books.programs[0]);
    let card = shop.books.enroll(program).await;
    let end = move |tx: &mut db::Transaction<'_>| setup::program_status(tx, merchant, program, ProgramStatus::Ended);
    shop.app.db.write(end).await.unwrap();
    shop.books.clock.set(shop.books.clock.now().plus_minutes(1));
    assert!(
        shop.card(card)
            .await
            .says("The program has ended. Rewards can still be redeemed.")
    );
    shop.redeem_until(program, shop.books.clock.now().plus_minutes(60))
        .await;
    let late = shop.press(card, "stamps", &[("idempotency_key", "late")]).await;
    assert!(
        late.status == StatusCode::CONFLICT && late.says("Last day for rewards: 2 March 2026"),
        "{late:?}"
    );
    shop.books.clock.set(shop.books.clock.now().plus_minutes(61));
    for page in [
        shop.card(card).await,
        shop.press(card, "stamps", &[("idempotency_key", "later")]).await,
    ] {
        assert!(
            page.says("its rewards can no longer be redeemed") && !page.says("paused"),
            "{page:?}"
        );
    }
}

async fn a_blocked_card_says_why(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    for (reason, told) in [
        (Reason::Lost, "reported lost"),
        (Reason::Fraud, "suspicion of misuse"),
        (Reason::Dispute, "until a dispute is settled"),
    ] {
        let card = shop.books.enroll(shop.books.programs[0]).await;
        shop.books.give(card, Command::Block { reason }).await.unwrap();
        let page = shop.card(card).await;
        assert!(page.says(told) && !page.says("/stamps\""), "{page:?}");
        let refused = shop.press(card, "stamps", &[("idempotency_key", reason.code())]).await;
        assert!(
            refused.status == StatusCode::CONFLICT && refused.says(told) && !refused.says("manager"),
            "{refused:?}"
        );
    }
}

async fn a_visit_that_was_taken_back_was_none(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let card = shop.books.enroll(shop.books.programs[1]).await;
    assert!(!shop.card(card).await.says("Last visit"));
    shop.books.give(card, earn(2_000, None)).await.unwrap();
    shop.books.clock.set(shop.books.clock.now().plus_minutes(24 * 60));
    shop.books.give(card, earn(2_000, None)).await.unwrap();
    assert!(shop.card(card).await.says("Last visit today 09:00"));
    shop.books.give(card, void(3)).await.unwrap();
    assert!(shop.card(card).await.says("Last visit yesterday 09:00"));
    shop.books.give(card, void(2)).await.unwrap();
    assert!(!shop.card(card).await.says("Last visit"));
}

impl Shop {
    /// Rewards of a program may be taken until then.
    async fn redeem_until(&self, program: domain::ids::ProgramId, until: Instant) {
        const SET: db::Statement = db::Statement::new(
            "redeem_until",
            "update programs set redeem_until = $3 where merchant_id = $1 and program_id = $2",
        );
        let merchant = self.books.merchant;
        let write = self.app.db.write(move |tx| {
            tx.run(&SET, &db::params![merchant.0, program.0, until.0])?;
            setup::program_status(tx, merchant, program, ProgramStatus::Ended)
        });
        write.await.unwrap();
        self.books.clock.set(self.books.clock.now().plus_minutes(1));
    }
}

on_both!(
    a_limit_of_points_is_told_as_one,
    the_unit_that_waits_is_named,
    a_long_wait_says_the_day,
    a_limit_of_a_week_promises_no_tomorrow,
    a_program_that_ended_is_not_paused,
    a_blocked_card_says_why,
    a_visit_that_was_taken_back_was_none,
);
