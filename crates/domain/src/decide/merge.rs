//! Two cards become one (`MRG-1`): what the one holds goes over to the other with its dates, what it owes as well, and so
//! does what cooldown, caps and limits count. Nothing is lost, and nothing doubled: each card gets its event, and each
//! names the other's.

use super::draft::Draft;
use super::{Decision, Other, limits, states};
use crate::bucket::BucketKey;
use crate::card::{CardStatus, HOPS_MAX};
use crate::claim::{Claim, ClaimStatus};
use crate::counter::CounterKey;
use crate::event::{Brought, Event, EventKind, LineRule, Merged, MoveKind, Reason, Round};
use crate::facts::{Facts, Merging};
use crate::ids::CardId;
use crate::moment::Moment;
use crate::quantity::{AMOUNT_MAX, Unit, add};
use crate::rejection::Rejection;
use crate::reward::{Reward, period_key};
use std::collections::BTreeMap;

/// Lets another card go into this one.
pub fn merge(facts: &Facts, from: CardId, reason: Reason) -> Result<Decision, Rejection> {
    if from == facts.card_id {
        return Err(Rejection::SameCard);
    }
    if !Reason::MERGE.contains(&reason) {
        return Err(Rejection::UnknownReason);
    }
    let source = facts.merging.ok_or(Rejection::NotFound { field: "card" })?;
    may_merge(facts, &source)?;
    let other = Facts {
        card_id: source.card_id,
        card: source.card,
        waiting: source.waiting,
        ..facts.clone()
    };
    states::not_back_in_time(&other)?;
    let signal = states::own_card(facts)?.or(states::own_card(&other)?);
    // From here on it succeeds.
    let (mut leaves, mut stays) = (Draft::new(&other), Draft::new(facts));
    value(&mut leaves, &mut stays);
    claims(facts, &source, (&mut leaves, &mut stays));
    counters(facts, &source, (&mut leaves, &mut stays));
    welcome_twice(&source, &mut stays);
    // The goal of a round under way does not move away (`STP-7`).
    let older = source.card.round();
    stays.round = (older < facts.card.round()).then_some(Round::Begun(older));
    (leaves.reason, stays.reason) = (Some(reason), Some(reason));
    stays.follow_ups.extend(signal);
    Ok(pair(facts, (&other, leaves), stays, &source))
}

/// The states in which cards become one: both in use, and nobody's card never swallows somebody's.
fn may_merge(facts: &Facts, source: &Merging) -> Result<(), Rejection> {
    let (into, from) = (facts.card, source.card);
    for card in [into, from] {
        match card.status {
            CardStatus::Active | CardStatus::Unclaimed => {}
            CardStatus::Blocked => return Err(Rejection::CardBlocked),
            CardStatus::Closed | CardStatus::Merged => return Err(Rejection::InvalidState),
        }
    }
    let swallows = into.status == CardStatus::Unclaimed && from.status == CardStatus::Active;
    if swallows || from.hops + 1 > HOPS_MAX {
        return Err(Rejection::InvalidState);
    }
    for unit in [Unit::Stamp, Unit::Point] {
        let (held, comes) = (into.buckets.net(unit), from.buckets.net(unit));
        if add(held, comes).is_none() {
            return Err(Rejection::OutOfRange {
                field: "",
                min: 0,
                max: AMOUNT_MAX - held.max(0),
            });
        }
        states::anonymous_cap(facts, unit, comes)?;
    }
    Ok(())
}

/// What the one holds and owes goes over, bucket by bucket; then what is owed is paid from what is held.
fn value(leaves: &mut Draft, stays: &mut Draft) {
    let all: Vec<_> = leaves.buckets.iter().copied().collect();
    for unit in [Unit::Stamp, Unit::Point] {
        let net = leaves.buckets.net(unit);
        if net != 0 {
            leaves.explain(LineRule::Merge, unit, -net);
            stays.explain(LineRule::Merge, unit, net);
        }
    }
    for bucket in all {
        leaves.shift(bucket.unit, bucket.key, -bucket.amount, MoveKind::MergeOut);
        stays.carry(bucket.unit, bucket.key, bucket.amount, MoveKind::MergeIn);
    }
    for unit in [Unit::Stamp, Unit::Point] {
        let owed = stays.buckets.debt(unit);
        let paid = owed - stays.take_back(unit, owed, &[], MoveKind::MergeIn);
        if paid > 0 {
            stays.shift(unit, BucketKey::DEBT, paid, MoveKind::MergeIn);
        }
    }
}

/// Claims that wait go over under their code: void on the one, made anew on the other.
fn claims(facts: &Facts, source: &Merging, (leaves, stays): (&mut Draft, &mut Draft)) {
    for (place, waiting) in source.waiting.iter().enumerate() {
        leaves.claims.push(Claim {
            status: ClaimStatus::Voided,
            version: waiting.claim.version + 1,
            ..waiting.claim.clone()
        });
        stays.claims.push(Claim {
            id: facts.chance.claim(place).0,
            minted_by: facts.card.version + 1,
            version: 1,
            ..waiting.claim.clone()
        });
    }
}

/// What one card took of a reward counts for the other (`RED-1`), and its claims keep their piece of the stock.
fn counters(facts: &Facts, source: &Merging, (leaves, stays): (&mut Draft, &mut Draft)) {
    for reward in source.rewards {
        let [from, into] = limit_keys(reward, [source.card_id, facts.card_id], &facts.clock);
        if let (Some(from), Some(into)) = (from, into) {
            let used = facts.counters.used(&from);
            if used != 0 {
                leaves.counters.push((from, -used));
                stays.counters.push((into, used));
            }
        }
    }
    let mut stock: BTreeMap<CounterKey, i64> = BTreeMap::new();
    for waiting in source.waiting {
        let key = CounterKey::Stock(waiting.claim.reward);
        if limits::counted_by(&waiting.minted, source.card_id).contains(&key) {
            *stock.entry(key).or_insert(0) += 1;
        }
    }
    for (key, many) in stock {
        leaves.counters.push((key.clone(), -many));
        stays.counters.push((key, many));
    }
}

/// A person is welcomed once (`WEL-1`): where both cards were, what the one brought is taken back, as far as it is still
/// there. Nobody owes anything for it.
fn welcome_twice(source: &Merging, stays: &mut Draft) {
    if !source.welcomed {
        return;
    }
    for (unit, welcome) in source.welcome {
        let taken = welcome - stays.take_back(unit, welcome, &[], MoveKind::WelcomeVoid);
        if taken > 0 {
            stays.explain(LineRule::Welcome, unit, -taken);
        }
    }
}

/// Both events, each naming the other.
fn pair(facts: &Facts, (other, leaves): (&Facts, Draft), stays: Draft, source: &Merging) -> Decision {
    let welcome = source.welcome.iter().copied().filter(|&(_, amount)| amount > 0);
    let brought = Brought {
        welcome: welcome.collect(),
        ..source.card.brings()
    };
    let mut left = leaves.event(other, EventKind::MergedOut);
    let mut stayed = stays.event(facts, EventKind::MergedIn);
    if let Some(event) = stayed.event.as_mut() {
        event.merged = Some(Box::new(Merged {
            card: other.card_id,
            sequence: other.card.version + 1,
            brought: Some(brought),
        }));
    }
    if let Some(mut event) = left.event.take() {
        event.merged = Some(Box::new(Merged {
            card: facts.card_id,
            sequence: facts.card.version + 1,
            brought: None,
        }));
        stayed.other = Some(Box::new(Other {
            card: other.card_id,
            event,
            claims: left.claims,
        }));
    }
    stayed.counters.extend(left.counters);
    stayed
}

/// What the events of a card say it was welcomed with, as far as that was not taken back (`WEL-1`); what came over with
/// a merge counts as well.
pub fn welcome_of<'a>(events: impl Iterator<Item = &'a Event>) -> [(Unit, i64); 2] {
    let mut sums = [(Unit::Stamp, 0), (Unit::Point, 0)];
    let mut count = |unit: Unit, amount: i64| {
        for (_, sum) in sums.iter_mut().filter(|(known, _)| *known == unit) {
            *sum += amount;
        }
    };
    for event in events {
        for step in &event.moves {
            if matches!(step.kind, MoveKind::WelcomeBonus | MoveKind::WelcomeVoid) {
                count(step.unit, step.amount);
            }
        }
        let brought = event.merged.as_ref().and_then(|merged| merged.brought.as_ref());
        for &(unit, amount) in brought.into_iter().flat_map(|brought| &brought.welcome) {
            count(unit, amount);
        }
    }
    sums.map(|(unit, sum)| (unit, sum.max(0)))
}

/// The shared counters that a merge may move, so that they can be locked before it is decided.
pub fn counter_keys<'a>(
    cards: [CardId; 2],
    moment: &Moment,
    rewards: impl Iterator<Item = &'a Reward>,
    minted: &[&Event],
) -> Vec<CounterKey> {
    let stock = |key: &CounterKey| matches!(key, CounterKey::Stock(_));
    let waiting = minted
        .iter()
        .flat_map(|event| limits::counted_by(event, cards[0]))
        .filter(stock);
    let limits = rewards.flat_map(|reward| limit_keys(reward, cards, moment)).flatten();
    limits.chain(waiting).collect()
}

fn limit_keys(reward: &Reward, cards: [CardId; 2], moment: &Moment) -> [Option<CounterKey>; 2] {
    let period = reward.conditions.limit.map(|(_, period)| period_key(period, moment));
    cards.map(|card| Some(CounterKey::RewardLimit(reward.id, card, period.clone()?)))
}
