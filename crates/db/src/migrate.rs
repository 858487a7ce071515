//! Brings a schema up to date, one numbered text after the other, the same text for both engines.
//! It must not know a table but its own.
//!
//! On PostgreSQL a `text` column must be `collate "C"`, so that both engines sort and compare bytes. The runner adds
//! that where a column is declared, in `create table` and `alter table`, and leaves every other `text` alone.

use crate::error::Error;
use crate::options::Engine;
use crate::statement::Statement;
use crate::text::{Kind, Token, for_engine, tokens};
use crate::transaction::Transaction;
use crate::{Db, params};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A step of the schema. A step that was released never changes.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Counted from 1 without gaps.
    pub number: i64,
    /// What it does; must not change, as it shows that a database is of this program's history.
    pub name: &'static str,
    /// Statements for both engines.
    pub text: &'static str,
}

/// What a migration did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The number before, 0 for an empty database.
    pub from: i64,
    /// The number now.
    pub to: i64,
}

const TABLE: &str =
    "create table if not exists schema_migrations (number bigint not null primary key, name text not null)";
const LOCK: &str = "lock table schema_migrations in access exclusive mode";
const LIST: Statement = Statement::new(
    "db.migrations",
    "select number, name from schema_migrations order by number",
);
const IS_THERE_ON_SQLITE: Statement = Statement::new(
    "db.is_there_on_sqlite",
    "select name from sqlite_schema where type = 'table' and name = 'schema_migrations'",
);
const IS_THERE_ON_POSTGRES: Statement = Statement::new(
    "db.is_there_on_postgres",
    "select cast(relname as text) from pg_class where oid = to_regclass('schema_migrations')",
);
const ADD: Statement = Statement::new(
    "db.migration_add",
    "insert into schema_migrations (number, name) values ($1, $2)",
);

/// How long a step waits for locks of others.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// Several processes may create the bookkeeping table at once; all but one are refused and try again.
const ATTEMPTS_MAX: usize = 5;

pub(crate) async fn run(db: &Db, migrations: &[Migration]) -> Result<Migrated, Error> {
    let migrations: Arc<[Migration]> = migrations.into();
    create_table(db).await?;
    let mut from = None;
    // One transaction a step: each ends with a usable schema, and the lock is let go between them.
    loop {
        let (steps, begun) = (migrations.clone(), Instant::now());
        let (before, after) = db.write_on(0, move |tx| step(tx, &steps)).await?;
        let from = *from.get_or_insert(before);
        if before == after {
            return Ok(Migrated { from, to: after });
        }
        let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(migration = after, duration_ms, "the schema was brought forward");
    }
}

async fn create_table(db: &Db) -> Result<(), Error> {
    let mut attempt = 1;
    loop {
        let created = db.write_on(0, |tx| tx.script(TABLE)).await;
        match created {
            Err(_) if attempt < ATTEMPTS_MAX => attempt += 1,
            ended => return ended,
        }
    }
}

/// Locks, then reads where the schema is, then applies the next step. Two equal numbers: nothing is left to do.
fn step(tx: &mut Transaction<'_>, migrations: &[Migration]) -> Result<(i64, i64), Error> {
    match tx.engine() {
        Engine::Postgres => {
            // Another process that starts now may be at the same step.
            tx.wait_for_locks(LOCK_WAIT);
            tx.script(LOCK)?;
        }
        // Takes the write lock, as every writing transaction does with its first statement.
        Engine::Sqlite => tx.script("")?,
    }
    let current = current(tx, migrations)?;
    let pending = migrations.iter().filter(|migration| migration.number > current);
    let Some(next) = pending.min_by_key(|migration| migration.number) else {
        return Ok((current, current));
    };
    let text = for_engine(next.text, tx.engine());
    let text = text.and_then(|text| match tx.engine() {
        Engine::Sqlite => Ok(text),
        Engine::Postgres => with_collation(&text),
    });
    tx.script(&text.map_err(|reason| Error::statement(next.name, reason))?)?;
    tx.run(&ADD, &params![next.number, next.name])?;
    Ok((current, next.number))
}

/// Whether the newest migration is there, without changing anything.
pub(crate) fn check(tx: &mut Transaction<'_>, migrations: &[Migration]) -> Result<(), Error> {
    let there = match tx.engine() {
        Engine::Sqlite => &IS_THERE_ON_SQLITE,
        Engine::Postgres => &IS_THERE_ON_POSTGRES,
    };
    let database = match tx.row(there, &[])? {
        Some(_) => current(tx, migrations)?,
        None => 0,
    };
    let program = newest(migrations);
    if database < program {
        return Err(Error::OlderSchema { database, program });
    }
    Ok(())
}

fn newest(migrations: &[Migration]) -> i64 {
    migrations.iter().map(|migration| migration.number).max().unwrap_or(0)
}

/// The number of the newest migration in the database, which must be of this program's history.
fn current(tx: &mut Transaction<'_>, migrations: &[Migration]) -> Result<i64, Error> {
    let newest = newest(migrations);
    let mut current = 0;
    for row in tx.rows(&LIST, &[])? {
        current = row.get(0)?;
        let name: String = row.get(1)?;
        let ours = migrations.iter().find(|migration| migration.number == current);
        match ours {
            Some(ours) if ours.name != name => {
                return Err(Error::OtherMigration {
                    number: current,
                    database: name,
                    program: ours.name.to_owned(),
                });
            }
            _ => {}
        }
    }
    if current > newest {
        return Err(Error::NewerSchema {
            database: current,
            program: newest,
        });
    }
    Ok(current)
}

/// Adds `collate "C"` behind the type of each declared text column.
fn with_collation(text: &str) -> Result<String, String> {
    let tokens = tokens(text)?;
    let mut declaration = Declaration::default();
    let mut out = String::with_capacity(text.len() + 256);
    for (at, token) in tokens.iter().enumerate() {
        out.push_str(token.text);
        let mut later = tokens[at + 1..].iter().filter(|token| token.kind != Kind::Space);
        if declaration.ends_with_text_type(token) && !later.next().is_some_and(|next| next.is("collate")) {
            out.push_str(" collate \"C\"");
        }
    }
    Ok(out)
}

/// How far one reads into the declaration of a column.
#[derive(Default)]
struct Declaration {
    depth: usize,
    /// The first two words of the statement, once read.
    verb: Vec<String>,
    place: Place,
}

#[derive(Default, PartialEq)]
enum Place {
    #[default]
    Elsewhere,
    Name,
    Type,
}

impl Declaration {
    /// Reads one more token; whether it is the type `text` of a column.
    fn ends_with_text_type(&mut self, token: &Token<'_>) -> bool {
        if token.kind == Kind::Space {
            return false;
        }
        if token.is_mark(";") && self.depth == 0 {
            *self = Declaration::default();
            return false;
        }
        if self.verb.len() < 2 {
            self.verb.push(token.text.to_ascii_lowercase());
        }
        let columns_at = match self.verb.join(" ").as_str() {
            "create table" => 1,
            "alter table" => 0,
            _ => return false,
        };
        if token.is_mark(")") {
            self.depth = self.depth.saturating_sub(1);
        }
        let here = self.depth == columns_at;
        if token.is_mark("(") {
            self.depth += 1;
        }
        let found = here && self.place == Place::Type && token.is("text");
        self.place = match self.place {
            _ if columns_at == 1 && here && token.is_mark(",") => Place::Name,
            _ if columns_at == 1 && self.depth == 1 && token.is_mark("(") => Place::Name,
            // `add column if not exists name type`, `alter column name type text`
            Place::Name if ["if", "not", "exists"].iter().any(|word| token.is(word)) => Place::Name,
            Place::Name => Place::Type,
            Place::Type if columns_at == 0 && token.is("type") => Place::Type,
            _ if columns_at == 0 && token.is("column") => Place::Name,
            _ => Place::Elsewhere,
        };
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_declared_text_columns_are_collated() {
        let text = "create table notes (text text not null, id uuid, body text, \"kind\" TEXT default 'text, text', \
                    d text collate \"de\", check (cast(id as text) <> text), primary key (text, body)); \
                    alter table notes add column if not exists more text; alter table notes add column text bigint; \
                    create index notes_text on notes (text); insert into notes (body) values ('create table (a text)');";
        let expected = "create table notes (text text collate \"C\" not null, id uuid, body text collate \"C\", \
                    \"kind\" TEXT collate \"C\" default 'text, text', \
                    d text collate \"de\", check (cast(id as text) <> text), primary key (text, body)); \
                    alter table notes add column if not exists more text collate \"C\"; alter table notes add column text bigint; \
                    create index notes_text on notes (text); insert into notes (body) values ('create table (a text)');";
        assert_eq!(with_collation(text).unwrap(), expected);
    }
}
