//! One's own account: the password, the second factor, where one is signed in.
//!
//! Owns: the views of `/account` and what leads from it. Must not know: who may change what.

use askama::Template;

use super::Bar;
use super::sign_in::Trouble;
use crate::pages::page::Page;
use crate::pages::qr;
use crate::people::LENGTH_MIN;

/// A browser that signed in.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Where the button goes that ends it.
    pub end: String,
    pub device: String,
    /// From where it began.
    pub address: String,
    /// When it was last used, in microseconds.
    pub seen_at: i64,
    /// Whether it is this one.
    pub is_this: bool,
}

/// `/account`
#[derive(Template, Clone)]
#[template(path = "people/account.html")]
pub struct AccountPage {
    pub page: Page,
    pub bar: Bar,
    /// The address one signs in with.
    pub address: String,
    pub has_factor: bool,
    /// How many recovery codes are left.
    pub codes: i64,
    pub sessions: Vec<SessionRow>,
    /// Whether something was just done.
    pub done: bool,
    /// What is wrong with the password that was typed.
    pub trouble: Option<Trouble>,
}

impl AccountPage {
    fn hint(&self) -> String {
        self.page.text().password_hint(LENGTH_MIN)
    }

    fn seen(&self, row: &SessionRow) -> String {
        let when = self.page.spoken(row.seen_at);
        self.page.text().account_session_seen(when, row.address.clone())
    }

    fn codes_left(&self) -> String {
        self.page.text().account_codes_left(self.codes)
    }
}

/// `/account/factor`
#[derive(Template, Clone)]
#[template(path = "people/factor.html")]
pub struct FactorPage {
    pub page: Page,
    pub bar: Bar,
    /// The seed as an app reads it.
    pub seed: String,
    /// The seed as an app takes it from the keyboard.
    pub typed: String,
    pub trouble: Option<Trouble>,
}

impl FactorPage {
    fn drawn(&self) -> String {
        qr::draw(&self.seed)
    }
}

/// Recovery codes, shown once.
#[derive(Template, Clone)]
#[template(path = "people/codes.html")]
pub struct CodesPage {
    pub page: Page,
    pub bar: Bar,
    pub codes: Vec<String>,
}
