//! One try: counted, hashed, and taken out again when it was right (`PIN-2`, `PIN-3`, `PIN-5`, `PIN-7`).

use super::hasher::Place;
use super::{Named, Pin, PinRefusal, StaffProof, TERMINAL_TRIES_FACTOR, Till, manage};
use crate::app::App;
use crate::audit_log::{self, Action, Entry, Who};
use crate::error::{Causes, Error};
use crate::problem::{Code, Problem};
use crate::sql::{self, credentials};
use db::{Transaction, params};
use domain::ids::{MerchantId, StaffId, TerminalId};
use domain::moment::Instant;
use domain::pin::{Guard, TOLD_TRIES_MAX, Threshold, Try};
use tracing::{Instrument, Span};
use uuid::Uuid;

/// A try that was counted.
struct Begun {
    /// Whose PIN it may be; none where nobody's can be right.
    person: Option<Person>,
    own: Try,
    terminal: Try,
    /// Until when one of them is locked, if this try is wrong.
    locked: Option<Instant>,
    /// Whom and which terminal this try locks, if it is wrong.
    locks: Vec<String>,
}

#[derive(Clone)]
struct Person {
    staff: StaffId,
    role: String,
    hash: String,
    must_change: bool,
    version: i64,
}

/// Who somebody named, as far as there is such a person with a PIN.
struct Known {
    person: Person,
    guard: Guard,
    /// Whether they serve, and here.
    serves: bool,
}

/// Verifies a PIN at a terminal. Unknown, left, elsewhere and wrong are one refusal at one price. Once a try is counted it is
/// judged, even when whoever asked no longer waits: otherwise a right one stayed counted as wrong.
///
/// # Errors
/// `terminal_revoked`; `busy` when too many PINs are hashed, and then nothing is counted; `internal`. Inside, why the PIN lets
/// nobody in.
pub async fn verify(app: &App, till: Till, named: Named, pin: &Pin) -> Result<Result<StaffProof, PinRefusal>, Problem> {
    let place = app.pins.hasher.place()?;
    let (app, pin) = (app.clone(), pin.clone());
    let judging = async move { judge(&app, &place, (till, named), &pin).await };
    let judged = tokio::spawn(judging.instrument(Span::current()));
    judged.await.map_err(|error| Problem::broken(&error))?
}

async fn judge(
    app: &App,
    place: &Place,
    (till, named): (Till, Named),
    pin: &Pin,
) -> Result<Result<StaffProof, PinRefusal>, Problem> {
    let now = app.clock.now();
    let catalogue = app
        .catalogue(till.merchant)
        .await
        .map_err(|error| Problem::broken(&error))?;
    let threshold = catalogue.ok_or(Code::NotFound)?.merchant.pins.threshold;
    let begun = app
        .db
        .write(move |tx| begin(tx, till, named, (threshold, now)))
        .await
        .map_err(|error: Error| Problem::broken(&error))??;
    let begun = match begun {
        Ok(begun) => begun,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let hash = begun.person.as_ref().map(|person| person.hash.clone());
    let right = app.pins.hasher.is_right(place, &app.secrets, pin, hash).await?;
    let Some(person) = begun.person.clone().filter(|_| right) else {
        tell_of_lock(app, till, begun.locks.clone(), now).await;
        return Ok(Err(wrong(&begun)));
    };
    let locks = begun.locks.clone();
    let stands = app
        .db
        .write(move |tx| succeed(tx, till, &begun, (threshold, now)))
        .await
        .map_err(|error: Error| Problem::broken(&error))?;
    if !stands {
        tell_of_lock(app, till, locks, now).await;
        return Ok(Err(PinRefusal::Invalid { remaining: None }));
    }
    Ok(Ok(StaffProof {
        till,
        staff: person.staff,
        role: person.role,
        version: person.version,
        must_change: person.must_change,
        at: now,
    }))
}

/// Notes in the log that a wrong try locked somebody, or the terminal. The lock holds whether or not it can be noted.
async fn tell_of_lock(app: &App, till: Till, subjects: Vec<String>, now: Instant) {
    for subject in subjects {
        let noted = async {
            let entry = Entry::new(&app.secrets, Who::is(till.terminal, "terminal"), Action::PinLocked);
            let entry = entry.map_err(|error| Error::malformed("a row of the log", error))?;
            let entry = entry.at(till.merchant).about(subject);
            app.db.write(move |tx| audit_log::note(tx, &entry, now)).await
        };
        let noted: Result<(), Error> = noted.await;
        let Err(error) = noted else { continue };
        tracing::error!(error = %Causes(&error), "a lock of a PIN is not in the log of who managed what");
    }
}

fn wrong(begun: &Begun) -> PinRefusal {
    if let Some(until) = begun.locked {
        return PinRefusal::Locked { until };
    }
    let left = begun.own.remaining.min(begun.terminal.remaining);
    PinRefusal::Invalid {
        remaining: (left <= TOLD_TRIES_MAX).then_some(left),
    }
}

/// Counts the try against the person and the terminal, before anybody knows whether it is right.
fn begin(
    tx: &mut Transaction<'_>,
    till: Till,
    named: Named,
    (threshold, now): (Threshold, Instant),
) -> Result<Result<Result<Begun, PinRefusal>, Problem>, Error> {
    let row = credentials::terminal(tx, till.merchant.0, till.terminal.0)?;
    if row.is_none_or(|row| row.status != "paired" || row.store != till.store.0) {
        return Ok(Err(Code::TerminalRevoked.into()));
    }
    let mut tries = lock_terminal(tx, till.merchant, till.terminal)?;
    let mut known = find(tx, till, named)?;
    let asked = asked(named);
    let own = known.as_mut().map_or_else(
        || {
            if tries.stranger_id != asked {
                (tries.stranger_id, tries.stranger) = (asked, Guard::default());
            }
            &mut tries.stranger
        },
        |known| &mut known.guard,
    );
    let locked = |refusal: domain::pin::Locked| PinRefusal::Locked { until: refusal.until };
    let held = tries.guard.locked(now).or_else(|| own.locked(now));
    if let Some(held) = held {
        return Ok(Ok(Err(locked(held))));
    }
    let (Ok(own_try), Ok(terminal_try)) = (
        own.begin(now, threshold),
        tries.guard.begin(now, of_terminal(threshold)),
    ) else {
        return Ok(Err(Code::Internal.into()));
    };
    let until = [own.locked(now), tries.guard.locked(now)];
    let until = until.into_iter().flatten().map(|locked| locked.until).max();
    put_terminal(tx, (till.merchant, till.terminal), &tries)?;
    if let Some(known) = &mut known {
        // What was verified before is over as well.
        known.person.version += i64::from(own_try.locks);
        put_guard(tx, till, known)?;
    }
    let mut locks = Vec::new();
    if own_try.locks || terminal_try.locks {
        manage::raise(tx, till.merchant)?;
        let person = known.as_ref().filter(|_| own_try.locks);
        locks.extend(person.map(|known| known.person.staff.to_string()));
        // A name that nobody has is tried at a terminal: its lock is told as the terminal's.
        if terminal_try.locks || person.is_none() {
            locks.push(till.terminal.to_string());
        }
    }
    Ok(Ok(Ok(Begun {
        locks,
        person: known.filter(|known| known.serves).map(|known| known.person),
        own: own_try,
        terminal: terminal_try,
        locked: until,
    })))
}

/// Takes a right try out again. False when the PIN changed while it was hashed.
fn succeed(
    tx: &mut Transaction<'_>,
    till: Till,
    begun: &Begun,
    (threshold, now): (Threshold, Instant),
) -> Result<bool, Error> {
    let Some(person) = &begun.person else { return Ok(false) };
    let mut tries = lock_terminal(tx, till.merchant, till.terminal)?;
    let Some(mut known) = find(tx, till, Named::Staff(person.staff))? else {
        return Ok(false);
    };
    if !known.serves || known.person.version != person.version {
        return Ok(false);
    }
    tries.guard.right(begun.terminal, of_terminal(threshold));
    known.guard.right(begun.own, threshold);
    put_terminal(tx, (till.merchant, till.terminal), &tries)?;
    let guard = text(&known.guard)?;
    tx.run(
        &sql::pins::USED,
        &params![till.merchant.0, person.staff.0, guard, now.0],
    )?;
    Ok(true)
}

fn of_terminal(threshold: Threshold) -> Threshold {
    Threshold {
        tries: threshold.tries * TERMINAL_TRIES_FACTOR,
        ..threshold
    }
}

/// What was tried at a terminal.
struct Tries {
    guard: Guard,
    stranger_id: Uuid,
    stranger: Guard,
}

fn lock_terminal(tx: &mut Transaction<'_>, merchant: MerchantId, terminal: TerminalId) -> Result<Tries, Error> {
    let (merchant, terminal) = (merchant.0, terminal.0);
    tx.run(&sql::pins::BEGIN_TERMINAL, &params![merchant, terminal, Uuid::nil()])?;
    let row = tx.row(&sql::pins::LOCK_TERMINAL, &params![merchant, terminal])?;
    let row = row.ok_or_else(|| Error::malformed("the tries at a terminal", "they are not there"))?;
    Ok(Tries {
        guard: guard(&row.get::<String>(0)?)?,
        stranger_id: row.get(1)?,
        stranger: guard(&row.get::<String>(2)?)?,
    })
}

/// Ends the lock of a terminal, whoever is tried there.
pub(super) fn unlock_tries(tx: &mut Transaction<'_>, merchant: MerchantId, terminal: TerminalId) -> Result<(), Error> {
    let mut tries = lock_terminal(tx, merchant, terminal)?;
    tries.guard.unlock();
    tries.stranger.unlock();
    put_terminal(tx, (merchant, terminal), &tries)
}

fn put_terminal(
    tx: &mut Transaction<'_>,
    (merchant, terminal): (MerchantId, TerminalId),
    tries: &Tries,
) -> Result<(), Error> {
    let values = params![
        merchant.0,
        terminal.0,
        text(&tries.guard)?,
        tries.stranger_id,
        text(&tries.stranger)?
    ];
    tx.run(&sql::pins::PUT_TERMINAL, &values)?;
    Ok(())
}

fn put_guard(tx: &mut Transaction<'_>, till: Till, known: &Known) -> Result<(), Error> {
    let person = &known.person;
    let values = params![till.merchant.0, person.staff.0, text(&known.guard)?, person.version];
    tx.run(&sql::pins::PUT_GUARD, &values)?;
    Ok(())
}

/// What was asked for, to tell one name that nobody has from another.
fn asked(named: Named) -> Uuid {
    match named {
        Named::Pin(id) => id.0,
        Named::Staff(id) => id.0,
        Named::Nobody => Uuid::max(),
    }
}

/// The person with the PIN, whose row is locked; none where there is no such PIN.
fn find(tx: &mut Transaction<'_>, till: Till, named: Named) -> Result<Option<Known>, Error> {
    let merchant = till.merchant.0;
    let found = match named {
        Named::Pin(id) => tx.row(&sql::pins::STAFF_OF_PIN, &params![merchant, id.0])?,
        Named::Staff(id) => tx.row(&sql::pins::STAFF_BY_ID, &params![merchant, id.0])?,
        Named::Nobody => None,
    };
    let Some(row) = found else { return Ok(None) };
    let staff: Uuid = row.get(0)?;
    let Some(pin) = tx.row(&sql::pins::LOCK_PIN, &params![merchant, staff])? else {
        return Ok(None);
    };
    let mut stores: Vec<Uuid> = Vec::new();
    for row in tx.rows(&sql::pins::STORES, &params![merchant])? {
        if row.get::<Uuid>(0)? == staff {
            stores.push(row.get(1)?);
        }
    }
    let here = stores.is_empty() || stores.contains(&till.store.0);
    Ok(Some(Known {
        guard: guard(&pin.get::<String>(3)?)?,
        serves: here && row.get::<String>(4)? == "active",
        person: Person {
            staff: StaffId(staff),
            role: row.get(3)?,
            hash: pin.get(0)?,
            must_change: pin.get(2)?,
            version: pin.get(4)?,
        },
    }))
}

/// What was tried, as it is stored.
pub(super) fn guard(text: &str) -> Result<Guard, Error> {
    serde_json::from_str(text).map_err(|error| Error::malformed("the tries of a PIN", error))
}

/// Until when stored tries are locked, if they are.
///
/// # Errors
/// When they cannot be read.
pub fn locked_until(tries: Option<String>, now: Instant) -> Result<Option<Instant>, Error> {
    let locked = tries
        .map(|tries| guard(&tries))
        .transpose()?
        .and_then(|tries| tries.locked(now));
    Ok(locked.map(|locked| locked.until))
}

pub(super) fn text(guard: &Guard) -> Result<String, Error> {
    serde_json::to_string(guard).map_err(|error| Error::malformed("the tries of a PIN", error))
}
