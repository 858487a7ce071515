//! Stamps (`STP-*`), and what a full card turns into.

use super::draft::Draft;
use super::{Decision, enroll, limits, states, unusual};
use crate::bucket::BucketKey;
use crate::claim::{Claim, ClaimStatus};
use crate::counter::Counters;
use crate::earning;
use crate::event::{EventKind, LineRule, MoveKind, Outcome, Round};
use crate::facts::Facts;
use crate::quantity::{MONEY_MINOR_MAX, Unit};
use crate::rejection::Rejection;
use crate::reward::{Reward, RewardKind};
use crate::terms::{StampBasis, StampCompletion, StampOverflow};

/// The most rewards that one event makes of a card; stamps beyond them wait for the next earn. A per-amount program with
/// a small step would otherwise let one large sum mint without end.
const COMPLETIONS_MAX: usize = 20;

/// Gives stamps for a visit.
pub fn stamp(facts: &Facts, count: Option<i64>, amount_minor: Option<i64>) -> Result<Decision, Rejection> {
    states::card_in_use(facts)?;
    states::program_earns(facts, Unit::Stamp)?;
    states::store_allowed(facts, facts.program.terms().cross_store_earn)?;
    let signal = states::own_card(facts)?;
    limits::overridden(facts)?;
    room(facts)?;
    within_basis(facts, amount_minor)?;
    let award = award(facts, count, amount_minor)?;
    // From here on it succeeds.
    let mut draft = Draft::new(facts);
    draft.reason = facts.override_reason;
    draft.follow_ups.extend(signal.into_iter().chain(unusual::earn(facts)));
    credit(&mut draft, &award)?;
    follow(facts, &mut draft)?;
    Ok(draft.event(facts, EventKind::Stamped))
}

/// A card that blocks when it is full, is full before anything else is looked at (`STP-3`).
fn room(facts: &Facts) -> Result<(), Rejection> {
    let target = facts.program.effective_target(facts.card.round());
    let blocks = facts.program.terms().stamp_overflow == StampOverflow::Block;
    if blocks && facts.card.buckets.net(Unit::Stamp) >= target {
        return Err(Rejection::CardFull);
    }
    Ok(())
}

/// An amount that is worth stamps is typed by hand: above the limit a till needs a manager.
fn within_basis(facts: &Facts, amount_minor: Option<i64>) -> Result<(), Rejection> {
    let limit_minor = facts.program.terms().max_basis_minor;
    let counts = facts.program.terms().stamp_basis == StampBasis::PerAmount;
    let sound = |amount: &i64| (1..=MONEY_MINOR_MAX).contains(amount);
    let over = limit_minor > 0 && amount_minor.filter(sound).is_some_and(|amount| amount > limit_minor);
    if counts && over && facts.authority.is_limited() {
        return Err(Rejection::ManagerPinRequired { limit_minor });
    }
    Ok(())
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
    room(facts)?;
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
        let target = facts.program.effective_target(facts.card.round());
        let room = (target - facts.card.buckets.net(Unit::Stamp)).max(0);
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

/// Puts the stamps on the card.
pub fn credit(draft: &mut Draft, award: &Award) -> Result<(), Rejection> {
    draft.credit(Unit::Stamp, BucketKey::OPEN, award.stamps, MoveKind::StampEarn)?;
    draft.explain(award.rule, Unit::Stamp, award.counted);
    let mut outcome = Outcome::awarded(Unit::Stamp, award.stamps);
    if let Some((rule, code)) = award.shortened {
        draft.explain(rule, Unit::Stamp, award.stamps - award.counted);
        outcome.code = Some(code.to_owned());
        outcome.capped_from = Some(award.counted);
    }
    draft.outcomes.push(outcome);
    Ok(())
}

/// What comes along once something was earned, whatever its unit: a welcome that is due, and what a full card turns into.
pub fn follow(facts: &Facts, draft: &mut Draft) -> Result<(), Rejection> {
    if draft.is_still() {
        return Ok(());
    }
    enroll::welcome_if_due(facts, draft)?;
    complete(facts, draft)
}

/// A full card becomes points by itself (`HYB-3`), or a claim if the program mints them; once a target.
fn complete(facts: &Facts, draft: &mut Draft) -> Result<(), Rejection> {
    let Some(reward) = facts.completion else { return Ok(()) };
    let points = points_of(facts, reward);
    if points.is_none() && facts.program.terms().stamp_completion != StampCompletion::AutoClaim {
        return Ok(());
    }
    let mut counters = facts.counters.clone();
    draft
        .counters
        .iter()
        .for_each(|(key, amount)| counters.add(key.clone(), *amount));
    for _ in 0..COMPLETIONS_MAX {
        let Some(target) = next_completion(facts, draft, reward, &counters) else {
            break;
        };
        draft.debit(Unit::Stamp, target, &[], MoveKind::StampRedeem);
        draft.explain(LineRule::Completion, Unit::Stamp, -target);
        draft.reward = Some(reward.id);
        begin_round(facts, draft);
        for key in limits::of_reward(reward, facts.card_id, &facts.clock) {
            counters.add(key.clone(), 1);
            draft.counters.push((key, 1));
        }
        if let Some(points) = points {
            pay_points(draft, points)?;
        } else {
            let claim = mint(facts, draft, reward, target);
            draft.claims.push(claim);
        }
    }
    Ok(())
}

/// What a reward pays in points, if it does and if the program collects them (`HYB-3`).
pub fn points_of(facts: &Facts, reward: &Reward) -> Option<i64> {
    match reward.kind {
        RewardKind::Points { points } if facts.program.kind().has_points() => Some(points),
        _ => None,
    }
}

/// Points for stamps: their own move, so that they can be told apart.
pub fn pay_points(draft: &mut Draft, points: i64) -> Result<(), Rejection> {
    draft.credit(Unit::Point, BucketKey::OPEN, points, MoveKind::CompletionBonus)?;
    draft.explain(LineRule::Completion, Unit::Point, points);
    Ok(())
}

/// The target that the stamps so far reach, if the reward may still be given.
fn next_completion(facts: &Facts, draft: &Draft, reward: &Reward, counters: &Counters) -> Option<i64> {
    let round = match draft.round {
        Some(Round::Begun(version)) => version,
        _ => facts.card.round(),
    };
    let target = facts.program.effective_target(round);
    let full = draft.buckets.available(Unit::Stamp) >= target;
    let offered = reward.availability(&facts.clock, facts.origin.store).is_ok();
    let left = super::redeem::counters_allow(facts, reward, counters).is_ok();
    let fits = points_of(facts, reward).is_none_or(|points| states::fits_anonymous(facts, draft, Unit::Point, points));
    (full && offered && left && fits).then_some(target)
}

/// Redeeming begins a new round, with the target of the newest version (`STP-7`). Where every round that the card may
/// come back to began under that version, there is nothing to tell.
pub fn begin_round(facts: &Facts, draft: &mut Draft) {
    let version = facts.program.version().number;
    let card = facts.card;
    let plain = card.round_version == version && card.rounds.iter().all(|&(_, begun)| begun == version);
    draft.round = (!plain).then_some(Round::Begun(version));
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
