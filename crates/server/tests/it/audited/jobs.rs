//! Jobs that run by themselves: what follows is written into the ledger, what is over goes, and neither manages anything.

use super::list::{Case, Leaves, cases};
use super::{LEDGER, watched};
use crate::ledger::on_both;
use crate::support::books::{Engine, redeem, stamp, void};
use crate::support::street::Street;
use server::jobs::{follow_up, forget};

/// Where something is over after a while.
const OVER: &[&str] = &["confirmations", "receipts", "sessions", "terminal_sessions"];
/// Minutes after which everything that ends is over.
const LONG: i64 = 500 * 24 * 60;

fn case(name: &str) -> Case {
    let mut cases = cases().into_iter().filter(|case| case.name == name);
    cases.next().unwrap()
}

async fn jobs_leave_what_they_say(engine: Engine) {
    let street = Street::open(engine).await;
    let (app, books) = (&street.site.app, &street.site.books);
    let card = books.enroll(books.programs[0]).await;
    for _ in 0..10 {
        books.give(card, stamp()).await.unwrap();
    }
    let redeemed = books.give(card, redeem(books.coffee)).await.unwrap();
    let sequence = redeemed.receipt.event.unwrap().sequence;
    books.give(card, void(sequence)).await.unwrap();
    assert_eq!(case("job follow_up").leaves, Leaves::Events);
    let (done, changed, noted) = watched(&street, follow_up(app)).await;
    assert!(done.unwrap() > 0 && !changed.is_empty());
    assert!(
        changed.iter().all(|table| LEDGER.contains(&table.as_str())),
        "{changed:?}"
    );
    assert_eq!(noted, Vec::<String>::new());
    books.clock.set(books.clock.now().plus_minutes(LONG));
    assert_eq!(case("job forget").leaves, Leaves::Nothing);
    let (forgotten, changed, noted) = watched(&street, forget(app)).await;
    assert!(forgotten.unwrap() > 0 && !changed.is_empty());
    assert!(
        changed.iter().all(|table| OVER.contains(&table.as_str())),
        "{changed:?}"
    );
    assert_eq!(noted, Vec::<String>::new());
    books.audited().await;
}

on_both!(jobs_leave_what_they_say);
