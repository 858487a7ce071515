//! What a run came to, for people as aligned tables and for programs as JSON.

use super::ratios::{Better, Figure, Footprint, Verdict};
use super::series::Series;
use serde::Serialize;
use std::fmt;

/// What the audit after the load said.
#[derive(Clone, Debug, Serialize)]
pub struct Audited {
    /// Of which engine.
    pub on: String,
    /// Cards folded.
    pub cards: i64,
    /// Events folded.
    pub events: i64,
    /// What does not agree; empty when the books balance.
    pub differences: Vec<String>,
}

/// A run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Logical processors of the machine, which the load shares with the server.
    pub processors: usize,
    /// Whether this is a build without optimisation, whose figures say nothing.
    pub unoptimised: bool,
    /// Cards in each database.
    pub cards: usize,
    /// Counted seconds of each series in each round.
    pub seconds: u64,
    /// What was measured.
    pub series: Vec<Series>,
    /// What was promised.
    pub figures: Vec<Figure>,
    /// What is known of the servers, by engine.
    pub footprints: Vec<(String, Footprint)>,
    /// Whether the books balance after the load.
    pub audits: Vec<Audited>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

impl Report {
    /// Whether every answer was accepted and the books balance. How fast it was is another question.
    pub fn is_sound(&self) -> bool {
        self.series.iter().all(|series| series.errors() == 0)
            && self.audits.iter().all(|audit| audit.differences.is_empty())
    }

    /// Whether everything that is owed was kept.
    pub fn keeps_floors(&self) -> bool {
        self.figures
            .iter()
            .all(|figure| matches!(figure.met, Verdict::Goal | Verdict::Floor))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (processors, cards, seconds) = (self.processors, self.cards, self.seconds);
        writeln!(
            out,
            "{cards} cards, {seconds} s a series and round, {processors} processors shared with the load"
        )?;
        if self.unoptimised {
            writeln!(out, "This build is not optimised: its figures say nothing.")?;
        }
        writeln!(out)?;
        table(out, &self.measured())?;
        if !self.figures.is_empty() {
            writeln!(out)?;
            table(out, &self.promised())?;
        }
        writeln!(out)?;
        for series in self.series.iter().filter(|series| series.errors() > 0) {
            writeln!(
                out,
                "refused: {} on {}: {}",
                series.mix.code(),
                series.on,
                series.complaint()
            )?;
        }
        for audit in &self.audits {
            let (on, cards, events) = (&audit.on, audit.cards, audit.events);
            match audit.differences.len() {
                0 => writeln!(out, "audit: ok, {on}, {cards} cards, {events} events")?,
                count => writeln!(
                    out,
                    "audit: {count} differences, {on}: {}",
                    audit.differences.join("; ")
                )?,
            }
        }
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        Ok(())
    }
}

impl Report {
    fn measured(&self) -> Vec<Vec<String>> {
        let heads = [
            "on",
            "mix",
            "connections",
            "operations/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "errors",
        ];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        for series in &self.series {
            let connections = match series.connections {
                0 => "-".to_owned(),
                count => count.to_string(),
            };
            rows.push(vec![
                series.on.clone(),
                series.mix.code().to_owned(),
                connections,
                figure(series.per_second()),
                figure(series.p50_ms()),
                figure(series.p99_ms()),
                figure(series.p999_ms()),
                series.errors().to_string(),
            ]);
        }
        rows
    }

    fn promised(&self) -> Vec<Vec<String>> {
        let mut rows = vec![
            ["on", "promise", "floor", "goal", "measured", "met"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for one in &self.figures {
            let sign = if one.better == Better::More { ">=" } else { "<=" };
            rows.push(vec![
                one.on.clone(),
                one.what.to_owned(),
                format!("{sign} {}", one.floor),
                format!("{sign} {}", one.goal),
                figure(Some(one.measured)),
                one.met.code().to_owned(),
            ]);
        }
        rows
    }
}

/// Three digits that count, or a dash.
fn figure(value: Option<f64>) -> String {
    match value {
        None => "-".to_owned(),
        Some(value) if value >= 100.0 => format!("{value:.0}"),
        Some(value) if value >= 10.0 => format!("{value:.1}"),
        Some(value) if value >= 1.0 => format!("{value:.2}"),
        Some(value) => format!("{value:.3}"),
    }
}

/// Columns as wide as their widest cell: words to the left, figures to the right.
fn table(out: &mut fmt::Formatter<'_>, rows: &[Vec<String>]) -> fmt::Result {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    let widths: Vec<usize> = (0..columns)
        .map(|column| cells(column).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let mut line = String::new();
        for ((column, cell), width) in row.iter().enumerate().zip(&widths) {
            let padding = " ".repeat(width - cell.chars().count());
            let gap = if column == 0 { "" } else { "  " };
            line += gap;
            line += &if column < 2 {
                format!("{cell}{padding}")
            } else {
                format!("{padding}{cell}")
            };
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::ratios::Figures;
    use super::super::series::{Mix, Round};
    use super::*;

    fn report() -> Report {
        let one = |mix, rate| Series {
            on: "sqlite".into(),
            mix,
            connections: if mix == Mix::Direct { 0 } else { 64 },
            rounds: vec![Round::of_rate(rate)],
        };
        let series = vec![one(Mix::Stamp, 9_000.0), one(Mix::Direct, 12_000.0)];
        let figures = Figures::of("sqlite", &series, Footprint::default());
        Report {
            processors: 2,
            cards: 100,
            seconds: 5,
            series,
            figures,
            ..Report::default()
        }
    }

    #[test]
    fn tables_are_aligned() {
        let text = report().to_string();
        let expected = "\
on      mix     connections  operations/s  p50 ms  p99 ms  p99.9 ms  errors
sqlite  stamp            64          9000       -       -         -       0
sqlite  direct            -         12000       -       -         -       0

on      promise                                          floor    goal  measured    met
sqlite  stamps over HTTP / direct loop of 100 a commit  >= 0.5  >= 0.8     0.750  floor
";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn a_refused_answer_or_a_difference_is_unsound() {
        assert!(report().is_sound() && report().keeps_floors());
        let mut refused = report();
        refused.series[0].rounds[0].refused.insert(500, 1);
        assert!(!refused.is_sound());
        assert!(refused.to_string().contains("refused: stamp on sqlite: 1 times 500"));
        let mut wrong = report();
        let differences = vec!["a card".to_owned()];
        wrong.audits.push(Audited {
            on: "sqlite".into(),
            cards: 1,
            events: 2,
            differences,
        });
        assert!(!wrong.is_sound());
    }
}
