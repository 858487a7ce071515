//! Tries that are counted across processes. One function, one statement; the installation's own rows have the nil merchant.

use db::{Error, Statement, Transaction, params};
use uuid::Uuid;

/// Every statement here.
pub const ALL: &[&Statement] = &[&COUNT, &PRUNE];

/// Counts a try: in the window that runs, or in a new one.
pub const COUNT: Statement = Statement::new(
    "rate_counters.count",
    "insert into rate_counters (merchant_id, name, key_hash, used, ends_at) values ($1, $2, $3, 1, $5)
     on conflict (merchant_id, name, key_hash) do update set
       used = case when rate_counters.ends_at <= $4 then 1 else rate_counters.used + 1 end,
       ends_at = case when rate_counters.ends_at <= $4 then excluded.ends_at else rate_counters.ends_at end
     returning used, ends_at",
);

/// Forgets some windows that are over; called again while it finds any.
pub const PRUNE: Statement = Statement::new(
    "rate_counters.prune",
    "delete from rate_counters where merchant_id = $1 and (name, key_hash) in (
       select name, key_hash from rate_counters where merchant_id = $1 and ends_at <= $2 limit 500)",
);

/// Counts a try at an instant, in a window that ends then if none runs: how many there were, and when they are over.
///
/// # Errors
/// When the database refuses.
pub fn count(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    (name, key_hash): (&str, &[u8]),
    (now, ends_at): (i64, i64),
) -> Result<(i64, i64), Error> {
    let row = tx.row(&COUNT, &params![merchant, name, key_hash.to_vec(), now, ends_at])?;
    // An upsert always answers with its row.
    row.map_or(Ok((1, ends_at)), |row| Ok((row.get(0)?, row.get(1)?)))
}
