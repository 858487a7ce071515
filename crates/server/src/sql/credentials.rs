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
    &USED,
];

/// An API key.
pub const KEY: Statement = Statement::new(
    "credentials.key",
    "select k.token_hash, k.scopes, k.stores, k.revoked_at, k.ip_allow, k.expires_at, u.used_at from api_keys k
     left join credential_uses u on u.merchant_id = $1 and u.credential_id = k.key_id
     where k.merchant_id = $1 and k.key_id = $2",
);

/// A terminal.
pub const TERMINAL: Statement = Statement::new(
    "credentials.terminal",
    "select t.token_hash, t.store_id, t.status, u.used_at from terminals t
     left join credential_uses u on u.merchant_id = $1 and u.credential_id = t.terminal_id
     where t.merchant_id = $1 and t.terminal_id = $2",
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
    "select k.key_id, k.name, k.scopes, k.stores, k.ip_allow, k.expires_at, k.revoked_at, u.used_at from api_keys k
     left join credential_uses u on u.merchant_id = $1 and u.credential_id = k.key_id
     where k.merchant_id = $1 order by k.created_at desc, k.key_id",
);

/// A merchant's terminals, newest first.
pub const TERMINALS: Statement = Statement::new(
    "credentials.terminals",
    "select t.terminal_id, t.store_id, t.name, t.status, u.used_at, p.guard from terminals t
     left join credential_uses u on u.merchant_id = $1 and u.credential_id = t.terminal_id
     left join terminal_pins p on p.merchant_id = $1 and p.terminal_id = t.terminal_id
     where t.merchant_id = $1 order by t.created_at desc, t.terminal_id",
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
    "update terminals set token_hash = $3, status = 'paired'
     where merchant_id = $1 and terminal_id = $2 and status = 'waiting' returning store_id",
);

/// A key or a terminal was used; touches no row when that was noted since an instant.
pub const USED: Statement = Statement::new(
    "credentials.used",
    "insert into credential_uses (merchant_id, credential_id, used_at) values ($1, $2, $3)
     on conflict (merchant_id, credential_id) do update set used_at = excluded.used_at
     where credential_uses.used_at < $4",
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
