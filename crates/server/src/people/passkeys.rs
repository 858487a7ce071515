//! Passkeys (W3C WebAuthn, Level 3): key pairs that a device keeps, and uses only once its person proved themselves to it. So one
//! of them stands for the password and the second factor together. What was asked of a device stands in the database, is
//! taken by its answer, and is over after a few minutes. Whose a passkey is, the device says: nobody types a name.

mod ceremony;
mod showing;

pub use ceremony::{Answer, Asked, are_offered};
pub use showing::{again, ask, sign_in};

use super::account::{self, Fresh};
use super::{Person, Refusal, Visitor};
use crate::app::App;
use crate::audit_log::{self, Action, Change};
use crate::error::Error;
use crate::problem::{Code, Problem};
use crate::sql;
use ceremony::{Ceremony, broken, house, keep, taken};
use db::{Row, params};
use domain::ids::PasskeyId;
use domain::moment::Instant;
use serde_json::{Value, json};
use webauthn_rs::prelude::{CredentialID, Passkey, RegisterPublicKeyCredential};

/// How many passkeys a person has at most.
const PASSKEYS_MAX: usize = 20;

/// A passkey as its person sees it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub id: PasskeyId,
    /// How its person calls it.
    pub name: String,
    /// Since when.
    pub created_at: Instant,
    /// When it was last used, if it was.
    pub used_at: Option<Instant>,
}

/// Asks for a new passkey, which the device shall find by itself later.
///
/// # Errors
/// `not_found` where none work; [`Refusal::PasskeyRefused`] for who has very many.
pub async fn offer(app: &App, fresh: &Fresh<'_>) -> Result<Asked, Refusal> {
    let house = house(&app.config).ok_or(Problem::from(Code::NotFound))?;
    let person = fresh.person();
    let known = of(app, person, |row| Ok(CredentialID::from(row.get::<Vec<u8>>(4)?))).await?;
    if known.len() >= PASSKEYS_MAX {
        return Err(Refusal::PasskeyRefused);
    }
    let user = person.id();
    let begun = house.start_passkey_registration(user.0, person.address(), person.name(), Some(known));
    let (options, state) = begun.map_err(|error| broken(&error))?;
    let mut options = json!(options.public_key);
    options["authenticatorSelection"]["residentKey"] = json!("required");
    options["authenticatorSelection"]["requireResidentKey"] = json!(true);
    Ok(keep(app, Ceremony::Add { user, state }, options).await?)
}

/// Adds a passkey that a device made, under a name.
///
/// # Errors
/// [`Refusal::PasskeyRefused`] for an answer that is not right, late, or to something else.
pub async fn add(app: &App, visitor: &Visitor, fresh: &Fresh<'_>, name: &str, shown: &Answer) -> Result<(), Refusal> {
    let person = fresh.person();
    let Some(passkey) = made(app, person, shown).await? else {
        return Err(Refusal::PasskeyRefused);
    };
    let now = app.clock.now();
    let id = PasskeyId(app.secrets.new_id(now)?);
    let entry = account::entry(app, visitor, person, Action::UserPasskeyAdded)?;
    let entry = entry.with(Change::made(json!({ "id": id.to_string(), "name": name })));
    let credential: &[u8] = passkey.cred_id().as_ref();
    let row = params![
        person.merchant().0,
        id.0,
        person.id().0,
        credential.to_vec(),
        json!(passkey).to_string(),
        name.to_owned(),
        now.0
    ];
    let standing = person.standing(now);
    let added = app.db.write(move |tx| {
        standing.check(tx)?;
        let added = tx.run(&sql::passkeys::ADD, &row)? > 0;
        if added {
            audit_log::note(tx, &entry, now)?;
        }
        Ok::<_, Error>(added)
    });
    if added.await? {
        Ok(())
    } else {
        Err(Refusal::PasskeyRefused)
    }
}

async fn made(app: &App, person: &Person, shown: &Answer) -> Result<Option<Passkey>, Problem> {
    let taken = taken(app, &shown.ceremony).await?;
    let (Some(Ceremony::Add { user, state }), Some(house)) = (taken, house(&app.config)) else {
        return Ok(None);
    };
    let answer = serde_json::from_str::<RegisterPublicKeyCredential>(&shown.answer).ok();
    let answer = answer.filter(|_| user == person.id());
    Ok(answer.and_then(|answer| house.finish_passkey_registration(&answer, &state).ok()))
}

/// Takes a passkey of one's own away, and ends all other sessions: one of them may have begun with it.
///
/// # Errors
/// `not_found`.
pub async fn remove(app: &App, visitor: &Visitor, fresh: &Fresh<'_>, id: PasskeyId) -> Result<(), Refusal> {
    let (person, now) = (fresh.person(), app.clock.now());
    let entry = account::entry(app, visitor, person, Action::UserPasskeyRemoved)?;
    let key = (person.merchant().0, person.id().0, person.session().0);
    let standing = person.standing(now);
    let removed = app.db.write(move |tx| {
        standing.check(tx)?;
        let (merchant, user, session) = key;
        let Some(row) = tx.row(&sql::passkeys::REMOVE, &params![merchant, user, id.0])? else {
            return Ok(false);
        };
        tx.run(&sql::sessions::END_OTHERS, &params![merchant, user, session])?;
        let name: String = row.get(0)?;
        let gone = Change::of(json!({ "id": id.to_string(), "name": name }), Value::Null);
        audit_log::note(tx, &entry.with(gone), now)?;
        Ok::<_, Error>(true)
    });
    if removed.await? {
        Ok(())
    } else {
        Err(Problem::from(Code::NotFound).into())
    }
}

/// The passkeys of a person, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, person: &Person) -> Result<Vec<Listed>, Error> {
    let listed = |row: &Row| {
        Ok(Listed {
            id: PasskeyId(row.get(0)?),
            name: row.get(1)?,
            created_at: Instant(row.get(2)?),
            used_at: row.get::<Option<i64>>(3)?.map(Instant),
        })
    };
    of(app, person, listed).await
}

async fn of<T: Send + 'static>(
    app: &App,
    person: &Person,
    read: impl Fn(&Row) -> Result<T, Error> + Send + 'static,
) -> Result<Vec<T>, Error> {
    let key = params![person.merchant().0, person.id().0];
    let rows = app
        .db
        .read(move |tx| tx.rows(&sql::passkeys::OF_USER, &key)?.iter().map(&read).collect());
    rows.await
}
