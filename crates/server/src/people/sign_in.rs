//! Signing in (`SIGN-1`): the password, then the second factor where there is one. Whether somebody is unknown or wrong, the answer,
//! the work and the count are the same. A try is counted before anything is checked, in a transaction of its own, so that
//! tries at once and in several processes all count.

use super::sessions::Beginning;
use super::{Factor, Halfway, OPERATORS, Person, Ticket, Visitor, account_of, factor};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::permissions::Role;
use crate::problem::{Code, Detail, Problem};
use crate::sql;
use db::{Row, Transaction, params};
use domain::ids::{MerchantId, SessionId, UserId};
use domain::moment::Instant;
use jiff::tz::TimeZone;
use serde_json::json;

/// How many tries an account has in a span of time.
pub const TRIES_MAX: i64 = 10;
/// That span, in minutes.
const TRIES_MINUTES: i64 = 15;

/// When to come back at the latest after too many tries, in seconds.
pub const RETRY_SECONDS_MAX: u32 = 15 * 60;

/// Tries that began before this count no more.
pub fn tries_since(now: Instant) -> Instant {
    now.plus_minutes(-TRIES_MINUTES)
}

/// How far somebody came: the token for their cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// In.
    In(String),
    /// To the second factor.
    Halfway(String),
}

/// A person as signing in needs them.
struct Known {
    merchant: MerchantId,
    user: UserId,
    role: Role,
    password_hash: String,
    has_factor: bool,
}

/// Takes an address and a password.
///
/// # Errors
/// `invalid_credentials`, `too_many_attempts`, `busy`.
pub async fn password(app: &App, visitor: &Visitor, address: &str, password: &str) -> Result<Came, Problem> {
    let account = account_of(&app.secrets, address);
    count(app, visitor, &account).await?;
    let known = known(app, account.clone())
        .await
        .map_err(|error| Problem::broken(&error))?;
    let stored = known.as_ref().map(|known| known.password_hash.clone());
    let right = app.passwords.verify(password, stored).await?;
    let Some(known) = known.filter(|_| right) else {
        return Err(refused(app, visitor, account, Code::InvalidCredentials).await);
    };
    begin(app, visitor, &account, &known).await
}

/// Counts a try, before anything is looked at.
pub(super) async fn count(app: &App, visitor: &Visitor, account: &[u8]) -> Result<(), Problem> {
    let now = app.clock.now();
    let values = params![account.to_vec(), now.0, tries_since(now).0];
    let account = account.to_vec();
    let entry = Entry::new(&app.secrets, Who::stranger(), Action::UserSignInRefused)?;
    let entry = entry
        .from(Some(visitor.address))
        .with(Change::made(json!({ "why": "too_many_attempts" })));
    let counted = app
        .db
        .write(move |tx| {
            let row = tx.row(&sql::people::TRY, &values)?;
            let row = row.ok_or_else(|| Error::malformed("a try", "it was not counted"))?;
            let (tries, began_at): (i64, i64) = (row.get(0)?, row.get(1)?);
            // Once, so that who tries on does not fill the log.
            if tries == TRIES_MAX + 1 {
                let entry = of_account(tx, &account, entry)?;
                audit_log::note(tx, &entry, now)?;
            }
            Ok::<_, Error>((tries, Instant(began_at)))
        })
        .await;
    let (tries, began_at) = counted.map_err(|error| Problem::broken(&error))?;
    if tries <= TRIES_MAX {
        return Ok(());
    }
    let (at, zone) = (began_at.plus_minutes(TRIES_MINUTES), TimeZone::UTC);
    Err(Problem::with(
        Code::TooManyAttempts,
        "retry_at",
        Detail::Moment { at, now, zone },
    ))
}

async fn known(app: &App, account: Vec<u8>) -> Result<Option<Known>, Error> {
    let row = app
        .db
        .read(move |tx| Ok::<_, Error>(tx.row(&sql::people::BY_EMAIL, &params![account])?))
        .await?;
    row.as_ref().map(read).transpose().map(Option::flatten)
}

/// None for who may no longer sign in.
fn read(row: &Row) -> Result<Option<Known>, Error> {
    let (merchant, role, seed): (_, String, Option<Vec<u8>>) = (MerchantId(row.get(0)?), row.get(2)?, row.get(4)?);
    let disabled_at: Option<i64> = row.get(5)?;
    let known = Known {
        merchant,
        user: UserId(row.get(1)?),
        role: super::sessions::role_of(merchant, &role)?,
        password_hash: row.get(3)?,
        has_factor: seed.is_some(),
    };
    Ok(disabled_at.is_none().then_some(known))
}

/// Notes that somebody failed and gives what they are told. Whose account it was, if anybody's, is found here, so that the
/// work is the same.
pub(super) async fn refused(app: &App, visitor: &Visitor, account: Vec<u8>, code: Code) -> Problem {
    match note_refusal(app, visitor, account, code).await {
        Ok(()) => code.into(),
        Err(problem) => problem,
    }
}

async fn note_refusal(app: &App, visitor: &Visitor, account: Vec<u8>, code: Code) -> Result<(), Problem> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, Who::stranger(), Action::UserSignInRefused)?;
    let entry = entry
        .from(Some(visitor.address))
        .with(Change::made(json!({ "why": code.text() })));
    let noted = app.db.write(move |tx| {
        let entry = of_account(tx, &account, entry)?;
        audit_log::note(tx, &entry, now)
    });
    noted.await.map_err(|error: Error| Problem::broken(&error))
}

/// The row of the log where it belongs: to the person of an account, or to the installation where there is none.
fn of_account(tx: &mut Transaction<'_>, account: &[u8], entry: Entry) -> Result<Entry, Error> {
    let row = tx.row(&sql::people::BY_EMAIL, &params![account.to_vec()])?;
    Ok(match row {
        Some(row) => entry.at(MerchantId(row.get(0)?)).about(UserId(row.get(1)?)),
        None => entry.at(OPERATORS),
    })
}

/// Begins a session: a whole one, or one that still lacks the second factor.
async fn begin(app: &App, visitor: &Visitor, account: &[u8], known: &Known) -> Result<Came, Problem> {
    let now = app.clock.now();
    let (token, ticket) = Ticket::new(&app.secrets, known.merchant)?;
    let beginning = Beginning {
        ticket,
        session: SessionId(app.secrets.new_id(now)?),
        user: known.user,
        visitor: visitor.clone(),
        whole: !known.has_factor,
    };
    let entry = entry(app, visitor, (known.merchant, known.user, known.role), &beginning)?;
    let account = account.to_vec();
    let written = app.db.write(move |tx| {
        beginning.write(tx, now)?;
        if beginning.whole {
            tx.run(&sql::people::FORGET_TRIES, &params![account.clone()])?;
            audit_log::note(tx, &entry, now)?;
        }
        Ok::<_, Error>(())
    });
    written.await.map_err(|error| Problem::broken(&error))?;
    Ok(if known.has_factor {
        Came::Halfway(token)
    } else {
        Came::In(token)
    })
}

fn entry(
    app: &App,
    visitor: &Visitor,
    (merchant, user, role): (MerchantId, UserId, Role),
    beginning: &Beginning,
) -> Result<Entry, Problem> {
    let entry = Entry::new(&app.secrets, Who::person(user, role), Action::UserSignedIn)?;
    let entry = entry.at(merchant).about(user).from(Some(visitor.address));
    let session = json!({ "session": beginning.session.to_string(), "device": visitor.device });
    Ok(entry.with(Change::made(session)))
}

/// Takes the second factor: six digits, or a recovery code. The session goes on under a new token.
///
/// # Errors
/// `mfa_invalid`, `too_many_attempts`.
pub async fn second_factor(app: &App, visitor: &Visitor, halfway: &Halfway, typed: &str) -> Result<String, Problem> {
    count(app, visitor, &halfway.account).await?;
    let now = app.clock.now();
    let shown = Shown::of(app, halfway.user, halfway.seed.as_deref(), typed)?;
    let (token, ticket) = Ticket::new(&app.secrets, halfway.ticket.merchant)?;
    let beginning = Beginning {
        ticket,
        session: SessionId(app.secrets.new_id(now)?),
        user: halfway.user,
        visitor: visitor.clone(),
        whole: true,
    };
    let who = (halfway.ticket.merchant, halfway.user, halfway.role);
    let entry = entry(app, visitor, who, &beginning)?;
    let (old, account) = (halfway.ticket.clone(), halfway.account.clone());
    let written = app.db.write(move |tx| {
        if !shown.take(tx, old.merchant)? {
            return Ok(false);
        }
        let ended = tx.row(&sql::sessions::END, &params![old.merchant.0, old.hash.clone()])?;
        if ended.is_none() {
            return Err(Error::Unfit("the session ended meanwhile".to_owned()));
        }
        beginning.write(tx, now)?;
        tx.run(&sql::people::FORGET_TRIES, &params![account.clone()])?;
        audit_log::note(tx, &entry, now)?;
        Ok::<_, Error>(true)
    });
    match written.await {
        Ok(true) => Ok(token),
        Ok(false) => Err(refused(app, visitor, halfway.account.clone(), Code::MfaInvalid).await),
        Err(Error::Unfit(_)) => Err(Code::MfaInvalid.into()),
        Err(error) => Err(Problem::broken(&error)),
    }
}

/// A second factor as it was shown; whether it counts, only the transaction knows.
pub(super) struct Shown {
    user: UserId,
    step: Option<i64>,
    code: Vec<u8>,
}

impl Shown {
    /// Reads what was typed.
    pub(super) fn of(app: &App, user: UserId, seed: Option<&[u8]>, typed: &str) -> Result<Self, Problem> {
        let now = app.clock.now();
        let factor = seed
            .map(|seed| Factor::open(&app.secrets, user, seed, ""))
            .transpose()?;
        Ok(Self {
            user,
            step: factor.and_then(|factor| factor.step(typed, now)),
            code: factor::code_hash(&app.secrets, user, typed),
        })
    }

    /// Takes it, if it is right and was not taken before.
    pub(super) fn take(&self, tx: &mut Transaction<'_>, merchant: MerchantId) -> Result<bool, Error> {
        let taken = match self.step {
            Some(step) => tx.run(&sql::people::TAKE_STEP, &params![merchant.0, self.user.0, step])?,
            None => tx.run(
                &sql::people::USE_CODE,
                &params![merchant.0, self.user.0, self.code.clone()],
            )?,
        };
        Ok(taken > 0)
    }
}

/// Ends a session, whatever stage it has.
///
/// # Errors
/// When the database fails.
pub async fn out(app: &App, visitor: &Visitor, ticket: Ticket) -> Result<(), Problem> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, Who::stranger(), Action::UserSignedOut)?;
    let entry = entry.at(ticket.merchant).from(Some(visitor.address));
    let written = app.db.write(move |tx| {
        let Some(row) = tx.row(&sql::sessions::END, &params![ticket.merchant.0, ticket.hash.clone()])? else {
            // It was over already.
            return Ok(());
        };
        let user = UserId(row.get(0)?);
        let of = tx.row(&sql::people::USER, &params![ticket.merchant.0, user.0])?;
        let code: String = of.map(|row| row.get(2)).transpose()?.unwrap_or_default();
        let who = Who::person(user, super::sessions::role_of(ticket.merchant, &code)?);
        audit_log::note(tx, &entry.clone().by(who).about(user), now)
    });
    written.await.map_err(|error| Problem::broken(&error))
}

/// Proves again who somebody is, by password or second factor, before a dangerous action. The session goes on under a new
/// token.
///
/// # Errors
/// `invalid_credentials`, `too_many_attempts`.
pub async fn again(app: &App, visitor: &Visitor, person: &Person, typed: &str) -> Result<String, Problem> {
    count(app, visitor, person.account()).await?;
    let now = app.clock.now();
    let shown = Shown::of(app, person.id(), person.seed(), typed)?;
    let known = known(app, person.account().to_vec())
        .await
        .map_err(|error| Problem::broken(&error))?;
    let stored = known.map(|known| known.password_hash);
    let right = app.passwords.verify(typed, stored).await?;
    let (token, ticket) = Ticket::new(&app.secrets, person.merchant())?;
    let who = Who::person(person.id(), person.role());
    let entry = Entry::new(&app.secrets, who, Action::UserProven)?;
    let entry = entry
        .at(person.merchant())
        .about(person.id())
        .from(Some(visitor.address));
    let (old, account) = (person.ticket().clone(), person.account().to_vec());
    let written = app.db.write(move |tx| {
        if !right && !shown.take(tx, old.merchant)? {
            return Ok(false);
        }
        let renewed = params![old.merchant.0, old.hash.clone(), ticket.hash.clone(), now.0];
        if tx.run(&sql::sessions::RENEW, &renewed)? == 0 {
            return Ok(false);
        }
        tx.run(&sql::people::FORGET_TRIES, &params![account.clone()])?;
        audit_log::note(tx, &entry, now)?;
        Ok::<_, Error>(true)
    });
    match written.await.map_err(|error| Problem::broken(&error))? {
        true => Ok(token),
        false => Err(refused(app, visitor, person.account().to_vec(), Code::InvalidCredentials).await),
    }
}
