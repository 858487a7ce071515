//! What is asked of a device, from the question to the one answer it gets.

use crate::app::App;
use crate::config::Config;
use crate::error::Error;
use crate::problem::Problem;
use crate::secrets::{base62, token_hash};
use crate::sql;
use db::params;
use domain::ids::UserId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::time::Duration;
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration, WebauthnError};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// How long a device may take to answer, in minutes.
const ANSWER_MINUTES: i64 = 5;
const SECRET_LENGTH: usize = 32;

/// What is asked of a device.
pub struct Asked {
    /// Names it, for the answer.
    pub ceremony: String,
    /// The options as browsers read them (`PublicKeyCredentialRequestOptionsJSON` or `…CreationOptionsJSON`).
    pub options: Value,
}

/// What a device answered, as a form brings it.
#[derive(Deserialize, Default)]
pub struct Answer {
    /// To what.
    #[serde(default)]
    pub ceremony: String,
    /// The answer, as JSON.
    #[serde(default)]
    pub answer: String,
}

/// What stands in the database until it is answered.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ceremony {
    Show(DiscoverableAuthentication),
    Add { user: UserId, state: PasskeyRegistration },
}

/// Whether passkeys work here: browsers bind them to a name, never to an address of the network, and only over TLS or on the
/// machine itself.
pub fn are_offered(config: &Config) -> bool {
    house(config).is_some()
}

pub(super) fn house(config: &Config) -> Option<Webauthn> {
    let origin = &config.public_url;
    let name = origin.domain()?;
    if origin.scheme() != "https" && name != "localhost" {
        return None;
    }
    let house = WebauthnBuilder::new(name, origin).ok()?.rp_name("Trei");
    let minutes = u64::try_from(ANSWER_MINUTES).unwrap_or(1);
    house.timeout(Duration::from_secs(minutes * 60)).build().ok()
}

pub(super) async fn keep(app: &App, ceremony: Ceremony, options: Value) -> Result<Asked, Problem> {
    let secret: [u8; SECRET_LENGTH] = app.secrets.random()?;
    let name = base62::encode(&secret);
    let state = json!(ceremony).to_string();
    let ends = app.clock.now().plus_minutes(ANSWER_MINUTES);
    let row = params![token_hash(&name), state, ends.0];
    let kept = app
        .db
        .write(move |tx| Ok::<_, Error>(tx.run(&sql::passkeys::ASK, &row)?));
    kept.await.map_err(|error| Problem::broken(&error))?;
    Ok(Asked {
        ceremony: name,
        options,
    })
}

/// What was asked, taken so that nobody answers it again.
pub(super) async fn taken(app: &App, name: &str) -> Result<Option<Ceremony>, Problem> {
    let key = params![token_hash(name), app.clock.now().0];
    let taken = app.db.write(move |tx| {
        let row = tx.row(&sql::passkeys::TAKE, &key)?;
        row.map(|row| told(row.get(0)?)).transpose()
    });
    taken.await.map_err(|error| Problem::broken(&error))
}

pub(super) fn told<T: DeserializeOwned>(text: String) -> Result<T, Error> {
    serde_json::from_str(&text).map_err(|error| Error::malformed("a passkey", error))
}

pub(super) fn broken(error: &WebauthnError) -> Problem {
    Problem::broken(error)
}
