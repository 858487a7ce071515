//! One card, folded from its events: the card, its claims, its orders, and everything else that events imply. It reads
//! nothing by itself.

use super::claims::{ClaimRow, Claims};
use super::counters::Tally;
use super::figures::Figures;
use super::merges::Merges;
use super::orders::{Mention, Told};
use crate::error::Error;
use crate::ledger::chain::{beginning, link};
use db::Row;
use domain::card::{Card, balance_of};
use domain::counter::CounterKey;
use domain::event::{Actor, Event, EventKind};
use domain::follow_up::Signal;
use domain::ids::{CardId, MerchantId, ProgramId};
use domain::moment::Instant;
use domain::order::OrderRef;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// What the cards of a merchant sum up to.
#[derive(Debug, Default)]
pub struct Sums {
    /// What pages show.
    pub figures: Figures,
    /// What cards share.
    pub tally: Tally,
    /// What went from one to another.
    pub merges: Merges,
}

/// What stands beside a card's row in other tables.
#[derive(Debug, Default)]
pub struct Beside {
    /// Its claims.
    pub claims: Vec<ClaimRow>,
    /// What was or will be signalled about it: by which event, and what.
    pub signals: Vec<(i64, String)>,
    /// The numbers it had before.
    pub revoked: Vec<String>,
}

/// An earlier event, as later ones need it.
#[derive(Debug)]
struct Past {
    kind: EventKind,
    has_staff: bool,
}

/// A card being folded.
#[derive(Debug)]
pub struct Fold {
    id: CardId,
    /// None when the card has no row.
    program: Option<ProgramId>,
    card: Card,
    hash: Option<Vec<u8>>,
    enrolled_at: Option<Instant>,
    customers: HashSet<Uuid>,
    claimed: bool,
    past: Vec<Past>,
    claims: Claims,
    orders: BTreeMap<OrderRef, Told>,
    limits: HashMap<CounterKey, i64>,
    /// Events that took back a reward already handed over (`VOID-3`).
    signalled: HashSet<i64>,
}

impl Fold {
    /// A card nothing has happened to. Its program is known from its row, and the hash of its first event proves it.
    pub fn new(merchant: MerchantId, id: CardId, program: Option<ProgramId>) -> Self {
        Self {
            id,
            program,
            card: Card::blank(),
            hash: program.map(|program| beginning(merchant, id, program)),
            enrolled_at: None,
            customers: HashSet::new(),
            claimed: false,
            past: Vec::new(),
            claims: Claims::default(),
            orders: BTreeMap::new(),
            limits: HashMap::new(),
            signalled: HashSet::new(),
        }
    }

    /// Checks an event against its place, its hash and its columns, and applies it. Says what is wrong with it.
    ///
    /// # Errors
    /// When the row has another shape.
    pub fn take(&mut self, row: &Row, sums: &mut Sums) -> Result<Vec<String>, Error> {
        let sequence: i64 = row.get(1)?;
        let (hash, body): (Vec<u8>, String) = (row.get(8)?, row.get(9)?);
        let expected = self.hash.as_ref().map(|before| link(before, &body));
        let chained = expected.is_none_or(|expected| expected == hash);
        self.hash = Some(hash);
        let event: Event = match serde_json::from_str(&body) {
            Ok(event) => event,
            Err(error) => return Ok(vec![format!("event {sequence} cannot be read: {error}")]),
        };
        let mut faults = Vec::new();
        if !chained {
            faults.push(format!("event {sequence} breaks the hash chain"));
        }
        if sequence != self.card.version + 1 || event.sequence != sequence {
            faults.push(format!("event {sequence} follows event {}", self.card.version));
        }
        if columns(row)? != columns_of(&event) {
            faults.push(format!("event {sequence} and its row tell different things"));
        }
        if event.at < self.card.last_at {
            faults.push(format!("event {sequence} goes back in time"));
        }
        self.card.apply(&event);
        if balance_of(&self.card.buckets) != event.balance {
            faults.push(format!("event {sequence} states another balance than its moves give"));
        }
        faults.extend(self.claims.take(&event));
        faults.extend(sums.merges.take(self.id, &event));
        self.count(&event, sums);
        if let (Some(source), Some(reference)) = (row.get::<Option<String>>(6)?, row.get::<Option<String>>(7)?)
            && event.kind != EventKind::ClaimUsed
        {
            self.orders
                .entry(OrderRef { source, reference })
                .or_default()
                .count(&event);
        }
        self.remember(&event);
        Ok(faults)
    }

    /// Adds an event to what cards share.
    fn count(&mut self, event: &Event, sums: &mut Sums) {
        let undone = event.reverses.and_then(|sequence| usize::try_from(sequence - 1).ok());
        let undone = undone.and_then(|place| self.past.get(place));
        if let Some(program) = self.program {
            sums.figures.count(program, event, undone.map(|past| past.kind));
            sums.tally.count(program, event);
        }
        if undone.is_some_and(|past| past.kind.is_redemption()) {
            self.signalled.insert(event.sequence);
        }
        for counted in event.counted.iter().filter(|counted| counted.period.is_some()) {
            *self.limits.entry(counted.key(self.id)).or_insert(0) += counted.amount;
        }
    }

    fn remember(&mut self, event: &Event) {
        if event.kind == EventKind::Enrolled {
            self.enrolled_at = Some(event.at);
            self.claimed = event.claimed == Some(true);
        }
        if event.kind == EventKind::Confirmed {
            self.claimed = true;
        }
        // Whoever merges two cards may have been known by one of them only.
        if let Actor::Customer(customer) = event.origin.actor
            && event.merged.is_none()
        {
            self.customers.insert(customer.0);
        }
        self.past.push(Past {
            kind: event.kind,
            has_staff: event.origin.staff.is_some(),
        });
    }

    /// Compares with the card's row, and with what stands beside it.
    ///
    /// # Errors
    /// When the row has another shape.
    pub fn compare(&mut self, row: Option<&Row>, beside: Beside) -> Result<Vec<String>, Error> {
        let mut faults = match row {
            Some(row) => self.compare_row(row)?,
            None => vec!["has events but no row".to_owned()],
        };
        faults.extend(std::mem::take(&mut self.claims).compare(beside.claims));
        faults.extend(self.compare_signals(&beside.signals));
        let revoked = i64::try_from(beside.revoked.len()).unwrap_or(i64::MAX);
        if revoked != self.card.generation {
            faults.push(format!(
                "{revoked} numbers were taken out of use, its events say {}",
                self.card.generation
            ));
        }
        if let Some(row) = row {
            let number: String = row.get(10)?;
            if beside.revoked.contains(&number) {
                faults.push("its number was taken out of use".to_owned());
            }
        }
        Ok(faults)
    }

    fn compare_row(&self, row: &Row) -> Result<Vec<String>, Error> {
        let card = &self.card;
        let state: String = row.get(8)?;
        let mut faults = Vec::new();
        match serde_json::from_str::<Card>(&state) {
            Ok(kept) if kept == *card => {}
            Ok(kept) => faults.push(format!(
                "the row stands at version {} and the fold at {}, or their states differ",
                kept.version, card.version
            )),
            Err(error) => faults.push(format!("the row cannot be read: {error}")),
        }
        let balance = balance_of(&card.buckets);
        let kept: (String, i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let status = card.status.code().to_owned();
        if kept != (status, card.version, balance.stamps, balance.points) {
            faults.push("status, version or balance beside the state differ".to_owned());
        }
        let (due, active): (Option<String>, i64) = (row.get(5)?, row.get(6)?);
        if due != card.next_due_on().map(|day| day.to_string()) || active != card.last_activity_at.0 {
            faults.push("next due day or last activity differ".to_owned());
        }
        if Some(row.get::<Vec<u8>>(7)?) != self.hash {
            faults.push("the running hash differs".to_owned());
        }
        if self.enrolled_at.map(|at| at.0) != Some(row.get(12)?) {
            faults.push("the row says another time of opening".to_owned());
        }
        let (customer, person): (Option<Uuid>, Option<Uuid>) = (row.get(11)?, row.get(13)?);
        if customer != person {
            faults.push("its customer is not there".to_owned());
        }
        let others = self.customers.iter().any(|known| Some(*known) != customer);
        if others || (self.claimed && customer.is_none()) {
            faults.push("its events say that it is another customer's".to_owned());
        }
        Ok(faults)
    }

    fn compare_signals(&self, kept: &[(i64, String)]) -> Vec<String> {
        let code = Signal::VoidedRedemption.code();
        let mut faults = Vec::new();
        for (sequence, kind) in kept {
            let place = usize::try_from(sequence - 1).ok();
            let past = place.and_then(|place| self.past.get(place));
            let sound = match (past, Signal::from_code(kind)) {
                (None, _) => false,
                (_, Some(Signal::VoidedRedemption)) => self.signalled.contains(sequence),
                (Some(past), Some(Signal::OwnCard)) => past.has_staff,
                (Some(past), Some(Signal::ManyEarns | Signal::TwoPlaces | Signal::Overridden)) => past.kind.is_earn(),
                (Some(past), Some(Signal::OneHand | Signal::ManyVisits)) => past.kind.is_earn(),
                (Some(past), Some(Signal::NearLimit)) => past.kind == EventKind::Adjusted,
                (Some(past), Some(Signal::ManyOpenings)) => past.kind == EventKind::Enrolled,
                (Some(_), None) => true,
            };
            if !sound {
                faults.push(format!("the signal {kind} has no cause in event {sequence}"));
            }
        }
        let mut missing: Vec<i64> = self.signalled.iter().copied().collect();
        missing.retain(|sequence| !kept.iter().any(|(known, kind)| known == sequence && kind == code));
        missing.sort_unstable();
        faults.extend(
            missing
                .iter()
                .map(|sequence| format!("event {sequence} was never signalled")),
        );
        faults
    }

    /// The orders its events speak of, and the limits they used, for comparing them in bulk.
    pub fn rest(self) -> (Vec<Mention>, HashMap<CounterKey, i64>) {
        let card = self.id;
        let orders = self.orders.into_iter();
        let mentions = orders.map(|(order, told)| Mention { card, order, told }).collect();
        (mentions, self.limits)
    }
}

type Columns = (String, Option<i64>, Option<Uuid>, i64);

fn columns(row: &Row) -> Result<Columns, Error> {
    Ok((row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
}

fn columns_of(event: &Event) -> Columns {
    let terminal = match event.origin.actor {
        Actor::Terminal(terminal) => Some(terminal.0),
        _ => None,
    };
    (event.kind.code().to_owned(), event.reverses, terminal, event.at.0)
}
