//! `POST /c/{token}/confirmations/{confirmation}`: the owner of a card says whether a reward is to be handed out (`CRD-3`).

use crate::app::App;
use crate::confirmations;
use crate::pages::failure::{Answered, Failure};
use crate::pages::storefront::found::{Part, find};
use crate::pages::storefront::handlers::card::address;
use crate::problem::Code;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use domain::ids::ConfirmationId;
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    answer: String,
}

pub(crate) async fn answer(
    State(app): State<App>,
    Path((token, confirmation)): Path<(String, String)>,
    Form(typed): Form<Answer>,
) -> Answered {
    let found = find(&app, &token, Part::newest(0)).await?;
    let card = (found.catalogue.merchant.id, found.id);
    let id: ConfirmationId = confirmation.parse().map_err(|_| Failure::not_found())?;
    let said = match typed.answer.as_str() {
        said @ ("yes" | "no") => said,
        _ => return Err(Failure::bad_request()),
    };
    let said = match confirmations::answer(&app, card, id, said == "yes").await {
        Ok(()) => said,
        Err(problem) if matches!(problem.code, Code::ApprovalExpired | Code::AlreadyDecided) => "late",
        Err(problem) => return Err(problem.into()),
    };
    let location = format!("{}?said={said}", address(&token));
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}
