//! `POST /till/cards/{card}/redemptions` and `…/redemptions/preview`: a reward is taken, or a claim handed over, and what
//! the typed points would be worth.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::command::{Command, Wanted};

use super::html;
use crate::app::App;
use crate::locale;
use crate::pages::events::Amount;
use crate::pages::failure::Answered;
use crate::pages::offers;
use crate::pages::till::form::{Fields, Unreadable};
use crate::pages::till::press::{Press, card_of, submission};
use crate::pages::till::preview::WorthFragment;
use crate::pages::till::session::Till;
use crate::pages::till::{facts, rewards, words};

pub(crate) async fn take(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    Press {
        app: &app,
        till: &till,
        card,
        what: "redemptions",
        fields: &fields,
    }
    .answer(command(&till, &fields))
    .await
}

pub(crate) async fn preview(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    let found = facts::find(&app, &till, card).await?;
    let entry = found.entry(till.catalogue())?;
    let problem = match command(&till, &fields) {
        Err(fault) => Some(words::of_field(&till, fault)),
        Ok(command) => {
            let looked = app.ledger.preview(submission(&till, card, command, None)).await;
            let untyped = fields.text("payable").is_empty();
            let refused = looked
                .err()
                .filter(|refusal| !(untyped && offers::only_amount_missing(refusal)));
            refused.map(|refusal| words::of_refusal(&till, &refusal, entry.program.currency()).sentence)
        }
    };
    let points = fields.number("points").ok().flatten().unwrap_or_default();
    let offered = fields
        .text("reward")
        .parse()
        .ok()
        .and_then(|id| till.catalogue().reward(id));
    let page = till.page("", "");
    let cost = Amount::points(points).words(&page);
    let who = found
        .first_name
        .clone()
        .unwrap_or_else(|| till.text().result_this_card());
    let view = WorthFragment {
        takes: till.text().redeem_cost(cost, who),
        off: offered.and_then(|offered| rewards::off(&till, entry, &offered.reward, points)),
        page,
        problem,
    };
    html(StatusCode::OK, &view)
}

fn command(till: &Till, fields: &Fields) -> Result<Command, Unreadable> {
    let digits = locale::minor_digits(till.catalogue().merchant.currency.code());
    let reward = fields.text("reward").parse().map(Wanted::Reward);
    let claim = fields.text("claim").parse().map(Wanted::Claim);
    let wanted = claim.or(reward).map_err(|_| Unreadable::Choice)?;
    let (points, payable_minor) = (fields.number("points")?, fields.money("payable", digits)?);
    Ok(Command::Redeem {
        wanted,
        points,
        payable_minor,
        order: None,
    })
}
