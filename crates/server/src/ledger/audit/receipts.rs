//! Receipts: each answers with an event that is there, or with an answer of its own, for a card that is there.

use super::findings::Findings;
use crate::error::Error;
use crate::ledger::receipt::Extra;
use crate::sql;
use crate::sql::audit::ROWS_PER_PAGE;
use db::{Row, Transaction, params};
use domain::ids::{CardId, MerchantId};
use uuid::Uuid;

/// Looks at every receipt.
///
/// # Errors
/// When the database cannot be read.
pub fn sweep(tx: &mut Transaction<'_>, merchant: MerchantId, findings: &mut Findings) -> Result<(), Error> {
    let mut after = Uuid::nil();
    loop {
        let rows = tx.rows(&sql::audit::RECEIPTS, &params![merchant.0, after])?;
        for row in &rows {
            after = row.get(0)?;
            if let Some(what) = fault(tx, merchant, row)? {
                findings.card(CardId(row.get(1)?), what);
            }
        }
        if rows.len() < ROWS_PER_PAGE {
            return Ok(());
        }
    }
}

fn fault(tx: &mut Transaction<'_>, merchant: MerchantId, row: &Row) -> Result<Option<String>, Error> {
    let (sequence, extra): (Option<i64>, Option<String>) = (row.get(2)?, row.get(3)?);
    let (number, kind): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
    let Some(number) = number else {
        return Ok(Some("a receipt stands for this card, which is not there".to_owned()));
    };
    let extra = match extra.as_deref().map(serde_json::from_str::<Extra>) {
        None => Extra::default(),
        Some(Ok(extra)) => extra,
        Some(Err(error)) => return Ok(Some(format!("a receipt cannot be read: {error}"))),
    };
    Ok(match (sequence, kind, extra) {
        (Some(sequence), None, _) => Some(format!("a receipt answers with event {sequence}, which is not there")),
        (None, _, Extra { nothing: None, .. }) => Some("a receipt answers with nothing at all".to_owned()),
        (Some(sequence), Some(kind), Extra { number: Some(told), .. }) => {
            let gives = matches!(kind.as_str(), "enrolled" | "replaced");
            let known = told == number || was_number(tx, merchant, &told, row)?;
            (!gives || !known).then(|| format!("the receipt of event {sequence} tells a number the card never had"))
        }
        _ => None,
    })
}

/// Whether the card had this number before.
fn was_number(tx: &mut Transaction<'_>, merchant: MerchantId, number: &str, row: &Row) -> Result<bool, Error> {
    let found = tx.row(&sql::lookups::REVOKED_NUMBER, &params![merchant.0, number])?;
    let owner: Option<uuid::Uuid> = found.map(|found| found.get(0)).transpose()?;
    Ok(owner == Some(row.get(1)?))
}
