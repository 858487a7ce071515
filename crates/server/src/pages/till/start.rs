//! The till between two customers: the scan field, today's figures, the last five.
//!
//! Owns: the view of `/till` for a paired terminal. Must not know: how figures are counted.

use askama::Template;

use super::{Bar, moment};
use crate::pages::events::{Amount, EventKind, Unit};
use crate::pages::page::Page;

/// What this store did since midnight.
#[derive(Debug, Clone, Copy, Default)]
pub struct Today {
    /// Given, less what was taken back.
    pub stamps: i64,
    /// Given, less what was taken back.
    pub points: i64,
    /// Handed over.
    pub rewards: i64,
    /// Opened.
    pub cards: i64,
}

/// One of the last five things this terminal did.
#[derive(Debug, Clone)]
pub struct LastRow {
    /// Public id of the card.
    pub card: String,
    /// "Mina K." or the card's number.
    pub who: String,
    /// What happened.
    pub kind: EventKind,
    /// What was moved, one amount a unit.
    pub amounts: Vec<Amount>,
    /// The reward, by name.
    pub reward: Option<String>,
    /// Microseconds since 1970, UTC.
    pub at: i64,
    /// True if it was taken back since.
    pub voided: bool,
}

/// One of several cards of a person.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Public id of the card.
    pub card: String,
    /// The name of its program.
    pub program: String,
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "till/start.html")]
pub struct StartPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// What was searched for.
    pub query: String,
    /// Why the last search found nothing, as a sentence that says what to do next.
    pub problem: Option<String>,
    /// The cards of a person who has several, to choose from.
    pub choices: Vec<Choice>,
    /// The store's figures.
    pub today: Today,
    /// Whether a program of the shop collects stamps.
    pub has_stamps: bool,
    /// Whether a program of the shop collects points.
    pub has_points: bool,
    /// The last five, newest first.
    pub last: Vec<LastRow>,
}

impl StartPage {
    fn scan_failed(&self) -> bool {
        self.problem.is_some()
    }

    /// What was searched in vain and reads like a contact: nobody types it twice.
    fn new_contact(&self) -> Option<&str> {
        let typed = self.query.trim();
        let digits = typed.chars().filter(char::is_ascii_digit).count();
        let is_phone = digits >= 5
            && typed
                .chars()
                .all(|sign| sign.is_ascii_digit() || " +()-/.".contains(sign));
        (self.problem.is_some() && (is_phone || typed.contains('@'))).then_some(typed)
    }

    fn what(&self, row: &LastRow) -> String {
        let back = row.kind == EventKind::Voided;
        let told = |amount: &Amount| {
            let sign = if back { -1 } else { 1 };
            let amount = Amount {
                amount: amount.amount * sign,
                ..*amount
            };
            amount.signed_words(&self.page)
        };
        let amounts = row.amounts.iter().map(told).collect::<Vec<_>>().join(", ");
        match row
            .reward
            .clone()
            .or(Some(amounts).filter(|amounts| !amounts.is_empty()))
        {
            Some(what) if back => self.page.text().event_voided_what(what),
            Some(what) => what,
            None => row.kind.title(&self.page),
        }
    }

    /// The time of day; with its day when that is not today.
    fn when(&self, row: &LastRow) -> String {
        moment(&self.page, row.at)
    }

    fn icon(&self, row: &LastRow) -> String {
        let stamps_only = row.amounts.iter().all(|amount| amount.unit == Unit::Stamp);
        self.page.icon(match row.kind {
            EventKind::Redeemed => "gift",
            EventKind::Enrolled => "user-plus",
            EventKind::Voided | EventKind::Returned => "undo-2",
            _ if row.amounts.is_empty() => "info",
            _ if stamps_only => "stamp",
            _ => "coins",
        })
    }
}
