//! A merchant's cards, page by page in the order of their ids: each with its events and with what stands beside it. Rows
//! whose card is gone lie between the pages' cards, or behind the last, and are found there.

use super::claims::ClaimRow;
use super::counters::compare_limits;
use super::findings::Findings;
use super::fold::{Beside, Fold, Sums};
use super::orders;
use crate::error::Error;
use crate::sql;
use crate::sql::audit::{CARDS_PER_PAGE, EVENTS_PER_PAGE};
use db::{Row, Statement, Transaction, params};
use domain::counter::CounterKey;
use domain::ids::{CardId, ClaimId, MerchantId, ProgramId};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Orders that are compared at once.
const MENTIONS_MAX: usize = 2_000;

/// The cards of one merchant, on their way.
pub struct Pages {
    merchant: MerchantId,
    /// What the cards so far sum up to.
    pub sums: Sums,
    /// What differs so far.
    pub findings: Findings,
    /// Cards so far.
    pub cards: i64,
    /// Events so far.
    pub events: i64,
    mentions: Vec<orders::Mention>,
    limits: HashMap<CounterKey, i64>,
}

impl Pages {
    /// Before the first card.
    pub fn new(merchant: MerchantId) -> Self {
        Self {
            merchant,
            sums: Sums::default(),
            findings: Findings::of(merchant),
            cards: 0,
            events: 0,
            mentions: Vec::new(),
            limits: HashMap::new(),
        }
    }

    /// Looks at the cards after one, and says which was the last; none when there are no more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn turn(&mut self, tx: &mut Transaction<'_>, after: Uuid) -> Result<Option<Uuid>, Error> {
        let rows = tx.rows(&sql::audit::CARDS, &params![self.merchant.0, after])?;
        self.cards += i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let mut cards = BTreeMap::new();
        for row in rows {
            cards.insert(row.get::<Uuid>(0)?, row);
        }
        let last = cards
            .keys()
            .next_back()
            .copied()
            .filter(|_| cards.len() == CARDS_PER_PAGE);
        let through = last.unwrap_or(Uuid::max());
        let mut beside = self.beside(tx, after, through)?;
        let mut current: Option<Fold> = None;
        let mut place = (after, i64::MAX);
        loop {
            let values = params![self.merchant.0, place.0, place.1, through];
            let events = tx.rows(&sql::audit::EVENTS, &values)?;
            for row in &events {
                let id: Uuid = row.get(0)?;
                if current.is_none() || place.0 != id {
                    self.finish(tx, current.take(), (&mut cards, &mut beside), place.0)?;
                    current = Some(self.begin(id, cards.get(&id))?);
                }
                place = (id, row.get(1)?);
                if let Some(fold) = &mut current {
                    let faults = fold.take(row, &mut self.sums)?;
                    faults.into_iter().for_each(|what| self.findings.card(CardId(id), what));
                }
            }
            self.events += i64::try_from(events.len()).unwrap_or(i64::MAX);
            if events.len() < EVENTS_PER_PAGE {
                break;
            }
        }
        self.finish(tx, current, (&mut cards, &mut beside), place.0)?;
        self.leave(tx, &cards, &beside)?;
        Ok(last)
    }

    fn begin(&self, id: Uuid, row: Option<&Row>) -> Result<Fold, Error> {
        let program = row.map(|row| row.get(9)).transpose()?.map(ProgramId);
        Ok(Fold::new(self.merchant, CardId(id), program))
    }

    /// A card's last event was read.
    fn finish(
        &mut self,
        tx: &mut Transaction<'_>,
        fold: Option<Fold>,
        (cards, beside): (&mut BTreeMap<Uuid, Row>, &mut BTreeMap<Uuid, Beside>),
        id: Uuid,
    ) -> Result<(), Error> {
        let Some(mut fold) = fold else { return Ok(()) };
        let row = cards.remove(&id);
        let faults = fold.compare(row.as_ref(), beside.remove(&id).unwrap_or_default())?;
        faults.into_iter().for_each(|what| self.findings.card(CardId(id), what));
        let (mentions, limits) = fold.rest();
        self.mentions.extend(mentions);
        self.limits.extend(limits);
        if self.mentions.len() >= MENTIONS_MAX {
            self.settle(tx)?;
        }
        Ok(())
    }

    /// What is left of a page has no events.
    fn leave(
        &mut self,
        tx: &mut Transaction<'_>,
        cards: &BTreeMap<Uuid, Row>,
        beside: &BTreeMap<Uuid, Beside>,
    ) -> Result<(), Error> {
        for id in cards.keys() {
            self.findings.card(CardId(*id), "has a row but no events");
        }
        for id in beside.keys() {
            self.findings.card(
                CardId(*id),
                "claims, signals or old numbers stand for it, but no events",
            );
        }
        self.settle(tx)
    }

    /// Compares what was gathered for comparing in bulk.
    fn settle(&mut self, tx: &mut Transaction<'_>) -> Result<(), Error> {
        let (mentions, limits) = (std::mem::take(&mut self.mentions), std::mem::take(&mut self.limits));
        orders::compare(tx, self.merchant, &mentions, &mut self.findings)?;
        compare_limits(tx, self.merchant, &limits, &mut self.findings)
    }

    fn beside(&self, tx: &mut Transaction<'_>, after: Uuid, through: Uuid) -> Result<BTreeMap<Uuid, Beside>, Error> {
        let mut found: BTreeMap<Uuid, Beside> = BTreeMap::new();
        let merchant = self.merchant.0;
        let mut rows = |statement: &Statement| tx.rows(statement, &params![merchant, after, through]);
        for row in rows(&sql::audit::CLAIMS)? {
            let claim = ClaimRow {
                id: ClaimId(row.get(1)?),
                columns: (row.get(2)?, row.get(3)?, row.get(4)?),
                state: row.get(5)?,
            };
            found.entry(row.get(0)?).or_default().claims.push(claim);
        }
        for row in rows(&sql::audit::SIGNALS)? {
            let signal = (row.get(1)?, row.get(2)?);
            found.entry(row.get(0)?).or_default().signals.push(signal);
        }
        for row in rows(&sql::audit::FOLLOW_UPS)? {
            let payload: String = row.get(2)?;
            let kind = payload.strip_prefix("signal:").unwrap_or(&payload).to_owned();
            let signal = (row.get(1)?, kind);
            found.entry(row.get(0)?).or_default().signals.push(signal);
        }
        for row in rows(&sql::audit::REVOKED_NUMBERS)? {
            found.entry(row.get(0)?).or_default().revoked.push(row.get(1)?);
        }
        Ok(found)
    }
}
