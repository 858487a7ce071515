//! What a decision needs beside the card, loaded before it is asked for: target, claims, order with its events.

use super::Submission;
use super::batch::Bench;
use super::merging::Coming;
use super::named::{claim_of, order_of};
use crate::error::Error;
use db::Transaction;
use domain::claim::Claim;
use domain::command::{Command, Wanted};
use domain::event::Event;
use domain::facts::{OrderEvents, Target, Waiting};
use domain::ids::{CardId, RewardId};
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
    pub(super) coming: Option<Coming>,
}

impl Gathered {
    /// The events whose rewards the command may give back.
    pub(super) fn taken(&self) -> Vec<&Event> {
        let voided = self.target.iter().map(|target| &target.event);
        let returned = self.order_events.earned.iter().map(|(event, _)| event);
        let left = self.waiting.iter().map(|waiting| &waiting.minted);
        let coming = self.coming.iter().flat_map(|coming| &coming.waiting);
        let come_over = coming.map(|waiting| &waiting.minted);
        voided.chain(returned).chain(left).chain(come_over).collect()
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
            let claims = self.claims_of(tx, card, &event)?;
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
        gathered.coming = self.coming(tx, submission)?;
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
        if let Some(order) = &gathered.order {
            gathered.order_events = self.order_events(tx, submission, order)?;
        }
        Ok(gathered)
    }

    /// A return looks at everything that its order has seen, an earn only at what was redeemed for it.
    fn order_events(
        &mut self,
        tx: &mut Transaction<'_>,
        submission: &Submission,
        order: &Order,
    ) -> Result<OrderEvents, Error> {
        let card = submission.card;
        let mut events = OrderEvents::default();
        if let Command::Return { .. } = submission.command {
            events.earned = self.order_event(tx, card, order.earned_by)?;
            if let Some((event, _)) = &events.earned {
                events.claims = self.claims_of(tx, card, event)?;
            }
        }
        if let Command::Return { .. } | Command::Earn(_) | Command::Purchase(_) = submission.command {
            events.redeemed = self.order_event(tx, card, order.redeemed_by)?;
        }
        Ok(events)
    }

    fn claims_of(&mut self, tx: &mut Transaction<'_>, card: CardId, event: &Event) -> Result<Vec<Claim>, Error> {
        let mut claims = Vec::new();
        for note in &event.claims {
            claims.extend(self.books.claim(tx, card, note.id)?);
        }
        Ok(claims)
    }

    fn order_event(
        &mut self,
        tx: &mut Transaction<'_>,
        card: CardId,
        sequence: Option<i64>,
    ) -> Result<Option<(Event, bool)>, Error> {
        let Some(sequence) = sequence else { return Ok(None) };
        let Some((event, _)) = self.books.event(tx, card, sequence)? else {
            return Ok(None);
        };
        let voided = self.books.is_reversed(tx, card, sequence)?;
        Ok(Some((event, voided)))
    }
}
