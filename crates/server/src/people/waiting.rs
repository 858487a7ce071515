//! Who was invited and has not come.

use super::Refusal;
use super::invitations::PLACE;
use super::sessions::role_of;
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::permissions::Role;
use crate::problem::{Code, Problem};
use crate::secrets::Secrets;
use crate::sql;
use db::{Row, Transaction, params};
use domain::ids::{MerchantId, StoreId};
use domain::moment::Instant;
use serde_json::json;

/// An invitation that names an address and that nobody followed.
#[derive(Clone, Debug)]
pub struct Waiting {
    hash: Vec<u8>,
    /// Whose address.
    pub address: String,
    /// As what.
    pub role: Role,
    /// Where; empty for everywhere.
    pub stores: Vec<StoreId>,
    /// Until when its link is good.
    pub expires_at: Instant,
}

/// Who was invited and has not come, the oldest invitation first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId) -> Result<Vec<Waiting>, Error> {
    let secrets = app.secrets.clone();
    app.db.read(move |tx| all(tx, &secrets, merchant)).await
}

fn all(tx: &mut Transaction<'_>, secrets: &Secrets, merchant: MerchantId) -> Result<Vec<Waiting>, Error> {
    let rows = tx.rows(&sql::people::OPEN_LINKS, &params![merchant.0])?;
    rows.iter().map(|row| read(secrets, merchant, row)).collect()
}

fn read(secrets: &Secrets, merchant: MerchantId, row: &Row) -> Result<Waiting, Error> {
    let (code, stores): (String, String) = (row.get(1)?, row.get(2)?);
    let address = secrets.open(PLACE, &row.get::<Vec<u8>>(3)?);
    Ok(Waiting {
        hash: row.get(0)?,
        address: address.map_err(|error| Error::malformed("an invitation", error))?,
        role: role_of(merchant, &code)?,
        stores: stores_of(&stores)?,
        expires_at: Instant(row.get(4)?),
    })
}

/// Takes back the invitation of an address that nobody followed.
///
/// # Errors
/// `not_found`.
pub async fn withdraw(app: &App, who: Who, merchant: MerchantId, address: String) -> Result<(), Refusal> {
    let (now, secrets) = (app.clock.now(), app.secrets.clone());
    let entry = Entry::new(&app.secrets, who, Action::UserInvitationWithdrawn)?.at(merchant);
    let done = app.db.write(move |tx| {
        let Some(one) = drop_of(tx, &secrets, merchant, &address)? else {
            return Ok(false);
        };
        let change = Change::of(json!({ "role": one.role.code() }), json!({}));
        audit_log::note(tx, &entry.with(change), now)?;
        Ok::<_, Error>(true)
    });
    if done.await? {
        Ok(())
    } else {
        Err(Problem::from(Code::NotFound).into())
    }
}

/// Voids the invitations of an address that nobody followed, and tells the newest of them.
pub(super) fn drop_of(
    tx: &mut Transaction<'_>,
    secrets: &Secrets,
    merchant: MerchantId,
    address: &str,
) -> Result<Option<Waiting>, Error> {
    let mut dropped = None;
    let all = all(tx, secrets, merchant)?;
    for one in all.into_iter().filter(|one| one.address == address) {
        if tx.run(&sql::people::DROP_LINK, &params![merchant.0, one.hash.clone()])? > 0 {
            dropped = Some(one);
        }
    }
    Ok(dropped)
}

/// The stores of a text in the database.
pub(super) fn stores_of(text: &str) -> Result<Vec<StoreId>, Error> {
    let stores: Option<Vec<StoreId>> = text.split_whitespace().map(|id| id.parse().ok()).collect();
    // Left out, one that cannot be read would say less than was meant, and no store means every store.
    stores.ok_or_else(|| Error::malformed("a person", "a store is not known"))
}
