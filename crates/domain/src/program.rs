//! A program as the rules see it: its kind, its state, and the terms of one version. A [`Program`] with unsound terms
//! cannot be built. Texts and pictures live elsewhere.

use crate::codes::codes;
use crate::ids::ProgramId;
use crate::moment::Instant;
use crate::quantity::{Currency, Unit};
use crate::terms::{OutOfRange, Terms};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a program collects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramKind {
    /// Stamps only.
    Stamps,
    /// Points only.
    Points,
    /// One card, two units, one ledger.
    Hybrid,
}

codes!(ProgramKind {
    Stamps => "stamps",
    Points => "points",
    Hybrid => "hybrid",
});

impl ProgramKind {
    /// Whether cards of this kind hold stamps.
    pub fn has_stamps(self) -> bool {
        self != ProgramKind::Points
    }

    /// Whether cards of this kind hold points.
    pub fn has_points(self) -> bool {
        self != ProgramKind::Stamps
    }
}

/// Where a program stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramStatus {
    /// Not launched.
    Draft,
    /// Running.
    Active,
    /// Stopped for now.
    Paused,
    /// Over.
    Ended,
}

codes!(ProgramStatus {
    Draft => "draft",
    Active => "active",
    Paused => "paused",
    Ended => "ended",
});

/// One version's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1, rising.
    pub number: i64,
    /// The settings.
    pub terms: Arc<Terms>,
}

/// What a program is, apart from its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFacts {
    /// Its id.
    pub id: ProgramId,
    /// What it collects.
    pub kind: ProgramKind,
    /// Where it stands.
    pub status: ProgramStatus,
    /// First instant it runs.
    pub starts_at: Option<Instant>,
    /// First instant it no longer runs.
    pub ends_at: Option<Instant>,
    /// Last instant to redeem once paused or ended.
    pub redeem_until: Option<Instant>,
    /// The currency of all its amounts.
    pub currency: Currency,
}

/// A program with all its versions; the newest prices new commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    facts: ProgramFacts,
    versions: Vec<Version>,
}

/// Why a program cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidProgram {
    /// It has no version.
    NoVersion,
    /// Versions must rise from one another.
    VersionOrder,
    /// A setting is out of range.
    Terms(OutOfRange),
    /// It ends before it starts.
    Dates,
}

impl Program {
    /// Builds a program of sound parts.
    pub fn new(facts: ProgramFacts, versions: Vec<Version>) -> Result<Self, InvalidProgram> {
        if versions.is_empty() {
            return Err(InvalidProgram::NoVersion);
        }
        if versions.windows(2).any(|pair| pair[0].number >= pair[1].number) {
            return Err(InvalidProgram::VersionOrder);
        }
        if let Some(fault) = versions
            .iter()
            .find_map(|version| version.terms.faults().into_iter().next())
        {
            return Err(InvalidProgram::Terms(fault));
        }
        if matches!((facts.starts_at, facts.ends_at), (Some(start), Some(end)) if end <= start) {
            return Err(InvalidProgram::Dates);
        }
        Ok(Self { facts, versions })
    }

    /// Its id.
    pub fn id(&self) -> ProgramId {
        self.facts.id
    }

    /// What it collects.
    pub fn kind(&self) -> ProgramKind {
        self.facts.kind
    }

    /// Where it stands.
    pub fn status(&self) -> ProgramStatus {
        self.facts.status
    }

    /// Its currency.
    pub fn currency(&self) -> Currency {
        self.facts.currency
    }

    /// The newest version.
    pub fn version(&self) -> &Version {
        // `new` refuses an empty list, so index 0 exists; `last` cannot be `None`.
        self.versions.last().unwrap_or(&self.versions[0])
    }

    /// The newest terms.
    pub fn terms(&self) -> &Terms {
        &self.version().terms
    }

    /// What a new customer is welcomed with, of the units it collects (`WEL-1`).
    pub fn welcome(&self) -> [(Unit, i64); 2] {
        let (terms, kind) = (self.terms(), self.kind());
        let stamps = if kind.has_stamps() { terms.welcome_stamps } else { 0 };
        let points = if kind.has_points() { terms.welcome_points } else { 0 };
        [(Unit::Stamp, stamps), (Unit::Point, points)]
    }

    /// The terms of an older version, for a return that is priced as the purchase was (`RET-2`).
    pub fn terms_of(&self, number: i64) -> Option<&Terms> {
        self.versions
            .iter()
            .find(|version| version.number == number)
            .map(|version| version.terms.as_ref())
    }

    /// Whether cards may earn and join now (`PROG-STATE`).
    pub fn is_running(&self, now: Instant) -> bool {
        self.facts.status == ProgramStatus::Active
            && self.facts.starts_at.is_none_or(|start| now >= start)
            && self.facts.ends_at.is_none_or(|end| now < end)
    }

    /// Whether it has ended, and does not come back.
    pub fn is_over(&self, now: Instant) -> bool {
        self.facts.status == ProgramStatus::Ended || self.facts.ends_at.is_some_and(|end| now >= end)
    }

    /// Whether rewards may still be taken (`PROG-STATE`): while it runs, and for a time after it stopped.
    pub fn is_redeemable(&self, now: Instant) -> bool {
        let started = self.facts.starts_at.is_none_or(|start| now >= start);
        match self.facts.status {
            ProgramStatus::Draft => false,
            ProgramStatus::Active if self.is_running(now) => true,
            _ => started && self.redeem_until().is_none_or(|until| now <= until),
        }
    }

    /// The last instant to redeem: as stated, else sixty days after the end (`PROG-STATE`).
    pub fn redeem_until(&self) -> Option<Instant> {
        const SIXTY_DAYS_MINUTES: i64 = 60 * 24 * 60;
        self.facts
            .redeem_until
            .or_else(|| self.facts.ends_at.map(|end| end.plus_minutes(SIXTY_DAYS_MINUTES)))
    }

    /// The target a card must reach: the smallest that was in force since its round began (`STP-7`), so that a higher
    /// target never moves the goal of a round under way.
    pub fn effective_target(&self, round_version: i64) -> i64 {
        self.versions
            .iter()
            .filter(|version| version.number >= round_version)
            .map(|version| version.terms.stamp_target)
            .min()
            .unwrap_or(self.terms().stamp_target)
    }
}
