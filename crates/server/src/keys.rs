//! API keys: made with what they may do, where, from where and until when; taken back at once. The token is shown once; a
//! hash of it is stored.

use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::client_address::Network;
use crate::error::Error;
use crate::identity::{Scope, scopes_text, stores_text};
use crate::secrets::SecretError;
use crate::sql::{catalogue, credentials};
use crate::tokens::{self, TokenOf};
use db::{Row, params};
use domain::ids::{KeyId, MerchantId, StoreId};
use domain::moment::Instant;
use serde_json::json;

/// A key to make.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Where; empty for everywhere.
    pub stores: Vec<StoreId>,
    /// From where; empty for everywhere.
    pub networks: Vec<Network>,
    /// Until when; none for good.
    pub expires_at: Option<Instant>,
}

/// Why a key is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// It could do nothing.
    #[error("a key needs at least one scope")]
    NoScopes,
    /// It would be over before it begins.
    #[error("the end of the key lies in the past")]
    EndsInThePast,
}

/// A key as it is listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Which.
    pub key: KeyId,
    /// What it is called.
    pub name: String,
    /// What it may do, separated by blanks.
    pub scopes: String,
    /// Where, separated by blanks; empty for everywhere.
    pub stores: String,
    /// From where, separated by blanks; empty for everywhere.
    pub networks: String,
    /// Until when.
    pub expires_at: Option<Instant>,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
    /// When it was used last, to the minute.
    pub last_used_at: Option<Instant>,
}

impl NewKey {
    fn check(&self, now: Instant) -> Result<(), InvalidKey> {
        if self.scopes.is_empty() {
            return Err(InvalidKey::NoScopes);
        }
        if self.expires_at.is_some_and(|end| end <= now) {
            return Err(InvalidKey::EndsInThePast);
        }
        Ok(())
    }
}

/// Makes a key, and tells its token.
///
/// # Errors
/// When the database refuses; inside, what is wrong with it.
pub async fn make(
    app: &App,
    who: Who,
    merchant: MerchantId,
    new: &NewKey,
) -> Result<Result<(KeyId, String), InvalidKey>, Error> {
    let now = app.clock.now();
    if let Err(invalid) = new.check(now) {
        return Ok(Err(invalid));
    }
    let broken = |error: SecretError| Error::malformed("a key", error);
    let key = KeyId(app.secrets.new_id(now).map_err(broken)?);
    let token = tokens::new_token(&app.secrets, merchant, TokenOf::Key(key)).map_err(broken)?;
    let (scopes, stores) = (scopes_text(&new.scopes), stores_text(&new.stores));
    let networks = new
        .networks
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ");
    let expires_at = new.expires_at.map(|end| end.0);
    let change = Change::made(json!({
        "name": new.name, "scopes": scopes, "stores": stores, "addresses": networks, "expires_at": expires_at,
    }));
    let entry = Entry::new(&app.secrets, who, Action::KeyMade).map_err(broken)?;
    let entry = entry.at(merchant).about(key).with(change);
    let row = params![
        merchant.0,
        key.0,
        &*new.name,
        tokens::hash(&token),
        scopes,
        stores,
        now.0
    ];
    let limits = params![merchant.0, key.0, networks, expires_at];
    app.db
        .write::<_, Error, _>(move |tx| {
            tx.run(&credentials::ADD_KEY, &row)?;
            tx.run(&credentials::LIMIT_KEY, &limits)?;
            audit_log::note(tx, &entry, now)
        })
        .await?;
    Ok(Ok((key, token)))
}

/// Takes a key back: it is refused at its next write, in whichever process. False when there is none, or it was taken back
/// before.
///
/// # Errors
/// When the database fails.
pub async fn revoke(app: &App, who: Who, merchant: MerchantId, key: KeyId) -> Result<bool, Error> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, who, Action::KeyRevoked);
    let entry = entry.map_err(|error| Error::malformed("a row of the log", error))?;
    app.db
        .write(move |tx| {
            let Some(row) = tx.row(&credentials::REVOKE_KEY, &params![merchant.0, key.0, now.0])? else {
                return Ok(false);
            };
            // The ledger reads who was taken back with the rest of the catalogue.
            tx.run(&catalogue::RAISE_REVISION, &params![merchant.0])?;
            let name: String = row.get(0)?;
            let change = Change::of(json!({ "name": name }), json!({ "name": name, "status": "revoked" }));
            audit_log::note(tx, &entry.at(merchant).about(key).with(change), now)?;
            Ok(true)
        })
        .await
}

/// A merchant's keys, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId) -> Result<Vec<Listed>, Error> {
    app.db
        .read(move |tx| {
            let rows = tx.rows(&credentials::KEYS, &params![merchant.0])?;
            rows.iter().map(listed).collect()
        })
        .await
}

fn listed(row: &Row) -> Result<Listed, Error> {
    let instant = |place: usize| Ok::<_, Error>(row.get::<Option<i64>>(place)?.map(Instant));
    Ok(Listed {
        key: KeyId(row.get(0)?),
        name: row.get(1)?,
        scopes: row.get(2)?,
        stores: row.get(3)?,
        networks: row.get(4)?,
        expires_at: instant(5)?,
        revoked_at: instant(6)?,
        last_used_at: instant(7)?,
    })
}
