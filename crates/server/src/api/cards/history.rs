//! `GET /cards/{card}/events`: what happened to a card, newest first, with why.

use crate::api::Api;
use crate::api::query::Paging;
use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::event::{EventList, EventView};
use crate::permissions::Action;
use crate::problem::{Code, Problem};
use crate::sql::lookups;
use axum::extract::State;
use domain::ids::CardId;

/// List what happened to a card, newest first.
#[utoipa::path(
    get, path = "/cards/{card}/events", operation_id = "list_events", tag = "cards",
    security(("bearer" = ["cards:read"])),
    params(Paging),
    responses((status = 200, description = "A page.", body = EventList)),
)]
pub async fn list(State(api): State<Api>, mut seeing: Seeing) -> Result<Shown<EventList>, Problem> {
    seeing.may(Action::SeeCards)?;
    let (merchant, card) = (seeing.merchant(), seeing.id::<CardId>("card").await?);
    let name = format!("events of {card}");
    let page = api.page(&seeing.parts, &name, &[])?;
    let read = api.app.db.read(move |tx| {
        let known = lookups::card(tx, merchant.0, card.0)?;
        // One more than asked for says whether there is a next page.
        known
            .map(|_| lookups::events(tx, merchant.0, card.0, page.after.unwrap_or(i64::MAX), page.limit + 1))
            .transpose()
    });
    let mut rows = read
        .await
        .map_err(|error: db::Error| Problem::broken(&error))?
        .ok_or(Code::NotFound)?;
    let more = rows.len() as i64 > page.limit;
    rows.truncate(usize::try_from(page.limit).unwrap_or(0));
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|last| api.app.secrets.cursor(&name, last.sequence));
    let view = |row| EventView::new(card, row, &seeing.catalogue, seeing.locale);
    let data = rows
        .into_iter()
        .map(view)
        .collect::<Result<_, _>>()
        .map_err(|error| Problem::broken(&error))?;
    Ok(Shown(EventList { data, next_cursor }))
}
