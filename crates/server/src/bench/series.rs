//! What was measured, as figures: a series has one entry a round, and its figure is the median of its rounds. It must
//! not know how anything is measured.

use super::load::Counted;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Mix {
    /// JSON in and out on a route without middleware, with the same bytes as `noop`.
    Bare,
    /// A route behind the full middleware that reads and writes JSON and touches no storage.
    Noop,
    /// Stamps with idempotency keys on cards chosen evenly.
    Stamp,
    /// Stamps at a terminal, where nobody shows a PIN.
    Till,
    /// The same with a PIN on each request.
    Pin,
    /// Stamps, half of them on one card.
    Hot,
    /// Points for an amount with an order reference.
    Earn,
    /// Stamps over 256 connections.
    Wide,
    /// Stamps over one connection: a till on its own.
    Lone,
    /// Stamps on a server that commits each by itself.
    Single,
    /// The engine's direct loop: the same rows, 100 stamps a commit, no HTTP and no rules.
    Direct,
    /// PostgreSQL's own pgbench as it comes: simple-update, 32 clients.
    Pgbench,
    /// The same with prepared statements.
    PgbenchPrepared,
    /// The ledger without HTTP: submissions in this process.
    Ledger,
}

impl Mix {
    /// All, in the order of a round.
    pub const ALL: [Mix; 14] = [
        Mix::Bare,
        Mix::Noop,
        Mix::Stamp,
        Mix::Till,
        Mix::Pin,
        Mix::Hot,
        Mix::Earn,
        Mix::Wide,
        Mix::Lone,
        Mix::Single,
        Mix::Direct,
        Mix::Pgbench,
        Mix::PgbenchPrepared,
        Mix::Ledger,
    ];

    /// Its name on the command line and in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Mix::Bare => "bare",
            Mix::Noop => "noop",
            Mix::Stamp => "stamp",
            Mix::Till => "till",
            Mix::Pin => "pin",
            Mix::Hot => "hot",
            Mix::Earn => "earn",
            Mix::Wide => "wide",
            Mix::Lone => "lone",
            Mix::Single => "single",
            Mix::Direct => "direct",
            Mix::Pgbench => "pgbench",
            Mix::PgbenchPrepared => "pgbench-prepared",
            Mix::Ledger => "ledger",
        }
    }
}

/// One round of a series.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Round {
    /// Accepted operations a second.
    pub per_second: f64,
    /// Milliseconds that half of the answers took at most.
    pub p50_ms: Option<f64>,
    /// The same for 99 of 100.
    pub p99_ms: Option<f64>,
    /// The same for 999 of 1000.
    pub p999_ms: Option<f64>,
    /// Answers that were not 2xx, by status; 0 stands for a refusal that had none.
    pub refused: BTreeMap<u16, u64>,
    /// Connections that failed.
    pub broken: u64,
    /// One of the refused answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Megabytes that the server held at the end of the round.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_mb: Option<f64>,
}

impl Round {
    /// A round that knows only its rate.
    pub fn of_rate(per_second: f64) -> Self {
        Self {
            per_second,
            ..Self::default()
        }
    }

    /// What a load came to in so many seconds.
    pub fn of_load(counted: Counted, seconds: f64) -> Self {
        let histogram = &counted.histogram;
        Self {
            per_second: histogram.total() as f64 / seconds,
            p50_ms: histogram.quantile_ms(0.5),
            p99_ms: histogram.quantile_ms(0.99),
            p999_ms: histogram.quantile_ms(0.999),
            refused: counted.refused,
            broken: counted.broken,
            example: counted.example,
            memory_mb: None,
        }
    }
}

/// One thing that was measured, in every round.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// On what: an engine, or the address of a server.
    pub on: String,
    /// What.
    pub mix: Mix,
    /// Requests under way at any time; 0 where that says nothing.
    pub connections: usize,
    /// Its rounds.
    pub rounds: Vec<Round>,
}

impl Series {
    /// Accepted operations a second.
    pub fn per_second(&self) -> Option<f64> {
        median(self.rounds.iter().map(|round| round.per_second))
    }

    /// Milliseconds.
    pub fn p50_ms(&self) -> Option<f64> {
        median(self.rounds.iter().filter_map(|round| round.p50_ms))
    }

    /// Milliseconds.
    pub fn p99_ms(&self) -> Option<f64> {
        median(self.rounds.iter().filter_map(|round| round.p99_ms))
    }

    /// Milliseconds.
    pub fn p999_ms(&self) -> Option<f64> {
        median(self.rounds.iter().filter_map(|round| round.p999_ms))
    }

    /// Megabytes.
    pub fn memory_mb(&self) -> Option<f64> {
        median(self.rounds.iter().filter_map(|round| round.memory_mb))
    }

    /// Answers that were not accepted and connections that failed, over all rounds.
    pub fn errors(&self) -> u64 {
        self.rounds
            .iter()
            .map(|round| round.broken + round.refused.values().sum::<u64>())
            .sum()
    }

    /// Those answers by status, and an example, in one line; empty when there were none.
    pub fn complaint(&self) -> String {
        let mut statuses: BTreeMap<u16, u64> = BTreeMap::new();
        for (status, count) in self.rounds.iter().flat_map(|round| &round.refused) {
            *statuses.entry(*status).or_insert(0) += count;
        }
        let mut parts: Vec<String> = statuses
            .iter()
            .map(|(status, count)| format!("{count} times {status}"))
            .collect();
        let broken: u64 = self.rounds.iter().map(|round| round.broken).sum();
        if broken > 0 {
            parts.push(format!("{broken} broken connections"));
        }
        parts.extend(self.rounds.iter().find_map(|round| round.example.clone()));
        parts.join(", ")
    }
}

/// The middle value; the mean of the two in the middle when there is no one middle.
pub fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_round_does_not_move_the_median() {
        assert_eq!(median([100.0, 3.0, 101.0].into_iter()), Some(100.0));
        assert_eq!(median([1.0, 2.0].into_iter()), Some(1.5));
        assert_eq!(median(std::iter::empty()), None);
    }

    #[test]
    fn refused_answers_are_told_with_an_example() {
        let mut bad = Round {
            broken: 1,
            example: Some("409 taken".into()),
            ..Round::default()
        };
        bad.refused.insert(409, 2);
        let rounds = vec![Round::of_rate(5.0), bad];
        let series = Series {
            on: "sqlite".into(),
            mix: Mix::Stamp,
            connections: 64,
            rounds,
        };
        assert_eq!(series.errors(), 3);
        assert_eq!(series.complaint(), "2 times 409, 1 broken connections, 409 taken");
    }
}
