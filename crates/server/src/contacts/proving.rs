//! What happens when somebody opens the link of a letter and presses the button (`ENR-3`). The ledger's part comes first,
//! under a key of the link; what the link is good for ends only then. So a process that is killed between both is followed
//! by whoever presses again.

use super::Waiting;
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::ledger::{IdempotencyKey, Refusal, Submission, person_of};
use crate::mail::{Link, LinkRow, Purpose};
use crate::secrets::contact_of;
use crate::sql::{self, lookups};
use db::{Transaction, params};
use domain::Rejection;
use domain::card::{Card, CardStatus};
use domain::command::Command;
use domain::contact::{Contact, ContactKind};
use domain::event::{Actor, Origin, Reason};
use domain::facts::Authority;
use domain::ids::{CardId, CustomerId, MerchantId};
use domain::moment::Instant;
use std::sync::Arc;
use uuid::Uuid;

/// The route by which the ledger knows a link that is used twice at once.
const ROUTE: &str = "POST /v/{link}";
/// How often it is looked again whose the contact is, when somebody else proves it at the same time.
const ATTEMPTS_MAX: usize = 3;

/// Why a contact is not proved.
#[derive(Debug)]
pub enum Unproved {
    /// There is no such link.
    Unknown,
    /// Its seven days are over.
    Expired(Arc<Catalogue>),
    /// It was used; the card it was for.
    Used(Arc<Catalogue>),
    /// The ledger says no: a card is blocked, say.
    Refused(Arc<Catalogue>, Refusal),
    /// Something broke.
    Broken(Error),
}

impl From<Error> for Unproved {
    fn from(error: Error) -> Self {
        Unproved::Broken(error)
    }
}

/// What a link would do.
pub struct Proof {
    /// The merchant.
    pub catalogue: Arc<Catalogue>,
    /// The new card.
    pub card: CardId,
    /// The contact, as it may be shown.
    pub masked: String,
    /// The card of the same program that this person has: the new one goes into it.
    pub known: Option<CardId>,
    link: Uuid,
    owner: Option<CustomerId>,
    customer: Option<CustomerId>,
    waiting: Waiting,
}

/// What was read of a link in one look.
struct Read {
    link: Option<LinkRow>,
    card: Option<lookups::CardRow>,
    waiting: Option<Waiting>,
    owner: Option<CustomerId>,
    known: Option<CardId>,
}

fn read(app: &App, tx: &mut Transaction<'_>, link: &Link) -> Result<Read, Error> {
    let merchant = link.merchant;
    let mut found = Read {
        link: LinkRow::find(tx, merchant, link.id)?.filter(|row| link.is_of(row, Purpose::Confirm)),
        card: None,
        waiting: None,
        owner: None,
        known: None,
    };
    let Some(card) = found.link.as_ref().and_then(|row| row.card) else {
        return Ok(found);
    };
    found.card = lookups::card(tx, merchant.0, card.0)?;
    found.waiting = Waiting::find(app, tx, merchant, card)?;
    let (Some(row), Some(waiting)) = (&found.card, &found.waiting) else {
        return Ok(found);
    };
    let owner = lookups::customer_by_contact(tx, merchant.0, &waiting.kind, &waiting.lookup)?;
    if let Some(owner) = owner.filter(|owner| Some(*owner) != row.customer) {
        found.owner = Some(CustomerId(owner));
        let cards = lookups::cards_of_customer(tx, merchant.0, owner)?;
        let standing = |row: &lookups::CardRow| {
            let card: Option<Card> = serde_json::from_str(&row.state).ok();
            card.is_some_and(|card| !matches!(card.status, CardStatus::Closed | CardStatus::Merged))
        };
        let same = cards
            .iter()
            .find(|known| known.program == row.program && standing(known));
        found.known = same.map(|known| CardId(known.card));
    }
    Ok(found)
}

/// What the link of a letter would do; looking changes nothing, so that programs that open every link do no harm.
///
/// # Errors
/// [`Unproved`].
pub async fn look(app: &App, text: &str) -> Result<Proof, Unproved> {
    let link = Link::read(text).ok_or(Unproved::Unknown)?;
    let catalogue = app.catalogue(link.merchant).await?.ok_or(Unproved::Unknown)?;
    let (reader, asked) = (app.clone(), link.clone());
    let found = app.db.read(move |tx| read(&reader, tx, &asked)).await?;
    let row = found.link.ok_or(Unproved::Unknown)?;
    let (Some(card), Some(waiting), false) = (&found.card, found.waiting, row.is_used()) else {
        return Err(Unproved::Used(catalogue));
    };
    if row.is_over(app.clock.now()) {
        return Err(Unproved::Expired(catalogue));
    }
    Ok(Proof {
        catalogue,
        card: CardId(card.card),
        masked: waiting.masked(),
        known: found.known,
        link: link.id,
        owner: found.owner,
        customer: card.customer.map(CustomerId),
        waiting,
    })
}

/// The card that a person has after a proof.
pub struct Proven {
    /// Whose.
    pub merchant: MerchantId,
    /// Which.
    pub card: CardId,
    /// Whether the new card went into it.
    pub merged: bool,
}

/// Does what the link is for, and says which card the person has now. `joined` is the card that was opened in the same browser,
/// if any was. Otherwise the new card gets other credentials: whoever opened it elsewhere with somebody else's address has nothing left of
/// it, neither its link nor its code nor its number.
///
/// # Errors
/// [`Unproved`].
pub async fn prove(app: &App, text: &str, joined: Option<CardId>) -> Result<Proven, Unproved> {
    for _ in 0..ATTEMPTS_MAX {
        let proof = look(app, text).await?;
        let now_theirs = proof.command(app).await?;
        if proof.known.is_none() && joined != Some(proof.card) {
            proof.replace(app).await?;
        }
        if proof.settle(app).await? {
            return Ok(Proven {
                merchant: proof.merchant(),
                card: now_theirs,
                merged: proof.known.is_some(),
            });
        }
        // Somebody proved the same contact on another card meanwhile: it is looked at anew.
    }
    Err(Unproved::Broken(Error::malformed(
        "a contact",
        "it is somebody else's each time",
    )))
}

impl Proof {
    fn merchant(&self) -> MerchantId {
        self.catalogue.merchant.id
    }

    /// The ledger's part.
    async fn command(&self, app: &App) -> Result<CardId, Unproved> {
        let (into, what, command) = match self.known {
            Some(known) => {
                let (from, reason) = (self.card, Reason::Duplicate);
                (known, "merge", Command::Merge { from, reason })
            }
            None => (self.card, "confirm", Command::Confirm { person: self.person() }),
        };
        let submission = self.submission(app, into, what, command);
        match app.ledger.submit(submission).await {
            Ok(_) => Ok(into),
            // Another letter's link did it, and its process ended before it could say so.
            Err(Refusal::Rejected(Rejection::InvalidState)) if self.known.is_none() => Ok(into),
            Err(refusal) => Err(Unproved::Refused(self.catalogue.clone(), refusal)),
        }
    }

    /// What the ledger is told, under a key of the link, so that it is done once.
    fn submission(&self, app: &App, card: CardId, what: &str, command: Command) -> Submission {
        let origin = Origin {
            actor: Actor::Public,
            store: None,
            staff: None,
        };
        let (input, principal) = (
            app.secrets.input_hash(ROUTE, what, ""),
            format!("link:{}", self.merchant()),
        );
        let key = format!("{}.{what}", self.link);
        Submission {
            key: Some(IdempotencyKey::new(&principal, ROUTE, &key, input)),
            ..Submission::new(self.merchant(), card, command, (origin, Authority::Customer))
        }
    }

    /// Gives the card another link, another code and another number (`CRD-4`).
    async fn replace(&self, app: &App) -> Result<(), Unproved> {
        let broken = |error| Unproved::Broken(Error::malformed("a card number", error));
        let reason = Reason::CustomerRequest;
        let mut told = Err(Refusal::NumberTaken);
        for _ in 0..ATTEMPTS_MAX {
            let number = app.secrets.new_number().map_err(broken)?;
            told = app
                .ledger
                .submit(Submission {
                    new_number: Some(number),
                    ..self.submission(app, self.card, "replace", Command::Replace { reason })
                })
                .await;
            if !matches!(told, Err(Refusal::NumberTaken)) {
                break;
            }
        }
        match told {
            Ok(_) => Ok(()),
            Err(refusal) => Err(Unproved::Refused(self.catalogue.clone(), refusal)),
        }
    }

    /// Who is welcomed once (`WEL-1`).
    fn person(&self) -> String {
        let kind = if self.waiting.is_mail() {
            ContactKind::Email
        } else {
            ContactKind::Phone
        };
        let text = self.waiting.text.clone();
        person_of(&Contact { kind, text }, &self.waiting.lookup)
    }

    /// What is left to do, in one transaction: the contact is proved, the card its owner's, the link used up. Says no when
    /// the contact became somebody else's meanwhile.
    async fn settle(&self, app: &App) -> Result<bool, Unproved> {
        let (merchant, now) = (self.merchant(), app.clock.now());
        let customer = match (self.owner, self.customer) {
            (None, None) => {
                return Err(Error::malformed("a card", "a contact waits on it, and it has no person").into());
            }
            (None, Some(customer)) => Some(customer),
            (Some(_), _) => None,
        };
        let sealed = customer
            .map(|customer| app.secrets.seal(&contact_of(merchant, customer), &self.waiting.text))
            .transpose()
            .map_err(|error| Error::malformed("a contact", error))?;
        let (waiting, card, link) = (self.waiting.clone(), self.card, self.link);
        let own = self.owner.filter(|_| self.known.is_none());
        let done = app
            .db
            .write(move |tx| {
                if let (Some(customer), Some(sealed)) = (customer, sealed) {
                    add(tx, merchant, (customer, &waiting), sealed, now)?;
                    let owner = lookups::customer_by_contact(tx, merchant.0, &waiting.kind, &waiting.lookup)?;
                    if owner != Some(customer.0) {
                        return Ok::<_, Error>(false);
                    }
                }
                if let Some(owner) = own {
                    tx.run(&sql::contacts::OWN_CARD, &params![merchant.0, card.0, owner.0])?;
                }
                let contact = params![merchant.0, &*waiting.kind, waiting.lookup.clone(), now.0];
                tx.run(&sql::contacts::VERIFY, &contact)?;
                tx.run(&sql::contacts::FORGET_PENDING, &params![merchant.0, card.0])?;
                tx.run(&sql::contacts::USE_LINK, &params![merchant.0, link, now.0])?;
                Ok(true)
            })
            .await?;
        Ok(done)
    }
}

fn add(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    (customer, waiting): (CustomerId, &Waiting),
    sealed: Vec<u8>,
    now: Instant,
) -> Result<(), Error> {
    let (kind, lookup) = (&*waiting.kind, waiting.lookup.clone());
    let values = params![merchant.0, customer.0, kind, lookup, sealed, now.0];
    tx.run(&sql::contacts::ADD, &values)?;
    Ok(())
}
