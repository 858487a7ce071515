//! `GET /c/{token}` and its live part.

use crate::app::App;
use crate::client_address::Client;
use crate::confirmations::Confirmation;
use crate::contacts;
use crate::pages::context::Reader;
use crate::pages::events::Amount;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::offers;
use crate::pages::page::Page;
use crate::pages::storefront::card::{CardFragment, CardPage, CardState, Question, Said};
use crate::pages::storefront::found::{Found, Part, find};
use crate::pages::storefront::handlers::stream::state;
use crate::pages::telling;
use crate::rate_limits::Kind;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use domain::reward::Cost;
use serde::Deserialize;

/// How many events the card shows; the history has the rest.
const LATELY: i64 = 3;

/// How the page was reached.
#[derive(Deserialize)]
pub(crate) struct Way {
    /// By proving the contact of a card that went into this one (`MRG-1`).
    merged: Option<String>,
    /// A letter was asked for again (`ENR-3`).
    written: Option<String>,
    /// Its contact was just proved (`ENR-3`).
    proved: Option<String>,
    /// Its owner just answered a till (`CRD-3`).
    said: Option<String>,
}

/// The whole page.
pub(crate) async fn page(
    State(app): State<App>,
    Path(token): Path<String>,
    Query(way): Query<Way>,
    reader: Reader,
) -> Answered {
    let found = find(&app, &token, Part::newest(LATELY)).await?;
    let mut page = found.page(&app, &reader);
    page.title = found.standing(found.entry()?, &app).name(&page);
    let fragment = live(&app, &found, page.clone(), &token).await?;
    let merchant = found.catalogue.merchant.id;
    let waiting = contacts::waiting(&app, merchant, found.id).await?;
    html(
        StatusCode::OK,
        &CardPage {
            page,
            first_name: found.first_name.clone(),
            merged: way.merged.is_some(),
            proved: way.proved.is_some(),
            waiting: waiting.map(|waiting| waiting.masked()),
            written: way.written.is_some(),
            said: match way.said.as_deref() {
                Some("yes") => Some(Said::Yes),
                Some("no") => Some(Said::No),
                Some("late") => Some(Said::Late),
                _ => None,
            },
            fragment,
        },
    )
}

/// Only the part that follows the till.
pub(crate) async fn fragment(State(app): State<App>, Path(token): Path<String>, reader: Reader) -> Answered {
    let found = find(&app, &token, Part::newest(LATELY)).await?;
    let mut page = found.page(&app, &reader);
    // Language and look lead back to the page, not to its part.
    page.path = address(&token);
    html(StatusCode::OK, &live(&app, &found, page, &token).await?)
}

/// Asks for another letter to the contact that waits on the card (`ENR-3`).
pub(crate) async fn write_again(
    State(app): State<App>,
    client: Client,
    Path(token): Path<String>,
    reader: Reader,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    let found = find(&app, &token, Part::newest(1)).await?;
    let locale = found.page(&app, &reader).locale;
    contacts::write_again(&app, &found.catalogue, found.id, locale).await?;
    let location = format!("{}?written=1", address(&token));
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

/// The address of a card's page.
pub(crate) fn address(token: &str) -> String {
    format!("/c/{token}")
}

/// What a till asks, in words.
fn question(found: &Found, page: &Page, asked: Confirmation) -> Option<Question> {
    let offered = found.catalogue.reward(asked.wanted.reward)?;
    let fallback = &found.catalogue.merchant.default_locale;
    let target = found.entry().ok()?.program.effective_target(found.card.round());
    let cost = match (asked.wanted.claim, offered.reward.cost) {
        (Some(_), _) => None,
        (None, Cost::Completion) => Some(target),
        (None, Cost::Fixed(cost)) => Some(cost),
        (None, Cost::Chosen) => asked.wanted.points,
    };
    Some(Question {
        id: asked.id.to_string(),
        what: offered.texts.in_locale(page.locale.code(), fallback).name,
        cost: cost.map(|amount| Amount {
            unit: telling::unit(offered.reward.unit),
            amount,
        }),
    })
}

async fn live(app: &App, found: &Found, page: Page, token: &str) -> Result<CardFragment, Failure> {
    let entry = found.entry()?;
    let standing = found.standing(entry, app);
    let merchant = found.catalogue.merchant.id;
    let is_due = found.card.welcome_due && standing.state() == CardState::Active;
    let refused = offers::refused(app, found.id, &standing).await;
    Ok(CardFragment {
        card: standing.facts(&page, Some(found.number.clone())),
        code: app.secrets.card_code(merchant, found.id, found.card.generation),
        live: entry.program.terms().risk_preset.asks(),
        version: found.card.version,
        shown: state(found.card.version, found.asked.map(|asked| asked.asked_at.0)),
        question: found.asked.and_then(|asked| question(found, &page, asked)),
        state: standing.state(),
        welcome: standing.welcome(&page).filter(|_| is_due).collect(),
        rewards: standing.rewards(&page, &refused),
        coming: standing.coming(),
        expiries: standing.ending(),
        events: found.rows(&page, entry, usize::MAX),
        link: address(token),
        page,
    })
}
