//! `trei demo`: fills an empty database with a believable year, once, and serves it.

use super::{audit::progress, say, serve};
use crate::app::App;
use crate::config::Config;
use crate::demo::{self, Credentials, Plan, Size};
use crate::error::Error;
use crate::jobs;
use crate::start;
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// What may be said.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Stop after filling.
    #[arg(long)]
    no_serve: bool,
    /// How much: 200 cards, a believable year, or ten of them.
    #[arg(long, value_enum, default_value_t = HowMuch::Believable)]
    size: HowMuch,
    /// Another number, another year.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write how to sign in, as JSON.
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum HowMuch {
    Small,
    Believable,
    Large,
}

impl From<HowMuch> for Size {
    fn from(size: HowMuch) -> Self {
        match size {
            HowMuch::Small => Size::Small,
            HowMuch::Believable => Size::Believable,
            HowMuch::Large => Size::Large,
        }
    }
}

/// Fills, tells how to sign in, and serves.
///
/// # Errors
/// When the database holds anything but a demonstration, or cannot be reached.
pub async fn demo(mut config: Config, arguments: Arguments) -> Result<ExitCode, Error> {
    config.demo = true;
    let listener = if arguments.no_serve {
        None
    } else {
        Some(serve::listen(&config).await?)
    };
    let app = start::installation(config).await?;
    let credentials = fill(&app, &arguments).await?;
    if let Some(file) = &arguments.credentials {
        let text =
            serde_json::to_string_pretty(&credentials).map_err(|error| Error::malformed("credentials", error))?;
        // One that is there may be readable for others; it is not when the secrets come.
        let kept = start::owned().create(true).truncate(true).open(file);
        let kept = kept.and_then(|mut kept| {
            start::make_own(&kept)?;
            kept.write_all(text.as_bytes())
        });
        kept.map_err(Error::io(format!("{} cannot be written", file.display())))?;
    }
    tell(&app, &credentials)?;
    match listener {
        Some(listener) => serve::answer(app, listener).await,
        None => {
            app.db.clone().close().await;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn fill(app: &App, arguments: &Arguments) -> Result<Credentials, Error> {
    let plan = Plan {
        size: arguments.size.into(),
        seed: arguments.seed,
        until: app.clock.now(),
    };
    let bar = progress("events");
    let base = app.config.address("");
    let credentials = demo::fill(&app.db, &app.catalogues, &app.secrets, &plan, &base, |done, of| {
        bar.set_length(of);
        bar.set_position(done);
    })
    .await?;
    // A year has passed: what followed from it is done.
    while jobs::follow_up(app).await? > 0 {}
    bar.finish_and_clear();
    Ok(credentials)
}

fn tell(app: &App, credentials: &Credentials) -> Result<(), Error> {
    say("Trei, with a believable year of four shops. Demonstration data: do not use it for a real shop.\n")?;
    say(format_args!("  Begin here           {}", app.config.address("/")))?;
    say(format_args!(
        "  API documentation    {}",
        app.config.address("/docs/api")
    ))?;
    say(format_args!(
        "  Sign in              {}\n    The operator       {}  {}",
        app.config.address("/signin"),
        credentials.operator.email,
        credentials.operator.password
    ))?;
    for merchant in &credentials.merchants {
        let kinds: Vec<&str> = merchant.programs.iter().map(|program| &*program.kind).collect();
        say(format_args!("\n  {}: {}", merchant.slug, kinds.join(", ")))?;
        if let Some(terminal) = merchant.terminals.first() {
            let till = app.config.address(&format!("/till#{}", terminal.token));
            say(format_args!("    Till               {till}"))?;
        }
        if let Some(card) = merchant.cards.first() {
            say(format_args!("    A customer's card  {}", card.link))?;
        }
        say(format_args!("    API key            {}", merchant.api_key))?;
        if let Some(owner) = merchant.users.first() {
            say(format_args!(
                "    The owner          {}  {}",
                owner.email, owner.password
            ))?;
        }
    }
    if let Some(warning) = app.config.unreachable() {
        say(format_args!("\nPlease note: {warning}."))?;
    }
    let folder = app.config.data_dir.display();
    say(format_args!("\nStop with Ctrl-C. What happened is kept in {folder}."))
}
