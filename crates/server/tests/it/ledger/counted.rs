//! What cards share: stock that two processes take from at once.

use crate::support::books::{Books, all_of, id, postgres, redeem, stamp};
use db::Db;
use domain::Rejection;
use domain::ids::{CardId, RewardId};
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, Reward, RewardKind};
use server::ledger::{Ledger, LedgerOptions, Refusal};
use server::setup;

/// Rewards of one stamp with a stock.
async fn in_stock(books: &Books, stock: i64) -> [RewardId; 2] {
    let rewards = [RewardId(id()), RewardId(id())];
    let (merchant, program) = (books.merchant, books.programs[0]);
    let write = move |tx: &mut db::Transaction<'_>| {
        for reward in rewards {
            let reward = Reward {
                id: reward,
                kind: RewardKind::FreeItem,
                unit: Unit::Stamp,
                cost: Cost::Fixed(1),
                stock: Some(stock),
                conditions: Conditions::default(),
                active: true,
            };
            setup::reward(tx, merchant, program, &reward, 2, &[])?;
        }
        Ok::<_, server::error::Error>(())
    };
    books.engine.db.write(write).await.unwrap();
    rewards
}

/// Both take both rewards, in opposite order: the counters of a batch are locked once and in one order, so that nobody
/// waits in a circle.
#[tokio::test(flavor = "multi_thread")]
async fn two_processes_take_from_two_stocks_and_never_too_much() {
    const DEADLOCKS: db::Statement = db::Statement::new(
        "tests.deadlocks",
        "select deadlocks from pg_stat_database where datname = current_database()",
    );
    let books = Books::open(postgres().await, |_| {}).await;
    let rewards = in_stock(&books, 30).await;
    let second = Db::open(&books.engine.options).await.unwrap();
    let other = Ledger::start(&second, &books.catalogues, &books.clock, LedgerOptions::default());
    let mut cards: Vec<CardId> = Vec::new();
    for _ in 0..40 {
        let card = books.enroll(books.programs[0]).await;
        all_of((0..2).map(|_| books.give(card, stamp()))).await;
        cards.push(card);
    }
    let take = |ledger: &Ledger, card: CardId, reward: RewardId| {
        let ledger = ledger.clone();
        let submission = books.submission(card, redeem(reward));
        async move { ledger.submit(submission).await }
    };
    let [first, last] = rewards;
    let mut taken = 0;
    for pair in cards.chunks(2) {
        let outcomes = all_of([
            take(&books.ledger, pair[0], first),
            take(&books.ledger, pair[0], last),
            take(&other, pair[1], last),
            take(&other, pair[1], first),
        ])
        .await;
        for outcome in outcomes {
            match outcome {
                Ok(_) => taken += 1,
                Err(Refusal::Rejected(Rejection::RewardNotAvailable { .. })) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(taken, 60);
    let read = |tx: &mut db::Transaction<'_>| -> Result<i64, db::Error> { tx.row(&DEADLOCKS, &[])?.unwrap().get(0) };
    assert_eq!(books.engine.db.read(read).await.unwrap(), 0);
    books.audited().await;
}
