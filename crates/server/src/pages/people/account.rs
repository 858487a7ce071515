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

/// A passkey of one's own.
#[derive(Debug, Clone)]
pub struct PasskeyRow {
    /// Where the button goes that takes it away.
    pub end: String,
    pub name: String,
    /// Since when, in microseconds.
    pub created_at: i64,
    /// When it was last used, in microseconds.
    pub used_at: Option<i64>,
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
    pub passkeys: Vec<PasskeyRow>,
    /// Where passkeys are good for, if they work here.
    pub origin: Option<String>,
    /// What a new one is called unless somebody says otherwise.
    pub device: String,
    /// Whether who it is was proven lately enough to change passkeys.
    pub fresh: bool,
    /// Whether a device's answer made no passkey.
    pub refused: bool,
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

    fn used(&self, row: &PasskeyRow) -> String {
        match row.used_at {
            Some(at) => self.page.text().passkey_used(self.page.spoken(at)),
            None => self.page.text().passkey_since(self.page.spoken(row.created_at)),
        }
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
