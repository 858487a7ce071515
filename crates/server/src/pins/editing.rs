//! What somebody who serves is called, as what they serve, where, and which card is their own: changed in one transaction with its row in the log.

use super::manage::{is_taken, least, lock, raise};
use super::{chance, is_manager};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::problem::{Code, Detail, Fault, Problem};
use crate::sql;
use db::{Transaction, params};
use domain::ids::{CardId, MerchantId, StaffId, StoreId};
use domain::pin;
use serde_json::{Value, json};
use uuid::Uuid;

/// What shall be so of somebody who serves.
#[derive(Clone, Debug)]
pub struct Serving {
    /// Their name.
    pub name: String,
    /// `cashier` or `manager`.
    pub role: String,
    /// Where; empty for everywhere.
    pub stores: Vec<StoreId>,
    /// Their own card, if one is known (`STF-1`).
    pub own_card: Option<CardId>,
}

/// Changes it. Whoever becomes a manager needs a PIN as long as managers' are, and a manager stays. What was verified of them
/// before counts no more.
///
/// # Errors
/// `not_found`, `staff_inactive`, `name_taken`, `last_manager`, `pin_format`.
pub async fn edit(
    app: &App,
    who: Who,
    merchant: MerchantId,
    staff: StaffId,
    mut wanted: Serving,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let least = least(app, merchant, &wanted.role).await?;
    let entry = Entry::new(&app.secrets, who, Action::StaffChanged).map_err(chance)?;
    let entry = entry.at(merchant).about(staff);
    wanted.stores.sort();
    let done = app.db.write(move |tx| {
        let key = params![merchant.0, staff.0];
        // Two do not take one name at once.
        lock(tx, merchant)?;
        let managers = tx.rows(&sql::pins::MANAGERS, &params![merchant.0])?.len();
        let Some(row) = tx.row(&sql::pins::LOCK_STAFF, &key)? else {
            return Ok(Err(Code::NotFound.into()));
        };
        if row.get::<String>(4)? != "active" {
            return Ok(Err(Code::StaffInactive.into()));
        }
        let was = Serving {
            name: row.get(2)?,
            role: row.get(3)?,
            stores: stores_of(tx, merchant, staff)?,
            own_card: row.get::<Option<Uuid>>(5)?.map(CardId),
        };
        if is_manager(&was.role) && !is_manager(&wanted.role) && managers < 2 {
            return Ok(Err(Code::LastManager.into()));
        }
        if was.name.to_lowercase() != wanted.name.to_lowercase() && is_taken(tx, merchant, &wanted.name)? {
            return Ok(Err(Fault::new("/name", Code::NameTaken).into()));
        }
        if let Some(short) = tx.row(&sql::pins::PIN_LENGTH, &key)?
            && short.get::<i64>(0)? < least
            && is_manager(&wanted.role)
            && !is_manager(&was.role)
        {
            return Ok(Err(too_short(least)));
        }
        put(tx, (merchant, staff), &wanted)?;
        tx.run(&sql::pins::RAISE_PIN, &key)?;
        raise(tx, merchant)?;
        let change = Change::of(told(&was), told(&wanted));
        audit_log::note(tx, &entry.with(change), now)?;
        Ok(Ok(()))
    });
    done.await.map_err(|error: Error| Problem::broken(&error))?
}

fn too_short(least: i64) -> Problem {
    let mut fault = Fault::with("/role", Code::PinFormat, "min", Detail::Number(least));
    fault.details.push(("max", Detail::Number(pin::LENGTH_MAX)));
    fault.into()
}

fn stores_of(tx: &mut Transaction<'_>, merchant: MerchantId, staff: StaffId) -> Result<Vec<StoreId>, Error> {
    let rows = tx.rows(&sql::pins::STORES_OF, &params![merchant.0, staff.0])?;
    rows.iter().map(|row| Ok(StoreId(row.get::<Uuid>(0)?))).collect()
}

fn put(tx: &mut Transaction<'_>, (merchant, staff): (MerchantId, StaffId), wanted: &Serving) -> Result<(), Error> {
    let row = params![merchant.0, staff.0, &*wanted.name, &*wanted.role];
    tx.run(&sql::pins::SET_STAFF, &row)?;
    let own = wanted.own_card.map(|card| card.0);
    tx.run(&sql::catalogue::SET_OWN_CARD, &params![merchant.0, staff.0, own])?;
    tx.run(&sql::pins::CLEAR_STORES, &params![merchant.0, staff.0])?;
    for store in &wanted.stores {
        tx.run(&sql::pins::ADD_STORE, &params![merchant.0, staff.0, store.0])?;
    }
    Ok(())
}

fn told(serving: &Serving) -> Value {
    let stores: Vec<String> = serving.stores.iter().map(ToString::to_string).collect();
    let own_card = serving.own_card.map(|card| card.to_string());
    json!({ "name": serving.name, "role": serving.role, "stores": stores, "own_card": own_card })
}
