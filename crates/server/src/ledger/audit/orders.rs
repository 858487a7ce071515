//! Orders and their returns: what the events of a card say of each, compared with the rows; and rows of which no event
//! speaks.

use super::findings::Findings;
use crate::error::Error;
use crate::sql;
use crate::sql::audit::ROWS_PER_PAGE;
use db::{Row, Transaction, Value, params};
use domain::event::{Event, EventKind, Line, LineRule, MoveKind, Pricing};
use domain::ids::{CardId, MerchantId};
use domain::order::{Order, OrderRef};
use domain::quantity::Unit;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// What the events of one card say of one order.
#[derive(Debug, Default)]
pub struct Told {
    earned: Option<(i64, Option<Pricing>)>,
    redeemed: Option<i64>,
    /// Each return's event, and how much came back.
    returned: BTreeMap<i64, i64>,
    clawed_points: i64,
    clawed_stamps: i64,
    restored_points: i64,
    /// Full cards that paid points and are undone.
    undone: i64,
}

impl Told {
    /// Counts an event of the order.
    pub fn count(&mut self, event: &Event) {
        let sum = |unit: Unit, kind: MoveKind| -> i64 {
            let steps = event.moves.iter().filter(|step| step.unit == unit && step.kind == kind);
            steps.map(|step| step.amount).sum()
        };
        match event.kind {
            EventKind::Earned | EventKind::Purchased => {
                self.earned = Some((event.sequence, event.pricing.clone()));
            }
            EventKind::Redeemed => self.redeemed = Some(event.sequence),
            EventKind::Returned => {
                let gross = event.pricing.as_ref().map_or(0, |pricing| pricing.gross_minor);
                self.returned.insert(event.sequence, gross);
                self.clawed_points -= sum(Unit::Point, MoveKind::ReturnClawback);
                self.clawed_stamps -= sum(Unit::Stamp, MoveKind::ReturnClawback);
                self.restored_points += sum(Unit::Point, MoveKind::ReturnRestore);
                let undone = |line: &&Line| line.rule == LineRule::Reversal && line.unit == Unit::Point;
                self.undone += i64::try_from(event.why.iter().filter(undone).count()).unwrap_or(i64::MAX);
            }
            _ => {}
        }
    }

    /// What of an order differs from this.
    fn compare(&self, order: &Order, returns: &[ReturnRow]) -> Vec<&'static str> {
        let mut differences = Vec::new();
        if order.earned_by != self.earned.as_ref().map(|(sequence, _)| *sequence) {
            differences.push("the event that earned");
        }
        if let Some((_, Some(pricing))) = &self.earned
            && (order.gross_minor, order.basis_minor, order.currency, order.priced)
                != (pricing.gross_minor, pricing.basis_minor, pricing.currency, true)
        {
            differences.push("its price");
        }
        if order.redeemed_by != self.redeemed {
            differences.push("the event that redeemed");
        }
        let sums = (order.clawed_points, order.clawed_stamps, order.restored_points);
        if sums != (self.clawed_points, self.clawed_stamps, self.restored_points) || order.undone != self.undone {
            differences.push("what was taken back and restored");
        }
        let named: BTreeMap<i64, i64> = returns
            .iter()
            .filter_map(|one| Some((one.sequence?, one.amount_minor)))
            .collect();
        let returned: i64 = returns.iter().map(|one| one.amount_minor).sum();
        if named != self.returned || order.returned_minor != returned {
            differences.push("its returns");
        }
        differences
    }
}

/// An order that events of a card speak of.
#[derive(Debug)]
pub struct Mention {
    /// Of which card.
    pub card: CardId,
    /// Which.
    pub order: OrderRef,
    /// What they say.
    pub told: Told,
}

struct ReturnRow {
    amount_minor: i64,
    card: Uuid,
    sequence: Option<i64>,
}

type Returns = HashMap<OrderRef, Vec<ReturnRow>>;

/// Compares the orders that the cards of a page speak of.
///
/// # Errors
/// When the database cannot be read.
pub fn compare(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    mentions: &[Mention],
    findings: &mut Findings,
) -> Result<(), Error> {
    let names: Vec<&OrderRef> = mentions.iter().map(|mention| &mention.order).collect();
    let mut rows: HashMap<OrderRef, (Uuid, String)> = HashMap::new();
    for row in tx.rows_many(&sql::orders::READ, &params![merchant.0], &keys(&names))? {
        rows.insert(reference(&row)?, (row.get(2)?, row.get(3)?));
    }
    let returns = returns_of(tx, merchant, &names)?;
    for mention in mentions {
        let (card, name) = (mention.card, &mention.order.reference);
        match rows.get(&mention.order) {
            None => findings.card(card, format!("its order {name} is not there")),
            Some((owner, _)) if *owner != card.0 => {
                findings.card(card, format!("its order {name} stands for {}", CardId(*owner)));
            }
            Some((_, state)) => check(card, &mention.order, state, (&mention.told, &returns), findings),
        }
    }
    Ok(())
}

fn check(card: CardId, name: &OrderRef, state: &str, (told, returns): (&Told, &Returns), findings: &mut Findings) {
    let returns = returns.get(name).map(Vec::as_slice).unwrap_or_default();
    let name = &name.reference;
    if returns.iter().any(|one| one.card != card.0) {
        findings.card(card, format!("a return of its order {name} stands for another card"));
    }
    match serde_json::from_str::<Order>(state) {
        Ok(order) => {
            for what in told.compare(&order, returns) {
                findings.card(card, format!("order {name} and the events differ in {what}"));
            }
        }
        Err(error) => findings.card(card, format!("order {name} cannot be read: {error}")),
    }
}

/// Looks at every order: its card is there, and what no event speaks of says of itself that nothing happened.
///
/// # Errors
/// When the database cannot be read.
pub fn sweep(tx: &mut Transaction<'_>, merchant: MerchantId, findings: &mut Findings) -> Result<(), Error> {
    let mut after = OrderRef {
        source: String::new(),
        reference: String::new(),
    };
    loop {
        let (source, name) = (&*after.source, &*after.reference);
        let rows = tx.rows(&sql::audit::ORDERS, &params![merchant.0, source, name])?;
        let mut page = Vec::with_capacity(rows.len());
        for row in &rows {
            page.push((reference(row)?, CardId(row.get(2)?), row.get::<String>(3)?));
        }
        sweep_page(tx, merchant, &page, findings)?;
        match page.pop() {
            Some((last, _, _)) if rows.len() == ROWS_PER_PAGE => after = last,
            _ => break,
        }
    }
    lost_returns(tx, merchant, findings)
}

fn sweep_page(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    page: &[(OrderRef, CardId, String)],
    findings: &mut Findings,
) -> Result<(), Error> {
    let names: Vec<&OrderRef> = page.iter().map(|(name, _, _)| name).collect();
    let returns = returns_of(tx, merchant, &names)?;
    let mut places: Vec<Vec<Value>> = Vec::new();
    for (name, card, state) in page {
        let order = serde_json::from_str::<Order>(state).ok();
        let own = order.and_then(|order| order.earned_by.or(order.redeemed_by));
        let of_returns = returns.get(name).into_iter().flatten();
        let known = of_returns.filter_map(|one| one.sequence).chain(own);
        places.extend(known.map(|sequence| params![card.0, sequence].to_vec()));
    }
    // An order that an event speaks of was compared with that event's card; here are the others.
    let mut spoken_of: HashSet<(Uuid, OrderRef)> = HashSet::new();
    for row in tx.rows_many(&sql::audit::ORDER_OF_EVENT, &params![merchant.0], &places)? {
        if let (Some(source), Some(reference)) = (row.get::<Option<String>>(2)?, row.get::<Option<String>>(3)?) {
            spoken_of.insert((row.get(0)?, OrderRef { source, reference }));
        }
    }
    let quiet: Vec<_> = page
        .iter()
        .filter(|(name, card, _)| !spoken_of.contains(&(card.0, (*name).clone())))
        .collect();
    let cards: Vec<Vec<Value>> = quiet.iter().map(|(_, card, _)| params![card.0].to_vec()).collect();
    let mut there: HashSet<Uuid> = HashSet::new();
    for row in tx.rows_many(&sql::cards::READ, &params![merchant.0], &cards)? {
        there.insert(row.get(0)?);
    }
    for (name, card, state) in quiet {
        if !there.contains(&card.0) {
            findings.card(
                *card,
                format!("order {} stands for this card, which is not there", name.reference),
            );
        }
        check(*card, name, state, (&Told::default(), &returns), findings);
    }
    Ok(())
}

/// Returns whose order is not there.
fn lost_returns(tx: &mut Transaction<'_>, merchant: MerchantId, findings: &mut Findings) -> Result<(), Error> {
    let mut after = [const { String::new() }; 3];
    loop {
        let [source, name, own] = &after;
        let values = params![merchant.0, source.as_str(), name.as_str(), own.as_str()];
        let rows = tx.rows(&sql::audit::LOST_RETURNS, &values)?;
        for row in &rows {
            after = [row.get(0)?, row.get(1)?, row.get(2)?];
            if row.get::<Option<Uuid>>(4)?.is_none() {
                findings.card(CardId(row.get(3)?), format!("a return has lost its order {}", after[1]));
            }
        }
        if rows.len() < ROWS_PER_PAGE {
            return Ok(());
        }
    }
}

fn returns_of(tx: &mut Transaction<'_>, merchant: MerchantId, orders: &[&OrderRef]) -> Result<Returns, Error> {
    let mut found = Returns::new();
    for row in tx.rows_many(&sql::audit::RETURNS_OF_ORDER, &params![merchant.0], &keys(orders))? {
        let one = ReturnRow {
            amount_minor: row.get(2)?,
            card: row.get(3)?,
            sequence: row.get(4)?,
        };
        found.entry(reference(&row)?).or_default().push(one);
    }
    Ok(found)
}

fn keys(orders: &[&OrderRef]) -> Vec<Vec<Value>> {
    let key = |order: &&OrderRef| params![&*order.source, &*order.reference].to_vec();
    orders.iter().map(key).collect()
}

fn reference(row: &Row) -> Result<OrderRef, Error> {
    Ok(OrderRef {
        source: row.get(0)?,
        reference: row.get(1)?,
    })
}
