//! `/signin/passkey`, `/account/proof/passkey` and `/account/passkeys`: what a device keeps instead of a password.

use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use domain::ids::PasskeyId;
use serde::Deserialize;
use serde_json::json;

use super::account::{DONE, fresh, page, proof_page, proven};
use super::{answered, sign_in, trouble};
use crate::app::App;
use crate::client_address::Client;
use crate::error::Error;
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::account::{AccountPage, PasskeyRow};
use crate::pages::people::session::{From, SIGN_IN, Signed, keep, to, way};
use crate::pages::people::sign_in::{ProofPage, Trouble};
use crate::people::passkeys::{self, Answer, Asked};
use crate::people::{Person, Refusal};
use crate::problem::{Code, Problem};
use crate::rate_limits::Kind;
use crate::texts;

/// Letters of a name.
const NAME_MAX: usize = 80;

#[derive(Deserialize)]
pub(crate) struct Shown {
    #[serde(flatten)]
    answer: Answer,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct Made {
    #[serde(flatten)]
    answer: Answer,
    #[serde(default)]
    name: String,
}

/// Where passkeys are good for, if they work here.
pub(super) fn origin(app: &App) -> Option<String> {
    passkeys::are_offered(&app.config).then(|| app.config.public_url.origin().ascii_serialization())
}

/// Those of a person.
pub(super) async fn rows(app: &App, person: &Person) -> Result<Vec<PasskeyRow>, Error> {
    let row = |one: passkeys::Listed| PasskeyRow {
        end: format!("/account/passkeys/{}/end", one.id),
        name: one.name,
        created_at: one.created_at.0,
        used_at: one.used_at.map(|at| at.0),
    };
    Ok(passkeys::list(app, person).await?.into_iter().map(row).collect())
}

fn told(asked: Asked) -> Answered {
    Ok(Json(json!({ "ceremony": asked.ceremony, "publicKey": asked.options })).into_response())
}

/// What is asked of a device by somebody who signs in, or proves who they are.
pub(crate) async fn ask(State(app): State<App>, client: Client) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    told(passkeys::ask(&app).await?)
}

pub(crate) async fn begin(
    State(app): State<App>,
    reader: Reader,
    client: Client,
    From(visitor): From,
    headers: HeaderMap,
    Form(shown): Form<Shown>,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    let next = way(&shown.next);
    let came = passkeys::sign_in(&app, &visitor, &shown.answer).await;
    if came.is_ok() {
        sign_in::end_before(&app, &visitor, &headers).await?;
    }
    match came {
        Ok(token) => keep(&app, &token, &sign_in::with_next(SIGN_IN, &next)),
        Err(problem) => {
            let (status, trouble) = wrong(problem, &reader.page(&app))?;
            let page = sign_in::page(&app, &reader, &next, String::new(), Some(trouble));
            Ok(answered(html(status, &page)?))
        }
    }
}

/// What a page says of a passkey that is not right: nobody typed anything.
fn wrong(problem: Problem, page: &crate::pages::page::Page) -> Result<(StatusCode, Trouble), Failure> {
    let (status, mut trouble) = trouble(problem, page.locale)?;
    if trouble.code == Code::InvalidCredentials.text() {
        trouble.sentence = page.text().passkey_wrong();
    }
    Ok((status, trouble))
}

pub(crate) async fn prove(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Form(shown): Form<Shown>,
) -> Answered {
    match passkeys::again(&app, &visitor, signed.person(), &shown.answer).await {
        Ok(token) => keep(&app, &token, &proven(&shown.next)),
        Err(problem) => {
            let page = proof_page(&app, &signed, &shown.next, None);
            let (status, trouble) = wrong(problem, &page.page)?;
            let trouble = Some(trouble);
            Ok(answered(html(status, &ProofPage { trouble, ..page })?))
        }
    }
}

/// What is asked of a device that shall keep a new one.
pub(crate) async fn offer(State(app): State<App>, signed: Signed) -> Answered {
    match fresh(&app, &signed) {
        Ok(fresh) => told(passkeys::offer(&app, &fresh).await?),
        Err(_) => Err(Problem::from(Code::Forbidden).into()),
    }
}

pub(crate) async fn add(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Form(made): Form<Made>,
) -> Answered {
    let fresh = match fresh(&app, &signed) {
        Ok(fresh) => fresh,
        Err(way) => return Ok(to(&way)),
    };
    let typed = made.name.trim();
    let name = match texts::text(typed, NAME_MAX, false) {
        Ok(_) if !typed.is_empty() => typed,
        _ => &visitor.device,
    };
    match passkeys::add(&app, &visitor, &fresh, name, &made.answer).await {
        Ok(()) => Ok(to(DONE)),
        Err(Refusal::PasskeyRefused) => {
            let page = page(&app, &signed, false, None).await?;
            let page = AccountPage {
                device: name.to_owned(),
                refused: true,
                ..page
            };
            html(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

pub(crate) async fn end(
    State(app): State<App>,
    signed: Signed,
    From(visitor): From,
    Path(passkey): Path<String>,
) -> Answered {
    let passkey: PasskeyId = passkey.parse().map_err(|_| Failure::not_found())?;
    match fresh(&app, &signed) {
        Ok(fresh) => passkeys::remove(&app, &visitor, &fresh, passkey).await?,
        Err(way) => return Ok(to(&way)),
    }
    Ok(to(DONE))
}
