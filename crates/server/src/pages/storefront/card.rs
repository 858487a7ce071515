//! A customer's card: drawing, code, rewards, what comes up, what happened lately.
//!
//! Owns: the view of `/c/{token}` and its fragment. Must not know: how a card is found or changed.

use askama::Template;

use crate::pages::card_drawing::{self, CardFacts};
use crate::pages::events::{Amount, EventLine, EventRow};
use crate::pages::page::Page;
use crate::pages::{code_128, parts, qr};

/// A reward as the customer sees it.
#[derive(Debug, Clone)]
pub struct RewardRow {
    /// Its name in the reader's language.
    pub name: String,
    /// Whether it can be had.
    pub state: RewardState,
    /// What the reward costs.
    pub cost: Amount,
    /// What the card has of that unit.
    pub have: i64,
}

/// Whether a reward can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RewardState {
    /// Enough is there; how many times over.
    Ready {
        /// How many times over; at least one.
        times: i64,
    },
    /// So much is missing.
    Missing(Amount),
    /// Enough, but not to be had now (sold out, another store, another day).
    Away,
}

/// Value that ends, or begins, on a day.
#[derive(Debug, Clone)]
pub struct Expiry {
    /// How much.
    pub amount: Amount,
    /// The last day.
    pub on: jiff::civil::Date,
}

/// Why a card cannot be used now, said politely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardState {
    /// It can be used.
    Active,
    /// It was stopped.
    Blocked,
    /// It has ended.
    Closed,
    /// Its program takes nothing now.
    ProgramPaused,
    /// Its program is over.
    ProgramEnded,
}

/// What a till asks the card's owner: whether a reward is to be handed out (`CRD-3`).
#[derive(Debug, Clone)]
pub struct Question {
    /// Its public id.
    pub id: String,
    /// The reward.
    pub what: String,
    /// What it takes off the card; nothing where it is paid for.
    pub cost: Option<Amount>,
}

/// What came of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is to be handed out.
    Yes,
    /// It is not.
    No,
    /// It came too late.
    Late,
}

/// The part of the page that follows the till: re-fetched on an event, and drawn into the page on first load.
#[derive(Template, Clone)]
#[template(path = "storefront/card_fragment.html")]
pub struct CardFragment {
    /// The context.
    pub page: Page,
    /// The card as it is drawn.
    pub card: CardFacts,
    /// What the terminal scans.
    pub code: String,
    /// Whether value leaves only with a live code, so that the page shows one (`CRD-3`).
    pub live: bool,
    /// The card's version, so that the page knows whether a fragment is newer.
    pub version: i64,
    /// The version and what its owner is asked, in one word: what the stream tells.
    pub shown: String,
    /// What a till asks.
    pub question: Option<Question>,
    /// Whether the card can be used.
    pub state: CardState,
    /// What the first visit still brings as a welcome, one sentence each.
    pub welcome: Vec<String>,
    /// Those ready first.
    pub rewards: Vec<RewardRow>,
    /// Points on their way, with the day from which they count.
    pub coming: Vec<Expiry>,
    /// Earliest first.
    pub expiries: Vec<Expiry>,
    /// The newest events, newest first.
    pub events: Vec<EventRow>,
    /// `/c/{token}`.
    pub link: String,
}

/// The whole page.
#[derive(Template, Clone)]
#[template(path = "storefront/card.html")]
pub struct CardPage {
    /// The context.
    pub page: Page,
    /// How the customer is greeted, if they gave a name.
    pub first_name: Option<String>,
    /// Whether the link was that of a card that went into this one.
    pub merged: bool,
    /// Whether its contact was just proved.
    pub proved: bool,
    /// The contact that waits to be proved, as it may be shown.
    pub waiting: Option<String>,
    /// Whether another letter was just asked for.
    pub written: bool,
    /// What the owner just said to the till.
    pub said: Option<Said>,
    /// The part that follows the till.
    pub fragment: CardFragment,
}

impl CardFragment {
    fn figure(&self) -> String {
        parts::card_figure(&self.page, &self.card)
    }

    fn qr(&self) -> String {
        qr::draw(&self.code)
    }

    /// The number in bars, as hand-held scanners type it.
    fn bars(&self) -> String {
        code_128::draw(self.card.number.as_deref().unwrap_or_default())
    }

    fn number(&self) -> String {
        self.card
            .number
            .as_deref()
            .map(card_drawing::grouped)
            .unwrap_or_default()
    }

    /// The number letter by letter, so that it is spelled and not read as a word.
    fn spelled(&self) -> String {
        self.card
            .number
            .as_deref()
            .unwrap_or_default()
            .chars()
            .map(String::from)
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn words(&self) -> String {
        card_drawing::words(&self.card, self.page.locale)
    }

    fn progress(&self, reward: &RewardRow) -> String {
        parts::progress(reward.have, reward.cost.amount)
    }

    fn line<'a>(&'a self, event: &'a EventRow) -> EventLine<'a> {
        EventLine::new(&self.page, event)
    }
}
