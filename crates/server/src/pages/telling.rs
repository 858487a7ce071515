//! From what the books say happened to what a history shows: domain events as rows with words.
//!
//! Owns: the words of each rule of a breakdown, and which event looks like what. Must not know: requests, tables.

use super::events::{Amount, EventKind, EventRow, Unit, WhyLine};
use super::page::Page;
use crate::catalogue::Catalogue;
use crate::locale::Messages;
use domain::event::{self, Balance, Event, Line, LineRule};
use domain::ids::{CardId, EventId};
use domain::program::ProgramKind;
use domain::quantity;

/// An event as a row of a history. `undone` is the event it took back; `voided` says that it was taken back itself.
pub(crate) fn event_row(
    page: &Page,
    catalogue: &Catalogue,
    (card, kind): (CardId, ProgramKind),
    event: &Event,
    undone: Option<&Event>,
    voided: bool,
) -> EventRow {
    let store = event.origin.store.and_then(|store| catalogue.store(store));
    EventRow {
        id: EventId {
            card,
            sequence: event.sequence,
        }
        .to_string(),
        kind: shown(event.kind),
        at: event.at.0,
        place: store.map(|store| store.name.clone()),
        amounts: moved(event),
        reward: reward(page, catalogue, event),
        undoes: undone.map(|undone| title(page, catalogue, undone)),
        voided,
        why: event.why.iter().map(|line| why(page, line)).collect(),
        balance_after: balance(kind, event.balance),
    }
}

/// What an event moved, of each unit.
pub(crate) fn moved(event: &Event) -> Vec<Amount> {
    let units = [quantity::Unit::Stamp, quantity::Unit::Point];
    let amounts = units.map(|unit| Amount {
        unit: self::unit(unit),
        amount: event.moved(unit),
    });
    amounts.into_iter().filter(|amount| amount.amount != 0).collect()
}

/// A balance, of the units a program collects.
pub(crate) fn balance(kind: ProgramKind, balance: Balance) -> Vec<Amount> {
    let stamps = kind.has_stamps().then(|| Amount::stamps(balance.stamps));
    let points = kind.has_points().then(|| Amount::points(balance.points - balance.debt));
    stamps.into_iter().chain(points).collect()
}

/// A line of a breakdown in words.
pub(crate) fn why(page: &Page, line: &Line) -> WhyLine {
    WhyLine {
        text: rule(line.rule, page.text()),
        amount: Amount {
            unit: unit(line.unit),
            amount: line.contribution,
        },
    }
}

/// What is counted, as pages call it.
pub(crate) const fn unit(unit: quantity::Unit) -> Unit {
    match unit {
        quantity::Unit::Stamp => Unit::Stamp,
        quantity::Unit::Point => Unit::Point,
    }
}

fn title(page: &Page, catalogue: &Catalogue, event: &Event) -> String {
    reward(page, catalogue, event).unwrap_or_else(|| shown(event.kind).title(page))
}

/// The name of the reward that a redemption was about.
fn reward(page: &Page, catalogue: &Catalogue, event: &Event) -> Option<String> {
    let entry = catalogue.reward(event.reward.filter(|_| event.kind.is_redemption())?)?;
    let name = entry
        .texts
        .in_locale(page.locale.code(), &catalogue.merchant.default_locale)
        .name;
    Some(name).filter(|name| !name.is_empty())
}

/// Which line of a history an event is.
pub(crate) fn shown(kind: event::EventKind) -> EventKind {
    match kind {
        event::EventKind::Enrolled => EventKind::Enrolled,
        event::EventKind::Stamped => EventKind::Stamped,
        event::EventKind::Earned | event::EventKind::Purchased => EventKind::Earned,
        event::EventKind::Redeemed | event::EventKind::ClaimUsed => EventKind::Redeemed,
        event::EventKind::Voided => EventKind::Voided,
        event::EventKind::Returned => EventKind::Returned,
        event::EventKind::Adjusted => EventKind::Adjusted,
        event::EventKind::Blocked => EventKind::Blocked,
        event::EventKind::Unblocked => EventKind::Unblocked,
        event::EventKind::Replaced => EventKind::Replaced,
        event::EventKind::Closed => EventKind::Closed,
        event::EventKind::Confirmed => EventKind::Confirmed,
        event::EventKind::MergedOut | event::EventKind::MergedIn => EventKind::Merged,
    }
}

/// A rule in words.
fn rule(rule: LineRule, text: &Messages) -> String {
    match rule {
        LineRule::Visit => text.breakdown_visit(),
        LineRule::AmountSteps => text.breakdown_amount_steps(),
        LineRule::Quantity => text.breakdown_quantity(),
        LineRule::Rate => text.breakdown_rate(),
        LineRule::BelowMinimum => text.breakdown_below_minimum(),
        LineRule::NothingEligible => text.breakdown_nothing_eligible(),
        LineRule::TransactionMaximum => text.breakdown_transaction_maximum(),
        LineRule::Cap => text.breakdown_cap(),
        LineRule::CardFull => text.breakdown_card_full(),
        LineRule::Welcome => text.breakdown_welcome(),
        LineRule::Completion => text.breakdown_completion(),
        LineRule::RewardCost => text.breakdown_reward_cost(),
        LineRule::Reversal => text.breakdown_reversal(),
        LineRule::Return => text.breakdown_return(),
        LineRule::Restored => text.breakdown_restored(),
        LineRule::Loss => text.breakdown_loss(),
        LineRule::Adjustment => text.breakdown_adjustment(),
        LineRule::Forfeit => text.breakdown_forfeit(),
        LineRule::Merge => text.breakdown_merge(),
    }
}
