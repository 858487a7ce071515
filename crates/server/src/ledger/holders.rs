//! What may be held only once: a number, a contact, and a person's card of a program. It is looked up when the books are
//! opened and kept up to date by the batch itself, so that a second wish is refused as a value; the constraints of the
//! tables remain the wall against other processes.

use super::books::{Books, CardRow};
use super::save::Changes;
use super::{Consent, Opening, OpeningCustomer, Refusal, Submission};
use crate::error::Error;
use db::{Row, Transaction, params};
use domain::card::{Card, CardStatus};
use domain::ids::{CardId, CustomerId, ProgramId};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Who holds what.
#[derive(Default)]
pub struct Holders {
    /// In use, or taken out of use by a replacement.
    numbers: HashSet<String>,
    /// Kind and keyed hash.
    contacts: HashMap<(String, Vec<u8>), CustomerId>,
    /// The cards that persons had, and that went into others.
    merged: HashMap<(ProgramId, CustomerId), CardId>,
    /// The card a person has of a program; it may have been closed by this batch.
    cards: HashMap<(ProgramId, CustomerId), CardId>,
}

impl Holders {
    /// A number that somebody has or had.
    pub fn keep_number(&mut self, row: &Row) -> Result<(), Error> {
        self.numbers.insert(row.get(0)?);
        Ok(())
    }

    /// A contact with its owner, and a card of theirs.
    pub fn keep_contact(&mut self, row: &Row) -> Result<(), Error> {
        let owner = CustomerId(row.get(2)?);
        self.contacts.insert((row.get(0)?, row.get(1)?), owner);
        if let (Some(program), Some(card)) = (row.get::<Option<Uuid>>(3)?, row.get::<Option<Uuid>>(4)?) {
            let place = (ProgramId(program), owner);
            // One that goes on stands before one that went into another.
            match row.get::<Option<String>>(5)?.as_deref() {
                Some("merged") => drop(self.merged.insert(place, CardId(card))),
                _ => drop(self.cards.insert(place, CardId(card))),
            }
        }
        Ok(())
    }

    /// The known person behind a contact.
    fn owner(&self, customer: &OpeningCustomer) -> Option<CustomerId> {
        let contact = customer.contact.as_ref()?;
        let name = (contact.kind.to_owned(), contact.lookup.clone());
        self.contacts.get(&name).copied()
    }

    fn card_of(&self, opening: &Opening) -> Option<CardId> {
        let owner = self.owner(opening.customer.as_ref()?)?;
        self.cards.get(&(opening.program, owner)).copied()
    }
}

impl Books {
    /// Whose card went into another has that one (`ENR-4`), unless it was closed.
    pub(super) fn follow_holders(&mut self, tx: &mut Transaction<'_>) -> Result<(), Error> {
        for (place, card) in std::mem::take(&mut self.holders.merged) {
            let (survivor, closed) = self.standing(tx, card)?;
            if !closed && survivor != card {
                self.holders.cards.entry(place).or_insert(survivor);
            }
        }
        Ok(())
    }

    /// Why a submission cannot hold what it asks for.
    pub fn held(&self, submission: &Submission) -> Option<Refusal> {
        let opening = submission.opening.as_ref();
        let is_open = |card: &CardId| {
            let row = self.cards.get(card);
            row.is_none_or(|row| row.card.status != CardStatus::Closed)
        };
        if let Some(card) = opening
            .and_then(|opening| self.holders.card_of(opening))
            .map(|card| self.known_survivor(card))
            .filter(is_open)
        {
            return Some(Refusal::AlreadyEnrolled(card));
        }
        let number = opening
            .map(|opening| &opening.number)
            .or(submission.new_number.as_ref());
        let taken = number.is_some_and(|number| self.holders.numbers.contains(number.as_str()));
        taken.then_some(Refusal::NumberTaken)
    }
}

impl Changes {
    /// Puts a new card into the books, or gives an old one its new number.
    pub fn open_or_renumber(&mut self, books: &mut Books, submission: &Submission) {
        if let Some(opening) = &submission.opening {
            self.ask_for_proof(submission);
            let customer = self.open(books, submission.card, opening);
            self.agree(submission, customer);
        }
        if let (Some(number), Some(row)) = (&submission.new_number, books.cards.get_mut(&submission.card)) {
            let number = number.as_str().to_owned();
            books.holders.numbers.insert(number.clone());
            row.old_numbers.push(std::mem::replace(&mut row.number, number));
        }
    }

    fn open(&mut self, books: &mut Books, card: CardId, opening: &Opening) -> Option<CustomerId> {
        let customer = opening.customer.as_ref().map(|person| {
            let known = books.holders.owner(person);
            known.unwrap_or_else(|| self.welcome(books, person))
        });
        let row = CardRow {
            program: opening.program,
            number: opening.number.as_str().to_owned(),
            old_numbers: Vec::new(),
            hash: Vec::new(),
            customer,
            card: Card::blank(),
            version_before: 0,
        };
        books.holders.numbers.insert(row.number.clone());
        if let Some(customer) = customer {
            books.holders.cards.insert((opening.program, customer), card);
        }
        books.cards.insert(card, row);
        customer
    }

    /// What was agreed to when the card was opened.
    fn agree(&mut self, submission: &Submission, customer: Option<CustomerId>) {
        for Consent { purpose, version } in &submission.consents {
            let (card, customer) = (submission.card.0, customer.map(|id| id.0));
            self.consents
                .push(params![card, *purpose, customer, *version, self.now.0].to_vec());
        }
    }

    /// A contact that its owner must prove, and the letter that asks them to.
    fn ask_for_proof(&mut self, submission: &Submission) {
        let Some(pending) = &submission.pending else { return };
        let (card, contact) = (submission.card.0, &pending.contact);
        let (lookup, sealed) = (contact.lookup.clone(), contact.sealed.clone());
        self.pending
            .push(params![card, contact.kind, lookup, sealed, self.now.0].to_vec());
        if let Some((letter, link)) = &pending.letter {
            self.letters.push(letter.clone());
            self.links.push(link.clone());
        }
    }

    /// A new person with their contact.
    fn welcome(&mut self, books: &mut Books, person: &OpeningCustomer) -> CustomerId {
        let (name, locale, via) = (person.first_name.clone(), person.locale.clone(), person.via.clone());
        self.customers
            .push(params![person.id.0, name, locale, via, self.now.0].to_vec());
        if let Some(contact) = &person.contact {
            let (lookup, sealed) = (contact.lookup.clone(), contact.sealed.clone());
            let values = params![person.id.0, contact.kind, lookup.clone(), sealed, self.now.0].to_vec();
            self.contacts.insert((contact.kind, lookup.clone()), values);
            books
                .holders
                .contacts
                .insert((contact.kind.to_owned(), lookup), person.id);
        }
        person.id
    }
}
