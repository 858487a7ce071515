//! Who asks. Only the extractors here make a [`Caller`], so a function that takes one has its proof. Verified credentials
//! are remembered for a second, so that the hot path reads nothing. It must not know what callers do.

mod remembered;
pub mod seen;

use crate::app::App;
use crate::catalogue::Catalogue;
use crate::client_address::{self, Client, Network};
use crate::error::Error;
use crate::headers::once;
use crate::permissions::{Action, Role};
use crate::problem::{Code, Problem};
use crate::secrets;
use crate::sql::credentials;
use crate::tokens::{self, Token, TokenOf};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use domain::event::Actor;
use domain::facts::Authority;
use domain::ids::{KeyId, MerchantId, StoreId, TerminalId};
use domain::moment::Instant;
use std::net::IpAddr;
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
    bounds: Bounds,
}

/// From where and until when a credential may be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bounds {
    /// Empty for everywhere.
    networks: Vec<Network>,
    expires_at: Option<Instant>,
}

impl Bounds {
    /// Whether it may be used now, from there: asked for each request, also where the credential is remembered.
    fn hold(&self, now: Instant, address: IpAddr) -> Result<(), Code> {
        if self.expires_at.is_some_and(|end| now >= end) {
            return Err(Code::Unauthenticated);
        }
        let allowed = self.networks.is_empty() || self.networks.iter().any(|network| network.contains(address));
        if allowed { Ok(()) } else { Err(Code::Forbidden) }
    }
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
    pub fn may(&self, action: Action) -> Result<(), Problem> {
        let allowed = match &self.principal {
            Principal::Key { scopes, .. } => action.scope().is_some_and(|scope| scopes.contains(&scope)),
            Principal::Terminal { .. } => Role::Terminal.may(action),
        };
        if allowed { Ok(()) } else { Err(Code::Forbidden.into()) }
    }
}

/// Finds out who asks, from the header `Authorization: Bearer …`, and what their merchant offers.
///
/// # Errors
/// `invalid_header` for two credentials; `unauthenticated`; `terminal_revoked`; `forbidden` from an address that the key
/// does not allow; `merchant_suspended`; `internal` when the database cannot be read.
pub async fn caller(
    app: &App,
    credentials: &Credentials,
    parts: &Parts,
) -> Result<(Arc<Caller>, Arc<Catalogue>), Problem> {
    let given = once(&parts.headers, &header::AUTHORIZATION)?;
    let token = given.and_then(bearer).ok_or(Code::Unauthenticated)?;
    let caller = verify(app, credentials, token).await?;
    let client = Client::of(&app.config.trusted_proxies, &parts.headers, &parts.extensions);
    caller.bounds.hold(app.clock.now(), client.address())?;
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
/// `unauthenticated`, the same for every way of being wrong; `terminal_revoked` for who has the token of a device that was
/// taken back; `internal` when the database cannot be read.
async fn verify(app: &App, credentials: &Credentials, token: &str) -> Result<Arc<Caller>, Problem> {
    let hash = tokens::hash(token);
    if let Some(caller) = credentials.recall(&hash) {
        return Ok(caller);
    }
    let parsed = tokens::parse(token).ok_or(Code::Unauthenticated)?;
    let found = match parsed.of {
        TokenOf::Key(id) => key(app, parsed, id, &hash).await,
        TokenOf::Terminal(id) => terminal(app, parsed, id, &hash).await,
    };
    let caller = Arc::new(found.map_err(|error| Problem::broken(&error))??);
    credentials.remember(hash, caller.clone());
    Ok(caller)
}

/// What the database says of a credential.
type Stands = Result<Result<Caller, Code>, Error>;

async fn key(app: &App, Token { merchant, of }: Token, id: KeyId, hash: &[u8]) -> Stands {
    let row = app.db.read(move |tx| credentials::key(tx, merchant.0, id.0)).await?;
    let sound = row.filter(|row| row.revoked_at.is_none() && secrets::is_same(&row.token_hash, hash));
    let Some(row) = sound else {
        return Ok(Err(Code::Unauthenticated));
    };
    seen::note(app, merchant, of, row.last_used_at);
    let networks = client_address::list(&row.ip_allow);
    Ok(Ok(Caller {
        merchant,
        principal: Principal::Key {
            id,
            scopes: stored("scopes", &row.scopes, Scope::of)?,
            stores: stored("stores", &row.stores, |id| id.parse().ok())?,
        },
        bounds: Bounds {
            networks: networks.map_err(|error| Error::malformed("the addresses of a key", error))?,
            expires_at: row.expires_at.map(Instant),
        },
    }))
}

async fn terminal(app: &App, Token { merchant, of }: Token, id: TerminalId, hash: &[u8]) -> Stands {
    let row = app
        .db
        .read(move |tx| credentials::terminal(tx, merchant.0, id.0))
        .await?;
    let Some(row) = row.filter(|row| secrets::is_same(&row.token_hash, hash)) else {
        return Ok(Err(Code::Unauthenticated));
    };
    if row.status != "paired" {
        return Ok(Err(Code::TerminalRevoked));
    }
    seen::note(app, merchant, of, row.last_seen_at);
    Ok(Ok(Caller {
        merchant,
        principal: Principal::Terminal {
            id,
            store: StoreId(row.store),
        },
        bounds: Bounds::default(),
    }))
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
