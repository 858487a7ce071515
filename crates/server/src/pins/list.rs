//! A merchant's staff as they are listed.

use crate::app::App;
use crate::error::Error;
use crate::sql;
use db::{Row, params};
use domain::ids::{MerchantId, StaffId};
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
    /// Whether they have a PIN.
    pub has_pin: bool,
}

/// A merchant's staff, with those who left.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId) -> Result<Vec<Listed>, Error> {
    let rows = app
        .db
        .read(move |tx| tx.rows(&sql::catalogue::STAFF, &params![merchant.0]))
        .await?;
    let listed = |row: &Row| {
        Ok(Listed {
            staff: StaffId(row.get::<Uuid>(0)?),
            name: row.get(2)?,
            role: row.get(3)?,
            active: row.get::<String>(5)? == "active",
            has_pin: row.get::<Option<i64>>(6)?.is_some(),
        })
    };
    rows.iter().map(listed).collect()
}
