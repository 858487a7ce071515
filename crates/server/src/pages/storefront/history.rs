//! The history of a card: every event, newest first, by month, with the reason for each number.
//!
//! Owns: the view of `/c/{token}/history`. Must not know: where events are kept.

use askama::Template;

use crate::pages::events::{EventLine, EventRow};
use crate::pages::page::Page;

/// What the history is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// Everything.
    #[default]
    All,
    /// Stamps and points received.
    Earned,
    /// Rewards taken.
    Redeemed,
    /// Voids, returns, corrections, expiries.
    Other,
}

impl Filter {
    /// All of them, in the order they are offered.
    pub const ALL: [Filter; 4] = [Filter::All, Filter::Earned, Filter::Redeemed, Filter::Other];

    /// The value of `?kind=`.
    pub const fn code(self) -> &'static str {
        match self {
            Filter::All => "",
            Filter::Earned => "earned",
            Filter::Redeemed => "redeemed",
            Filter::Other => "other",
        }
    }

    /// Reads `?kind=`; anything unknown shows all.
    pub fn parse(code: &str) -> Filter {
        Filter::ALL
            .into_iter()
            .find(|filter| filter.code() == code)
            .unwrap_or_default()
    }

    fn name(self, page: &Page) -> String {
        match self {
            Filter::All => page.text().filter_all(),
            Filter::Earned => page.text().filter_earned(),
            Filter::Redeemed => page.text().filter_redeemed(),
            Filter::Other => page.text().filter_other(),
        }
    }
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "storefront/history.html")]
pub struct HistoryPage {
    /// The context.
    pub page: Page,
    /// `/c/{token}`.
    pub link: String,
    /// What is shown.
    pub filter: Filter,
    /// Newest first.
    pub events: Vec<EventRow>,
    /// True if this is not the first page.
    pub continued: bool,
    /// Where older events begin.
    pub next_cursor: Option<String>,
}

impl HistoryPage {
    fn filters(&self) -> Vec<(String, String, bool)> {
        Filter::ALL
            .into_iter()
            .map(|filter| {
                (
                    self.address(filter, None),
                    filter.name(&self.page),
                    filter == self.filter,
                )
            })
            .collect()
    }

    fn older(&self) -> Option<String> {
        self.next_cursor
            .as_deref()
            .map(|cursor| self.address(self.filter, Some(cursor)))
    }

    fn address(&self, filter: Filter, cursor: Option<&str>) -> String {
        let kind = Some(filter.code())
            .filter(|code| !code.is_empty())
            .map(|code| format!("kind={code}"));
        let cursor = cursor.map(|cursor| format!("cursor={cursor}"));
        let query = kind.into_iter().chain(cursor).collect::<Vec<_>>().join("&");
        if query.is_empty() {
            format!("{}/history", self.link)
        } else {
            format!("{}/history?{query}", self.link)
        }
    }

    /// The events under the headings of their months.
    fn months(&self) -> Vec<(String, Vec<EventLine<'_>>)> {
        let mut months: Vec<(String, Vec<EventLine<'_>>)> = Vec::new();
        for event in &self.events {
            let month = self.page.locale.month(event.at, &self.page.zone);
            let line = EventLine::new(&self.page, event);
            match months.last_mut() {
                Some((last, lines)) if *last == month => lines.push(line),
                _ => months.push((month, vec![line])),
            }
        }
        months
    }
}
