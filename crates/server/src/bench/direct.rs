//! The ceiling of an engine: the rows that the ledger saves for a stamp, written in commits of a fixed size, without
//! HTTP, rules or a queue. It works on a database of its own, since its rows tell no true story.

use super::fill::{Sample, fresh_id};
use super::load::Dice;
use crate::error::Error;
use crate::ledger::IdempotencyKey;
use crate::{clock::Clock, migrations, sql};
use db::{Call, Db, Options, Value, params};
use domain::card::CardStatus;
use domain::number::CardNumber;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Stamps in one commit.
pub const BATCH: usize = 100;
/// Cards opened in one commit.
const OPENED: usize = 1_000;

type Rows = Vec<Vec<Value>>;

/// A database with cards, and how far each has come.
pub struct Direct {
    db: Db,
    merchant: Uuid,
    program: Uuid,
    store: Uuid,
    cards: Vec<(Uuid, i64)>,
    sample: Sample,
    written: u64,
}

impl Direct {
    /// Fills an empty database.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open(options: &Options, cards: usize, sample: Sample) -> Result<Self, Error> {
        let db = Db::open(options).await?;
        db.migrate(migrations::ALL).await?;
        let mut direct = Self {
            db,
            merchant: fresh_id(),
            program: fresh_id(),
            store: fresh_id(),
            cards: (0..cards.max(BATCH)).map(|_| (fresh_id(), 1)).collect(),
            sample,
            written: 0,
        };
        direct.fill().await?;
        Ok(direct)
    }

    async fn fill(&mut self) -> Result<(), Error> {
        let now = Clock::System.now().0;
        let nobody: Option<Uuid> = None;
        for chunk in self.cards.chunks(OPENED) {
            let row = |&(card, version): &(Uuid, i64)| {
                let mut row = self.card(card, version, now);
                let number = CardNumber::from_bits(card.as_u128() as u64);
                row.extend(params![self.program, nobody, number.as_str(), now]);
                row
            };
            let (rows, merchant): (Rows, Uuid) = (chunk.iter().map(row).collect(), self.merchant);
            self.db
                .write(move |tx| Ok::<_, Error>(tx.run_many(&sql::cards::INSERT, &params![merchant], &rows)?))
                .await?;
        }
        Ok(())
    }

    fn card(&self, card: Uuid, version: i64, now: i64) -> Vec<Value> {
        let due: Option<String> = None;
        let state = self.sample.state.as_str();
        let status = CardStatus::Unclaimed.code();
        params![card, status, version, version, 0i64, due, now, [7u8; 32], state].to_vec()
    }

    /// Writes for a time, and says how many stamps a second that were.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn run(&mut self, time: Duration, seed: u64) -> Result<f64, Error> {
        let mut dice = Dice::new(seed);
        let (began, before) = (Instant::now(), self.written);
        while began.elapsed() < time {
            let batch = self.batch(&mut dice);
            self.db.write_on(0, move |tx| batch.write(tx)).await?;
            self.written += BATCH as u64;
        }
        Ok((self.written - before) as f64 / began.elapsed().as_secs_f64())
    }

    fn batch(&mut self, dice: &mut Dice) -> Batch {
        let mut chosen = BTreeSet::new();
        while chosen.len() < BATCH {
            chosen.insert((dice.roll() % self.cards.len() as u64) as usize);
        }
        let now = Clock::System.now().0;
        let mut batch = Batch::new(self);
        let (none, nothing): (Option<Uuid>, Option<i64>) = (None, None);
        let text: Option<String> = None;
        for (number, index) in (self.written..).zip(chosen) {
            self.cards[index].1 += 1;
            let (card, version) = self.cards[index];
            let body = self.sample.body.as_str();
            batch.locked.push(params![card].to_vec());
            batch.cards.push(self.card(card, version, now));
            let texts = [text.clone(), text.clone(), text.clone(), text.clone()].map(Value::from);
            let mut event = params![card, version, "stamped", now, now, none, nothing].to_vec();
            event.extend(texts);
            event.extend(params![[7u8; 32], body]);
            batch.events.push(event);
            let (key, hash) = (format!("direct-{number}"), vec![7; 32]);
            let key = IdempotencyKey::new(&batch.principal, "POST /api/v1/cards/{card}/stamps", &key, hash);
            let mut receipt = params![key.name.0, key.input_hash, card, version].to_vec();
            receipt.extend(params![text.clone(), "en", "2099-01-01"]);
            batch.receipts.push(receipt);
            batch.passes.push(params![card, version, now].to_vec());
        }
        batch
    }

    /// Lets the database go.
    pub async fn close(self) {
        self.db.close().await;
    }
}

struct Batch {
    merchant: Uuid,
    principal: Arc<str>,
    locked: Rows,
    cards: Rows,
    events: Rows,
    receipts: Rows,
    passes: Rows,
    totals: Rows,
}

impl Batch {
    fn new(direct: &Direct) -> Self {
        let figure =
            |measure: &str| params!["2026-03-02", direct.store, direct.program, measure, BATCH as i64].to_vec();
        Self {
            merchant: direct.merchant,
            principal: format!("key_{}", direct.store.simple()).into(),
            locked: Rows::new(),
            cards: Rows::new(),
            events: Rows::new(),
            receipts: Rows::new(),
            passes: Rows::new(),
            totals: vec![figure("event:stamped"), figure("stamp:stamp_earn")],
        }
    }

    fn write(&self, tx: &mut db::Transaction<'_>) -> Result<(), Error> {
        let shared = params![self.merchant];
        let found = tx.rows_many(&sql::cards::LOCK, &shared, &self.locked)?;
        if found.len() != self.locked.len() {
            return Err(Error::malformed("direct loop", "a card is missing"));
        }
        tx.pipeline(&[
            Call::run_many(&sql::cards::UPDATE, &shared, &self.cards),
            Call::run_many(&sql::events::INSERT, &shared, &self.events),
            Call::run_many(&sql::receipts::INSERT, &shared, &self.receipts),
            Call::run_many(&sql::jobs::WANT_PASS, &shared, &self.passes),
            Call::run_many(&sql::totals::ADD, &shared, &self.totals),
        ])?;
        Ok(())
    }
}
