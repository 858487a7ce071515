//! What people agreed to when their card was opened.

use db::Statement;

/// Every statement here.
pub const ALL: &[&Statement] = &[&INSERT];

/// Something that was agreed to.
pub const INSERT: Statement = Statement::new(
    "consents.insert",
    "insert into consents (merchant_id, card_id, purpose, customer_id, terms_version, given_at)
     values ($1, $2, $3, $4, $5, $6)",
);
