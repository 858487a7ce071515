//! A merchant's staff as they are listed.

use super::verify::locked_until;
use crate::app::App;
use crate::error::Error;
use crate::sql;
use db::{Row, params};
use domain::ids::{MerchantId, StaffId, StoreId};
use domain::moment::Instant;
use uuid::Uuid;

/// A member of staff as they are listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Who.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// `cashier` or `manager`.
    pub role: String,
    /// Whether they serve.
    pub active: bool,
    /// Where they serve; empty for everywhere.
    pub stores: Vec<StoreId>,
    /// The number of their own card (`STF-1`).
    pub own_card: Option<String>,
    /// Whether they have a PIN.
    pub has_pin: bool,
    /// Whether they must choose another.
    pub must_change: bool,
    /// Until when it is locked, if it is.
    pub locked_until: Option<Instant>,
    /// When it was used last.
    pub used_at: Option<Instant>,
}

/// A merchant's staff, with those who left.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId) -> Result<Vec<Listed>, Error> {
    let (rows, stores) = app
        .db
        .read(move |tx| {
            let rows = tx.rows(&sql::pins::LISTED, &params![merchant.0])?;
            Ok::<_, Error>((rows, tx.rows(&sql::pins::STORES, &params![merchant.0])?))
        })
        .await?;
    let mut assigned = Vec::new();
    for row in &stores {
        assigned.push((StaffId(row.get::<Uuid>(0)?), StoreId(row.get::<Uuid>(1)?)));
    }
    rows.iter().map(|row| listed(row, &assigned, app.clock.now())).collect()
}

fn listed(row: &Row, assigned: &[(StaffId, StoreId)], now: Instant) -> Result<Listed, Error> {
    let staff = StaffId(row.get::<Uuid>(0)?);
    let own = assigned.iter().filter(|(whose, _)| *whose == staff);
    let tries: Option<String> = row.get(5)?;
    let has_pin = tries.is_some();
    Ok(Listed {
        staff,
        name: row.get(1)?,
        role: row.get(2)?,
        active: row.get::<String>(3)? == "active",
        stores: own.map(|(_, store)| *store).collect(),
        has_pin,
        must_change: row.get::<Option<bool>>(4)?.unwrap_or_default(),
        locked_until: locked_until(tries, now)?,
        own_card: row.get(7)?,
        used_at: row.get::<Option<i64>>(6)?.map(Instant),
    })
}
