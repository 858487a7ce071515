//! `POST /till/cards/{card}/confirmations` and the page that waits: the customer is asked on their open card whether a reward
//! is to be handed out (`CRD-3`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use domain::command::{Command, Wanted as Named};
use domain::ids::{CardId, ConfirmationId};
use domain::proof::Proof;

use super::{html, redeem};
use crate::app::App;
use crate::confirmations::{self, Confirmation, State as Asked, Wanted};
use crate::locale;
use crate::pages::failure::{Answered, Failure};
use crate::pages::found::Found;
use crate::pages::till::confirming::{ConfirmingPage, Standing};
use crate::pages::till::facts;
use crate::pages::till::form::Fields;
use crate::pages::till::press::card_of;
use crate::pages::till::session::Till;
use crate::rate_limits::Kind;

pub(crate) async fn ask(State(app): State<App>, till: Till, Path(card): Path<String>, fields: Fields) -> Answered {
    let card = card_of(&till, &card)?;
    app.limits
        .check(Kind::Lookup, &till.principal())
        .map_err(|limited| till.failure(limited.into()))?;
    let found = facts::find(&app, &till, card).await?;
    let stale = || Failure::because(StatusCode::BAD_REQUEST, |text| text.refused_form());
    let command = redeem::command(&till, &fields).map_err(|_| till.failure(stale()))?;
    let wanted = wanted(&till, &found, &command).ok_or_else(|| till.failure(stale()))?;
    let place = (till.merchant(), till.terminal());
    let id = confirmations::ask(&app, place, (card, found.card.generation), wanted).await?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, address(card, id))]).into_response())
}

fn address(card: CardId, id: ConfirmationId) -> String {
    format!("/till/cards/{card}/confirmations/{id}")
}

/// What a redemption would hand out, if the shop has it.
fn wanted(till: &Till, found: &Found, command: &Command) -> Option<Wanted> {
    let Command::Redeem {
        wanted,
        points,
        payable_minor,
        ..
    } = *command
    else {
        return None;
    };
    let (reward, claim) = match wanted {
        Named::Reward(reward) => (reward, None),
        Named::Claim(claim) => {
            let known = found.claims.iter().find(|known| known.id == claim)?;
            (known.reward, Some(claim))
        }
    };
    till.catalogue().reward(reward)?;
    Some(Wanted {
        reward,
        claim,
        points,
        payable_minor,
    })
}

pub(crate) async fn show(
    State(app): State<App>,
    till: Till,
    Path((card, confirmation)): Path<(String, String)>,
) -> Answered {
    let found = facts::find(&app, &till, card_of(&till, &card)?).await?;
    let asked = asked(&app, &till, found.id, &confirmation).await?;
    let asked = asked.ok_or_else(|| till.failure(Failure::not_found()))?;
    let address = address(found.id, asked.id);
    let text = till.text();
    html(
        StatusCode::OK,
        &ConfirmingPage {
            page: till.page(text.confirm_wait_title(), address.clone()),
            bar: till.bar(),
            card: found.id.to_string(),
            who: found.first_name.clone().unwrap_or_else(|| text.result_this_card()),
            what: facts::reward_name(&till, asked.wanted.reward).unwrap_or_default(),
            standing: match asked.state {
                Asked::Waiting => Standing::Waiting,
                Asked::Yes(_) => Standing::Yes,
                Asked::No => Standing::No,
                Asked::Over => Standing::Over,
            },
            kept: kept(&till, &asked.wanted),
            proof: asked.id.to_string(),
            idempotency_key: app.secrets.new_id(till.now())?.to_string(),
            address,
        },
    )
}

/// What this till asked on this card.
async fn asked(app: &App, till: &Till, card: CardId, id: &str) -> Result<Option<Confirmation>, Failure> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let found = confirmations::find(app, till.merchant(), id).await?;
    Ok(found.filter(|found| found.card == card && found.terminal == till.terminal()))
}

/// The fields of the redemption.
fn kept(till: &Till, wanted: &Wanted) -> Vec<(String, String)> {
    let digits = locale::minor_digits(till.catalogue().merchant.currency.code());
    let named = match wanted.claim {
        Some(claim) => ("claim", claim.to_string()),
        None => ("reward", wanted.reward.to_string()),
    };
    let points = wanted.points.map(|points| ("points", points.to_string()));
    let payable = wanted.payable_minor.map(|minor| ("payable", typed(minor, digits)));
    let fields = [Some(named), points, payable].into_iter().flatten();
    fields.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// An amount as it is typed into a form.
fn typed(minor: i64, digits: u8) -> String {
    let one = 10_i64.pow(u32::from(digits));
    match usize::from(digits) {
        0 => minor.to_string(),
        digits => format!("{}.{:0digits$}", minor / one, minor % one),
    }
}

/// What a customer's answer proves of a command: nothing but what they were asked.
pub(crate) async fn proof(
    app: &App,
    till: &Till,
    found: &Found,
    command: &Command,
    id: &str,
) -> Result<Proof, Failure> {
    let asked = asked(app, till, found.id, id).await?;
    let fits = asked.filter(|asked| wanted(till, found, command) == Some(asked.wanted));
    Ok(fits.and_then(|asked| asked.proof()).map_or(Proof::Unknown, Proof::Live))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_typed_as_forms_read_it() {
        assert_eq!((typed(1250, 2).as_str(), typed(5, 2).as_str()), ("12.50", "0.05"));
        assert_eq!((typed(500, 0).as_str(), typed(1250, 3).as_str()), ("500", "1.250"));
    }
}
