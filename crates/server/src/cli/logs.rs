//! Structured logs on standard error: sentences for people on a terminal, JSON otherwise or when asked.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

const USUAL: &str = "warn,server=info,db=info";

/// Enough for somebody who looks around: nothing moves the addresses away that were printed for clicking.
const QUIET: &str = "warn";

/// Libraries that would tell too much at their most talkative: addresses, which hold tokens, and the values of SQL.
/// Whatever the setting says, they stay at warnings.
const DISCREET: [&str; 5] = ["tokio_postgres", "tower_http", "hyper", "hyper_util", "rustls"];

/// What is told: what a setting asks for, but never the secrets that libraries would tell.
pub fn filter(setting: &str) -> EnvFilter {
    let asked = EnvFilter::try_new(setting).unwrap_or_else(|_| EnvFilter::new(USUAL));
    let quiet = DISCREET
        .iter()
        .filter_map(|library| format!("{library}=warn").parse().ok());
    quiet.fold(asked, EnvFilter::add_directive)
}

/// Starts logging. `LOYALTY_LOG` says how much (`warn,server=info,db=info` when not set; warnings only for the
/// demonstration on a terminal), `LOYALTY_LOG_FORMAT` says `json` or `text`.
pub fn start(demonstration: bool) {
    let terminal = std::io::stderr().is_terminal();
    let usual = if demonstration && terminal { QUIET } else { USUAL };
    let filter = filter(std::env::var("LOYALTY_LOG").as_deref().unwrap_or(usual));
    let json = std::env::var("LOYALTY_LOG_FORMAT").map_or(!terminal, |format| format == "json");
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start, as in tests, keeps the first.
    let started = if json {
        lines.json().flatten_event(true).try_init()
    } else {
        lines
            .with_ansi(terminal && std::env::var_os("NO_COLOR").is_none())
            .try_init()
    };
    drop(started);
}
