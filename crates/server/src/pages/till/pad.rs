//! Who serves, and their PIN: one page between a press and what comes of it.
//!
//! Owns: the view of the PIN pad. Must not know: whether a PIN is asked for, or right.

use askama::Template;

use super::Bar;
use crate::pages::page::Page;

/// The most digits that can be typed.
const DIGITS_MAX: i64 = 12;

/// Somebody who serves here.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their public id.
    pub id: String,
    /// Their name at the till.
    pub name: String,
    /// Whether the pad waits for their PIN.
    pub chosen: bool,
}

impl Person {
    /// The first letters of their names.
    fn initials(&self) -> String {
        let words = self.name.split_whitespace().take(2);
        words
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    }
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "till/pad.html")]
pub struct PadPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// Where the form goes: where it came from.
    pub action: String,
    /// What was asked for, kept.
    pub kept: Vec<(String, String)>,
    /// Who may show a PIN for it.
    pub people: Vec<Person>,
    /// Whether only a manager will do.
    pub is_managers: bool,
    /// What they allow by it: a sentence that stood in the way.
    pub why: Option<String>,
    /// Why they may pass over a limit, to choose from: code, words, and whether it is chosen; empty where nobody asks.
    pub reasons: Vec<(&'static str, String, bool)>,
    /// What was wrong with the last try.
    pub problem: Option<String>,
    /// Whether it may also be done without a PIN.
    pub without: bool,
    /// Where it leads back to.
    pub back: String,
}

impl PadPage {
    fn title(&self) -> String {
        let text = self.page.text();
        if self.is_managers {
            text.pin_who_manages()
        } else {
            text.pin_who()
        }
    }

    /// How many digits stand there, in words, from none on.
    fn counted(&self) -> String {
        let words: Vec<String> = (0..=DIGITS_MAX)
            .map(|count| self.page.text().pin_typed(count))
            .collect();
        words.join("|")
    }
}
