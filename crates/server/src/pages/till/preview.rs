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
    /// What the card has, in words.
    pub balance: String,
    /// The most that may be used for the amount: how many points, and in words with what they are worth.
    pub most: Option<(i64, String)>,
    /// What is taken from whom, as a sentence; none before points are typed.
    pub takes: Option<String>,
    /// The money that it takes off, in words.
    pub off: Option<String>,
    /// What is left to pay, in words.
    pub rest: Option<String>,
    /// Why it cannot be, as a sentence.
    pub problem: Option<String>,
}
