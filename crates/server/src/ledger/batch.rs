//! One batch: load everything its submissions name, decide each in turn in memory, save in bulk. It runs inside one
//! transaction and never waits for anything but the database.

use super::books::{Books, Mode};
use super::chain::{beginning, link};
use super::chance::{chance, fresh_id};
use super::gather::Gathered;
use super::named::order_of;
use super::receipt::{Extra, Opened, Receipt, nothing};
use super::save::Changes;
use super::{Answer, Change, Objection, Refusal, Replay, Submission, When};
use crate::catalogue::ProgramEntry;
use crate::catalogues::Catalogues;
use crate::error::Error;
use db::Transaction;
use domain::Decision;
use domain::card::Card;
use domain::decide::decide;
use domain::facts::{Authority, Facts};
use domain::ids::{CardId, MerchantId};
use domain::moment::{Instant, Moment};
use domain::proof::Proof;
use domain::reward::Reward;
use std::collections::HashMap;

/// What one submission comes to.
pub type Outcome = Result<Answer, Refusal>;

/// What a batch comes to.
pub struct Done {
    /// One for each submission, in order.
    pub outcomes: Vec<Outcome>,
    /// What changed.
    pub changes: Vec<Change>,
}

/// Runs a batch of any merchants: grouped by merchant, each group as one load, decide and save; the last save commits.
/// `decided` is called when everything is locked and decided, and only saving is left.
///
/// # Errors
/// When the database fails or a stored value does not make sense; nothing of the batch is kept then.
pub fn run(
    tx: &mut Transaction<'_>,
    catalogues: &Catalogues,
    now: Instant,
    submissions: &[&Submission],
    decided: impl FnOnce(),
) -> Result<Done, Error> {
    let mut groups: HashMap<MerchantId, Vec<usize>> = HashMap::new();
    for (index, submission) in submissions.iter().enumerate() {
        groups.entry(submission.merchant).or_default().push(index);
    }
    let mut outcomes: Vec<Option<Outcome>> = vec![None; submissions.len()];
    let mut changes = Vec::new();
    let (mut left, mut decided) = (groups.len(), Some(decided));
    for indices in groups.into_values() {
        left -= 1;
        let group: Vec<&Submission> = indices.iter().map(|&index| submissions[index]).collect();
        let Some(books) = Books::open(tx, catalogues, now, Mode::Write, &group)? else {
            indices
                .iter()
                .for_each(|&index| outcomes[index] = Some(Err(Refusal::NoSuchCard)));
            continue;
        };
        let mut bench = Bench {
            books,
            changes: Changes::new(now),
            now,
            followed_from: None,
            only_looks: false,
        };
        bench.lock_known_counters(tx, &group)?;
        for (&index, submission) in indices.iter().zip(&group) {
            outcomes[index] = Some(bench.settle(tx, submission)?);
        }
        if left == 0
            && let Some(decided) = decided.take()
        {
            decided();
        }
        changes.extend(bench.changes.save(tx, &bench.books, left == 0)?);
    }
    let outcomes = outcomes
        .into_iter()
        .map(|outcome| outcome.unwrap_or(Err(Refusal::Broken)))
        .collect();
    Ok(Done { outcomes, changes })
}

/// Decides a submission without saving anything.
///
/// # Errors
/// When the database fails or a stored value does not make sense.
pub fn preview(
    tx: &mut Transaction<'_>,
    catalogues: &Catalogues,
    now: Instant,
    submission: &Submission,
) -> Result<Outcome, Error> {
    let Some(books) = Books::open(tx, catalogues, now, Mode::Preview, &[submission])? else {
        return Ok(Err(Refusal::NoSuchCard));
    };
    Bench {
        books,
        changes: Changes::new(now),
        now,
        followed_from: None,
        only_looks: true,
    }
    .settle(tx, submission)
}

/// The books with what this batch has changed so far.
pub(super) struct Bench {
    pub(super) books: Books,
    pub(super) changes: Changes,
    pub(super) now: Instant,
    /// The card that the submission in hand named, where it went into another one.
    pub(super) followed_from: Option<CardId>,
    /// Whether it is a preview: nothing leaves a card, so nothing needs to be shown (`CRD-3`).
    only_looks: bool,
}

impl Bench {
    /// Replay, references, then who serves, then what time and staff may have changed since, then the rules. A reference is known to
    /// whoever may act in the store.
    fn settle(&mut self, tx: &mut Transaction<'_>, submission: &Submission) -> Result<Outcome, Error> {
        // Verified a moment ago, perhaps by a process that had not heard of it. What the installation books was asked before,
        // and somebody else answers for it.
        if submission.authority != Authority::System && self.books.catalogue.is_revoked(submission.origin.actor) {
            return Ok(Err(Refusal::Revoked(submission.origin.actor)));
        }
        if let Some(outcome) = self.replay_by_key(tx, submission)? {
            return Ok(outcome);
        }
        let followed = self.followed(submission);
        self.followed_from = followed.as_ref().map(|_| submission.card);
        let submission = followed.as_ref().unwrap_or(submission);
        match (&submission.opening, self.books.cards.contains_key(&submission.card)) {
            (None, false) => return Ok(Err(Refusal::NoSuchCard)),
            (Some(opening), true) => return self.opened_before(tx, submission, opening).map(Ok),
            _ => {}
        }
        let forbidden = matches!(
            submission.objection,
            Some(Objection::StoreNotAllowed | Objection::StoreNotNamed)
        );
        if !forbidden && let Some(outcome) = self.replay_by_reference(tx, submission)? {
            return Ok(outcome);
        }
        if let Some(refusal) = self.unproven(submission) {
            return Ok(Err(Refusal::Pin(refusal)));
        }
        if let Some(objection) = submission.objection {
            return Ok(Err(Refusal::Objected(objection)));
        }
        if let Some(refusal) = self.is_unfit(submission) {
            return Ok(Err(refusal));
        }
        self.decide(tx, submission)
    }

    /// The time of a command: the server's clock, never before the card's last event; or what a caller who may say so
    /// said.
    pub(super) fn moment(&self, submission: &Submission, last_at: Instant) -> Moment {
        let at = match submission.when {
            When::Now => self.now.max(last_at),
            When::At(at) => at,
        };
        self.books.catalogue.moment(submission.origin.store, at)
    }

    /// What the clock says of a command, though it may stand before the card's last event (`CLOCK-1`).
    pub(super) fn clock(&self, submission: &Submission) -> Moment {
        self.moment(submission, Instant(0))
    }

    fn decide(&mut self, tx: &mut Transaction<'_>, submission: &Submission) -> Result<Outcome, Error> {
        let catalogue = self.books.catalogue.clone();
        let blank = Card::blank();
        let known = self
            .books
            .cards
            .get(&submission.card)
            .filter(|_| submission.opening.is_none());
        let program_id = known
            .map(|row| row.program)
            .or(submission.opening.as_ref().map(|opening| opening.program));
        let Some(entry) = program_id.and_then(|id| catalogue.program(id)) else {
            return Ok(Err(Refusal::NoSuchCard));
        };
        let moment = self.moment(submission, self.last_at(submission));
        let gathered = self.gather(tx, submission)?;
        let reward = gathered
            .reward
            .and_then(|id| catalogue.reward(id))
            .filter(|found| Some(found.program) == program_id);
        let completion = catalogue.completion(entry.program.id());
        let rewards: Vec<&Reward> = catalogue
            .rewards_of(entry.program.id())
            .map(|found| &found.reward)
            .collect();
        let keys = self.counter_keys(submission, entry, &gathered.taken());
        self.books.lock_counters(tx, keys)?;
        let facts = Facts {
            moment,
            clock: self.clock(submission),
            origin: submission.origin,
            authority: submission.authority,
            proof: if self.only_looks { Proof::Look } else { submission.proof },
            override_reason: submission.override_reason,
            program: &entry.program,
            card_id: submission.card,
            card: self.books.cards.get(&submission.card).map_or(&blank, |row| &row.card),
            staff: submission
                .origin
                .staff
                .and_then(|id| catalogue.staff_member(id))
                .map(|member| member.facts),
            reward: reward.map(|found| &found.reward),
            completion,
            claim: gathered.claim.as_ref(),
            waiting: &gathered.waiting,
            target: gathered.target.as_ref(),
            order: gathered.order.as_ref(),
            order_events: &gathered.order_events,
            merging: gathered
                .coming
                .as_ref()
                .and_then(|coming| coming.facts(&self.books, &rewards)),
            counters: &self.books.counters,
            chance: chance(),
        };
        match decide(&facts, &submission.command) {
            Err(rejection) => Ok(Err(Refusal::Rejected(rejection))),
            Ok(decision) => match self.books.held(submission) {
                Some(refusal) => Ok(Err(refusal)),
                None => self.record(submission, entry, moment, &gathered, decision).map(Ok),
            },
        }
    }

    /// Makes a decision part of the books and of what will be saved.
    fn record(
        &mut self,
        submission: &Submission,
        entry: &ProgramEntry,
        moment: Moment,
        gathered: &Gathered,
        decision: Decision,
    ) -> Result<Answer, Error> {
        let card = submission.card;
        self.changes.open_or_renumber(&mut self.books, submission);
        for (key, amount) in &decision.counters {
            self.books.counters.add(key.clone(), *amount);
        }
        let (receipt, extra) = match &decision.event {
            Some(event) => {
                let number = submission.opening.as_ref().map(|opening| &opening.number);
                let number = number
                    .or(submission.new_number.as_ref())
                    .map(|number| number.as_str().to_owned());
                self.write_event(submission, (card, entry), gathered, event)?;
                if let Some(other) = &decision.other {
                    self.write_event(submission, (other.card, entry), gathered, &other.event)?;
                }
                let extra = Extra {
                    number,
                    followed_from: self.followed_from,
                    opened: submission.opening.as_ref().map(Opened::from),
                    ..Extra::default()
                };
                (Receipt::of_event(card, event.clone(), extra.clone()), extra)
            }
            None => {
                let row = self.books.cards.get(&card);
                let stands = row.map_or((Default::default(), 0), |row| {
                    (row.card.balance_on(moment.day), row.card.version)
                });
                let version = entry.program.version().number;
                let told = nothing(&decision, fresh_id(), stands, version, moment.at);
                (
                    Receipt::of_nothing(card, told.clone(), self.followed_from),
                    Extra {
                        followed_from: self.followed_from,
                        nothing: Some(told),
                        ..Extra::default()
                    },
                )
            }
        };
        let sequence = decision.event.as_ref().map(|event| event.sequence);
        for claim in &decision.claims {
            self.books.remember_claim(card, claim);
        }
        if let Some(other) = &decision.other {
            let claims = other.claims.iter();
            claims.for_each(|claim| self.books.remember_claim(other.card, claim));
        }
        if let Some(order) = &decision.order {
            self.changes.put_order(&mut self.books, submission, order, &extra);
        }
        self.changes.put_return(&mut self.books, submission, sequence, &extra);
        self.changes.keep(card, sequence, &decision);
        self.keep_receipt(submission, (card, sequence), extra);
        Ok(self.answer(receipt, Replay::New, &submission.locale))
    }

    /// Chains the event to the card's history and applies it.
    fn write_event(
        &mut self,
        submission: &Submission,
        (card, entry): (CardId, &ProgramEntry),
        gathered: &Gathered,
        event: &domain::Event,
    ) -> Result<(), Error> {
        let body = serde_json::to_string(event).map_err(|error| Error::malformed("event", error))?;
        let undone = gathered.target.as_ref().map(|target| target.event.kind);
        let order = order_of(&submission.command).cloned();
        let Some(row) = self.books.cards.get_mut(&card) else {
            return Err(Error::malformed("card", "an event for a card that is not in the books"));
        };
        if event.sequence == 1 {
            row.hash = beginning(submission.merchant, card, row.program);
        }
        row.hash = link(&row.hash, &body);
        row.card.apply(event);
        let hash = row.hash.clone();
        self.changes.add_event(
            submission,
            (card, entry.program.id()),
            event,
            undone,
            order.as_ref(),
            (hash, body),
        );
        self.books.remember_event(card, event, order);
        Ok(())
    }
}
