//! What people change about their own account: the password, the second factor, recovery codes, sessions. Each leaves a row
//! in the log; what is dangerous needs a [`Fresh`] proof of who they are.

use super::sessions;
pub use super::sessions::Listed;
use super::{Factor, Person, Refusal, Ticket, Visitor, factor, passwords, sign_in};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::problem::{Code, Problem};
use crate::sql;
use db::{Transaction, params};
use domain::ids::SessionId;
use serde_json::json;

/// A person who proved lately who they are.
pub struct Fresh<'a>(&'a Person);

impl<'a> Fresh<'a> {
    /// The proof; none when it is too long ago.
    pub fn of(app: &App, person: &'a Person) -> Option<Self> {
        person.is_fresh(app.clock.now()).then_some(Self(person))
    }

    pub(super) fn person(&self) -> &'a Person {
        self.0
    }
}

/// What the page of one's own account shows.
#[derive(Clone, Debug)]
pub struct Account {
    /// Browsers that signed in, the last used first.
    pub sessions: Vec<Listed>,
    /// How many recovery codes are left.
    pub codes: i64,
}

/// The account of a person.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(app: &App, person: &Person) -> Result<Account, Error> {
    let sessions = sessions::list(app, person).await?;
    let key = params![person.merchant().0, person.id().0];
    let codes = app
        .db
        .read(move |tx| {
            let row = tx.row(&sql::people::COUNT_CODES, &key)?;
            Ok::<_, Error>(row.map(|row| row.get(0)).transpose()?.unwrap_or(0))
        })
        .await?;
    Ok(Account { sessions, codes })
}

pub(super) fn entry(app: &App, visitor: &Visitor, person: &Person, action: Action) -> Result<Entry, Problem> {
    let entry = Entry::new(&app.secrets, Who::person(person.id(), person.role()), action)?;
    let entry = entry.at(person.merchant()).about(person.id());
    Ok(entry.from(Some(visitor.address)))
}

/// Changes the password, ends all other sessions, and lets this one go on under a new token.
///
/// # Errors
/// `unauthenticated` when the session ended meanwhile, as for all that is changed here; `invalid_credentials` for a wrong old one; a new one that is too easy.
pub async fn change_password(
    app: &App,
    visitor: &Visitor,
    person: &Person,
    (old, new): (&str, &str),
) -> Result<String, Refusal> {
    if let Some(weak) = passwords::weakness(new, person.address()) {
        return Err(Refusal::Weak(weak));
    }
    sign_in::count(app, visitor, person.account()).await?;
    let (merchant, user, now) = (person.merchant(), person.id(), app.clock.now());
    let stored = stored_hash(app, person).await?;
    if !app.passwords.verify(old, stored).await? {
        let account = person.account().to_vec();
        let refused = sign_in::refused(app, visitor, account, Code::InvalidCredentials).await;
        return Err(refused.into());
    }
    let hash = app.passwords.hash(&app.secrets, new.to_owned()).await?;
    let entry = entry(app, visitor, person, Action::UserPasswordChanged)?;
    let (token, ticket) = Ticket::new(&app.secrets, merchant)?;
    let (current, session) = (person.ticket().hash.clone(), person.session());
    let (account, standing) = (person.account().to_vec(), person.standing(now));
    app.db
        .write(move |tx| {
            standing.check(tx)?;
            tx.run(&sql::people::SET_PASSWORD, &params![merchant.0, user.0, hash])?;
            tx.run(&sql::sessions::END_OTHERS, &params![merchant.0, user.0, session.0])?;
            let renewed = params![merchant.0, current, ticket.hash, now.0];
            tx.run(&sql::sessions::RENEW, &renewed)?;
            tx.run(&sql::people::FORGET_TRIES, &params![account])?;
            audit_log::note(tx, &entry, now)
        })
        .await?;
    Ok(token)
}

async fn stored_hash(app: &App, person: &Person) -> Result<Option<String>, Error> {
    let key = params![person.merchant().0, person.id().0];
    app.db
        .read(move |tx| {
            let row = tx.row(&sql::people::USER, &key)?;
            Ok::<_, Error>(row.map(|row| row.get(3)).transpose()?)
        })
        .await
}

/// Offers a new second factor, which counts once a code of it was typed.
///
/// # Errors
/// When the database fails.
pub async fn offer_factor(app: &App, fresh: &Fresh<'_>) -> Result<(), Refusal> {
    let person = fresh.0;
    let seed = Factor::seed(&app.secrets, person.id())?;
    let values = params![person.merchant().0, person.id().0, seed];
    app.db
        .write(move |tx| Ok::<_, Error>(tx.run(&sql::people::OFFER_SEED, &values)?))
        .await?;
    Ok(())
}

/// The second factor that is offered.
///
/// # Errors
/// [`Refusal::NothingOffered`].
pub async fn offered_factor(app: &App, fresh: &Fresh<'_>) -> Result<(Factor, Vec<u8>), Refusal> {
    let person = fresh.0;
    let key = params![person.merchant().0, person.id().0];
    let sealed: Option<Vec<u8>> = app
        .db
        .read(move |tx| {
            let row = tx.row(&sql::people::USER, &key)?;
            Ok::<_, Error>(row.map(|row| row.get::<Option<Vec<u8>>>(5)).transpose()?.flatten())
        })
        .await?;
    let sealed = sealed.ok_or(Refusal::NothingOffered)?;
    let factor = Factor::open(&app.secrets, person.id(), &sealed, person.address())?;
    Ok((factor, sealed))
}

/// Takes the offered second factor with a code of it, ends all other sessions, and gives recovery codes, told this once.
///
/// # Errors
/// `mfa_invalid`, `too_many_attempts`.
pub async fn take_factor(app: &App, visitor: &Visitor, fresh: &Fresh<'_>, typed: &str) -> Result<Vec<String>, Refusal> {
    let person = fresh.0;
    sign_in::count(app, visitor, person.account()).await?;
    let (factor, sealed) = offered_factor(app, fresh).await?;
    let now = app.clock.now();
    let Some(step) = factor.step(typed, now) else {
        let refused = sign_in::refused(app, visitor, person.account().to_vec(), Code::MfaInvalid).await;
        return Err(refused.into());
    };
    let codes = factor::new_codes(&app.secrets)?;
    let entry = entry(app, visitor, person, Action::UserSecondFactorSet)?;
    let key = (person.merchant().0, person.id().0, person.session().0);
    let hashes = hashes(app, person, &codes);
    let (account, standing) = (person.account().to_vec(), person.standing(now));
    let taken = app
        .db
        .write(move |tx| {
            standing.check(tx)?;
            let (merchant, user, session) = key;
            if tx.run(&sql::people::TAKE_SEED, &params![merchant, user, sealed, step])? == 0 {
                return Ok(false);
            }
            replace_codes(tx, (merchant, user), &hashes)?;
            tx.run(&sql::sessions::END_OTHERS, &params![merchant, user, session])?;
            tx.run(&sql::people::FORGET_TRIES, &params![account])?;
            audit_log::note(tx, &entry, now)?;
            Ok::<_, Error>(true)
        })
        .await?;
    if taken { Ok(codes) } else { Err(Refusal::NothingOffered) }
}

fn hashes(app: &App, person: &Person, codes: &[String]) -> Vec<Vec<u8>> {
    let hash = |code: &String| factor::code_hash(&app.secrets, person.id(), code);
    codes.iter().map(hash).collect()
}

fn replace_codes(
    tx: &mut Transaction<'_>,
    (merchant, user): (uuid::Uuid, uuid::Uuid),
    hashes: &[Vec<u8>],
) -> Result<(), Error> {
    tx.run(&sql::people::DROP_CODES, &params![merchant, user])?;
    for hash in hashes {
        tx.run(&sql::people::ADD_CODE, &params![merchant, user, hash.clone()])?;
    }
    Ok(())
}

/// Gives the second factor up.
///
/// # Errors
/// When the database fails.
pub async fn drop_factor(app: &App, visitor: &Visitor, fresh: &Fresh<'_>) -> Result<(), Refusal> {
    let (person, now) = (fresh.0, app.clock.now());
    let entry = entry(app, visitor, person, Action::UserSecondFactorRemoved)?;
    let (key, standing) = (params![person.merchant().0, person.id().0], person.standing(now));
    app.db
        .write(move |tx| {
            standing.check(tx)?;
            tx.run(&sql::people::DROP_SEED, &key)?;
            tx.run(&sql::people::DROP_CODES, &key)?;
            audit_log::note(tx, &entry, now)
        })
        .await?;
    Ok(())
}

/// New recovery codes, told this once; the old ones are good no more.
///
/// # Errors
/// [`Refusal::NothingOffered`] without a second factor.
pub async fn renew_codes(app: &App, visitor: &Visitor, fresh: &Fresh<'_>) -> Result<Vec<String>, Refusal> {
    let (person, now) = (fresh.0, app.clock.now());
    if !person.has_factor() {
        return Err(Refusal::NothingOffered);
    }
    let codes = factor::new_codes(&app.secrets)?;
    let entry = entry(app, visitor, person, Action::UserRecoveryCodesRenewed)?;
    let key = (person.merchant().0, person.id().0);
    let (hashes, standing) = (hashes(app, person, &codes), person.standing(now));
    app.db
        .write(move |tx| {
            standing.check(tx)?;
            replace_codes(tx, key, &hashes)?;
            audit_log::note(tx, &entry, now)
        })
        .await?;
    Ok(codes)
}

/// Ends one session of one's own; that of somebody else is not there.
///
/// # Errors
/// `not_found`.
pub async fn end_session(app: &App, visitor: &Visitor, fresh: &Fresh<'_>, session: SessionId) -> Result<(), Refusal> {
    let (person, now) = (fresh.0, app.clock.now());
    let entry = entry(app, visitor, person, Action::UserSessionsEnded)?;
    let entry = entry.with(Change::made(json!({ "session": session.to_string() })));
    let key = params![person.merchant().0, person.id().0, session.0];
    let ended = app
        .db
        .write(move |tx| {
            let ended = tx.run(&sql::sessions::END_ONE, &key)?;
            if ended > 0 {
                audit_log::note(tx, &entry, now)?;
            }
            Ok::<_, Error>(ended)
        })
        .await?;
    if ended > 0 {
        Ok(())
    } else {
        Err(Problem::from(Code::NotFound).into())
    }
}

/// Ends all other sessions.
///
/// # Errors
/// When the database fails.
pub async fn end_others(app: &App, visitor: &Visitor, fresh: &Fresh<'_>) -> Result<(), Refusal> {
    let (person, now) = (fresh.0, app.clock.now());
    let entry = entry(app, visitor, person, Action::UserSessionsEnded)?;
    let entry = entry.with(Change::made(json!({ "session": "all others" })));
    let key = params![person.merchant().0, person.id().0, person.session().0];
    let standing = person.standing(now);
    app.db
        .write(move |tx| {
            standing.check(tx)?;
            tx.run(&sql::sessions::END_OTHERS, &key)?;
            audit_log::note(tx, &entry, now)
        })
        .await?;
    Ok(())
}
