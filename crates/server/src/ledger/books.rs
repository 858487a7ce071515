//! The open books of one merchant during one transaction: what a batch has locked and read, and what it has decided so
//! far. Everything is loaded in bulk first; what only becomes known on the way is loaded when it is asked for.

mod rows;

pub use rows::{CardRow, OrderRow, ReturnRow, StoredReceipt};

use super::Submission;
use super::holders::Holders;
use super::key::ReceiptName;
use super::named::Named;
use super::receipt::Extra;
use crate::catalogue::Catalogue;
use crate::catalogues::Catalogues;
use crate::error::Error;
use crate::sql;
use db::{Call, Reply, Row, Statement, Transaction, Value, params};
use domain::card::Card;
use domain::claim::Claim;
use domain::counter::{CounterKey, Counters};
use domain::event::Event;
use domain::ids::{CardId, ClaimId, CustomerId, MerchantId, ProgramId};
use domain::moment::Instant;
use domain::order::OrderRef;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Whether rows are locked for writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// To decide and save.
    Write,
    /// To look ahead only.
    Preview,
}

impl Mode {
    fn cards(self) -> &'static Statement {
        match self {
            Mode::Write => &sql::cards::LOCK,
            Mode::Preview => &sql::cards::READ,
        }
    }
}

/// The open books.
pub struct Books {
    /// Whose.
    pub merchant: MerchantId,
    /// What it offers.
    pub catalogue: Arc<Catalogue>,
    /// Cards by id.
    pub cards: HashMap<CardId, CardRow>,
    /// Receipts by name.
    pub receipts: HashMap<ReceiptName, StoredReceipt>,
    /// Orders by reference.
    pub orders: HashMap<OrderRef, OrderRow>,
    /// Returns by order and return reference.
    pub returns: HashMap<(OrderRef, String), ReturnRow>,
    /// Shared counters that are locked.
    pub counters: Counters,
    /// Numbers, contacts and places in programs that are held.
    pub holders: Holders,
    mode: Mode,
    events: HashMap<(CardId, i64), (Event, Option<OrderRef>)>,
    reversed: HashMap<(CardId, i64), bool>,
    claims: HashMap<ClaimId, Option<(CardId, Claim)>>,
    locked: HashSet<CounterKey>,
}

impl Books {
    /// Opens the books with everything the submissions name, in one round trip: the revision of the catalogue, the
    /// cards locked in key order, so that two batches never wait for each other in a circle, and then what is held once,
    /// receipts, orders and returns: read after the locks, they show what another process committed meanwhile. Receipts come
    /// after what is held, as a new card locks nothing: who is seen to hold a contact has a receipt that is seen as well, so
    /// that the same form sent twice is told again and not refused. None when there is no such merchant.
    pub fn open(
        tx: &mut Transaction<'_>,
        catalogues: &Catalogues,
        now: Instant,
        mode: Mode,
        submissions: &[&Submission],
    ) -> Result<Option<Self>, Error> {
        let Some(merchant) = submissions.first().map(|one| one.merchant) else {
            return Ok(None);
        };
        let shared = params![merchant.0];
        let lists = Named::by(submissions).rows();
        let lock = mode.cards();
        let many = [
            lock,
            &sql::cards::HELD_NUMBER,
            &sql::cards::HELD_CONTACT,
            &sql::receipts::READ,
            &sql::orders::READ,
            &sql::orders::READ_RETURN,
        ];
        let mut calls = vec![Call::rows(&sql::catalogue::REVISION, &shared)];
        calls.extend(
            many.iter()
                .zip(&lists)
                .map(|(statement, rows)| Call::rows_many(statement, &shared, rows)),
        );
        let mut replies = tx.pipeline(&calls)?.into_iter().map(Reply::into_rows);
        let mut next = || replies.next().unwrap_or_default();
        let revision = next();
        let Some(catalogue) = catalogues.of_revision(tx, merchant, now, revision.first())? else {
            return Ok(None);
        };
        let mut books = Self::blank(catalogue, mode);
        next().iter().try_for_each(|row| books.keep_card(row))?;
        next().iter().try_for_each(|row| books.holders.keep_number(row))?;
        next().iter().try_for_each(|row| books.holders.keep_contact(row))?;
        next().iter().try_for_each(|row| books.keep_receipt(row))?;
        next().iter().try_for_each(|row| books.keep_order(row))?;
        next().iter().try_for_each(|row| books.keep_return(row))?;
        books.follow(tx)?;
        books.follow_holders(tx)?;
        Ok(Some(books))
    }

    /// Whether it is to decide and save.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    fn blank(catalogue: Arc<Catalogue>, mode: Mode) -> Self {
        Self {
            merchant: catalogue.merchant.id,
            catalogue,
            mode,
            cards: HashMap::new(),
            receipts: HashMap::new(),
            orders: HashMap::new(),
            returns: HashMap::new(),
            counters: Counters::default(),
            holders: Holders::default(),
            events: HashMap::new(),
            reversed: HashMap::new(),
            claims: HashMap::new(),
            locked: HashSet::new(),
        }
    }

    /// How cards are read: locked, if they may be written to.
    pub(super) fn cards_statement(&self) -> &'static Statement {
        self.mode.cards()
    }

    pub(super) fn keep_card(&mut self, row: &Row) -> Result<(), Error> {
        let state: String = row.get(4)?;
        let card: Card = parse("card", &state)?;
        let card_row = CardRow {
            program: ProgramId(row.get(1)?),
            number: row.get(2)?,
            old_numbers: Vec::new(),
            hash: row.get(3)?,
            customer: row.get::<Option<uuid::Uuid>>(5)?.map(CustomerId),
            version_before: card.version,
            card,
        };
        self.cards.insert(CardId(row.get(0)?), card_row);
        Ok(())
    }

    fn keep_receipt(&mut self, row: &Row) -> Result<(), Error> {
        let stored = StoredReceipt {
            input_hash: row.get(1)?,
            card: CardId(row.get(2)?),
            sequence: row.get(3)?,
            extra: extra(row.get(4)?)?,
            locale: row.get(5)?,
        };
        self.receipts.insert(ReceiptName(row.get(0)?), stored);
        Ok(())
    }

    fn keep_order(&mut self, row: &Row) -> Result<(), Error> {
        let state: String = row.get(3)?;
        let found = OrderRow {
            card: CardId(row.get(2)?),
            order: parse("order", &state)?,
            extra: extra(row.get(4)?)?,
            new: false,
        };
        self.orders.insert(
            OrderRef {
                source: row.get(0)?,
                reference: row.get(1)?,
            },
            found,
        );
        Ok(())
    }

    fn keep_return(&mut self, row: &Row) -> Result<(), Error> {
        let found = ReturnRow {
            amount_minor: row.get(3)?,
            card: CardId(row.get(4)?),
            sequence: row.get(5)?,
            extra: extra(row.get(6)?)?,
        };
        let order = OrderRef {
            source: row.get(0)?,
            reference: row.get(1)?,
        };
        self.returns.insert((order, row.get(2)?), found);
        Ok(())
    }

    /// Reads an order that became known only on the way.
    pub fn read_order(&mut self, tx: &mut Transaction<'_>, reference: &OrderRef) -> Result<(), Error> {
        let values = params![self.merchant.0, &*reference.source, &*reference.reference];
        match tx.row(&sql::orders::READ, &values)? {
            Some(row) => self.keep_order(&row),
            None => Ok(()),
        }
    }

    /// An event of a card, and the order it was for.
    pub fn event(
        &mut self,
        tx: &mut Transaction<'_>,
        card: CardId,
        sequence: i64,
    ) -> Result<Option<(Event, Option<OrderRef>)>, Error> {
        if !self.events.contains_key(&(card, sequence)) {
            let Some(row) = tx.row(&sql::events::READ, &params![self.merchant.0, card.0, sequence])? else {
                return Ok(None);
            };
            let body: String = row.get(2)?;
            let order = match (row.get::<Option<String>>(3)?, row.get::<Option<String>>(4)?) {
                (Some(source), Some(reference)) => Some(OrderRef { source, reference }),
                _ => None,
            };
            self.events.insert((card, sequence), (parse("event", &body)?, order));
        }
        Ok(self.events.get(&(card, sequence)).cloned())
    }

    /// What this batch wrote to a card.
    pub(super) fn events_of_batch(&self, card: CardId) -> impl Iterator<Item = &Event> {
        let before = self.cards.get(&card).map_or(0, |row| row.version_before);
        let known = self
            .events
            .iter()
            .filter(move |((owner, sequence), _)| *owner == card && *sequence > before);
        known.map(|(_, (event, _))| event)
    }

    /// When a card was opened that this batch opened; its later events may be of the same batch.
    pub fn opened_at(&self, card: CardId) -> Option<Instant> {
        self.events.get(&(card, 1)).map(|(event, _)| event.at)
    }

    /// Whether an event was taken back.
    pub fn is_reversed(&mut self, tx: &mut Transaction<'_>, card: CardId, sequence: i64) -> Result<bool, Error> {
        if let Some(&known) = self.reversed.get(&(card, sequence)) {
            return Ok(known);
        }
        let found = tx
            .row(&sql::events::REVERSED, &params![self.merchant.0, card.0, sequence])?
            .is_some();
        self.reversed.insert((card, sequence), found);
        Ok(found)
    }

    /// A claim of a card.
    pub fn claim(&mut self, tx: &mut Transaction<'_>, card: CardId, id: ClaimId) -> Result<Option<Claim>, Error> {
        if !self.claims.contains_key(&id) {
            let found = match tx.row(&sql::events::CLAIM, &params![self.merchant.0, id.0])? {
                Some(row) => {
                    let state: String = row.get(2)?;
                    Some((CardId(row.get(1)?), parse("claim", &state)?))
                }
                None => None,
            };
            self.claims.insert(id, found);
        }
        let found = self.claims.get(&id).and_then(Option::as_ref);
        Ok(found
            .filter(|(owner, _)| *owner == card)
            .map(|(_, claim)| claim.clone()))
    }

    /// Keeps a claim as it was read, unless this batch knows it already.
    pub fn keep_claim(&mut self, card: CardId, claim: Claim) {
        self.claims.entry(claim.id).or_insert(Some((card, claim)));
    }

    /// The claims of a card that are known so far.
    pub fn claims_of(&self, card: CardId) -> impl Iterator<Item = &Claim> {
        let known = self.claims.values().flatten();
        known.filter(move |(owner, _)| *owner == card).map(|(_, claim)| claim)
    }

    /// Locks counters that are not locked yet, in order; what does not exist is made first, so that it can be locked.
    pub fn lock_counters(&mut self, tx: &mut Transaction<'_>, keys: Vec<CounterKey>) -> Result<(), Error> {
        let missing: BTreeSet<CounterKey> = keys.into_iter().filter(|key| !self.locked.contains(key)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let each: Vec<Vec<Value>> = missing
            .iter()
            .map(CounterKey::parts)
            .map(|(kind, id)| params![kind, id].to_vec())
            .collect();
        let shared = params![self.merchant.0];
        let read: &Statement = if self.mode == Mode::Write {
            tx.run_many(&sql::shared::BEGIN, &shared, &each)?;
            &sql::shared::LOCK
        } else {
            &sql::shared::READ
        };
        let mut used: HashMap<(String, String), i64> = HashMap::new();
        for row in tx.rows_many(read, &shared, &each)? {
            used.insert((row.get(0)?, row.get(1)?), row.get(2)?);
        }
        for key in missing {
            let (kind, id) = key.parts();
            self.counters
                .set(key.clone(), used.get(&(kind.to_owned(), id)).copied().unwrap_or(0));
            self.locked.insert(key);
        }
        Ok(())
    }

    /// Remembers an event of this batch, for the submissions that come after it.
    pub fn remember_event(&mut self, card: CardId, event: &Event, order: Option<OrderRef>) {
        if let Some(taken_back) = event.reverses {
            self.reversed.insert((card, taken_back), true);
        }
        self.reversed.insert((card, event.sequence), false);
        self.events.insert((card, event.sequence), (event.clone(), order));
    }

    /// Remembers a claim of this batch.
    pub fn remember_claim(&mut self, card: CardId, claim: &Claim) {
        self.claims.insert(claim.id, Some((card, claim.clone())));
    }
}

/// Reads a stored value.
pub fn parse<T: serde::de::DeserializeOwned>(what: &str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::malformed(what, error))
}

fn extra(text: Option<String>) -> Result<Extra, Error> {
    text.map_or_else(|| Ok(Extra::default()), |text| parse("receipt", &text))
}
