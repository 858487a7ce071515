//! `trei audit`: one line that says whether the books balance, and the cards that do not.

use super::{WRONG, say};
use crate::config::Config;
use crate::error::Error;
use crate::ledger::audit::{Report, audit as fold};
use crate::start;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::process::ExitCode;

/// What may be said.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Audits the installation, and makes none.
///
/// # Errors
/// When there is none, or its database cannot be reached.
pub async fn audit(config: Config, arguments: Arguments) -> Result<ExitCode, Error> {
    let db = start::existing(&config).await?;
    let bar = progress("cards");
    let report = fold(&db, |progress| {
        bar.set_length(progress.of_cards.unsigned_abs());
        bar.set_position(progress.cards.unsigned_abs());
    })
    .await?;
    bar.finish_and_clear();
    db.close().await;
    if arguments.json {
        let text = serde_json::to_string_pretty(&report).map_err(|error| Error::malformed("report", error))?;
        say(text)?;
    } else {
        print(&report)?;
    }
    Ok(if report.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(WRONG)
    })
}

fn print(report: &Report) -> Result<(), Error> {
    for difference in &report.differences {
        match difference.card {
            Some(card) => say(format_args!("{card} of {}: {}", difference.merchant, difference.what))?,
            None => say(format_args!("{}: {}", difference.merchant, difference.what))?,
        }
    }
    let (cards, events, log_rows) = (report.cards, report.events, report.log_rows);
    let told = i64::try_from(report.differences.len()).unwrap_or(i64::MAX);
    if report.more > 0 {
        say(format_args!("and {} more", report.more))?;
    }
    if report.log_rows_forgotten > 0 {
        say(format_args!(
            "{} log rows no longer say what was changed",
            report.log_rows_forgotten
        ))?;
    }
    match told + report.more {
        0 => say(format_args!(
            "audit: ok, {cards} cards, {events} events, {log_rows} log rows, every balance explained"
        )),
        1 => say(format_args!("audit: 1 difference, {cards} cards, {events} events")),
        many => say(format_args!(
            "audit: {many} differences, {cards} cards, {events} events"
        )),
    }
}

/// A progress bar on standard error, drawn only on a terminal.
pub fn progress(what: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = format!("{{bar:32}} {{pos}} of {{len}} {what}, {{elapsed}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}
