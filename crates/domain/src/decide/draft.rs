//! An event under construction: moves against a working copy of the buckets, so that a later part of one event sees
//! what an earlier part did. It knows arithmetic, not rules.

use super::Decision;
use crate::bucket::{BucketKey, Buckets};
use crate::card::balance_of;
use crate::claim::Claim;
use crate::counter::CounterKey;
use crate::event::{
    ClaimNote, Clock, Counted, Event, EventKind, Line, LineRule, Move, MoveKind, Outcome, Pricing, Reason, Round,
};
use crate::facts::Facts;
use crate::follow_up::FollowUp;
use crate::ids::RewardId;
use crate::order::Order;
use crate::quantity::{AMOUNT_MAX, Unit};
use crate::rejection::Rejection;
use jiff::civil::Date;

/// What a decision is putting together.
pub struct Draft {
    /// The buckets as they stand so far.
    pub buckets: Buckets,
    day: Date,
    moves: Vec<Move>,
    /// The breakdown so far.
    pub why: Vec<Line>,
    /// What became of each unit.
    pub outcomes: Vec<Outcome>,
    /// Claims made or changed.
    pub claims: Vec<Claim>,
    /// The order afterwards.
    pub order: Option<Order>,
    /// Counters to move.
    pub counters: Vec<(CounterKey, i64)>,
    /// What others must hear.
    pub follow_ups: Vec<FollowUp>,
    /// What becomes of the round.
    pub round: Option<Round>,
    /// How the purchase was priced.
    pub pricing: Option<Pricing>,
    /// The reward it is about.
    pub reward: Option<RewardId>,
    /// The event it takes back.
    pub reverses: Option<i64>,
    /// Why a person did it.
    pub reason: Option<Reason>,
    /// The step of the live code that let value leave.
    pub shown_step: Option<i64>,
}

impl Draft {
    /// Begins with the card as it is on the day of the command.
    pub fn new(facts: &Facts) -> Self {
        let day = facts.moment.day.max(facts.card.day);
        Self {
            buckets: facts.card.buckets.on(day),
            day,
            moves: Vec::new(),
            why: Vec::new(),
            outcomes: Vec::new(),
            claims: Vec::new(),
            order: None,
            counters: Vec::new(),
            follow_ups: Vec::new(),
            round: None,
            pricing: None,
            reward: None,
            reverses: None,
            reason: None,
            shown_step: None,
        }
    }

    /// Notes a line of the breakdown.
    pub fn explain(&mut self, rule: LineRule, unit: Unit, contribution: i64) {
        self.why.push(Line {
            rule,
            unit,
            contribution,
        });
    }

    /// Moves an amount, as given.
    pub fn shift(&mut self, unit: Unit, bucket: BucketKey, amount: i64, kind: MoveKind) {
        self.buckets.put(unit, bucket, amount);
        self.moves.push(Move {
            unit,
            bucket,
            amount,
            kind,
        });
    }

    /// Moves an amount with its dates, to a card that may stand at a later day.
    pub fn carry(&mut self, unit: Unit, bucket: BucketKey, amount: i64, kind: MoveKind) {
        self.shift(unit, bucket.on(self.day), amount, kind);
    }

    /// Puts value on the card; debt is paid first (`RET-4`).
    ///
    /// # Errors
    /// [`Rejection::OutOfRange`] with the room that is left, when the balance would leave the range (`PTS-7`).
    pub fn credit(&mut self, unit: Unit, bucket: BucketKey, amount: i64, kind: MoveKind) -> Result<(), Rejection> {
        let bucket = bucket.on(self.day);
        let parts = self.buckets.credit(unit, bucket, amount).ok_or(Rejection::OutOfRange {
            field: "",
            min: 0,
            max: AMOUNT_MAX - self.buckets.net(unit).max(0),
        })?;
        for (key, part) in parts {
            self.shift(unit, key, part, kind);
        }
        Ok(())
    }

    /// Takes value from the card, first from the buckets named, then in spending order; answers what is missing.
    pub fn debit(&mut self, unit: Unit, amount: i64, first: &[(BucketKey, i64)], kind: MoveKind) -> i64 {
        let first: Vec<_> = first.iter().map(|&(key, most)| (key.on(self.day), most)).collect();
        let (parts, missing) = self.buckets.debit(unit, amount, &first);
        for (key, part) in parts {
            self.shift(unit, key, part, kind);
        }
        missing
    }

    /// Takes value back: like [`Draft::debit`], and pending buckets after all others, so that a card is never in debt
    /// while it holds something. Answers what is missing.
    pub fn take_back(&mut self, unit: Unit, amount: i64, first: &[(BucketKey, i64)], kind: MoveKind) -> i64 {
        let missing = self.debit(unit, amount, first, kind);
        if missing == 0 {
            return 0;
        }
        let pending = self.pending(unit);
        self.debit(unit, missing, &pending, kind)
    }

    /// What is not spendable yet, bucket by bucket.
    pub fn pending(&self, unit: Unit) -> Vec<(BucketKey, i64)> {
        let waiting = self
            .buckets
            .iter()
            .filter(|bucket| bucket.unit == unit && bucket.key.active_on.is_some());
        waiting.map(|bucket| (bucket.key, bucket.amount)).collect()
    }

    /// Whether nothing has moved.
    pub fn is_still(&self) -> bool {
        self.moves.is_empty()
    }

    /// An answer without an event: nothing was awarded (`PTS-5`).
    pub fn nothing(self) -> Decision {
        Decision {
            event: None,
            outcomes: self.outcomes,
            why: self.why,
            claims: Vec::new(),
            order: self.order,
            counters: self.counters,
            follow_ups: Vec::new(),
            other: None,
        }
    }

    /// The event and all that is saved with it.
    pub fn event(self, facts: &Facts, kind: EventKind) -> Decision {
        let note = |claim: &Claim| ClaimNote {
            id: claim.id,
            code: claim.code.clone(),
            reward: claim.reward,
            status: claim.status,
            version: claim.version,
            cost: (kind == EventKind::MergedIn).then_some(claim.cost),
        };
        let claims: Vec<ClaimNote> = self.claims.iter().map(note).collect();
        let counted = self.counters.iter();
        let counted = counted.filter_map(|(key, amount)| Counted::new(key, *amount)).collect();
        let (at, day) = (facts.clock.at, facts.clock.day);
        let event = Event {
            sequence: facts.card.version + 1,
            kind,
            at: facts.moment.at,
            day: facts.moment.day,
            origin: facts.origin,
            program_version: facts.program.version().number,
            moves: self.moves,
            why: self.why.clone(),
            outcomes: self.outcomes.clone(),
            balance: balance_of(&self.buckets),
            reverses: self.reverses,
            reason: self.reason,
            claims,
            reward: self.reward,
            pricing: self.pricing,
            claimed: None,
            round: self.round,
            counted,
            clock: (at < facts.moment.at).then_some(Clock { at, day }),
            welcome_due: false,
            merged: None,
            shown_step: self.shown_step,
        };
        Decision {
            event: Some(event),
            outcomes: self.outcomes,
            why: self.why,
            claims: self.claims,
            order: self.order,
            counters: self.counters,
            follow_ups: self.follow_ups,
            other: None,
        }
    }
}
