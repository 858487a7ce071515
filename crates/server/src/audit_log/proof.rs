//! The proof of the log: every row follows the one before, says in its columns what its record says, and has the detail
//! whose digest it holds, unless that was forgotten. `trei audit` tells what differs.

use super::{Body, beginning, digest_of, link};
use crate::error::Error;
use crate::sql;
use db::{Row, Transaction, params};
use domain::ids::MerchantId;

/// What was proven.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Rows looked at.
    pub rows: i64,
    /// Rows whose detail was forgotten: they stand, and no longer say what was changed.
    pub forgotten: i64,
    /// What does not agree.
    pub faults: Vec<String>,
}

/// How far the chain was followed.
struct Chain {
    sequence: i64,
    hash: Vec<u8>,
}

/// Proves the log of one merchant; the installation's own is the nil merchant's.
///
/// # Errors
/// When the database cannot be read.
pub fn of(tx: &mut Transaction<'_>, merchant: MerchantId) -> Result<Proof, Error> {
    let mut proof = Proof::default();
    let mut chain = Chain {
        sequence: 0,
        hash: beginning(merchant),
    };
    loop {
        let page = params![merchant.0, chain.sequence, sql::audit_log::ROWS_PER_PAGE as i64];
        let rows = tx.rows(&sql::audit_log::PAGE, &page)?;
        for row in &rows {
            proof.rows += 1;
            proof.forgotten += i64::from(is_forgotten(row)?);
            proof.faults.extend(follow(&mut chain, row)?);
        }
        if rows.len() < sql::audit_log::ROWS_PER_PAGE {
            break;
        }
    }
    let head = tx.row(&sql::audit_log::HEAD, &params![merchant.0])?;
    let (sequence, hash) = head.map_or(Ok((0, beginning(merchant))), |row| {
        Ok::<_, Error>((row.get(0)?, row.get(1)?))
    })?;
    if (sequence, &hash) != (chain.sequence, &chain.hash) {
        proof.faults.push(format!(
            "the log of what was managed ends with row {}, and its end says {sequence}",
            chain.sequence
        ));
    }
    Ok(proof)
}

/// One row further, and what is wrong with it.
fn follow(chain: &mut Chain, row: &Row) -> Result<Option<String>, Error> {
    let (sequence, body, hash): (i64, String, Vec<u8>) = (row.get(0)?, row.get(5)?, row.get(7)?);
    let follows = sequence == chain.sequence + 1 && hash == link(&chain.hash, sequence, &body);
    let says = says(row, &body)?;
    *chain = Chain { sequence, hash };
    Ok(match (follows, says) {
        (true, true) => None,
        (false, _) => Some(format!(
            "row {sequence} of the log of what was managed does not follow the one before"
        )),
        (true, false) => Some(format!(
            "row {sequence} of the log of what was managed says otherwise than its record"
        )),
    })
}

/// Whether a row had a detail that is no longer there.
fn is_forgotten(row: &Row) -> Result<bool, Error> {
    if row.get::<Option<String>>(6)?.is_some() {
        return Ok(false);
    }
    let body: Option<Body> = serde_json::from_str(&row.get::<String>(5)?).ok();
    Ok(body.is_some_and(|body| body.detail.is_some()))
}

/// Whether the columns say what the record says, and the detail is the one it was written with.
fn says(row: &Row, body: &str) -> Result<bool, Error> {
    let Ok(body) = serde_json::from_str::<Body>(body) else {
        return Ok(false);
    };
    let (at, actor, action): (i64, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let (subject, detail): (Option<String>, Option<String>) = (row.get(4)?, row.get(6)?);
    let told = (at, actor, action, subject) == (body.at, body.actor, body.action, body.subject);
    let unchanged = match (&detail, &body.detail) {
        (Some(detail), Some(digest)) => digest_of(detail) == *digest,
        (Some(_), None) => false,
        // There was none, or it was forgotten.
        (None, _) => true,
    };
    Ok(told && unchanged)
}
