//! The ledger without HTTP: tasks of this process that submit stamps and wait for each answer. What it reaches beyond
//! the server is what the edge costs.

use super::fill::Shop;
use super::load::{Counted, Dice};
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::error::Error;
use crate::ledger::{Ledger, LedgerOptions};
use db::Db;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Submits for a time from so many tasks. `run` sets the keys apart from those of any other run.
///
/// # Errors
/// When a task ends before its time.
pub async fn drive(db: &Db, shop: &Shop, tasks: usize, time: Duration, run: &str, seed: u64) -> Result<Counted, Error> {
    let ledger = Ledger::start(db, &Catalogues::default(), &Clock::System, LedgerOptions::default());
    let end = Instant::now() + time;
    let mut set = JoinSet::new();
    for task in 0..tasks as u64 {
        let (ledger, shop, run) = (ledger.clone(), shop.clone(), format!("{run}-{task}"));
        set.spawn(
            async move { submit(ledger, shop, run, end, Dice::new(seed ^ task.wrapping_mul(0x9e37_79b9))).await },
        );
    }
    let mut all = Counted::default();
    while let Some(done) = set.join_next().await {
        let counted = done.map_err(|error| Error::Unfit(format!("a task of the bench stopped: {error}")))?;
        all.merge(counted);
    }
    Ok(all)
}

async fn submit(ledger: Ledger, shop: Shop, run: String, end: Instant, mut dice: Dice) -> Counted {
    let mut counted = Counted::default();
    let mut number = 0u64;
    loop {
        let began = Instant::now();
        if began >= end {
            return counted;
        }
        number += 1;
        let card = shop.cards[(dice.roll() % shop.cards.len() as u64) as usize];
        match ledger.submit(shop.stamp(card, &format!("{run}-{number}"))).await {
            Ok(_) => counted.histogram.add(began.elapsed()),
            Err(refusal) => {
                *counted.refused.entry(0).or_insert(0) += 1;
                counted.example.get_or_insert_with(|| format!("{refusal:?}"));
            }
        }
    }
}
