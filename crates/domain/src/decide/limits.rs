//! Cooldown and caps, and the shared counters a command will look at.

use crate::command::{Command, Wanted};
use crate::counter::CounterKey;
use crate::event::{Actor, Event, EventKind, Origin, Reason};
use crate::facts::{Authority, Facts};
use crate::ids::{CardId, RewardId};
use crate::moment::Moment;
use crate::program::Program;
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::reward::{Reward, period_key};
use crate::terms::CooldownScope;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a manager passes over cooldown and caps (`COOL-1`).
///
/// # Errors
/// Nobody else does, and a manager says why.
pub fn overridden(facts: &Facts) -> Result<(), Rejection> {
    match facts.override_reason {
        None => Ok(()),
        Some(_) if facts.authority != Authority::Manager => Err(Rejection::Forbidden),
        Some(reason) if !Reason::OVERRIDE.contains(&reason) => Err(Rejection::UnknownReason),
        Some(_) => Ok(()),
    }
}

/// Refuses an earn too soon after the last one (`COOL-1`); exactly the cooldown later is allowed. An award that a clock
/// which was ahead put into the future is no reason to wait until then (`CLOCK-1`).
pub fn cooldown(facts: &Facts, unit: Unit) -> Result<(), Rejection> {
    if facts.override_reason.is_some() {
        return Ok(());
    }
    let terms = facts.program.terms();
    let minutes = match unit {
        Unit::Stamp => terms.stamp_cooldown_minutes,
        Unit::Point => terms.points_cooldown_minutes,
    };
    let store = match terms.cooldown_scope {
        CooldownScope::Card => None,
        CooldownScope::CardAndStore => facts.origin.store,
    };
    match facts.card.award_within(unit, store, facts.clock.at, minutes) {
        Some(last) => Err(Rejection::CooldownActive {
            retry_at: last.at.plus_minutes(minutes),
        }),
        None => Ok(()),
    }
}

/// What the day and the week still allow of a unit (`CAP-1`); `None` when nothing limits it.
pub fn remaining(facts: &Facts, unit: Unit) -> Option<i64> {
    if facts.override_reason.is_some() {
        return None;
    }
    let terms = facts.program.terms();
    let (daily, weekly) = match unit {
        Unit::Stamp => (terms.daily_stamp_cap, terms.weekly_stamp_cap),
        Unit::Point => (terms.daily_points_cap, terms.weekly_points_cap),
    };
    let (today, this_week) = facts
        .card
        .awarded(unit, terms.cap_window, facts.clock.at, facts.clock.day);
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

/// Which terminal opened how many cards on a day (`FRD-4`).
pub fn opened_by(origin: &Origin, moment: &Moment) -> Option<CounterKey> {
    match origin.actor {
        Actor::Terminal(terminal) => Some(CounterKey::OpenedBy(format!("{terminal}:{}", moment.day))),
        _ => None,
    }
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

/// Gives so many of the rewards that events took back to the counters that they moved, and to no other: a stock or a
/// limit may have been introduced since (`RED-6`).
pub fn give_back<'a>(card: CardId, taken: impl Iterator<Item = (&'a Event, i64)>) -> Vec<(CounterKey, i64)> {
    let mut given_back: BTreeMap<CounterKey, i64> = BTreeMap::new();
    for (event, many) in taken {
        for key in counted_by(event, card) {
            *given_back.entry(key).or_insert(0) -= many;
        }
    }
    given_back.into_iter().filter(|&(_, amount)| amount != 0).collect()
}

/// What the claims that wait give back when nobody can redeem them any more. One that a merge brought gives back its piece
/// of the stock only: the limits that came with it are those of the whole card.
pub fn give_back_waiting(facts: &Facts) -> Vec<(CounterKey, i64)> {
    let mut given_back: BTreeMap<CounterKey, i64> = BTreeMap::new();
    for waiting in facts.waiting {
        let brought = waiting.minted.kind == EventKind::MergedIn;
        let stock = CounterKey::Stock(waiting.claim.reward);
        for key in counted_by(&waiting.minted, facts.card_id) {
            if !brought || key == stock {
                *given_back.entry(key).or_insert(0) -= 1;
            }
        }
    }
    given_back.into_iter().collect()
}

/// The counters of rewards that an event moved, each once.
pub fn counted_by(event: &Event, card: CardId) -> BTreeSet<CounterKey> {
    event.counted.iter().map(|counted| counted.key(card)).collect()
}

/// The shared counters that a command may look at or move, so that they can be locked before it is decided. `rewards`
/// finds a reward of the program; `taken` are the events whose rewards a void, a return or a close may give back.
pub fn counter_keys<'a>(
    command: &Command,
    program: &Program,
    card: CardId,
    (moment, origin): (&Moment, &Origin),
    completion: Option<&'a Reward>,
    rewards: impl Fn(RewardId) -> Option<&'a Reward>,
    taken: &[&Event],
) -> Vec<CounterKey> {
    let minting = || {
        completion
            .map(|reward| of_reward(reward, card, moment))
            .unwrap_or_default()
    };
    match command {
        Command::Enroll { person, .. } => {
            let welcome = person
                .as_ref()
                .map(|person| CounterKey::Welcome(program.id(), person.clone()));
            opened_by(origin, moment).into_iter().chain(welcome).collect()
        }
        Command::Confirm { person } => vec![CounterKey::Welcome(program.id(), person.clone())],
        Command::Stamp { .. } | Command::Earn(_) | Command::Purchase(_) => minting(),
        Command::Redeem {
            wanted: Wanted::Reward(id),
            ..
        } => rewards(*id)
            .map(|reward| of_reward(reward, card, moment))
            .unwrap_or_default(),
        Command::Void { .. } | Command::Return { .. } | Command::Close { .. } => {
            taken.iter().flat_map(|event| counted_by(event, card)).collect()
        }
        Command::Adjust { .. } => adjusted_by(origin, moment).into_iter().collect(),
        _ => Vec::new(),
    }
}
