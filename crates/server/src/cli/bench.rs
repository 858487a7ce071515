//! `trei bench`: measures, prints a table of ratios, and says whether the floors are met.

use super::{WRONG, say};
use crate::bench::{self, Options};
use crate::error::Error;
use std::process::ExitCode;

/// Runs the bench.
///
/// # Errors
/// When a server cannot be started or reached.
pub async fn bench(options: Options) -> Result<ExitCode, Error> {
    let json = options.json;
    let report = bench::run(options).await?;
    if json {
        say(serde_json::to_string_pretty(&report).map_err(|error| Error::malformed("report", error))?)?;
    } else {
        say(&report)?;
    }
    Ok(if report.is_sound() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(WRONG)
    })
}
