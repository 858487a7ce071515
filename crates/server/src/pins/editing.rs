//! What somebody who serves is called, as what they serve and where: changed in one transaction with its row in the log.

use super::manage::{is_taken, least, raise};
use super::{chance, is_manager};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::problem::{Code, Detail, Fault, Problem};
use crate::sql;
use db::{Transaction, params};
use domain::ids::{MerchantId, StaffId, StoreId};
use domain::pin;
use serde_json::{Value, json};
use uuid::Uuid;

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
    (name, role, stores): (&str, &str, &[StoreId]),
) -> Result<(), Problem> {
    let now = app.clock.now();
    let least = least(app, merchant, role).await?;
    let entry = Entry::new(&app.secrets, who, Action::StaffChanged).map_err(chance)?;
    let entry = entry.at(merchant).about(staff);
    let (name, role, mut stores) = (name.to_owned(), role.to_owned(), stores.to_vec());
    stores.sort();
    let done = app.db.write(move |tx| {
        let key = params![merchant.0, staff.0];
        let managers = tx.rows(&sql::pins::MANAGERS, &params![merchant.0])?.len();
        let Some(row) = tx.row(&sql::pins::LOCK_STAFF, &key)? else {
            return Ok(Err(Code::NotFound.into()));
        };
        let (was_called, was, status): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
        if status != "active" {
            return Ok(Err(Code::StaffInactive.into()));
        }
        if is_manager(&was) && !is_manager(&role) && managers < 2 {
            return Ok(Err(Code::LastManager.into()));
        }
        if was_called.to_lowercase() != name.to_lowercase() && is_taken(tx, merchant, &name)? {
            return Ok(Err(Fault::new("/name", Code::NameTaken).into()));
        }
        if let Some(short) = tx.row(&sql::pins::PIN_LENGTH, &key)?
            && short.get::<i64>(0)? < least
            && is_manager(&role)
            && !is_manager(&was)
        {
            return Ok(Err(too_short(least)));
        }
        let before = told(&was_called, &was, &stores_of(tx, merchant, staff)?);
        tx.run(&sql::pins::SET_STAFF, &params![merchant.0, staff.0, &*name, &*role])?;
        tx.run(&sql::pins::CLEAR_STORES, &key)?;
        for store in &stores {
            tx.run(&sql::pins::ADD_STORE, &params![merchant.0, staff.0, store.0])?;
        }
        tx.run(&sql::pins::RAISE_PIN, &key)?;
        raise(tx, merchant)?;
        let change = Change::of(before, told(&name, &role, &stores));
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

fn told(name: &str, role: &str, stores: &[StoreId]) -> Value {
    let stores: Vec<String> = stores.iter().map(ToString::to_string).collect();
    json!({ "name": name, "role": role, "stores": stores })
}
