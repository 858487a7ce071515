//! The figures that are promised: ratios of one interleaved run, since absolute figures belong to the machine, and a few
//! absolute ones for this class of machine. Each has a floor that is owed and a goal.

use super::series::{Mix, Series};
use serde::Serialize;

/// How a figure compares with what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The goal is reached.
    Goal,
    /// The floor is kept, the goal is not reached.
    Floor,
    /// Below what is owed.
    Missed,
    /// Answers were refused, so that the figure says nothing.
    Spoiled,
}

impl Verdict {
    /// In tables.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Goal => "goal",
            Verdict::Floor => "floor",
            Verdict::Missed => "missed",
            Verdict::Spoiled => "spoiled",
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More.
    More,
    /// Less.
    Less,
}

/// A promised figure, measured.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// On what.
    pub on: String,
    /// What, in words.
    pub what: &'static str,
    /// What is owed.
    pub floor: f64,
    /// What is wanted.
    pub goal: f64,
    /// Which way is better.
    pub better: Better,
    /// What was found.
    pub measured: f64,
    /// What that means.
    pub met: Verdict,
}

/// What is known of a server besides its series.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Footprint {
    /// From the start of its process to its first answer, in milliseconds.
    pub started_in_ms: Option<f64>,
    /// Its size on disk, in megabytes.
    pub binary_mb: Option<f64>,
}

/// Makes the figures of one engine.
pub struct Figures<'a> {
    on: &'a str,
    series: &'a [Series],
    found: Vec<Figure>,
}

impl<'a> Figures<'a> {
    /// All figures that the series of one engine allow.
    pub fn of(on: &'a str, series: &'a [Series], footprint: Footprint) -> Vec<Figure> {
        let mut figures = Figures {
            on,
            series,
            found: Vec::new(),
        };
        figures.ratios();
        figures.absolutes(footprint);
        figures.found
    }

    fn ratios(&mut self) {
        use Mix::{Bare, Direct, Earn, Hot, Noop, Pgbench, Pin, Single, Stamp, Till, Wide};
        if self.on == "sqlite" {
            self.ratio(
                "stamps over HTTP / direct loop of 100 a commit",
                (Stamp, Direct),
                0.5,
                0.8,
            );
        }
        self.ratio("stamps over HTTP / pgbench at 32 clients", (Stamp, Pgbench), 1.2, 2.5);
        self.ratio(
            "stamps at 256 connections / pgbench at 32 clients",
            (Wide, Pgbench),
            2.0,
            4.0,
        );
        self.ratio("stamps / the no-op JSON route", (Stamp, Noop), 0.06, 0.12);
        self.ratio("the no-op JSON route / a bare route", (Noop, Bare), 0.5, 0.7);
        self.ratio("half of all on one card / uniform", (Hot, Stamp), 0.8, 1.0);
        if let (Some(hot), Some(stamp)) = (self.get(Hot), self.get(Stamp)) {
            let measured = hot.p99_ms().zip(stamp.p99_ms()).map(|(hot, even)| hot / even);
            self.push(
                "p99: half of all on one card / uniform",
                measured,
                (2.0, 1.0),
                Better::Less,
                &[hot, stamp],
            );
        }
        self.ratio("batches on / off", (Stamp, Single), 3.0, 6.0);
        self.ratio("a PIN on each request / none", (Pin, Till), 0.8, 0.95);
        self.ratio("points with an order reference / stamps", (Earn, Stamp), 0.6, 0.8);
    }

    fn absolutes(&mut self, footprint: Footprint) {
        let postgres = self.on == "postgres";
        let limits = if postgres { (25.0, 15.0) } else { (60.0, 25.0) };
        if let Some(stamp) = self.get(Mix::Stamp) {
            self.push(
                "p99 of stamps at 64 connections, ms",
                stamp.p99_ms(),
                limits,
                Better::Less,
                &[stamp],
            );
        }
        if let Some(lone) = self.get(Mix::Lone) {
            self.push(
                "p99 of a lone till, ms",
                lone.p99_ms(),
                (10.0, 3.0),
                Better::Less,
                &[lone],
            );
        }
        let limits = if postgres { (128.0, 64.0) } else { (384.0, 256.0) };
        if let Some(wide) = self.get(Mix::Wide) {
            self.push(
                "memory under 256 connections, MB",
                wide.memory_mb(),
                limits,
                Better::Less,
                &[wide],
            );
        }
        let started = footprint.started_in_ms;
        self.push("start to first answer, ms", started, (1000.0, 50.0), Better::Less, &[]);
        self.push(
            "size of the program, MB",
            footprint.binary_mb,
            (40.0, 20.0),
            Better::Less,
            &[],
        );
    }

    fn get(&self, mix: Mix) -> Option<&'a Series> {
        self.series
            .iter()
            .find(|series| series.on == self.on && series.mix == mix)
    }

    fn ratio(&mut self, what: &'static str, (above, below): (Mix, Mix), floor: f64, goal: f64) {
        let (Some(above), Some(below)) = (self.get(above), self.get(below)) else {
            return;
        };
        let measured = above
            .per_second()
            .zip(below.per_second())
            .map(|(above, below)| above / below);
        self.push(what, measured, (floor, goal), Better::More, &[above, below]);
    }

    fn push(
        &mut self,
        what: &'static str,
        measured: Option<f64>,
        (floor, goal): (f64, f64),
        better: Better,
        from: &[&Series],
    ) {
        let Some(measured) = measured.filter(|measured| measured.is_finite()) else {
            return;
        };
        let reaches = |limit: f64| match better {
            Better::More => measured >= limit,
            Better::Less => measured <= limit,
        };
        let met = match () {
            () if from.iter().any(|series| series.errors() > 0) => Verdict::Spoiled,
            () if reaches(goal) => Verdict::Goal,
            () if reaches(floor) => Verdict::Floor,
            () => Verdict::Missed,
        };
        self.found.push(Figure {
            on: self.on.to_owned(),
            what,
            floor,
            goal,
            better,
            measured,
            met,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::series::Round;
    use super::*;

    fn series(mix: Mix, rounds: Vec<Round>) -> Series {
        Series {
            on: "sqlite".into(),
            mix,
            connections: 64,
            rounds,
        }
    }

    fn met(stamp: f64, direct: f64) -> (f64, Verdict) {
        let all = [
            series(Mix::Stamp, vec![Round::of_rate(stamp)]),
            series(Mix::Direct, vec![Round::of_rate(direct)]),
        ];
        let figures = Figures::of("sqlite", &all, Footprint::default());
        assert_eq!(figures.len(), 1);
        (figures[0].measured, figures[0].met)
    }

    #[test]
    fn a_ratio_is_judged_by_floor_and_goal() {
        assert_eq!(met(9.0, 10.0), (0.9, Verdict::Goal));
        assert_eq!(met(6.0, 10.0), (0.6, Verdict::Floor));
        assert_eq!(met(4.0, 10.0), (0.4, Verdict::Missed));
    }

    #[test]
    fn one_refused_answer_spoils_the_ratio() {
        let mut refused = Round::of_rate(9.0);
        refused.refused.insert(503, 1);
        let all = [
            series(Mix::Stamp, vec![refused]),
            series(Mix::Direct, vec![Round::of_rate(10.0)]),
        ];
        let figures = Figures::of("sqlite", &all, Footprint::default());
        assert_eq!(figures[0].met, Verdict::Spoiled);
    }

    #[test]
    fn less_is_better_where_it_is_a_time() {
        let round = |p99| Round {
            p99_ms: Some(p99),
            ..Round::of_rate(1.0)
        };
        let all = [series(Mix::Lone, vec![round(2.0), round(20.0), round(4.0)])];
        let figures = Figures::of("sqlite", &all, Footprint::default());
        assert_eq!((figures[0].measured, figures[0].met), (4.0, Verdict::Floor));
    }

    #[test]
    fn another_engine_is_not_mixed_in() {
        let mut other = series(Mix::Direct, vec![Round::of_rate(1.0)]);
        other.on = "postgres".into();
        let all = [series(Mix::Stamp, vec![Round::of_rate(1.0)]), other];
        assert!(Figures::of("sqlite", &all, Footprint::default()).is_empty());
    }
}
