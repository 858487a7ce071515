//! An event of a card's history, with its breakdown.

use crate::api::receipts::{BalanceView, ClaimView, LineView, MoveView, OutcomeView, moves, outcomes, why};
use crate::catalogue::Catalogue;
use crate::locale::Locale;
use crate::problem::rfc3339;
use crate::sql::lookups::EventRow;
use domain::Event;
use domain::event::Actor;
use domain::ids::{CardId, EventId};
use serde::Serialize;
use utoipa::ToSchema;

/// Who served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Staff)]
pub struct StaffView {
    /// Their id; null for a name nobody is known by.
    #[schema(example = "stf_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub id: Option<String>,
    /// Their name.
    #[schema(example = "Mina")]
    pub name: String,
}

/// Something that happened to a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventView {
    /// Its id.
    #[schema(example = "evt_01kan2x8fye4ttq8z0n9ms3v4c_12")]
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(example = "stamped")]
    pub kind: &'static str,
    /// When.
    #[schema(example = "2026-03-02T10:15:00Z", format = DateTime)]
    pub occurred_at: String,
    /// On which business day of the store.
    #[schema(example = "2026-03-02", format = Date)]
    pub day: String,
    /// In which store.
    #[schema(example = "sto_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub store: Option<String>,
    /// Whose credential: an id, `public` or `system`.
    #[schema(example = "trm_01kan2x8fye4ttq8z0n9ms3v4c")]
    pub actor: String,
    /// Who served, if anybody was named.
    pub staff: Option<StaffView>,
    /// What moved.
    pub moves: Vec<MoveView>,
    /// What became of each unit.
    pub outcomes: Vec<OutcomeView>,
    /// The breakdown.
    pub why: Vec<LineView>,
    /// The balance afterwards.
    pub balance: BalanceView,
    /// The event it takes back.
    pub reverses: Option<String>,
    /// Why a person did it.
    #[schema(example = "mistake")]
    pub reason: Option<&'static str>,
    /// Free text.
    pub note: Option<String>,
    /// The claim it made, used or took back; the first of them.
    pub claim: Option<ClaimView>,
    /// All claims it made, used or took back: one event may fill a card more than once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimView>,
    /// The program version that priced it.
    pub program_version: i64,
}

impl EventView {
    /// A stored event in a language.
    ///
    /// # Errors
    /// When the record cannot be understood.
    pub fn new(card: CardId, row: EventRow, catalogue: &Catalogue, locale: Locale) -> Result<Self, serde_json::Error> {
        let event: Event = serde_json::from_str(&row.body)?;
        let named = |sequence| EventId { card, sequence }.to_string();
        let member = event.origin.staff.map(|id| StaffView {
            id: Some(id.to_string()),
            name: catalogue
                .staff_member(id)
                .map(|member| member.name.clone())
                .unwrap_or_default(),
        });
        Ok(Self {
            id: named(event.sequence),
            kind: event.kind.code(),
            occurred_at: rfc3339(event.at),
            day: event.day.to_string(),
            store: event.origin.store.map(|store| store.to_string()),
            actor: actor(event.origin.actor),
            staff: member.or_else(|| row.staff_name.map(|name| StaffView { id: None, name })),
            moves: moves(&event),
            outcomes: outcomes(&event.outcomes),
            why: why(&event.why, locale),
            balance: event.balance.into(),
            reverses: event.reverses.map(named),
            reason: event.reason.map(|reason| reason.code()),
            note: row.note,
            claim: event.claims.first().map(ClaimView::from),
            claims: event.claims.iter().map(ClaimView::from).collect(),
            program_version: event.program_version,
        })
    }
}

fn actor(actor: Actor) -> String {
    match actor {
        Actor::Key(id) => id.to_string(),
        Actor::Terminal(id) => id.to_string(),
        Actor::User(id) => id.to_string(),
        Actor::Customer(id) => id.to_string(),
        Actor::Public => "public".to_owned(),
        Actor::System => "system".to_owned(),
    }
}

/// A page of a card's history, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EventList {
    /// The events.
    pub data: Vec<EventView>,
    /// Where the next page begins; null on the last.
    pub next_cursor: Option<String>,
}
