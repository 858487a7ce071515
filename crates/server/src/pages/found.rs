//! One card of a merchant with what stands beside it, for every surface that serves or looks after cards.
//!
//! Owns: reading it, and its events as lines. Must not know: what may be done.

use domain::card::Card;
use domain::claim::Claim;
use domain::event::{Event, EventKind, Reason};
use domain::ids::{CardId, EventId, MerchantId, ProgramId};
use serde::de::DeserializeOwned;
use std::collections::HashMap;

use super::events::EventRow;
use super::failure::Failure;
use super::page::Page;
use super::telling;
use crate::app::App;
use crate::catalogue::{Catalogue, ProgramEntry};
use crate::error::Error;
use crate::sql::lookups;

/// More events than are shown, so that a void and what it took back are mostly both there.
const EVENTS_READ: i64 = 8;

/// A card of this merchant as it stands, and what stands beside it.
pub(crate) struct Found {
    pub(crate) id: CardId,
    pub(crate) program: ProgramId,
    pub(crate) number: String,
    pub(crate) enrolled_at: i64,
    pub(crate) card: Card,
    pub(crate) first_name: Option<String>,
    /// Newest first.
    pub(crate) events: Vec<Event>,
    /// What was written beside an event, by its number: a name that nobody is known by, and a note.
    pub(crate) beside: HashMap<i64, (Option<String>, Option<String>)>,
    /// Waiting to be handed over.
    pub(crate) claims: Vec<Claim>,
}

/// Reads a card. One that is not there, and one of another merchant, are the same.
pub(crate) async fn read(app: &App, merchant: MerchantId, id: CardId) -> Result<Option<Found>, Error> {
    let merchant = merchant.0;
    let read = app.db.read(move |tx| {
        let Some(row) = lookups::card(tx, merchant, id.0)? else {
            return Ok(None);
        };
        let person = row
            .customer
            .map(|customer| lookups::customer(tx, merchant, customer))
            .transpose()?
            .flatten();
        let events = lookups::events(tx, merchant, id.0, i64::MAX, EVENTS_READ)?;
        let claims = lookups::claims_of_card(tx, merchant, id.0)?;
        Ok::<_, Error>(Some(Found {
            id,
            program: ProgramId(row.program),
            number: row.number,
            enrolled_at: row.enrolled_at,
            card: parse("card", &row.state)?,
            first_name: person.and_then(|(first_name, _)| first_name),
            beside: events
                .iter()
                .map(|event| (event.sequence, (event.staff_name.clone(), event.note.clone())))
                .collect(),
            events: events
                .iter()
                .map(|event| parse("event", &event.body))
                .collect::<Result<_, _>>()?,
            claims: claims
                .iter()
                .map(|claim| parse("claim", claim))
                .collect::<Result<_, _>>()?,
        }))
    });
    read.await
}

/// Reads a stored value.
pub(crate) fn parse<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::malformed(what, error))
}

impl Found {
    /// The card's program.
    pub(crate) fn entry<'a>(&self, catalogue: &'a Catalogue) -> Result<&'a ProgramEntry, Failure> {
        let missing = || Failure::from(Error::malformed("card", "its program is missing"));
        catalogue.program(self.program).ok_or_else(missing)
    }

    /// Why it was blocked last, as far back as events were read.
    pub(crate) fn blocked_for(&self) -> Option<Reason> {
        let blocked = self.events.iter().find(|event| event.kind == EventKind::Blocked);
        blocked.and_then(|event| event.reason)
    }

    /// When it was last served by something that stands; what took an event back is later, so it was read too.
    pub(crate) fn last_visit_at(&self) -> Option<i64> {
        let stands = |event: &&Event| !self.events.iter().any(|other| other.reverses == Some(event.sequence));
        let served = |event: &&Event| event.kind.is_earn() || event.kind.is_redemption();
        let read = self.events.iter().filter(served).find(stands).map(|event| event.at);
        // Behind more events than were read: what cooldown and caps remember, less what was taken back.
        let remembered = || self.card.awards.iter().map(|award| award.at).max();
        let long_ago = || (self.card.visits > 0).then_some(self.card.last_activity_at);
        read.or_else(remembered).or_else(long_ago).map(|at| at.0)
    }

    /// The public id of one of its events.
    pub(crate) fn event_id(&self, sequence: i64) -> String {
        EventId {
            card: self.id,
            sequence,
        }
        .to_string()
    }

    /// Its last events as lines; what took one back is later, so it was read too.
    pub(crate) fn lines(&self, page: &Page, catalogue: &Catalogue, entry: &ProgramEntry, most: usize) -> Vec<EventRow> {
        let line = |event: &Event| {
            let undone = self.events.iter().find(|other| event.reverses == Some(other.sequence));
            let voided = self.events.iter().any(|other| other.reverses == Some(event.sequence));
            let card = (self.id, entry.program.kind());
            telling::event_row(page, catalogue, card, event, undone, voided)
        };
        self.events.iter().take(most).map(line).collect()
    }
}
