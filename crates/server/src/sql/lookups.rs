//! Reads of people and programs: a card found by what is written on it or whose it is, and what stands on it. One
//! function, one statement; the tenant first.

use db::{Error, Row, Statement, Transaction, params};
use uuid::Uuid;

/// Every statement here.
pub const ALL: &[&Statement] = &[
    &CARD,
    &CARD_BY_NUMBER,
    &REVOKED_NUMBER,
    &CUSTOMER_BY_CONTACT,
    &CARDS_OF_CUSTOMER,
    &CUSTOMER,
    &EVENTS,
    &EVENT,
    &CLAIMS_OF_CARD,
    &ORDER_CARD,
    &MERCHANT_BY_SLUG,
];

/// A card by id.
pub const CARD: Statement = Statement::new(
    "lookups.card",
    "select card_id, program_id, customer_id, number, enrolled_at, state from cards
     where merchant_id = $1 and card_id = $2",
);

/// A card by number.
pub const CARD_BY_NUMBER: Statement = Statement::new(
    "lookups.card_by_number",
    "select card_id, program_id, customer_id, number, enrolled_at, state from cards
     where merchant_id = $1 and number = $2",
);

/// Whether a number was taken out of use.
pub const REVOKED_NUMBER: Statement = Statement::new(
    "lookups.revoked_number",
    "select card_id from revoked_numbers where merchant_id = $1 and number = $2",
);

/// Whose a contact is.
pub const CUSTOMER_BY_CONTACT: Statement = Statement::new(
    "lookups.customer_by_contact",
    "select customer_id from contacts where merchant_id = $1 and kind = $2 and lookup = $3",
);

/// The cards of a person that are not closed: at most one a program, and before it those that went into others.
pub const CARDS_OF_CUSTOMER: Statement = Statement::new(
    "lookups.cards_of_customer",
    "select card_id, program_id, customer_id, number, enrolled_at, state from cards
     where merchant_id = $1 and customer_id = $2 and status <> 'closed'
     order by case when status = 'merged' then 1 else 0 end, enrolled_at, card_id",
);

/// A person.
pub const CUSTOMER: Statement = Statement::new(
    "lookups.customer",
    "select first_name, locale from customers where merchant_id = $1 and customer_id = $2",
);

/// A page of a card's history, newest first, from a place on.
pub const EVENTS: Statement = Statement::new(
    "lookups.events",
    "select sequence, body, staff_name, note from events
     where merchant_id = $1 and card_id = $2 and sequence < $3
     order by sequence desc limit $4",
);

/// One event.
pub const EVENT: Statement = Statement::new(
    "lookups.event",
    "select sequence, body, staff_name, note from events where merchant_id = $1 and card_id = $2 and sequence = $3",
);

/// The claims of a card that wait to be handed over.
pub const CLAIMS_OF_CARD: Statement = Statement::new(
    "lookups.claims_of_card",
    "select state from claims where merchant_id = $1 and card_id = $2 and status = 'issued' order by minted_by, claim_id",
);

/// On which card an order was recorded.
pub const ORDER_CARD: Statement = Statement::new(
    "lookups.order_card",
    "select card_id from orders where merchant_id = $1 and source = $2 and order_ref = $3",
);

/// A merchant by its name in addresses. Merchants are a small table that every node holds.
pub const MERCHANT_BY_SLUG: Statement = Statement::new(
    "lookups.merchant_by_slug",
    "select merchant_id from merchants where slug = $1",
);

/// A card as it is stored.
#[derive(Clone, Debug)]
pub struct CardRow {
    /// Its id.
    pub card: Uuid,
    /// Of which program.
    pub program: Uuid,
    /// Whose.
    pub customer: Option<Uuid>,
    /// Its number.
    pub number: String,
    /// When it was opened, in microseconds.
    pub enrolled_at: i64,
    /// What the rules know of it.
    pub state: String,
}

fn card_row(row: &Row) -> Result<CardRow, Error> {
    Ok(CardRow {
        card: row.get(0)?,
        program: row.get(1)?,
        customer: row.get(2)?,
        number: row.get(3)?,
        enrolled_at: row.get(4)?,
        state: row.get(5)?,
    })
}

/// A card by id.
///
/// # Errors
/// When the database cannot be read; so for every function here.
pub fn card(tx: &mut Transaction<'_>, merchant: Uuid, card: Uuid) -> Result<Option<CardRow>, Error> {
    tx.row(&CARD, &params![merchant, card])?
        .as_ref()
        .map(card_row)
        .transpose()
}

/// A card by its number in canonical form.
///
/// # Errors
/// As [`card`].
pub fn card_by_number(tx: &mut Transaction<'_>, merchant: Uuid, number: &str) -> Result<Option<CardRow>, Error> {
    tx.row(&CARD_BY_NUMBER, &params![merchant, number])?
        .as_ref()
        .map(card_row)
        .transpose()
}

/// Whether a number was taken out of use by a replacement.
///
/// # Errors
/// As [`card`].
pub fn is_revoked_number(tx: &mut Transaction<'_>, merchant: Uuid, number: &str) -> Result<bool, Error> {
    Ok(tx.row(&REVOKED_NUMBER, &params![merchant, number])?.is_some())
}

/// Whose a contact is, by its kind and keyed hash.
///
/// # Errors
/// As [`card`].
pub fn customer_by_contact(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    kind: &str,
    lookup: &[u8],
) -> Result<Option<Uuid>, Error> {
    tx.row(&CUSTOMER_BY_CONTACT, &params![merchant, kind, lookup])?
        .map(|row| row.get(0))
        .transpose()
}

/// The cards of a person that are not closed, one a program. One that went into another is told only where there is none
/// besides it.
///
/// # Errors
/// As [`card`].
pub fn cards_of_customer(tx: &mut Transaction<'_>, merchant: Uuid, customer: Uuid) -> Result<Vec<CardRow>, Error> {
    let mut cards: Vec<CardRow> = Vec::new();
    for row in tx.rows(&CARDS_OF_CUSTOMER, &params![merchant, customer])? {
        let card = card_row(&row)?;
        if cards.iter().all(|known| known.program != card.program) {
            cards.push(card);
        }
    }
    cards.sort_by_key(|card| (card.enrolled_at, card.card));
    Ok(cards)
}

/// A person as it is stored: first name and language.
///
/// # Errors
/// As [`card`].
pub fn customer(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    customer: Uuid,
) -> Result<Option<(Option<String>, String)>, Error> {
    tx.row(&CUSTOMER, &params![merchant, customer])?
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .transpose()
}

/// An event as it is stored.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Its place in the card's history.
    pub sequence: i64,
    /// The hashed record.
    pub body: String,
    /// A name as typed, where no member of staff is known by it.
    pub staff_name: Option<String>,
    /// Free text.
    pub note: Option<String>,
}

fn event_row(row: &Row) -> Result<EventRow, Error> {
    Ok(EventRow {
        sequence: row.get(0)?,
        body: row.get(1)?,
        staff_name: row.get(2)?,
        note: row.get(3)?,
    })
}

/// The newest events before a place, at most so many.
///
/// # Errors
/// As [`card`].
pub fn events(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    card: Uuid,
    before: i64,
    limit: i64,
) -> Result<Vec<EventRow>, Error> {
    tx.rows(&EVENTS, &params![merchant, card, before, limit])?
        .iter()
        .map(event_row)
        .collect()
}

/// One event of a card.
///
/// # Errors
/// As [`card`].
pub fn event(tx: &mut Transaction<'_>, merchant: Uuid, card: Uuid, sequence: i64) -> Result<Option<EventRow>, Error> {
    tx.row(&EVENT, &params![merchant, card, sequence])?
        .as_ref()
        .map(event_row)
        .transpose()
}

/// The claims of a card that wait to be handed over, as the rules know them.
///
/// # Errors
/// As [`card`].
pub fn claims_of_card(tx: &mut Transaction<'_>, merchant: Uuid, card: Uuid) -> Result<Vec<String>, Error> {
    tx.rows(&CLAIMS_OF_CARD, &params![merchant, card])?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// The card on which an order was recorded.
///
/// # Errors
/// As [`card`].
pub fn order_card(
    tx: &mut Transaction<'_>,
    merchant: Uuid,
    source: &str,
    reference: &str,
) -> Result<Option<Uuid>, Error> {
    tx.row(&ORDER_CARD, &params![merchant, source, reference])?
        .map(|row| row.get(0))
        .transpose()
}

/// A merchant by its name in addresses. Anybody may ask for any name; one that holds what no name can is nobody's, and
/// never reaches a database that would refuse its letters.
///
/// # Errors
/// As [`card`].
pub fn merchant_by_slug(tx: &mut Transaction<'_>, slug: &str) -> Result<Option<Uuid>, Error> {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !slug.bytes().all(is_name) {
        return Ok(None);
    }
    tx.row(&MERCHANT_BY_SLUG, &params![slug])?
        .map(|row| row.get(0))
        .transpose()
}
