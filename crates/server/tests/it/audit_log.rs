//! Who managed what: every row follows the one before, whoever writes at the same time, and whatever is changed behind its
//! back is named.

use crate::support::books::{Books, Engine, MONDAY, postgres, sqlite};
use crate::support::browser::{Browser, installation};
use domain::ids::{MerchantId, StaffId, TerminalId};
use serde_json::json;
use server::audit_log::{self, Action, Change, Entry, Filter, Noted, Of, Who};
use server::error::Error;
use server::ledger::audit::audit;
use server::secrets::Secrets;
use std::collections::HashSet;
use uuid::Uuid;

fn secrets() -> Secrets {
    Secrets::from_key("a key for tests only, long enough").unwrap()
}

fn entry(number: u128) -> Entry {
    let who = Who::is(StaffId(Uuid::from_u128(number)), "manager");
    Entry::new(&secrets(), who, Action::TerminalSignedIn).unwrap()
}

async fn note(db: &db::Db, entry: Entry) {
    db.write::<_, Error, _>(move |tx| audit_log::note(tx, &entry, MONDAY))
        .await
        .unwrap();
}

async fn found(db: &db::Db, merchant: MerchantId, filter: Filter) -> Vec<Noted> {
    db.read(move |tx| audit_log::read(tx, merchant, &filter, 100))
        .await
        .unwrap()
}

async fn many_at_once_make_one_chain(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let other = db::Db::open(&books.engine.options).await.unwrap();
    let (db, merchant) = (books.engine.db.clone(), books.merchant);
    let writes = (0..40).map(|number| {
        let db = if number % 2 == 0 { db.clone() } else { other.clone() };
        tokio::spawn(async move { note(&db, entry(number).at(merchant)).await })
    });
    for write in writes.collect::<Vec<_>>() {
        write.await.unwrap();
    }
    let rows = found(&db, merchant, Filter::default()).await;
    let numbers: Vec<i64> = rows.iter().map(|row| row.sequence).collect();
    assert_eq!(numbers, (1..=40).rev().collect::<Vec<_>>());
    assert_eq!(rows.iter().map(|row| &row.actor).collect::<HashSet<_>>().len(), 40);
    let report = books.audited().await;
    assert_eq!(report.log_rows, 40);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_make_one_chain_on_sqlite() {
    many_at_once_make_one_chain(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_make_one_chain_on_postgresql() {
    many_at_once_make_one_chain(postgres().await).await;
}

async fn the_log_is_looked_up_by_one_thing_at_a_time(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let (db, merchant) = (&books.engine.db, books.merchant);
    let till = TerminalId(Uuid::from_u128(9));
    let change = Change::of(
        json!({ "name": "Till" }),
        json!({ "name": "Till 1", "token": "trei_trm_secret" }),
    );
    let address = Some("192.0.2.7".parse().unwrap());
    note(db, entry(1).at(merchant).about(till).from(address).with(change)).await;
    note(db, entry(2).at(merchant)).await;
    note(db, entry(3)).await;
    let of = |of: Of| Filter {
        of,
        ..Filter::default()
    };
    let told = found(db, merchant, of(Of::Subject(till.to_string()))).await;
    assert_eq!((told.len(), told[0].address), (1, address));
    let text = serde_json::to_string(&told).unwrap();
    assert!(text.contains("Till 1") && !text.contains("trei_trm_secret"), "{text}");
    let second = StaffId(Uuid::from_u128(2)).to_string();
    assert_eq!(found(db, merchant, of(Of::Actor(second))).await[0].sequence, 2);
    assert_eq!(
        found(db, merchant, of(Of::Action("terminal.signed_in".into())))
            .await
            .len(),
        2
    );
    assert_eq!(found(db, merchant, of(Of::Action("nothing".into()))).await, vec![]);
    // The installation has a log of its own, and no merchant's log shows it.
    assert_eq!(found(db, MerchantId(Uuid::nil()), Filter::default()).await.len(), 1);
    let before = Filter {
        before: Some(2),
        until: Some(MONDAY.plus_minutes(1)),
        since: Some(MONDAY),
        ..Filter::default()
    };
    assert_eq!(found(db, merchant, before).await.len(), 1);
    let later = Filter {
        since: Some(MONDAY.plus_minutes(1)),
        ..Filter::default()
    };
    assert_eq!(found(db, merchant, later).await, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_looked_up_by_one_thing_at_a_time_on_sqlite() {
    the_log_is_looked_up_by_one_thing_at_a_time(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_looked_up_by_one_thing_at_a_time_on_postgresql() {
    the_log_is_looked_up_by_one_thing_at_a_time(postgres().await).await;
}

/// What is changed behind the log's back, and what the audit says.
const TAMPERINGS: [(&str, &str); 8] = [
    (
        "update audit_log set actor = 'console' where sequence = 2",
        "says otherwise",
    ),
    (
        "update audit_log set recorded_at = recorded_at + 1 where sequence = 2",
        "says otherwise",
    ),
    (
        "update audit_log set detail = replace(detail, 'Till 1', 'Till 2') where sequence = 1",
        "says otherwise",
    ),
    (
        "update audit_log set body = replace(body, 'manager', 'owner') where sequence = 2",
        "does not follow",
    ),
    ("delete from audit_log where sequence = 2", "does not follow"),
    ("delete from audit_log where sequence = 3", "ends with row 2"),
    ("delete from audit_heads", "its end says 0"),
    (
        "update audit_log set sequence = 4 where sequence = 3",
        "does not follow",
    ),
];

async fn whatever_is_changed_is_named(engine: Engine) {
    let books = Books::open(engine, |_| {}).await;
    let merchant = books.merchant;
    let change = Change::made(json!({ "name": "Till 1" }));
    note(&books.engine.db, entry(1).at(merchant).with(change)).await;
    note(&books.engine.db, entry(2).at(merchant)).await;
    note(&books.engine.db, entry(3).at(merchant)).await;
    let Books { engine, ledger, .. } = books;
    drop(ledger);
    let closed = engine.close().await;
    for (with, says) in TAMPERINGS {
        let copy = closed.copy().await;
        copy.db.execute_script(with).await.unwrap();
        let found = audit(&copy.db, |_| {}).await.unwrap().differences;
        assert!(found.iter().any(|one| one.what.contains(says)), "{with}: {found:#?}");
    }
    // What may be forgotten can be, without breaking the chain.
    let copy = closed.copy().await;
    copy.db
        .execute_script("update audit_log set detail = null")
        .await
        .unwrap();
    assert_eq!(audit(&copy.db, |_| {}).await.unwrap().differences, vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_changed_is_named_on_sqlite() {
    whatever_is_changed_is_named(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_changed_is_named_on_postgresql() {
    whatever_is_changed_is_named(postgres().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_leaves_a_row_when_it_signs_in_and_out() {
    let shop = crate::support::shop::Shop::open(sqlite().await, |_| {}).await;
    let mut browser = Browser::new(&installation(&shop.books));
    let shown = browser.post("/till/session", &[("token", &shop.terminal)]).await;
    browser.cookie = shown.cookie.unwrap().split(';').next().unwrap().to_owned();
    for _ in 0..2 {
        browser.post("/till/session/end", &[]).await;
    }
    let terminal = server::tokens::parse(&shop.terminal).unwrap();
    let another = server::tokens::new_token(&shop.app.secrets, terminal.merchant, terminal.of).unwrap();
    let refused = browser.post("/till/session", &[("token", &another)]).await;
    assert_eq!(refused.status.as_u16(), 401);
    let rows = found(&shop.books.engine.db, shop.merchant(), Filter::default()).await;
    let told: Vec<_> = rows.iter().map(|row| (&*row.action, &*row.role)).collect();
    assert_eq!(
        told,
        [
            ("terminal.sign_in_refused", "stranger"),
            ("terminal.signed_out", "terminal"),
            ("terminal.signed_in", "terminal")
        ]
    );
    assert_eq!(rows[1].actor, rows[2].subject.clone().unwrap());
    assert_eq!(rows[0].subject, rows[2].subject);
}
