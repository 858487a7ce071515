//! What a batch saves: everything it changed, each table once, in one round trip. Follow-ups, pass versions and totals
//! are part of the same commit as the events that cause them.

use super::books::{Books, CardRow, OrderRow, ReturnRow};
use super::key::ReceiptName;
use super::named::{amount_of, order_of};
use super::receipt::Extra;
use super::rows::{card_values, extra_text, json, payload_of, payload_of_changes};
use super::{Change, Submission};
use crate::error::Error;
use crate::sql;
use db::{Call, Statement, Transaction, Value, params};
use domain::Decision;
use domain::claim::Claim;
use domain::command::Command;
use domain::event::{Actor, Event, EventKind};
use domain::ids::{CardId, ProgramId};
use domain::moment::{Instant, plus_days};
use domain::order::{Order, OrderRef};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Days that receipts are kept at least (`IDM-1`: 72 hours, and the day that has begun).
const RECEIPT_DAYS: i64 = 4;

type Rows = Vec<Vec<Value>>;

/// What must be saved.
pub struct Changes {
    pub(super) now: Instant,
    /// Receipts of this batch, by name.
    pub receipts: BTreeSet<ReceiptName>,
    touched: BTreeSet<CardId>,
    /// New people.
    pub(super) customers: Rows,
    /// Their contacts, by kind and keyed hash.
    pub(super) contacts: BTreeMap<(&'static str, Vec<u8>), Vec<Value>>,
    /// Contacts that wait to be proved.
    pub(super) pending: Rows,
    /// The letters that ask for it, and their links.
    pub(super) letters: Rows,
    pub(super) links: Rows,
    /// What was agreed to when cards were opened.
    pub(super) consents: Rows,
    events: Rows,
    claims: BTreeMap<Uuid, (CardId, Claim)>,
    orders: BTreeSet<OrderRef>,
    returns: BTreeSet<(OrderRef, String)>,
    counters: BTreeMap<(&'static str, String), i64>,
    follow_ups: Rows,
    totals: BTreeMap<(String, Uuid, Uuid, String), i64>,
}

impl Changes {
    /// Nothing yet.
    pub fn new(now: Instant) -> Self {
        Self {
            now,
            receipts: BTreeSet::new(),
            touched: BTreeSet::new(),
            customers: Vec::new(),
            contacts: BTreeMap::new(),
            pending: Vec::new(),
            letters: Vec::new(),
            links: Vec::new(),
            consents: Vec::new(),
            events: Vec::new(),
            claims: BTreeMap::new(),
            orders: BTreeSet::new(),
            returns: BTreeSet::new(),
            counters: BTreeMap::new(),
            follow_ups: Vec::new(),
            totals: BTreeMap::new(),
        }
    }

    /// An event to write, and the figures it moves.
    pub fn add_event(
        &mut self,
        submission: &Submission,
        (card, program): (CardId, ProgramId),
        event: &Event,
        undone: Option<EventKind>,
        order: Option<&OrderRef>,
        (hash, body): (Vec<u8>, String),
    ) {
        let terminal = match event.origin.actor {
            Actor::Terminal(terminal) => Some(terminal.0),
            _ => None,
        };
        self.touched.insert(card);
        self.events.push(
            params![
                card.0,
                event.sequence,
                event.kind.code(),
                event.at.0,
                self.now.0,
                terminal,
                event.reverses,
                order.map(|order| order.source.clone()),
                order.map(|order| order.reference.clone()),
                submission.staff_name.clone(),
                submission.note.clone(),
                hash,
                body
            ]
            .to_vec(),
        );
        let mut count = |measure: String, amount: i64| {
            let store = event.origin.store.map_or(Uuid::nil(), |store| store.0);
            *self
                .totals
                .entry((event.day.to_string(), store, program.0, measure))
                .or_insert(0) += amount;
        };
        count(format!("event:{}", event.kind.code()), 1);
        if let Some(kind) = undone {
            count(format!("undone:{}", kind.code()), 1);
        }
        for step in &event.moves {
            count(format!("{}:{}", step.unit.code(), step.kind.code()), step.amount);
        }
    }

    /// An order as it stands now; the answer that paid it is kept with it, for whoever asks under another key.
    pub fn put_order(&mut self, books: &mut Books, submission: &Submission, order: &Order, extra: &Extra) {
        let Some(reference) = order_of(&submission.command) else {
            return;
        };
        self.orders.insert(reference.clone());
        let row = books.orders.entry(reference.clone()).or_insert_with(|| OrderRow {
            card: submission.card,
            order: order.clone(),
            extra: Extra::default(),
            new: true,
        });
        row.order = order.clone();
        if matches!(submission.command, Command::Earn(_) | Command::Purchase(_)) {
            row.extra = extra.clone();
        }
    }

    /// A return that was booked.
    pub fn put_return(&mut self, books: &mut Books, submission: &Submission, sequence: Option<i64>, extra: &Extra) {
        let (Command::Return { order, returned, .. }, Some(name)) = (&submission.command, &submission.return_ref)
        else {
            return;
        };
        let Some(amount_minor) = amount_of(returned) else {
            return;
        };
        let row = ReturnRow {
            amount_minor,
            card: submission.card,
            sequence,
            extra: extra.clone(),
        };
        books.returns.insert((order.clone(), name.clone()), row);
        self.returns.insert((order.clone(), name.clone()));
    }

    /// Claims, counters and follow-ups of a decision.
    pub fn keep(&mut self, card: CardId, sequence: Option<i64>, decision: &Decision) {
        for claim in &decision.claims {
            self.claims.insert(claim.id.0, (card, claim.clone()));
        }
        if let Some(other) = &decision.other {
            let claims = other
                .claims
                .iter()
                .map(|claim| (claim.id.0, (other.card, claim.clone())));
            self.claims.extend(claims);
        }
        for (key, amount) in &decision.counters {
            *self.counters.entry(key.parts()).or_insert(0) += amount;
        }
        for (number, follow_up) in (1i64..).zip(&decision.follow_ups) {
            let Some(sequence) = sequence else { continue };
            let payload = payload_of(follow_up);
            self.follow_ups
                .push(params![card.0, sequence, number, payload, self.now.0].to_vec());
        }
    }

    /// Writes it all, and says what changed. The last one of a transaction also commits.
    ///
    /// # Errors
    /// When the database refuses; nothing is kept then.
    pub fn save(mut self, tx: &mut Transaction<'_>, books: &Books, last: bool) -> Result<Vec<Change>, Error> {
        let shared = params![books.merchant.0];
        let contacts: Rows = std::mem::take(&mut self.contacts).into_values().collect();
        let opened = self.opened_rows(books)?;
        let updated = self.updated_rows(books)?;
        let (revoked, renumbered) = self.renumbered_rows(books);
        let (new_orders, known_orders) = self.order_rows(books)?;
        let receipts = self.receipt_rows(books)?;
        let returns = self.return_rows(books)?;
        let claims = self.claim_rows()?;
        let wanted: Rows = self
            .changed(books)
            .map(|(id, row)| params![id.0, row.card.version, self.now.0].to_vec())
            .collect();
        let counters = counter_rows(std::mem::take(&mut self.counters));
        let totals: Rows = self
            .totals
            .into_iter()
            .map(|((day, store, program, measure), amount)| params![day, store, program, measure, amount].to_vec())
            .collect();
        let steps: [(&Statement, &Rows); 19] = [
            (&sql::cards::INSERT_CUSTOMER, &self.customers),
            (&sql::cards::INSERT_CONTACT, &contacts),
            // Before new cards: who closes one may open another.
            (&sql::cards::UPDATE, &updated),
            (&sql::cards::INSERT, &opened),
            (&sql::consents::INSERT, &self.consents),
            (&sql::cards::REVOKE_NUMBER, &revoked),
            (&sql::cards::RENUMBER, &renumbered),
            (&sql::events::INSERT, &self.events),
            (&sql::events::PUT_CLAIM, &claims),
            (&sql::orders::INSERT, &new_orders),
            (&sql::orders::PUT, &known_orders),
            (&sql::orders::INSERT_RETURN, &returns),
            (&sql::receipts::INSERT, &receipts),
            (&sql::shared::ADD, &counters),
            (&sql::jobs::INSERT_FOLLOW_UP, &self.follow_ups),
            (&sql::jobs::WANT_PASS, &wanted),
            (&sql::contacts::INSERT_PENDING, &self.pending),
            (&sql::contacts::INSERT_LINK, &self.links),
            (&sql::letters::INSERT, &self.letters),
        ];
        let changes: Vec<Change> = self
            .touched
            .iter()
            .filter_map(|id| books.cards.get(id).map(|row| (id, row)))
            .map(|(id, row)| Change {
                card: Some((books.merchant, *id, row.card.version)),
            })
            .collect();
        let notice = payload_of_changes(&changes);
        // Figures last: they are the rows that batches of other processes are most likely to wait for.
        let figures = (&sql::totals::ADD, &totals);
        let calls: Vec<Call<'_>> = steps
            .iter()
            .chain(std::iter::once(&figures))
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(statement, rows)| Call::run_many(statement, &shared, rows))
            .collect();
        if last {
            tx.finish(&calls, Some(&*notice).filter(|_| !changes.is_empty()))?;
        } else {
            tx.pipeline(&calls)?;
            if !changes.is_empty() {
                tx.notify(&notice)?;
            }
        }
        Ok(changes)
    }

    fn changed<'a>(&self, books: &'a Books) -> impl Iterator<Item = (CardId, &'a CardRow)> + use<'a> {
        let touched: Vec<CardId> = self.touched.iter().copied().collect();
        touched
            .into_iter()
            .filter_map(|id| books.cards.get(&id).map(|row| (id, row)))
    }

    /// New cards, in the order of what may be taken: two transactions that open cards for the same people never wait for
    /// each other in a circle.
    fn opened_rows(&self, books: &Books) -> Result<Rows, Error> {
        let new = self.changed(books).filter(|(_, row)| row.version_before == 0);
        let mut new: Vec<(CardId, &CardRow)> = new.collect();
        new.sort_by_key(|(_, row)| (row.program, row.customer, &row.number));
        new.into_iter()
            .map(|(id, row)| {
                let mut values = card_values(id, row)?;
                let customer = row.customer.map(|customer| customer.0);
                let opened_at = books.opened_at(id).unwrap_or(row.card.last_at);
                values.extend(params![row.program.0, customer, row.number.clone(), opened_at.0]);
                Ok(values)
            })
            .collect()
    }

    fn updated_rows(&self, books: &Books) -> Result<Rows, Error> {
        self.changed(books)
            .filter(|(_, row)| row.version_before > 0)
            .map(|(id, row)| card_values(id, row))
            .collect()
    }

    /// Every number that was taken out of use, and the last one of each card.
    fn renumbered_rows(&self, books: &Books) -> (Rows, Rows) {
        let renumbered = || self.changed(books).filter(|(_, row)| !row.old_numbers.is_empty());
        let revoked = renumbered().flat_map(|(id, row)| row.old_numbers.iter().map(move |old| (old, id)));
        let mut revoked: Vec<(&String, CardId)> = revoked.collect();
        revoked.sort();
        let revoked = revoked
            .into_iter()
            .map(|(old, id)| params![old.clone(), id.0, self.now.0].to_vec())
            .collect();
        let last = renumbered().map(|(id, row)| params![id.0, row.number.clone()].to_vec());
        (revoked, last.collect())
    }

    fn order_rows(&self, books: &Books) -> Result<(Rows, Rows), Error> {
        let (mut new, mut known) = (Rows::new(), Rows::new());
        for reference in &self.orders {
            let Some(row) = books.orders.get(reference) else {
                continue;
            };
            let state = json("order", &row.order)?;
            let extra = extra_text(&row.extra)?;
            let values = params![&*reference.source, &*reference.reference, row.card.0, state, extra].to_vec();
            if row.new { new.push(values) } else { known.push(values) }
        }
        Ok((new, known))
    }

    fn return_rows(&self, books: &Books) -> Result<Rows, Error> {
        let found = self
            .returns
            .iter()
            .filter_map(|name| books.returns.get(name).map(|row| (name, row)));
        found
            .map(|((order, name), row)| {
                let extra = extra_text(&row.extra)?;
                let (source, reference) = (&*order.source, &*order.reference);
                let name = name.as_str();
                Ok(params![
                    source,
                    reference,
                    name,
                    row.amount_minor,
                    row.card.0,
                    row.sequence,
                    extra
                ]
                .to_vec())
            })
            .collect()
    }

    fn receipt_rows(&self, books: &Books) -> Result<Rows, Error> {
        let today = jiff::Timestamp::from_microsecond(self.now.0)
            .unwrap_or_default()
            .to_zoned(jiff::tz::TimeZone::UTC);
        let keep_until_on = plus_days(today.date(), RECEIPT_DAYS).to_string();
        let found = self
            .receipts
            .iter()
            .filter_map(|name| books.receipts.get(name).map(|stored| (name, stored)));
        found
            .map(|(name, stored)| {
                Ok(params![
                    name.0,
                    stored.input_hash.clone(),
                    stored.card.0,
                    stored.sequence,
                    extra_text(&stored.extra)?,
                    stored.locale.as_str(),
                    keep_until_on.as_str()
                ]
                .to_vec())
            })
            .collect()
    }

    fn claim_rows(&self) -> Result<Rows, Error> {
        self.claims
            .iter()
            .map(|(id, (card, claim))| {
                let state = json("claim", claim)?;
                Ok(params![*id, card.0, claim.reward.0, claim.status.code(), claim.minted_by, state].to_vec())
            })
            .collect()
    }
}

fn counter_rows(counters: BTreeMap<(&'static str, String), i64>) -> Rows {
    let moved = counters.into_iter();
    moved
        .map(|((kind, id), amount)| params![kind, id, amount].to_vec())
        .collect()
}
