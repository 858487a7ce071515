//! `GET /c/{token}/code`: the live code of this half minute (`CRD-3`).

use crate::app::App;
use crate::pages::failure::Answered;
use crate::pages::handlers::html;
use crate::pages::storefront::found::{Part, find};
use crate::pages::storefront::live_code::LiveCode;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::proof::{left_milliseconds, step_of};

/// The picture alone.
pub(crate) async fn show(State(app): State<App>, Path(token): Path<String>) -> Answered {
    let found = find(&app, &token, Part::newest(0)).await?;
    let (merchant, now) = (found.catalogue.merchant.id, app.clock.now());
    let (generation, step) = (found.card.generation, step_of(now));
    html(
        StatusCode::OK,
        &LiveCode {
            code: app.secrets.live_code(merchant, found.id, generation, step),
            left: left_milliseconds(now),
        },
    )
}
