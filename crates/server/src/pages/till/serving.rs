//! Who serves a press: what its form shows, whose turn it is, and the page that asks when neither is enough.
//!
//! Owns: how staff prove themselves at the till. Must not know: whether a PIN is asked for; the rules say.

use axum::http::StatusCode;
use domain::event::Reason;
use domain::ids::{CardId, StaffId};
use domain::pin::{Action, Policy};

use super::form::Fields;
use super::handlers::html;
use super::pad::{PadPage, Person};
use super::session::Till;
use super::words::{Said, is_overridable};
use crate::app::App;
use crate::catalogue::{ProgramEntry, StaffMember};
use crate::ledger::{Refusal, Submission};
use crate::pages::failure::{Answered, Failure};
use crate::pins::{self, Brought, Named, Pin, PinRefusal, Served, SessionText};

/// The field with why a manager passes over a limit.
const REASON: &str = "override_reason";

/// Where somebody shows who they are, and for what.
pub(crate) struct Asked<'a> {
    pub(crate) till: &'a Till,
    /// Where the form goes.
    pub(crate) action: String,
    /// What it says.
    pub(crate) fields: &'a Fields,
    /// Whether something was asked for that is to be kept.
    pub(crate) keeps: bool,
    /// Where it leads back to.
    pub(crate) back: String,
}

/// Whether a manager is asked for, because a limit stands in the way.
pub(crate) fn asks_manager(fields: &Fields) -> bool {
    fields.text("ask") == "manager"
}

/// Whether somebody who is asked has shown nothing yet.
pub(crate) fn has_shown_nothing(fields: &Fields) -> bool {
    fields.text("pin").is_empty()
}

/// Who serves, as far as it is shown: a PIN in the form, else whose turn it is.
///
/// # Errors
/// `busy` when too many PINs are verified at once; what breaks.
pub(crate) async fn served(
    app: &App,
    till: &Till,
    fields: &Fields,
    (action, card): (Action, Option<CardId>),
) -> Result<Option<Served>, Failure> {
    let pin = Some(fields.text("pin")).filter(|pin| !pin.is_empty());
    let turn = till.turn().filter(|_| fields.text("without").is_empty());
    let brought = Brought {
        named: pin.map(|_| fields.text("staff").parse().map_or(Named::Nobody, Named::Staff)),
        pin: pin.map(Pin::typed),
        session: turn.map(|session| SessionText(session.text(&app.secrets))),
        overrides: asks_manager(fields),
    };
    let shown = pins::present(app, till.catalogue(), till.place(), (action, card), brought).await;
    shown.map_err(|problem| till.failure(problem.into()))
}

/// Why the manager who is asked for passes over a limit, if the form says so (`COOL-1`).
pub(crate) fn override_reason(fields: &Fields) -> Option<Reason> {
    Reason::from_code(fields.text(REASON)).filter(|_| asks_manager(fields))
}

/// A submission of who serves.
pub(crate) fn by(submission: Submission, served: Option<&Served>) -> Submission {
    let Some(served) = served else { return submission };
    let mut origin = submission.origin;
    origin.staff = served.staff;
    Submission {
        origin,
        presented: served.presented.clone(),
        authority: served.authority,
        ..submission
    }
}

impl Asked<'_> {
    /// The pad, for anybody who serves here.
    pub(crate) fn staff(&self, refusal: PinRefusal, without: bool) -> Answered {
        let problem = (!has_shown_nothing(self.fields)).then(|| self.sentence(refusal));
        let status = match refusal {
            PinRefusal::Locked { .. } => StatusCode::LOCKED,
            // Nobody did anything wrong yet.
            PinRefusal::Required if has_shown_nothing(self.fields) => StatusCode::OK,
            _ => StatusCode::UNAUTHORIZED,
        };
        html(
            status,
            &PadPage {
                without,
                ..self.page(false, problem.flatten())
            },
        )
    }

    /// The pad, for a manager who allows what stands in the way.
    pub(crate) fn manager(&self, refusal: Option<PinRefusal>, hindrance: Option<&(Refusal, Said)>) -> Answered {
        let problem = refusal.and_then(|refusal| self.sentence(refusal));
        let status = match refusal {
            None => StatusCode::OK,
            Some(PinRefusal::Locked { .. }) => StatusCode::LOCKED,
            Some(_) => StatusCode::UNAUTHORIZED,
        };
        let passes_over = match hindrance {
            Some((Refusal::Rejected(rejection), _)) => is_overridable(rejection),
            _ => !self.fields.text(REASON).is_empty(),
        };
        let why = hindrance.map(|(_, said)| said.sentence.clone());
        let reasons = if passes_over { self.reasons() } else { Vec::new() };
        let page = self.page(true, problem);
        html(status, &PadPage { why, reasons, ..page })
    }

    fn page(&self, is_managers: bool, problem: Option<String>) -> PadPage {
        let till = self.till;
        PadPage {
            page: till.page(till.text().pin_who(), self.back.clone()),
            bar: till.bar(),
            action: self.action.clone(),
            kept: if self.keeps { self.fields.kept() } else { Vec::new() },
            people: people(till, is_managers, self.chosen()),
            is_managers,
            why: None,
            reasons: Vec::new(),
            problem,
            without: false,
            back: self.back.clone(),
        }
    }

    /// Why a manager may pass over a limit, the one that was chosen before again.
    fn reasons(&self) -> Vec<(&'static str, String, bool)> {
        let text = self.till.text();
        let words = |reason| match reason {
            Reason::CustomerRequest => text.pin_reason_request(),
            Reason::Complaint => text.pin_reason_complaint(),
            Reason::Goodwill => text.pin_reason_goodwill(),
            _ => text.pin_reason_other(),
        };
        let chosen = self.fields.text(REASON);
        let reasons = Reason::OVERRIDE.into_iter();
        reasons
            .map(|reason| (reason.code(), words(reason), reason.code() == chosen))
            .collect()
    }

    /// Whose PIN is awaited: who was named a moment ago, else whose turn it is.
    fn chosen(&self) -> Option<StaffId> {
        let named = self.fields.text("staff").parse().ok();
        named.or_else(|| self.till.turn().map(|session| session.staff()))
    }

    fn sentence(&self, refusal: PinRefusal) -> Option<String> {
        let text = self.till.text();
        match refusal {
            PinRefusal::Required => None,
            PinRefusal::Invalid { remaining: None } => Some(text.error_pin_invalid()),
            PinRefusal::Invalid { remaining: Some(left) } => {
                Some(text.error_pin_invalid_remaining(left, till_number(self.till, left)))
            }
            PinRefusal::Locked { until } => {
                Some(text.error_pin_locked(super::moment(&self.till.page("", ""), until.0)))
            }
        }
    }
}

fn till_number(till: &Till, number: i64) -> String {
    till.page("", "").number(number)
}

/// Whether a PIN is anything here: a program of the shop wants or takes one, and somebody has one.
pub(crate) fn is_asked(till: &Till) -> bool {
    let catalogue = till.catalogue();
    let floor = &catalogue.merchant.pins.floor;
    let wants = |entry: &ProgramEntry| {
        let own = &entry.program.terms().pin_policy;
        Action::ALL
            .iter()
            .any(|&action| own.over(floor, action) != Policy::Disabled)
    };
    catalogue.programs.iter().any(wants) && !people(till, false, None).is_empty()
}

/// Whether a manager could be asked here.
pub(crate) fn has_manager(till: &Till) -> bool {
    !people(till, true, None).is_empty()
}

/// Who serves in this store and has a PIN, by name. Where there is one only, it is them.
pub(crate) fn people(till: &Till, managers: bool, chosen: Option<StaffId>) -> Vec<Person> {
    let serves = |member: &&StaffMember| {
        let fits = !managers || pins::is_manager(&member.role);
        fits && member.active && member.pin_version.is_some() && member.serves_in(till.store())
    };
    let mut serving: Vec<&StaffMember> = till.catalogue().staff.iter().filter(serves).collect();
    serving.sort_by_key(|member| member.name.to_lowercase());
    let alone = serving.len() == 1;
    let person = |member: &StaffMember| Person {
        id: member.id.to_string(),
        name: member.name.clone(),
        chosen: alone || chosen == Some(member.id),
    };
    serving.into_iter().map(person).collect()
}
