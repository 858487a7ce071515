//! How a merchant's staff prove who they are: its own rules, and the operator's floor under what its programs ask for (`PIN-1`).

use super::manage::raise;
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::problem::{Code, Detail, Fault, Problem};
use crate::sql;
use db::params;
use domain::ids::MerchantId;
use domain::pin::{self, Policies, Threshold};
use serde_json::{Value, json};

/// Sets how a merchant's staff prove who they are: the fewest digits, and when tries are over.
///
/// # Errors
/// `out_of_range`.
pub async fn rules(
    app: &App,
    who: Who,
    merchant: MerchantId,
    (length, threshold): (i64, Threshold),
) -> Result<(), Problem> {
    let (now, tries, minutes) = (app.clock.now(), threshold.tries, threshold.minutes);
    for (name, value, range) in [
        ("/pin_length", length, pin::LENGTH_MIN..=pin::LENGTH_MAX),
        ("/pin_lock_threshold", tries, 3..=10),
        ("/pin_lock_minutes", minutes, 1..=24 * 60),
    ] {
        if !range.contains(&value) {
            let mut fault = Fault::with(name, Code::OutOfRange, "min", Detail::Number(*range.start()));
            fault.details.push(("max", Detail::Number(*range.end())));
            return Err(fault.into());
        }
    }
    let told = |length: i64, tries: i64, minutes: i64| json!({ "pin_length": length, "lock_threshold": tries, "lock_minutes": minutes });
    let entry = Entry::new(&app.secrets, who, Action::PinRulesSet)?;
    let entry = entry.at(merchant).about(merchant);
    let done = app.db.write(move |tx| -> Result<(), Error> {
        let row = tx.row(&sql::pins::RULES, &params![merchant.0])?;
        let row = row.ok_or_else(|| Error::malformed("a merchant", "it is not there"))?;
        let before = told(row.get(0)?, row.get(1)?, row.get(2)?);
        let entry = entry.with(Change::of(before, told(length, tries, minutes)));
        tx.run(&sql::pins::SET_RULES, &params![merchant.0, length, tries, minutes])?;
        raise(tx, merchant)?;
        audit_log::note(tx, &entry, now)
    });
    done.await.map_err(|error| Problem::broken(&error))
}

/// Sets what tills of a merchant ask for at least, whatever its programs say; from the next write on, in every process.
///
/// # Errors
/// `not_found`, `internal`.
pub async fn floor(app: &App, who: Who, merchant: MerchantId, floor: Policies) -> Result<(), Problem> {
    let now = app.clock.now();
    let after = serde_json::to_value(floor).map_err(|error| Problem::broken(&error))?;
    let entry = Entry::new(&app.secrets, who, Action::PolicyFloorSet)?;
    let entry = entry.at(merchant).about(merchant);
    let done = app.db.write(move |tx| {
        let Some(row) = tx.row(&sql::pins::FLOOR, &params![merchant.0])? else {
            return Ok(Err(Code::NotFound.into()));
        };
        let before: String = row.get(0)?;
        let before: Value =
            serde_json::from_str(&before).map_err(|error| Error::malformed("floor of policies", error))?;
        tx.run(&sql::pins::SET_FLOOR, &params![merchant.0, after.to_string()])?;
        raise(tx, merchant)?;
        audit_log::note(tx, &entry.with(Change::of(before, after)), now)?;
        Ok::<_, Error>(Ok(()))
    });
    done.await.map_err(|error| Problem::broken(&error))?
}
