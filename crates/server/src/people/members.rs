//! The people of a merchant's back office, or of the installation: who they are, what they may, and the end of it. Somebody
//! stays who may do everything (`SIGN-2`).

use super::sessions::role_of;
use super::{Refusal, address_of, letter, waiting};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::identity::stores_text;
use crate::locale::Locale;
use crate::mail::Purpose;
use crate::permissions::Role;
use crate::problem::{Code, Problem};
use crate::sql;
use db::{Row, Transaction, params};
use domain::ids::{MerchantId, StoreId, UserId};
use domain::moment::Instant;
use serde_json::json;

/// Somebody who signs in, or did.
#[derive(Clone, Debug)]
pub struct Member {
    /// Their id.
    pub id: UserId,
    /// Their address.
    pub address: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Where; empty for everywhere.
    pub stores: Vec<StoreId>,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// When they were last here, in a session that goes on.
    pub seen_at: Option<Instant>,
}

/// What is done with somebody.
#[derive(Clone, Debug)]
pub enum Deed {
    /// They may do something else, or elsewhere.
    Change(Role, Vec<StoreId>),
    /// They sign in no more, and their sessions end.
    End,
    /// They sign in again.
    Return,
    /// Second factor, recovery codes and passkeys are gone, and their sessions end: for who lost a device. A letter tells them,
    /// in a language and in somebody's name.
    Reset(Locale, String),
}

/// The people of a merchant; the operators of [`super::OPERATORS`].
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId) -> Result<Vec<Member>, Error> {
    let rows = app
        .db
        .read(move |tx| Ok::<_, Error>(tx.rows(&sql::people::LIST, &params![merchant.0])?))
        .await?;
    rows.iter().map(|row| read(app, merchant, row)).collect()
}

fn read(app: &App, merchant: MerchantId, row: &Row) -> Result<Member, Error> {
    let (id, sealed, code): (_, Vec<u8>, String) = (UserId(row.get(0)?), row.get(1)?, row.get(3)?);
    let address = app.secrets.open(&address_of(id), &sealed);
    let (disabled_at, stores): (Option<i64>, String) = (row.get(4)?, row.get(5)?);
    Ok(Member {
        id,
        address: address.map_err(|error| Error::malformed("an address", error))?,
        name: row.get(2)?,
        role: role_of(merchant, &code)?,
        stores: waiting::stores_of(&stores)?,
        active: disabled_at.is_none(),
        has_factor: row.get::<Option<Vec<u8>>>(6)?.is_some(),
        seen_at: row.get::<Option<i64>>(7)?.map(Instant),
    })
}

/// Does something with somebody, in every process from the next request on. Who would be the last that may do everything
/// stays; only the console is not held to that.
///
/// # Errors
/// `not_found`, `last_owner`.
pub async fn act(app: &App, who: Who, merchant: MerchantId, user: UserId, deed: Deed) -> Result<(), Refusal> {
    let now = app.clock.now();
    let (app_then, by) = (app.clone(), (who != Who::console()).then(|| who.actor()));
    let entry = Entry::new(&app.secrets, who, deed.action())?.at(merchant).about(user);
    let done = app.db.write(move |tx| {
        let owners = tx.rows(&sql::people::LOCK_OWNERS, &params![merchant.0])?;
        let owners = owners.iter().map(|row| Ok(UserId(row.get(0)?).to_string()));
        let owners = owners.collect::<Result<Vec<_>, Error>>()?;
        let Some(row) = tx.row(&sql::people::LOCK, &params![merchant.0, user.0])? else {
            return Ok(Err(Code::NotFound));
        };
        let was = Was {
            role: row.get(0)?,
            stores: row.get(1)?,
            active: row.get::<Option<i64>>(2)?.is_none(),
        };
        let is_last = owners.len() < 2 && was.active && was.role == OWNER;
        if by.is_some() && is_last && deed.takes_owner() {
            return Ok(Err(Code::LastOwner));
        }
        // Who does it may have been ended, or given less, since they asked.
        if by.is_some_and(|by| !owners.contains(&by)) {
            return Ok(Err(Code::Forbidden));
        }
        if let Deed::Reset(locale, whose) = &deed {
            let sealed: Vec<u8> = row.get(3)?;
            tell_of_reset(tx, &app_then, (merchant, user, &sealed), (*locale, whose.clone()))?;
        }
        if let Some(change) = deed.write(tx, (merchant, user), &was, now)? {
            audit_log::note(tx, &entry.with(change), now)?;
        }
        Ok::<_, Error>(Ok(()))
    });
    done.await?.map_err(|code| Problem::from(code).into())
}

/// Writes a letter to somebody whose second factor is reset.
fn tell_of_reset(
    tx: &mut Transaction<'_>,
    app: &App,
    (merchant, user, sealed): (MerchantId, UserId, &[u8]),
    (locale, whose): (Locale, String),
) -> Result<(), Error> {
    let broken = |error| Error::malformed("a letter", error);
    let address = app.secrets.open(&address_of(user), sealed).map_err(broken)?;
    let link = Some(app.config.address("/signin"));
    let letter = letter::row(app, (merchant, &address), (Purpose::FactorReset, locale), whose, link);
    tx.run(&sql::letters::INSERT, &letter.map_err(broken)?)?;
    Ok(())
}

/// The name of who may do everything, among operators as among users.
const OWNER: &str = "owner";

/// Somebody as they were.
struct Was {
    role: String,
    stores: String,
    active: bool,
}

impl Deed {
    const fn action(&self) -> Action {
        match self {
            Deed::Change(..) => Action::UserChanged,
            Deed::End => Action::UserDisabled,
            Deed::Return => Action::UserReturned,
            Deed::Reset(..) => Action::UserSecondFactorRemoved,
        }
    }

    fn takes_owner(&self) -> bool {
        match self {
            Deed::Change(role, _) => role.code() != OWNER,
            Deed::End => true,
            Deed::Return | Deed::Reset(..) => false,
        }
    }

    /// Writes it down; nothing where it was so before.
    fn write(
        &self,
        tx: &mut Transaction<'_>,
        (merchant, user): (MerchantId, UserId),
        was: &Was,
        now: Instant,
    ) -> Result<Option<Change>, Error> {
        let key = params![merchant.0, user.0];
        let active = |active: bool| json!({ "active": active });
        let change = match self {
            Deed::Change(role, stores) => {
                let (role, stores) = (role.code(), stores_text(stores));
                if (role, &stores) == (&was.role, &was.stores) {
                    return Ok(None);
                }
                let row = params![merchant.0, user.0, role, stores.clone()];
                tx.run(&sql::people::SET_ROLE, &row)?;
                let told = |role: &str, stores: &str| json!({ "role": role, "stores": stores });
                Change::of(told(&was.role, &was.stores), told(role, &stores))
            }
            Deed::End if was.active => {
                tx.run(&sql::people::DISABLE, &params![merchant.0, user.0, now.0])?;
                tx.run(&sql::sessions::END_ALL, &key)?;
                Change::of(active(true), active(false))
            }
            Deed::Return if !was.active => {
                tx.run(&sql::people::RETURN, &key)?;
                Change::of(active(false), active(true))
            }
            Deed::End | Deed::Return => return Ok(None),
            Deed::Reset(..) => {
                tx.run(&sql::people::DROP_SEED, &key)?;
                tx.run(&sql::people::DROP_CODES, &key)?;
                tx.run(&sql::passkeys::DROP, &key)?;
                tx.run(&sql::sessions::END_ALL, &key)?;
                Change::made(json!({ "devices": "all" }))
            }
        };
        Ok(Some(change))
    }
}
