//! Telling again: the same key, and the same order or return under another key. It decides nothing.

use super::batch::{Bench, Outcome};
use super::books::StoredReceipt;
use super::named::{amount_of, order_of};
use super::receipt::{Extra, Receipt};
use super::{Answer, Opening, Refusal, Replay, Submission};
use crate::error::Error;
use db::Transaction;
use domain::Rejection;
use domain::command::{Command, Wanted};
use domain::ids::CardId;

impl Bench {
    pub(super) fn answer(&self, receipt: Receipt, replay: Replay, locale: &str) -> Answer {
        Answer {
            created: receipt.event.is_some() && replay != Replay::ByReference,
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
        let Some(stored) = self.books.receipts.get(&key.name).cloned() else {
            return Ok(None);
        };
        if stored.input_hash != key.input_hash {
            return Ok(Some(Err(Refusal::KeyReused)));
        }
        let by_reference = stored.extra.by_reference;
        let receipt = self.retell(tx, stored.card, stored.sequence, stored.extra)?;
        let answer = self.answer(receipt, Replay::ByKey, &stored.locale);
        let created = answer.created && !by_reference;
        Ok(Some(Ok(Answer { created, ..answer })))
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
            opened: Some(opening.into()),
            ..Extra::default()
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
        match (sequence, extra) {
            (Some(sequence), extra) => {
                let found = self.books.event(tx, card, sequence)?;
                let (event, _) = found.ok_or_else(|| Error::malformed("receipt", "its event is missing"))?;
                Ok(Receipt::of_event(card, event, extra))
            }
            (
                None,
                Extra {
                    nothing: Some(nothing),
                    followed_from,
                    ..
                },
            ) => Ok(Receipt::of_nothing(card, nothing, followed_from)),
            (None, _) => Err(Error::malformed("receipt", "it answers with nothing at all")),
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
        let known = self.books.orders.get(reference).cloned();
        if let (Command::Return { returned, currency, .. }, Some(name)) = (&submission.command, &submission.return_ref)
        {
            let Some(row) = self.books.returns.get(&(reference.clone(), name.clone())).cloned() else {
                return Ok(None);
            };
            let is_other = known.is_some_and(|known| known.order.currency != *currency);
            if is_other || amount_of(returned) != Some(row.amount_minor) || row.card != submission.card {
                return conflict(Rejection::ReturnRefConflict);
            }
            return self
                .tell_again(tx, submission, (row.card, row.sequence), row.extra)
                .map(Some);
        }
        let Some(known) = known else {
            return Ok(None);
        };
        // What was recorded on a card that went into this one since is known here, too; it is told again, not gone on with.
        let elsewhere = known.card != submission.card;
        if elsewhere && self.books.survivor(tx, known.card)? != submission.card {
            return conflict(Rejection::OrderRefConflict);
        }
        if let Command::Redeem { wanted, points, .. } = &submission.command {
            let told = self.redeemed_before(
                tx,
                submission,
                (*wanted, *points),
                (known.card, known.order.redeemed_by),
            )?;
            return if told.is_none() && elsewhere {
                conflict(Rejection::OrderRefConflict)
            } else {
                Ok(told)
            };
        }
        let (Command::Earn(purchase) | Command::Purchase(purchase)) = &submission.command else {
            return Ok(None);
        };
        if !known.order.priced && !elsewhere {
            return Ok(None);
        }
        let same = known.order.gross_minor == purchase.amount_minor && known.order.currency == purchase.currency;
        if !known.order.priced || !same {
            return conflict(Rejection::OrderRefConflict);
        }
        self.tell_again(tx, submission, (known.card, known.order.earned_by), known.extra)
            .map(Some)
    }

    /// The same reward for the same order is told again; for another one the decision refuses.
    fn redeemed_before(
        &mut self,
        tx: &mut Transaction<'_>,
        submission: &Submission,
        (wanted, points): (Wanted, Option<i64>),
        (card, redeemed_by): (CardId, Option<i64>),
    ) -> Result<Option<Outcome>, Error> {
        let Some(sequence) = redeemed_by else { return Ok(None) };
        let event = self.books.event(tx, card, sequence)?;
        if !event.is_some_and(|(event, _)| event.redeems(wanted, points)) {
            return Ok(None);
        }
        self.tell_again(tx, submission, (card, redeemed_by), Extra::default())
            .map(Some)
    }

    /// Tells again what was done under another key, and keeps it under this one: the key is used now (`IDM-2`).
    fn tell_again(
        &mut self,
        tx: &mut Transaction<'_>,
        submission: &Submission,
        (card, sequence): (CardId, Option<i64>),
        extra: Extra,
    ) -> Result<Outcome, Error> {
        let receipt = self.retell(tx, card, sequence, extra.clone())?;
        let by_reference = true;
        self.keep_receipt(submission, (card, sequence), Extra { by_reference, ..extra });
        Ok(Ok(self.answer(receipt, Replay::ByReference, &submission.locale)))
    }

    /// Keeps what is told under its key, if it has one.
    pub(super) fn keep_receipt(
        &mut self,
        submission: &Submission,
        (card, sequence): (CardId, Option<i64>),
        extra: Extra,
    ) {
        let Some(key) = &submission.key else { return };
        let stored = StoredReceipt {
            input_hash: key.input_hash.clone(),
            card,
            sequence,
            extra,
            locale: submission.locale.clone(),
        };
        self.changes.receipts.insert(key.name);
        self.books.receipts.insert(key.name, stored);
    }
}
