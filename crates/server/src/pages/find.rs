//! What was scanned or typed, at a till or in a back office, and the card it means: a code, a number, a contact.
//!
//! Owns: the order in which it is tried. Must not know: pages.

use domain::Card;
use domain::contact;
use domain::ids::{CardId, MerchantId};
use domain::moment::Instant;
use domain::number::CardNumber;
use domain::proof::Live;

use super::failure::Failure;
use super::found::parse;
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::error::Error;
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

/// Who looks for a card.
#[derive(Clone, Copy)]
pub(crate) struct Searcher<'a> {
    /// Among whose cards.
    pub(crate) catalogue: &'a Catalogue,
    /// In which language.
    pub(crate) locale: &'a str,
    /// When.
    pub(crate) now: Instant,
}

/// Finds what was scanned or typed.
pub(crate) async fn search(app: &App, who: Searcher<'_>, typed: &str) -> Result<Search, Failure> {
    let merchant = who.catalogue.merchant.id;
    if let Some(code) = app.secrets.card_of_code(typed) {
        if code.merchant != merchant {
            return Ok(Search::Unknown);
        }
        return by_code(app, who, &code).await;
    }
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let token = last.split(['?', '#']).next().unwrap_or(last);
    if app.secrets.card_of_link(token).is_some() {
        return Ok(Search::Link);
    }
    if let Some(number) = CardNumber::parse(typed) {
        return by_number(app, merchant, number).await;
    }
    match contact::parse(typed, &who.catalogue.merchant.country) {
        Ok(contact) => by_contact(app, who, &contact).await,
        Err(_) => Ok(Search::Unknown),
    }
}

async fn by_code(app: &App, who: Searcher<'_>, code: &CardCode) -> Result<Search, Failure> {
    let (merchant, card) = (code.merchant.0, code.card);
    let row = app.db.read(move |tx| lookups::card(tx, merchant, card.0)).await?;
    let Some(row) = row else { return Ok(Search::Unknown) };
    let state: Card = parse("card", &row.state)?;
    let live = |step| Live {
        generation: code.generation,
        step,
        seen_at: who.now,
    };
    Ok(match code.step.map(live) {
        _ if state.generation != code.generation => Search::Replaced,
        Some(live) => Search::Shown(card, live),
        None => Search::Card(card),
    })
}

async fn by_number(app: &App, merchant: MerchantId, number: CardNumber) -> Result<Search, Failure> {
    let merchant = merchant.0;
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

async fn by_contact(app: &App, who: Searcher<'_>, contact: &contact::Contact) -> Result<Search, Failure> {
    let (merchant, kind) = (who.catalogue.merchant.id, contact.kind.code());
    let lookup = app.secrets.lookup(merchant, contact.kind, &contact.text);
    let rows = app
        .db
        .read(
            move |tx| match lookups::customer_by_contact(tx, merchant.0, kind, &lookup)? {
                Some(customer) => lookups::cards_of_customer(tx, merchant.0, customer),
                None => Ok(Vec::new()),
            },
        )
        .await?;
    Ok(match rows.as_slice() {
        [] => Search::Unknown,
        [row] => Search::Card(CardId(row.card)),
        rows => Search::Several(rows.iter().map(|row| named(who, row)).collect()),
    })
}

fn named(who: Searcher<'_>, row: &CardRow) -> (CardId, String) {
    let fallback = &who.catalogue.merchant.default_locale;
    let entry = who.catalogue.program(domain::ids::ProgramId(row.program));
    (
        CardId(row.card),
        entry
            .map(|entry| entry.texts.in_locale(who.locale, fallback).name)
            .unwrap_or_default(),
    )
}
