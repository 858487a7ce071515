//! What an amount would give, before it is given.
//!
//! Owns: the fragments that answer `/till/cards/{card}/points/preview` and `…/redemptions/preview`. Must not know: how
//! points are computed, or what they are worth.

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

/// What points that pay would take, and take off.
#[derive(Template, Clone)]
#[template(path = "till/worth.html")]
pub struct WorthFragment {
    /// The context.
    pub page: Page,
    /// What is taken from whom, as a sentence.
    pub takes: String,
    /// The money that it takes off, in words.
    pub off: Option<String>,
    /// Why it cannot be, as a sentence.
    pub problem: Option<String>,
}
