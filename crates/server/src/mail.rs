//! Letters: written in the transaction of what causes them, sealed, and sent by a job over SMTP, each by one process at a
//! time, again later when the server is away, and never more than a few a day to one contact. Without a server they wait,
//! and in development a page shows them. It must not know why a letter is written.

mod letter;
mod link;
mod postman;

pub use letter::{Content, Letter, Purpose, Written};
pub use link::{Link, LinkRow, NewLink, WRONG_MAX, code_hash};
pub use postman::{Postman, SendError};

use crate::app::App;
use crate::error::{Causes, Error};
use crate::secrets::{SecretError, Secrets};
use crate::sql;
use db::{Row, Transaction, Value, params};
use domain::ids::MerchantId;
use domain::moment::Instant;
use std::sync::Arc;
use uuid::Uuid;

/// A day.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// How long a process may take for one letter before another one tries.
const LEASE: i64 = 2 * 60 * 1_000_000;
/// The first wait after a failure; it doubles each time.
const BACKOFF: i64 = 30 * 1_000_000;
/// The longest wait.
const BACKOFF_MAX: i64 = 60 * 60 * 1_000_000;
/// Then a letter is dead.
const ATTEMPTS_MAX: i64 = 10;
/// How long is known that a letter was written: longer than the limit of a day looks back.
const KEPT: i64 = 8 * DAY;
/// Letters of the error that are kept.
const ERROR_MAX: usize = 200;

/// The place for which a letter is sealed.
fn place(merchant: MerchantId, letter: Uuid) -> String {
    format!("letter:{merchant}:{letter}")
}

/// A letter as a row: see `sql::letters::INSERT`, after the merchant.
///
/// # Errors
/// [`SecretError`].
pub fn row(
    secrets: &Secrets,
    merchant: MerchantId,
    lookup: &[u8],
    letter: &Letter,
    now: Instant,
) -> Result<Vec<Value>, SecretError> {
    let id = secrets.new_id(now)?;
    let sealed = secrets.seal(&place(merchant, id), &letter.text())?;
    let (purpose, useful_until) = (letter.purpose, now.0 + letter.purpose.useful());
    let waiting = params![
        id,
        purpose.code(),
        letter.locale.code(),
        lookup,
        sealed,
        useful_until,
        now.0,
        now.0,
        "waiting"
    ];
    Ok(waiting.to_vec())
}

/// A letter that is due.
struct Due {
    id: Uuid,
    purpose: String,
    locale: String,
    lookup: Vec<u8>,
    sealed: Vec<u8>,
    attempts: i64,
    created_at: i64,
    useful_until_at: i64,
}

impl Due {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            id: row.get(0)?,
            purpose: row.get(1)?,
            locale: row.get(2)?,
            lookup: row.get(3)?,
            sealed: row.get(4)?,
            attempts: row.get(5)?,
            created_at: row.get(6)?,
            useful_until_at: row.get(7)?,
        })
    }
}

/// Sends the letters of a merchant that are due, and says how many were sent.
///
/// # Errors
/// When the database fails; what was not sent stays due.
pub async fn deliver(app: &App, postman: &Postman, merchant: MerchantId) -> Result<usize, Error> {
    let now = app.clock.now();
    let read = move |tx: &mut Transaction<'_>| {
        let rows = tx.rows(&sql::letters::DUE, &params![merchant.0, now.0])?;
        rows.iter().map(Due::read).collect::<Result<Vec<_>, Error>>()
    };
    let mut sent = 0;
    for due in app.db.read(read).await? {
        let due = Arc::new(due);
        let taken = due.clone();
        let take = move |tx: &mut Transaction<'_>| self::take(tx, merchant, &taken, now);
        if app.db.write(take).await? && post(app, postman, merchant, &due).await? {
            sent += 1;
        }
    }
    Ok(sent)
}

/// How many letters for a purpose go to one contact in a day (`ENR-3`). Who signs in does so on several devices.
fn daily_max(purpose: &str) -> i64 {
    if purpose == Purpose::SignIn.code() { 10 } else { 3 }
}

/// Whether as many letters for a purpose were written to a contact in a day as are sent (`ENR-3`).
///
/// # Errors
/// When the database cannot be read.
pub fn is_enough(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    (lookup, purpose): (&[u8], Purpose),
    now: Instant,
) -> Result<bool, Error> {
    let code = purpose.code();
    let asked = params![merchant.0, lookup.to_vec(), now.0 - DAY, code, now.0, Uuid::max()];
    let written = tx.row(&sql::letters::EARLIER, &asked)?;
    let written: i64 = written.map_or(Ok(0), |row| row.get(0))?;
    Ok(written >= daily_max(code))
}

/// Takes a letter for this process, unless it is too late or too many were sent; then it has come to its end.
fn take(tx: &mut Transaction<'_>, merchant: MerchantId, due: &Due, now: Instant) -> Result<bool, Error> {
    let since = due.created_at - DAY;
    let asked = params![
        merchant.0,
        due.lookup.clone(),
        since,
        &*due.purpose,
        due.created_at,
        due.id
    ];
    let earlier = tx.row(&sql::letters::EARLIER, &asked)?;
    let earlier: i64 = earlier.map_or(Ok(0), |row| row.get(0))?;
    let over = if due.useful_until_at <= now.0 {
        Some("stale")
    } else {
        (earlier >= daily_max(&due.purpose)).then_some("limited")
    };
    if let Some(status) = over {
        end(tx, merchant, (due.id, due.attempts), status)?;
        return Ok(false);
    }
    let lease = params![merchant.0, due.id, due.attempts, now.0 + LEASE];
    Ok(tx.run(&sql::letters::LEASE, &lease)? > 0)
}

fn end(tx: &mut Transaction<'_>, merchant: MerchantId, taken: (Uuid, i64), status: &str) -> Result<(), Error> {
    let ended = params![merchant.0, taken.0, taken.1, status, Vec::<u8>::new()];
    tx.run(&sql::letters::ENDED, &ended)?;
    Ok(())
}

/// Sends a letter that was taken, and notes what became of it.
async fn post(app: &App, postman: &Postman, merchant: MerchantId, due: &Due) -> Result<bool, Error> {
    let (id, attempts) = (due.id, due.attempts + 1);
    let Ok(letter) = opened(&app.secrets, merchant, id, (&due.purpose, &due.locale, &due.sealed)) else {
        tracing::error!(letter = %id, "a letter cannot be opened: another key sealed it");
        let end = move |tx: &mut Transaction<'_>| end(tx, merchant, (id, attempts), "dead");
        app.db.write(end).await?;
        return Ok(false);
    };
    let Err(error) = postman.send(id, &letter).await else {
        let end = move |tx: &mut Transaction<'_>| end(tx, merchant, (id, attempts), "sent");
        app.db.write(end).await?;
        return Ok(true);
    };
    let hopeless = error.is_hopeless() || attempts >= ATTEMPTS_MAX;
    // The server's answer may repeat the recipient: what is logged and kept is only what kind of failure it was.
    let kind: String = error.kind().chars().take(ERROR_MAX).collect();
    tracing::warn!(letter = %id, attempts, hopeless, failure = %kind, "a letter could not be sent");
    let again_at = app.clock.now().0 + backoff(attempts, due.id);
    let note = move |tx: &mut Transaction<'_>| {
        if hopeless {
            return end(tx, merchant, (id, attempts), "dead");
        }
        tx.run(&sql::letters::LATER, &params![merchant.0, id, attempts, again_at, kind])?;
        Ok(())
    };
    app.db.write(note).await?;
    Ok(false)
}

/// How long to wait after so many failures: twice as long each time, up to half as much again, so that letters that failed
/// together do not come back together. The letter's own id is the chance.
fn backoff(attempts: i64, letter: Uuid) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    let wait = BACKOFF.saturating_mul(1 << doublings).min(BACKOFF_MAX);
    let jitter = i64::from(letter.as_bytes()[15]) * wait / 512;
    wait + jitter
}

/// Opens a letter.
///
/// # Errors
/// [`SecretError::Sealed`] when it was forgotten, or sealed by another key.
fn opened(
    secrets: &Secrets,
    merchant: MerchantId,
    id: Uuid,
    (purpose, locale, sealed): (&str, &str, &[u8]),
) -> Result<Letter, SecretError> {
    let text = secrets.open(&place(merchant, id), sealed)?;
    Letter::read(purpose, locale, &text).ok_or(SecretError::Sealed)
}

/// Sends what is due at all merchants, and says how many letters were sent.
///
/// # Errors
/// When the database fails.
pub async fn deliver_all(app: &App, postman: &Postman, merchants: &[MerchantId]) -> Result<usize, Error> {
    let mut sent = 0;
    for &merchant in merchants {
        sent += deliver(app, postman, merchant).await?;
    }
    Ok(sent)
}

/// The postman of the settings; none where no server is set. One that cannot be used is told once, at start.
pub fn postman(app: &App) -> Option<Postman> {
    let settings = app.config.mail.as_ref()?;
    match Postman::new(settings) {
        Ok(postman) => Some(postman),
        Err(error) => {
            tracing::error!(error = %Causes(&error), "letters cannot be sent");
            None
        }
    }
}

/// A letter as the page of development lists it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// When it was written.
    pub created_at: i64,
    /// `waiting` and the like.
    pub status: String,
    /// What it says; none when that was forgotten.
    pub letter: Option<Letter>,
}

/// The newest letters of a merchant.
///
/// # Errors
/// When the database fails.
pub async fn kept(app: &App, merchant: MerchantId, most: i64) -> Result<Vec<Kept>, Error> {
    let secrets = app.secrets.clone();
    let since = app.clock.now().0 - KEPT;
    app.db
        .read(move |tx| {
            let rows = tx.rows(&sql::letters::LATELY, &params![merchant.0, since, most])?;
            rows.iter().map(|row| read_kept(&secrets, merchant, row)).collect()
        })
        .await
}

fn read_kept(secrets: &Secrets, merchant: MerchantId, row: &Row) -> Result<Kept, Error> {
    let id: Uuid = row.get(0)?;
    let (purpose, locale): (String, String) = (row.get(1)?, row.get(2)?);
    let sealed: Vec<u8> = row.get(3)?;
    Ok(Kept {
        id,
        created_at: row.get(5)?,
        status: row.get(4)?,
        letter: opened(secrets, merchant, id, (&purpose, &locale, &sealed)).ok(),
    })
}

/// From when on letters are forgotten.
pub fn old_at(now: Instant) -> i64 {
    now.0 - KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let id = Uuid::from_u128(0);
        assert_eq!(backoff(1, id), BACKOFF);
        assert_eq!(backoff(2, id), 2 * BACKOFF);
        assert_eq!(backoff(50, id), BACKOFF_MAX);
        let late = Uuid::from_u128(0xff);
        assert!(backoff(1, late) > BACKOFF && backoff(1, late) <= BACKOFF * 3 / 2);
    }
}
