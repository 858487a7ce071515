//! How a merchant's staff prove who they are.
//!
//! Owns: the view of `/back/staff/rules`. Must not know: what a rule does.

use askama::Template;

use super::Trouble;
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// `/back/staff/rules`
#[derive(Template, Clone)]
#[template(path = "back/rules.html")]
pub struct RulesPage {
    pub page: Page,
    pub bar: Bar,
    /// As typed, or as it is: the fewest digits.
    pub length: String,
    /// How many wrong tries lock.
    pub tries: String,
    /// For how many minutes the first time.
    pub minutes: String,
    /// What the operator wants a PIN for, in words.
    pub floor: Vec<String>,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
    pub done: bool,
    pub trouble: Option<Trouble>,
}

impl RulesPage {
    fn error(&self, field: &str) -> Option<&str> {
        super::sentence(self.trouble.as_ref(), field)
    }
}
