//! Managing staff and their PINs: adding, setting, unlocking, leaving. Each is one transaction with its row in the log;
//! what ends a PIN raises its version, so that every write from then on knows.

use super::verify::{guard, text, unlock_tries};
use super::{Pin, StaffProof, chance, hasher, is_manager};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::problem::{Code, Detail, Fault, Problem};
use crate::secrets::Secrets;
use crate::{setup, sql};
use db::{Row, Transaction, params};
use domain::ids::{MerchantId, PinId, StaffId, StoreId, TerminalId};
use domain::moment::Instant;
use domain::pin::{self, FORMER_MAX, Guard, Unfit};
use serde_json::json;

/// Somebody who began to serve.
#[derive(Clone, Debug)]
pub struct Added {
    /// Who.
    pub staff: StaffId,
    /// Their PIN as a resource.
    pub pin: PinId,
}

/// Whether something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It did.
    Yes,
    /// It was so already.
    No,
}

/// A PIN that somebody chose, and its hash.
struct Chosen {
    hash: String,
    length: i64,
    must_change: bool,
}

/// Who and what a PIN is set for.
struct Holder {
    role: String,
    active: bool,
    /// The hashes that may not come again, the one in use first.
    used: Vec<String>,
}

type Outcome<T> = Result<Result<T, Problem>, Error>;

/// Adds somebody who serves in some stores, or in all where none is named; with a PIN, and whether they must choose another.
///
/// # Errors
/// `name_taken`; `not_found` for a store; as [`reset`].
pub async fn add(
    app: &App,
    who: Who,
    merchant: MerchantId,
    (name, role, stores): (&str, &str, &[StoreId]),
    chosen: Option<(&Pin, bool)>,
) -> Result<Added, Problem> {
    let now = app.clock.now();
    let least = least(app, merchant, role).await?;
    let chosen = match chosen {
        Some((pin, must_change)) => Some(hashed(app, pin, least, must_change).await?),
        None => None,
    };
    let added = Added {
        staff: StaffId(app.secrets.new_id(now).map_err(chance)?),
        pin: PinId(app.secrets.new_id(now).map_err(chance)?),
    };
    let told = json!({ "name": name, "role": role, "has_pin": chosen.is_some(),
        "stores": stores.iter().map(ToString::to_string).collect::<Vec<_>>() });
    let entry = Entry::new(&app.secrets, who, Action::StaffAdded)
        .map_err(chance)?
        .at(merchant);
    let entry = entry.about(added.staff).with(Change::made(told));
    let (name, role, stores) = (name.to_owned(), role.to_owned(), stores.to_vec());
    let ids = (added.staff, added.pin);
    let done = app.db.write(move |tx| -> Outcome<()> {
        // Two of one name are not added at once.
        lock(tx, merchant)?;
        if is_taken(tx, merchant, &name)? {
            return Ok(Err(Fault::new("/name", Code::NameTaken).into()));
        }
        setup::staff(tx, merchant, ids, (&name, &role), now)?;
        for store in stores {
            tx.run(&sql::pins::ADD_STORE, &params![merchant.0, ids.0.0, store.0])?;
        }
        if let Some(chosen) = &chosen {
            put(tx, merchant, ids.0, chosen, now)?;
        }
        raise(tx, merchant)?;
        audit_log::note(tx, &entry, now)?;
        Ok(Ok(()))
    });
    done.await.map_err(|error| Problem::broken(&error))??;
    Ok(added)
}

pub(super) fn is_taken(tx: &mut Transaction<'_>, merchant: MerchantId, name: &str) -> Result<bool, Error> {
    let wanted = name.to_lowercase();
    for row in tx.rows(&sql::pins::NAMED, &params![merchant.0])? {
        if row.get::<String>(0)?.to_lowercase() == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Sets somebody's PIN, as a manager or at the console; locks end, and so do sessions.
///
/// # Errors
/// `not_found`, `staff_inactive`, `pin_format`, `pin_weak`, `pin_reused`.
pub async fn reset(
    app: &App,
    who: Who,
    merchant: MerchantId,
    staff: StaffId,
    (chosen, must_change): (&Pin, bool),
) -> Result<(), Problem> {
    let entry = Entry::new(&app.secrets, who, Action::PinSet)
        .map_err(chance)?
        .at(merchant)
        .about(staff);
    set(app, merchant, staff, (chosen, must_change), entry, None).await
}

/// Somebody chooses another PIN for themselves. That they know the one before, the proof says.
///
/// # Errors
/// As [`reset`]; `pin_invalid` when the PIN that was proven is not theirs any more.
pub async fn change(app: &App, proof: &StaffProof, chosen: &Pin) -> Result<(), Problem> {
    let entry = Entry::new(&app.secrets, proof.who(), Action::PinChanged).map_err(chance)?;
    let (merchant, staff) = (proof.till.merchant, proof.staff);
    let entry = entry.at(merchant).about(staff);
    set(app, merchant, staff, (chosen, false), entry, Some(proof.version)).await
}

async fn set(
    app: &App,
    merchant: MerchantId,
    staff: StaffId,
    (chosen, must_change): (&Pin, bool),
    entry: Entry,
    proven: Option<i64>,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let holder = app
        .db
        .write(move |tx| holder(tx, merchant, staff))
        .await
        .map_err(|error| Problem::broken(&error))?;
    let holder = holder.ok_or(Code::NotFound)?;
    if !holder.active {
        return Err(Code::StaffInactive.into());
    }
    let least = least(app, merchant, &holder.role).await?;
    fits(chosen, least)?;
    if app.pins.hasher.is_one_of(&app.secrets, chosen, &holder.used).await? {
        return Err(Fault::new("/pin", Code::PinReused).into());
    }
    let chosen = hashed(app, chosen, least, must_change).await?;
    let done = app.db.write(move |tx| -> Outcome<()> {
        lock(tx, merchant)?;
        let still = tx.row(&sql::pins::LOCK_STAFF, &params![merchant.0, staff.0])?;
        if still.map(|row| row.get::<String>(4)).transpose()?.as_deref() != Some("active") {
            return Ok(Err(Code::StaffInactive.into()));
        }
        let before = tx.row(&sql::pins::LOCK_PIN, &params![merchant.0, staff.0])?;
        let before = before.map(|row| row.get::<i64>(4)).transpose()?;
        if proven.is_some() && proven != before {
            return Ok(Err(Code::PinInvalid.into()));
        }
        put(tx, merchant, staff, &chosen, now)?;
        raise(tx, merchant)?;
        audit_log::note(tx, &entry, now)?;
        Ok(Ok(()))
    });
    done.await.map_err(|error| Problem::broken(&error))?
}

fn holder(tx: &mut Transaction<'_>, merchant: MerchantId, staff: StaffId) -> Result<Option<Holder>, Error> {
    let Some(row) = tx.row(&sql::pins::LOCK_STAFF, &params![merchant.0, staff.0])? else {
        return Ok(None);
    };
    let pin = tx.row(&sql::pins::LOCK_PIN, &params![merchant.0, staff.0])?;
    Ok(Some(Holder {
        role: row.get(3)?,
        active: row.get::<String>(4)? == "active",
        used: pin.map(|pin| used(&pin)).transpose()?.unwrap_or_default(),
    }))
}

/// The hash in use and those before it that may not come again.
fn used(pin: &Row) -> Result<Vec<String>, Error> {
    let mut used: Vec<String> = vec![pin.get(0)?];
    let former: Vec<String> =
        serde_json::from_str(&pin.get::<String>(1)?).map_err(|error| Error::malformed("former PINs", error))?;
    used.extend(former);
    used.truncate(FORMER_MAX);
    Ok(used)
}

/// Writes a PIN over the one before.
fn put(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    staff: StaffId,
    chosen: &Chosen,
    now: Instant,
) -> Result<(), Error> {
    let before = tx.row(&sql::pins::LOCK_PIN, &params![merchant.0, staff.0])?;
    let version = before.as_ref().map(|row| row.get::<i64>(4)).transpose()?;
    let former = before.as_ref().map(used).transpose()?.unwrap_or_default();
    let former = former.into_iter().take(FORMER_MAX - 1).collect::<Vec<_>>();
    // The tries stay counted as tries: one that is being hashed now must find its number.
    let mut tries = before.map_or_else(|| Ok(Guard::default()), |row| guard(&row.get::<String>(3)?))?;
    tries.unlock();
    let values = params![
        merchant.0,
        staff.0,
        &*chosen.hash,
        json!(former).to_string(),
        chosen.length,
        chosen.must_change,
        now.0,
        text(&tries)?,
        version.unwrap_or(0) + 1
    ];
    tx.run(&sql::pins::PUT_PIN, &values)?;
    Ok(())
}

/// Ends a lock.
///
/// # Errors
/// `not_found` where there is no such person with a PIN.
pub async fn unlock(app: &App, who: Who, merchant: MerchantId, staff: StaffId) -> Result<(), Problem> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, who, Action::PinUnlocked).map_err(chance)?;
    let entry = entry.at(merchant).about(staff);
    let done = app.db.write(move |tx| -> Outcome<()> {
        let Some(row) = tx.row(&sql::pins::LOCK_PIN, &params![merchant.0, staff.0])? else {
            return Ok(Err(Code::NotFound.into()));
        };
        let mut tries = guard(&row.get::<String>(3)?)?;
        tries.unlock();
        let values = params![merchant.0, staff.0, text(&tries)?, row.get::<i64>(4)?];
        tx.run(&sql::pins::PUT_GUARD, &values)?;
        audit_log::note(tx, &entry, now)?;
        Ok(Ok(()))
    });
    done.await.map_err(|error: Error| Problem::broken(&error))?
}

/// Ends the lock of a terminal; locks of people stay.
///
/// # Errors
/// `internal`.
pub async fn unlock_terminal(app: &App, who: Who, merchant: MerchantId, terminal: TerminalId) -> Result<(), Problem> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, who, Action::PinUnlocked).map_err(chance)?;
    let entry = entry.at(merchant).about(terminal);
    let done = app.db.write(move |tx| {
        unlock_tries(tx, merchant, terminal)?;
        audit_log::note(tx, &entry, now)
    });
    done.await.map_err(|error: Error| Problem::broken(&error))
}

/// Ends somebody's service: from now on no PIN and no session of theirs is good.
///
/// # Errors
/// `not_found`; `last_manager` for the only one.
pub async fn leave(app: &App, who: Who, merchant: MerchantId, staff: StaffId) -> Result<Changed, Problem> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, who, Action::StaffLeft).map_err(chance)?;
    let entry = entry.at(merchant).about(staff);
    let done = app.db.write(move |tx| -> Outcome<Changed> {
        lock(tx, merchant)?;
        let managers = tx.rows(&sql::pins::MANAGERS, &params![merchant.0])?;
        let Some(row) = tx.row(&sql::pins::LOCK_STAFF, &params![merchant.0, staff.0])? else {
            return Ok(Err(Code::NotFound.into()));
        };
        if row.get::<String>(4)? != "active" {
            return Ok(Ok(Changed::No));
        }
        if is_manager(&row.get::<String>(3)?) && managers.len() < 2 {
            return Ok(Err(Code::LastManager.into()));
        }
        tx.run(&sql::pins::SET_STATUS, &params![merchant.0, staff.0, "left"])?;
        tx.run(&sql::pins::RAISE_PIN, &params![merchant.0, staff.0])?;
        raise(tx, merchant)?;
        audit_log::note(tx, &entry, now)?;
        Ok(Ok(Changed::Yes))
    });
    done.await.map_err(|error: Error| Problem::broken(&error))?
}

/// Locks the merchant: first of all, wherever several rows of its staff are locked.
pub(super) fn lock(tx: &mut Transaction<'_>, merchant: MerchantId) -> Result<(), Error> {
    tx.row(&sql::pins::RULES, &params![merchant.0])?;
    Ok(())
}

/// Whoever caches what the merchant offers, with its staff, reads it anew.
pub(super) fn raise(tx: &mut Transaction<'_>, merchant: MerchantId) -> Result<(), Error> {
    tx.run(&sql::catalogue::RAISE_REVISION, &params![merchant.0])?;
    Ok(())
}

/// The fewest digits for a role.
pub(super) async fn least(app: &App, merchant: MerchantId, role: &str) -> Result<i64, Problem> {
    let catalogue = app.catalogue(merchant).await.map_err(|error| Problem::broken(&error))?;
    let length = catalogue.ok_or(Code::NotFound)?.merchant.pins.length;
    Ok(if is_manager(role) {
        length.max(pin::MANAGER_LENGTH_MIN)
    } else {
        length
    })
}

fn fits(chosen: &Pin, least: i64) -> Result<(), Problem> {
    match pin::unfit(chosen.digits(), least, None) {
        None => Ok(()),
        Some(Unfit::Weak) => Err(Fault::new("/pin", Code::PinWeak).into()),
        Some(Unfit::Format { min, max }) => {
            let mut fault = Fault::with("/pin", Code::PinFormat, "min", Detail::Number(min));
            fault.details.push(("max", Detail::Number(max)));
            Err(fault.into())
        }
    }
}

async fn hashed(app: &App, chosen: &Pin, least: i64, must_change: bool) -> Result<Chosen, Problem> {
    fits(chosen, least)?;
    Ok(Chosen {
        hash: app.pins.hasher.hash(&app.secrets, chosen).await?,
        length: i64::try_from(chosen.digits().len()).unwrap_or(pin::LENGTH_MAX),
        must_change,
    })
}

/// Gives somebody a PIN while an installation is filled, without a row in the log: for the demonstration.
///
/// # Errors
/// When it cannot be hashed, or the database refuses.
pub fn fill(
    tx: &mut Transaction<'_>,
    secrets: &Secrets,
    (merchant, staff): (MerchantId, StaffId),
    chosen: &Pin,
    now: Instant,
) -> Result<(), Error> {
    let chosen = Chosen {
        hash: hasher::hashed(secrets, chosen)?,
        length: i64::try_from(chosen.digits().len()).unwrap_or(pin::LENGTH_MAX),
        must_change: false,
    };
    put(tx, merchant, staff, &chosen, now)?;
    raise(tx, merchant)
}
