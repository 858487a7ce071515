//! `POST /till/cards/{card}/stamps`.

use axum::extract::{Path, State};
use domain::command::Command;

use crate::app::App;
use crate::locale;
use crate::pages::failure::Answered;
use crate::pages::till::form::{Fields, Unreadable};
use crate::pages::till::press::{Press, card_of};
use crate::pages::till::session::Till;

pub(crate) async fn give(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    Press {
        app: &app,
        till: &till,
        card,
        what: "stamps",
        fields: &fields,
    }
    .answer(command(&till, &fields))
    .await
}

fn command(till: &Till, fields: &Fields) -> Result<Command, Unreadable> {
    let digits = locale::minor_digits(till.catalogue().merchant.currency.code());
    Ok(Command::Stamp {
        count: fields.number("count")?,
        amount_minor: fields.money("amount", digits)?,
    })
}
