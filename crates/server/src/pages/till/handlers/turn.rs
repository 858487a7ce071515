//! `/till/turn`: somebody shows their PIN and serves for a few minutes (`PIN-6`), or hands the till over.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::IntoResponse;

use crate::app::App;
use crate::pages::failure::Answered;
use crate::pages::till::form::Fields;
use crate::pages::till::serving::Asked;
use crate::pages::till::session::Till;
use crate::pages::till::turn;
use crate::pins::{self, Named, Pin, PinRefusal};
use crate::rate_limits::Kind;

const START: &str = "/till";

/// The pad.
pub(crate) async fn form(till: Till) -> Answered {
    asked(&till, &Fields::default()).staff(PinRefusal::Required, false)
}

/// Begins somebody's turn.
pub(crate) async fn begin(State(app): State<App>, till: Till, fields: Fields) -> Answered {
    app.limit(Kind::PinVerify, &till.principal()).await?;
    let named = fields.text("staff").parse().map_or(Named::Nobody, Named::Staff);
    let pin = Pin::typed(fields.text("pin"));
    let verified = pins::verify(&app, till.place(), named, &pin).await;
    match verified.map_err(|problem| till.failure(problem.into()))? {
        Ok(proof) => {
            let cookie = turn::cookie(&app, &till, &pins::open(&proof));
            let next = if proof.must_change() { "/till/pin?must=1" } else { START };
            let headers = [(LOCATION, next.to_owned()), (SET_COOKIE, cookie)];
            Ok((StatusCode::SEE_OTHER, headers).into_response())
        }
        Err(refusal) => asked(&till, &fields).staff(refusal, false),
    }
}

/// Ends it, so that the next one shows who they are.
pub(crate) async fn end(State(app): State<App>, _: Till) -> Answered {
    let ended = turn::ended(&app);
    Ok((
        StatusCode::SEE_OTHER,
        [(LOCATION, START.to_owned()), (SET_COOKIE, ended)],
    )
        .into_response())
}

fn asked<'a>(till: &'a Till, fields: &'a Fields) -> Asked<'a> {
    Asked {
        till,
        action: "/till/turn".to_owned(),
        fields,
        keeps: false,
        back: START.to_owned(),
    }
}
