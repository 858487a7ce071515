//! A card found by its private link, with what its pages show of it.
//!
//! Owns: reading a card for its owner, in one look at the database. Must not know: views.

use crate::app::App;
use crate::catalogue::{Catalogue, ProgramEntry};
use crate::confirmations::{self, Confirmation};
use crate::error::Error;
use crate::locale::Messages;
use crate::pages::card_state::Standing;
use crate::pages::context::Reader;
use crate::pages::events::EventRow;
use crate::pages::failure::Failure;
use crate::pages::page::Page;
use crate::pages::telling;
use crate::sql::lookups;
use crate::sql::storefront::{self, Kinds};
use axum::http::StatusCode;
use db::Transaction;
use domain::card::Card;
use domain::claim::Claim;
use domain::event::Event;
use domain::ids::{CardId, MerchantId, ProgramId};
use domain::moment::Moment;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// A card with its merchant.
pub(crate) struct Found {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) id: CardId,
    pub(crate) number: String,
    pub(crate) card: Card,
    pub(crate) first_name: Option<String>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) past: Past,
    /// What a till asks its owner (`CRD-3`).
    pub(crate) asked: Option<Confirmation>,
    program: ProgramId,
}

/// A part of a card's history, newest first.
#[derive(Default)]
pub(crate) struct Past {
    events: Vec<Event>,
    /// Which of them were taken back.
    voided: HashSet<i64>,
    /// What they took back.
    undone: HashMap<i64, Event>,
}

/// Which part of the history to read.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    pub(crate) kinds: Kinds,
    /// Only what came before this event.
    pub(crate) before: i64,
    pub(crate) limit: i64,
}

impl Part {
    /// The newest events.
    pub(crate) fn newest(limit: i64) -> Part {
        Part {
            kinds: Kinds::All,
            before: i64::MAX,
            limit,
        }
    }
}

/// The card of a link with a part of its history.
///
/// # Errors
/// Not found for a link that was not made here; gone for one that was renewed since, and for a card that went into another one:
/// whoever holds the old link is not led on, for only a letter proves who they are; broken.
pub(crate) async fn find(app: &App, token: &str, part: Part) -> Result<Found, Failure> {
    let link = app.secrets.card_of_link(token).ok_or_else(Failure::not_found)?;
    let (merchant, card) = (link.merchant, link.card);
    let catalogue = app.catalogue(merchant).await?.ok_or_else(Failure::not_found)?;
    let now = app.clock.now();
    let read = app.db.read(move |tx| {
        let asked = confirmations::waiting(tx, merchant, card, now)?;
        Ok::<_, Error>(read(tx, merchant, card, part)?.map(|seen| (seen, asked)))
    });
    let seen = read.await?.ok_or_else(|| Failure::not_found().of(&catalogue))?;
    let ((row, first_name, claims, past), asked) = seen;
    let state: Card = json("a card", &row.state)?;
    let gone = |sentence| Failure::because(StatusCode::GONE, sentence).then(Messages::card_link_next);
    if state.survivor.is_some() {
        return Err(gone(Messages::card_link_merged).of(&catalogue).signs_in());
    }
    if link.generation != state.generation {
        return Err(gone(Messages::card_link_renewed).of(&catalogue).signs_in());
    }
    Ok(Found {
        id: card,
        number: row.number,
        card: state,
        first_name,
        claims,
        past,
        asked,
        program: ProgramId(row.program),
        catalogue,
    })
}

/// The token of the link that shows a card today.
///
/// # Errors
/// Not found; broken.
pub(crate) async fn link_of(app: &App, merchant: MerchantId, card: CardId) -> Result<String, Failure> {
    let read = app.db.read(move |tx| lookups::card(tx, merchant.0, card.0));
    let row = read.await?.ok_or_else(Failure::not_found)?;
    let state: Card = json("a card", &row.state)?;
    Ok(app.secrets.card_link(merchant, card, state.generation))
}

type Seen = (lookups::CardRow, Option<String>, Vec<Claim>, Past);

fn read(tx: &mut Transaction<'_>, merchant: MerchantId, card: CardId, part: Part) -> Result<Option<Seen>, Error> {
    let Some(row) = lookups::card(tx, merchant.0, card.0)? else {
        return Ok(None);
    };
    let person = row
        .customer
        .map(|id| lookups::customer(tx, merchant.0, id))
        .transpose()?
        .flatten();
    let claims = lookups::claims_of_card(tx, merchant.0, card.0)?;
    let claims = claims
        .iter()
        .map(|state| json("a claim", state))
        .collect::<Result<_, _>>()?;
    let past = past(tx, merchant.0, card.0, part)?;
    Ok(Some((row, person.and_then(|(name, _)| name), claims, past)))
}

fn past(tx: &mut Transaction<'_>, merchant: Uuid, card: Uuid, part: Part) -> Result<Past, Error> {
    let rows = storefront::events(tx, merchant, card, part.kinds, (part.before, part.limit))?;
    let events: Vec<Event> = rows
        .iter()
        .map(|row| json("an event", &row.body))
        .collect::<Result<_, _>>()?;
    let (Some(newest), Some(oldest)) = (events.first(), events.last()) else {
        return Ok(Past::default());
    };
    let voided = storefront::taken_back(tx, merchant, card, (oldest.sequence, newest.sequence))?;
    let mut undone = HashMap::new();
    for sequence in events.iter().filter_map(|event| event.reverses) {
        if let Some(row) = lookups::event(tx, merchant, card, sequence)? {
            undone.insert(sequence, json("an event", &row.body)?);
        }
    }
    Ok(Past {
        events,
        voided: voided.into_iter().collect(),
        undone,
    })
}

fn json<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::malformed(what, error))
}

impl Found {
    /// Its program.
    ///
    /// # Errors
    /// Broken when the catalogue has lost it.
    pub(crate) fn entry(&self) -> Result<&ProgramEntry, Failure> {
        let lost = || Error::malformed("a card", "its program is not in the catalogue");
        self.catalogue.program(self.program).ok_or_else(|| lost().into())
    }

    /// The card as it stands.
    pub(crate) fn standing<'a>(&'a self, entry: &'a ProgramEntry, app: &App) -> Standing<'a> {
        let moment: Moment = self.catalogue.moment(self.card.home, app.clock.now());
        Standing {
            catalogue: &self.catalogue,
            entry,
            card: &self.card,
            claims: &self.claims,
            moment,
        }
    }

    /// A page of the card's owner.
    pub(crate) fn page(&self, app: &App, reader: &Reader) -> Page {
        reader.merchant_page(app, &self.catalogue, self.card.home)
    }

    /// The history as rows, at most so many.
    pub(crate) fn rows(&self, page: &Page, entry: &ProgramEntry, most: usize) -> Vec<EventRow> {
        let whose = (self.id, entry.program.kind());
        let row = |event: &Event| {
            let undone = event.reverses.and_then(|sequence| self.past.undone.get(&sequence));
            let voided = self.past.voided.contains(&event.sequence);
            telling::event_row(page, &self.catalogue, whose, event, undone, voided)
        };
        self.past.events.iter().take(most).map(row).collect()
    }

    /// The place of the event at which a page of so many ends, if older ones follow.
    pub(crate) fn end_of(&self, most: usize) -> Option<i64> {
        let more = self.past.events.len() > most;
        self.past
            .events
            .get(most.checked_sub(1)?)
            .filter(|_| more)
            .map(|event| event.sequence)
    }
}
