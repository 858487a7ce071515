//! `trei staff`: who serves, and their PINs (`PIN-4`, `PIN-5`). What it does is noted as done at the console. A PIN is read
//! from standard input, as what stands on a command line is seen by everybody on the machine.

use super::tools::{installation, merchant, store, unusable};
use super::{WRONG, say};
use crate::app::App;
use crate::audit_log::Who;
use crate::config::Config;
use crate::error::Error;
use crate::locale::Locale;
use crate::pins::{self, Changed, Pin};
use crate::problem::{Code, Problem};
use crate::texts;
use clap::{Args, Subcommand, ValueEnum};
use domain::ids::{MerchantId, StaffId};
use std::process::ExitCode;

/// Letters of a name.
const NAME_MAX: usize = 80;
/// Bytes of a line that holds a PIN.
const LINE_MAX: u64 = 64;

/// What is wanted.
#[derive(Subcommand, Debug)]
pub enum Wanted {
    /// Somebody begins to serve; their PIN is read from standard input, an empty line is none.
    Add {
        /// Whose, by its name in addresses.
        #[arg(long, value_name = "SLUG")]
        merchant: String,
        /// What they are called, as the till shows it.
        #[arg(long)]
        name: String,
        /// What they may do.
        #[arg(long, default_value = "cashier")]
        role: Serving,
        /// In which stores, by code or id, separated by commas; everywhere if none is named.
        #[arg(long, value_name = "CODES", value_delimiter = ',')]
        stores: Vec<String>,
    },
    /// List who serves and who did.
    List {
        /// Whose, by its name in addresses.
        #[arg(long, value_name = "SLUG")]
        merchant: String,
    },
    /// Set somebody's PIN, read from standard input; locks and sessions end.
    Pin(One),
    /// End the lock of somebody's PIN.
    Unlock(One),
    /// Somebody serves no more: no PIN and no session of theirs is good from now on.
    Leave(One),
}

/// Somebody who serves.
#[derive(Args, Debug)]
pub struct One {
    /// Whose, by its name in addresses.
    #[arg(long, value_name = "SLUG")]
    merchant: String,
    /// Who: their id, as the list shows it.
    staff: String,
}

/// The roles of staff.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Serving {
    /// Serves.
    Cashier,
    /// Serves, and decides on the spot.
    Manager,
}

/// Does what is wanted.
///
/// # Errors
/// When there is no installation, or its database cannot be reached.
pub async fn staff(config: Config, wanted: Wanted) -> Result<ExitCode, Error> {
    let app = installation(config).await?;
    let code = match wanted {
        Wanted::Add {
            merchant,
            name,
            role,
            stores,
        } => add(&app, &merchant, (&name, role), &stores).await?,
        Wanted::List { merchant } => list(&app, &merchant).await?,
        Wanted::Pin(one) => set(&app, &one).await?,
        Wanted::Unlock(one) => unlock(&app, &one).await?,
        Wanted::Leave(one) => leave(&app, &one).await?,
    };
    app.db.clone().close().await;
    Ok(code)
}

async fn add(app: &App, slug: &str, (name, role): (&str, Serving), named: &[String]) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, slug).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    let mut stores = Vec::new();
    for named in named {
        match store(app, merchant, named).await? {
            Ok(store) => stores.push(store),
            Err(code) => return Ok(code),
        }
    }
    let Ok(name) = texts::text(name, NAME_MAX, false) else {
        return Ok(unusable(format!("a name has 1 to {NAME_MAX} letters")));
    };
    let role = match role {
        Serving::Cashier => "cashier",
        Serving::Manager => "manager",
    };
    let pin = typed();
    let added = pins::add(
        app,
        Who::console(),
        merchant,
        (&name, role, &stores),
        pin.as_ref().map(|pin| (pin, false)),
    )
    .await;
    match added {
        Ok(added) => {
            say(format_args!("Staff  {}", added.staff))?;
            say(format_args!("PIN    {}", added.pin))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problem) => refused(&problem),
    }
}

async fn list(app: &App, slug: &str) -> Result<ExitCode, Error> {
    let merchant = match merchant(app, slug).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(code),
    };
    for one in pins::list(app, merchant).await? {
        let serves = if one.active { "serves" } else { "left" };
        let pin = if one.has_pin { "has a PIN" } else { "no PIN" };
        let (staff, role, name) = (one.staff, one.role, one.name);
        say(format_args!("{staff}  {role:<8}  {serves:<7} {pin:<10} {name}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn set(app: &App, one: &One) -> Result<ExitCode, Error> {
    let (merchant, staff) = match found(app, one).await? {
        Ok(found) => found,
        Err(code) => return Ok(code),
    };
    let Some(pin) = typed() else {
        return Ok(unusable("no PIN came in on standard input"));
    };
    let set = pins::reset(app, Who::console(), merchant, staff, (&pin, false)).await;
    told(set.map(|()| format!("{staff} has another PIN")))
}

async fn unlock(app: &App, one: &One) -> Result<ExitCode, Error> {
    let (merchant, staff) = match found(app, one).await? {
        Ok(found) => found,
        Err(code) => return Ok(code),
    };
    let unlocked = pins::unlock(app, Who::console(), merchant, staff).await;
    told(unlocked.map(|()| format!("{staff} may try again")))
}

async fn leave(app: &App, one: &One) -> Result<ExitCode, Error> {
    let (merchant, staff) = match found(app, one).await? {
        Ok(found) => found,
        Err(code) => return Ok(code),
    };
    let left = pins::leave(app, Who::console(), merchant, staff).await;
    told(left.map(|changed| match changed {
        Changed::Yes => format!("{staff} serves no more"),
        Changed::No => format!("{staff} had left before"),
    }))
}

async fn found(app: &App, one: &One) -> Result<Result<(MerchantId, StaffId), ExitCode>, Error> {
    let merchant = match merchant(app, &one.merchant).await? {
        Ok(merchant) => merchant,
        Err(code) => return Ok(Err(code)),
    };
    let staff = one.staff.parse::<StaffId>();
    Ok(staff
        .map(|staff| (merchant, staff))
        .map_err(|_| unusable(format!("{} is nobody's id", one.staff))))
}

/// The first line of standard input; nothing if it is empty.
fn typed() -> Option<Pin> {
    use std::io::{BufRead, BufReader, Read};
    let mut line = String::new();
    let input = std::io::stdin().lock().take(LINE_MAX);
    BufReader::new(input).read_line(&mut line).ok()?;
    let pin = line.trim();
    (!pin.is_empty()).then(|| Pin::typed(pin))
}

fn told(outcome: Result<String, Problem>) -> Result<ExitCode, Error> {
    match outcome {
        Ok(sentence) => {
            say(format_args!("{sentence}"))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problem) => refused(&problem),
    }
}

/// What was typed cannot be used, or what it asks for cannot be done.
fn refused(problem: &Problem) -> Result<ExitCode, Error> {
    let sentence = problem.sentence(Locale::En);
    if matches!(
        problem.code,
        Code::PinFormat | Code::PinWeak | Code::PinReused | Code::NameTaken
    ) {
        return Ok(unusable(sentence));
    }
    say(format_args!("{sentence}"))?;
    Ok(ExitCode::from(WRONG))
}
