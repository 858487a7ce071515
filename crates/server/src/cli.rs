//! The command line: what people type, and the exit codes they can rely on. 0 done, 1 found something wrong, 2 wrong
//! usage or a setting that cannot be used, 3 cannot reach what it needs.

mod audit;
mod bench;
mod demo;
mod key;
mod log;
pub mod logs;
mod people;
mod serve;
mod staff;
mod terminal;
mod tools;

use crate::config::{self, Config};
use crate::error::Error;
use clap::{Parser, Subcommand};
use std::fmt::Display;
use std::io::{ErrorKind, Write as _};
use std::process::ExitCode;

/// Something is wrong with what was looked at.
pub const WRONG: u8 = 1;
/// What was typed or set cannot be used.
pub const UNUSABLE: u8 = 2;
/// What the command needs cannot be reached.
pub const UNREACHABLE: u8 = 3;

/// Loyalty that a shop, a chain or a town can host itself.
#[derive(Parser, Debug)]
#[command(name = "trei", version, about, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  trei serve                      a working installation in ./data, on http://127.0.0.1:8080
  trei demo                       the same, filled with a believable year
  trei demo --no-serve --size small --credentials demo.json
  trei audit --json               prove that the books balance
  trei log --merchant cafe-gare   who managed what, as lines of JSON
  trei operator create --email you@example.org   a link to become an operator
  trei terminal code --merchant cafe-gare --store GR --name \"Till 2\"
  trei staff pin --merchant cafe-gare stf_…      set a PIN, read from standard input
  trei key create --merchant cafe-gare --name \"Web shop\" --scopes earn,cards:read --expires 2027-01-01

Settings are environment variables, all optional: LOYALTY_DATA_DIR, LOYALTY_DATABASE_URL, LOYALTY_LISTEN,
LOYALTY_PUBLIC_URL, LOYALTY_TRUSTED_PROXIES, LOYALTY_RATE_LIMITS, LOYALTY_SECRET_KEY or LOYALTY_SECRET_KEY_FILE,
LOYALTY_SMTP_URL or LOYALTY_SMTP_URL_FILE, LOYALTY_MAIL_FROM, LOYALTY_LOG, LOYALTY_LOG_FORMAT, LOYALTY_BATCH_MAX,
LOYALTY_DEVELOPMENT. README.md says what each means.
Exit codes: 0 done, 1 something is wrong, 2 wrong usage or setting, 3 something needed cannot be reached.";

#[derive(Subcommand, Debug)]
enum Command {
    /// Serve the API and the pages.
    Serve,
    /// Fill an empty database with a believable year, and serve it.
    Demo(demo::Arguments),
    /// Prove that the books balance: fold every card, compare, check the hash chains.
    Audit(audit::Arguments),
    /// Write out who managed what, newest first, as lines of JSON.
    Log(log::Arguments),
    /// Invite operators, list them, let them in no more.
    #[command(subcommand)]
    Operator(people::Operators),
    /// Invite users of a merchant's back office, list them, let them in no more.
    #[command(subcommand)]
    User(people::Users),
    /// Make, list and take back API keys.
    #[command(subcommand)]
    Key(key::Wanted),
    /// Make terminals with a code that pairs a device; list them, take them back.
    #[command(subcommand)]
    Terminal(terminal::Wanted),
    /// Say who serves, set their PINs, end locks; list them, let them go.
    #[command(subcommand)]
    Staff(staff::Wanted),
    /// Drive the real server with load and print ratios.
    Bench(crate::bench::Options),
}

/// Runs what was typed, and ends without waiting for threads that still wait for something: a database that does not
/// answer must not keep the process.
pub fn run() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime.map_err(Error::io("the process cannot have the threads it needs")) {
        Ok(runtime) => {
            let code = runtime.block_on(typed());
            runtime.shutdown_background();
            code
        }
        Err(error) => {
            complain(&error);
            ExitCode::from(UNREACHABLE)
        }
    }
}

async fn typed() -> ExitCode {
    let cli = Cli::parse();
    let done = match Config::from_environment() {
        Err(invalid) => Err(Error::from(invalid)),
        Ok(config) => {
            logs::start(&config.logging, matches!(cli.command, Command::Demo(_)));
            for name in config::unknown() {
                tracing::warn!(name, "this is not a setting: `trei --help` names them");
            }
            match cli.command {
                Command::Serve => serve::serve(config).await,
                Command::Demo(arguments) => demo::demo(config, arguments).await,
                Command::Bench(options) => bench::bench(options).await,
                Command::Operator(asked) => people::operators(config, asked).await,
                Command::User(asked) => people::users(config, asked).await,
                Command::Key(wanted) => key::key(config, wanted).await,
                Command::Terminal(wanted) => terminal::terminal(config, wanted).await,
                Command::Staff(wanted) => staff::staff(config, wanted).await,
                Command::Log(arguments) => log::log(config, arguments).await,
                Command::Audit(arguments) => audit::audit(config, arguments).await,
            }
        }
    };
    done.unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(match error {
            Error::Setting(_) => UNUSABLE,
            _ => UNREACHABLE,
        })
    })
}

/// Says something on standard output. Who has read enough and left is no failure.
///
/// # Errors
/// When it cannot be written.
fn say(line: impl Display) -> Result<(), Error> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        said => said.map_err(Error::io("the standard output cannot be written to")),
    }
}

/// Says what went wrong, with its causes, on standard error.
#[allow(clippy::print_stderr, reason = "this is the command line")]
fn complain(error: &Error) {
    eprintln!("trei: {error}");
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        eprintln!("  because: {inner}");
        cause = inner.source();
    }
}
