//! What was scanned or typed at the till, and the card it means: a code, a number, a contact.
//!
//! Owns: the order in which it is tried. Must not know: pages.

use domain::Card;
use domain::contact;
use domain::ids::CardId;
use domain::number::CardNumber;
use domain::proof::Live;

use super::facts::parse;
use super::session::Till;
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::pages::failure::Failure;
use crate::secrets::CardCode;
use crate::sql::lookups::{self, CardRow};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// One card.
    Card(CardId),
    /// One card, by the live code of its page (`CRD-3`).
    Shown(CardId, Live),
    /// Cards of several programs of one person: each with the name of its program.
    Several(Vec<(CardId, String)>),
    /// A credential that a replacement took out of use (`CRD-4`).
    Replaced,
    /// The address of a customer's page, which is for the customer only.
    Link,
    /// Not one of ours; somebody else's card is the same (`TENANT-1`).
    Unknown,
}

/// Finds what was scanned or typed.
pub(crate) async fn search(app: &App, till: &Till, typed: &str) -> Result<Search, Failure> {
    if let Some(code) = app.secrets.card_of_code(typed) {
        if code.merchant != till.merchant() {
            return Ok(Search::Unknown);
        }
        return by_code(app, till, &code).await;
    }
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let token = last.split(['?', '#']).next().unwrap_or(last);
    if app.secrets.card_of_link(token).is_some() {
        return Ok(Search::Link);
    }
    if let Some(number) = CardNumber::parse(typed) {
        return by_number(app, till, number).await;
    }
    match contact::parse(typed, &till.catalogue().merchant.country) {
        Ok(contact) => by_contact(app, till, &contact).await,
        Err(_) => Ok(Search::Unknown),
    }
}

async fn by_code(app: &App, till: &Till, code: &CardCode) -> Result<Search, Failure> {
    let (merchant, card) = (till.merchant().0, code.card);
    let row = app.db.read(move |tx| lookups::card(tx, merchant, card.0)).await?;
    let Some(row) = row else { return Ok(Search::Unknown) };
    let state: Card = parse("card", &row.state)?;
    let live = |step| Live {
        generation: code.generation,
        step,
        seen_at: till.now(),
    };
    Ok(match code.step.map(live) {
        _ if state.generation != code.generation => Search::Replaced,
        Some(live) => Search::Shown(card, live),
        None => Search::Card(card),
    })
}

async fn by_number(app: &App, till: &Till, number: CardNumber) -> Result<Search, Failure> {
    let merchant = till.merchant().0;
    let (row, revoked) = app
        .db
        .read(move |tx| {
            let row = lookups::card_by_number(tx, merchant, number.as_str())?;
            let revoked = row.is_none() && lookups::is_revoked_number(tx, merchant, number.as_str())?;
            Ok::<_, Error>((row, revoked))
        })
        .await?;
    Ok(match row {
        Some(row) => Search::Card(CardId(row.card)),
        None if revoked => Search::Replaced,
        None => Search::Unknown,
    })
}

async fn by_contact(app: &App, till: &Till, contact: &contact::Contact) -> Result<Search, Failure> {
    let (merchant, kind) = (till.merchant().0, contact.kind.code());
    let lookup = app.secrets.lookup(till.merchant(), contact.kind, &contact.text);
    let rows = app
        .db
        .read(
            move |tx| match lookups::customer_by_contact(tx, merchant, kind, &lookup)? {
                Some(customer) => lookups::cards_of_customer(tx, merchant, customer),
                None => Ok(Vec::new()),
            },
        )
        .await?;
    Ok(match rows.as_slice() {
        [] => Search::Unknown,
        [row] => Search::Card(CardId(row.card)),
        rows => Search::Several(
            rows.iter()
                .map(|row| named(till.catalogue(), till.locale(), row))
                .collect(),
        ),
    })
}

fn named(catalogue: &Catalogue, locale: &str, row: &CardRow) -> (CardId, String) {
    let fallback = &catalogue.merchant.default_locale;
    let entry = catalogue.program(domain::ids::ProgramId(row.program));
    (
        CardId(row.card),
        entry
            .map(|entry| entry.texts.in_locale(locale, fallback).name)
            .unwrap_or_default(),
    )
}
