//! A refusal as staff read it: what is the matter, and what to do next.
//!
//! Owns: the sentence and the status of each refusal at the till. Must not know: when something is refused.

use axum::http::StatusCode;
use domain::Rejection;
use domain::moment::Instant;
use domain::reward::Unavailable;
use domain::terms::RiskPreset;

use super::facts;
use super::form::Unreadable;
use super::moment;
use super::result::Outcome;
use super::session::Till;
use super::warning::Warning;
use crate::catalogue::ProgramEntry;
use crate::ledger::Refusal;
use crate::pages::events::{Amount, Unit};
use crate::pages::found::Found;
use crate::problem::Code;

const MINUTE: i64 = 60_000_000;
/// From here on nobody counts minutes.
const WAITED_MINUTES_MAX: i64 = 90;

/// The kind of input that a sentence is about.
#[derive(Clone, Copy)]
pub(crate) enum Input {
    /// A sum of money.
    Money,
    /// A number of stamps or points.
    Number,
    /// The receipt's number.
    Reference,
    /// None that can be typed into.
    None,
}

/// A refusal at the till.
pub(crate) struct Said {
    /// The status of the answer.
    pub(crate) status: StatusCode,
    /// What the matter is, and what to do next.
    pub(crate) sentence: String,
    /// Whether time alone will cure it.
    pub(crate) is_wait: bool,
    /// Whether what was typed has to change: the form comes back with it.
    pub(crate) is_field: bool,
    /// What has to change.
    pub(crate) input: Input,
}

impl Said {
    fn new(status: StatusCode, sentence: String) -> Self {
        Self {
            status,
            sentence,
            is_wait: false,
            is_field: status == StatusCode::UNPROCESSABLE_ENTITY,
            input: Input::None,
        }
    }

    fn wait(status: StatusCode, sentence: String) -> Self {
        Self {
            is_wait: true,
            ..Self::new(status, sentence)
        }
    }

    /// As the answer that fills the screen.
    pub(crate) fn outcome(self) -> Outcome {
        let Self { sentence, is_wait, .. } = self;
        if is_wait {
            Outcome::Wait { sentence, next: None }
        } else {
            Outcome::No { sentence, next: None }
        }
    }
}

/// Whether a manager on the spot may allow what is refused: a sum above the limit, or a reward without the open card, where
/// the shop is not strict (`CRD-3`).
pub(crate) fn is_for_manager(entry: &ProgramEntry, refusal: &Refusal) -> bool {
    match refusal {
        Refusal::Rejected(Rejection::ManagerPinRequired { .. }) => true,
        Refusal::Rejected(rejection) if is_overridable(rejection) => true,
        Refusal::Rejected(Rejection::ConfirmationRequired | Rejection::CredentialStale) => {
            entry.program.terms().risk_preset == RiskPreset::Balanced
        }
        _ => false,
    }
}

/// Whether a manager may pass over it and says why (`COOL-1`).
pub(crate) fn is_overridable(rejection: &Rejection) -> bool {
    matches!(
        rejection,
        Rejection::CooldownActive { .. } | Rejection::DailyCapReached { .. }
    )
}

/// What a refusal of the ledger says.
pub(crate) fn of_refusal(till: &Till, found: &Found, entry: &ProgramEntry, refusal: &Refusal) -> Said {
    let text = till.text();
    match refusal {
        Refusal::Rejected(rejection) => of_rejection(till, found, entry, rejection),
        Refusal::KeyReused => Said {
            is_field: false,
            ..Said::new(StatusCode::UNPROCESSABLE_ENTITY, text.refused_form())
        },
        Refusal::InProgress | Refusal::Taken(_) | Refusal::NumberTaken | Refusal::AlreadyEnrolled(_) => {
            Said::wait(StatusCode::CONFLICT, text.refused_progress())
        }
        Refusal::NoSuchCard | Refusal::Objected(_) => Said::new(StatusCode::NOT_FOUND, text.found_unknown()),
        Refusal::Pin(_) => Said::new(StatusCode::UNAUTHORIZED, text.error_pin_required()),
        Refusal::Revoked(_) => Said::new(StatusCode::UNAUTHORIZED, text.pair_revoked()),
        Refusal::Busy => Said::wait(StatusCode::SERVICE_UNAVAILABLE, text.refused_busy()),
        Refusal::Unwritable => Said::wait(StatusCode::SERVICE_UNAVAILABLE, text.refused_unwritable()),
        Refusal::Broken => Said::new(StatusCode::INTERNAL_SERVER_ERROR, text.problem_broken()),
    }
}

/// What the business' no says.
fn of_rejection(till: &Till, found: &Found, entry: &ProgramEntry, rejection: &Rejection) -> Said {
    let sentence = sentence(till, found, entry, rejection);
    Said {
        is_wait: rejection.is_transient(),
        input: input(rejection),
        ..Said::new(status(rejection), sentence)
    }
}

/// The same before anything is pressed: what staff must know of the card.
pub(crate) fn warning(till: &Till, found: &Found, entry: &ProgramEntry, rejection: &Rejection) -> Warning {
    // Where a purchase gives both and neither lands, the refusal is that of the points.
    let unit = if entry.program.kind().has_points() {
        Unit::Point
    } else {
        Unit::Stamp
    };
    match rejection {
        Rejection::CooldownActive { retry_at } => Warning::WaitUntil(unit, retry_at.0),
        Rejection::DailyCapReached { remaining: 0 } => Warning::LimitReached(unit),
        Rejection::CardBlocked => Warning::Blocked(found.blocked_for()),
        Rejection::CardClosed => Warning::Closed,
        Rejection::ProgramInactive => Warning::of_program(entry, till.now()),
        other => Warning::Sentence(sentence(till, found, entry, other)),
    }
}

/// What is wrong with a field.
pub(crate) fn of_field(till: &Till, fault: Unreadable) -> String {
    match fault {
        Unreadable::Amount => till.text().field_amount(),
        Unreadable::Precision => till.text().field_precision(),
        Unreadable::Number => till.text().field_number(),
        Unreadable::Reference => till.text().field_reference(),
        Unreadable::Choice => till.text().refused_form(),
    }
}

/// Where what is wrong was typed.
pub(crate) fn input_of(fault: Unreadable) -> Input {
    match fault {
        Unreadable::Amount | Unreadable::Precision => Input::Money,
        Unreadable::Number => Input::Number,
        Unreadable::Reference => Input::Reference,
        Unreadable::Choice => Input::None,
    }
}

fn input(rejection: &Rejection) -> Input {
    match rejection {
        Rejection::AmountInvalid { .. } | Rejection::BelowMinimum { .. } => Input::Money,
        Rejection::OrderBelowRewardMinimum { .. } => Input::Money,
        Rejection::OutOfRange { field, .. } | Rejection::Required { field } if field.contains("amount") => Input::Money,
        Rejection::OutOfRange { .. } | Rejection::Required { .. } => Input::Number,
        Rejection::RedeemBelowMinimum { .. } | Rejection::RedeemStep { .. } => Input::Number,
        Rejection::RedeemExceedsShare { .. } => Input::Number,
        _ => Input::None,
    }
}

/// The status the API gives the same refusal: one table for both faces.
fn status(rejection: &Rejection) -> StatusCode {
    Code::of(rejection.code()).map_or(StatusCode::CONFLICT, Code::status)
}

fn sentence(till: &Till, found: &Found, entry: &ProgramEntry, rejection: &Rejection) -> String {
    let (text, currency) = (till.text(), entry.program.currency());
    let page = till.page("", "");
    let number = |value: &i64| page.number(*value);
    let points = |value: &i64| Amount::points(*value).words(&page);
    let money = |minor: &i64| page.locale.money(*minor, currency.code());
    match rejection {
        Rejection::CardBlocked => Warning::Blocked(found.blocked_for()).words(&page),
        Rejection::CardClosed | Rejection::InvalidState => text.warn_closed(),
        Rejection::ProgramInactive => Warning::of_program(entry, till.now()).words(&page),
        Rejection::WrongProgramKind => text.refused_kind(),
        Rejection::RedeemClosed => text.refused_redeem_closed(),
        Rejection::StoreNotAllowed { home } => {
            let store = till.catalogue().store(*home).map(|store| store.name.clone());
            text.refused_store(store.unwrap_or_default())
        }
        Rejection::CredentialStale => text.refused_stale(),
        Rejection::ConfirmationRequired => text.refused_unshown(),
        Rejection::SelfServiceBlocked => text.refused_own(),
        Rejection::Forbidden => text.refused_forbidden(),
        Rejection::OutOfRange { min, max, .. } => text.field_range(number(min), number(max)),
        Rejection::Required { field: "points" } => text.field_points(),
        Rejection::Required { .. } | Rejection::AmountInvalid { .. } => text.field_amount(),
        Rejection::OrderRefConflict => text.refused_order(),
        Rejection::ManagerPinRequired { limit_minor } => text.refused_manager(money(limit_minor)),
        Rejection::BelowMinimum { needed_minor } => text.field_minimum(money(needed_minor)),
        Rejection::CooldownActive { retry_at } => wait(till, *retry_at),
        Rejection::DailyCapReached { remaining: 0 } => text.refused_day(),
        Rejection::DailyCapReached { remaining } => text.refused_day_rest(number(remaining)),
        Rejection::CardFull => text.refused_full(),
        Rejection::AnonymousCapReached { cap } => text.refused_anonymous(number(cap)),
        Rejection::RewardNotAvailable { reason, .. } => away(till, *reason),
        Rejection::OrderBelowRewardMinimum { needed_minor } => text.refused_reward_order(money(needed_minor)),
        Rejection::RedeemBelowMinimum { needed } => text.field_points_minimum(points(needed)),
        Rejection::RedeemStep { step } => text.field_points_step(number(step)),
        Rejection::RedeemExceedsShare { most } => text.field_points_share(points(most)),
        Rejection::BalanceInDebt { unit, debt } => text.warn_debt(facts::amount(*unit, *debt).words(&page)),
        Rejection::InsufficientBalance { needed, available } => text.refused_short(number(&(needed - available))),
        Rejection::AlreadyRedeemed { at, .. } => text.refused_used(page.spoken(at.0)),
        Rejection::NotVoidable => text.refused_not_voidable(),
        Rejection::AlreadyVoided => text.refused_voided(),
        Rejection::VoidWindowPassed => text.refused_late(),
        Rejection::ValueAlreadySpent { missing } => text.refused_spent(number(missing)),
        _ => text.refused_form(),
    }
}

/// When it works again, as a time, with its day when that is not today; and as minutes, while they can be waited for.
fn wait(till: &Till, retry_at: Instant) -> String {
    let minutes = (retry_at.0.saturating_sub(till.now().0).max(0) + MINUTE - 1) / MINUTE;
    let when = moment(&till.page("", ""), retry_at.0);
    if minutes < WAITED_MINUTES_MAX {
        till.text().refused_cooldown(minutes, when)
    } else {
        till.text().refused_cooldown_long(when)
    }
}

fn away(till: &Till, reason: Unavailable) -> String {
    let text = till.text();
    match reason {
        Unavailable::Inactive => text.refused_reward_inactive(),
        Unavailable::OutsideWindow => text.refused_reward_window(),
        Unavailable::WrongStore => text.refused_reward_store(),
        Unavailable::OutOfStock => text.refused_reward_stock(),
        Unavailable::LimitReached => text.refused_reward_limit(),
    }
}

/// Whether something is refused because the customer's open card was not seen (`CRD-3`).
pub(crate) fn wants_open_card(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Rejected(Rejection::ConfirmationRequired | Rejection::CredentialStale)
    )
}
