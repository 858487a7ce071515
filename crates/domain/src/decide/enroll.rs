//! Opening a card (`ENR-*`, `WEL-1`).

use super::draft::Draft;
use super::{Decision, states, unusual};
use crate::bucket::BucketKey;
use crate::card::CardStatus;
use crate::counter::CounterKey;
use crate::event::{EventKind, LineRule, MoveKind};
use crate::facts::{Authority, Facts};
use crate::rejection::Rejection;
use crate::terms::SelfEnrollment;

/// Opens a card. A known person is welcomed at once, and only once for ever; a card nobody has claimed is welcomed
/// with its first earn, so that opening cards brings nothing (`WEL-1`).
pub fn enroll(facts: &Facts, claimed: bool, person: Option<&str>) -> Result<Decision, Rejection> {
    if facts.card.version > 0 {
        return Err(Rejection::AlreadyEnrolled);
    }
    if !facts.program.is_running(facts.clock.at) {
        return Err(Rejection::EnrollmentClosed);
    }
    let terms = facts.program.terms();
    if facts.authority == Authority::Customer && terms.self_enrollment != SelfEnrollment::Open {
        return Err(Rejection::SelfEnrollmentDisabled);
    }
    // From here on it succeeds.
    let mut draft = Draft::new(facts);
    let has_welcome = facts.program.welcome().iter().any(|&(_, amount)| amount > 0);
    let mut welcome_due = has_welcome && person.is_none();
    if let Some(person) = person.filter(|_| has_welcome) {
        let key = CounterKey::Welcome(facts.program.id(), person.to_owned());
        if facts.counters.used(&key) == 0 {
            welcome(facts, &mut draft)?;
            draft.counters.push((key, 1));
        }
        welcome_due = false;
    }
    let (opened, signal) = unusual::opening(facts);
    draft.counters.extend(opened.map(|key| (key, 1)));
    draft.follow_ups.extend(signal);
    let mut decision = draft.event(facts, EventKind::Enrolled);
    if let Some(event) = decision.event.as_mut() {
        event.claimed = Some(claimed);
        event.welcome_due = welcome_due;
    }
    Ok(decision)
}

/// Makes a card that is nobody's the card of somebody who proved that a contact is theirs (`ENR-3`). A welcome that is still
/// to come comes now, unless this person was welcomed before; what the first earn brought stays, and counts as theirs.
pub fn confirm(facts: &Facts, person: &str) -> Result<Decision, Rejection> {
    states::card_in_use(facts)?;
    if facts.card.status != CardStatus::Unclaimed {
        return Err(Rejection::InvalidState);
    }
    // From here on it succeeds.
    let mut draft = Draft::new(facts);
    let running = facts.program.is_running(facts.clock.at);
    let has_welcome = facts.program.welcome().iter().any(|&(_, amount)| amount > 0);
    let key = CounterKey::Welcome(facts.program.id(), person.to_owned());
    let first = running && has_welcome && facts.counters.used(&key) == 0;
    if first {
        if facts.card.welcome_due {
            welcome(facts, &mut draft)?;
        }
        draft.counters.push((key, 1));
    }
    let mut decision = draft.event(facts, EventKind::Confirmed);
    if let Some(event) = decision.event.as_mut() {
        event.claimed = first.then_some(true);
        event.welcome_due = facts.card.welcome_due && !running;
    }
    Ok(decision)
}

/// Gives a welcome that is still to come, once an event has earned something; one that would not fit on a card nobody
/// has claimed waits until it does (`ENR-6`).
pub fn welcome_if_due(facts: &Facts, draft: &mut Draft) -> Result<(), Rejection> {
    let welcomed = draft.why.iter().any(|line| line.rule == LineRule::Welcome);
    let fits = facts
        .program
        .welcome()
        .iter()
        .all(|&(unit, amount)| states::fits_anonymous(facts, draft, unit, amount));
    if facts.card.welcome_due && !welcomed && fits {
        welcome(facts, draft)
    } else {
        Ok(())
    }
}

/// Gives the welcome of the program, of the units its kind collects.
fn welcome(facts: &Facts, draft: &mut Draft) -> Result<(), Rejection> {
    for (unit, amount) in facts.program.welcome() {
        if amount > 0 {
            draft.credit(unit, BucketKey::OPEN, amount, MoveKind::WelcomeBonus)?;
            draft.explain(LineRule::Welcome, unit, amount);
        }
    }
    Ok(())
}
