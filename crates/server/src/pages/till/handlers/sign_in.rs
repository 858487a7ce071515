//! `POST /till/session` and `POST /till/session/end`: a terminal's token opens a session, once.

use axum::extract::{Form, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde::Deserialize;

use super::html;
use crate::app::App;
use crate::audit_log::{self, Action, Entry, Who};
use crate::client_address::Client;
use crate::error::Error;
use crate::locale::Messages;
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::till::pair::PairPage;
use crate::pages::till::session::{KEEP_SECONDS, Ticket, cookie};
use crate::rate_limits::Kind;
use crate::tokens::{self, Token, TokenOf};
use crate::{secrets, sql};
use domain::ids::{MerchantId, TerminalId};

/// How the log calls what a terminal is.
const ROLE: &str = "terminal";

#[derive(Deserialize)]
pub(crate) struct SignIn {
    #[serde(default)]
    token: String,
}

pub(crate) async fn begin(
    State(app): State<App>,
    client: Client,
    reader: Reader,
    Form(form): Form<SignIn>,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    match verified(&app, client, form.token.trim()).await? {
        Ok(who) => {
            let cookie = signed_in(&app, client, who).await?;
            to_start(&app, &cookie)
        }
        Err(why) => refused(&app, &reader, why),
    }
}

/// Begins a session of a terminal, and answers with what its cookie says.
pub(super) async fn signed_in(
    app: &App,
    client: Client,
    (merchant, terminal): (MerchantId, TerminalId),
) -> Result<String, Failure> {
    let (text, ticket) = Ticket::new(app, merchant)?;
    let now = app.clock.now();
    let times = (now.0, now.0.saturating_add(KEEP_SECONDS * 1_000_000));
    let who = Who::is(terminal, ROLE);
    let entry = Entry::new(&app.secrets, who, Action::TerminalSignedIn)?;
    let entry = entry.at(merchant).about(terminal).from(Some(client.address()));
    app.db
        .write::<_, Error, _>(move |tx| {
            sql::till::begin_session(tx, merchant.0, &ticket.hash, terminal.0, times)?;
            audit_log::note(tx, &entry, now)
        })
        .await?;
    Ok(text)
}

pub(crate) async fn end(State(app): State<App>, client: Client, headers: HeaderMap) -> Answered {
    if let Some(Ticket { merchant, hash }) = Ticket::of(&app, &headers) {
        let now = app.clock.now();
        let entry = Entry::new(&app.secrets, Who::stranger(), Action::TerminalSignedOut)?;
        let entry = entry.at(merchant).from(Some(client.address()));
        app.db
            .write::<_, Error, _>(move |tx| match sql::till::end_session(tx, merchant.0, &hash)? {
                Some(terminal) => {
                    let terminal = TerminalId(terminal);
                    audit_log::note(tx, &entry.by(Who::is(terminal, ROLE)).about(terminal), now)
                }
                // It was over already.
                None => Ok(()),
            })
            .await?;
    }
    to_start(&app, "")
}

pub(super) fn to_start(app: &App, cookie_text: &str) -> Answered {
    let headers = [
        (SET_COOKIE, cookie(&app.config, cookie_text)),
        (LOCATION, "/till".to_owned()),
    ];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Why a token opens no till, as a sentence.
type Why = fn(&Messages) -> String;

/// The terminal of a token, if it is paired and its shop may work. Who has the token of a device that was taken back is told
/// so; every other way of being wrong is the same. Who tries a terminal that there is leaves a row.
async fn verified(app: &App, client: Client, text: &str) -> Result<Result<(MerchantId, TerminalId), Why>, Failure> {
    let Some(Token {
        merchant,
        of: TokenOf::Terminal(terminal),
    }) = tokens::parse(text)
    else {
        return Ok(Err(Messages::pair_refused));
    };
    let row = app
        .db
        .read(move |tx| sql::credentials::terminal(tx, merchant.0, terminal.0))
        .await?;
    let hash = tokens::hash(text);
    let Some(row) = row else {
        return Ok(Err(Messages::pair_refused));
    };
    let active = app
        .catalogue(merchant)
        .await?
        .is_some_and(|catalogue| catalogue.merchant.active);
    let why: Why = match (secrets::is_same(&row.token_hash, &hash), &*row.status, active) {
        (true, "paired", true) => return Ok(Ok((merchant, terminal))),
        (true, "revoked", _) => Messages::pair_revoked,
        _ => Messages::pair_refused,
    };
    let entry = Entry::new(&app.secrets, Who::stranger(), Action::TerminalSignInRefused)?;
    let entry = entry.at(merchant).about(terminal).from(Some(client.address()));
    let now = app.clock.now();
    let noted = app.db.write::<_, Error, _>(move |tx| audit_log::note(tx, &entry, now));
    noted.await?;
    Ok(Err(why))
}

fn refused(app: &App, reader: &Reader, why: Why) -> Answered {
    let mut page = reader.page(app);
    page.title = page.text().pair_title();
    page.path = "/till".to_owned();
    let problem = Some(why(page.text()));
    html(StatusCode::UNAUTHORIZED, &PairPage { page, problem })
}
