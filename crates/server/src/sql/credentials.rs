//! Credentials: API keys, terminals and their sessions. Only hashes of tokens stand here. One function, one statement;
//! the merchant comes from the token.

use db::{Error, Row, Statement, Transaction, params};
use uuid::Uuid;

/// Every statement here.
pub const ALL: &[&Statement] = &[&KEY, &TERMINAL, &ADD_KEY, &ADD_TERMINAL];

/// An API key.
pub const KEY: Statement = Statement::new(
    "credentials.key",
    "select token_hash, scopes, stores, revoked_at from api_keys where merchant_id = $1 and key_id = $2",
);

/// A terminal.
pub const TERMINAL: Statement = Statement::new(
    "credentials.terminal",
    "select token_hash, store_id, status from terminals where merchant_id = $1 and terminal_id = $2",
);

/// A new API key.
pub const ADD_KEY: Statement = Statement::new(
    "credentials.add_key",
    "insert into api_keys (merchant_id, key_id, name, token_hash, scopes, stores, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)",
);

/// A new terminal.
pub const ADD_TERMINAL: Statement = Statement::new(
    "credentials.add_terminal",
    "insert into terminals (merchant_id, terminal_id, store_id, name, token_hash, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)",
);

/// An API key as it is stored.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// Hash of its token.
    pub token_hash: Vec<u8>,
    /// What it may do, separated by blanks.
    pub scopes: String,
    /// Where it may do it, ids separated by blanks; empty for everywhere.
    pub stores: String,
    /// When it was taken back, in microseconds.
    pub revoked_at: Option<i64>,
}

/// Reads an API key.
///
/// # Errors
/// When the database cannot be read.
pub fn key(tx: &mut Transaction<'_>, merchant: Uuid, key: Uuid) -> Result<Option<KeyRow>, Error> {
    let read = |row: Row| {
        Ok(KeyRow {
            token_hash: row.get(0)?,
            scopes: row.get(1)?,
            stores: row.get(2)?,
            revoked_at: row.get(3)?,
        })
    };
    tx.row(&KEY, &params![merchant, key])?.map(read).transpose()
}

/// A terminal as it is stored.
#[derive(Clone, Debug)]
pub struct TerminalRow {
    /// Hash of its token.
    pub token_hash: Vec<u8>,
    /// Where it stands.
    pub store: Uuid,
    /// `paired` or `revoked`.
    pub status: String,
}

/// Reads a terminal.
///
/// # Errors
/// When the database cannot be read.
pub fn terminal(tx: &mut Transaction<'_>, merchant: Uuid, terminal: Uuid) -> Result<Option<TerminalRow>, Error> {
    let read = |row: Row| {
        Ok(TerminalRow {
            token_hash: row.get(0)?,
            store: row.get(1)?,
            status: row.get(2)?,
        })
    };
    tx.row(&TERMINAL, &params![merchant, terminal])?.map(read).transpose()
}
