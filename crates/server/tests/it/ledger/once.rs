//! Once means once: keys, references, and many tills at a time.

use super::on_both;
use crate::support::books::{Books, Engine, MONDAY, earn, order_ref, redeem, sqlite, stamp, void};
use domain::Rejection;
use domain::command::{Command, LineKind, PurchaseLine, Returned};
use server::ledger::{Refusal, Replay, When};
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

async fn the_same_key_gets_the_same_answer(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let card = books.enroll(books.programs[0]).await;
    let first = books.keyed(card, stamp(), "a").await.unwrap();
    let again = books.keyed(card, stamp(), "a").await.unwrap();
    assert_eq!((first.replay, again.replay), (Replay::New, Replay::ByKey));
    assert_eq!(first.receipt, again.receipt);
    assert_eq!(first.receipt.balance.stamps, 1);
    let other = books.keyed(card, earn(100, None), "a").await;
    assert!(matches!(other, Err(Refusal::KeyReused)));
    books.audited().await;
}

async fn hundreds_at_once_on_few_cards_count_once_each(engine: Engine) {
    let books = Arc::new(Books::open(engine, |_| {}).await);
    let cards = [
        books.enroll(books.programs[0]).await,
        books.enroll(books.programs[0]).await,
    ];
    let mut tasks = Vec::new();
    for number in 0..600usize {
        let books = books.clone();
        // Every key comes three times, in any order.
        let (card, key) = (cards[number % 2], format!("{}", number % 200));
        tasks.push(tokio::spawn(async move { books.keyed(card, stamp(), &key).await }));
    }
    let mut new = 0;
    for task in tasks {
        new += i32::from(task.await.unwrap().unwrap().replay == Replay::New);
    }
    assert_eq!(new, 200);
    let report = books.audited().await;
    assert_eq!((report.cards, report.events), (2, 202));
}

async fn one_reward_is_taken_once_by_two_hundred_tills(engine: Engine) {
    let books = Arc::new(Books::open(engine, |_| {}).await);
    let card = books.enroll(books.programs[0]).await;
    for _ in 0..10 {
        books.give(card, stamp()).await.unwrap();
    }
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let books = books.clone();
            tokio::spawn(async move { books.give(card, redeem(books.coffee)).await })
        })
        .collect();
    let mut taken = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => taken += 1,
            Err(Refusal::Rejected(Rejection::InsufficientBalance { .. })) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(taken, 1);
    books.audited().await;
}

async fn an_order_pays_once_and_its_return_takes_back_what_it_paid(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let card = books.enroll(books.programs[1]).await;
    let other = books.enroll(books.programs[1]).await;
    let first = books.give(card, earn(4_000, Some("2026-118"))).await.unwrap();
    assert_eq!(first.receipt.balance.points, 40);
    let again = books.give(card, earn(4_000, Some("2026-118"))).await.unwrap();
    assert_eq!(
        (again.replay, again.receipt.id),
        (Replay::ByReference, first.receipt.id)
    );
    for conflict in [
        books.give(card, earn(4_100, Some("2026-118"))).await,
        books.give(other, earn(4_000, Some("2026-118"))).await,
    ] {
        assert!(matches!(conflict, Err(Refusal::Rejected(Rejection::OrderRefConflict))));
    }
    books.give(card, redeem(books.voucher)).await.unwrap();
    let back = |amount, name: &str| {
        let command = Command::Return {
            order: order_ref("2026-118"),
            returned: Returned::Amount(amount),
            currency: "EUR".parse().unwrap(),
        };
        let mut submission = books.submission(card, command);
        submission.return_ref = Some(name.into());
        books.ledger.submit(submission)
    };
    let some = back(1_000, "r1").await.unwrap();
    assert_eq!(some.receipt.balance.points, 10);
    let same = back(1_000, "r1").await.unwrap();
    assert_eq!(
        (same.replay, same.receipt.version),
        (Replay::ByReference, some.receipt.version)
    );
    assert!(matches!(
        back(500, "r1").await,
        Err(Refusal::Rejected(Rejection::ReturnRefConflict))
    ));
    let rest = back(3_000, "r2").await.unwrap();
    assert_eq!((rest.receipt.balance.points, rest.receipt.balance.debt), (0, 20));
    assert!(matches!(
        back(1, "r3").await,
        Err(Refusal::Rejected(Rejection::ReturnExceedsOrder { .. }))
    ));
    books.audited().await;
}

async fn a_void_is_done_once(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let card = books.enroll(books.programs[0]).await;
    let given = books.give(card, stamp()).await.unwrap();
    let undone = books.give(card, void(given.receipt.version)).await.unwrap();
    assert_eq!(undone.receipt.balance.stamps, 0);
    let again = books.give(card, void(given.receipt.version)).await;
    assert!(matches!(again, Err(Refusal::Rejected(Rejection::AlreadyVoided))));
    books.audited().await;
}

/// An order that earned nothing has an answer too, and it stays the same one.
async fn an_order_that_paid_nothing_is_told_again(engine: Engine) {
    let books = Books::open(engine, |terms| terms.min_purchase_minor = 1_000).await;
    let card = books.enroll(books.programs[1]).await;
    let first = books.keyed(card, earn(400, Some("A-1")), "a").await.unwrap();
    assert!(first.receipt.event.is_none() && !first.receipt.why.is_empty());
    books.give(card, earn(5_000, None)).await.unwrap();
    let again = books.keyed(card, earn(400, Some("A-1")), "b").await.unwrap();
    assert_eq!((again.replay, &again.receipt), (Replay::ByReference, &first.receipt));
    let once_more = books.keyed(card, earn(400, Some("A-1")), "b").await.unwrap();
    assert_eq!((once_more.replay, &once_more.receipt), (Replay::ByKey, &first.receipt));
    books.audited().await;
}

/// A return that is told in another currency, or by lines that sum to nothing sound, is not the same return.
async fn a_return_is_the_same_only_if_all_of_it_is(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let card = books.enroll(books.programs[1]).await;
    books.give(card, earn(4_000, Some("A-1"))).await.unwrap();
    let back = |returned, currency: &str| {
        let command = Command::Return {
            order: order_ref("A-1"),
            returned,
            currency: currency.parse().unwrap(),
        };
        let mut submission = books.submission(card, command);
        submission.return_ref = Some("r".into());
        books.ledger.submit(submission)
    };
    let line = |amount_minor| PurchaseLine {
        amount_minor,
        tax_minor: 0,
        kind: LineKind::Item,
        category: None,
        sku: None,
    };
    back(Returned::Amount(1_000), "EUR").await.unwrap();
    assert_eq!(
        back(Returned::Lines(vec![line(400), line(600)]), "EUR")
            .await
            .unwrap()
            .replay,
        Replay::ByReference
    );
    let huge = Returned::Lines(vec![line(i64::MAX), line(i64::MAX), line(1_002)]);
    for (returned, currency) in [(Returned::Amount(1_000), "CHF"), (huge, "EUR")] {
        let refused = back(returned, currency).await;
        assert!(matches!(refused, Err(Refusal::Rejected(Rejection::ReturnRefConflict))));
    }
    books.audited().await;
}

/// When something happened and when the books heard of it are two instants.
async fn a_backdated_event_says_when_it_was_recorded(engine: Engine) {
    const TIMES: db::Statement = db::Statement::new(
        "tests.times",
        "select occurred_at, recorded_at from events where merchant_id = $1 and card_id = $2 and sequence = 2",
    );
    let books = Books::open(engine, |_| {}).await;
    let card = books.enroll(books.programs[0]).await;
    let happened = MONDAY.plus_minutes(1);
    books.clock.set(MONDAY.plus_minutes(90));
    let mut submission = books.submission(card, stamp());
    submission.when = When::At(happened);
    books.ledger.submit(submission).await.unwrap();
    let merchant = books.merchant.0;
    let read = move |tx: &mut db::Transaction<'_>| {
        let row = tx.row(&TIMES, &db::params![merchant, card.0])?.unwrap();
        Ok::<(i64, i64), db::Error>((row.get(0)?, row.get(1)?))
    };
    let told = books.engine.db.read(read).await.unwrap();
    assert_eq!(told, (happened.0, MONDAY.plus_minutes(90).0));
    books.audited().await;
}

/// Who no longer waits was told to try again, so that nothing may have happened.
#[tokio::test]
async fn what_nobody_waits_for_any_more_is_not_done() {
    let books = Books::open(sqlite().await, |_| {}).await;
    let card = books.enroll(books.programs[0]).await;
    let mut given_up = Box::pin(books.give(card, stamp()));
    // One thread: the writer cannot have taken it before this test waits for something.
    let first = poll_fn(|context| Poll::Ready(given_up.as_mut().poll(context).is_ready())).await;
    drop(given_up);
    let second = books.give(card, stamp()).await.unwrap();
    assert_eq!((first, second.receipt.balance.stamps), (false, 1));
}

on_both!(
    the_same_key_gets_the_same_answer,
    hundreds_at_once_on_few_cards_count_once_each,
    one_reward_is_taken_once_by_two_hundred_tills,
    an_order_pays_once_and_its_return_takes_back_what_it_paid,
    a_void_is_done_once,
    an_order_that_paid_nothing_is_told_again,
    a_return_is_the_same_only_if_all_of_it_is,
    a_backdated_event_says_when_it_was_recorded,
);
