//! The till: what staff see at a paired terminal.
//!
//! Owns: the views of `/till` and what they share. Must not know: rules, tables.

pub mod card;
pub mod confirming;
pub mod enrolling;
mod facts;
mod form;
mod handlers;
mod opening;
pub mod own_pin;
pub mod pad;
pub mod pair;
mod paying;
mod press;
pub mod preview;
pub mod result;
mod rewards;
pub(crate) mod routes;
mod serving;
pub(crate) mod session;
mod shown;
pub mod start;
pub mod turn;
pub mod warning;
mod words;

use super::page::Page;
use crate::locale::Locale;

/// The terminal at which the page runs, for the bar along the top.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The store's name.
    pub store: String,
    /// The terminal's name.
    pub terminal: String,
    /// Whose turn it is, if somebody showed their PIN lately.
    pub turn: Option<turn::Turn>,
    /// Whether anybody may have a turn: somebody serves here who has a PIN.
    pub asks_pin: bool,
}

impl Bar {
    /// Store and terminal; what the terminal's name says of the store stands there already.
    fn place(&self) -> String {
        let terminal = self
            .terminal
            .strip_prefix(&self.store)
            .map_or(self.terminal.as_str(), str::trim);
        let parts = [self.store.as_str(), terminal];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

/// The time of day; with its day when that is not today.
fn moment(page: &Page, at: i64) -> String {
    if page.spoken_day(page.now_at) == page.spoken_day(at) {
        page.time(at)
    } else {
        page.spoken(at)
    }
}

/// What the till's scripts must know of money: `data-` attributes, so that no script carries a table of currencies.
#[derive(Debug, Clone)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    /// Digits after the separator.
    pub minor_digits: u8,
}

impl Currency {
    /// The sign or code as it stands in the amount field.
    fn sign(&self) -> &str {
        match self.code.as_str() {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            other => other,
        }
    }

    /// Whether the sign stands before the amount: `£12.50`.
    fn leads(&self, page: &Page) -> bool {
        page.locale == Locale::En && self.sign().chars().count() == 1
    }

    /// Nothing typed yet: `0,00`.
    fn zero(&self, page: &Page) -> String {
        match usize::from(self.minor_digits) {
            0 => "0".to_owned(),
            digits => format!("0{}{}", page.locale.decimal_separator(), "0".repeat(digits)),
        }
    }
}
