//! `/till/pin`: somebody chooses another PIN for themselves, and shows the one before (`PIN-4`).

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::IntoResponse;
use domain::ids::StaffId;
use serde::Deserialize;

use super::html;
use crate::app::App;
use crate::pages::failure::Answered;
use crate::pages::till::form::Fields;
use crate::pages::till::own_pin::OwnPinPage;
use crate::pages::till::session::Till;
use crate::pages::till::{serving, turn};
use crate::pins::{self, Named, Pin};
use crate::problem::{Code, Place, Problem};
use crate::rate_limits::Kind;

/// How the page was reached.
#[derive(Deserialize, Default)]
pub(crate) struct Way {
    /// Whether they must.
    must: Option<String>,
}

pub(crate) async fn form(till: Till, Query(way): Query<Way>) -> Answered {
    let chosen = till.turn().map(|session| session.staff());
    html(StatusCode::OK, &page(&till, chosen, way.must.is_some(), None))
}

fn page(till: &Till, chosen: Option<StaffId>, must: bool, problem: Option<(&'static str, String)>) -> OwnPinPage {
    OwnPinPage {
        page: till.page(till.text().own_pin_title(), "/till/pin"),
        bar: till.bar(),
        people: serving::people(till, false, chosen),
        must,
        problem,
    }
}

pub(crate) async fn change(State(app): State<App>, till: Till, fields: Fields) -> Answered {
    app.limit(Kind::PinVerify, &till.principal()).await?;
    let staff = fields.text("staff").parse().ok();
    match changed(&app, &till, staff, &fields).await {
        Ok(()) => {
            // Whoever had a turn shows the new one.
            let ended = turn::ended(&app);
            Ok((
                StatusCode::SEE_OTHER,
                [(LOCATION, "/till/turn".to_owned()), (SET_COOKIE, ended)],
            )
                .into_response())
        }
        Err((field, problem)) => {
            let status = problem.code.status();
            if status.is_server_error() || problem.limited.is_some() {
                return Err(till.failure(problem.into()));
            }
            let sentence = match field {
                "again" => till.text().back_pin_differ(),
                _ => problem.sentence(till.page("", "").locale),
            };
            html(status, &page(&till, staff, false, Some((field, sentence))))
        }
    }
}

/// Verifies the PIN of now and sets the other; else the field that is wrong, and why.
async fn changed(
    app: &App,
    till: &Till,
    staff: Option<StaffId>,
    fields: &Fields,
) -> Result<(), (&'static str, Problem)> {
    let at = |field: &'static str| move |problem: Problem| (field, problem);
    if fields.text("old").is_empty() {
        return Err(at("old")(Code::OldPinRequired.into()));
    }
    if fields.text("pin") != fields.text("again") {
        return Err(at("again")(Code::PinFormat.into()));
    }
    let named = staff.map_or(Named::Nobody, Named::Staff);
    let old = Pin::typed(fields.text("old"));
    let verified = pins::verify(app, till.place(), named, &old).await.map_err(at("old"))?;
    let place = Place::new(till.catalogue(), Some(till.store()), till.now());
    let proof = verified.map_err(|refusal| ("old", Problem::of_pin(refusal, &place)))?;
    let chosen = Pin::typed(fields.text("pin"));
    pins::change(app, &proof, &chosen).await.map_err(at("pin"))
}
