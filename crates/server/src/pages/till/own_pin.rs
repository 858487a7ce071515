//! Choosing another PIN for oneself.
//!
//! Owns: the view of `/till/pin`. Must not know: which PINs are good.

use askama::Template;

use super::Bar;
use super::pad::Person;
use crate::pages::page::Page;

/// The page.
#[derive(Template, Clone)]
#[template(path = "till/own_pin.html")]
pub struct OwnPinPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// Who serves here.
    pub people: Vec<Person>,
    /// Whether they must.
    pub must: bool,
    /// What is wrong: the field, and a sentence.
    pub problem: Option<(&'static str, String)>,
}

impl OwnPinPage {
    fn error(&self, field: &str) -> Option<&str> {
        let (wrong, sentence) = self.problem.as_ref()?;
        (*wrong == field).then_some(sentence)
    }
}
