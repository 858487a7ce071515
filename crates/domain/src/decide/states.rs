//! Refusals that many commands share: the card's state, the program's state, the store, the person who serves.

use crate::card::CardStatus;
use crate::command::Command;
use crate::facts::{Authority, Facts};
use crate::follow_up::{FollowUp, Signal};
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::terms::SelfEarn;

/// A card's events never go back in time (`CLOCK-1`).
pub fn not_back_in_time(facts: &Facts) -> Result<(), Rejection> {
    if facts.moment.at < facts.card.last_at {
        Err(Rejection::OccurredAtOutOfRange)
    } else {
        Ok(())
    }
}

/// A customer opens a card, takes a reward, and looks after the card; what gives or takes value back is for the shop.
pub fn may_ask(facts: &Facts, command: &Command) -> Result<(), Rejection> {
    let for_the_shop = match command {
        Command::Stamp { .. } | Command::Earn(_) | Command::Purchase(_) => true,
        Command::Void { .. } | Command::Return { .. } | Command::Adjust { .. } | Command::Unblock => true,
        Command::Enroll { .. } | Command::Confirm { .. } | Command::Redeem { .. } => false,
        Command::Block { .. } | Command::Replace { .. } | Command::Close { .. } | Command::Merge { .. } => false,
    };
    if for_the_shop && facts.authority == Authority::Customer {
        Err(Rejection::Forbidden)
    } else {
        Ok(())
    }
}

/// Earning, redeeming and adjusting need a card in use (`CARD-STATE`).
pub fn card_in_use(facts: &Facts) -> Result<(), Rejection> {
    match facts.card.status {
        CardStatus::Active | CardStatus::Unclaimed => Ok(()),
        CardStatus::Blocked => Err(Rejection::CardBlocked),
        CardStatus::Closed => Err(Rejection::CardClosed),
        CardStatus::Merged => Err(merged(facts)),
    }
}

/// The past of a card that went into another one is over with it.
pub fn not_merged(facts: &Facts) -> Result<(), Rejection> {
    match facts.card.status {
        CardStatus::Merged => Err(merged(facts)),
        _ => Ok(()),
    }
}

/// The refusal of a card that went into another one.
fn merged(facts: &Facts) -> Rejection {
    let into = facts.card.survivor;
    into.map_or(Rejection::InvalidState, |into| Rejection::CardMerged { into })
}

/// Anything at all needs a card that is not over.
pub fn card_not_closed(facts: &Facts) -> Result<(), Rejection> {
    match facts.card.status {
        CardStatus::Closed => Err(Rejection::CardClosed),
        _ => not_merged(facts),
    }
}

/// Earning needs a running program that collects the unit (`PROG-STATE`).
pub fn program_earns(facts: &Facts, unit: Unit) -> Result<(), Rejection> {
    let kind = facts.program.kind();
    let collects = if unit == Unit::Stamp {
        kind.has_stamps()
    } else {
        kind.has_points()
    };
    if !collects {
        return Err(Rejection::WrongProgramKind);
    }
    if !facts.program.is_running(facts.clock.at) {
        return Err(Rejection::ProgramInactive);
    }
    Ok(())
}

/// Some programs serve a card only where it was opened (`XST-1`).
pub fn store_allowed(facts: &Facts, crossing_allowed: bool) -> Result<(), Rejection> {
    match (facts.card.home, facts.origin.store) {
        (Some(home), store) if !crossing_allowed && store != Some(home) => Err(Rejection::StoreNotAllowed { home }),
        _ => Ok(()),
    }
}

/// Staff and their own cards (`STF-1`): refused, allowed, or allowed with a signal.
pub fn own_card(facts: &Facts) -> Result<Option<FollowUp>, Rejection> {
    let own = facts.staff.is_some_and(|staff| staff.own_card == Some(facts.card_id));
    match facts.program.terms().staff_self_earn {
        SelfEarn::Block if own => Err(Rejection::SelfServiceBlocked),
        SelfEarn::Flag if own => Ok(Some(FollowUp::Signal(Signal::OwnCard))),
        _ => Ok(None),
    }
}

/// Whether a bonus still fits on a card nobody has claimed (`ENR-6`); what does not fit waits, it is not refused.
pub fn fits_anonymous(facts: &Facts, draft: &super::draft::Draft, unit: Unit, amount: i64) -> bool {
    let cap = facts.program.terms().anonymous_balance_cap;
    let free = facts.card.status != CardStatus::Unclaimed || cap == 0;
    free || amount == 0 || draft.buckets.net(unit).saturating_add(amount) <= cap
}

/// A card nobody has claimed holds only so much (`ENR-6`).
pub fn anonymous_cap(facts: &Facts, unit: Unit, credit: i64) -> Result<(), Rejection> {
    let cap = facts.program.terms().anonymous_balance_cap;
    let over = facts.card.buckets.net(unit).saturating_add(credit) > cap;
    if facts.card.status == CardStatus::Unclaimed && cap > 0 && credit > 0 && over {
        return Err(Rejection::AnonymousCapReached { cap });
    }
    Ok(())
}
