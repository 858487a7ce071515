//! What public ids stand for, so that the log and a card's history name people and things instead of telling ids.
//!
//! Owns: looking names up. Must not know: what is told of them.

use std::collections::HashMap;

use db::params;
use domain::ids::{ApprovalId, CardId, MerchantId, UserId};
use domain::number;

use crate::app::App;
use crate::approvals;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::keys;
use crate::pages::events::Amount;
use crate::pages::failure::Failure;
use crate::pages::page::Page;
use crate::pages::telling;
use crate::sql::{self, lookups};
use crate::terminals;

/// Names by public id.
pub(super) type Names = HashMap<String, String>;

/// Those of a merchant, or of the operators: who signs in, who serves, stores, tills and keys.
pub(super) async fn of(app: &App, merchant: MerchantId, catalogue: Option<&Catalogue>) -> Result<Names, Failure> {
    let key = params![merchant.0];
    let read = app.db.read(move |tx| tx.rows(&sql::people::LIST, &key));
    let mut names = Names::new();
    for row in read.await? {
        let id = UserId(row.get(0).map_err(Error::from)?);
        names.insert(id.to_string(), row.get(2).map_err(Error::from)?);
    }
    for one in terminals::list(app, merchant).await? {
        names.insert(one.terminal.to_string(), one.name);
    }
    for one in keys::list(app, merchant).await? {
        names.insert(one.key.to_string(), one.name);
    }
    if let Some(catalogue) = catalogue {
        let staff = catalogue.staff.iter().map(|one| (one.id.to_string(), one.name.clone()));
        let stores = catalogue
            .stores
            .iter()
            .map(|one| (one.id.to_string(), one.name.clone()));
        names.extend(staff.chain(stores));
    }
    Ok(names)
}

/// What some ids stand for that have no name: a card is told by its number, an approval by what it gives to which card.
pub(super) async fn things(
    app: &App,
    merchant: MerchantId,
    ids: impl Iterator<Item = String>,
    page: &Page,
) -> Result<Names, Failure> {
    let mut names = Names::new();
    for id in ids {
        let approval = match id.parse::<ApprovalId>() {
            Ok(approval) => approvals::find(app, merchant, approval).await?,
            Err(_) => None,
        };
        let card = approval.as_ref().map(|one| one.card).or_else(|| id.parse().ok());
        let Some(number) = numbered(app, merchant, card).await? else {
            continue;
        };
        let told = match approval {
            Some(one) => {
                let unit = telling::unit(one.unit);
                let amount = Amount {
                    unit,
                    amount: one.amount,
                };
                format!("{} · {number}", amount.signed_words(page))
            }
            None => number,
        };
        names.insert(id, told);
    }
    Ok(names)
}

/// The number of a card, as it is read.
async fn numbered(app: &App, merchant: MerchantId, card: Option<CardId>) -> Result<Option<String>, Failure> {
    let Some(card) = card else { return Ok(None) };
    let read = app.db.read(move |tx| lookups::card(tx, merchant.0, card.0));
    Ok(read.await?.map(|row| number::group(&row.number)))
}
