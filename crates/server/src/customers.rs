//! Customers who sign in without a password: a letter brings a link and a code of six digits, and either opens a session.
//! Whether an address is known is never told: somebody unknown gets a letter as well, and the same work is done. Only
//! [`held`] makes a [`Customer`].

use crate::app::App;
use crate::audit_log::{self, Action, Entry, Who};
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::locale::Locale;
use crate::mail::{self, Content, Letter, Link, LinkRow, NewLink, Purpose, WRONG_MAX, code_hash};
use crate::people::Ticket;
use crate::permissions::{self, Role};
use crate::problem::Problem;
use crate::rate_limits::{Held, Kind};
use crate::secrets::{SecretError, base62, is_same};
use crate::sql::{self, lookups};
use db::{Transaction, params};
use domain::contact::Contact;
use domain::ids::{CustomerId, MerchantId};
use domain::moment::Instant;
use std::net::IpAddr;
use uuid::Uuid;

/// How long a session lasts, in minutes: thirty days.
pub const KEEP_MINUTES: i64 = 30 * 24 * 60;
/// How the log calls what a customer is.
const ROLE: &str = "customer";

/// A customer who signed in. Only [`held`] makes one.
#[derive(Clone, Debug)]
pub struct Customer {
    ticket: Ticket,
    id: CustomerId,
}

impl Customer {
    /// At which merchant.
    pub fn merchant(&self) -> MerchantId {
        self.ticket.merchant
    }

    /// Who.
    pub fn id(&self) -> CustomerId {
        self.id
    }

    /// Refuses what customers may not do.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn may(&self, action: permissions::Action) -> Result<(), Problem> {
        Role::Customer.check(action)
    }
}

/// The customer of a cookie, if its session is not over.
///
/// # Errors
/// When the database cannot be read.
pub async fn held(app: &App, token: &str) -> Result<Option<Customer>, Error> {
    let Some(ticket) = Ticket::read(token) else {
        return Ok(None);
    };
    let (merchant, hash, now) = (ticket.merchant, ticket.hash.clone(), app.clock.now());
    let read = move |tx: &mut Transaction<'_>| {
        let row = tx.row(&sql::contacts::SESSION, &params![merchant.0, hash, now.0])?;
        row.map(|row| row.get::<Uuid>(0)).transpose()
    };
    let found = app.db.read::<_, db::Error, _>(read).await?;
    Ok(found.map(|id| Customer {
        ticket,
        id: CustomerId(id),
    }))
}

/// Writes a letter with a link and a code, and says under which id the code is typed. For an address that nobody has the
/// same is done, and nothing proves anything.
///
/// # Errors
/// When the database fails.
pub async fn ask(app: &App, catalogue: &Catalogue, contact: &Contact, locale: Locale) -> Result<Uuid, Error> {
    let (secrets, merchant) = (&app.secrets, catalogue.merchant.id);
    let lookup = secrets.lookup(merchant, contact.kind, &contact.text);
    let (kind, by) = (contact.kind.code(), lookup.clone());
    // The code of a letter that is not sent opens nothing: nobody guesses on and on at fresh codes.
    let whose = base62::encode(&lookup);
    let enough = match app
        .limit(Kind::SignInContact, &format!("{merchant}:{kind}:{whose}"))
        .await
    {
        Ok(()) => false,
        Err(Held::Limited(_)) => true,
        Err(Held::Broken(error)) => return Err(error),
    };
    let find = move |tx: &mut Transaction<'_>| lookups::customer_by_contact(tx, merchant.0, kind, &by);
    let customer = app.db.read::<_, db::Error, _>(find).await?;
    let customer = customer.filter(|_| !enough).map(CustomerId);
    let rows = rows(app, catalogue, (contact, &lookup), customer, locale);
    let (id, link, letter) = rows.map_err(|error| Error::malformed("a letter", error))?;
    app.db
        .write::<_, Error, _>(move |tx| {
            tx.run(
                &sql::contacts::INSERT_LINK,
                &[params![merchant.0].to_vec(), link].concat(),
            )?;
            tx.run(&sql::letters::INSERT, &[params![merchant.0].to_vec(), letter].concat())?;
            Ok(())
        })
        .await?;
    Ok(id)
}

type Rows = (Uuid, Vec<db::Value>, Vec<db::Value>);

fn rows(
    app: &App,
    catalogue: &Catalogue,
    (contact, lookup): (&Contact, &[u8]),
    customer: Option<CustomerId>,
    locale: Locale,
) -> Result<Rows, SecretError> {
    let (merchant, now) = (&catalogue.merchant, app.clock.now());
    let made = NewLink::new(&app.secrets, merchant.id, Purpose::SignIn, (None, customer), now)?;
    let link = app.config.address(&format!("/s/{}", made.text));
    let letter = Letter {
        purpose: Purpose::SignIn,
        locale,
        content: Content {
            to: contact.text.clone(),
            merchant: merchant.name.clone(),
            link: customer.map(|_| link),
            code: customer.map(|_| made.code.clone()),
        },
    };
    let letter = mail::row(&app.secrets, merchant.id, lookup, &letter, now)?;
    Ok((made.id, made.row, letter))
}

/// What came of showing a link or a code.
#[derive(Debug)]
pub enum Shown {
    /// The session's cookie text.
    SignedIn(String),
    /// There is no such link.
    Unknown,
    /// Its ten minutes are over, or it was used.
    Over,
    /// The code is wrong.
    Wrong,
    /// It was wrong too often: the code is dead.
    Dead,
}

/// Whether a link still opens anything; looking changes nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(app: &App, link: &Link) -> Result<Option<Shown>, Error> {
    let (link, now) = (link.clone(), app.clock.now());
    let read = move |tx: &mut Transaction<'_>| LinkRow::find(tx, link.merchant, link.id).map(|row| (row, link));
    let (row, link) = app.db.read::<_, Error, _>(read).await?;
    Ok(match row.filter(|row| link.is_of(row, Purpose::SignIn)) {
        None => Some(Shown::Unknown),
        Some(row) if !is_open(&row, now) => Some(Shown::Over),
        Some(_) => None,
    })
}

fn is_open(row: &LinkRow, now: Instant) -> bool {
    !row.is_used() && !row.is_over(now) && row.wrong < WRONG_MAX
}

/// Signs in by the link of a letter.
///
/// # Errors
/// When the database fails.
pub async fn by_link(app: &App, link: &Link, from: IpAddr) -> Result<Shown, Error> {
    let link = link.clone();
    let (merchant, id) = (link.merchant, link.id);
    show(app, merchant, id, from, move |row| {
        link.is_of(row, Purpose::SignIn).then_some(true)
    })
    .await
}

/// Signs in by the code of a letter.
///
/// # Errors
/// When the database fails.
pub async fn by_code(app: &App, merchant: MerchantId, id: Uuid, code: &str, from: IpAddr) -> Result<Shown, Error> {
    let hash = code_hash(&app.secrets, id, code);
    show(app, merchant, id, from, move |row| {
        let known = row.code_hash.as_ref()?;
        // Of an address that nobody has, no code is right.
        Some(is_same(known, &hash) & row.customer.is_some())
    })
    .await
}

/// Judges what was shown, in one transaction with what comes of it. `judge` says nothing where there is no such link.
async fn show(
    app: &App,
    merchant: MerchantId,
    id: Uuid,
    from: IpAddr,
    judge: impl Fn(&LinkRow) -> Option<bool> + Send + 'static,
) -> Result<Shown, Error> {
    let broken = |error| Error::malformed("a session", error);
    let now = app.clock.now();
    let (text, ticket) = Ticket::new(&app.secrets, merchant).map_err(broken)?;
    let note =
        |action| Entry::new(&app.secrets, Who::stranger(), action).map(|entry| entry.at(merchant).from(Some(from)));
    let signed_in = note(Action::CustomerSignedIn).map_err(broken)?;
    let refused = note(Action::CustomerSignInRefused).map_err(broken)?;
    app.db
        .write::<_, Error, _>(move |tx| {
            let Some(row) = LinkRow::lock(tx, merchant, id)? else {
                return Ok(Shown::Unknown);
            };
            let Some(right) = judge(&row) else {
                return Ok(Shown::Unknown);
            };
            if row.wrong >= WRONG_MAX {
                return Ok(Shown::Dead);
            }
            if !is_open(&row, now) {
                return Ok(Shown::Over);
            }
            let Some(customer) = row.customer.filter(|_| right) else {
                let counted = tx.row(&sql::contacts::WRONG_CODE, &params![merchant.0, id, WRONG_MAX])?;
                let wrong: i64 = counted.map_or(Ok(WRONG_MAX), |row| row.get(0))?;
                audit_log::note(tx, &refused, now)?;
                return Ok(if wrong < WRONG_MAX { Shown::Wrong } else { Shown::Dead });
            };
            if tx.run(&sql::contacts::USE_LINK, &params![merchant.0, id, now.0])? == 0 {
                return Ok(Shown::Over);
            }
            begin(tx, merchant, (customer, &ticket), now)?;
            audit_log::note(tx, &signed_in.clone().by(Who::is(customer, ROLE)).about(customer), now)?;
            Ok(Shown::SignedIn(text.clone()))
        })
        .await
}

/// Begins a session; who could read the letter proved the contact.
fn begin(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    (customer, ticket): (CustomerId, &Ticket),
    now: Instant,
) -> Result<(), Error> {
    let ends = now.plus_minutes(KEEP_MINUTES).0;
    let session = params![merchant.0, ticket.hash.clone(), customer.0, now.0, ends];
    tx.run(&sql::contacts::BEGIN_SESSION, &session)?;
    tx.run(&sql::contacts::VERIFY_MAIL_OF, &params![merchant.0, customer.0, now.0])?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(app: &App, customer: &Customer, from: IpAddr) -> Result<(), Error> {
    let (merchant, hash, id, now) = (
        customer.merchant(),
        customer.ticket.hash.clone(),
        customer.id,
        app.clock.now(),
    );
    let entry = Entry::new(&app.secrets, Who::is(id, ROLE), Action::CustomerSignedOut)
        .map_err(|error| Error::malformed("a session", error))?;
    let entry = entry.at(merchant).about(id).from(Some(from));
    app.db
        .write::<_, Error, _>(move |tx| {
            if tx
                .row(&sql::contacts::END_SESSION, &params![merchant.0, hash])?
                .is_some()
            {
                audit_log::note(tx, &entry, now)?;
            }
            Ok(())
        })
        .await
}
