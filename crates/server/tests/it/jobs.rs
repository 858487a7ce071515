//! Work that follows commits, and housekeeping: done once, whoever does it, and what is over goes.

use crate::support::books::{Engine, MONDAY, all_of, earn, id, postgres, redeem, sqlite, stamp, void};
use crate::support::site::Site;
use db::{Statement, params};
use domain::ids::{CardId, PinId, StaffId, TerminalId};
use domain::moment::Instant;
use server::error::Error;
use server::jobs::{follow_up, forget};
use server::setup;
use server::sql::{credentials, till};

const SIGNALS: Statement = Statement::new("test.signals", "select kind from signals where merchant_id = $1");

async fn a_follow_up_is_done_once_however_many_do_it(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let books = &site.books;
    let card = books.enroll(books.programs[0]).await;
    for _ in 0..10 {
        books.give(card, stamp()).await.unwrap();
    }
    let redeemed = books.give(card, redeem(books.coffee)).await.unwrap();
    let sequence = redeemed.receipt.event.unwrap().sequence;
    books.give(card, void(sequence)).await.unwrap();
    for done in all_of((0..4).map(|_| follow_up(&site.app))).await {
        done.unwrap();
    }
    assert_eq!(follow_up(&site.app).await.unwrap(), 0);
    let merchant = books.merchant.0;
    let look = move |tx: &mut db::Transaction<'_>| Ok::<_, Error>(tx.rows(&SIGNALS, &params![merchant])?.len());
    assert_eq!(site.app.db.read(look).await.unwrap(), 1);
    books.audited().await;
}

/// Hires somebody who serves everywhere.
async fn hire(site: &Site, name: &'static str) -> StaffId {
    let (merchant, staff) = (site.books.merchant, StaffId(id()));
    let add =
        move |tx: &mut db::Transaction<'_>| setup::staff(tx, merchant, (staff, PinId(id())), (name, "cashier"), MONDAY);
    site.app.db.write(add).await.unwrap();
    // Known everywhere a second later.
    site.books.clock.set(Instant(site.books.clock.now().0 + 2_000_000));
    staff
}

/// Visits of a card, each an hour after the one before, and what a manager hears of then.
async fn noted_after(site: &Site, visits: usize, (card, staff): (CardId, StaffId)) -> Vec<String> {
    for _ in 0..visits {
        site.books.clock.set(site.books.clock.now().plus_minutes(60));
        let mut submission = site.books.submission(card, earn(100, None));
        submission.origin.staff = Some(staff);
        site.books.ledger.submit(submission).await.unwrap();
    }
    while follow_up(&site.app).await.unwrap() > 0 {}
    let merchant = site.books.merchant.0;
    let look = move |tx: &mut db::Transaction<'_>| {
        let rows = tx.rows(&SIGNALS, &params![merchant])?;
        rows.iter().map(|row| row.get(0)).collect::<Result<Vec<String>, _>>()
    };
    let mut kinds = site.app.db.read(look).await.unwrap();
    kinds.retain(|kind| ["one_hand", "many_visits"].contains(&&**kind));
    kinds.sort();
    kinds
}

async fn every_twelfth_visit_is_looked_at(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let card = site.books.enroll(site.books.programs[1]).await;
    let odile = hire(&site, "Odile").await;
    // Whoever is alone serves everybody.
    assert!(noted_after(&site, 12, (card, odile)).await.is_empty());
    let mina = hire(&site, "Mina").await;
    assert!(noted_after(&site, 11, (card, odile)).await.is_empty());
    assert_eq!(noted_after(&site, 1, (card, odile)).await, ["one_hand"]);
    assert_eq!(
        noted_after(&site, 12, (card, mina)).await,
        ["many_visits", "one_hand", "one_hand"]
    );
    site.books.audited().await;
}

async fn sessions_that_are_over_are_forgotten(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let (merchant, store, terminal) = (site.books.merchant.0, site.books.store.0, TerminalId(id()).0);
    let now = site.app.clock.now().0;
    let begin = move |tx: &mut db::Transaction<'_>| {
        let values = params![merchant, terminal, store, "Till", vec![1u8], "paired", now];
        tx.run(&credentials::ADD_TERMINAL, &values)?;
        for number in 0..700i64 {
            let ends = if number == 7 { now + 1 } else { now - number };
            let hash = number.to_be_bytes();
            till::begin_session(tx, merchant, &hash, terminal, (now - 1_000, ends))?;
        }
        Ok::<_, Error>(())
    };
    site.app.db.write(begin).await.unwrap();
    assert_eq!(forget(&site.app).await.unwrap(), 699);
    let left = move |tx: &mut db::Transaction<'_>| till::session(tx, merchant, &7i64.to_be_bytes(), now);
    assert!(site.app.db.read(left).await.unwrap().is_some());
    assert_eq!(forget(&site.app).await.unwrap(), 0);
}

async fn a_till_stands_in_a_store_of_its_merchant(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let merchant = site.books.merchant.0;
    let values = params![merchant, id(), id(), "Till", vec![1u8], "paired", 1i64];
    let add = move |tx: &mut db::Transaction<'_>| tx.run(&credentials::ADD_TERMINAL, &values);
    let refused = site.app.db.write(add).await;
    assert!(
        matches!(refused, Err(db::Error::ForeignKeyViolation { .. })),
        "{refused:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn follow_ups_and_housekeeping_on_sqlite() {
    a_follow_up_is_done_once_however_many_do_it(sqlite().await).await;
    every_twelfth_visit_is_looked_at(sqlite().await).await;
    sessions_that_are_over_are_forgotten(sqlite().await).await;
    a_till_stands_in_a_store_of_its_merchant(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn follow_ups_and_housekeeping_on_postgres() {
    a_follow_up_is_done_once_however_many_do_it(postgres().await).await;
    every_twelfth_visit_is_looked_at(postgres().await).await;
    sessions_that_are_over_are_forgotten(postgres().await).await;
    a_till_stands_in_a_store_of_its_merchant(postgres().await).await;
}
