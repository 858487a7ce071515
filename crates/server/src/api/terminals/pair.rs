//! `POST /terminals/pairings`: the device at which a code is typed becomes a terminal, and keeps a token of its own.

use crate::api::Api;
use crate::api::fields::{Field, body};
use crate::api::kinds::{At, Label};
use crate::api::query;
use crate::api::request::read_json;
use crate::client_address::Client;
use crate::problem::{Code, Problem};
use crate::rate_limits::{Kind, Limited};
use crate::terminals::{self, PairingRefusal};
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use domain::moment::Instant;
use serde::Serialize;
use utoipa::ToSchema;

body! {
    /// A code that was typed at a device.
    pub struct PairingRequest {
        /// The code, however it is typed.
        #[schema(example = "7KQ4-M2XA")]
        pub code: Label,
        /// What the device's own clock says, so that it hears when that is wrong.
        pub device_time: Option<At>,
    }
}

/// What a device needs to be a terminal.
#[derive(Serialize, ToSchema)]
#[schema(as = Pairing)]
pub struct PairingView {
    /// Which terminal it is.
    #[schema(example = "trm_01kan2x8fye4ttq8z0n9ms3v4c")]
    terminal: String,
    /// In which store.
    #[schema(example = "sto_01kan2x8fye4ttq8z0n9ms3v4c")]
    store: String,
    /// What it sends as its credential from now on. It is shown once.
    #[schema(example = "trei_trm_…")]
    token: String,
    /// What does not keep it from being a terminal, and should be put right: `clock_skew`, where its clock is five minutes off
    /// or more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(example = json!(["clock_skew"]))]
    warnings: Vec<&'static str>,
}

/// How far a device's clock may be off, in minutes: what is dated by it later is taken up to there.
const SKEW_MINUTES: i64 = 5;

/// What a device should put right.
fn warnings(device: Option<Instant>, now: Instant) -> Vec<&'static str> {
    let is_off = device.is_some_and(|device| !device.is_within(now, SKEW_MINUTES));
    if is_off { vec!["clock_skew"] } else { Vec::new() }
}

/// A call that was read.
pub struct Pairing {
    client: Client,
    body: PairingRequest,
}

impl FromRequest<Api> for Pairing {
    type Rejection = Problem;

    async fn from_request(http: Request, api: &Api) -> Result<Self, Problem> {
        let (parts, body) = http.into_parts();
        let client = Client::of(&api.app.config.trusted_proxies, &parts.headers, &parts.extensions);
        api.app.limit(Kind::Pairing, &client.counted().to_string()).await?;
        query::only(&parts, &[])?;
        let json = read_json(&parts, body).await?;
        let body = PairingRequest::read(&json, "").map_err(Problem::of_faults)?;
        Ok(Self { client, body })
    }
}

/// Pair a device by the code that was made for a terminal. The code is the credential; it works once, for ten minutes.
#[utoipa::path(
    post, path = "/terminals/pairings", operation_id = "pair_terminal", tag = "public", security(()),
    request_body = PairingRequest,
    responses((status = 201, description = "Paired.", body = PairingView)),
)]
pub async fn create(State(api): State<Api>, asked: Pairing) -> Result<(StatusCode, Json<PairingView>), Problem> {
    let outcome = terminals::pair(&api.app, asked.client.address(), &asked.body.code.0).await;
    let paired = outcome.map_err(|error| Problem::broken(&error))?.map_err(problem)?;
    let view = PairingView {
        terminal: paired.terminal.to_string(),
        store: paired.store.to_string(),
        token: paired.token,
        warnings: warnings(asked.body.device_time.map(|at| at.0), api.app.clock.now()),
    };
    Ok((StatusCode::CREATED, Json(view)))
}

fn problem(refusal: PairingRefusal) -> Problem {
    match refusal {
        PairingRefusal::Invalid => Code::PairingCodeInvalid.into(),
        PairingRefusal::Used => Code::PairingCodeUsed.into(),
        PairingRefusal::TooOften(seconds) => Limited::of_code(seconds).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_five_minutes_off_is_told() {
        let now = Instant(1_772_438_400_000_000);
        assert!(warnings(None, now).is_empty());
        for minutes in [-4, 0, 4] {
            assert!(warnings(Some(now.plus_minutes(minutes)), now).is_empty(), "{minutes}");
        }
        for minutes in [-5, 5, 60 * 24 * 365] {
            assert_eq!(
                warnings(Some(now.plus_minutes(minutes)), now),
                ["clock_skew"],
                "{minutes}"
            );
        }
    }
}
