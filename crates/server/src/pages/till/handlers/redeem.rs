//! `POST /till/cards/{card}/redemptions` and `…/redemptions/preview`: a reward is taken, or a claim handed over, and what
//! the typed points would be worth.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::command::{Command, Wanted};

use super::html;
use crate::app::App;
use crate::locale;
use crate::pages::events::Amount;
use crate::pages::failure::{Answered, Failure};
use crate::pages::found::Found;
use crate::pages::offers;
use crate::pages::till::form::{Fields, Unreadable};
use crate::pages::till::press::{Press, card_of, submission};
use crate::pages::till::preview::WorthFragment;
use crate::pages::till::session::Till;
use crate::pages::till::words::Input;
use crate::pages::till::{facts, paying, rewards, words};

pub(crate) async fn take(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    let command = command(&till, &fields);
    let press = |fields| Press {
        app: &app,
        till: &till,
        card,
        what: "redemptions",
        fields,
    };
    if let Some(payable_minor) = without_points(&command)
        && let Some(offered) = paying::chosen(&till, &fields)
    {
        let found = facts::find(&app, &till, card).await?;
        let entry = found.entry(till.catalogue())?;
        if let Some(most) = paying::most(&app, &till, &found, &offered.reward, Some(payable_minor)).await {
            let worth = paying::worth(&till, entry, &offered.reward, most);
            let filled = fields.with("points", most.to_string());
            let sentence = till.text().redeem_suggested(worth);
            return press(&filled).again(sentence, Input::Number).await;
        }
    }
    press(&fields).answer(command).await
}

/// The amount to pay of a wish that does not say how many points.
fn without_points(command: &Result<Command, Unreadable>) -> Option<i64> {
    match command {
        Ok(Command::Redeem {
            points: None,
            payable_minor,
            ..
        }) => *payable_minor,
        _ => None,
    }
}

pub(crate) async fn preview(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    let found = facts::find(&app, &till, card).await?;
    html(StatusCode::OK, &worth(&app, &till, &found, &fields).await?)
}

/// What the typed points are worth, and how many the typed amount allows.
async fn worth(app: &App, till: &Till, found: &Found, fields: &Fields) -> Result<WorthFragment, Failure> {
    let (entry, text, page) = (found.entry(till.catalogue())?, till.text(), till.page("", ""));
    let command = command(till, fields);
    let digits = locale::minor_digits(entry.program.currency().code());
    let payable_minor = fields.money("payable", digits).ok().flatten();
    let points = fields.number("points").ok().flatten().filter(|points| *points > 0);
    let offered = paying::chosen(till, fields).map(|offered| &offered.reward);
    let most = match (offered, payable_minor) {
        (Some(reward), Some(_)) => paying::most(app, till, found, reward, payable_minor).await,
        _ => None,
    };
    let problem = match without_points(&command) {
        Some(_) if most.is_some() => None,
        Some(_) if offered.is_some() => Some(text.field_points_none()),
        _ => problem(app, till, found, fields, command).await?,
    };
    let off = |points| offered.and_then(|reward| rewards::off_minor(entry, reward, points));
    let money = |minor| page.locale.money(minor, entry.program.currency().code());
    let left = |points| Some(payable_minor? - off(points)?).filter(|left| *left >= 0);
    let told = |most| offered.map(|reward| (most, text.redeem_most(paying::worth(till, entry, reward, most))));
    let who = found.first_name.clone().unwrap_or_else(|| text.result_this_card());
    let takes = |points| text.redeem_cost(Amount::points(points).words(&page), &who);
    let held = Amount::points(found.card.balance_on(till.moment().day).points);
    Ok(WorthFragment {
        balance: text.redeem_balance(held.words(&page)),
        most: most.and_then(told),
        takes: points.map(takes),
        off: points.and_then(off).map(money),
        rest: points.and_then(left).map(|left| text.redeem_rest(money(left))),
        problem,
        page: page.clone(),
    })
}

/// What stands against it; that the amount is still to be typed does not.
async fn problem(
    app: &App,
    till: &Till,
    found: &Found,
    fields: &Fields,
    command: Result<Command, Unreadable>,
) -> Result<Option<String>, Failure> {
    let command = match command {
        Ok(command) => command,
        Err(fault) => return Ok(Some(words::of_field(till, fault))),
    };
    let looked = app.ledger.preview(submission(till, found.id, command, None)).await;
    let untyped = fields.text("payable").is_empty();
    let refused = looked
        .err()
        .filter(|refusal| !(untyped && offers::only_amount_missing(refusal)));
    let entry = found.entry(till.catalogue())?;
    Ok(refused.map(|refusal| words::of_refusal(till, found, entry, &refusal).sentence))
}

/// What a form of a redemption asks for.
pub(super) fn command(till: &Till, fields: &Fields) -> Result<Command, Unreadable> {
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
