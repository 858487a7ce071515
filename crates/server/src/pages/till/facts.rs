//! What the till's pages say of a card: from stored rows and the catalogue to the facts of views.
//!
//! Owns: reading one card with what stands beside it, its drawing, its events as lines. Must not know: what may be done.

use domain::card::Card;
use domain::claim::Claim;
use domain::event::{Balance as Held, Event, EventKind as Kind, LineRule};
use domain::ids::{CardId, EventId, ProgramId, RewardId};
use domain::quantity::Unit;
use domain::reward::Cost;
use serde::de::DeserializeOwned;

use super::session::Till;
use crate::app::App;
use crate::catalogue::{Catalogue, ProgramEntry};
use crate::error::Error;
use crate::locale::Messages;
use crate::pages::card_drawing::{Balance, CardFacts, NextReward, Points, Stamps};
use crate::pages::context;
use crate::pages::events::{Amount, EventKind, EventRow};
use crate::pages::failure::Failure;
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
    /// Waiting to be handed over.
    pub(crate) claims: Vec<Claim>,
}

/// Reads a card. One that is not there, and one of another merchant, are the same.
pub(crate) async fn find(app: &App, till: &Till, id: CardId) -> Result<Found, Failure> {
    let merchant = till.merchant().0;
    let read = app.db.read(move |tx| {
        let Some(row) = lookups::card(tx, merchant, id.0)? else { return Ok(None) };
        let person = row.customer.map(|customer| lookups::customer(tx, merchant, customer)).transpose()?.flatten();
        let events = lookups::events(tx, merchant, id.0, i64::MAX, EVENTS_READ)?;
        let claims = lookups::claims_of_card(tx, merchant, id.0)?;
        Ok::<_, Error>(Some(Found {
            id,
            program: ProgramId(row.program),
            number: row.number,
            enrolled_at: row.enrolled_at,
            card: parse("card", &row.state)?,
            first_name: person.and_then(|(first_name, _)| first_name),
            events: events.iter().map(|event| parse("event", &event.body)).collect::<Result<_, _>>()?,
            claims: claims.iter().map(|claim| parse("claim", claim)).collect::<Result<_, _>>()?,
        }))
    });
    let unknown = Failure::because(axum::http::StatusCode::NOT_FOUND, |text| text.found_unknown());
    read.await?.ok_or_else(|| till.failure(unknown))
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

    /// Stamps that a reward takes.
    pub(crate) fn target(&self, entry: &ProgramEntry) -> i64 {
        entry.program.effective_target(self.card.round_version)
    }

    /// What the drawing shows, with a balance of now or of then.
    pub(crate) fn drawing(&self, till: &Till, entry: &ProgramEntry, held: Held) -> CardFacts {
        let catalogue = till.catalogue();
        let merchant = &catalogue.merchant;
        let look = context::look(merchant);
        let stamps = Stamps { have: held.stamps, target: self.target(entry) };
        let points = Points { have: held.points, next: next_reward(till, self.program, held.points) };
        let balance = match (entry.program.kind().has_stamps(), entry.program.kind().has_points()) {
            (true, true) => Balance::Hybrid(stamps, points),
            (false, true) => Balance::Points(points),
            _ => Balance::Stamps(stamps),
        };
        let program = entry.texts.in_locale(till.locale(), &merchant.default_locale).name;
        let number = Some(self.number.clone());
        CardFacts { merchant: merchant.name.clone(), program, mark: look.mark, face: look.brand.face, balance, number }
    }

    /// The public id of one of its events.
    pub(crate) fn event_id(&self, sequence: i64) -> String {
        EventId { card: self.id, sequence }.to_string()
    }

    /// Whether an event was taken back by one that was read with it.
    fn is_voided(&self, sequence: i64) -> bool {
        self.events.iter().any(|event| event.reverses == Some(sequence))
    }

    /// Its last events as lines.
    pub(crate) fn lines(&self, till: &Till, most: usize) -> Vec<EventRow> {
        self.events.iter().take(most).map(|event| self.line(till, event)).collect()
    }

    fn line(&self, till: &Till, event: &Event) -> EventRow {
        let place = event.origin.store.and_then(|id| till.catalogue().store(id)).map(|store| store.name.clone());
        let undone = event.reverses.and_then(|sequence| self.events.iter().find(|other| other.sequence == sequence));
        EventRow {
            id: self.event_id(event.sequence),
            kind: kind(event.kind),
            at: event.at.0,
            place,
            amounts: amounts(event),
            reward: event.reward.and_then(|id| reward_name(till, id)),
            undoes: undone.map(|undone| kind(undone.kind).title(&till.page("", ""))),
            voided: self.is_voided(event.sequence),
            why: Vec::new(),
            balance_after: Vec::new(),
        }
    }
}

/// A reward's name in the reader's language.
pub(crate) fn reward_name(till: &Till, id: RewardId) -> Option<String> {
    let catalogue = till.catalogue();
    let entry = catalogue.reward(id)?;
    Some(entry.texts.in_locale(till.locale(), &catalogue.merchant.default_locale).name)
}

/// The cheapest reward that the points do not yet reach.
fn next_reward(till: &Till, program: ProgramId, have: i64) -> Option<NextReward> {
    let rewards = till.catalogue().rewards_of(program).filter(|entry| entry.reward.active);
    let costs = rewards.filter_map(|entry| match (entry.reward.unit, entry.reward.cost) {
        (Unit::Point, Cost::Fixed(cost)) if cost > have => Some((cost, entry.reward.id)),
        _ => None,
    });
    let (cost, id) = costs.min_by_key(|(cost, _)| *cost)?;
    Some(NextReward { cost, name: reward_name(till, id).unwrap_or_default() })
}

/// How an event is called on pages.
pub(crate) fn kind(kind: Kind) -> EventKind {
    match kind {
        Kind::Enrolled => EventKind::Enrolled,
        Kind::Stamped => EventKind::Stamped,
        Kind::Earned | Kind::Purchased => EventKind::Earned,
        Kind::Redeemed | Kind::ClaimUsed => EventKind::Redeemed,
        Kind::Voided => EventKind::Voided,
        Kind::Returned => EventKind::Returned,
        Kind::Adjusted => EventKind::Adjusted,
        Kind::Blocked => EventKind::Blocked,
        Kind::Unblocked => EventKind::Unblocked,
        Kind::Replaced => EventKind::Replaced,
        Kind::Closed => EventKind::Closed,
    }
}

/// What an event moved, unit by unit.
pub(crate) fn amounts(event: &Event) -> Vec<Amount> {
    let moved = [Unit::Stamp, Unit::Point].map(|unit| amount(unit, event.moved(unit)));
    moved.into_iter().filter(|amount| amount.amount != 0).collect()
}

/// An amount of a unit.
pub(crate) fn amount(unit: Unit, amount: i64) -> Amount {
    match unit {
        Unit::Stamp => Amount::stamps(amount),
        Unit::Point => Amount::points(amount),
    }
}

/// The rule of a line of a breakdown, in words.
pub(crate) fn rule(text: &Messages, rule: LineRule) -> String {
    match rule {
        LineRule::Visit => text.breakdown_visit(),
        LineRule::AmountSteps => text.breakdown_amount_steps(),
        LineRule::Quantity => text.breakdown_quantity(),
        LineRule::Rate => text.breakdown_rate(),
        LineRule::BelowMinimum => text.breakdown_below_minimum(),
        LineRule::NothingEligible => text.breakdown_nothing_eligible(),
        LineRule::TransactionMaximum => text.breakdown_transaction_maximum(),
        LineRule::Cap => text.breakdown_cap(),
        LineRule::CardFull => text.breakdown_card_full(),
        LineRule::Welcome => text.breakdown_welcome(),
        LineRule::Completion => text.breakdown_completion(),
        LineRule::RewardCost => text.breakdown_reward_cost(),
        LineRule::Reversal => text.breakdown_reversal(),
        LineRule::Return => text.breakdown_return(),
        LineRule::Restored => text.breakdown_restored(),
        LineRule::Loss => text.breakdown_loss(),
        LineRule::Adjustment => text.breakdown_adjustment(),
        LineRule::Forfeit => text.breakdown_forfeit(),
    }
}
