//! Contacts that people give when they join, and prove by a letter (`ENR-3`): until then a contact waits, sealed, on the
//! new card, and nobody is found by it. It must not know pages or calls; both ask here.

mod proving;

pub use proving::{Proof, Proven, Unproved, look, prove};

use crate::app::App;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::ledger::{PendingContact, SealedContact, person_of};
use crate::locale::Locale;
use crate::mail::{self, Content, Letter, NewLink, Purpose};
use crate::secrets::{SecretError, Secrets};
use crate::sql;
use db::{Transaction, Value, params};
use domain::contact::{Contact, ContactKind};
use domain::ids::{CardId, MerchantId};
use domain::moment::Instant;

/// The place for which a contact is sealed while it waits on a card.
fn place(merchant: MerchantId, card: CardId) -> String {
    format!("pending:{merchant}:{card}")
}

/// A contact that is to wait on a new card, with the letter that asks for its proof. A phone number waits without one.
///
/// # Errors
/// [`SecretError`].
pub fn pending(
    app: &App,
    catalogue: &Catalogue,
    card: CardId,
    contact: &Contact,
    locale: Locale,
) -> Result<PendingContact, SecretError> {
    let (secrets, merchant) = (&app.secrets, catalogue.merchant.id);
    let lookup = secrets.lookup(merchant, contact.kind, &contact.text);
    let letter = (contact.kind == ContactKind::Email)
        .then(|| letter(app, catalogue, card, (&contact.text, &lookup), locale))
        .transpose()?;
    Ok(PendingContact {
        contact: SealedContact {
            kind: contact.kind.code(),
            lookup,
            sealed: secrets.seal(&place(merchant, card), &contact.text)?,
        },
        letter,
    })
}

/// By which key it is counted how often somebody joins with a contact (`ENR-7`).
pub fn limit_key(secrets: &Secrets, merchant: MerchantId, contact: &Contact) -> String {
    let lookup = secrets.lookup(merchant, contact.kind, &contact.text);
    format!("{merchant}:{}", person_of(contact, &lookup))
}

/// The rows of a letter that asks to prove a contact, and of its link.
fn letter(
    app: &App,
    catalogue: &Catalogue,
    card: CardId,
    (to, lookup): (&str, &[u8]),
    locale: Locale,
) -> Result<(Vec<Value>, Vec<Value>), SecretError> {
    let (secrets, merchant, now) = (&app.secrets, &catalogue.merchant, app.clock.now());
    let link = NewLink::new(secrets, merchant.id, Purpose::Confirm, (Some(card), None), now)?;
    let letter = Letter {
        purpose: Purpose::Confirm,
        locale,
        content: Content {
            to: to.to_owned(),
            merchant: merchant.name.clone(),
            link: Some(app.config.address(&format!("/v/{}", link.text))),
            code: None,
        },
    };
    Ok((mail::row(secrets, merchant.id, lookup, &letter, now)?, link.row))
}

/// A contact that waits on a card, opened.
#[derive(Clone)]
pub struct Waiting {
    /// `email` or `phone`.
    pub kind: String,
    /// Its keyed hash.
    pub lookup: Vec<u8>,
    /// The normalised text.
    pub text: String,
}

impl Waiting {
    /// What waits on a card.
    ///
    /// # Errors
    /// When the database cannot be read, or another key sealed it.
    pub fn find(
        app: &App,
        tx: &mut Transaction<'_>,
        merchant: MerchantId,
        card: CardId,
    ) -> Result<Option<Self>, Error> {
        let Some(row) = tx.row(&sql::contacts::PENDING, &params![merchant.0, card.0])? else {
            return Ok(None);
        };
        let sealed: Vec<u8> = row.get(2)?;
        let text = app.secrets.open(&place(merchant, card), &sealed);
        Ok(Some(Self {
            kind: row.get(0)?,
            lookup: row.get(1)?,
            text: text.map_err(|error| Error::malformed("a contact that waits", error))?,
        }))
    }

    /// Whether a letter reaches it.
    pub fn is_mail(&self) -> bool {
        self.kind == ContactKind::Email.code()
    }

    /// The contact as it may be shown to whoever holds the card's link: `m…@example.lu`.
    pub fn masked(&self) -> String {
        let (name, host) = self.text.split_once('@').unwrap_or((&self.text, ""));
        let first: String = name.chars().take(1).collect();
        format!("{first}…@{host}")
    }
}

/// The contact that waits on a card, if a letter reaches it.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting(app: &App, merchant: MerchantId, card: CardId) -> Result<Option<Waiting>, Error> {
    let reader = app.clone();
    let read = move |tx: &mut Transaction<'_>| Waiting::find(&reader, tx, merchant, card);
    let found = app.db.read(read).await?;
    Ok(found.filter(Waiting::is_mail))
}

/// Writes another letter for the contact that waits on a card. Only so many a day are sent; whoever asks for more hears the
/// same.
///
/// # Errors
/// When the database fails.
pub async fn write_again(app: &App, catalogue: &Catalogue, card: CardId, locale: Locale) -> Result<(), Error> {
    let merchant = catalogue.merchant.id;
    let Some(waiting) = waiting(app, merchant, card).await? else {
        return Ok(());
    };
    let now = app.clock.now();
    let rows = letter(app, catalogue, card, (&waiting.text, &waiting.lookup), locale);
    let (letter, link) = rows.map_err(|error| Error::malformed("a letter", error))?;
    app.db
        .write(move |tx| {
            // More than are sent are not even written: an open page cannot fill the table.
            if mail::is_enough(tx, merchant, (&waiting.lookup, Purpose::Confirm), now)? {
                return Ok(());
            }
            tx.run(
                &sql::contacts::INSERT_LINK,
                &[params![merchant.0].to_vec(), link].concat(),
            )?;
            tx.run(&sql::letters::INSERT, &[params![merchant.0].to_vec(), letter].concat())?;
            Ok::<_, Error>(())
        })
        .await
}

/// From when on links are forgotten: some days after their end, so that an old one is told from a wrong one.
pub fn forgotten_at(now: Instant) -> i64 {
    const KEPT_MINUTES: i64 = 30 * 24 * 60;
    now.plus_minutes(-KEPT_MINUTES).0
}
