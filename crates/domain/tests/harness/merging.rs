//! The card that is to go into another one, as the books have it. It must not know a rule.

use super::book::{Ask, Book};
use domain::command::Command;
use domain::decide::welcome_of;
use domain::event::Event;
use domain::facts::{Merging, Waiting};
use domain::ids::CardId;
use domain::reward::Reward;

/// What a merge looks at beside the card that goes on.
pub struct Coming {
    card: CardId,
    into: CardId,
    waiting: Vec<Waiting>,
}

impl Coming {
    /// What a command names, if it is a merge and the card is there.
    pub fn of(book: &Book, ask: &Ask) -> Option<Self> {
        let Command::Merge { from, .. } = ask.command else {
            return None;
        };
        book.cards.contains_key(&from).then(|| Self {
            card: from,
            into: ask.card,
            waiting: book.waiting_on(from),
        })
    }

    /// The events that made its claims.
    pub fn minted(&self) -> impl Iterator<Item = &Event> {
        self.waiting.iter().map(|waiting| &waiting.minted)
    }

    /// The facts.
    pub fn facts<'a>(&'a self, book: &'a Book, rewards: &'a [&'a Reward]) -> Merging<'a> {
        let welcome = |card: CardId| welcome_of(book.cards.get(&card).iter().flat_map(|history| &history.events));
        Merging {
            card_id: self.card,
            card: &book.cards[&self.card].card,
            waiting: &self.waiting,
            welcome: welcome(self.card),
            welcomed: welcome(self.into).iter().any(|&(_, amount)| amount > 0),
            rewards,
        }
    }
}
