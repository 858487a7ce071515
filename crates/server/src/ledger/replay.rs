//! Telling again: the same key, and the same order or return under another key. It decides nothing.

use super::batch::{Bench, Outcome};
use super::chance::fresh_id;
use super::named::{amount_of, order_of};
use super::receipt::{Extra, Nothing, Receipt};
use super::{Answer, Opening, Refusal, Replay, Submission};
use crate::error::Error;
use db::Transaction;
use domain::Rejection;
use domain::command::Command;
use domain::ids::CardId;
use domain::moment::Instant;

impl Bench {
    pub(super) fn answer(&self, receipt: Receipt, replay: Replay, locale: &str) -> Answer {
        Answer {
            receipt,
            replay,
            locale: locale.to_owned(),
            catalogue: self.books.catalogue.clone(),
        }
    }

    /// The same key again gets the same answer; the same key for something else is refused (`IDM-2`).
    pub(super) fn replay_by_key(
        &mut self,
        tx: &mut Transaction<'_>,
        submission: &Submission,
    ) -> Result<Option<Outcome>, Error> {
        let Some(key) = &submission.key else { return Ok(None) };
        let name = (key.principal.clone(), key.route.clone(), key.key.clone());
        let Some(stored) = self.books.receipts.get(&name).cloned() else {
            return Ok(None);
        };
        if stored.input_hash != key.input_hash {
            return Ok(Some(Err(Refusal::KeyReused)));
        }
        let receipt = self.retell(tx, stored.card, stored.sequence, stored.extra)?;
        Ok(Some(Ok(self.answer(receipt, Replay::ByKey, &stored.locale))))
    }

    /// A card that is to be opened, and is there: its id is new, so that only this call can have opened it, and the answer
    /// to its commit was lost.
    pub(super) fn opened_before(
        &mut self,
        tx: &mut Transaction<'_>,
        submission: &Submission,
        opening: &Opening,
    ) -> Result<Answer, Error> {
        let extra = Extra {
            number: Some(opening.number.as_str().to_owned()),
            nothing: None,
        };
        let receipt = self.retell(tx, submission.card, Some(1), extra)?;
        Ok(self.answer(receipt, Replay::New, &submission.locale))
    }

    fn retell(
        &mut self,
        tx: &mut Transaction<'_>,
        card: CardId,
        sequence: Option<i64>,
        extra: Extra,
    ) -> Result<Receipt, Error> {
        match (sequence, extra.nothing) {
            (Some(sequence), _) => {
                let found = self.books.event(tx, card, sequence)?;
                let (event, _) = found.ok_or_else(|| Error::malformed("receipt", "its event is missing"))?;
                Ok(Receipt::of_event(card, event, extra.number))
            }
            (None, Some(nothing)) => Ok(Receipt::of_nothing(card, nothing)),
            (None, None) => Err(Error::malformed("receipt", "it answers with nothing at all")),
        }
    }

    /// The same order or return under another key: what was done then, or a conflict (`IDM-4`, `RET-5`).
    pub(super) fn replay_by_reference(
        &mut self,
        tx: &mut Transaction<'_>,
        submission: &Submission,
    ) -> Result<Option<Outcome>, Error> {
        let Some(reference) = order_of(&submission.command) else {
            return Ok(None);
        };
        let conflict = |rejection| Ok(Some(Err(Refusal::Rejected(rejection))));
        if let (Command::Return { returned, .. }, Some(name)) = (&submission.command, &submission.return_ref) {
            let Some(known) = self.books.returns.get(&(reference.clone(), name.clone())).cloned() else {
                return Ok(None);
            };
            if amount_of(returned) != known.amount_minor || known.card != submission.card {
                return conflict(Rejection::ReturnRefConflict);
            }
            let receipt = self.retell(tx, known.card, known.sequence, known.extra)?;
            return Ok(Some(Ok(self.answer(receipt, Replay::ByReference, &submission.locale))));
        }
        let Some(known) = self.books.orders.get(reference).cloned() else {
            return Ok(None);
        };
        if known.card != submission.card {
            return conflict(Rejection::OrderRefConflict);
        }
        let (Command::Earn(purchase) | Command::Purchase(purchase)) = &submission.command else {
            return Ok(None);
        };
        if !known.order.priced {
            return Ok(None);
        }
        if known.order.gross_minor != purchase.amount_minor || known.order.currency != purchase.currency {
            return conflict(Rejection::OrderRefConflict);
        }
        let extra = Extra {
            number: None,
            nothing: Some(self.still(submission)),
        };
        let receipt = self.retell(tx, known.card, known.order.earned_by, extra)?;
        Ok(Some(Ok(self.answer(receipt, Replay::ByReference, &submission.locale))))
    }

    /// The card as it stands, told as an answer without an event.
    fn still(&self, submission: &Submission) -> Nothing {
        let row = self.books.cards.get(&submission.card);
        let day = self.moment(submission, Instant(0)).day;
        let program = row.and_then(|row| self.books.catalogue.program(row.program));
        Nothing {
            id: fresh_id(),
            outcomes: Vec::new(),
            why: Vec::new(),
            balance: row.map(|row| row.card.balance_on(day)).unwrap_or_default(),
            version: row.map_or(0, |row| row.card.version),
            program_version: program.map_or(0, |entry| entry.program.version().number),
            at: self.now,
        }
    }
}
