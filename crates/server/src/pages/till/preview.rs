//! What an amount would give, before it is given.
//!
//! Owns: the fragment that answers `/till/cards/{card}/points/preview`. Must not know: how points are computed.

use askama::Template;

use crate::pages::events::{Amount, WhyLine};
use crate::pages::page::Page;

/// The fragment.
#[derive(Template, Clone)]
#[template(path = "till/preview.html")]
pub struct PreviewFragment {
    /// The context.
    pub page: Page,
    /// What was moved, one amount a unit.
    pub amounts: Vec<Amount>,
    /// The reasons, in the order the rules were applied.
    pub why: Vec<WhyLine>,
    /// Why nothing comes of it, as a sentence.
    pub problem: Option<String>,
}

impl PreviewFragment {
    fn total(&self) -> String {
        self.amounts
            .iter()
            .map(|amount| amount.signed_words(&self.page))
            .collect::<Vec<_>>()
            .join(", ")
    }
}
