//! `POST /till/cards/{card}/voids`: something is taken back.

use axum::extract::{Path, State};
use domain::command::Command;
use domain::event::Reason;
use domain::ids::{CardId, EventId};

use crate::app::App;
use crate::pages::failure::Answered;
use crate::pages::till::form::{Fields, Unreadable};
use crate::pages::till::press::{Press, card_of};
use crate::pages::till::session::Till;

pub(crate) async fn undo(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    Press {
        app: &app,
        till: &till,
        card,
        what: "voids",
        fields: &fields,
    }
    .answer(command(card, &fields))
    .await
}

fn command(card: CardId, fields: &Fields) -> Result<Command, Unreadable> {
    let event = fields
        .text("event")
        .parse()
        .ok()
        .filter(|event: &EventId| event.card == card);
    let (event, reason) = (
        event.ok_or(Unreadable::Choice)?,
        Reason::from_code(fields.text("reason")),
    );
    Ok(Command::Void {
        event: event.sequence,
        reason: reason.ok_or(Unreadable::Choice)?,
    })
}
