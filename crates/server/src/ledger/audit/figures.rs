//! Figures as the events give them, compared with the rows that pages show. They are the one thing an audit keeps for a
//! whole merchant: as many numbers as there are days, stores, programs and measures, never as there are cards.

use super::findings::Findings;
use crate::error::Error;
use crate::sql;
use crate::sql::audit::ROWS_PER_PAGE;
use db::{Transaction, params};
use domain::event::{Event, EventKind, MoveKind};
use domain::ids::{MerchantId, ProgramId, StoreId};
use domain::quantity::Unit;
use jiff::civil::Date;
use std::collections::HashMap;
use std::fmt;
use uuid::Uuid;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Measure {
    Happened(EventKind),
    Undone(EventKind),
    Moved(Unit, MoveKind),
}

impl Measure {
    fn read(text: &str) -> Option<Self> {
        let (what, which) = text.split_once(':')?;
        match what {
            "event" => EventKind::from_code(which).map(Measure::Happened),
            "undone" => EventKind::from_code(which).map(Measure::Undone),
            unit => Some(Measure::Moved(Unit::from_code(unit)?, MoveKind::from_code(which)?)),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Measure::Happened(kind) => write!(formatter, "event:{}", kind.code()),
            Measure::Undone(kind) => write!(formatter, "undone:{}", kind.code()),
            Measure::Moved(unit, kind) => write!(formatter, "{}:{}", unit.code(), kind.code()),
        }
    }
}

type Place = (Date, Uuid, Uuid, Measure);

/// Sums by day, store, program and measure.
#[derive(Debug, Default)]
pub struct Figures(HashMap<Place, i64>);

impl Figures {
    /// Counts an event of a card of a program; `undone` is the kind of the event it takes back.
    pub fn count(&mut self, program: ProgramId, event: &Event, undone: Option<EventKind>) {
        let store = event.origin.store.map_or(Uuid::nil(), |store| store.0);
        let mut add = |measure: Measure, amount: i64| {
            let sum = self.0.entry((event.day, store, program.0, measure)).or_insert(0);
            *sum = sum.saturating_add(amount);
        };
        add(Measure::Happened(event.kind), 1);
        if let Some(kind) = undone {
            add(Measure::Undone(kind), 1);
        }
        for step in &event.moves {
            add(Measure::Moved(step.unit, step.kind), step.amount);
        }
    }

    /// Compares with the rows, one by one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn compare(
        mut self,
        tx: &mut Transaction<'_>,
        merchant: MerchantId,
        findings: &mut Findings,
    ) -> Result<(), Error> {
        let mut after = (String::new(), Uuid::nil(), Uuid::nil(), String::new());
        loop {
            let (day, store, program, measure) = after.clone();
            let rows = tx.rows(&sql::audit::TOTALS, &params![merchant.0, day, store, program, measure])?;
            for row in &rows {
                let kept: i64 = row.get(4)?;
                after = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                let (day, store, program, text) = &after;
                let place = day.parse().ok().zip(Measure::read(text));
                let told = place.and_then(|(day, measure)| self.0.remove(&(day, *store, *program, measure)));
                let told = told.unwrap_or(0);
                if kept != told {
                    findings.shared(sentence(day, *store, *program, text, kept, told));
                }
            }
            if rows.len() < ROWS_PER_PAGE {
                break;
            }
        }
        let mut left: Vec<(Place, i64)> = self.0.into_iter().filter(|(_, amount)| *amount != 0).collect();
        left.sort_by_key(|((day, store, program, _), _)| (*day, *store, *program));
        for ((day, store, program, measure), told) in left {
            findings.shared(sentence(
                &day.to_string(),
                store,
                program,
                &measure.to_string(),
                0,
                told,
            ));
        }
        Ok(())
    }
}

fn sentence(day: &str, store: Uuid, program: Uuid, measure: &str, kept: i64, told: i64) -> String {
    let place = if store.is_nil() {
        "no store".to_owned()
    } else {
        StoreId(store).to_string()
    };
    let program = ProgramId(program);
    format!("the figure {measure} of {day}, {place} and {program} is {kept}, its events say {told}")
}
