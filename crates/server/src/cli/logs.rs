//! Structured logs on standard error: sentences for people on a terminal, JSON otherwise or when asked.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging. `LOYALTY_LOG` says how much (`warn,server=info` when not set), `LOYALTY_LOG_FORMAT` says `json` or
/// `text`.
pub fn start() {
    let filter = EnvFilter::try_from_env("LOYALTY_LOG").unwrap_or_else(|_| EnvFilter::new("warn,server=info"));
    let terminal = std::io::stderr().is_terminal();
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
