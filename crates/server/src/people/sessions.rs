//! Sessions: a browser that signed in, and the person behind it. They stand in the database, so that every process honours
//! what another one ended at the next request. Only [`held`] makes a [`Person`].

use super::{OPERATORS, Ticket, Visitor, address_of};
use crate::app::App;
use crate::error::Error;
use crate::permissions::{Action, Group, Role};
use crate::problem::Problem;
use crate::sql;
use db::{Row, Transaction, params};
use domain::ids::{MerchantId, SessionId, StoreId, UserId};
use domain::moment::Instant;

/// How long a session lasts, in minutes, whatever happens in it: thirty days.
pub const KEEP_MINUTES: i64 = 30 * 24 * 60;
/// How long it lasts, in minutes, when nothing happens in it: twelve hours.
const IDLE_MINUTES: i64 = 12 * 60;
/// How long the second factor may take, in minutes.
const HALFWAY_MINUTES: i64 = 10;
/// How long a proof of who somebody is counts before dangerous actions, in minutes.
const FRESH_MINUTES: i64 = 10;
/// How often it is written down that a session was used, in minutes.
const SEEN_EVERY_MINUTES: i64 = 1;

const HALFWAY: &str = "halfway";
const WHOLE: &str = "whole";

/// What a cookie is good for.
#[derive(Clone, Debug)]
pub enum Held {
    /// Nothing: no session, or one that is over.
    Nothing,
    /// The password was right; the second factor is still to be shown.
    Halfway(Halfway),
    /// Somebody signed in.
    Whole(Box<Person>),
}

/// Somebody whose password was right, and whose second factor is still to be shown. Only [`held`] makes one.
#[derive(Clone, Debug)]
pub struct Halfway {
    pub(super) ticket: Ticket,
    pub(super) user: UserId,
    pub(super) role: Role,
    pub(super) account: Vec<u8>,
    pub(super) seed: Option<Vec<u8>>,
}

/// A person who signed in. Only [`held`] makes one.
#[derive(Clone, Debug)]
pub struct Person {
    ticket: Ticket,
    session: SessionId,
    user: UserId,
    name: String,
    role: Role,
    stores: Vec<StoreId>,
    address: String,
    account: Vec<u8>,
    seed: Option<Vec<u8>>,
    proven_at: Instant,
}

impl Person {
    /// The merchant; [`OPERATORS`] for an operator.
    pub fn merchant(&self) -> MerchantId {
        self.ticket.merchant
    }

    /// Their id.
    pub fn id(&self) -> UserId {
        self.user
    }

    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Their role.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Where; empty for everywhere.
    pub fn stores(&self) -> &[StoreId] {
        &self.stores
    }

    /// The address they sign in with.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// This browser's session.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// Whether they have a second factor.
    pub fn has_factor(&self) -> bool {
        self.seed.is_some()
    }

    /// Refuses what they may not do.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn may(&self, action: Action) -> Result<(), Problem> {
        self.role.check(action)
    }

    /// Whether they proved who they are lately enough for a dangerous action.
    pub fn is_fresh(&self, now: Instant) -> bool {
        now < self.proven_at.plus_minutes(FRESH_MINUTES)
    }

    pub(super) fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    pub(super) fn account(&self) -> &[u8] {
        &self.account
    }

    /// What every transaction that changes how somebody signs in looks at first.
    pub(super) fn standing(&self, now: Instant) -> Standing {
        Standing(self.ticket.clone(), self.user, now)
    }

    pub(super) fn seed(&self) -> Option<&[u8]> {
        self.seed.as_deref()
    }
}

/// A session that may have ended since its cookie was read.
pub(super) struct Standing(Ticket, UserId, Instant);

impl Standing {
    /// Leaves undone what was begun in a session that ended meanwhile, elsewhere or by whoever manages people.
    pub(super) fn check(&self, tx: &mut Transaction<'_>) -> Result<(), Error> {
        let Self(ticket, user, now) = self;
        // The person first, as whoever manages people does: their sessions end only under this lock, or by themselves.
        tx.row(&sql::people::LOCK, &params![ticket.merchant.0, user.0])?;
        let row = tx.row(
            &sql::sessions::STANDS,
            &params![ticket.merchant.0, ticket.hash.clone(), now.0],
        )?;
        row.map(|_| ())
            .ok_or_else(|| Error::Unfit("the session ended meanwhile".to_owned()))
    }
}

/// What a cookie is good for now.
///
/// # Errors
/// When the database cannot be read.
pub async fn held(app: &App, token: &str) -> Result<Held, Error> {
    let Some(ticket) = Ticket::read(token) else {
        return Ok(Held::Nothing);
    };
    let (now, asked) = (app.clock.now(), ticket.clone());
    let used_after = now.plus_minutes(-IDLE_MINUTES);
    let row = app
        .db
        .read(move |tx| {
            let key = params![asked.merchant.0, asked.hash, now.0, used_after.0];
            Ok::<_, Error>(tx.row(&sql::sessions::FIND, &key)?)
        })
        .await?;
    let Some(row) = row else { return Ok(Held::Nothing) };
    let (seen_at, key) = (Instant(row.get(2)?), ticket.clone());
    let found = read(app, ticket, &row)?;
    if seen_at.plus_minutes(SEEN_EVERY_MINUTES) <= now && matches!(found, Held::Whole(_)) {
        let seen = params![key.merchant.0, key.hash, now.0];
        app.db
            .write(move |tx| Ok::<_, Error>(tx.run(&sql::sessions::SEEN, &seen)?))
            .await?;
    }
    Ok(found)
}

fn read(app: &App, ticket: Ticket, row: &Row) -> Result<Held, Error> {
    let malformed = |what: &str| Error::malformed("a session", what);
    let stage: String = row.get(1)?;
    let user = UserId(row.get(4)?);
    let (code, stores): (String, String) = (row.get(6)?, row.get(7)?);
    let role = role_of(ticket.merchant, &code)?;
    let (sealed, account): (Vec<u8>, Vec<u8>) = (row.get(8)?, row.get(9)?);
    let seed: Option<Vec<u8>> = row.get(10)?;
    if stage != WHOLE {
        return Ok(Held::Halfway(Halfway {
            ticket,
            user,
            role,
            account,
            seed,
        }));
    }
    let stores = stores.split_whitespace().map(|id| id.parse().ok());
    let address = app.secrets.open(&address_of(user), &sealed);
    Ok(Held::Whole(Box::new(Person {
        ticket,
        session: SessionId(row.get(0)?),
        user,
        name: row.get(5)?,
        role,
        // Left out, one that cannot be read would say less than was meant, and no store means every store.
        stores: stores
            .collect::<Option<_>>()
            .ok_or_else(|| malformed("a store is not known"))?,
        address: address.map_err(|error| Error::malformed("an address", error))?,
        account,
        seed,
        proven_at: Instant(row.get(3)?),
    })))
}

/// The role of a name at a merchant, or among the operators.
pub(super) fn role_of(merchant: MerchantId, code: &str) -> Result<Role, Error> {
    let group = if merchant == OPERATORS {
        Group::Operators
    } else {
        Group::Users
    };
    Role::of(group, code).ok_or_else(|| Error::malformed("a role", "it is not known"))
}

/// A session to begin.
pub(super) struct Beginning {
    pub(super) ticket: Ticket,
    pub(super) session: SessionId,
    pub(super) user: UserId,
    pub(super) visitor: Visitor,
    pub(super) whole: bool,
}

impl Beginning {
    /// Begins it.
    pub(super) fn write(&self, tx: &mut Transaction<'_>, now: Instant) -> Result<(), Error> {
        let (stage, minutes) = if self.whole {
            (WHOLE, KEEP_MINUTES)
        } else {
            (HALFWAY, HALFWAY_MINUTES)
        };
        let values = params![
            self.ticket.merchant.0,
            self.ticket.hash.clone(),
            self.session.0,
            self.user.0,
            stage,
            self.visitor.device.clone(),
            self.visitor.address.to_string(),
            now.0,
            now.plus_minutes(minutes).0
        ];
        tx.run(&sql::sessions::BEGIN, &values)?;
        Ok(())
    }
}

/// A session as its person sees it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub id: SessionId,
    /// Browser and system.
    pub device: String,
    /// From where it began.
    pub address: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used.
    pub seen_at: Instant,
}

/// The sessions of a person, the last used first.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn list(app: &App, person: &Person) -> Result<Vec<Listed>, Error> {
    let now = app.clock.now();
    let used_after = now.plus_minutes(-IDLE_MINUTES);
    let key = params![person.merchant().0, person.user.0, now.0, used_after.0];
    let read = |row: &Row| {
        Ok(Listed {
            id: SessionId(row.get(0)?),
            device: row.get(1)?,
            address: row.get(2)?,
            created_at: Instant(row.get(3)?),
            seen_at: Instant(row.get(4)?),
        })
    };
    app.db
        .read(move |tx| tx.rows(&sql::sessions::LIST, &key)?.iter().map(read).collect())
        .await
}
