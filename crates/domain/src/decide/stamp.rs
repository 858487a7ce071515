//! Stamps (`STP-*`), and what a full card turns into.

use super::draft::Draft;
use super::{Decision, enroll, limits, states};
use crate::bucket::BucketKey;
use crate::claim::{Claim, ClaimStatus};
use crate::counter::Counters;
use crate::earning;
use crate::event::{EventKind, LineRule, MoveKind, Outcome};
use crate::facts::Facts;
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::reward::{Reward, RewardKind};
use crate::terms::{StampBasis, StampCompletion, StampOverflow};

/// Gives stamps for a visit.
pub fn stamp(facts: &Facts, count: Option<i64>, amount_minor: Option<i64>) -> Result<Decision, Rejection> {
    states::card_in_use(facts)?;
    states::program_earns(facts, Unit::Stamp)?;
    states::store_allowed(facts, facts.program.terms().cross_store_earn)?;
    let signal = states::own_card(facts)?;
    let award = award(facts, count, amount_minor)?;
    // From here on it succeeds.
    let mut draft = Draft::new(facts);
    draft.follow_ups.extend(signal);
    give(facts, &mut draft, &award)?;
    Ok(draft.event(facts, EventKind::Stamped))
}

/// Stamps that a visit gives, after cooldown and caps.
pub struct Award {
    /// How many.
    pub stamps: i64,
    /// The rule that counted them.
    rule: LineRule,
    /// How many the rule counted.
    counted: i64,
    /// What shortened them.
    shortened: Option<(LineRule, &'static str)>,
}

/// Finds the stamps of a visit, or why there are none.
pub fn award(facts: &Facts, count: Option<i64>, amount_minor: Option<i64>) -> Result<Award, Rejection> {
    let terms = facts.program.terms();
    let balance = facts.card.buckets.net(Unit::Stamp);
    let target = facts.program.effective_target(facts.card.round_version);
    if terms.stamp_overflow == StampOverflow::Block && balance >= target {
        return Err(Rejection::CardFull);
    }
    let (counted, rule) = earning::stamps(terms, count, amount_minor)?;
    limits::cooldown(facts, Unit::Stamp)?;
    let mut award = Award {
        stamps: counted,
        rule,
        counted,
        shortened: None,
    };
    if let Some(remaining) = limits::remaining(facts, Unit::Stamp).filter(|&remaining| remaining < counted) {
        // A number that staff typed is never silently shortened; an amount is, since an order must not fail for a cap.
        if remaining == 0 || terms.stamp_basis != StampBasis::PerAmount {
            return Err(Rejection::DailyCapReached { remaining });
        }
        award.shorten(remaining, LineRule::Cap, "daily_cap_reached");
    }
    if terms.stamp_overflow == StampOverflow::Cap {
        let room = (target - balance).max(0);
        if room == 0 {
            return Err(Rejection::CardFull);
        }
        if award.stamps > room {
            award.shorten(room, LineRule::CardFull, "card_full");
        }
    }
    states::anonymous_cap(facts, Unit::Stamp, award.stamps)?;
    Ok(award)
}

impl Award {
    fn shorten(&mut self, to: i64, rule: LineRule, code: &'static str) {
        self.stamps = to;
        self.shortened = Some((rule, code));
    }
}

/// Puts the stamps on the card, and turns a full card into what the program says.
pub fn give(facts: &Facts, draft: &mut Draft, award: &Award) -> Result<(), Rejection> {
    draft.credit(Unit::Stamp, BucketKey::OPEN, award.stamps, MoveKind::StampEarn)?;
    draft.explain(award.rule, Unit::Stamp, award.counted);
    let mut outcome = Outcome::awarded(Unit::Stamp, award.stamps);
    if let Some((rule, code)) = award.shortened {
        draft.explain(rule, Unit::Stamp, award.stamps - award.counted);
        outcome.code = Some(code.to_owned());
        outcome.capped_from = Some(award.counted);
    }
    draft.outcomes.push(outcome);
    if facts.card.welcome_due {
        enroll::welcome(facts, draft)?;
    }
    complete(facts, draft)
}

/// A full card becomes points by itself (`HYB-3`), or a claim if the program mints them; once a target.
pub fn complete(facts: &Facts, draft: &mut Draft) -> Result<(), Rejection> {
    let Some(reward) = facts.completion else {
        return Ok(());
    };
    let pays_points = matches!(reward.kind, RewardKind::Points { .. });
    if !pays_points && facts.program.terms().stamp_completion != StampCompletion::AutoClaim {
        return Ok(());
    }
    let mut counters = facts.counters.clone();
    while let Some(target) = next_completion(facts, draft, reward, &counters) {
        draft.debit(Unit::Stamp, target, &[], MoveKind::StampRedeem);
        draft.explain(LineRule::Completion, Unit::Stamp, -target);
        draft.reward = Some(reward.id);
        begin_round(facts, draft);
        for key in limits::of_reward(reward, facts.card_id, &facts.moment) {
            counters.add(key.clone(), 1);
            draft.counters.push((key, 1));
        }
        if let RewardKind::Points { points } = reward.kind {
            draft.credit(Unit::Point, BucketKey::OPEN, points, MoveKind::CompletionBonus)?;
            draft.explain(LineRule::Completion, Unit::Point, points);
        } else {
            let claim = mint(facts, draft, reward, target);
            draft.claims.push(claim);
        }
    }
    Ok(())
}

/// The target that the stamps so far reach, if the reward may still be given.
fn next_completion(facts: &Facts, draft: &Draft, reward: &Reward, counters: &Counters) -> Option<i64> {
    let round = draft.round.map_or(facts.card.round_version, |(_, after)| after);
    let target = facts.program.effective_target(round);
    let full = draft.buckets.available(Unit::Stamp) >= target;
    let offered = reward.availability(&facts.moment, facts.origin.store).is_ok();
    let left = super::redeem::counters_allow(facts, reward, counters).is_ok();
    (full && offered && left).then_some(target)
}

/// Redeeming begins a new round, with the target of the newest version (`STP-7`).
pub fn begin_round(facts: &Facts, draft: &mut Draft) {
    let before = facts.card.round_version;
    let after = facts.program.version().number;
    draft.round = (before != after).then_some((before, after));
}

fn mint(facts: &Facts, draft: &Draft, reward: &Reward, cost: i64) -> Claim {
    let (id, code) = facts.chance.claim(draft.claims.len());
    Claim {
        id,
        code,
        reward: reward.id,
        cost,
        unit: Unit::Stamp,
        status: ClaimStatus::Issued,
        minted_by: facts.card.version + 1,
        used_by: None,
        used_at: None,
        used_in: None,
        version: 1,
    }
}
