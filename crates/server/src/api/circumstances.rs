//! Where, by whom and when, as bodies say it and as it is meant. What is wrong with it is an objection, not a refusal: it
//! counts only when the call is not a repeated one, which the ledger knows.

use super::Api;
use super::kinds::{At, Label, Note, OverrideReason, PinWord, SessionWord, ShownCode, StoreRef, Text};
use crate::catalogue::Catalogue;
use crate::identity::{Caller, Principal};
use crate::ledger::{Objection, When};
use crate::permissions;
use crate::pins::{self, Brought, Named, Pin, Served, SessionText, Till};
use crate::problem::Problem;
use domain::event::Reason;
use domain::ids::{CardId, StaffId, StoreId};
use domain::pin::Action;
use domain::proof::{Live, Proof};

/// How far back a caller with the scope may date something (`CLOCK-1`).
const BACKDATE_DAYS_MAX: i64 = 30;

/// What many bodies say beside their subject.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// In which store.
    pub store: Option<StoreId>,
    /// Who served: an id or a name.
    pub staff: Option<Label>,
    /// Free text.
    pub note: Option<Note>,
    /// When, if not now.
    pub occurred_at: Option<At>,
    /// The PIN of who served, as it came.
    pub pin: Option<Pin>,
    /// A session that stands for it.
    pub session: Option<SessionText>,
    /// Why a manager passes over cooldown and caps, if one does (`COOL-1`).
    pub override_reason: Option<Reason>,
    /// The code of the card that was shown, as read.
    pub live: Option<ShownCode>,
}

impl Circumstances {
    /// In which store, and who served.
    pub fn of(store: Option<StoreRef>, staff: &Option<Label>) -> Self {
        Self {
            store: store.map(|id| id.0),
            staff: staff.clone(),
            ..Self::default()
        }
    }

    /// The same with what was written beside it.
    pub fn noted(self, note: &Option<Note>) -> Self {
        Self {
            note: note.clone(),
            ..self
        }
    }

    /// The same with the code of the card that was shown.
    pub fn live(self, shown: &Option<ShownCode>) -> Self {
        Self {
            live: shown.clone(),
            ..self
        }
    }

    /// The same with what proves who served.
    pub fn shown(self, pin: &Option<PinWord>, session: &Option<SessionWord>) -> Self {
        Self {
            pin: pin.clone().map(|word| word.0),
            session: session.clone().map(|word| word.0),
            ..self
        }
    }

    /// The same with why a manager passes over limits.
    pub fn overriding(self, reason: Option<OverrideReason>) -> Self {
        Self {
            override_reason: reason.map(|reason| reason.0),
            ..self
        }
    }

    /// The same at an instant of the caller's.
    pub fn dated(self, occurred_at: Option<At>) -> Self {
        Self { occurred_at, ..self }
    }
}

/// The store: a terminal's own; a key's must be one it may use, and a key that may use only one means that one.
pub(super) fn store(
    asked: &Circumstances,
    caller: &Caller,
    catalogue: &Catalogue,
) -> (Option<StoreId>, Option<Objection>) {
    if asked.store.is_some_and(|store| catalogue.store(store).is_none()) {
        return (None, Some(Objection::NoSuchStore));
    }
    match (caller.principal(), asked.store) {
        (Principal::Terminal { store: own, .. }, asked) => {
            let is_other = asked.is_some_and(|store| store != *own);
            (Some(*own), is_other.then_some(Objection::StoreNotAllowed))
        }
        (Principal::Key { stores, .. }, None) => match stores.as_slice() {
            [] => (None, None),
            [only] => (Some(*only), None),
            _ => (None, Some(Objection::StoreNotNamed)),
        },
        (Principal::Key { stores, .. }, Some(store)) => {
            let is_allowed = stores.is_empty() || stores.contains(&store);
            (Some(store), (!is_allowed).then_some(Objection::StoreNotAllowed))
        }
    }
}

/// Who served: an id must exist; a name is matched, else kept beside the record, unverified.
pub(super) fn staff(
    asked: Option<Label>,
    catalogue: &Catalogue,
) -> (Option<StaffId>, Option<String>, Option<Objection>) {
    let Some(Text(name)) = asked else {
        return (None, None, None);
    };
    if name.starts_with("stf_") {
        let found = name.parse().ok().filter(|&id| catalogue.serving(id).is_some());
        let objection = found.is_none().then_some(Objection::NoSuchStaff);
        return (found, None, objection);
    }
    match catalogue.serving_named(&name) {
        Some(member) => (Some(member.id), None, None),
        None => (None, Some(name), None),
    }
}

/// When: a terminal's word is not heard; a key needs the scope (`CLOCK-1`).
pub(super) fn when(asked: Option<At>, caller: &Caller, api: &Api) -> Result<(When, Option<Objection>), Problem> {
    let Some(At(at)) = asked.filter(|_| matches!(caller.principal(), Principal::Key { .. })) else {
        return Ok((When::Now, None));
    };
    caller.may(permissions::Action::Backdate)?;
    let now = api.app.clock.now();
    let is_out = at > now || now > at.plus_minutes(BACKDATE_DAYS_MAX * 24 * 60);
    Ok((When::At(at), is_out.then_some(Objection::OccurredAtOutOfRange)))
}

/// What a terminal's call shows of who serves; none for keys, which are their own proof, and where nobody asks.
pub(super) async fn served(
    api: &Api,
    (caller, catalogue): (&Caller, &Catalogue),
    (action, card): (Action, Option<CardId>),
    asked: &Circumstances,
) -> Result<Option<Served>, Problem> {
    let Principal::Terminal { id, store } = caller.principal() else {
        return Ok(None);
    };
    let till = Till {
        merchant: caller.merchant(),
        terminal: *id,
        store: *store,
    };
    let named = asked.staff.as_ref().map(|Text(name)| named(name, catalogue));
    let brought = Brought {
        named,
        pin: asked.pin.clone(),
        session: asked.session.clone(),
        overrides: asked.override_reason.is_some(),
    };
    pins::present(&api.app, catalogue, till, (action, card), brought).await
}

/// Whose PIN it shall be; who left is found by id only, and refused like anybody else.
fn named(name: &str, catalogue: &Catalogue) -> Named {
    if let Ok(id) = name.parse() {
        return Named::Staff(id);
    }
    let member = catalogue.serving_named(name);
    member.map_or(Named::Nobody, |member| Named::Staff(member.id))
}

/// How the card was shown (`CRD-3`): whether the code is genuine and of this card; whether it is fresh, the rules say.
pub(super) fn proof(shown: Option<ShownCode>, caller: &Caller, card: Option<CardId>, api: &Api) -> Proof {
    let Some(ShownCode(code)) = shown else {
        return Proof::None;
    };
    let known = api.app.secrets.card_of_code(&code);
    let known = known.filter(|known| known.merchant == caller.merchant() && Some(known.card) == card);
    let live = known.and_then(|known| {
        Some(Live {
            generation: known.generation,
            step: known.step?,
            seen_at: api.app.clock.now(),
        })
    });
    live.map_or(Proof::Unknown, Proof::Live)
}
