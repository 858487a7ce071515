//! Getting in: the password, the second factor, an invitation, and proving again who one is.
//!
//! Owns: the views of these four forms. Must not know: sessions.

use askama::Template;

use crate::pages::page::Page;
use crate::people::LENGTH_MIN;

/// What went wrong: a stable code and its sentence.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The code.
    pub code: &'static str,
    /// What it says.
    pub sentence: String,
}

/// `/signin`
#[derive(Template, Clone)]
#[template(path = "people/sign_in.html")]
pub struct SignInPage {
    pub page: Page,
    /// Where to go then.
    pub next: String,
    /// What was typed as an address.
    pub address: String,
    /// Where passkeys are good for, if they work here.
    pub origin: Option<String>,
    pub trouble: Option<Trouble>,
}

/// `/signin/code`
#[derive(Template, Clone)]
#[template(path = "people/code.html")]
pub struct CodePage {
    pub page: Page,
    /// Where to go then.
    pub next: String,
    pub trouble: Option<Trouble>,
}

/// `/account/proof`
#[derive(Template, Clone)]
#[template(path = "people/proof.html")]
pub struct ProofPage {
    pub page: Page,
    /// The address one signs in with, for password managers.
    pub address: String,
    /// Where to go then.
    pub next: String,
    /// Where passkeys are good for, if they work here.
    pub origin: Option<String>,
    pub trouble: Option<Trouble>,
}

/// `/welcome/{link}`
#[derive(Template, Clone)]
#[template(path = "people/welcome.html")]
pub struct WelcomePage {
    pub page: Page,
    /// Where the form goes.
    pub action: String,
    /// As what they were invited.
    pub role: String,
    /// By whom: the merchant, or the house.
    pub whose: String,
    /// The address that the invitation names.
    pub known_address: Option<String>,
    /// What was typed as an address.
    pub address: String,
    /// What was typed as a name.
    pub name: String,
    pub trouble: Option<Trouble>,
}

impl WelcomePage {
    fn hint(&self) -> String {
        self.page.text().password_hint(LENGTH_MIN)
    }
}
