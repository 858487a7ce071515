//! Whether who serves at a terminal has proven it (`PIN-1`, `PIN-6`), judged in the transaction of the write: what was
//! verified a moment ago, perhaps by another process, counts only while the PIN is the same and its person serves here.

use super::Submission;
use super::batch::Bench;
use super::books::Mode;
use crate::pins::{PinRefusal, Presented};
use domain::event::Actor;
use domain::facts::Authority;
use domain::ids::StaffId;
use domain::pin::{Action, Policy, Shown};

impl Bench {
    /// Why a terminal's command cannot be taken as it came, if so. Keys and people are their own proof.
    pub(super) fn unproven(&self, submission: &Submission) -> Option<PinRefusal> {
        let Actor::Terminal(_) = submission.origin.actor else {
            return None;
        };
        // What was approved is booked by the installation itself (`APR-1`).
        if submission.authority == Authority::System {
            return None;
        }
        let action = Action::of(&submission.command).filter(|_| self.books.mode() == Mode::Write)?;
        let policy = self.policy(submission, action);
        // It was read because it was asked for: by the program, or by who wants a manager.
        if let Presented::Refused(refusal) = submission.presented {
            return Some(refusal);
        }
        if policy == Policy::Disabled && submission.authority != Authority::Manager {
            return None;
        }
        let shown = match &submission.presented {
            Presented::Refused(_) | Presented::Nothing => Shown::Nothing,
            Presented::Pin { staff, version } if self.stands(submission, *staff, *version) => Shown::Pin,
            Presented::Pin { .. } => return Some(PinRefusal::Invalid { remaining: None }),
            Presented::Session {
                staff,
                version,
                expires_at,
            } => {
                if self.now >= *expires_at || !self.stands(submission, *staff, *version) {
                    return Some(PinRefusal::Required);
                }
                Shown::Session
            }
        };
        (!policy.admits(action, shown)).then_some(PinRefusal::Required)
    }

    fn stands(&self, submission: &Submission, staff: StaffId, version: i64) -> bool {
        let origin = &submission.origin;
        origin.staff == Some(staff) && self.books.catalogue.stands(staff, version, origin.store)
    }

    fn policy(&self, submission: &Submission, action: Action) -> Policy {
        let known = self.books.cards.get(&submission.card).map(|row| row.program);
        let opened = submission.opening.as_ref().map(|opening| opening.program);
        let program = known.or(opened).and_then(|id| self.books.catalogue.program(id));
        let floor = &self.books.catalogue.merchant.pins.floor;
        program.map_or(floor.of(action), |entry| {
            entry.program.terms().pin_policy.over(floor, action)
        })
    }
}
