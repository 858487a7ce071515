//! Opening a card (`ENR-*`, `WEL-1`).

use super::Decision;
use super::draft::Draft;
use crate::bucket::BucketKey;
use crate::counter::CounterKey;
use crate::event::{EventKind, LineRule, MoveKind};
use crate::facts::{Authority, Facts};
use crate::quantity::Unit;
use crate::rejection::Rejection;
use crate::terms::SelfEnrollment;

/// Opens a card. A known person is welcomed at once, and only once for ever; a card nobody has claimed is welcomed
/// with its first earn, so that opening cards brings nothing (`WEL-1`).
pub fn enroll(facts: &Facts, claimed: bool, person: Option<&str>) -> Result<Decision, Rejection> {
    if facts.card.version > 0 {
        return Err(Rejection::AlreadyEnrolled);
    }
    if !facts.program.is_running(facts.moment.at) {
        return Err(Rejection::EnrollmentClosed);
    }
    let terms = facts.program.terms();
    if facts.authority == Authority::Customer && terms.self_enrollment != SelfEnrollment::Open {
        return Err(Rejection::SelfEnrollmentDisabled);
    }
    // From here on it succeeds.
    let mut draft = Draft::new(facts);
    let has_welcome = terms.welcome_stamps > 0 || terms.welcome_points > 0;
    let mut welcome_due = has_welcome && person.is_none();
    if let Some(person) = person.filter(|_| has_welcome) {
        let key = CounterKey::Welcome(facts.program.id(), person.to_owned());
        if facts.counters.used(&key) == 0 {
            welcome(facts, &mut draft)?;
            draft.counters.push((key, 1));
        }
        welcome_due = false;
    }
    let mut decision = draft.event(facts, EventKind::Enrolled);
    if let Some(event) = decision.event.as_mut() {
        event.claimed = Some(claimed);
        event.welcome_due = welcome_due;
    }
    Ok(decision)
}

/// Gives the welcome of the program, of the units its kind collects.
pub fn welcome(facts: &Facts, draft: &mut Draft) -> Result<(), Rejection> {
    let (terms, kind) = (facts.program.terms(), facts.program.kind());
    let gifts = [
        (Unit::Stamp, terms.welcome_stamps, kind.has_stamps()),
        (Unit::Point, terms.welcome_points, kind.has_points()),
    ];
    for (unit, amount, collects) in gifts {
        if collects && amount > 0 {
            draft.credit(unit, BucketKey::OPEN, amount, MoveKind::WelcomeBonus)?;
            draft.explain(LineRule::Welcome, unit, amount);
        }
    }
    Ok(())
}
