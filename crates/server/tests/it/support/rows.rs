//! What stands in all tables of a database, to be compared: nothing that was refused may leave anything behind.

use db::{Db, Engine, Row, Statement, Transaction};
use server::error::Error;
use std::collections::BTreeMap;
use uuid::Uuid;

/// Tables that no refusal is measured by, each with its reason.
const BESIDE: &str = include_str!("../outsiders/beside_refusals.txt");

const AGREED: Statement = Statement::new(
    "tests.agreed",
    "select purpose, terms_version, case when customer_id is null then 0 else 1 end from consents
     where merchant_id = $1 order by card_id, purpose",
);

/// What people of a merchant agreed to, card by card: to what, under which version of the terms, and 1 where the card is
/// somebody's.
pub async fn agreed(db: &Db, merchant: Uuid) -> Vec<(String, i64, i64)> {
    let read = db.read(move |tx| {
        let rows = tx.rows(&AGREED, &db::params![merchant])?;
        let told = rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        told.collect::<Result<Vec<_>, Error>>()
    });
    read.await.unwrap()
}

/// The content of every table, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows(BTreeMap<String, String>);

impl Rows {
    /// The tables that differ.
    pub fn changed(&self, later: &Rows) -> Vec<String> {
        let differ = |(name, text): &(&String, &String)| later.0.get(*name) != Some(*text);
        self.0.iter().filter(differ).map(|(name, _)| name.clone()).collect()
    }

    /// The tables in which a text stands, as it is or as bytes.
    pub fn with(&self, text: &str) -> Vec<String> {
        let bytes: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let holds =
            |(_, content): &(&String, &String)| content.contains(text) || content.to_ascii_lowercase().contains(&bytes);
        self.0.iter().filter(holds).map(|(name, _)| name.clone()).collect()
    }
}

/// A look into all tables, made once for a database.
pub struct Look {
    db: Db,
    statement: &'static Statement,
    tables: Vec<String>,
}

impl Look {
    /// At everything.
    pub async fn at_all(db: &Db) -> Self {
        Self::new(db, None, BESIDE).await
    }

    /// At what belongs to one merchant, and at what belongs to none.
    pub async fn at(db: &Db, merchant: Uuid) -> Self {
        Self::new(db, Some(merchant), BESIDE).await
    }

    /// As a thief of the database does: also at what refusals may write.
    pub async fn of_a_thief(db: &Db) -> Self {
        Self::new(db, None, "").await
    }

    async fn new(db: &Db, merchant: Option<Uuid>, beside: &str) -> Self {
        let engine = db.engine();
        let columns = match engine {
            Engine::Sqlite => {
                "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
                 where m.type = 'table' and m.name not like 'sqlite%' order by 1, c.cid"
            }
            Engine::Postgres => {
                "select table_name::text, column_name::text from information_schema.columns
                 where table_schema = current_schema() order by 1, ordinal_position"
            }
        };
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows(db, leaked(columns)).await {
            tables.entry(row.get(0).unwrap()).or_default().push(row.get(1).unwrap());
        }
        let beside: Vec<String> = super::addresses::listed(beside)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        for name in &beside {
            assert!(
                tables.contains_key(name),
                "{name} is no table any more: take it out of the list"
            );
        }
        tables.retain(|name, _| !beside.contains(name));
        let parts: Vec<String> = tables
            .iter()
            .map(|(name, columns)| content(engine, name, columns, merchant))
            .collect();
        let statement = leaked(&format!("select {}", parts.join(", ")));
        Self {
            db: db.clone(),
            statement,
            tables: tables.into_keys().collect(),
        }
    }

    /// What stands there now.
    pub async fn now(&self) -> Rows {
        let found = rows(&self.db, self.statement).await;
        let texts = self.tables.iter().enumerate().map(|(at, name)| {
            let text: Option<String> = found[0].get(at).unwrap();
            (name.clone(), text.unwrap_or_default())
        });
        Rows(texts.collect())
    }
}

/// A text that holds every value of a table.
fn content(engine: Engine, table: &str, columns: &[String], merchant: Option<Uuid>) -> String {
    let of_one = merchant.filter(|_| columns.iter().any(|name| name == "merchant_id"));
    // A counter that stands at nothing is a place to lock.
    let used = if table == "counters" { " and used <> 0" } else { "" };
    match engine {
        Engine::Sqlite => {
            let whose = of_one.map_or(String::new(), |id| {
                format!(" and hex(merchant_id) = '{:X}'", id.simple())
            });
            let values: Vec<String> = columns.iter().map(|name| format!("quote({name})")).collect();
            let row = values.join(" || ',' || ");
            format!(
                "(select group_concat(one, '|') from (select {row} as one from {table} where true{whose}{used} order by 1))"
            )
        }
        Engine::Postgres => {
            let whose = of_one.map_or(String::new(), |id| format!(" and merchant_id = '{id}'"));
            format!("(select string_agg(one::text, '|' order by one::text) from {table} one where true{whose}{used})")
        }
    }
}

/// Tests may ask what no statement of the house asks; texts live as long as the process.
fn leaked(text: &str) -> &'static Statement {
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    Box::leak(Box::new(Statement::new("tests.look", text)))
}

async fn rows(db: &Db, statement: &'static Statement) -> Vec<Row> {
    let read = move |tx: &mut Transaction<'_>| tx.rows(statement, &[]).map_err(Error::from);
    db.read(read).await.unwrap()
}

/// The look sees one changed value, of the one merchant whose it is.
async fn a_changed_value_is_seen(engine: super::books::Engine) {
    let books = super::books::Books::open(engine, |_| {}).await;
    let db = &books.engine.db;
    let (all, theirs, others) = (
        Look::at_all(db).await,
        Look::at(db, books.merchant.0).await,
        Look::at(db, Uuid::nil()).await,
    );
    let before = (all.now().await, theirs.now().await, others.now().await);
    assert_eq!(before.0.changed(&all.now().await), Vec::<String>::new());
    db.execute_script("update stores set name = 'Another'").await.unwrap();
    assert_eq!(before.0.changed(&all.now().await), ["stores"]);
    assert_eq!(before.1.changed(&theirs.now().await), ["stores"]);
    assert_eq!(before.2.changed(&others.now().await), Vec::<String>::new());
    db.execute_script("delete from reward_texts").await.unwrap();
    db.execute_script("delete from rewards").await.unwrap();
    assert_eq!(before.1.changed(&theirs.now().await), ["rewards", "stores"]);
}

crate::ledger::on_both!(a_changed_value_is_seen,);
