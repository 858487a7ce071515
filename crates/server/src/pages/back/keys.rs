//! The API keys of a merchant.
//!
//! Owns: the view of `/back/keys`. Must not know: how a key is made.

use askama::Template;

use super::{StoreChoice, Trouble};
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// A key.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// Its public id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it may do, separated by blanks.
    pub scopes: String,
    /// Where, in words.
    pub stores: String,
    /// From where; empty for everywhere.
    pub networks: String,
    /// Until when, in microseconds.
    pub expires_at: Option<i64>,
    /// When it was used last, in microseconds.
    pub used_at: Option<i64>,
    /// Whether it was taken back.
    pub revoked: bool,
}

/// Something a key may do, to choose.
#[derive(Debug, Clone)]
pub struct ScopeChoice {
    /// Its code.
    pub code: &'static str,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What was typed, kept when the form comes back.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// As typed.
    pub name: String,
    /// As typed.
    pub networks: String,
    /// As typed: a day.
    pub expires: String,
}

/// `/back/keys`
#[derive(Template, Clone)]
#[template(path = "back/keys.html")]
pub struct KeysPage {
    pub page: Page,
    pub bar: Bar,
    pub keys: Vec<KeyRow>,
    pub scopes: Vec<ScopeChoice>,
    pub stores: Vec<StoreChoice>,
    pub typed: Typed,
    /// The token of the key that was just made, shown once.
    pub token: Option<String>,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
    pub done: bool,
    pub trouble: Option<Trouble>,
}

impl KeysPage {
    fn error(&self, field: &str) -> Option<&str> {
        super::sentence(self.trouble.as_ref(), field)
    }

    fn used(&self, row: &KeyRow) -> String {
        match row.used_at {
            Some(at) => self.page.text().back_key_used(self.page.spoken(at)),
            None => self.page.text().back_key_unused(),
        }
    }
}
