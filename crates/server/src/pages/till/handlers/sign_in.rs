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
    match verified(&app, form.token.trim()).await? {
        Shown::Sound(who) => {
            let cookie = signed_in(&app, client, who).await?;
            to_start(&app, &cookie)
        }
        Shown::Wrong(who, why) => {
            note_refusal(&app, client, who).await?;
            refused(&app, &reader, why)
        }
        Shown::Nobodys => refused(&app, &reader, Messages::pair_refused),
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

/// What a token turned out to be. Whoever has the token of a device that was taken back is told so; every other way of being
/// wrong is told apart only in the log.
enum Shown {
    /// A paired terminal's, of a shop that may work.
    Sound((MerchantId, TerminalId)),
    /// It names a terminal and is not its token, or is no more.
    Wrong((MerchantId, TerminalId), Why),
    /// It names no terminal that there is.
    Nobodys,
}

/// Tells the shop that somebody came with a wrong token of a terminal of theirs (`AUD-1`).
async fn note_refusal(
    app: &App,
    client: Client,
    (merchant, terminal): (MerchantId, TerminalId),
) -> Result<(), Failure> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, Who::stranger(), Action::TerminalSignInRefused)?;
    let entry = entry.at(merchant).about(terminal).from(Some(client.address()));
    Ok(app.db.write(move |tx| audit_log::note(tx, &entry, now)).await?)
}

/// Whose token it is, and whether it is good.
async fn verified(app: &App, text: &str) -> Result<Shown, Failure> {
    let Some(Token {
        merchant,
        of: TokenOf::Terminal(terminal),
    }) = tokens::parse(text)
    else {
        return Ok(Shown::Nobodys);
    };
    let row = app
        .db
        .read(move |tx| sql::credentials::terminal(tx, merchant.0, terminal.0))
        .await?;
    let Some(row) = row else {
        return Ok(Shown::Nobodys);
    };
    let is_its_own = secrets::is_same(&row.token_hash, &tokens::hash(text));
    let active = app
        .catalogue(merchant)
        .await?
        .is_some_and(|catalogue| catalogue.merchant.active);
    let who = (merchant, terminal);
    Ok(match (is_its_own, row.status == "paired") {
        (true, true) if active => Shown::Sound(who),
        (true, false) => Shown::Wrong(who, Messages::pair_revoked),
        _ => Shown::Wrong(who, Messages::pair_refused),
    })
}

fn refused(app: &App, reader: &Reader, why: Why) -> Answered {
    let mut page = reader.page(app);
    page.title = page.text().pair_title();
    page.path = "/till".to_owned();
    let problem = Some(why(page.text()));
    html(StatusCode::UNAUTHORIZED, &PairPage { page, problem })
}
