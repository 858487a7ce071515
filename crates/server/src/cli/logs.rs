//! Structured logs on standard error: sentences for people on a terminal, JSON otherwise or when asked.

use crate::config::{Format, LOG_USUAL, Logging};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{LevelFilter, ParseError, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Enough for somebody who looks around: nothing moves the addresses away that were printed for clicking.
const QUIET: &str = "warn";

/// Libraries that would tell too much at their most talkative: addresses, which hold tokens, and the values of SQL.
/// Whatever the setting says, all of their modules stay at warnings.
const DISCREET: [&str; 5] = ["tokio_postgres", "tower_http", "hyper", "hyper_util", "rustls"];

/// What a setting asks for.
///
/// # Errors
/// When the setting cannot be understood.
pub fn filter(setting: &str) -> Result<EnvFilter, ParseError> {
    EnvFilter::try_new(setting)
}

/// What stays untold whatever is asked for: a filter of its own, since in one filter the longer name would win.
pub fn discretion() -> Targets {
    let all = Targets::new().with_default(LevelFilter::TRACE);
    all.with_targets(DISCREET.map(|library| (library, LevelFilter::WARN)))
}

/// Starts logging as the settings say; a demonstration on a terminal, of which nothing is said, tells warnings only.
pub fn start(logging: &Logging, demonstration: bool) {
    let terminal = std::io::stderr().is_terminal();
    let usual = if demonstration && terminal { QUIET } else { LOG_USUAL };
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match (logging.format, terminal) {
        (Some(Format::Json), _) | (None, false) => lines.json().flatten_event(true).boxed(),
        _ => lines
            .with_ansi(terminal && std::env::var_os("NO_COLOR").is_none())
            .boxed(),
    };
    // The setting was read once already, when it was checked.
    let asked = filter(logging.asked.as_deref().unwrap_or(usual)).unwrap_or_default();
    let started = tracing_subscriber::registry()
        .with(discretion())
        .with(asked)
        .with(lines);
    // A second start, as in tests, keeps the first.
    drop(started.try_init());
}
