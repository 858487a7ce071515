//! `GET /c/{token}/history`: twenty events a page, newest first, narrowed by kind.

use super::card::address;
use crate::app::App;
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::storefront::found::{Part, find};
use crate::pages::storefront::history::{Filter, HistoryPage};
use crate::sql::storefront::Kinds;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

/// Events on one page.
const PAGE_LENGTH: usize = 20;

/// What the address narrows the history to.
#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    kind: String,
    cursor: Option<String>,
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    reader: Reader,
) -> Answered {
    let filter = Filter::parse(&wish.kind);
    let list = format!("history:{}:{token}", filter.code());
    let before = match &wish.cursor {
        Some(cursor) => app
            .secrets
            .cursor_position(&list, cursor)
            .ok_or_else(Failure::not_found)?,
        None => i64::MAX,
    };
    let part = Part {
        kinds: kinds(filter),
        before,
        limit: PAGE_LENGTH as i64 + 1,
    };
    let found = find(&app, &token, part).await?;
    let mut page = found.page(&app, &reader);
    page.title = page.text().history_title();
    let events = found.rows(&page, found.entry()?, PAGE_LENGTH);
    let next_cursor = found.end_of(PAGE_LENGTH).map(|place| app.secrets.cursor(&list, place));
    let (link, continued) = (address(&token), wish.cursor.is_some());
    html(
        StatusCode::OK,
        &HistoryPage {
            page,
            link,
            filter,
            events,
            continued,
            next_cursor,
        },
    )
}

fn kinds(filter: Filter) -> Kinds {
    match filter {
        Filter::All => Kinds::All,
        Filter::Earned => Kinds::Earned,
        Filter::Redeemed => Kinds::Redeemed,
        Filter::Other => Kinds::Other,
    }
}
