//! What comes back, through the one door: a purchase with the reward it made, and rewards to the counters they left; and
//! what a clock that was ahead leaves behind.

use super::on_both;
use crate::support::books::{Books, Engine, MONDAY, id, order_ref, purchase, redeem, stamp, void};
use domain::Rejection;
use domain::claim::ClaimStatus;
use domain::command::{Command, Returned, Wanted};
use domain::ids::{CardId, RewardId};
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, Reward, RewardKind};
use domain::terms::{NegativePolicy, StampCompletion};
use server::error::Error;
use server::ledger::{Receipt, Refusal, Replay};
use server::setup;

/// What a full card of the hybrid program becomes.
async fn full_card_is(books: &Books, kind: RewardKind) {
    let (merchant, program) = (books.merchant, books.programs[2]);
    let reward = Reward {
        id: RewardId(id()),
        kind,
        unit: Unit::Stamp,
        cost: Cost::Completion,
        stock: Some(5),
        conditions: Conditions::default(),
        active: true,
    };
    let add = move |tx: &mut db::Transaction<'_>| setup::reward(tx, merchant, program, &reward, 1, &[]);
    books.engine.db.write::<_, Error, _>(add).await.unwrap();
}

fn back(order: &str, amount: i64) -> Command {
    Command::Return {
        order: order_ref(order),
        returned: Returned::Amount(amount),
        currency: "EUR".parse().unwrap(),
    }
}

/// The whole of the purchase A-1.
async fn all_comes_back(books: &Books, card: CardId) -> Receipt {
    let mut submission = books.submission(card, back("A-1", 700));
    submission.return_ref = Some("R-1".into());
    books.ledger.submit(submission).await.unwrap().receipt
}

async fn a_purchase_that_comes_back_takes_its_waiting_claim_with_it(engine: Engine) {
    let books = Books::open(engine, |terms| {
        terms.stamp_target = 2;
        terms.stamp_completion = StampCompletion::AutoClaim;
        terms.negative_policy = NegativePolicy::Clamp;
    })
    .await;
    full_card_is(&books, RewardKind::FreeItem).await;
    let card = books.enroll(books.programs[2]).await;
    books.give(card, stamp()).await.unwrap();
    let bought = books
        .give(card, Command::Purchase(purchase(700, Some("A-1"))))
        .await
        .unwrap();
    let claims = bought.receipt.event.unwrap().claims;
    let returned = all_comes_back(&books, card).await;
    let voided = &returned.event.unwrap().claims;
    assert_eq!(
        (voided.len(), voided[0].id, voided[0].status),
        (1, claims[0].id, ClaimStatus::Voided)
    );
    assert_eq!((returned.balance.stamps, returned.balance.points), (1, 0));
    let wanted = Wanted::Claim(claims[0].id);
    let hand_over = Command::Redeem {
        wanted,
        points: None,
        payable_minor: None,
        order: None,
    };
    let refused = books.give(card, hand_over).await;
    assert!(matches!(refused, Err(Refusal::Rejected(Rejection::NotFound { .. }))));
    books.audited().await;
}

async fn points_that_a_full_card_paid_go_with_the_purchase(engine: Engine) {
    let books = Books::open(engine, |terms| {
        terms.stamp_target = 2;
        terms.negative_policy = NegativePolicy::Clamp;
    })
    .await;
    full_card_is(&books, RewardKind::Points { points: 50 }).await;
    let card = books.enroll(books.programs[2]).await;
    books.give(card, stamp()).await.unwrap();
    let bought = books
        .give(card, Command::Purchase(purchase(700, Some("A-1"))))
        .await
        .unwrap();
    assert_eq!(bought.receipt.balance.points, 57);
    let returned = all_comes_back(&books, card).await;
    assert_eq!((returned.balance.stamps, returned.balance.points), (1, 0));
    books.audited().await;
}

/// Points for four vouchers.
async fn rich(books: &Books) -> CardId {
    let card = books.enroll(books.programs[1]).await;
    let bought = Command::Earn(purchase(8_000, None));
    books.give(card, bought).await.unwrap();
    card
}

/// An event keeps which counters it moved: neither the audit nor a void asks what the reward says today.
async fn a_stock_that_comes_later_counts_from_then_on(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let card = rich(&books).await;
    let before = books.give(card, redeem(books.voucher)).await.unwrap();
    let quoted = format!(
        "update rewards set terms = replace(terms, '{0}stock{0}:null', '{0}stock{0}:2')",
        '"'
    );
    books.engine.db.execute_script(&quoted).await.unwrap();
    books
        .engine
        .db
        .execute_script("update merchants set catalogue_revision = catalogue_revision + 1")
        .await
        .unwrap();
    books.audited().await;
    books.give(card, redeem(books.voucher)).await.unwrap();
    books.give(card, void(before.receipt.version)).await.unwrap();
    books.audited().await;
    books.give(card, redeem(books.voucher)).await.unwrap();
    let refused = books.give(card, redeem(books.voucher)).await;
    assert!(matches!(
        refused,
        Err(Refusal::Rejected(Rejection::RewardNotAvailable { .. }))
    ));
    books.audited().await;
}

async fn one_reward_for_an_order_is_told_again(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let card = rich(&books).await;
    let for_order = |points| Command::Redeem {
        wanted: Wanted::Reward(books.voucher),
        points,
        payable_minor: None,
        order: Some(order_ref("A-1")),
    };
    let first = books.keyed(card, for_order(None), "a").await.unwrap();
    let again = books.keyed(card, for_order(Some(20)), "b").await.unwrap();
    assert_eq!((again.replay, again.created), (Replay::ByReference, false));
    assert_eq!(again.receipt, first.receipt);
    assert_eq!(
        books.keyed(card, for_order(Some(20)), "b").await.unwrap().replay,
        Replay::ByKey
    );
    let other = books.keyed(card, for_order(Some(40)), "c").await;
    assert!(matches!(other, Err(Refusal::Rejected(Rejection::OutOfRange { .. }))));
    books.audited().await;
}

/// What points took off an order is known when it earns.
async fn points_that_paid_earn_no_points(engine: Engine) {
    let books = Books::open(engine, |terms| terms.redeem_point_value_minor = 5).await;
    let off = books.money_off().await;
    let card = rich(&books).await;
    let pay = Command::Redeem {
        wanted: Wanted::Reward(off),
        points: Some(80),
        payable_minor: Some(2_000),
        order: Some(order_ref("A-1")),
    };
    books.give(card, pay).await.unwrap();
    let earned = books
        .give(card, Command::Earn(purchase(2_000, Some("A-1"))))
        .await
        .unwrap();
    assert_eq!(earned.receipt.balance.points, 16);
    books.audited().await;
}

async fn a_clock_that_was_ahead_locks_no_card(engine: Engine) {
    let books = Books::open(engine, |terms| {
        terms.stamp_cooldown_minutes = 60;
        terms.daily_stamp_cap = 2;
    })
    .await;
    let card = books.enroll(books.programs[0]).await;
    let ahead = MONDAY.plus_minutes(5 * 24 * 60);
    books.clock.set(ahead);
    books.give(card, stamp()).await.unwrap();
    for (minutes, works) in [(0, true), (59, false), (60, true), (120, false), (24 * 60, true)] {
        books.clock.set(MONDAY.plus_minutes(minutes));
        let told = books.give(card, stamp()).await;
        assert_eq!(told.is_ok(), works, "{minutes} minutes later: {told:?}");
        // Events of a card never go back in time.
        assert!(told.is_err() || told.is_ok_and(|answer| answer.receipt.at == ahead));
    }
    books.audited().await;
}

on_both!(
    a_purchase_that_comes_back_takes_its_waiting_claim_with_it,
    points_that_a_full_card_paid_go_with_the_purchase,
    a_stock_that_comes_later_counts_from_then_on,
    one_reward_for_an_order_is_told_again,
    points_that_paid_earn_no_points,
    a_clock_that_was_ahead_locks_no_card,
);
