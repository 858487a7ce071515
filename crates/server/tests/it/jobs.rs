//! Work that follows commits, and housekeeping: done once, whoever does it, and what is over goes.

use crate::support::books::{Engine, all_of, id, postgres, redeem, sqlite, stamp, void};
use crate::support::site::Site;
use db::{Statement, params};
use domain::ids::TerminalId;
use server::error::Error;
use server::jobs::{follow_up, forget};
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
    sessions_that_are_over_are_forgotten(sqlite().await).await;
    a_till_stands_in_a_store_of_its_merchant(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn follow_ups_and_housekeeping_on_postgres() {
    a_follow_up_is_done_once_however_many_do_it(postgres().await).await;
    sessions_that_are_over_are_forgotten(postgres().await).await;
    a_till_stands_in_a_store_of_its_merchant(postgres().await).await;
}
