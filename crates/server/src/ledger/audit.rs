//! The proof that the books balance. Every card is folded from its events and compared with its row and with everything
//! beside it: claims, orders, returns, signals, numbers, limits; every hash with the record it covers; counters and
//! figures with the sum of what moved, each in its own place; the halves of a merge with each other; and what no event speaks of is named. The log of who managed
//! what is followed beside it.
//!
//! It writes nothing, and keeps no more in memory than a page of cards and a merchant's figures.

mod claims;
mod counters;
mod figures;
mod findings;
mod fold;
mod merges;
mod orders;
mod page;
mod receipts;

pub use findings::Difference;

use crate::audit_log::proof;
use crate::error::Error;
use crate::sql;
use db::{Db, Transaction, params};
use domain::ids::MerchantId;
use findings::Findings;
use page::Pages;
use tokio::sync::mpsc;
use uuid::Uuid;

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// Cards looked at.
    pub cards: i64,
    /// Events folded.
    pub events: i64,
    /// Rows of the log of who managed what.
    pub log_rows: i64,
    /// Those of them whose detail was forgotten.
    pub log_rows_forgotten: i64,
    /// What does not agree, as far as it is told.
    pub differences: Vec<Difference>,
    /// How many more differences there are.
    pub more: i64,
}

impl Report {
    /// Whether everything agrees.
    pub fn is_ok(&self) -> bool {
        self.differences.is_empty()
    }

    fn take(&mut self, found: Report) {
        self.cards += found.cards;
        self.events += found.events;
        self.log_rows += found.log_rows;
        self.log_rows_forgotten += found.log_rows_forgotten;
        self.differences.extend(found.differences);
        self.more += found.more;
    }
}

/// How far an audit has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Cards to look at.
    pub of_cards: i64,
    /// Cards looked at.
    pub cards: i64,
}

/// Audits the whole installation. Tills keep working meanwhile: each merchant is read as it was at one instant.
///
/// # Errors
/// When the database cannot be read.
pub async fn audit(db: &Db, mut told: impl FnMut(Progress)) -> Result<Report, Error> {
    let merchants = merchants(db).await?;
    let mut progress = Progress::default();
    for &merchant in &merchants {
        progress.of_cards += count(db, merchant).await?;
    }
    let mut report = Report::default();
    for merchant in merchants {
        let (so_far, mut seen) = mpsc::unbounded_channel();
        let before = progress.cards;
        let read = db.read(move |tx| whole(tx, merchant, &so_far));
        let follow = async {
            while let Some(cards) = seen.recv().await {
                progress.cards = before + cards;
                told(progress);
            }
        };
        let (found, ()) = tokio::join!(read, follow);
        let found = found?;
        report.take(found);
    }
    report.take(db.read(installation).await?);
    Ok(report)
}

/// Every merchant that the ledger's tables speak of, also those whose own row is gone.
async fn merchants(db: &Db) -> Result<Vec<MerchantId>, Error> {
    db.read(|tx| {
        let mut found = Vec::new();
        let mut after = Uuid::nil();
        loop {
            let mut next: Option<Uuid> = None;
            for row in tx.rows(&sql::audit::NEXT_MERCHANT, &params![after])? {
                let one: Uuid = row.get(0)?;
                next = Some(next.map_or(one, |known| known.min(one)));
            }
            let Some(next) = next else { return Ok(found) };
            found.push(MerchantId(next));
            after = next;
        }
    })
    .await
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

/// Everything of one merchant, as it was when this began.
fn whole(tx: &mut Transaction<'_>, merchant: MerchantId, so_far: &mpsc::UnboundedSender<i64>) -> Result<Report, Error> {
    let known = tx.row(&sql::catalogue::MERCHANT, &params![merchant.0])?.is_some();
    let mut pages = Pages::new(merchant);
    if !known {
        pages
            .findings
            .shared("there are rows of this merchant, but no such merchant");
    }
    let mut after = Some(Uuid::nil());
    while let Some(place) = after {
        after = pages.turn(tx, place)?;
        // Nobody may be following.
        let _ = so_far.send(pages.cards);
    }
    let Pages {
        sums,
        mut findings,
        cards,
        events,
        ..
    } = pages;
    orders::sweep(tx, merchant, &mut findings)?;
    receipts::sweep(tx, merchant, &mut findings)?;
    sums.merges.leave(&mut findings);
    sums.tally.compare(tx, merchant, &mut findings)?;
    sums.figures.compare(tx, merchant, &mut findings)?;
    let (log_rows, log_rows_forgotten) = log(tx, merchant, &mut findings)?;
    Ok(Report {
        cards,
        events,
        log_rows,
        log_rows_forgotten,
        differences: findings.differences,
        more: findings.more,
    })
}

/// What was managed at no merchant.
fn installation(tx: &mut Transaction<'_>) -> Result<Report, Error> {
    let nobody = MerchantId(Uuid::nil());
    let mut findings = Findings::of(nobody);
    let (log_rows, log_rows_forgotten) = log(tx, nobody, &mut findings)?;
    Ok(Report {
        log_rows,
        log_rows_forgotten,
        differences: findings.differences,
        more: findings.more,
        ..Report::default()
    })
}

/// Follows the log of who managed what, and says how many rows it has, and of how many the detail was forgotten.
fn log(tx: &mut Transaction<'_>, merchant: MerchantId, findings: &mut Findings) -> Result<(i64, i64), Error> {
    let proof = proof::of(tx, merchant)?;
    proof.faults.into_iter().for_each(|fault| findings.shared(fault));
    Ok((proof.rows, proof.forgotten))
}
