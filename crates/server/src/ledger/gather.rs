//! What a decision needs beside the card, loaded before it is asked for: target, claims, order with its events.

use super::Submission;
use super::batch::Bench;
use super::named::{claim_of, order_of};
use super::waiting::day_of;
use crate::error::Error;
use db::Transaction;
use domain::claim::Claim;
use domain::command::{Command, Wanted};
use domain::facts::{OrderEvents, Target, Waiting};
use domain::ids::{CardId, RewardId};
use domain::moment::Moment;
use domain::order::{Order, OrderRef};

/// What a decision needs beside the card, owned, so that the books stay free.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) target: Option<Target>,
    pub(super) claim: Option<Claim>,
    pub(super) waiting: Vec<Waiting>,
    pub(super) order: Option<Order>,
    pub(super) order_events: OrderEvents,
    pub(super) reward: Option<RewardId>,
    pub(super) reversed_order: Option<OrderRef>,
}

impl Gathered {
    /// The rewards that the command may give back, and when they were taken.
    pub(super) fn taken(&self) -> Vec<(RewardId, Moment)> {
        let target = self.target.as_ref();
        let voided = target.and_then(|target| Some((target.event.reward?, day_of(&target.event))));
        let left = self
            .waiting
            .iter()
            .map(|waiting| (waiting.claim.reward, waiting.minted));
        voided.into_iter().chain(left).collect()
    }
}

impl Bench {
    /// Loads what the command names: target, claim, order with its events.
    pub(super) fn gather(&mut self, tx: &mut Transaction<'_>, submission: &Submission) -> Result<Gathered, Error> {
        let mut gathered = Gathered::default();
        let card = submission.card;
        if let Command::Void { event, .. } = submission.command
            && let Some((event, order)) = self.books.event(tx, card, event)?
        {
            let voided = self.books.is_reversed(tx, card, event.sequence)?;
            let mut claims = Vec::new();
            for note in &event.claims {
                claims.extend(self.books.claim(tx, card, note.id)?);
            }
            gathered.reward = event.reward;
            gathered.reversed_order = order;
            gathered.target = Some(Target { event, voided, claims });
        }
        if let Command::Redeem {
            wanted: Wanted::Reward(id),
            ..
        } = submission.command
        {
            gathered.reward = Some(id);
        }
        if let Command::Close { .. } = submission.command {
            gathered.waiting = self.books.waiting(tx, card)?;
        }
        if let Some(id) = claim_of(&submission.command) {
            gathered.claim = self.books.claim(tx, card, id)?;
            gathered.reward = gathered.claim.as_ref().map(|claim| claim.reward);
        }
        if let Some(reference) = &gathered.reversed_order
            && !self.books.orders.contains_key(reference)
        {
            self.books.read_order(tx, reference)?;
        }
        let reference = order_of(&submission.command).or(gathered.reversed_order.as_ref());
        gathered.order = reference.and_then(|reference| Some(self.books.orders.get(reference)?.order.clone()));
        if let (Command::Return { .. }, Some(order)) = (&submission.command, &gathered.order) {
            let (earned_by, redeemed_by) = (order.earned_by, order.redeemed_by);
            gathered.order_events.earned = self.order_event(tx, card, earned_by)?;
            gathered.order_events.redeemed = self.order_event(tx, card, redeemed_by)?;
        }
        Ok(gathered)
    }

    fn order_event(
        &mut self,
        tx: &mut Transaction<'_>,
        card: CardId,
        sequence: Option<i64>,
    ) -> Result<Option<(domain::Event, bool)>, Error> {
        let Some(sequence) = sequence else { return Ok(None) };
        let Some((event, _)) = self.books.event(tx, card, sequence)? else {
            return Ok(None);
        };
        let voided = self.books.is_reversed(tx, card, sequence)?;
        Ok(Some((event, voided)))
    }
}
