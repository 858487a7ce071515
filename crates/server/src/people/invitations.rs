//! How somebody becomes an operator or a user: by a link that is good once, for a day, and printed on the machine. There is
//! no default password, and no page that is open to whoever comes first.

use super::sessions::{Beginning, role_of};
use super::{OPERATORS, Refusal, Ticket, Visitor, address, address_of, letter, passwords, waiting};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::error::Error;
use crate::locale::Locale;
use crate::mail::Purpose;
use crate::permissions::Role;
use crate::secrets::Secrets;
use crate::{sql, texts};
use db::{Transaction, params};
use domain::contact::ContactKind;
use domain::ids::{MerchantId, SessionId, StoreId, UserId};
use domain::moment::Instant;
use serde_json::json;

/// How long an invitation is good, in minutes: a day.
pub const GOOD_MINUTES: i64 = 24 * 60;
/// The fact of the installation that is locked while the first operator is invited.
const FIRST_OPERATOR: &str = "first_operator";
/// The most characters of a name.
const NAME_MAX: usize = 80;

/// Whom an invitation makes.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Of which merchant; [`OPERATORS`] for an operator.
    pub merchant: MerchantId,
    /// As what.
    pub role: Role,
    /// Where; empty for everywhere.
    pub stores: Vec<StoreId>,
    /// With which address; whoever follows the link says theirs when there is none.
    pub address: Option<String>,
}

impl Invited {
    /// What the log says of it; the address stays out.
    fn told(&self) -> Change {
        Change::made(json!({ "role": self.role.code(), "stores": stores_text(&self.stores) }))
    }
}

/// A person to make, who can sign in at once: for invitations that are followed, and for the demonstration.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// Whom.
    pub invited: Invited,
    /// Their id.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// The hash of their password.
    pub password_hash: String,
}

/// Whoever has a shell on the machine invites somebody: the address of the invitation, within the installation. Told once:
/// only a hash of it is stored.
///
/// # Errors
/// [`Refusal::AddressTaken`].
pub async fn invite(app: &App, invited: Invited) -> Result<String, Refusal> {
    by(app, Who::console(), invited, None).await
}

/// Somebody invites somebody, and a letter goes out, if there is an address and the language of who reads it. An earlier
/// invitation of the address is over: inviting again renews it.
///
/// # Errors
/// [`Refusal::AddressTaken`].
pub async fn by(app: &App, who: Who, invited: Invited, letter: Option<(Locale, String)>) -> Result<String, Refusal> {
    let made = make(app, who, invited, letter, |_| Ok(true)).await?;
    made.ok_or(Refusal::AddressTaken)
}

/// Makes an invitation, if `may` says so in its transaction and nobody has the address.
async fn make(
    app: &App,
    who: Who,
    invited: Invited,
    letter: Option<(Locale, String)>,
    may: fn(&mut Transaction<'_>) -> Result<bool, Error>,
) -> Result<Option<String>, Refusal> {
    let now = app.clock.now();
    let (token, ticket) = Ticket::new(&app.secrets, invited.merchant)?;
    let letter = match (letter, &invited.address) {
        (Some((locale, whose)), Some(to)) => {
            let link = Some(app.config.address(&path(&token)));
            Some(letter::row(
                app,
                (invited.merchant, to),
                (Purpose::Invite, locale),
                whose,
                link,
            )?)
        }
        _ => None,
    };
    let entry = Entry::new(&app.secrets, who, Action::UserInvited)?;
    let entry = entry.at(invited.merchant).with(invited.told());
    let sealed = match &invited.address {
        Some(address) => Some(app.secrets.seal(PLACE, address)?),
        None => None,
    };
    let lookup = invited.address.as_deref().map(|address| lookup(&app.secrets, address));
    let (secrets, merchant) = (app.secrets.clone(), invited.merchant);
    let values = params![
        ticket.merchant.0,
        ticket.hash,
        invited.role.code(),
        stores_text(&invited.stores),
        sealed,
        now.0,
        now.plus_minutes(GOOD_MINUTES).0
    ];
    let made = app
        .db
        .write(move |tx| {
            if !may(tx)? {
                return Ok(false);
            }
            if let Some(lookup) = lookup
                && tx.row(&sql::people::BY_EMAIL, &params![lookup])?.is_some()
            {
                return Ok(false);
            }
            if let Some(address) = invited.address {
                waiting::drop_of(tx, &secrets, merchant, &address)?;
            }
            tx.run(&sql::people::ADD_LINK, &values)?;
            if let Some(letter) = letter {
                tx.run(&sql::letters::INSERT, &letter)?;
            }
            audit_log::note(tx, &entry, now)?;
            Ok::<_, Error>(true)
        })
        .await?;
    Ok(made.then(|| path(&token)))
}

/// The place for which the address of an invitation is sealed.
pub(super) const PLACE: &str = "invitation";

fn path(token: &str) -> String {
    format!("/welcome/{token}")
}

pub(super) fn lookup(secrets: &Secrets, address: &str) -> Vec<u8> {
    secrets.lookup(OPERATORS, ContactKind::Email, address)
}

fn stores_text(stores: &[StoreId]) -> String {
    crate::identity::stores_text(stores)
}

/// The way in for the first operator of an installation that has none: an invitation that names nobody. An older one is
/// good no more, because nobody may have it but who starts the installation now.
///
/// # Errors
/// When the database fails.
pub async fn first_operator(app: &App) -> Result<Option<String>, Refusal> {
    let is_first = |tx: &mut Transaction<'_>| {
        // Locks, so that of several processes that start at once only the last one's link is good.
        tx.run(&sql::catalogue::MARK, &params![FIRST_OPERATOR, "invited"])?;
        if !tx.rows(&sql::people::LIST, &params![OPERATORS.0])?.is_empty() {
            return Ok(false);
        }
        tx.run(&sql::people::DROP_OPEN_LINKS, &params![OPERATORS.0])?;
        Ok(true)
    };
    let invited = Invited {
        merchant: OPERATORS,
        role: Role::OperatorOwner,
        stores: Vec::new(),
        address: None,
    };
    make(app, Who::console(), invited, None, is_first).await
}

/// What an invitation says, as long as it is good.
///
/// # Errors
/// [`Refusal::LinkUsed`], [`Refusal::LinkExpired`].
pub async fn look(app: &App, token: &str) -> Result<Invited, Refusal> {
    let ticket = Ticket::read(token).ok_or(Refusal::LinkExpired)?;
    let (now, key) = (app.clock.now(), params![ticket.merchant.0, ticket.hash]);
    let row = app
        .db
        .read(move |tx| Ok::<_, Error>(tx.row(&sql::people::LINK, &key)?))
        .await?;
    let row = row.ok_or(Refusal::LinkExpired)?;
    let broken = |error: db::Error| Refusal::from(Error::from(error));
    let (expires_at, used_at): (i64, Option<i64>) = (row.get(3).map_err(broken)?, row.get(4).map_err(broken)?);
    if used_at.is_some() {
        return Err(Refusal::LinkUsed);
    }
    if expires_at <= now.0 {
        return Err(Refusal::LinkExpired);
    }
    let (code, stores): (String, String) = (row.get(0).map_err(broken)?, row.get(1).map_err(broken)?);
    let sealed: Option<Vec<u8>> = row.get(2).map_err(broken)?;
    Ok(Invited {
        merchant: ticket.merchant,
        role: role_of(ticket.merchant, &code)?,
        stores: waiting::stores_of(&stores)?,
        address: sealed.map(|sealed| app.secrets.open(PLACE, &sealed)).transpose()?,
    })
}

/// What somebody says of themselves when they follow an invitation.
#[derive(Clone, Debug)]
pub struct Said {
    /// Their name.
    pub name: String,
    /// Their address, where the invitation names none.
    pub address: String,
    /// The password they choose.
    pub password: String,
}

/// Follows an invitation: the person is made, the link is used up, and they are signed in.
///
/// # Errors
/// The invitation is over, the password is too easy, or what was typed cannot be used.
pub async fn follow(app: &App, visitor: &Visitor, token: &str, said: Said) -> Result<String, Refusal> {
    let invited = look(app, token).await?;
    let link = Ticket::read(token).ok_or(Refusal::LinkExpired)?;
    let typed = invited.address.clone().unwrap_or(said.address);
    let address = address(&typed).ok_or(Refusal::Unreadable)?;
    let name = texts::text(&said.name, NAME_MAX, false).map_err(|_| Refusal::Unreadable)?;
    if let Some(weak) = passwords::weakness(&said.password, &address) {
        return Err(Refusal::Weak(weak));
    }
    let now = app.clock.now();
    let (merchant, role, user) = (invited.merchant, invited.role, UserId(app.secrets.new_id(now)?));
    let password_hash = app.passwords.hash(&app.secrets, said.password).await?;
    let (session, ticket) = Ticket::new(&app.secrets, merchant)?;
    let beginning = Beginning {
        ticket,
        session: SessionId(app.secrets.new_id(now)?),
        user,
        visitor: visitor.clone(),
        whole: true,
    };
    let invited = Invited {
        address: Some(address.clone()),
        ..invited
    };
    let row = NewPerson {
        invited: invited.clone(),
        user,
        name,
        password_hash,
    }
    .row(&app.secrets, now)?;
    let entry = Entry::new(&app.secrets, Who::person(user, role), Action::UserMade)?.at(merchant);
    let entry = entry.about(user).from(Some(visitor.address)).with(invited.told());
    let lookup = lookup(&app.secrets, &address);
    let made = app.db.write(move |tx| {
        if tx.row(&sql::people::BY_EMAIL, &params![lookup])?.is_some() {
            return Ok(Err(Refusal::AddressTaken));
        }
        if tx.run(&sql::people::USE_LINK, &params![link.merchant.0, link.hash, now.0])? == 0 {
            return Ok(Err(Refusal::LinkUsed));
        }
        tx.run(&sql::people::ADD, &row)?;
        beginning.write(tx, now)?;
        audit_log::note(tx, &entry, now)?;
        Ok::<_, Error>(Ok(session))
    });
    match made.await {
        Ok(made) => made,
        // Somebody else took the address at the same moment.
        Err(Error::Database(db::Error::UniqueViolation { .. })) => Err(Refusal::AddressTaken),
        Err(error) => Err(error.into()),
    }
}

impl NewPerson {
    /// The row of the table.
    fn row(&self, secrets: &Secrets, now: Instant) -> Result<Vec<db::Value>, Refusal> {
        let address = self.invited.address.as_deref().ok_or(Refusal::Unreadable)?;
        let sealed = secrets.seal(&address_of(self.user), address)?;
        let values = params![
            self.invited.merchant.0,
            self.user.0,
            lookup(secrets, address),
            sealed,
            self.name.clone(),
            self.invited.role.code(),
            stores_text(&self.invited.stores),
            self.password_hash.clone(),
            now.0
        ];
        Ok(values.to_vec())
    }

    /// Makes the person, with a row in the log: for whoever has a shell on the machine.
    ///
    /// # Errors
    /// When the database refuses, for example because the address is taken.
    pub fn write(&self, tx: &mut Transaction<'_>, secrets: &Secrets, now: Instant) -> Result<(), Error> {
        let malformed = |_| Error::malformed("a person", "their address cannot be sealed");
        let row = self.row(secrets, now).map_err(malformed)?;
        let entry = Entry::new(secrets, Who::console(), Action::UserMade);
        let entry = entry.map_err(|error| Error::malformed("a row of the log", error))?;
        let entry = entry.at(self.invited.merchant).about(self.user);
        tx.run(&sql::people::ADD, &row)?;
        let entry = entry.with(self.invited.told());
        audit_log::note(tx, &entry, now)
    }
}
