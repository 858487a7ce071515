//! `GET /till`: the scan field with today's figures and the last five; with `?q=`, the way to a card.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::IntoResponse;
use domain::event::Event;
use domain::ids::CardId;
use domain::number;
use domain::program::ProgramKind;
use serde::Deserialize;

use super::html;
use crate::app::App;
use crate::error::Error;
use crate::pages::failure::{Answered, Failure};
use crate::pages::find::{self, Search};
use crate::pages::found;
use crate::pages::telling;
use crate::pages::till::facts;
use crate::pages::till::session::Till;
use crate::pages::till::shown;
use crate::pages::till::start::{Choice, LastRow, StartPage, Today};
use crate::rate_limits::Kind;
use crate::sql::totals;
use db::{Row, params};

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
}

pub(crate) async fn show(State(app): State<App>, till: Till, Query(wish): Query<Wish>) -> Answered {
    let typed = wish.q.trim();
    if typed.is_empty() {
        return html(StatusCode::OK, &view(&app, &till, "").await?);
    }
    app.limits
        .check(Kind::Lookup, &till.principal())
        .map_err(|limited| till.failure(limited.into()))?;
    let text = till.text();
    let (status, problem, choices) = match find::search(&app, till.searcher(), typed).await? {
        Search::Card(card) => return Ok((StatusCode::SEE_OTHER, [(LOCATION, address(card))]).into_response()),
        Search::Shown(card, live) => {
            let kept = shown::cookie(&app, &till, card, &live);
            let headers = [(LOCATION, address(card)), (SET_COOKIE, kept)];
            return Ok((StatusCode::SEE_OTHER, headers).into_response());
        }
        Search::Several(cards) => (StatusCode::OK, None, cards),
        Search::Replaced => (StatusCode::CONFLICT, Some(text.found_replaced()), Vec::new()),
        Search::Link => (StatusCode::UNPROCESSABLE_ENTITY, Some(text.found_link()), Vec::new()),
        Search::Unknown => (StatusCode::NOT_FOUND, Some(text.found_unknown()), Vec::new()),
    };
    let choices = choices
        .into_iter()
        .map(|(card, program)| Choice {
            card: card.to_string(),
            program,
        })
        .collect();
    let view = view(&app, &till, typed).await?;
    html(
        status,
        &StartPage {
            problem,
            choices,
            ..view
        },
    )
}

fn address(card: CardId) -> String {
    format!("/till/cards/{card}")
}

async fn view(app: &App, till: &Till, query: &str) -> Result<StartPage, Failure> {
    let day = till.moment().day.to_string();
    let (merchant, store, terminal) = (till.merchant().0, till.store().0, till.terminal().0);
    let (figures, last) = app
        .db
        .read(move |tx| {
            let figures = tx.rows(&totals::OF_STORE_DAY, &params![merchant, day, store])?;
            Ok::<_, Error>((
                figures,
                tx.rows(&totals::LAST_OF_TERMINAL, &params![merchant, terminal])?,
            ))
        })
        .await?;
    let collects = |kind: fn(ProgramKind) -> bool| {
        let mut programs = till.catalogue().programs.iter();
        programs.any(|entry| kind(entry.program.kind()))
    };
    Ok(StartPage {
        page: till.page(till.text().till_title(), "/till"),
        bar: till.bar(),
        query: query.to_owned(),
        problem: None,
        choices: Vec::new(),
        today: today(&figures)?,
        has_stamps: collects(ProgramKind::has_stamps),
        has_points: collects(ProgramKind::has_points),
        last: last.iter().map(|row| last_row(till, row)).collect::<Result<_, _>>()?,
    })
}

/// The day's figures from its measures; what was taken back does not count.
fn today(rows: &[Row]) -> Result<Today, Error> {
    let mut today = Today::default();
    for row in rows {
        let (measure, amount): (String, i64) = (row.get(0)?, row.get(1)?);
        match measure.as_str() {
            "stamp:stamp_earn" | "stamp:earn_void" => today.stamps += amount,
            "point:points_earn" | "point:points_pending" | "point:earn_void" => today.points += amount,
            "event:redeemed" | "event:claim_used" => today.rewards += amount,
            "undone:redeemed" | "undone:claim_used" => today.rewards -= amount,
            "event:enrolled" => today.cards += amount,
            _ => {}
        }
    }
    Ok(today)
}

fn last_row(till: &Till, row: &Row) -> Result<LastRow, Error> {
    let event: Event = found::parse("event", &row.get::<String>(2)?)?;
    let (number, first_name): (String, Option<String>) = (row.get(4)?, row.get(5)?);
    Ok(LastRow {
        card: CardId(row.get(0)?).to_string(),
        who: first_name.unwrap_or_else(|| number::group(&number)),
        kind: telling::shown(event.kind),
        amounts: telling::moved(&event),
        reward: event
            .reward
            .and_then(|id| facts::reward_name(till, id))
            .filter(|name| !name.is_empty()),
        at: event.at.0,
        voided: row.get::<Option<i64>>(6)?.is_some(),
    })
}
