//! The tills: paired, waiting for a device, taken back.
//!
//! Owns: the views of `/back/terminals`. Must not know: how a device is paired.

use askama::Template;

use super::{StoreChoice, Trouble};
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// A till.
#[derive(Debug, Clone)]
pub struct TerminalRow {
    /// Its public id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The store where it stands.
    pub store: String,
    /// `waiting`, `paired` or `revoked`.
    pub status: String,
    /// When it was seen last, in microseconds.
    pub seen_at: Option<i64>,
    /// Whether who looks may take it back.
    pub is_ours: bool,
    /// Until when too many wrong PINs lock it, in microseconds.
    pub locked_until: Option<i64>,
}

/// A code that pairs a device, shown once.
#[derive(Debug, Clone)]
pub struct Code {
    /// What is typed at the device.
    pub code: String,
    /// The name of the till.
    pub name: String,
    /// Until when it works, in microseconds.
    pub until: i64,
}

/// `/back/terminals`
#[derive(Template, Clone)]
#[template(path = "back/terminals.html")]
pub struct TerminalsPage {
    pub page: Page,
    pub bar: Bar,
    pub terminals: Vec<TerminalRow>,
    pub stores: Vec<StoreChoice>,
    /// What was typed.
    pub name: String,
    /// The code of the till that was just made.
    pub code: Option<Code>,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
    /// Whether something was just done.
    pub done: bool,
    pub trouble: Option<Trouble>,
}

impl TerminalsPage {
    fn error(&self, field: &str) -> Option<&str> {
        super::sentence(self.trouble.as_ref(), field)
    }

    fn seen(&self, row: &TerminalRow) -> String {
        match row.seen_at {
            Some(at) => self.page.text().back_seen(self.page.spoken(at)),
            None => self.page.text().back_never_seen(),
        }
    }

    /// When PINs work at it again, if it is locked.
    fn locked(&self, row: &TerminalRow) -> Option<String> {
        let until = row.locked_until.filter(|_| !self.is_revoked(row))?;
        Some(self.page.text().back_terminal_locked(self.page.spoken(until)))
    }

    fn is_waiting(&self, row: &TerminalRow) -> bool {
        row.status == "waiting"
    }

    fn is_revoked(&self, row: &TerminalRow) -> bool {
        row.status == "revoked"
    }
}
