//! The proof that the books balance: every card is folded from its events and compared with its row, every hash with
//! the record it covers, every figure with the sum of what moved.

use super::{FIRST_HASH, link};
use crate::error::Error;
use crate::sql;
use db::{Db, Row, params};
use domain::card::{Card, balance_of};
use domain::event::Event;
use domain::ids::{CardId, MerchantId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// Whose.
    pub merchant: MerchantId,
    /// Which card; none for figures.
    pub card: Option<CardId>,
    /// What does not agree.
    pub what: String,
}

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Cards looked at.
    pub cards: i64,
    /// Events folded.
    pub events: i64,
    /// What does not agree.
    pub differences: Vec<Difference>,
}

/// How far an audit has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Cards to look at.
    pub of_cards: i64,
    /// Cards looked at.
    pub cards: i64,
}

type Figures = BTreeMap<String, i64>;

/// Audits the whole installation. Tills keep working meanwhile: cards that move during the audit are seen as they were
/// when their page was read.
///
/// # Errors
/// When the database cannot be read.
pub async fn audit(db: &Db, mut told: impl FnMut(Progress)) -> Result<Report, Error> {
    let merchants: Vec<MerchantId> = db
        .read(|tx| {
            let rows = tx.rows(&sql::catalogue::MERCHANTS, &[])?;
            rows.iter().map(|row| Ok::<_, Error>(MerchantId(row.get(0)?))).collect()
        })
        .await?;
    let mut progress = Progress::default();
    for &merchant in &merchants {
        progress.of_cards += count(db, merchant).await?;
    }
    let mut report = Report::default();
    for merchant in merchants {
        let mut figures = Figures::new();
        let mut after = Uuid::nil();
        let totals = totals(db, merchant).await?;
        loop {
            let page = db.read(move |tx| Page::read(tx, merchant, after)).await?;
            let Some(last) = page.last else { break };
            after = last;
            progress.cards += page.cards;
            report.cards += page.cards;
            report.events += page.events;
            report.differences.extend(page.differences);
            page.figures
                .into_iter()
                .for_each(|(measure, amount)| *figures.entry(measure).or_insert(0) += amount);
            told(progress);
        }
        // Figures are compared only when nobody wrote meanwhile; otherwise the two were read at different times.
        if totals == self::totals(db, merchant).await? {
            compare_figures(merchant, &figures, &totals, &mut report);
        }
    }
    Ok(report)
}

async fn count(db: &Db, merchant: MerchantId) -> Result<i64, Error> {
    db.read(
        move |tx| match tx.row(&sql::audit::COUNT_CARDS, &params![merchant.0])? {
            Some(row) => Ok(row.get(0)?),
            None => Ok(0),
        },
    )
    .await
}

async fn totals(db: &Db, merchant: MerchantId) -> Result<Figures, Error> {
    db.read(move |tx| {
        let rows = tx.rows(&sql::audit::TOTALS, &params![merchant.0])?;
        rows.iter()
            .map(|row| Ok::<_, Error>((row.get(0)?, row.get(1)?)))
            .collect()
    })
    .await
}

fn compare_figures(merchant: MerchantId, folded: &Figures, kept: &Figures, report: &mut Report) {
    let measures: std::collections::BTreeSet<&String> = folded.keys().chain(kept.keys()).collect();
    for measure in measures {
        let (events, rows) = (folded.get(measure).unwrap_or(&0), kept.get(measure).unwrap_or(&0));
        if events != rows {
            let what = format!("the figure {measure} is {rows}, its events say {events}");
            report.differences.push(Difference {
                merchant,
                card: None,
                what,
            });
        }
    }
}

/// What one page of cards came to.
struct Page {
    last: Option<Uuid>,
    cards: i64,
    events: i64,
    figures: Figures,
    differences: Vec<Difference>,
}

/// A card being folded.
struct Fold {
    card: Card,
    hash: Vec<u8>,
    kinds: Vec<domain::event::EventKind>,
}

impl Page {
    fn read(tx: &mut db::Transaction<'_>, merchant: MerchantId, after: Uuid) -> Result<Self, Error> {
        let cards = tx.rows(&sql::audit::CARDS, &params![merchant.0, after])?;
        let mut page = Self {
            last: None,
            cards: 0,
            events: 0,
            figures: Figures::new(),
            differences: Vec::new(),
        };
        let Some(last) = cards.last() else { return Ok(page) };
        let last: Uuid = last.get(0)?;
        page.last = Some(last);
        page.cards = i64::try_from(cards.len()).unwrap_or(i64::MAX);
        let mut folds: BTreeMap<Uuid, Fold> = BTreeMap::new();
        for row in tx.rows(&sql::audit::EVENTS, &params![merchant.0, after, last])? {
            page.events += 1;
            let id: Uuid = row.get(0)?;
            let fold = folds.entry(id).or_insert_with(|| Fold {
                card: Card::blank(),
                hash: FIRST_HASH.to_vec(),
                kinds: Vec::new(),
            });
            if let Err(what) = fold.take(&row, &mut page.figures)? {
                page.differences.push(Difference {
                    merchant,
                    card: Some(CardId(id)),
                    what,
                });
            }
        }
        for row in &cards {
            let id: Uuid = row.get(0)?;
            let fold = folds.remove(&id);
            for what in compare(row, fold)? {
                page.differences.push(Difference {
                    merchant,
                    card: Some(CardId(id)),
                    what,
                });
            }
        }
        let orphans = folds.into_keys().map(|id| Difference {
            merchant,
            card: Some(CardId(id)),
            what: "has events but no row".to_owned(),
        });
        page.differences.extend(orphans);
        Ok(page)
    }
}

impl Fold {
    /// Checks an event against its place and its hash, and applies it.
    fn take(&mut self, row: &Row, figures: &mut Figures) -> Result<Result<(), String>, Error> {
        let sequence: i64 = row.get(1)?;
        let (kind, reverses): (String, Option<i64>) = (row.get(2)?, row.get(3)?);
        let (hash, body): (Vec<u8>, String) = (row.get(5)?, row.get(6)?);
        let expected = link(&self.hash, &body);
        self.hash = hash.clone();
        let event: Event = match serde_json::from_str(&body) {
            Ok(event) => event,
            Err(error) => return Ok(Err(format!("event {sequence} cannot be read: {error}"))),
        };
        let mut faults = Vec::new();
        if expected != hash {
            faults.push(format!("event {sequence} breaks the hash chain"));
        }
        if sequence != self.card.version + 1 || event.sequence != sequence {
            faults.push(format!("event {sequence} follows event {}", self.card.version));
        }
        if event.kind.code() != kind || event.reverses != reverses {
            faults.push(format!("event {sequence} and its row tell different things"));
        }
        if event.at < self.card.last_at {
            faults.push(format!("event {sequence} goes back in time"));
        }
        self.count(&event, figures);
        self.card.apply(&event);
        if balance_of(&self.card.buckets) != event.balance {
            faults.push(format!("event {sequence} states another balance than its moves give"));
        }
        Ok(if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.join("; "))
        })
    }

    fn count(&mut self, event: &Event, figures: &mut Figures) {
        let mut add = |measure: String, amount: i64| *figures.entry(measure).or_insert(0) += amount;
        add(format!("event:{}", event.kind.code()), 1);
        let undone = event.reverses.and_then(|number| usize::try_from(number - 1).ok());
        if let Some(kind) = undone.and_then(|index| self.kinds.get(index)) {
            add(format!("undone:{}", kind.code()), 1);
        }
        for step in &event.moves {
            add(format!("{}:{}", step.unit.code(), step.kind.code()), step.amount);
        }
        self.kinds.push(event.kind);
    }
}

/// What of a card's row differs from the fold of its events.
fn compare(row: &Row, fold: Option<Fold>) -> Result<Vec<String>, Error> {
    let Some(Fold { card, hash, .. }) = fold else {
        return Ok(vec!["has a row but no events".to_owned()]);
    };
    let state: String = row.get(8)?;
    let mut differences = Vec::new();
    match serde_json::from_str::<Card>(&state) {
        Ok(kept) if kept == card => {}
        Ok(kept) => differences.push(format!(
            "the row stands at version {} and the fold at {}, or their states differ",
            kept.version, card.version
        )),
        Err(error) => differences.push(format!("the row cannot be read: {error}")),
    }
    let balance = balance_of(&card.buckets);
    let kept: (String, i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
    if kept
        != (
            card.status.code().to_owned(),
            card.version,
            balance.stamps,
            balance.points,
        )
    {
        differences.push("status, version or balance beside the state differ".to_owned());
    }
    let (due, active): (Option<String>, i64) = (row.get(5)?, row.get(6)?);
    if due != card.next_due_on().map(|day| day.to_string()) || active != card.last_activity_at.0 {
        differences.push("next due day or last activity differ".to_owned());
    }
    if row.get::<Vec<u8>>(7)? != hash {
        differences.push("the running hash differs".to_owned());
    }
    Ok(differences)
}
