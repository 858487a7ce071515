//! `POST /till/cards/{card}/points`, `…/purchases` and `…/points/preview`: an amount, what it gives, and giving it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::command::{Command, Purchase};
use domain::ids::CardId;
use domain::order::OrderRef;
use domain::program::{Program, ProgramKind};

use super::html;
use crate::app::App;
use crate::ledger::Answer;
use crate::locale;
use crate::pages::failure::{Answered, Failure};
use crate::pages::telling;
use crate::pages::till::facts;
use crate::pages::till::form::{Fields, Unreadable};
use crate::pages::till::press::{Press, card_of, submission};
use crate::pages::till::preview::PreviewFragment;
use crate::pages::till::session::Till;
use crate::pages::till::words;

pub(crate) async fn earn(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    let command = purchase(&app, &till, card, &fields).await?.map(Command::Earn);
    Press {
        app: &app,
        till: &till,
        card,
        what: "points",
        fields: &fields,
    }
    .answer(command)
    .await
}

pub(crate) async fn both(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    let command = purchase(&app, &till, card, &fields).await?.map(Command::Purchase);
    Press {
        app: &app,
        till: &till,
        card,
        what: "purchases",
        fields: &fields,
    }
    .answer(command)
    .await
}

pub(crate) async fn preview(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    let found = facts::find(&app, &till, card).await?;
    let entry = found.entry(till.catalogue())?;
    let program = &entry.program;
    let outcome = match read(program, &fields) {
        Err(fault) => Err(words::of_field(&till, fault)),
        Ok(purchase) => {
            let looked = app
                .ledger
                .preview(submission(&till, card, earning(program, purchase), None))
                .await;
            looked.map_err(|refusal| words::of_refusal(&till, &found, entry, &refusal).sentence)
        }
    };
    html(StatusCode::OK, &fragment(&till, outcome))
}

/// What an amount is for, by the kind of the program.
pub(crate) fn earning(program: &Program, purchase: Purchase) -> Command {
    match program.kind() {
        ProgramKind::Stamps => Command::Stamp {
            count: None,
            amount_minor: Some(purchase.amount_minor),
        },
        ProgramKind::Points => Command::Earn(purchase),
        ProgramKind::Hybrid => Command::Purchase(purchase),
    }
}

/// A purchase of an amount in the program's currency.
pub(crate) fn of_amount(program: &Program, amount_minor: i64) -> Purchase {
    let (currency, lines) = (program.currency(), Vec::new());
    Purchase {
        amount_minor,
        tax_minor: 0,
        redeemed_minor: 0,
        currency,
        lines,
        order: None,
    }
}

async fn purchase(
    app: &App,
    till: &Till,
    card: CardId,
    fields: &Fields,
) -> Result<Result<Purchase, Unreadable>, Failure> {
    let found = facts::find(app, till, card).await?;
    Ok(read(&found.entry(till.catalogue())?.program, fields))
}

fn read(program: &Program, fields: &Fields) -> Result<Purchase, Unreadable> {
    const REFERENCE_MAX: usize = 100;
    let digits = locale::minor_digits(program.currency().code());
    let amount = fields.money("amount", digits)?.ok_or(Unreadable::Amount)?;
    let reference = fields.text("order_ref");
    if reference.chars().count() > REFERENCE_MAX || reference.chars().any(char::is_control) {
        return Err(Unreadable::Reference);
    }
    let order = (!reference.is_empty()).then(|| OrderRef {
        source: String::new(),
        reference: reference.to_owned(),
    });
    Ok(Purchase {
        order,
        ..of_amount(program, amount)
    })
}

fn fragment(till: &Till, outcome: Result<Answer, String>) -> PreviewFragment {
    let page = till.page("", "");
    match outcome {
        Err(problem) => PreviewFragment {
            page,
            amounts: Vec::new(),
            why: Vec::new(),
            problem: Some(problem),
        },
        Ok(answer) => {
            let receipt = answer.receipt;
            let awarded = receipt
                .outcomes
                .iter()
                .map(|outcome| facts::amount(outcome.unit, outcome.awarded));
            // With what comes along, such as a welcome: exactly what the card will have more.
            let moved = receipt
                .event
                .as_ref()
                .map(telling::moved)
                .filter(|moved| !moved.is_empty());
            let amounts = moved.unwrap_or_else(|| awarded.collect());
            let why = receipt.why.iter().map(|line| telling::why(&page, line)).collect();
            PreviewFragment {
                page,
                amounts,
                why,
                problem: None,
            }
        }
    }
}
