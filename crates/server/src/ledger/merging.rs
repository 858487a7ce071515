//! Two cards in one command (`MRG-1`): what is known of the one that goes into the other; and cards that went into another
//! before, followed to the one that goes on (`CARD-STATE`). It must not know how cards become one.

use super::Submission;
use super::batch::Bench;
use super::books::Books;
use crate::error::Error;
use crate::sql;
use db::{Transaction, Value, params};
use domain::Card;
use domain::card::{CardStatus, HOPS_MAX};
use domain::command::Command;
use domain::decide::welcome_of;
use domain::event::Event;
use domain::facts::{Merging, Waiting};
use domain::ids::CardId;
use domain::moment::Instant;
use domain::quantity::Unit;
use domain::reward::Reward;
use std::collections::BTreeSet;

/// The second card that a command names.
pub fn other_of(command: &Command) -> Option<CardId> {
    match command {
        Command::Merge { from, .. } => Some(*from),
        _ => None,
    }
}

/// Whether a command goes to the card that goes on where its own went into that one: what gives value. What takes value or
/// takes something back says instead that the card is no longer.
fn is_followed(command: &Command) -> bool {
    matches!(command, Command::Stamp { .. } | Command::Earn(_) | Command::Purchase(_))
}

/// What a merge needs beside both cards.
pub(super) struct Coming {
    card: CardId,
    pub(super) waiting: Vec<Waiting>,
    welcome: [(Unit, i64); 2],
    welcomed: bool,
}

impl Coming {
    /// What the rules look at.
    pub(super) fn facts<'a>(&'a self, books: &'a Books, rewards: &'a [&'a Reward]) -> Option<Merging<'a>> {
        Some(Merging {
            card_id: self.card,
            card: &books.cards.get(&self.card)?.card,
            waiting: &self.waiting,
            welcome: self.welcome,
            welcomed: self.welcomed,
            rewards,
        })
    }
}

impl Bench {
    /// Loads what a merge needs.
    pub(super) fn coming(
        &mut self,
        tx: &mut Transaction<'_>,
        submission: &Submission,
    ) -> Result<Option<Coming>, Error> {
        let Some(card) = other_of(&submission.command) else {
            return Ok(None);
        };
        let welcome = self.books.welcome(tx, card)?;
        let into = self.books.welcome(tx, submission.card)?;
        Ok(Some(Coming {
            card,
            waiting: self.books.waiting(tx, card)?,
            welcome,
            welcomed: into.iter().any(|&(_, amount)| amount > 0),
        }))
    }

    /// The submission for the card that goes on, where its own card went into that one.
    pub(super) fn followed(&self, submission: &Submission) -> Option<Submission> {
        let survivor = self.books.known_survivor(submission.card);
        let followed = survivor != submission.card && is_followed(&submission.command);
        followed.then(|| Submission {
            card: survivor,
            ..submission.clone()
        })
    }

    /// When the cards of a submission were last written to.
    pub(super) fn last_at(&self, submission: &Submission) -> Instant {
        let cards = [Some(submission.card), other_of(&submission.command)];
        let rows = cards.iter().flatten().filter_map(|id| self.books.cards.get(id));
        let known = rows.map(|row| row.card.last_at).max();
        known.filter(|_| submission.opening.is_none()).unwrap_or(Instant(0))
    }

    /// Whether the second card of a command is not there, or of another program.
    pub(super) fn is_unfit(&self, submission: &Submission) -> Option<super::Refusal> {
        let other = other_of(&submission.command)?;
        let program = |id: CardId| self.books.cards.get(&id).map(|row| row.program);
        match program(other) {
            None => Some(super::Refusal::NoSuchCard),
            found if found == program(submission.card) => None,
            Some(_) => Some(domain::Rejection::ProgramMismatch.into()),
        }
    }
}

impl Books {
    /// Locks the cards that go on in the place of those that are here. They are known only now, out of the order of keys;
    /// should two transactions wait for each other then, the database says so to one, and it is tried again.
    pub(super) fn follow(&mut self, tx: &mut Transaction<'_>) -> Result<(), Error> {
        for _ in 0..=HOPS_MAX {
            let survivors = self.cards.values().filter_map(|row| row.card.survivor);
            let missing: BTreeSet<CardId> = survivors.filter(|id| !self.cards.contains_key(id)).collect();
            if missing.is_empty() {
                break;
            }
            let each: Vec<Vec<Value>> = missing.iter().map(|id| params![id.0].to_vec()).collect();
            for row in tx.rows_many(self.cards_statement(), &params![self.merchant.0], &each)? {
                self.keep_card(&row)?;
            }
        }
        Ok(())
    }

    /// The card that goes on in the place of one, as far as both are in the books.
    pub(super) fn known_survivor(&self, card: CardId) -> CardId {
        let next = |id: &CardId| self.cards.get(id).and_then(|row| row.card.survivor);
        let hops = usize::try_from(HOPS_MAX).unwrap_or_default();
        let chain = std::iter::successors(Some(card), next).take(hops + 1);
        chain.last().unwrap_or(card)
    }

    /// The card that goes on in the place of one, which may not be in the books.
    pub(super) fn survivor(&self, tx: &mut Transaction<'_>, card: CardId) -> Result<CardId, Error> {
        Ok(self.standing(tx, card)?.0)
    }

    /// The same, and whether it was closed.
    pub(super) fn standing(&self, tx: &mut Transaction<'_>, card: CardId) -> Result<(CardId, bool), Error> {
        let mut found = card;
        for _ in 0..=HOPS_MAX {
            let read = match self.cards.get(&found) {
                Some(row) => Some((row.card.survivor, row.card.status)),
                None => tx
                    .row(&sql::cards::READ, &params![self.merchant.0, found.0])?
                    .map(|row| super::books::parse::<Card>("card", &row.get::<String>(4)?))
                    .transpose()?
                    .map(|card| (card.survivor, card.status)),
            };
            match read {
                Some((Some(next), _)) => found = next,
                Some((None, status)) => return Ok((found, status == CardStatus::Closed)),
                None => break,
            }
        }
        Ok((found, false))
    }

    /// What a card was welcomed with, by its events; those of this batch as well.
    fn welcome(&mut self, tx: &mut Transaction<'_>, card: CardId) -> Result<[(Unit, i64); 2], Error> {
        let mut events: Vec<Event> = Vec::new();
        for row in tx.rows(&sql::events::WELCOMES, &params![self.merchant.0, card.0])? {
            events.push(super::books::parse("event", &row.get::<String>(0)?)?);
        }
        Ok(welcome_of(events.iter().chain(self.events_of_batch(card))))
    }
}
