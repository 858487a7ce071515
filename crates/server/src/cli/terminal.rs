//! `trei terminal`: terminals with the codes that pair their devices. What it does is noted as done at the console.

use super::tools::{installation, merchant, store, told, unusable};
use super::{WRONG, say};
use crate::app::App;
use crate::audit_log::Who;
use crate::config::Config;
use crate::error::Error;
use crate::problem::rfc3339;
use crate::terminals;
use crate::texts;
use clap::Subcommand;
use domain::ids::TerminalId;
use std::process::ExitCode;

/// Letters of a name.
const NAME_MAX: usize = 80;

/// What is wanted.
#[derive(Subcommand, Debug)]
pub enum Wanted {
    /// Make a terminal and print the code that pairs one device, within ten minutes.
    Code {
        /// Whose, by its name in addresses.
        #[arg(long, value_name = "SLUG")]
        merchant: String,
        /// In which store, by code or id.
        #[arg(long, value_name = "CODE")]
        store: String,
        /// What it is called.
        #[arg(long)]
        name: String,
    },
    /// List a merchant's terminals, newest first.
    List {
        /// Whose, by its name in addresses.
        #[arg(long, value_name = "SLUG")]
        merchant: String,
    },
    /// Take a terminal back: its device is refused from now on.
    Revoke {
        /// Whose, by its name in addresses.
        #[arg(long, value_name = "SLUG")]
        merchant: String,
        /// Which: its id, as the list shows it.
        terminal: String,
    },
}

/// Does what is wanted.
///
/// # Errors
/// When there is no installation, or its database cannot be reached.
pub async fn terminal(config: Config, wanted: Wanted) -> Result<ExitCode, Error> {
    let app = installation(config).await?;
    let code = match wanted {
        Wanted::Code { merchant, store, name } => make(&app, &merchant, &store, &name).await?,
        Wanted::List { merchant } => list(&app, &merchant).await?,
        Wanted::Revoke { merchant, terminal } => revoke(&app, &merchant, &terminal).await?,
    };
    app.db.clone().close().await;
    Ok(code)
}

async fn make(app: &App, slug: &str, named: &str, name: &str) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, slug).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    let store = match store(app, merchant, named).await? {
        Ok(store) => store,
        Err(code) => return Ok(code),
    };
    let Ok(name) = texts::text(name, NAME_MAX, false) else {
        return Ok(unusable(format!("a name has 1 to {NAME_MAX} letters")));
    };
    let made = terminals::make(app, Who::console(), merchant, store, &name).await?;
    say(format_args!("Terminal  {}", made.terminal))?;
    say(format_args!("Code      {}", made.code))?;
    say(format_args!("Until     {}", rfc3339(made.expires_at)))?;
    say(format_args!("Type it at {}", app.config.address("/till/pairings")))?;
    Ok(ExitCode::SUCCESS)
}

async fn list(app: &App, slug: &str) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, slug).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    for listed in terminals::list(app, merchant).await? {
        let (terminal, store, status, name) = (listed.terminal, listed.store, listed.status, listed.name);
        let seen = told(listed.last_seen_at);
        say(format_args!("{terminal}  {status:<8}  {store}  seen {seen}  {name}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn revoke(app: &App, slug: &str, typed: &str) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, slug).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    let Ok(terminal) = typed.parse::<TerminalId>() else {
        return Ok(unusable(format!("{typed} is not the id of a terminal")));
    };
    if terminals::revoke(app, Who::console(), merchant, terminal).await? {
        say(format_args!("{terminal} is taken back"))?;
        Ok(ExitCode::SUCCESS)
    } else {
        say(format_args!("{terminal} is not there, or was taken back before"))?;
        Ok(ExitCode::from(WRONG))
    }
}
