//! One event of a card as a line of its history: what, where, when, how much, why.
//!
//! Owns: the words for the kinds of events and the component that shows one.
//! Must not know: how events are stored or decided.

use askama::Template;

use super::page::Page;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Stamps.
    Stamp,
    /// Points.
    Point,
}

/// An amount of one unit, with sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// What is counted.
    pub unit: Unit,
    /// How many, with sign.
    pub amount: i64,
}

impl Amount {
    /// An amount of stamps.
    pub const fn stamps(amount: i64) -> Amount {
        Amount {
            unit: Unit::Stamp,
            amount,
        }
    }

    /// An amount of points.
    pub const fn points(amount: i64) -> Amount {
        Amount {
            unit: Unit::Point,
            amount,
        }
    }

    /// With unit, without sign: `7 stamps`.
    pub fn words(self, page: &Page) -> String {
        match self.unit {
            Unit::Stamp => page.text().stamps(self.amount, page.number(self.amount)),
            Unit::Point => page.text().points(self.amount, page.number(self.amount)),
        }
    }

    /// With sign and unit: `+1 stamp`, `−200 points`.
    pub fn signed_words(self, page: &Page) -> String {
        let signed = page.locale.signed(self.amount);
        match self.unit {
            Unit::Stamp => page.text().stamps(self.amount.saturating_abs(), signed),
            Unit::Point => page.text().points(self.amount.saturating_abs(), signed),
        }
    }
}

/// The kinds of events a history shows, and filters by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventKind {
    /// The card was opened.
    Enrolled,
    /// Stamps were given.
    Stamped,
    /// Points were given for an amount.
    Earned,
    /// A reward was taken.
    Redeemed,
    /// An earlier event was taken back.
    Voided,
    /// Goods came back.
    Returned,
    /// A person corrected the balance.
    Adjusted,
    /// Value ended.
    Expired,
    /// The card was stopped.
    Blocked,
    /// The card may go on.
    Unblocked,
    /// The card got a new number.
    Replaced,
    /// Its owner proved that a contact is theirs.
    Confirmed,
    /// The card ended.
    Closed,
    /// Two cards became one.
    Merged,
}

/// One line of the answer to "why this number".
#[derive(Debug, Clone)]
pub struct WhyLine {
    /// The rule in words, in the page's language.
    pub text: String,
    /// What the rule contributed.
    pub amount: Amount,
}

/// The facts of one event.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// Public id, `evt_…`.
    pub id: String,
    /// What happened.
    pub kind: EventKind,
    /// Microseconds since 1970, UTC.
    pub at: i64,
    /// The store, if the event happened at one.
    pub place: Option<String>,
    /// What was moved, one amount a unit.
    pub amounts: Vec<Amount>,
    /// The reward that was given, for redemptions.
    pub reward: Option<String>,
    /// What was voided, in words, for voids.
    pub undoes: Option<String>,
    /// True if a later event took this one back.
    pub voided: bool,
    /// The reasons, in the order the rules were applied.
    pub why: Vec<WhyLine>,
    /// What the card held afterwards.
    pub balance_after: Vec<Amount>,
}

impl EventRow {
    /// The event in a few words: `Stamp`, `Free coffee`, `Taken back: Stamp`.
    pub fn title(&self, page: &Page) -> String {
        let text = page.text();
        match (self.kind, &self.reward, &self.undoes) {
            (EventKind::Redeemed, Some(reward), _) => reward.clone(),
            (EventKind::Voided, _, Some(undone)) => text.event_voided_what(undone),
            (kind, _, _) => kind.title(page),
        }
    }

    fn balance(&self, page: &Page) -> String {
        self.balance_after
            .iter()
            .map(|amount| amount.words(page))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

impl EventKind {
    /// The kind in a few words.
    pub fn title(self, page: &Page) -> String {
        let text = page.text();
        match self {
            EventKind::Enrolled => text.event_enrolled(),
            EventKind::Stamped => text.event_stamped(),
            EventKind::Earned => text.event_earned(),
            EventKind::Redeemed => text.event_redeemed(),
            EventKind::Voided => text.event_voided(),
            EventKind::Returned => text.event_returned(),
            EventKind::Adjusted => text.event_adjusted(),
            EventKind::Expired => text.event_expired(),
            EventKind::Blocked => text.event_blocked(),
            EventKind::Unblocked => text.event_unblocked(),
            EventKind::Replaced => text.event_replaced(),
            EventKind::Confirmed => text.event_confirmed(),
            EventKind::Closed => text.event_closed(),
            EventKind::Merged => text.event_merged(),
        }
    }
}

/// The component: one event.
#[derive(Template)]
#[template(path = "events.html")]
pub struct EventLine<'a> {
    page: &'a Page,
    event: &'a EventRow,
}

impl<'a> EventLine<'a> {
    /// The component for one event.
    pub fn new(page: &'a Page, event: &'a EventRow) -> EventLine<'a> {
        EventLine { page, event }
    }
}
