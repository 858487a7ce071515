//! `trei key`: API keys with what they may do, where, from where and until when. What it does is noted as done at the console.

use super::tools::{installation, merchant, store, told, unusable};
use super::{WRONG, say};
use crate::app::App;
use crate::audit_log::Who;
use crate::client_address;
use crate::config::Config;
use crate::error::Error;
use crate::identity::Scope;
use crate::keys::{self, NewKey};
use crate::texts;
use clap::{Args, Subcommand};
use domain::ids::{KeyId, MerchantId, StoreId};
use domain::moment::Instant;
use std::process::ExitCode;

/// Letters of a name.
const NAME_MAX: usize = 80;

/// What is wanted.
#[derive(Subcommand, Debug)]
pub enum Wanted {
    /// Make a key and print it, once.
    Create(Create),
    /// List a merchant's keys, newest first.
    List {
        /// Whose, by its name in addresses.
        #[arg(long, value_name = "SLUG")]
        merchant: String,
    },
    /// Take a key back: it is refused from now on.
    Revoke {
        /// Whose, by its name in addresses.
        #[arg(long, value_name = "SLUG")]
        merchant: String,
        /// Which: its id, as the list shows it.
        key: String,
    },
}

/// A key to make, as typed.
#[derive(Args, Debug)]
pub struct Create {
    /// Whose, by its name in addresses.
    #[arg(long, value_name = "SLUG")]
    merchant: String,
    /// What it is called.
    #[arg(long)]
    name: String,
    /// What it may do, such as `earn,cards:read`.
    #[arg(long, value_delimiter = ',', value_name = "SCOPE,…", required = true)]
    scopes: Vec<String>,
    /// In which stores, by code or id; everywhere when not given.
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    stores: Vec<String>,
    /// From which addresses or ranges, such as `192.0.2.7,10.0.0.0/8`; from everywhere when not given.
    #[arg(long, value_name = "ADDRESS,…", default_value = "", hide_default_value = true)]
    allow: String,
    /// Until when: a day, or an instant such as 2027-01-01T00:00:00Z; for good when not given.
    #[arg(long, value_name = "WHEN")]
    expires: Option<String>,
}

/// Does what is wanted.
///
/// # Errors
/// When there is no installation, or its database cannot be reached.
pub async fn key(config: Config, wanted: Wanted) -> Result<ExitCode, Error> {
    let app = installation(config).await?;
    let code = match wanted {
        Wanted::Create(create) => make(&app, create).await?,
        Wanted::List { merchant } => list(&app, &merchant).await?,
        Wanted::Revoke { merchant, key } => revoke(&app, &merchant, &key).await?,
    };
    app.db.clone().close().await;
    Ok(code)
}

async fn make(app: &App, create: Create) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, &create.merchant).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    let stores = match stores(app, merchant, &create.stores).await? {
        Ok(stores) => stores,
        Err(code) => return Ok(code),
    };
    let new = match read(&create, stores) {
        Ok(new) => new,
        Err(sentence) => return Ok(unusable(sentence)),
    };
    match keys::make(app, Who::console(), merchant, &new).await? {
        Ok((key, token)) => {
            say(format_args!("Key    {key}"))?;
            say(format_args!("Token  {token}"))?;
            say("It is shown this once: only a hash of it is kept.")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(invalid) => Ok(unusable(invalid.to_string())),
    }
}

async fn stores(app: &App, merchant: MerchantId, typed: &[String]) -> Result<Result<Vec<StoreId>, ExitCode>, Error> {
    let mut stores = Vec::new();
    for named in typed {
        match store(app, merchant, named).await? {
            Ok(store) => stores.push(store),
            Err(code) => return Ok(Err(code)),
        }
    }
    Ok(Ok(stores))
}

/// The key that was typed, or what is wrong with it.
fn read(create: &Create, stores: Vec<StoreId>) -> Result<NewKey, String> {
    let name = texts::text(&create.name, NAME_MAX, false);
    let scopes = create.scopes.iter().map(|typed| scope(typed));
    let networks = client_address::list(&create.allow);
    Ok(NewKey {
        name: name.map_err(|_| format!("a name has 1 to {NAME_MAX} letters"))?,
        scopes: scopes.collect::<Result<_, _>>()?,
        stores,
        networks: networks.map_err(|error| format!("{}: {error}", create.allow))?,
        expires_at: create.expires.as_deref().map(end).transpose()?,
    })
}

fn scope(typed: &str) -> Result<Scope, String> {
    Scope::of(typed).ok_or_else(|| {
        let known = Scope::ALL.map(Scope::code).join(", ");
        format!("there is no scope {typed:?}; there are {known}")
    })
}

/// An instant, or the beginning of a day in UTC.
fn end(typed: &str) -> Result<Instant, String> {
    let instant = typed.parse::<jiff::Timestamp>().ok();
    let day = || {
        let day = typed.parse::<jiff::civil::Date>().ok()?;
        Some(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
    };
    let at = instant.or_else(day);
    at.map(|at| Instant(at.as_microsecond()))
        .ok_or_else(|| format!("{typed} is neither a day nor an instant, such as 2027-01-01T00:00:00Z"))
}

async fn list(app: &App, slug: &str) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, slug).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    let everywhere = |text: &str| if text.is_empty() { "everywhere" } else { text }.to_owned();
    for listed in keys::list(app, merchant).await? {
        let state = match (listed.revoked_at, listed.expires_at) {
            (Some(at), _) => format!("revoked {}", told(Some(at))),
            (None, Some(end)) => format!("until {}", told(Some(end))),
            (None, None) => "for good".to_owned(),
        };
        say(format_args!("{}  {}", listed.key, listed.name))?;
        say(format_args!("  {state}, used {}", told(listed.last_used_at)))?;
        say(format_args!("  may {}", listed.scopes.replace(' ', ", ")))?;
        let (stores, networks) = (everywhere(&listed.stores), everywhere(&listed.networks));
        say(format_args!("  in {stores}, from {networks}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn revoke(app: &App, slug: &str, typed: &str) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, slug).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    let Ok(key) = typed.parse::<KeyId>() else {
        return Ok(unusable(format!("{typed} is not the id of a key")));
    };
    if keys::revoke(app, Who::console(), merchant, key).await? {
        say(format_args!("{key} is taken back"))?;
        Ok(ExitCode::SUCCESS)
    } else {
        say(format_args!("{key} is not there, or was taken back before"))?;
        Ok(ExitCode::from(WRONG))
    }
}
