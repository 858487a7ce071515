//! `GET /cards/{card}/events/{event}`: one thing that happened.

use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::event::EventView;
use crate::api::{Api, query};
use crate::permissions::Action;
use crate::problem::{Code, Problem};
use crate::sql::lookups;
use axum::extract::State;
use domain::ids::{CardId, EventId};

/// Show one event of a card.
#[utoipa::path(
    get, path = "/cards/{card}/events/{event}", operation_id = "get_event", tag = "cards",
    security(("bearer" = ["cards:read"])),
    responses((status = 200, description = "The event.", body = EventView)),
)]
pub async fn show(State(api): State<Api>, mut seeing: Seeing) -> Result<Shown<EventView>, Problem> {
    seeing.may(Action::SeeCards)?;
    let (merchant, card) = (seeing.merchant(), seeing.id::<CardId>("card").await?);
    let event = seeing.id::<EventId>("event").await?;
    query::only(&seeing.parts, &[])?;
    if event.card != card {
        return Err(Code::NotFound.into());
    }
    let read = api
        .app
        .db
        .read(move |tx| lookups::event(tx, merchant.0, card.0, event.sequence))
        .await;
    let row = read
        .map_err(|error: db::Error| Problem::broken(&error))?
        .ok_or(Code::NotFound)?;
    let view = EventView::new(card, row, &seeing.catalogue, seeing.locale);
    view.map(Shown).map_err(|error| Problem::broken(&error))
}
