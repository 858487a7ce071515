//! Receipts: the stored answers to accepted commands.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&READ, &INSERT, &PRUNE];

/// The receipt of a key.
pub const READ: Statement = Statement::new(
    "receipts.read",
    "select name, input_hash, card_id, sequence, extra, locale from receipts where merchant_id = $1 and name = $2",
);

/// New receipts.
pub const INSERT: Statement = Statement::new(
    "receipts.insert",
    "insert into receipts (merchant_id, name, input_hash, card_id, sequence, extra, locale, keep_until_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8)",
);

/// Forgets some receipts whose time is over; called again while it finds any.
pub const PRUNE: Statement = Statement::new(
    "receipts.prune",
    "delete from receipts where merchant_id = $1 and name in (
       select name from receipts where merchant_id = $1 and keep_until_on < $2 limit 500)",
);
