//! Every statement of the house, on both engines: understood, alike, deaf to quotes, and never a scan of a tenant.

use crate::support::books::{Books, Engine, earn, postgres, redeem, sqlite, stamp};
use db::{Statement, Transaction, Value};
use server::error::Error;
use server::sql;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a value must never be able to do.
const QUOTES: &str = "'; drop table cards; -- \" \u{201c} \\ $1 %s /*pg x */ ` é";

/// Tables that grow with use; a statement that finds rows of them by the merchant alone reads a whole tenant.
const GROWING: &[&str] = &[
    "letters",
    "links",
    "pending_contacts",
    "customer_sessions",
    "credential_uses",
    "rate_counters",
    "pairing_codes",
    "terminal_sessions",
    "sessions",
    "sign_in_tries",
    "passkeys",
    "passkey_ceremonies",
    "cards",
    "events",
    "receipts",
    "orders",
    "returns",
    "claims",
    "counters",
    "customers",
    "contacts",
    "consents",
    "revoked_numbers",
    "follow_ups",
    "signals",
    "daily_totals",
];

/// Statements that read a whole tenant because that is what they are for, in pages or as a count.
const WHOLE_TENANT: [&str; 2] = ["audit.count_cards", "audit.count_events"];

async fn types() -> BTreeMap<&'static str, Vec<String>> {
    let engine = postgres().await;
    engine
        .db
        .read(|tx| {
            sql::all()
                .into_iter()
                .map(|one| Ok::<_, Error>((one.name, tx.describe(one)?.types)))
                .collect()
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn names_are_unique_and_both_engines_understand_every_statement_alike() {
    let mut seen = BTreeSet::new();
    let all = sql::all();
    assert!(
        all.iter().all(|one| seen.insert(one.name)),
        "two statements share a name"
    );
    let (one, other) = (sqlite().await, postgres().await);
    for statement in all {
        let describe = move |tx: &mut Transaction<'_>| Ok::<_, Error>(tx.describe(statement)?);
        let left = one.db.read(describe).await.unwrap();
        let right = other.db.read(describe).await.unwrap();
        assert_eq!(
            (left.parameters, left.columns),
            (right.parameters, right.columns),
            "{}",
            statement.name
        );
    }
}

fn hostile(kind: &str) -> Value {
    match kind {
        "uuid" => Value::Uuid(Uuid::now_v7()),
        "text" => Value::Text(QUOTES.to_owned()),
        "int8" => Value::Int(1),
        "bool" => Value::Bool(true),
        "bytea" => Value::Bytes(QUOTES.as_bytes().to_vec()),
        other => panic!("a parameter of type {other}"),
    }
}

async fn no_value_is_ever_read_as_sql(engine: Engine) {
    let types = types().await;
    let books = Books::open(engine, |_| {}).await;
    let card = books.enroll(books.programs[0]).await;
    books.give(card, stamp()).await.unwrap();
    for statement in sql::all() {
        let kinds = types[statement.name].clone();
        let run = move |tx: &mut Transaction<'_>| -> Result<(), Error> {
            let values: Vec<Value> = kinds.iter().map(|kind| hostile(kind)).collect();
            tx.rows(statement, &values)?;
            // Nothing of this is kept: only whether the engine took values for values.
            Err(Error::Unfit("rolled back".to_owned()))
        };
        match books.engine.db.write(run).await.unwrap_err() {
            Error::Unfit(_) => {}
            // It was taken for a value, and nothing is known under it.
            Error::Database(db::Error::ForeignKeyViolation { .. }) => {}
            other => panic!("{}: {other:?}", statement.name),
        }
    }
    let report = books.audited().await;
    assert_eq!((report.cards, report.events), (1, 2));
}

async fn filled(engine: Engine) -> Books {
    let books = Books::open(engine, |_| {}).await;
    for _ in 0..40 {
        let stamps = books.enroll(books.programs[0]).await;
        let points = books.enroll(books.programs[1]).await;
        for _ in 0..10 {
            books.keyed(stamps, stamp(), &Uuid::now_v7().to_string()).await.unwrap();
        }
        books.give(stamps, redeem(books.coffee)).await.unwrap();
        books
            .give(points, earn(5_000, Some(&points.to_string())))
            .await
            .unwrap();
    }
    books
}

/// The text with its parameters as literals, since plans are asked for as text.
fn literal(statement: &Statement, kinds: &[String], sqlite: bool) -> String {
    let mut text = statement.text.to_owned();
    for (number, kind) in kinds.iter().enumerate().rev() {
        let value = match (kind.as_str(), sqlite) {
            ("uuid", true) => format!("x'{}'", Uuid::now_v7().simple()),
            ("uuid", false) => format!("'{}'::uuid", Uuid::now_v7()),
            ("bytea", true) => "x'00'".to_owned(),
            ("bytea", false) => "'\\x00'::bytea".to_owned(),
            ("int8", _) => "1".to_owned(),
            ("bool", _) => "true".to_owned(),
            _ => "'x'".to_owned(),
        };
        text = text.replace(&format!("${}", number + 1), &value);
    }
    text
}

fn asked(text: String) -> Statement {
    Statement::new("test.plan", String::leak(text))
}

/// Whether a line of a plan reads a whole tenant or a whole table that grows.
fn reads_too_much(line: &str, name: &str) -> bool {
    let of_growing = |prefix: &str| GROWING.iter().any(|table| line.contains(&format!("{prefix}{table}")));
    let by_merchant_alone = line.contains("(merchant_id=?)") && !WHOLE_TENANT.contains(&name);
    (line.contains("SCAN ") && !line.contains("USING") && of_growing("SCAN "))
        || (by_merchant_alone && of_growing("SEARCH "))
        || (line.contains("Seq Scan on ") && of_growing("Seq Scan on "))
}

/// What an engine says of a statement, line by line: one column of its answer.
async fn plan(books: &Books, before: Option<Statement>, explain: Statement, column: usize) -> Vec<String> {
    let read = move |tx: &mut db::Transaction<'_>| {
        if let Some(before) = &before {
            tx.run(before, &[])?;
        }
        let rows = tx.rows(&explain, &[])?;
        rows.iter().map(|row| Ok::<_, Error>(row.get(column)?)).collect()
    };
    books.engine.db.write(read).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_scans_a_tenant_on_sqlite() {
    let types = types().await;
    let books = filled(sqlite().await).await;
    books.engine.db.execute_script("analyze").await.unwrap();
    let mut found = Vec::new();
    for statement in sql::all() {
        let text = literal(statement, &types[statement.name], true);
        let explain = asked(format!("explain query plan {text}"));
        let lines = plan(&books, None, explain, 3).await;
        let bad = lines.into_iter().filter(|line| reads_too_much(line, statement.name));
        found.extend(bad.map(|line| format!("{}: {line}", statement.name)));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_scans_a_tenant_on_postgres() {
    let types = types().await;
    let books = filled(postgres().await).await;
    books.engine.db.execute_script("analyze").await.unwrap();
    let mut found = Vec::new();
    for statement in sql::all() {
        let text = literal(statement, &types[statement.name], false);
        // With sequential scans made dear, one that is left means that no index serves.
        let dear = asked("set local enable_seqscan = off".to_owned());
        let explain = asked(format!("explain {text}"));
        let lines = plan(&books, Some(dear), explain, 0).await;
        let bad = lines.into_iter().filter(|line| reads_too_much(line, statement.name));
        found.extend(bad.map(|line| format!("{}: {line}", statement.name)));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn no_value_is_ever_read_as_sql_on_sqlite() {
    no_value_is_ever_read_as_sql(sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_value_is_ever_read_as_sql_on_postgres() {
    no_value_is_ever_read_as_sql(postgres().await).await;
}
