//! Counters that cards of one merchant share: stock, limits, welcomes. They are rows, locked after the cards and
//! decided in memory; here they are numbers by key.

use crate::ids::{CardId, ProgramId, RewardId};
use std::collections::BTreeMap;

/// Which counter. The order is the order in which rows are locked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CounterKey {
    /// What one member of staff, or a terminal, adjusted on a day (`ADJ-1`).
    AdjustedBy(String),
    /// How many cards a terminal opened on a day (`FRD-4`).
    OpenedBy(String),
    /// How often one card took a reward in a period (`RED-1`).
    RewardLimit(RewardId, CardId, String),
    /// How much of a reward's stock is gone (`RED-6`).
    Stock(RewardId),
    /// Whether a person was welcomed to a program (`WEL-1`); the person is the keyed hash of a contact, or the card.
    Welcome(ProgramId, String),
}

impl CounterKey {
    /// The two texts that name its row: kind and id.
    pub fn parts(&self) -> (&'static str, String) {
        match self {
            CounterKey::AdjustedBy(who_and_day) => ("adjusted_by", who_and_day.clone()),
            CounterKey::OpenedBy(terminal_and_day) => ("opened_by", terminal_and_day.clone()),
            CounterKey::RewardLimit(reward, card, period) => ("reward_limit", format!("{reward}:{card}:{period}")),
            CounterKey::Stock(reward) => ("stock", reward.to_string()),
            CounterKey::Welcome(program, person) => ("welcome", format!("{program}:{person}")),
        }
    }
}

/// The counters a command may look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counters(BTreeMap<CounterKey, i64>);

impl Counters {
    /// What a counter stands at; zero before its first use.
    pub fn used(&self, key: &CounterKey) -> i64 {
        self.0.get(key).copied().unwrap_or(0)
    }

    /// Puts a counter to a value, as loaded.
    pub fn set(&mut self, key: CounterKey, used: i64) {
        self.0.insert(key, used);
    }

    /// Moves a counter.
    pub fn add(&mut self, key: CounterKey, amount: i64) {
        *self.0.entry(key).or_insert(0) += amount;
    }
}
