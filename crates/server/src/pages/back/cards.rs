//! Cards in the back office: one is found, shown, and its balance put right.
//!
//! Owns: the views of `/back/cards` and `/back/cards/{card}`. Must not know: what over a limit is.

use askama::Template;

use super::log::Choice;
use super::{StoreChoice, Trouble};
use crate::pages::events::{Amount, EventLine, EventRow};
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// One of several cards of a person.
#[derive(Debug, Clone)]
pub struct FoundRow {
    /// Its public id.
    pub card: String,
    /// The name of its program.
    pub program: String,
}

/// `/back/cards`
#[derive(Template, Clone)]
#[template(path = "back/cards.html")]
pub struct CardsPage {
    pub page: Page,
    pub bar: Bar,
    /// What was looked for.
    pub query: String,
    /// What was found, where it is more than one.
    pub found: Vec<FoundRow>,
    pub trouble: Option<Trouble>,
}

impl CardsPage {
    fn error(&self, field: &str) -> Option<&str> {
        super::sentence(self.trouble.as_ref(), field)
    }
}

/// What was typed, kept when the form comes back.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Whether something is taken away.
    pub takes: bool,
    /// As typed.
    pub amount: String,
    /// As typed.
    pub note: String,
}

/// The form that puts a balance right.
#[derive(Debug, Clone)]
pub struct Form {
    /// What the program collects: one or two.
    pub units: Vec<Choice>,
    pub reasons: Vec<Choice>,
    pub stores: Vec<StoreChoice>,
    pub typed: Typed,
    /// Under which the same form is done once.
    pub key: String,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
}

/// How a correction that was just sent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// None was.
    Nothing,
    /// It is booked.
    Done,
    /// Somebody else must approve it.
    Waits,
}

/// `/back/cards/{card}`
#[derive(Template, Clone)]
#[template(path = "back/card.html")]
pub struct CardPage {
    pub page: Page,
    pub bar: Bar,
    /// Its public id.
    pub card: String,
    /// The name of its program.
    pub program: String,
    /// Its number, as it is read.
    pub number: String,
    /// Why it is not in use, if it is not.
    pub stopped: Option<String>,
    /// What it holds.
    pub balance: Vec<Amount>,
    /// The newest first, each with who did it, and why, as far as that is known.
    pub events: Vec<(EventRow, String)>,
    /// None for who may not correct.
    pub form: Option<Form>,
    pub sent: Sent,
    pub trouble: Option<Trouble>,
}

impl CardPage {
    fn error(&self, field: &str) -> Option<&str> {
        super::sentence(self.trouble.as_ref(), field)
    }

    fn is_done(&self) -> bool {
        self.sent == Sent::Done
    }

    fn waits(&self) -> bool {
        self.sent == Sent::Waits
    }

    fn line<'a>(&'a self, event: &'a EventRow) -> EventLine<'a> {
        EventLine::new(&self.page, event)
    }

    /// Where a proof of who looks leads back to.
    fn next(&self) -> String {
        format!("/back/cards/{}", self.card)
    }
}
