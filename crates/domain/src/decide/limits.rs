//! Cooldown and caps, and the shared counters a command will look at.

use crate::command::{Command, Wanted};
use crate::counter::CounterKey;
use crate::event::{Actor, Origin};
use crate::facts::Facts;
use crate::ids::{CardId, RewardId};
use crate::moment::Moment;
use crate::program::Program;
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::reward::{Reward, period_key};
use crate::terms::CooldownScope;
use std::collections::BTreeMap;

/// Refuses an earn too soon after the last one (`COOL-1`); exactly the cooldown later is allowed.
pub fn cooldown(facts: &Facts, unit: Unit) -> Result<(), Rejection> {
    let terms = facts.program.terms();
    let minutes = match unit {
        Unit::Stamp => terms.stamp_cooldown_minutes,
        Unit::Point => terms.points_cooldown_minutes,
    };
    let store = match terms.cooldown_scope {
        CooldownScope::Card => None,
        CooldownScope::CardAndStore => facts.origin.store,
    };
    match facts.card.last_award(unit, store) {
        Some(last) if minutes > 0 && !facts.moment.at.is_minutes_after(last.at, minutes) => {
            Err(Rejection::CooldownActive {
                retry_at: last.at.plus_minutes(minutes),
            })
        }
        _ => Ok(()),
    }
}

/// What the day and the week still allow of a unit (`CAP-1`); `None` when nothing limits it.
pub fn remaining(facts: &Facts, unit: Unit) -> Option<i64> {
    let terms = facts.program.terms();
    let (daily, weekly) = match unit {
        Unit::Stamp => (terms.daily_stamp_cap, terms.weekly_stamp_cap),
        Unit::Point => (terms.daily_points_cap, terms.weekly_points_cap),
    };
    let (today, this_week) = facts
        .card
        .awarded(unit, terms.cap_window, facts.moment.at, facts.moment.day);
    let left = |cap: i64, used: i64| (cap > 0).then(|| (cap - used).max(0));
    match (left(daily, today), left(weekly, this_week)) {
        (Some(day), Some(week)) => Some(day.min(week)),
        (day, week) => day.or(week),
    }
}

/// Who adjusted how much on a day (`ADJ-1`): the member of staff if named, else the device.
pub fn adjusted_by(origin: &Origin, moment: &Moment) -> Option<CounterKey> {
    let who = match (origin.staff, origin.actor) {
        (Some(staff), _) => staff.to_string(),
        (None, Actor::Terminal(terminal)) => terminal.to_string(),
        _ => return None,
    };
    Some(CounterKey::AdjustedBy(format!("{who}:{}", moment.day)))
}

/// The counters of a reward, in lock order.
pub fn of_reward(reward: &Reward, card: CardId, moment: &Moment) -> Vec<CounterKey> {
    let limit = reward
        .conditions
        .limit
        .map(|(_, period)| CounterKey::RewardLimit(reward.id, card, period_key(period, moment)));
    let stock = reward.stock.map(|_| CounterKey::Stock(reward.id));
    limit.into_iter().chain(stock).collect()
}

/// Gives rewards back to their stock and to the card's share, each counted when it was taken; never below nothing, since
/// a stock or a limit may have been introduced since.
pub fn give_back<'a>(facts: &Facts, taken: impl Iterator<Item = (&'a Reward, Moment)>) -> Vec<(CounterKey, i64)> {
    let mut given_back: BTreeMap<CounterKey, i64> = BTreeMap::new();
    for (reward, then) in taken {
        for key in of_reward(reward, facts.card_id, &then) {
            *given_back.entry(key).or_insert(0) += 1;
        }
    }
    given_back
        .into_iter()
        .map(|(key, many)| (-many.min(facts.counters.used(&key)), key))
        .filter(|&(amount, _)| amount < 0)
        .map(|(amount, key)| (key, amount))
        .collect()
}

/// The shared counters that a command may look at or move, so that they can be locked before it is decided. `rewards`
/// finds a reward of the program; `taken` are the rewards that a void or a close gives back, and when they were taken.
pub fn counter_keys<'a>(
    command: &Command,
    program: &Program,
    card: CardId,
    (moment, origin): (&Moment, &Origin),
    completion: Option<&'a Reward>,
    rewards: impl Fn(RewardId) -> Option<&'a Reward>,
    taken: &[(RewardId, Moment)],
) -> Vec<CounterKey> {
    let minting = || {
        completion
            .map(|reward| of_reward(reward, card, moment))
            .unwrap_or_default()
    };
    match command {
        Command::Enroll {
            person: Some(person), ..
        } => vec![CounterKey::Welcome(program.id(), person.clone())],
        Command::Stamp { .. } | Command::Earn(_) | Command::Purchase(_) => minting(),
        Command::Redeem {
            wanted: Wanted::Reward(id),
            ..
        } => rewards(*id)
            .map(|reward| of_reward(reward, card, moment))
            .unwrap_or_default(),
        Command::Void { .. } | Command::Close { .. } => taken
            .iter()
            .filter_map(|(id, then)| rewards(*id).map(|reward| of_reward(reward, card, then)))
            .flatten()
            .collect(),
        Command::Adjust { .. } => adjusted_by(origin, moment).into_iter().collect(),
        _ => Vec::new(),
    }
}
