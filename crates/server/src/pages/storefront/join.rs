//! The join page of a program: what the card gives, and the one form that opens it.
//!
//! Owns: the view of `/j/{merchant}/{program}`. Must not know: how a customer is enrolled.

use askama::Template;

use crate::locale::Locale;
use crate::pages::agreed::Terms;
use crate::pages::card_drawing::CardFacts;
use crate::pages::page::Page;
use crate::pages::parts;

/// What was typed, kept when the form comes back.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// As typed.
    pub first_name: String,
    /// As typed.
    pub contact: String,
    /// As chosen.
    pub locale: Option<Locale>,
    /// As typed, where it is asked (`ENR-7`).
    pub birth_year: String,
    /// True if ticked.
    pub terms: bool,
    /// True if ticked.
    pub marketing: bool,
}

/// One sentence at one field.
#[derive(Debug, Clone)]
pub struct FieldError {
    /// The name of the field in the form.
    pub field: String,
    /// The sentence, in the page's language.
    pub message: String,
}

/// Whether a program takes new cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// It does.
    Open,
    /// Not at the moment.
    Closed,
    /// Never again.
    Ended,
}

/// The page, open or closed.
#[derive(Template)]
#[template(path = "storefront/join.html")]
pub struct JoinPage {
    /// The context.
    pub page: Page,
    /// The card as it is drawn.
    pub card: CardFacts,
    /// What the program promises, one line each: "10 stamps: a free coffee".
    pub promises: Vec<String>,
    /// Whether the program takes new cards.
    pub intake: Intake,
    /// Whether the year of birth is asked.
    pub asks_age: bool,
    /// What is agreed to, if the program has terms.
    pub terms: Option<Terms>,
    /// What was typed before.
    pub typed: Typed,
    /// What was wrong with it.
    pub errors: Vec<FieldError>,
    /// Where the form goes: `/j/{merchant}/{program}`.
    pub action: String,
    /// When the form is shown, signed.
    pub shown: String,
    /// Made once for the form, so that sending it again counts once.
    pub idempotency_key: String,
}

impl JoinPage {
    fn figure(&self) -> String {
        parts::card_figure(&self.page, &self.card)
    }

    fn error(&self, field: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    fn chosen(&self, locale: &Locale) -> bool {
        self.typed.locale.unwrap_or(self.page.locale) == *locale
    }
}
