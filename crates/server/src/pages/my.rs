//! A customer's own pages at a merchant: signing in by mail, and the cards they have there.
//!
//! Owns: the views of `/my/{merchant}` and of the links of letters. Must not know: how somebody proves who they are.

pub(crate) mod handlers;
mod session;

use askama::Template;

use super::card_drawing::CardFacts;
use super::page::Page;
use super::parts;

/// The form that asks for a letter.
#[derive(Template)]
#[template(path = "my/ask.html")]
pub struct AskPage {
    /// The context.
    pub page: Page,
    /// Where the form goes.
    pub action: String,
    /// What was typed.
    pub typed: String,
    /// What is wrong with it.
    pub trouble: Option<String>,
}

/// The form for the six digits of a letter.
#[derive(Template)]
#[template(path = "my/code.html")]
pub struct CodePage {
    /// The context.
    pub page: Page,
    /// `/my/{merchant}`.
    pub home: String,
    /// Under which id the code is known.
    pub attempt: String,
    /// What is wrong with it.
    pub trouble: Option<String>,
}

/// The link of a letter: one button.
#[derive(Template)]
#[template(path = "my/link.html")]
pub struct LinkPage {
    /// The context.
    pub page: Page,
    /// Where the button leads.
    pub action: String,
}

/// A card with where it leads.
#[derive(Clone)]
pub struct OwnCard {
    /// As it is drawn.
    pub card: CardFacts,
    /// `/c/{token}`.
    pub link: String,
}

/// The cards of whoever signed in.
#[derive(Template)]
#[template(path = "my/cards.html")]
pub struct CardsPage {
    /// The context.
    pub page: Page,
    /// The oldest first.
    pub cards: Vec<OwnCard>,
    /// `/my/{merchant}`.
    pub home: String,
}

impl CardsPage {
    fn figure(&self, card: &OwnCard) -> String {
        parts::card_figure(&self.page, &card.card)
    }
}
