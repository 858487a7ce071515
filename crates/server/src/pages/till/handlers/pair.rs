//! `GET` and `POST /till/pairings`: a short code makes this browser a terminal, once.

use axum::extract::{Form, State};
use axum::http::StatusCode;
use serde::Deserialize;

use super::html;
use super::sign_in::{signed_in, to_start};
use crate::app::App;
use crate::client_address::Client;
use crate::locale::Messages;
use crate::pages::context::Reader;
use crate::pages::failure::Answered;
use crate::pages::till::pair::PairCodePage;
use crate::rate_limits::{Kind, Limited};
use crate::terminals::{self, PairingRefusal};

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    code: String,
}

pub(crate) async fn form(State(app): State<App>, reader: Reader) -> Answered {
    show(&app, &reader, StatusCode::OK, None)
}

pub(crate) async fn pair(State(app): State<App>, client: Client, reader: Reader, Form(form): Form<Typed>) -> Answered {
    app.limit(Kind::Pairing, &client.counted().to_string()).await?;
    match terminals::pair(&app, client.address(), &form.code).await? {
        Ok(paired) => {
            let cookie = signed_in(&app, client, (paired.merchant, paired.terminal)).await?;
            to_start(&app, &cookie)
        }
        Err(PairingRefusal::Invalid) => refused(&app, &reader, StatusCode::UNAUTHORIZED, Messages::pair_code_refused),
        Err(PairingRefusal::Used) => refused(&app, &reader, StatusCode::CONFLICT, Messages::pair_code_used),
        Err(PairingRefusal::TooOften(seconds)) => Err(Limited::of_code(seconds).into()),
    }
}

fn refused(app: &App, reader: &Reader, status: StatusCode, why: fn(&Messages) -> String) -> Answered {
    show(app, reader, status, Some(why))
}

fn show(app: &App, reader: &Reader, status: StatusCode, why: Option<fn(&Messages) -> String>) -> Answered {
    let mut page = reader.page(app);
    page.title = page.text().pair_by_code();
    page.path = "/till/pairings".to_owned();
    let problem = why.map(|why| why(page.text()));
    html(status, &PairCodePage { page, problem })
}
