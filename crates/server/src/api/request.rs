//! How a call is read, in the order in which it may be refused: credential, address, key, shape of the body. What comes
//! out is an [`Asked`]: everything a handler needs to say what it wants. It must not know any rule.

use super::Api;
use super::circumstances::{proof, served, staff, store, when};
use super::fields::{Field, Given};
use super::json::{self, Json};
use crate::catalogue::Catalogue;
use crate::connections::SlowBody;
use crate::edge::RequestLocale;
use crate::headers::once;
use crate::identity::{self, Caller, Principal};
use crate::ledger::{IdempotencyKey, Objection, Submission, When};
use crate::locale::Locale;
use crate::permissions;
use crate::pins::Presented;
use crate::problem::{Code, Detail, Fault, Place, Problem};
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, RawPathParams, Request as HttpRequest};
use axum::http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use domain::Command;
use domain::event::{Origin, Reason};
use domain::facts::Authority;
use domain::ids::{CardId, MerchantId};
use domain::pin::Action;
use domain::proof::Proof;
use std::str::FromStr;
use std::sync::Arc;

pub use super::circumstances::Circumstances;

/// The largest body, in bytes.
pub const BODY_MAX: usize = 256 * 1024;
/// Fields that must leave no trace, not even in a hash.
const UNTRACED: [&str; 3] = ["pin", "proof", "session"];

/// A body that a call may have.
pub trait Asking: Field + Send {
    /// What its caller must be allowed to do.
    const ACTION: permissions::Action;
    /// What staff at a terminal may have to prove for it.
    const PIN_FOR: Option<Action> = None;
    /// Whether a key must say in which store.
    const NEEDS_STORE: bool = false;

    /// What is wrong between fields, and with what only the merchant's own settings can read.
    fn joint(_given: &Given<'_>, _catalogue: &Catalogue) -> Vec<Fault> {
        Vec::new()
    }

    /// Where, by whom and when.
    fn circumstances(&self) -> Circumstances;
}

/// A call that was read.
pub struct Asked<T> {
    /// Who asks.
    pub caller: Arc<Caller>,
    /// What the merchant offers.
    pub catalogue: Arc<Catalogue>,
    /// The language of the answer.
    pub locale: Locale,
    /// The card in the address.
    pub card: Option<CardId>,
    /// What is asked.
    pub body: T,
    /// The key under which it may be repeated.
    pub key: Option<IdempotencyKey>,
    origin: Origin,
    authority: Authority,
    presented: Presented,
    staff_name: Option<String>,
    note: Option<String>,
    when: When,
    objection: Option<Objection>,
    proof: Proof,
    override_reason: Option<Reason>,
}

/// A call that changes something: it carries an idempotency key.
pub struct Write<T>(pub Asked<T>);

/// A call that asks what a change would do.
pub struct Preview<T>(pub Asked<T>);

impl<T: Asking> FromRequest<Api> for Write<T> {
    type Rejection = Problem;

    async fn from_request(request: HttpRequest, api: &Api) -> Result<Self, Problem> {
        read(request, api, true).await.map(Self)
    }
}

impl<T: Asking> FromRequest<Api> for Preview<T> {
    type Rejection = Problem;

    async fn from_request(request: HttpRequest, api: &Api) -> Result<Self, Problem> {
        read(request, api, false).await.map(Self)
    }
}

async fn read<T: Asking>(request: HttpRequest, api: &Api, keyed: bool) -> Result<Asked<T>, Problem> {
    let (mut parts, body) = request.into_parts();
    let (caller, catalogue) = identity::caller(&api.app, &api.credentials, &parts).await?;
    caller.may(T::ACTION)?;
    let card = card_in_path(&mut parts).await?;
    super::query::only(&parts, &[])?;
    let key = idempotency_key(&parts.headers)?;
    if keyed && key.is_none() {
        return Err(Code::IdempotencyKeyRequired.into());
    }
    let json = read_json(&parts, body).await?;
    let body = read_body::<T>(&json, &caller, &catalogue)?;
    let circumstances = body.circumstances();
    let (store, no_store) = store(&circumstances, &caller, &catalogue);
    let shown = match T::PIN_FOR.filter(|_| keyed) {
        Some(action) => served(api, (&caller, &catalogue), (action, card), &circumstances).await?,
        None => None,
    };
    let (staff, staff_name, no_staff) = match &shown {
        Some(served) => (served.staff, None, None),
        None => staff(circumstances.staff, &catalogue),
    };
    let (when, no_time) = when(circumstances.occurred_at, &caller, api)?;
    let proof = proof(circumstances.live, &caller, card, api);
    Ok(Asked {
        proof,
        override_reason: circumstances.override_reason,
        key: key
            .filter(|_| keyed)
            .map(|key| api.idempotency(&parts, &caller.id(), &key, &json)),
        origin: Origin {
            actor: caller.actor(),
            store,
            staff,
        },
        authority: shown
            .as_ref()
            .map_or_else(|| caller.authority(), |served| served.authority),
        presented: shown.map(|served| served.presented).unwrap_or_default(),
        locale: locale(&parts),
        note: circumstances.note.map(|note| note.0),
        caller,
        catalogue,
        card,
        body,
        staff_name,
        when,
        objection: no_store.or(no_staff).or(no_time),
    })
}

impl<T> Asked<T> {
    /// A command for a card, with everything the call brought.
    pub fn submission(&self, card: CardId, command: Command) -> Submission {
        Submission {
            merchant: self.caller.merchant(),
            card,
            command,
            opening: None,
            pending: None,
            consents: Vec::new(),
            new_number: None,
            origin: self.origin,
            authority: self.authority,
            proof: self.proof,
            override_reason: self.override_reason,
            when: self.when,
            presented: self.presented.clone(),
            objection: self.objection,
            key: self.key.clone(),
            return_ref: None,
            staff_name: self.staff_name.clone(),
            note: self.note.clone(),
            locale: self.locale.code().to_owned(),
        }
    }

    /// The card in the address.
    ///
    /// # Errors
    /// `not_found` for an address without one.
    pub fn card(&self) -> Result<CardId, Problem> {
        self.card.ok_or_else(|| Code::NotFound.into())
    }

    /// Where and when an answer is told.
    pub fn place(&self, api: &Api) -> Place {
        Place::new(&self.catalogue, self.origin.store, api.app.clock.now())
    }

    /// The tenant.
    pub fn merchant(&self) -> MerchantId {
        self.caller.merchant()
    }
}

impl Api {
    /// The key with what it stands for: a hash of route, path and body without `pin`, `proof` and `session` (`IDM-2`).
    pub fn idempotency(&self, parts: &Parts, principal: &str, key: &str, body: &Json) -> IdempotencyKey {
        let template = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let route = format!("{} {template}", parts.method);
        let input_hash = self
            .app
            .secrets
            .input_hash(&route, parts.uri.path(), &body.canonical(&UNTRACED));
        IdempotencyKey::new(principal, &route, key, input_hash)
    }
}

/// The language of the answer.
pub fn locale(parts: &Parts) -> Locale {
    parts
        .extensions
        .get::<RequestLocale>()
        .map(|found| found.0)
        .unwrap_or_default()
}

/// The card in the address; a text that is no id is no card.
///
/// # Errors
/// `not_found`.
pub async fn card_in_path(parts: &mut Parts) -> Result<Option<CardId>, Problem> {
    in_path(parts, "card").await
}

/// An id in the address.
///
/// # Errors
/// `not_found` when there is something that is no id.
pub async fn in_path<T: FromStr>(parts: &mut Parts, name: &str) -> Result<Option<T>, Problem> {
    let params = RawPathParams::from_request_parts(parts, &())
        .await
        .map_err(|_| Code::NotFound)?;
    let found = params
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| text.parse());
    found.transpose().map_err(|_| Code::NotFound.into())
}

/// The idempotency key: bare or quoted, 1 to 128 visible ASCII characters (`IDM-1`).
///
/// # Errors
/// `idempotency_key_invalid`.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    const KEY_LENGTH_MAX: usize = 128;
    let mut values = headers.get_all("idempotency-key").iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return if headers.contains_key("idempotency-key") {
            Err(Code::IdempotencyKeyInvalid.into())
        } else {
            Ok(None)
        };
    };
    let text = value.to_str().map_err(|_| Code::IdempotencyKeyInvalid)?;
    let bare = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(text);
    let visible = bare.bytes().all(|byte| byte.is_ascii_graphic());
    if visible && (1..=KEY_LENGTH_MAX).contains(&bare.len()) {
        Ok(Some(bare.to_owned()))
    } else {
        Err(Code::IdempotencyKeyInvalid.into())
    }
}

/// Reads the body as JSON; a `DELETE` may have none.
///
/// # Errors
/// `invalid_header` for two content types; `unsupported_media_type`, `body_too_large`, `malformed_body`.
pub async fn read_json(parts: &Parts, body: Body) -> Result<Json, Problem> {
    let length = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let too_large = || Problem::with(Code::BodyTooLarge, "max", Detail::Number(BODY_MAX as i64));
    if length.is_some_and(|length| length > BODY_MAX as u64) {
        return Err(too_large());
    }
    let may_be_empty = parts.method == Method::DELETE;
    let content_type = once(&parts.headers, &header::CONTENT_TYPE)?;
    let is_bare = may_be_empty && content_type.is_none();
    if !is_bare && !content_type.is_some_and(is_json) {
        return Err(Code::UnsupportedMediaType.into());
    }
    let bytes = axum::body::to_bytes(body, BODY_MAX + 1).await.map_err(|error| {
        let cause = std::error::Error::source(&error);
        if cause.is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>()) {
            return too_large();
        }
        // It may well have been sound: the same call again, under the same key.
        let slow = std::iter::successors(cause, |cause| cause.source()).any(|cause| cause.is::<SlowBody>());
        if slow {
            Code::Busy.into()
        } else {
            Code::MalformedBody.into()
        }
    })?;
    match bytes.len() {
        0 if may_be_empty => Ok(Json::Object(Vec::new())),
        length if length > BODY_MAX => Err(too_large()),
        _ => json::parse(&bytes).map_err(|_| Code::MalformedBody.into()),
    }
}

/// `application/json`, with or without `charset=utf-8`.
fn is_json(content_type: &HeaderValue) -> bool {
    let value = content_type.to_str().unwrap_or_default();
    let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
    let charset = parameters.trim().to_ascii_lowercase();
    kind.trim().eq_ignore_ascii_case("application/json")
        && matches!(charset.as_str(), "" | "charset=utf-8" | "charset=\"utf-8\"")
}

/// Reads the fields, and what must hold between them; all faults are told together.
fn read_body<T: Asking>(json: &Json, caller: &Caller, catalogue: &Catalogue) -> Result<T, Problem> {
    let mut faults = Vec::new();
    if let Some(given) = Given::of(json) {
        faults = T::joint(&given, catalogue);
        if T::NEEDS_STORE && is_key(caller) && !given.has("store") {
            faults.push(Fault::new("/store", Code::Required));
        }
    }
    match T::read(json, "") {
        Ok(body) if faults.is_empty() => Ok(body),
        Ok(_) => Err(Problem::of_faults(faults)),
        Err(mut found) => {
            found.append(&mut faults);
            Err(Problem::of_faults(found))
        }
    }
}

fn is_key(caller: &Caller) -> bool {
    matches!(caller.principal(), Principal::Key { .. })
}
