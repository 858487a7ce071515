//! `trei operator` and `trei user`: inviting people, listing them, and letting them in no more. An invitation is a link that
//! is good once and for a day; no password is ever typed here.

use super::{UNUSABLE, complain, say};
use crate::app::App;
use crate::audit_log::Who;
use crate::config::Config;
use crate::error::Error;
use crate::people::invitations::{self, Invited};
use crate::people::members::{self, Deed};
use crate::people::{OPERATORS, Refusal, address};
use crate::permissions::{Group, Role};
use crate::sql::lookups;
use crate::start;
use clap::{Args, Subcommand};
use domain::ids::{MerchantId, StoreId};
use std::process::ExitCode;

/// What may be done with operators.
#[derive(Subcommand, Debug)]
pub enum Operators {
    /// Print a link with which somebody becomes an operator.
    Create(CreateOperator),
    /// List the operators.
    List,
    /// Let an operator sign in no more.
    Disable(Whose),
}

/// Whom to invite.
#[derive(Args, Debug)]
pub struct CreateOperator {
    /// Their address.
    #[arg(long)]
    email: String,
    /// `owner`, `support` or `auditor`.
    #[arg(long, default_value = "owner")]
    role: String,
}

/// What may be done with a merchant's users.
#[derive(Subcommand, Debug)]
pub enum Users {
    /// Print a link with which somebody becomes a user of a merchant.
    Create(CreateUser),
    /// List the users of a merchant.
    List(OfMerchant),
    /// Let a user sign in no more.
    Disable(WhoseAt),
}

/// Whom to invite.
#[derive(Args, Debug)]
pub struct CreateUser {
    #[command(flatten)]
    of: OfMerchant,
    /// Their address.
    #[arg(long)]
    email: String,
    /// `owner`, `manager`, `accountant` or `viewer`.
    #[arg(long)]
    role: String,
    /// Only these stores, by their codes, with commas between; every store when not given.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    stores: Vec<String>,
}

/// Of which merchant.
#[derive(Args, Debug)]
pub struct OfMerchant {
    /// The merchant, by its name in addresses.
    #[arg(long, value_name = "SLUG")]
    merchant: String,
}

/// Who.
#[derive(Args, Debug)]
pub struct Whose {
    /// Their address.
    #[arg(long)]
    email: String,
}

/// Who, at which merchant.
#[derive(Args, Debug)]
pub struct WhoseAt {
    #[command(flatten)]
    of: OfMerchant,
    #[command(flatten)]
    who: Whose,
}

/// Why it cannot be done: a sentence for who typed it, or something broken.
enum Unfit {
    Typed(String),
    Broken(Error),
}

impl From<Error> for Unfit {
    fn from(error: Error) -> Self {
        Unfit::Broken(error)
    }
}

impl From<Refusal> for Unfit {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::AddressTaken => Unfit::Typed("somebody signs in with this address already".to_owned()),
            other => Unfit::Broken(Error::malformed("an invitation", format!("{other:?}"))),
        }
    }
}

/// Does what was typed about operators.
///
/// # Errors
/// When the installation cannot be reached.
pub async fn operators(config: Config, asked: Operators) -> Result<ExitCode, Error> {
    let app = start::installation(config).await?;
    let done = match asked {
        Operators::Create(asked) => create_operator(&app, asked).await,
        Operators::List => list(&app, OPERATORS).await,
        Operators::Disable(who) => disable(&app, OPERATORS, &who.email).await,
    };
    end(app, done).await
}

/// Does what was typed about users.
///
/// # Errors
/// When the installation cannot be reached.
pub async fn users(config: Config, asked: Users) -> Result<ExitCode, Error> {
    let app = start::installation(config).await?;
    let done = match asked {
        Users::Create(asked) => create_user(&app, asked).await,
        Users::List(of) => match merchant(&app, &of.merchant).await {
            Ok(merchant) => list(&app, merchant).await,
            Err(unfit) => Err(unfit),
        },
        Users::Disable(asked) => match merchant(&app, &asked.of.merchant).await {
            Ok(merchant) => disable(&app, merchant, &asked.who.email).await,
            Err(unfit) => Err(unfit),
        },
    };
    end(app, done).await
}

async fn end(app: App, done: Result<(), Unfit>) -> Result<ExitCode, Error> {
    app.db.clone().close().await;
    match done {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(Unfit::Typed(sentence)) => {
            complain(&Error::Unfit(sentence));
            Ok(ExitCode::from(UNUSABLE))
        }
        Err(Unfit::Broken(error)) => Err(error),
    }
}

async fn create_operator(app: &App, asked: CreateOperator) -> Result<(), Unfit> {
    let invited = Invited {
        merchant: OPERATORS,
        role: role(Group::Operators, &asked.role)?,
        stores: Vec::new(),
        address: Some(read_address(&asked.email)?),
    };
    print(app, invited).await
}

async fn create_user(app: &App, asked: CreateUser) -> Result<(), Unfit> {
    let merchant = merchant(app, &asked.of.merchant).await?;
    let invited = Invited {
        merchant,
        role: role(Group::Users, &asked.role)?,
        stores: stores(app, merchant, &asked.stores).await?,
        address: Some(read_address(&asked.email)?),
    };
    print(app, invited).await
}

async fn print(app: &App, invited: Invited) -> Result<(), Unfit> {
    let path = invitations::invite(app, invited).await?;
    say(format_args!("Good once, for 24 hours: {}", app.config.address(&path)))?;
    Ok(())
}

async fn list(app: &App, merchant: MerchantId) -> Result<(), Unfit> {
    for person in members::list(app, merchant).await? {
        let state = if person.active { "active" } else { "disabled" };
        let (id, address, role, name) = (person.id, person.address, person.role.code(), person.name);
        say(format_args!("{id}  {state}  {role}  {address}  {name}"))?;
    }
    Ok(())
}

async fn disable(app: &App, merchant: MerchantId, email: &str) -> Result<(), Unfit> {
    let wanted = read_address(email)?;
    let people = members::list(app, merchant).await?;
    let person = people.into_iter().find(|person| person.address == wanted);
    let person = person.ok_or_else(|| Unfit::Typed("nobody signs in with this address there".to_owned()))?;
    members::act(app, Who::console(), merchant, person.id, Deed::End).await?;
    say(format_args!(
        "{} may no longer sign in; their sessions have ended.",
        person.id
    ))?;
    Ok(())
}

fn read_address(typed: &str) -> Result<String, Unfit> {
    address(typed).ok_or_else(|| Unfit::Typed("this is not an e-mail address".to_owned()))
}

fn role(group: Group, code: &str) -> Result<Role, Unfit> {
    let known: Vec<&str> = group.roles().map(Role::code).collect();
    Role::of(group, code).ok_or_else(|| Unfit::Typed(format!("the role is one of: {}", known.join(", "))))
}

async fn merchant(app: &App, slug: &str) -> Result<MerchantId, Unfit> {
    let slug = slug.to_owned();
    let found = app.db.read(move |tx| lookups::merchant_by_slug(tx, &slug)).await;
    let found = found.map_err(Error::from)?;
    found
        .map(MerchantId)
        .ok_or_else(|| Unfit::Typed("there is no merchant of that name".to_owned()))
}

async fn stores(app: &App, merchant: MerchantId, codes: &[String]) -> Result<Vec<StoreId>, Unfit> {
    let catalogue = app.catalogue(merchant).await?;
    let known = catalogue.map(|catalogue| catalogue.stores.clone()).unwrap_or_default();
    let find = |code: &String| {
        let found = known.iter().find(|store| store.code == *code).map(|store| store.id);
        found.ok_or_else(|| Unfit::Typed(format!("there is no store with the code {code}")))
    };
    codes.iter().map(find).collect()
}
