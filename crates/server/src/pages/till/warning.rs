//! What staff must know of a card before they act, and why something gave nothing or less: as facts and in words.
//!
//! Owns: one sentence each, the same before a press and after it. Must not know: when it is so; facts and outcomes say.

use domain::event::{Outcome, Reason};
use domain::moment::Instant;

use super::moment;
use crate::catalogue::ProgramEntry;
use crate::pages::events::{Amount, Unit};
use crate::pages::page::Page;
use crate::pages::till::facts;

/// Something staff must know.
#[derive(Debug, Clone)]
pub enum Warning {
    /// The next of this unit is possible at this instant.
    WaitUntil(Unit, i64),
    /// The card had all it may have of this unit for now: of a day, a week or the last hours.
    LimitReached(Unit),
    /// The rule counted so much, and a limit left less of it.
    Shortened(Amount),
    /// The stamps are full, and the program takes no more before the reward.
    CardFull,
    /// A card without a contact holds no more than this.
    AnonymousFull(i64),
    /// The card is blocked, for this reason where it is known.
    Blocked(Option<Reason>),
    /// The card is closed.
    Closed,
    /// What was scanned or typed belongs to a card that went into this one.
    Merged,
    /// The program takes nothing now.
    ProgramPaused {
        /// Whether rewards are given all the same.
        redeemable: bool,
    },
    /// The program does not come back.
    ProgramEnded {
        /// Whether rewards are still given.
        redeemable: bool,
        /// The last instant for rewards, where there is one.
        until: Option<i64>,
    },
    /// Points are owed from a return.
    Debt(i64),
    /// Anything else, as a sentence in the page's language.
    Sentence(String),
}

impl Warning {
    /// Why a unit got nothing, or less than the rule counted (`HYB-2`, `CAP-1`); none when nothing stood against it.
    pub(crate) fn of_outcome(entry: &ProgramEntry, outcome: &Outcome) -> Option<Self> {
        let unit = facts::amount(outcome.unit, 0).unit;
        match (outcome.code.as_deref(), outcome.retry_at, outcome.capped_from) {
            (Some("cooldown_active"), Some(at), _) => Some(Self::WaitUntil(unit, at.0)),
            (_, _, Some(from)) if outcome.awarded > 0 => Some(Self::Shortened(facts::amount(outcome.unit, from))),
            (Some("daily_cap_reached"), ..) => Some(Self::LimitReached(unit)),
            (Some("card_full"), ..) => Some(Self::CardFull),
            (Some("anonymous_cap_reached"), ..) => {
                Some(Self::AnonymousFull(entry.program.terms().anonymous_balance_cap))
            }
            _ => None,
        }
    }

    /// Why a program takes nothing now, and what it still gives (`PROG-STATE`).
    pub(crate) fn of_program(entry: &ProgramEntry, now: Instant) -> Self {
        let redeemable = entry.program.is_redeemable(now);
        if entry.program.is_over(now) {
            let until = entry.program.redeem_until().map(|until| until.0);
            Self::ProgramEnded { redeemable, until }
        } else {
            Self::ProgramPaused { redeemable }
        }
    }

    /// Whether this unit is not given now.
    pub(crate) fn stops(&self, unit: Unit) -> bool {
        match self {
            Self::WaitUntil(stopped, _) | Self::LimitReached(stopped) => *stopped == unit,
            Self::CardFull => unit == Unit::Stamp,
            _ => false,
        }
    }

    /// Whether time alone will cure it.
    pub(crate) fn is_wait(&self) -> bool {
        matches!(self, Self::WaitUntil(..) | Self::LimitReached(_))
    }

    /// The sentence.
    pub(crate) fn words(&self, page: &Page) -> String {
        let text = page.text();
        match self {
            Self::WaitUntil(Unit::Stamp, at) => text.warn_wait(moment(page, *at)),
            Self::WaitUntil(Unit::Point, at) => text.warn_wait_points(moment(page, *at)),
            Self::LimitReached(Unit::Stamp) => text.warn_limit(),
            Self::LimitReached(Unit::Point) => text.warn_limit_points(),
            Self::Shortened(counted) => text.note_capped(counted.words(page)),
            Self::CardFull => text.refused_full(),
            Self::AnonymousFull(cap) => text.refused_anonymous(page.number(*cap)),
            Self::Blocked(Some(Reason::Lost)) => text.warn_blocked_lost(),
            Self::Blocked(Some(Reason::Fraud)) => text.warn_blocked_fraud(),
            Self::Blocked(Some(Reason::Dispute)) => text.warn_blocked_dispute(),
            Self::Blocked(_) => text.warn_blocked(),
            Self::Closed => text.warn_closed(),
            Self::Merged => text.warn_merged(),
            Self::ProgramPaused { redeemable: true } => text.warn_paused(),
            Self::ProgramPaused { redeemable: false } => text.warn_paused_all(),
            Self::ProgramEnded { redeemable: false, .. } => text.warn_ended_all(),
            Self::ProgramEnded { until: Some(at), .. } => text.warn_ended_until(page.date(*at)),
            Self::ProgramEnded { until: None, .. } => text.warn_ended(),
            Self::Debt(points) => text.warn_debt(Amount::points(*points).words(page)),
            Self::Sentence(sentence) => sentence.clone(),
        }
    }
}
