//! Credentials: API keys, terminals and their sessions. Only hashes of tokens stand here. One function, one statement;
//! the merchant comes from the token.

use db::{Error, Row, Statement, Transaction, params};
use uuid::Uuid;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &KEY,
    &TERMINAL,
    &ADD_KEY,
    &ADD_TERMINAL,
    &LIMIT_KEY,
    &KEYS,
    &TERMINALS,
    &REVOKE_KEY,
    &REVOKE_TERMINAL,
    &REVOKED_KEYS,
    &REVOKED_TERMINALS,
    &PAIR,
    &KEY_USED,
    &TERMINAL_SEEN,
];

/// An API key.
pub const KEY: Statement = Statement::new(
    "credentials.key",
    "select token_hash, scopes, stores, revoked_at, ip_allow, expires_at, last_used_at from api_keys
     where merchant_id = $1 and key_id = $2",
);

/// A terminal.
pub const TERMINAL: Statement = Statement::new(
    "credentials.terminal",
    "select token_hash, store_id, status, last_seen_at from terminals where merchant_id = $1 and terminal_id = $2",
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

/// From where and until when an API key may be used.
pub const LIMIT_KEY: Statement = Statement::new(
    "credentials.limit_key",
    "update api_keys set ip_allow = $3, expires_at = $4 where merchant_id = $1 and key_id = $2",
);

/// A merchant's API keys, newest first.
pub const KEYS: Statement = Statement::new(
    "credentials.keys",
    "select key_id, name, scopes, stores, ip_allow, expires_at, revoked_at, last_used_at, created_at from api_keys
     where merchant_id = $1 order by created_at desc, key_id",
);

/// A merchant's terminals, newest first.
pub const TERMINALS: Statement = Statement::new(
    "credentials.terminals",
    "select terminal_id, store_id, name, status, last_seen_at, revoked_at, created_at from terminals
     where merchant_id = $1 order by created_at desc, terminal_id",
);

/// Takes an API key back, once.
pub const REVOKE_KEY: Statement = Statement::new(
    "credentials.revoke_key",
    "update api_keys set revoked_at = $3 where merchant_id = $1 and key_id = $2 and revoked_at is null returning name",
);

/// Takes a terminal back, once.
pub const REVOKE_TERMINAL: Statement = Statement::new(
    "credentials.revoke_terminal",
    "update terminals set status = 'revoked', revoked_at = $3
     where merchant_id = $1 and terminal_id = $2 and status <> 'revoked' returning name, store_id",
);

/// The API keys that were taken back last.
pub const REVOKED_KEYS: Statement = Statement::new(
    "credentials.revoked_keys",
    "select key_id from api_keys where merchant_id = $1 and revoked_at is not null order by revoked_at desc limit 1000",
);

/// The terminals that were taken back last.
pub const REVOKED_TERMINALS: Statement = Statement::new(
    "credentials.revoked_terminals",
    "select terminal_id from terminals where merchant_id = $1 and status = 'revoked'
     order by revoked_at desc limit 1000",
);

/// A terminal that waited for a device has one; touches no row when it did not wait.
pub const PAIR: Statement = Statement::new(
    "credentials.pair",
    "update terminals set token_hash = $3, status = 'paired', last_seen_at = $4
     where merchant_id = $1 and terminal_id = $2 and status = 'waiting' returning store_id",
);

/// An API key was used, unless that was noted since an instant.
pub const KEY_USED: Statement = Statement::new(
    "credentials.key_used",
    "update api_keys set last_used_at = $3
     where merchant_id = $1 and key_id = $2 and (last_used_at is null or last_used_at < $4)",
);

/// A terminal was seen, unless that was noted since an instant.
pub const TERMINAL_SEEN: Statement = Statement::new(
    "credentials.terminal_seen",
    "update terminals set last_seen_at = $3
     where merchant_id = $1 and terminal_id = $2 and (last_seen_at is null or last_seen_at < $4)",
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
    /// From where it may be used, ranges separated by blanks; empty for everywhere.
    pub ip_allow: String,
    /// When it ends, in microseconds.
    pub expires_at: Option<i64>,
    /// When it was used last, to the minute.
    pub last_used_at: Option<i64>,
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
            ip_allow: row.get(4)?,
            expires_at: row.get(5)?,
            last_used_at: row.get(6)?,
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
    /// `waiting` for a device, `paired` or `revoked`.
    pub status: String,
    /// When it was seen last, to the minute.
    pub last_seen_at: Option<i64>,
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
            last_seen_at: row.get(3)?,
        })
    };
    tx.row(&TERMINAL, &params![merchant, terminal])?.map(read).transpose()
}
