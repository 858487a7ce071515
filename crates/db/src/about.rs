//! What an operator wants to know of the engine: version, settings, size.
//! It must not judge; `doctor` does.

use crate::error::Error;
use crate::options::Engine;
use crate::statement::Statement;
use crate::transaction::Transaction;

/// The engine and its settings.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Which engine.
    pub engine: Engine,
    /// Its version, such as `3.53.2` or `15.14`.
    pub version: String,
    /// Names and values of settings that matter for durability and speed.
    pub settings: Vec<(String, String)>,
}

const SQLITE_VERSION: Statement = Statement::new("db.sqlite_version", "select sqlite_version()");
const SQLITE_SETTINGS: Statement = Statement::new(
    "db.sqlite_settings",
    "select 'journal_mode', journal_mode from pragma_journal_mode
     union all select 'synchronous', cast(synchronous as text) from pragma_synchronous
     union all select 'foreign_keys', cast(foreign_keys as text) from pragma_foreign_keys
     union all select 'page_size', cast(page_size as text) from pragma_page_size
     union all select 'cache_size', cast(cache_size as text) from pragma_cache_size",
);
const SQLITE_SIZE: Statement = Statement::new(
    "db.sqlite_size",
    "select page_count * page_size from pragma_page_count, pragma_page_size",
);
const POSTGRES_VERSION: Statement = Statement::new("db.postgres_version", "select current_setting('server_version')");
const POSTGRES_SETTINGS: Statement = Statement::new(
    "db.postgres_settings",
    "select name::text, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit',
     'synchronous_standby_names', 'server_encoding', 'max_connections', 'shared_buffers', 'transaction_read_only')
     order by name",
);
const POSTGRES_SIZE: Statement = Statement::new("db.postgres_size", "select pg_database_size(current_database())");

pub(crate) fn about(tx: &mut Transaction<'_>) -> Result<About, Error> {
    let engine = tx.engine();
    let (version, settings) = match engine {
        Engine::Sqlite => (&SQLITE_VERSION, &SQLITE_SETTINGS),
        Engine::Postgres => (&POSTGRES_VERSION, &POSTGRES_SETTINGS),
    };
    let version = match tx.row(version, &[])? {
        Some(row) => row.get(0)?,
        None => String::new(),
    };
    let settings = tx.rows(settings, &[])?;
    let settings = settings.iter().map(|row| Ok((row.get(0)?, row.get(1)?)));
    Ok(About {
        engine,
        version,
        settings: settings.collect::<Result<_, Error>>()?,
    })
}

pub(crate) fn size(tx: &mut Transaction<'_>) -> Result<u64, Error> {
    let statement = match tx.engine() {
        Engine::Sqlite => &SQLITE_SIZE,
        Engine::Postgres => &POSTGRES_SIZE,
    };
    let size: i64 = match tx.row(statement, &[])? {
        Some(row) => row.get(0)?,
        None => 0,
    };
    Ok(u64::try_from(size).unwrap_or(0))
}
