//! Who asks. Only the extractors here make a [`Caller`], so a function that takes one has its proof. Verified credentials
//! are remembered for a second, so that the hot path reads nothing. It must not know what callers do.

mod remembered;

use crate::app::App;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::headers::once;
use crate::permissions::Role;
use crate::problem::{Code, Problem};
use crate::secrets;
use crate::sql::credentials;
use crate::tokens::{self, Token, TokenOf};
use axum::http::{HeaderMap, HeaderValue, header};
use domain::event::Actor;
use domain::facts::Authority;
use domain::ids::{KeyId, MerchantId, StoreId, TerminalId};
use std::sync::Arc;

pub use remembered::Credentials;

/// What an API key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// See cards and their history.
    CardsRead,
    /// Open, block, replace and close cards.
    CardsWrite,
    /// Give stamps and points.
    Earn,
    /// Hand out rewards.
    Redeem,
    /// Take events back.
    Void,
    /// Record returned goods.
    Returns,
    /// Correct balances.
    Adjust,
    /// See programs and rewards.
    ProgramsRead,
    /// Say that something happened earlier (`CLOCK-1`).
    Backdate,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Scope; 9] = [
        Scope::CardsRead,
        Scope::CardsWrite,
        Scope::Earn,
        Scope::Redeem,
        Scope::Void,
        Scope::Returns,
        Scope::Adjust,
        Scope::ProgramsRead,
        Scope::Backdate,
    ];

    /// The name in the API and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Scope::CardsRead => "cards:read",
            Scope::CardsWrite => "cards:write",
            Scope::Earn => "earn",
            Scope::Redeem => "redeem",
            Scope::Void => "void",
            Scope::Returns => "returns",
            Scope::Adjust => "adjust",
            Scope::ProgramsRead => "programs:read",
            Scope::Backdate => "backdate",
        }
    }

    /// The scope of a name.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// A program with an API key.
    Key {
        /// Which.
        id: KeyId,
        /// What it may do.
        scopes: Vec<Scope>,
        /// Where; empty for everywhere.
        stores: Vec<StoreId>,
    },
    /// A paired device.
    Terminal {
        /// Which.
        id: TerminalId,
        /// Where it stands.
        store: StoreId,
    },
}

/// A verified caller of a merchant that may work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    merchant: MerchantId,
    principal: Principal,
}

impl Caller {
    /// The tenant.
    pub fn merchant(&self) -> MerchantId {
        self.merchant
    }

    /// Who it is.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// The public id of the credential: the scope of idempotency keys (`IDM-1`).
    pub fn id(&self) -> String {
        match &self.principal {
            Principal::Key { id, .. } => id.to_string(),
            Principal::Terminal { id, .. } => id.to_string(),
        }
    }

    /// Who it is in the books.
    pub fn actor(&self) -> Actor {
        match &self.principal {
            Principal::Key { id, .. } => Actor::Key(*id),
            Principal::Terminal { id, .. } => Actor::Terminal(*id),
        }
    }

    /// With which right it acts: a key with the scope is its own proof, a terminal is bound as staff are.
    pub fn authority(&self) -> Authority {
        match &self.principal {
            Principal::Key { .. } => Authority::Key,
            Principal::Terminal { .. } => Authority::Cashier,
        }
    }

    /// Refuses what the caller may not do: a key by its scopes, a terminal by the table of permissions.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn may(&self, scope: Scope) -> Result<(), Problem> {
        let allowed = match &self.principal {
            Principal::Key { scopes, .. } => scopes.contains(&scope),
            Principal::Terminal { .. } => Role::Terminal.may_as(scope),
        };
        if allowed { Ok(()) } else { Err(Code::Forbidden.into()) }
    }
}

/// Finds out who asks, from the header `Authorization: Bearer …`, and what their merchant offers.
///
/// # Errors
/// `invalid_header` for two credentials; `unauthenticated`; `merchant_suspended`; `internal` when the database cannot be read.
pub async fn caller(
    app: &App,
    credentials: &Credentials,
    headers: &HeaderMap,
) -> Result<(Arc<Caller>, Arc<Catalogue>), Problem> {
    let given = once(headers, &header::AUTHORIZATION)?;
    let token = given.and_then(bearer).ok_or(Code::Unauthenticated)?;
    let caller = verify(app, credentials, token).await?;
    let catalogue = app
        .catalogue(caller.merchant)
        .await
        .map_err(|error| Problem::broken(&error))?;
    match catalogue {
        None => Err(Code::Unauthenticated.into()),
        Some(catalogue) if !catalogue.merchant.active => Err(Code::MerchantSuspended.into()),
        Some(catalogue) => Ok((caller, catalogue)),
    }
}

fn bearer(given: &HeaderValue) -> Option<&str> {
    let (scheme, token) = given.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Verifies a token: remembered, or read from the database.
///
/// # Errors
/// `unauthenticated`, the same for every way of being wrong; `internal` when the database cannot be read.
pub async fn verify(app: &App, credentials: &Credentials, token: &str) -> Result<Arc<Caller>, Problem> {
    let hash = tokens::hash(token);
    if let Some(caller) = credentials.recall(&hash) {
        return Ok(caller);
    }
    let parsed = tokens::parse(token).ok_or(Code::Unauthenticated)?;
    let found = read(app, parsed, hash.clone())
        .await
        .map_err(|error| Problem::broken(&error))?;
    let caller = Arc::new(found.ok_or(Code::Unauthenticated)?);
    credentials.remember(hash, caller.clone());
    Ok(caller)
}

async fn read(app: &App, token: Token, hash: Vec<u8>) -> Result<Option<Caller>, Error> {
    let merchant = token.merchant;
    let principal = match token.of {
        TokenOf::Key(id) => {
            let row = app.db.read(move |tx| credentials::key(tx, merchant.0, id.0)).await?;
            let sound = row.filter(|row| row.revoked_at.is_none() && secrets::is_same(&row.token_hash, &hash));
            sound
                .map(|row| {
                    Ok::<_, Error>(Principal::Key {
                        id,
                        scopes: stored("scopes", &row.scopes, Scope::of)?,
                        stores: stored("stores", &row.stores, |id| id.parse().ok())?,
                    })
                })
                .transpose()?
        }
        TokenOf::Terminal(id) => {
            let row = app
                .db
                .read(move |tx| credentials::terminal(tx, merchant.0, id.0))
                .await?;
            let sound = row.filter(|row| row.status == "paired" && secrets::is_same(&row.token_hash, &hash));
            sound.map(|row| Principal::Terminal {
                id,
                store: StoreId(row.store),
            })
        }
    };
    Ok(principal.map(|principal| Caller { merchant, principal }))
}

/// What is stored with a key, separated by blanks. What cannot be read fails: left out, it would say less than was meant,
/// and no store means every store.
fn stored<T>(what: &str, text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Error> {
    text.split_whitespace()
        .map(|one| read(one).ok_or_else(|| Error::malformed(format!("the {what} of a key"), "one is not known")))
        .collect()
}

/// Stores as they are stored with a key.
pub fn stores_text(stores: &[StoreId]) -> String {
    stores.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Scopes as they are stored.
pub fn scopes_text(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" ")
}
