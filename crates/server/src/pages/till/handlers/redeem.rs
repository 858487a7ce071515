//! `POST /till/cards/{card}/redemptions`: a reward is taken, or a claim handed over.

use axum::extract::{Path, State};
use domain::command::{Command, Wanted};

use crate::app::App;
use crate::locale;
use crate::pages::failure::Answered;
use crate::pages::till::form::{Fields, Unreadable};
use crate::pages::till::press::{Press, card_of};
use crate::pages::till::session::Till;

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
