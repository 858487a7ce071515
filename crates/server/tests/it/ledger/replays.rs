//! Whatever is asked, in whatever order and how often: the same key again changes nothing (`IDM-2`), nor does the same
//! order under another key (`IDM-4`).

use crate::support::books::{Books, Engine, all_of, earn, postgres, redeem, sqlite, stamp, void};
use domain::command::Command;
use domain::ids::CardId;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use server::ledger::{Answer, Receipt, Refusal, Replay};
use std::collections::HashMap;

const ORDERS: [&str; 3] = ["2026-1", "2026-2", "2026-3"];

/// What a call asks.
#[derive(Clone, Debug)]
enum Wish {
    Stamp,
    Earn(i64, Option<usize>),
    Coffee,
    Voucher,
    Void(i64),
}

/// A call: which card, what, under which key.
#[derive(Clone, Debug)]
struct Asked {
    card: usize,
    wish: Wish,
    key: u8,
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        4 => Just(Wish::Stamp),
        4 => (0i64..5_000, proptest::option::of(0..ORDERS.len())).prop_map(|(amount, order)| Wish::Earn(amount, order)),
        1 => Just(Wish::Coffee),
        1 => Just(Wish::Voucher),
        2 => (1i64..8).prop_map(Wish::Void),
    ]
}

fn asked() -> impl Strategy<Value = Vec<Asked>> {
    let one = (0usize..3, wish(), 0u8..24).prop_map(|(card, wish, key)| Asked { card, wish, key });
    proptest::collection::vec(one, 1..60)
}

fn command(books: &Books, wish: &Wish) -> Command {
    match wish {
        Wish::Stamp => stamp(),
        Wish::Earn(amount, order) => earn(*amount, order.map(|order| ORDERS[order])),
        Wish::Coffee => redeem(books.coffee),
        Wish::Voucher => redeem(books.voucher),
        Wish::Void(event) => void(*event),
    }
}

/// What was done under a key, and how it was told.
type Done = HashMap<u8, (CardId, Command, Receipt)>;

fn keep(
    done: &mut Done,
    key: u8,
    (card, command): (CardId, Command),
    told: Result<Answer, Refusal>,
) -> Result<(), TestCaseError> {
    let known = done.get(&key);
    match (told, known) {
        (Ok(answer), None) => {
            prop_assert_ne!(answer.replay, Replay::ByKey, "a new key was known");
            done.insert(key, (card, command, answer.receipt));
        }
        (Ok(answer), Some((on, what, receipt))) => {
            prop_assert_eq!((on, what), (&card, &command), "a key did two things");
            prop_assert_eq!(answer.replay, Replay::ByKey);
            prop_assert_eq!(&answer.receipt, receipt);
        }
        (Err(Refusal::KeyReused), Some((on, what, _))) => prop_assert_ne!((on, what), (&card, &command)),
        // A refusal leaves the key free (`IDM-3`).
        (Err(Refusal::Rejected(_)), None) => {}
        (Err(other), known) => prop_assert!(false, "{other:?} although {known:?}"),
    }
    Ok(())
}

async fn replays_change_nothing(engine: Engine, asked: Vec<Asked>) -> Result<(), TestCaseError> {
    let books = Books::open(engine, |_| {}).await;
    let mut cards = Vec::new();
    for program in books.programs {
        cards.push(books.enroll(program).await);
    }
    let mut done = Done::new();
    for one in &asked {
        let (card, command) = (cards[one.card], command(&books, &one.wish));
        let told = books.keyed(card, command.clone(), &one.key.to_string()).await;
        keep(&mut done, one.key, (card, command), told)?;
    }
    let before = books.audited().await;
    // Everything again, several times and at once, as a network that lost all answers would have it.
    let again = (0..3).flat_map(|_| done.iter());
    let told = all_of(again.clone().map(|(key, (card, command, _))| {
        let (books, key) = (&books, key.to_string());
        async move { books.keyed(*card, command.clone(), &key).await }
    }))
    .await;
    for ((_, (_, _, receipt)), told) in again.zip(told) {
        let told = told.map_err(|refusal| TestCaseError::fail(format!("{refusal:?}")))?;
        prop_assert_eq!((told.replay, &told.receipt), (Replay::ByKey, receipt));
    }
    let after = books.audited().await;
    prop_assert_eq!((before.cards, before.events), (after.cards, after.events));
    Ok(())
}

fn on<E: Future<Output = Engine>>(cases: u32, engine: impl Fn() -> E) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    TestRunner::new(config)
        .run(&asked(), |asked| {
            runtime.block_on(async { replays_change_nothing(engine().await, asked).await })
        })
        .unwrap();
}

#[test]
fn replays_change_nothing_on_sqlite() {
    on(48, sqlite);
}

#[test]
fn replays_change_nothing_on_postgres() {
    on(6, postgres);
}
