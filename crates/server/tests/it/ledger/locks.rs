//! What others hold or lose: a lock that stays, a commit whose answer is lost, a caller who has gone. What has nothing to
//! do with it goes on.

use crate::support::books::{Books, all_of, postgres, sqlite, stamp};
use crate::support::proxy::Proxy;
use db::{Db, Options, params};
use domain::ids::CardId;
use server::error::Error;
use server::ledger::{IdempotencyKey, Ledger, LedgerOptions, Refusal, Replay};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// A card that somebody holds locked until this is dropped.
struct Held {
    _until: mpsc::Sender<()>,
    done: tokio::task::JoinHandle<()>,
    _db: Db,
}

impl Held {
    async fn hold(books: &Books, card: CardId) -> Self {
        let db = Db::open(&books.engine.options).await.unwrap();
        let (until, dropped) = mpsc::channel::<()>();
        let (locked, is_locked) = oneshot::channel();
        let (merchant, writer) = (books.merchant.0, db.clone());
        let done = tokio::spawn(async move {
            let hold = move |tx: &mut db::Transaction<'_>| {
                tx.row(&server::sql::cards::LOCK, &params![merchant, card.0])?;
                let _ = locked.send(());
                let _ = dropped.recv();
                Ok::<_, Error>(())
            };
            writer.write(hold).await.unwrap();
        });
        is_locked.await.unwrap();
        Self {
            _until: until,
            done,
            _db: db,
        }
    }

    async fn let_go(self) {
        drop(self._until);
        self.done.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_somebody_holds_stops_no_other() {
    let books = Books::open(postgres().await, |_| {}).await;
    let mut cards = Vec::new();
    for _ in 0..20 {
        cards.push(books.enroll(books.programs[0]).await);
    }
    let held = Held::hold(&books, cards[7]).await;
    let patience = books.engine.options.lock_timeout * 2;
    for round in 0..3 {
        let begun = Instant::now();
        let told = all_of(cards.iter().map(|card| books.give(*card, stamp()))).await;
        let took = begun.elapsed();
        for (card, told) in cards.iter().zip(told) {
            if *card == cards[7] {
                assert!(matches!(told, Err(Refusal::Busy)), "{told:?}");
            } else {
                assert!(told.is_ok(), "{told:?}");
            }
        }
        // Once it is known who is held, the others do not even wait that long.
        let limit = if round == 0 { patience } else { patience / 2 };
        assert!(took < limit, "round {round} took {took:?}");
    }
    held.let_go().await;
    books.give(cards[7], stamp()).await.unwrap();
    let report = books.audited().await;
    assert_eq!(report.events, 20 + 3 * 19 + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_while_a_lock_was_waited_for_is_not_served_afterwards() {
    let books = Books::open(postgres().await, |_| {}).await;
    let (held_card, free_card) = (
        books.enroll(books.programs[0]).await,
        books.enroll(books.programs[0]).await,
    );
    let held = Held::hold(&books, held_card).await;
    let both = all_of([held_card, free_card].map(|card| books.give(card, stamp())));
    // They leave while the first try waits for the lock.
    let left = tokio::time::timeout(Duration::from_millis(300), both).await;
    assert!(left.is_err());
    // Answered by the other hand or after them: in either case they had their second try.
    books.give(free_card, stamp()).await.unwrap();
    held.let_go().await;
    books.give(held_card, stamp()).await.unwrap();
    let last = books.give(free_card, stamp()).await.unwrap();
    assert_eq!(last.receipt.balance.stamps, 2);
    assert_eq!(books.audited().await.events, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_has_its_effect_once() {
    let books = Books::open(postgres().await, |_| {}).await;
    let card = books.enroll(books.programs[0]).await;
    let db::Source::Postgres(url) = &books.engine.options.source else {
        panic!("a server has an address");
    };
    let proxy = Proxy::to(url).await;
    let far = Db::open(&Options::parse(proxy.url()).unwrap()).await.unwrap();
    let ledger = Ledger::start(&far, &books.catalogues, &books.clock, LedgerOptions::default());
    let mut keyed = books.submission(card, stamp());
    keyed.key = Some(IdempotencyKey::new("me", "POST /test", "lost", vec![1]));
    proxy.lose_next_commit();
    let told = ledger.submit(keyed.clone()).await.unwrap();
    assert_eq!((proxy.commits_lost(), told.replay), (1, Replay::ByKey));
    let again = ledger.submit(keyed).await.unwrap();
    assert_eq!(again.receipt, told.receipt);
    // Without a key nobody can tell whether it happened, so it is not done again.
    proxy.lose_next_commit();
    let unknown = ledger.submit(books.submission(card, stamp())).await;
    assert!(matches!(unknown, Err(Refusal::Broken)), "{unknown:?}");
    assert_eq!(proxy.commits_lost(), 2);
    assert_eq!(books.audited().await.events, 3);
}

#[tokio::test]
async fn a_full_queue_is_told() {
    let heard = crate::support::heard::here("warn");
    let books = Books::open(sqlite().await, |_| {}).await;
    let card = books.enroll(books.programs[0]).await;
    let options = LedgerOptions {
        queue_max: 1,
        ..LedgerOptions::default()
    };
    let ledger = Ledger::start(&books.engine.db, &books.catalogues, &books.clock, options);
    let (until, dropped) = mpsc::channel::<()>();
    let db = books.engine.db.clone();
    let blocked = tokio::spawn(async move {
        let wait = move |_: &mut db::Transaction<'_>| {
            let _ = dropped.recv();
            Ok::<_, Error>(())
        };
        db.write(wait).await.unwrap();
    });
    let submit = || {
        let (ledger, asked) = (ledger.clone(), books.submission(card, stamp()));
        tokio::spawn(async move { ledger.submit(asked).await })
    };
    // The first is taken by the hand, which waits for the writer; the second waits in the queue.
    let first = submit();
    tokio::task::yield_now().await;
    tokio::task::yield_now().await;
    let second = submit();
    tokio::task::yield_now().await;
    let third = submit().await.unwrap();
    assert!(matches!(third, Err(Refusal::Busy)), "{third:?}");
    drop(until);
    for answered in [first, second] {
        answered.await.unwrap().unwrap();
    }
    blocked.await.unwrap();
    submit().await.unwrap().unwrap();
    let told = heard.text();
    assert!(
        told.contains("the queue was full") && told.contains("turned_away=1"),
        "{told}"
    );
}
