//! `GET /cards/{card}`: a card with what stands on it.

use crate::api::Api;
use crate::api::query;
use crate::api::seeing::Seeing;
use crate::api::told::Shown;
use crate::api::views::card::{CardView, Read};
use crate::error::Error;
use crate::permissions::Action;
use crate::problem::{Code, Problem};
use crate::sql::lookups::{self, CardRow};
use axum::extract::State;
use db::Transaction;
use domain::Card;
use domain::card::HOPS_MAX;
use domain::ids::{CardId, MerchantId};

/// Show a card: balance, rewards that are ready, claims, buckets.
#[utoipa::path(
    get, path = "/cards/{card}", operation_id = "get_card", tag = "cards", security(("bearer" = ["cards:read"])),
    responses((status = 200, description = "The card.", body = CardView)),
)]
pub async fn show(State(api): State<Api>, mut seeing: Seeing) -> Result<Shown<CardView>, Problem> {
    seeing.may(Action::SeeCards)?;
    let (merchant, id) = (seeing.merchant(), seeing.id::<CardId>("card").await?);
    query::only(&seeing.parts, &[])?;
    let read = api.app.db.read(move |tx| match lookups::card(tx, merchant.0, id.0)? {
        Some(row) => with_person(tx, merchant, row).map(Some),
        None => Ok(None),
    });
    let read = read
        .await
        .map_err(|error: db::Error| Problem::broken(&error))?
        .ok_or(Code::NotFound)?;
    let view = CardView::new(&api, &seeing.catalogue, read, seeing.locale);
    view.map(Shown).map_err(|error| Problem::broken(&error))
}

/// Reads a card that was searched for, and what belongs to it; where it went into another one, that one (`CARD-STATE`).
pub(super) fn going_on(tx: &mut Transaction<'_>, merchant: MerchantId, row: CardRow) -> Result<Read, Error> {
    let sought = row.card;
    let mut row = row;
    for _ in 0..HOPS_MAX {
        let card: Card = serde_json::from_str(&row.state).map_err(|error| Error::malformed("card", error))?;
        let Some(survivor) = card.survivor else { break };
        let next = lookups::card(tx, merchant.0, survivor.0)?;
        row = next.ok_or_else(|| Error::malformed("card", "the one that goes on in its place is missing"))?;
    }
    let followed_from = Some(CardId(sought)).filter(|_| sought != row.card);
    Ok(Read {
        followed_from,
        ..with_person(tx, merchant, row)?
    })
}

/// Reads what belongs to a card.
fn with_person(tx: &mut Transaction<'_>, merchant: MerchantId, row: CardRow) -> Result<Read, db::Error> {
    let customer = match row.customer {
        Some(customer) => lookups::customer(tx, merchant.0, customer)?,
        None => None,
    };
    let claims = lookups::claims_of_card(tx, merchant.0, row.card)?;
    Ok(Read {
        row,
        customer,
        claims,
        followed_from: None,
    })
}
