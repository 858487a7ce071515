//! Pairing a device: the terminal's token, once.
//!
//! Owns: the view of `/till` without a session. Must not know: sessions.

use askama::Template;

use crate::pages::page::Page;

/// The page. The token after `#` in the address is read and erased by the till's script.
#[derive(Template, Clone)]
#[template(path = "till/pair.html")]
pub struct PairPage {
    /// The context.
    pub page: Page,
    /// Why the token was refused, as a sentence.
    pub problem: Option<String>,
}

/// Pairing by a short code.
#[derive(Template, Clone)]
#[template(path = "till/pair_code.html")]
pub struct PairCodePage {
    /// The context.
    pub page: Page,
    /// Why the code was refused, as a sentence.
    pub problem: Option<String>,
}
