//! `trei log`: who managed what, newest first, one object of JSON a line. It writes nothing.

use super::{UNUSABLE, complain, say};
use crate::audit_log::{Filter, Of, read};
use crate::config::Config;
use crate::error::Error;
use crate::sql::lookups;
use crate::start;
use clap::Args;
use db::Db;
use domain::ids::MerchantId;
use std::process::ExitCode;
use uuid::Uuid;

/// How many rows are read at once.
const PAGE: i64 = 500;

/// What may be said.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Of which merchant, by its name in addresses; the installation's own log when not given.
    #[arg(long, value_name = "SLUG")]
    merchant: Option<String>,
    /// Only what this person, terminal or key did: a public id, `console`, `system` or `stranger`.
    #[arg(long, value_name = "ID", conflicts_with = "about")]
    by: Option<String>,
    /// Only what was done to this: a public id.
    #[arg(long, value_name = "ID", conflicts_with = "action")]
    about: Option<String>,
    /// Only this action, such as `terminal.signed_in`.
    #[arg(long)]
    action: Option<String>,
    /// At most so many rows.
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(i64).range(1..))]
    limit: i64,
}

impl Arguments {
    fn of(&self) -> Of {
        match (&self.by, &self.about, &self.action) {
            (Some(actor), _, Some(action)) => Of::ActorDoing(actor.clone(), action.clone()),
            (Some(actor), ..) => Of::Actor(actor.clone()),
            (_, Some(subject), _) => Of::Subject(subject.clone()),
            (_, _, Some(action)) => Of::Action(action.clone()),
            _ => Of::Everything,
        }
    }
}

/// Writes the log out.
///
/// # Errors
/// When there is no installation, or its database cannot be read.
pub async fn log(config: Config, arguments: Arguments) -> Result<ExitCode, Error> {
    let db = start::existing(&config).await?;
    let code = match merchant(&db, arguments.merchant.clone()).await? {
        Some(merchant) => {
            write_out(&db, merchant, &arguments).await?;
            ExitCode::SUCCESS
        }
        None => {
            complain(&Error::Unfit("there is no merchant of that name".to_owned()));
            ExitCode::from(UNUSABLE)
        }
    };
    db.close().await;
    Ok(code)
}

async fn merchant(db: &Db, slug: Option<String>) -> Result<Option<MerchantId>, Error> {
    let Some(slug) = slug else {
        return Ok(Some(MerchantId(Uuid::nil())));
    };
    let found = db.read(move |tx| lookups::merchant_by_slug(tx, &slug)).await?;
    Ok(found.map(MerchantId))
}

async fn write_out(db: &Db, merchant: MerchantId, arguments: &Arguments) -> Result<(), Error> {
    let mut filter = Filter {
        of: arguments.of(),
        ..Filter::default()
    };
    let mut left = arguments.limit;
    while left > 0 {
        let (page, asked) = (left.min(PAGE), filter.clone());
        let rows = db.read(move |tx| read(tx, merchant, &asked, page)).await?;
        for row in &rows {
            say(serde_json::to_string(row).map_err(|error| Error::malformed("a row of the log", error))?)?;
        }
        left = if rows.len() < PAGE as usize { 0 } else { left - PAGE };
        filter.before = rows.last().map(|row| row.sequence);
    }
    Ok(())
}
