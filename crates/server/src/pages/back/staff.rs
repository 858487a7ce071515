//! Who serves, and one of them.
//!
//! Owns: the views of `/back/staff`. Must not know: PINs.

use askama::Template;

use super::{StoreChoice, Trouble, sentence};
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// Somebody who serves, or did.
#[derive(Debug, Clone)]
pub struct StaffRow {
    /// Their public id.
    pub id: String,
    /// Their name at the till.
    pub name: String,
    /// Their role, in words.
    pub role: String,
    /// Where they serve, in words.
    pub stores: String,
    /// Whether they serve.
    pub active: bool,
    /// Whether they have a PIN.
    pub has_pin: bool,
    /// Whether they must choose another.
    pub must_change: bool,
    /// Until when it is locked, in microseconds, if it is.
    pub locked_until: Option<i64>,
    /// When it was used last, in microseconds.
    pub used_at: Option<i64>,
    /// Whether who looks may change them.
    pub is_ours: bool,
}

/// What was typed, kept when the form comes back. A PIN is not.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// As typed.
    pub name: String,
    /// Whether they shall manage.
    pub manages: bool,
    /// The number of their own card.
    pub card: String,
}

/// `/back/staff`
#[derive(Template, Clone)]
#[template(path = "back/staff.html")]
pub struct StaffPage {
    pub page: Page,
    pub bar: Bar,
    /// Who serves first.
    pub staff: Vec<StaffRow>,
    /// The stores that somebody may be given.
    pub stores: Vec<StoreChoice>,
    /// The fewest digits of a cashier's PIN, and of a manager's.
    pub digits: (i64, i64),
    pub typed: Typed,
    /// Whether who looks may set the rules of PINs.
    pub rules: bool,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
    /// Whether something was just done.
    pub done: bool,
    pub trouble: Option<Trouble>,
}

/// `/back/staff/{staff}`
#[derive(Template, Clone)]
#[template(path = "back/person.html")]
pub struct PersonPage {
    pub page: Page,
    pub bar: Bar,
    /// What a form says, or what is so.
    pub typed: Typed,
    /// Where they serve, to choose.
    pub stores: Vec<StoreChoice>,
    pub row: StaffRow,
    /// The fewest digits of their PIN.
    pub digits: i64,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
    /// Whether something was just done.
    pub done: bool,
    pub trouble: Option<Trouble>,
}

impl StaffPage {
    /// Whose PIN a browser may take it for.
    fn whose(&self) -> &str {
        &self.typed.name
    }

    fn error(&self, field: &str) -> Option<&str> {
        sentence(self.trouble.as_ref(), field)
    }

    fn hint(&self) -> String {
        self.page.text().back_pin_hint(self.digits.0, self.digits.1)
    }
}

impl PersonPage {
    /// Where to come back to.
    fn next(&self) -> String {
        format!("/back/staff/{}", self.row.id)
    }

    /// Whose PIN a browser may take it for.
    fn whose(&self) -> &str {
        &self.row.name
    }

    fn error(&self, field: &str) -> Option<&str> {
        sentence(self.trouble.as_ref(), field)
    }

    fn hint(&self) -> String {
        self.page.text().back_pin_least(self.digits)
    }
}

impl StaffRow {
    /// When the PIN works again, if it is locked.
    fn locked(&self, page: &Page) -> Option<String> {
        let until = self.locked_until?;
        Some(page.text().back_locked(page.spoken(until)))
    }
}
