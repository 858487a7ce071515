//! What the link of a letter shows: whose card becomes whose, and the one button.
//!
//! Owns: the view of `/v/{link}`. Must not know: how a contact is proved.

use askama::Template;

use crate::pages::page::Page;

/// The page. Opening it changes nothing: programs open links, people press buttons.
#[derive(Template, Debug, Clone)]
#[template(path = "storefront/prove.html")]
pub struct ProvePage {
    /// The context.
    pub page: Page,
    /// The contact as it may be shown.
    pub address: String,
    /// Whether this person has a card of the program, into which the new one goes.
    pub known: bool,
    /// Whether the card was opened in another browser, which loses it.
    pub elsewhere: bool,
    /// Where the button leads.
    pub action: String,
}
