//! One-time codes that pair a device. Only keyed hashes of codes stand here. One function, one statement; the first half of
//! a code comes first, because whoever types it does not know the merchant.

use db::{Error, Row, Statement, Transaction, params};
use uuid::Uuid;

/// Every statement here.
pub const ALL: &[&Statement] = &[&ADD, &FIND, &COUNT_TRY, &USE, &PRUNE];

/// A new code; touches no row when its first half is taken.
pub const ADD: Statement = Statement::new(
    "pairing_codes.add",
    "insert into pairing_codes (selector, merchant_id, terminal_id, code_hash, tries, created_at, expires_at)
     values ($1, $2, $3, $4, 0, $5, $6) on conflict (selector) do nothing",
);

/// A code by its first half, locked until the transaction ends.
pub const FIND: Statement = Statement::new(
    "pairing_codes.find",
    "select merchant_id, terminal_id, code_hash, tries, expires_at, used_at from pairing_codes
     where selector = $1 /*pg for update*/",
);

/// A wrong try.
pub const COUNT_TRY: Statement = Statement::new(
    "pairing_codes.count_try",
    "update pairing_codes set tries = tries + 1 where selector = $1",
);

/// A code has paired a device.
pub const USE: Statement = Statement::new(
    "pairing_codes.use",
    "update pairing_codes set used_at = $2 where selector = $1 and used_at is null",
);

/// Forgets some codes that ended before an instant; called again while it finds any.
pub const PRUNE: Statement = Statement::new(
    "pairing_codes.prune",
    "delete from pairing_codes where selector in (
       select selector from pairing_codes where expires_at <= $1 limit 500)",
);

/// A code as it is stored.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// Whose terminal it pairs.
    pub merchant: Uuid,
    /// Which terminal it pairs.
    pub terminal: Uuid,
    /// Keyed hash of the whole code.
    pub code_hash: Vec<u8>,
    /// Wrong tries so far.
    pub tries: i64,
    /// When it ends, in microseconds.
    pub expires_at: i64,
    /// When it paired a device.
    pub used_at: Option<i64>,
}

/// Finds and locks a code by its first half.
///
/// # Errors
/// When the database cannot be read.
pub fn find(tx: &mut Transaction<'_>, selector: &[u8]) -> Result<Option<CodeRow>, Error> {
    let read = |row: Row| {
        Ok(CodeRow {
            merchant: row.get(0)?,
            terminal: row.get(1)?,
            code_hash: row.get(2)?,
            tries: row.get(3)?,
            expires_at: row.get(4)?,
            used_at: row.get(5)?,
        })
    };
    tx.row(&FIND, &params![selector.to_vec()])?.map(read).transpose()
}
