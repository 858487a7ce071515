//! `GET /till/cards/{card}`: who, what they have, what may be given. What may be given, the rules say: each way is
//! previewed, never done.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use domain::Rejection;
use domain::command::Command;
use domain::ids::CardId;
use domain::program::ProgramKind;
use domain::terms::StampBasis;
use serde::Deserialize;

use super::{html, points};
use crate::app::App;
use crate::catalogue::ProgramEntry;
use crate::ledger::{Answer, Refusal};
use crate::locale;
use crate::pages::failure::{Answered, Failure};
use crate::pages::found::Found;
use crate::pages::till::card::{CardPage, Earn, Typed};
use crate::pages::till::facts;
use crate::pages::till::press::{self, card_of, submission};
use crate::pages::till::session::Till;
use crate::pages::till::warning::Warning;
use crate::pages::till::{Currency, rewards, serving, words};

const LINES_SHOWN: usize = 3;

/// How the card was reached.
#[derive(Deserialize)]
pub(crate) struct Way {
    /// By a card that went into this one (`MRG-1`).
    merged: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    till: Till,
    Path(card): Path<String>,
    Query(way): Query<Way>,
) -> Answered {
    let found = facts::find(&app, &till, card_of(&till, &card)?).await?;
    if let Some(survivor) = found.card.survivor {
        return Err(Failure::elsewhere(&format!("/till/cards/{survivor}?merged=1")));
    }
    let mut view = view(&app, &till, &found, Typed::default()).await?;
    if way.merged.is_some() {
        view.warnings.insert(0, Warning::Merged);
    }
    html(StatusCode::OK, &view)
}

/// An address that only takes writes, opened by a reload: the way back to the card.
pub(crate) async fn back(till: Till, Path(card): Path<String>) -> Answered {
    let card = card_of(&till, &card)?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, format!("/till/cards/{card}"))]).into_response())
}

/// The card's page with a status, perhaps with what a form kept.
pub(crate) async fn answer(app: &App, till: &Till, card: CardId, status: StatusCode, typed: Typed) -> Answered {
    let found = facts::find(app, till, card).await?;
    html(status, &view(app, till, &found, typed).await?)
}

async fn view(app: &App, till: &Till, found: &Found, typed: Typed) -> Result<CardPage, Failure> {
    let entry = found.entry(till.catalogue())?;
    let held = found.card.balance_on(till.moment().day);
    let (earn, mut warnings) = earning(app, till, found, entry).await;
    if held.debt > 0 {
        warnings.push(Warning::Debt(held.debt));
    }
    let undo = match found.events.first() {
        Some(last) => press::undo(app, till, found, last).await,
        None => None,
    };
    let rewards = rewards::all(app, till, found, entry, held).await;
    if rewards::needs_fresh(till, found, entry, &rewards) {
        warnings.push(Warning::Sentence(till.text().fresh_needed()));
    }
    let id = found.id.to_string();
    let name = found.first_name.clone();
    Ok(CardPage {
        page: till.page(
            name.clone().unwrap_or_else(|| till.text().till_title()),
            format!("/till/cards/{id}"),
        ),
        bar: till.bar(),
        query: String::new(),
        id,
        card: found.drawing(till, entry, held),
        name,
        member_since_at: found.enrolled_at,
        last_visit_at: found.last_visit_at(),
        warnings,
        earn,
        typed,
        rewards,
        events: found.lines(&till.page("", ""), till.catalogue(), entry, LINES_SHOWN),
        undo,
        idempotency_key: app.secrets.new_id(till.now())?.to_string(),
    })
}

/// What can be given now, and why not.
async fn earning(app: &App, till: &Till, found: &Found, entry: &ProgramEntry) -> (Earn, Vec<Warning>) {
    let looked = app.ledger.preview(submission(till, found.id, usual(entry), None)).await;
    match looked {
        Ok(answer) => (earn(entry), partly(entry, &answer)),
        // A smaller purchase may still fit.
        Err(Refusal::Rejected(rejection @ Rejection::AnonymousCapReached { .. }))
            if entry.program.kind().has_points() =>
        {
            (earn(entry), vec![words::warning(till, found, entry, &rejection)])
        }
        // A manager may pass over it, once the amount is typed.
        Err(Refusal::Rejected(rejection))
            if words::is_overridable(&rejection)
                && serving::has_manager(till)
                && !matches!(earn(entry), Earn::Stamps { .. }) =>
        {
            (earn(entry), vec![words::warning(till, found, entry, &rejection)])
        }
        Err(Refusal::Rejected(rejection)) if words::is_overridable(&rejection) && serving::has_manager(till) => {
            (Earn::Manager, vec![words::warning(till, found, entry, &rejection)])
        }
        Err(Refusal::Rejected(rejection)) => (Earn::Nothing, vec![words::warning(till, found, entry, &rejection)]),
        Err(refusal) => {
            let said = words::of_refusal(till, found, entry, &refusal);
            (earn(entry), vec![Warning::Sentence(said.sentence)])
        }
    }
}

/// The smallest thing that this program usually gives for; of points at least one, so that a limit shows.
fn usual(entry: &ProgramEntry) -> Command {
    let (program, terms) = (&entry.program, entry.program.terms());
    let by_amount = terms.stamp_basis == StampBasis::PerAmount;
    if program.kind() == ProgramKind::Stamps && !by_amount && terms.min_purchase_minor == 0 {
        return Command::Stamp {
            count: None,
            amount_minor: None,
        };
    }
    let for_stamp = if program.kind().has_stamps() && by_amount {
        terms.stamp_amount_step_minor
    } else {
        1
    };
    let for_point = if program.kind().has_points() {
        match terms.max_basis_minor {
            0 => terms.points_per_minor,
            most => terms.points_per_minor.min(most),
        }
    } else {
        1
    };
    let least = for_stamp.max(for_point).max(terms.min_purchase_minor).max(1);
    points::earning(program, points::of_amount(program, least))
}

fn earn(entry: &ProgramEntry) -> Earn {
    let (program, terms) = (&entry.program, entry.program.terms());
    let code = program.currency().code().to_owned();
    let currency = Currency {
        minor_digits: locale::minor_digits(&code),
        code,
    };
    let asks_amount = terms.min_purchase_minor > 0;
    match (program.kind(), terms.stamp_basis) {
        (ProgramKind::Points, _) => Earn::Points(currency),
        (ProgramKind::Hybrid, _) => Earn::Purchase(currency),
        (ProgramKind::Stamps, StampBasis::PerAmount) => Earn::StampsByAmount(currency),
        (ProgramKind::Stamps, StampBasis::PerVisit) if asks_amount => Earn::StampsByAmount(currency),
        (ProgramKind::Stamps, StampBasis::ManualQuantity) => Earn::Stamps {
            count_max: terms.stamps_max_per_txn,
            amount: asks_amount.then_some(currency),
        },
        (ProgramKind::Stamps, StampBasis::PerVisit) => Earn::Stamps {
            count_max: 1,
            amount: None,
        },
    }
}

/// One unit may be refused while the other lands (`HYB-2`). What is shortened depends on what will be typed.
fn partly(entry: &ProgramEntry, answer: &Answer) -> Vec<Warning> {
    let outcomes = answer.receipt.outcomes.iter();
    let warnings = outcomes.filter_map(|outcome| Warning::of_outcome(entry, outcome));
    warnings
        .filter(|warning| !matches!(warning, Warning::Shortened(_)))
        .collect()
}
