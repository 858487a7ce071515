//! From what the ledger answers to what HTTP says. It must not decide anything: a refusal comes in, a problem goes out.

use super::{Code, Detail, Details, Fault, Problem};
use crate::catalogue::Catalogue;
use crate::ledger::{Objection, Refusal};
use crate::pins::PinRefusal;
use domain::Rejection;
use domain::event::{Actor, Reason};
use domain::ids::StoreId;
use domain::moment::Instant;
use domain::quantity::Currency;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// Where and when a refusal is told: what makes instants and sums readable.
#[derive(Clone)]
pub struct Place {
    /// The store's zone.
    pub zone: TimeZone,
    /// What time it is.
    pub now: Instant,
    /// The merchant's currency.
    pub currency: Currency,
    /// What the merchant offers, and where.
    pub catalogue: Arc<Catalogue>,
}

impl Place {
    /// A place of a merchant.
    pub fn new(catalogue: &Arc<Catalogue>, store: Option<StoreId>, now: Instant) -> Self {
        Self {
            zone: catalogue.zone(store).clone(),
            now,
            currency: catalogue.merchant.currency,
            catalogue: catalogue.clone(),
        }
    }

    fn store(&self, id: StoreId) -> Detail {
        let known = self.catalogue.store(id);
        Detail::Store(id, known.map(|store| store.name.clone()).unwrap_or_default())
    }

    fn moment(&self, at: Instant) -> Detail {
        Detail::Moment {
            at,
            now: self.now,
            zone: self.zone.clone(),
        }
    }

    fn money(&self, minor: i64) -> Detail {
        Detail::Money(minor, self.currency)
    }
}

impl Problem {
    /// What a refusal of the ledger says over HTTP.
    pub fn of_refusal(refusal: &Refusal, place: &Place) -> Self {
        match refusal {
            Refusal::Rejected(rejection) => Self::of_rejection(rejection, place),
            Refusal::KeyReused => Code::IdempotencyKeyReused.into(),
            Refusal::InProgress => Code::IdempotencyInProgress.into(),
            Refusal::NoSuchCard => Code::NotFound.into(),
            Refusal::Revoked(Actor::Terminal(_)) => Code::TerminalRevoked.into(),
            Refusal::Revoked(_) => Code::Unauthenticated.into(),
            Refusal::Pin(refusal) => Self::of_pin(*refusal, place),
            Refusal::Objected(objection) => of_objection(*objection),
            Refusal::NumberTaken => Fault::new("/number", Code::CardNumberTaken).into(),
            Refusal::AlreadyEnrolled(card) => {
                let card = Detail::Word(card.to_string());
                Fault::with("/contact", Code::AlreadyEnrolled, "card_id", card).into()
            }
            Refusal::Taken(constraint) => of_constraint(constraint),
            Refusal::Busy => Code::Busy.into(),
            Refusal::Unwritable => Code::StorageUnwritable.into(),
            Refusal::Broken => Code::Internal.into(),
        }
    }

    /// What the business' no says over HTTP.
    pub fn of_rejection(rejection: &Rejection, place: &Place) -> Self {
        // A test proves that every code of the rules is in the table.
        let code = Code::of(rejection.code()).unwrap_or(Code::Internal);
        Fault {
            pointer: pointer(rejection).into_owned(),
            code,
            details: details(rejection, place),
        }
        .into()
    }
}

impl Problem {
    /// Why a PIN lets nobody in.
    pub fn of_pin(refusal: PinRefusal, place: &Place) -> Self {
        match refusal {
            PinRefusal::Required => Code::PinRequired.into(),
            PinRefusal::Invalid { remaining: None } => Code::PinInvalid.into(),
            PinRefusal::Invalid { remaining: Some(left) } => {
                Self::with(Code::PinInvalid, "remaining", Detail::Number(left))
            }
            PinRefusal::Locked { until } => Self::with(Code::PinLocked, "retry_at", place.moment(until)),
        }
    }
}

fn of_objection(objection: Objection) -> Problem {
    let (pointer, code) = match objection {
        Objection::StoreNotAllowed => ("/store", Code::StoreNotAllowed),
        Objection::StoreNotNamed => ("/store", Code::Required),
        Objection::NoSuchStore => ("/store", Code::NotFound),
        Objection::NoSuchStaff => ("/staff", Code::NotFound),
        Objection::OccurredAtOutOfRange => ("/occurred_at", Code::OccurredAtOutOfRange),
        Objection::FormFaulty => ("", Code::InvalidState),
        Objection::TermsNotAccepted => ("/terms_version", Code::TermsNotAccepted),
        Objection::TermsOutdated => ("/terms_version", Code::TermsOutdated),
    };
    Fault::new(pointer, code).into()
}

/// A named constraint becomes a sentence.
fn of_constraint(name: &str) -> Problem {
    match name {
        "cards_number" => Fault::new("/number", Code::CardNumberTaken).into(),
        "cards_one_per_customer" | "contacts_lookup" | "contacts_pk" => Code::AlreadyEnrolled.into(),
        "orders_pk" => Fault::new("/order_ref", Code::OrderRefConflict).into(),
        "returns_pk" => Fault::new("/return_ref", Code::ReturnRefConflict).into(),
        "events_reversed_once" => Code::AlreadyVoided.into(),
        _ => Code::InvalidState.into(),
    }
}

/// The field that a rejection is about; empty for the whole request.
fn pointer(rejection: &Rejection) -> std::borrow::Cow<'static, str> {
    match rejection {
        Rejection::OutOfRange { field: "", .. } => "".into(),
        Rejection::AmountInvalid {
            field,
            line: Some(line),
        } => format!("/lines/{line}/{field}").into(),
        Rejection::OutOfRange { field, .. }
        | Rejection::Required { field }
        | Rejection::NotFound { field }
        | Rejection::AmountInvalid { field, .. } => format!("/{field}").into(),
        Rejection::StoreNotAllowed { .. } => "/store".into(),
        Rejection::OccurredAtOutOfRange => "/occurred_at".into(),
        Rejection::BelowMinimum { .. } | Rejection::ManagerPinRequired { .. } => "/amount_minor".into(),
        Rejection::OrderBelowRewardMinimum { .. } => "/order_amount_minor".into(),
        Rejection::RewardNotAvailable { field, .. } => format!("/{field}").into(),
        Rejection::AlreadyRedeemed { .. } => "/claim".into(),
        Rejection::NotVoidable | Rejection::AlreadyVoided | Rejection::VoidWindowPassed => "/event".into(),
        Rejection::CurrencyMismatch { .. } => "/currency".into(),
        Rejection::LinesMismatch { .. } => "/lines".into(),
        Rejection::OrderRefConflict | Rejection::OrderNotFound => "/order_ref".into(),
        Rejection::ReturnRefConflict => "/return_ref".into(),
        Rejection::RedeemBelowMinimum { .. } | Rejection::RedeemStep { .. } | Rejection::RedeemExceedsShare { .. } => {
            "/points".into()
        }
        Rejection::ZeroAmount | Rejection::ApprovalRequired { .. } => "/amount".into(),
        Rejection::UnknownReason => "/reason".into(),
        Rejection::SameCard | Rejection::ProgramMismatch => "/into".into(),
        Rejection::CredentialStale | Rejection::ConfirmationRequired => "/proof".into(),
        Rejection::BalanceNotEmpty => "/confirm".into(),
        _ => "".into(),
    }
}

fn details(rejection: &Rejection, place: &Place) -> Details {
    let number = Detail::Number;
    match rejection {
        Rejection::CardMerged { into } => vec![("card_id", Detail::Word(into.to_string()))],
        Rejection::StoreNotAllowed { home } => vec![("home", place.store(*home))],
        Rejection::OutOfRange { min, max, .. } => vec![("min", number(*min)), ("max", number(*max))],
        Rejection::CurrencyMismatch { expected } => vec![("expected", Detail::Word(expected.clone()))],
        Rejection::LinesMismatch { sum } => vec![("sum", place.money(*sum))],
        Rejection::ReturnExceedsOrder { remaining_minor } => vec![("remaining_minor", place.money(*remaining_minor))],
        Rejection::ManagerPinRequired { limit_minor } => vec![("limit_minor", place.money(*limit_minor))],
        Rejection::BelowMinimum { needed_minor } | Rejection::OrderBelowRewardMinimum { needed_minor } => {
            vec![("needed_minor", place.money(*needed_minor))]
        }
        Rejection::CooldownActive { retry_at } => vec![("retry_at", place.moment(*retry_at))],
        Rejection::DailyCapReached { remaining } => vec![("remaining", number(*remaining))],
        Rejection::AnonymousCapReached { cap } => vec![("cap", number(*cap))],
        Rejection::RewardNotAvailable { reason, .. } => vec![("reason", Detail::Unavailable(*reason))],
        Rejection::RedeemBelowMinimum { needed } => vec![("needed", number(*needed))],
        Rejection::RedeemStep { step } => vec![("step", number(*step))],
        Rejection::RedeemExceedsShare { most } => vec![("most", number(*most))],
        Rejection::BalanceInDebt { unit, debt } => vec![("debt", Detail::Amount(*unit, *debt))],
        Rejection::InsufficientBalance { needed, available } => {
            vec![("needed", number(*needed)), ("available", number(*available))]
        }
        Rejection::AlreadyRedeemed { at, store } => {
            let mut found = vec![("at", place.moment(*at))];
            found.extend(store.map(|store| ("store", Detail::Word(store.to_string()))));
            found
        }
        Rejection::ValueAlreadySpent { missing } => vec![("missing", number(*missing))],
        Rejection::ApprovalRequired { limit } => vec![("limit", number(*limit))],
        Rejection::UnknownReason => vec![("allowed", Detail::Word(all_reasons()))],
        _ => Vec::new(),
    }
}

/// The lists of reasons, each once.
fn all_reasons() -> String {
    let mut codes: Vec<&str> = Vec::new();
    for reason in Reason::ADJUST
        .iter()
        .chain(&Reason::VOID)
        .chain(&Reason::BLOCK)
        .chain(&Reason::MERGE)
        .chain(&Reason::REPLACE)
    {
        if !codes.contains(&reason.code()) {
            codes.push(reason.code());
        }
    }
    codes.join(", ")
}
