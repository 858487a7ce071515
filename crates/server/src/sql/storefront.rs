//! Reads of customers' pages: a card's version, its history by kind, and what was taken back. One function, one
//! statement, the tenant first.

use super::lookups::EventRow;
use db::{Error, Row, Statement, Transaction, params};
use uuid::Uuid;

/// Every statement here.
pub const ALL: &[&Statement] = &[&VERSION, &EARNED, &REDEEMED, &OTHER, &TAKEN_BACK, &SHOPS];

/// How far a card is, and when a till asked last whether a reward is to be handed out, if that waits (`CRD-3`).
pub const VERSION: Statement = Statement::new(
    "storefront.version",
    "select version, (select max(asked_at) from confirmations
       where merchant_id = $1 and card_id = $2 and expires_at > $3 and answer is null) as asked_at
     from cards where merchant_id = $1 and card_id = $2",
);

/// Stamps and points received, newest first, from a place on.
pub const EARNED: Statement = Statement::new(
    "storefront.earned",
    "select sequence, body, staff_name, note from events
     where merchant_id = $1 and card_id = $2 and sequence < $3 and kind in ('stamped', 'earned', 'purchased')
     order by sequence desc limit $4",
);

/// Rewards taken, newest first, from a place on.
pub const REDEEMED: Statement = Statement::new(
    "storefront.redeemed",
    "select sequence, body, staff_name, note from events
     where merchant_id = $1 and card_id = $2 and sequence < $3 and kind in ('redeemed', 'claim_used')
     order by sequence desc limit $4",
);

/// Everything else, newest first, from a place on.
pub const OTHER: Statement = Statement::new(
    "storefront.other",
    "select sequence, body, staff_name, note from events
     where merchant_id = $1 and card_id = $2 and sequence < $3
       and kind not in ('stamped', 'earned', 'purchased', 'redeemed', 'claim_used')
     order by sequence desc limit $4",
);

/// Which of a card's events from one place to another were taken back.
pub const TAKEN_BACK: Statement = Statement::new(
    "storefront.taken_back",
    "select reverses from events
     where merchant_id = $1 and card_id = $2 and reverses between $3 and $4 and reverses is not null",
);

/// The first merchants by name in addresses. Merchants are a small table that every node holds.
pub const SHOPS: Statement = Statement::new(
    "storefront.shops",
    "select merchant_id from merchants where status = 'active' order by slug limit $1",
);

/// The kinds of events a history is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// All of them.
    All,
    /// Stamps and points received.
    Earned,
    /// Rewards taken.
    Redeemed,
    /// What is neither.
    Other,
}

/// How far a card is, and when a till asked what waits for its owner; none when there is no such card.
///
/// # Errors
/// When the database cannot be read; so for every function here.
pub fn version(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    card: Uuid,
    now: i64,
) -> Result<Option<(i64, Option<i64>)>, Error> {
    tx.row(&VERSION, &params![merchant, card, now])?
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .transpose()
}

/// The newest events of some kinds before a place, at most so many.
///
/// # Errors
/// As [`version`].
pub fn events(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    card: Uuid,
    kinds: Kinds,
    (before, limit): (i64, i64),
) -> Result<Vec<EventRow>, Error> {
    let statement = match kinds {
        Kinds::All => return super::lookups::events(tx, merchant, card, before, limit),
        Kinds::Earned => &EARNED,
        Kinds::Redeemed => &REDEEMED,
        Kinds::Other => &OTHER,
    };
    let read = |row: &Row| {
        Ok(EventRow {
            sequence: row.get(0)?,
            body: row.get(1)?,
            staff_name: row.get(2)?,
            note: row.get(3)?,
        })
    };
    tx.rows(statement, &params![merchant, card, before, limit])?
        .iter()
        .map(read)
        .collect()
}

/// The events from one place to another that were taken back.
///
/// # Errors
/// As [`version`].
pub fn taken_back(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    card: Uuid,
    (first, last): (i64, i64),
) -> Result<Vec<i64>, Error> {
    tx.rows(&TAKEN_BACK, &params![merchant, card, first, last])?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// The first merchants of this installation, at most so many.
///
/// # Errors
/// As [`version`].
pub fn shops(tx: &mut Transaction<'_>, limit: i64) -> Result<Vec<Uuid>, Error> {
    tx.rows(&SHOPS, &params![limit])?.iter().map(|row| row.get(0)).collect()
}
