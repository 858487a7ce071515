//! `POST /pins/{pin_id}/verify`: who serves shows their PIN at a paired terminal (`PIN-6`, `PIN-7`). It tells nobody
//! whether a name or a PIN was wrong, and is never 404.

use crate::api::Api;
use crate::api::fields::{Field, body};
use crate::api::kinds::PinWord;
use crate::api::query;
use crate::api::request::{in_path, read_json};
use crate::identity::{self, Principal};
use crate::pins::{self, Named, Till};
use crate::problem::{Code, Place, Problem, rfc3339};
use crate::rate_limits::Kind;
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use domain::ids::PinId;
use serde::Serialize;
use utoipa::ToSchema;

body! {
    /// A PIN that was typed.
    pub struct VerificationRequest {
        /// The digits.
        pub pin: PinWord,
    }
}

/// Who has shown their PIN.
#[derive(Serialize, ToSchema)]
#[schema(as = Verification)]
pub struct VerificationView {
    /// Who.
    #[schema(example = "stf_01kan2x8fye4ttq8z0n9ms3v4c")]
    staff: String,
    /// `cashier` or `manager`.
    #[schema(example = "cashier")]
    role: String,
    /// What stands for the PIN when this terminal earns, for a few minutes.
    #[schema(example = "ses_…")]
    session: String,
    /// Until when.
    #[schema(example = "2026-03-02T10:20:00Z")]
    expires_at: String,
    /// Whether they must choose another PIN.
    must_change: bool,
}

/// A call that was read.
pub struct Verification {
    till: Till,
    named: Named,
    place: Place,
    body: VerificationRequest,
}

impl FromRequest<Api> for Verification {
    type Rejection = Problem;

    async fn from_request(http: Request, api: &Api) -> Result<Self, Problem> {
        let (mut parts, body) = http.into_parts();
        let (caller, catalogue) = identity::caller(&api.app, &api.credentials, &parts).await?;
        let Principal::Terminal { id, store } = caller.principal() else {
            return Err(Code::Forbidden.into());
        };
        let (terminal, store) = (*id, *store);
        api.app.limit(Kind::PinVerify, &terminal.to_string()).await?;
        query::only(&parts, &[])?;
        // What is no id is nobody's PIN, and answered as such.
        let asked: Result<Option<PinId>, Problem> = in_path(&mut parts, "pin_id").await;
        let json = read_json(&parts, body).await?;
        Ok(Self {
            till: Till {
                merchant: caller.merchant(),
                terminal,
                store,
            },
            named: asked.ok().flatten().map_or(Named::Nobody, Named::Pin),
            place: Place::new(&catalogue, Some(store), api.app.clock.now()),
            body: VerificationRequest::read(&json, "").map_err(Problem::of_faults)?,
        })
    }
}

/// Show a PIN at a terminal. Unknown, left, elsewhere and wrong are the same answer; too many wrong tries lock.
#[utoipa::path(
    post, path = "/pins/{pin_id}/verify", operation_id = "verify_pin", tag = "pins",
    security(("bearer" = [])), request_body = VerificationRequest,
    responses((status = 200, description = "It is right.", body = VerificationView)),
)]
pub async fn create(State(api): State<Api>, asked: Verification) -> Result<Json<VerificationView>, Problem> {
    let shown = pins::verify(&api.app, asked.till, asked.named, &asked.body.pin.0).await?;
    let proof = shown.map_err(|refusal| Problem::of_pin(refusal, &asked.place))?;
    let session = pins::open(&proof);
    Ok(Json(VerificationView {
        staff: proof.staff().to_string(),
        role: proof.role().to_owned(),
        session: session.text(&api.app.secrets),
        expires_at: rfc3339(session.expires_at()),
        must_change: proof.must_change(),
    }))
}
