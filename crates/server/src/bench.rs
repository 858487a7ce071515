//! `trei bench`: drives the real server over HTTP on this machine and prints ratios. Everything that is compared is
//! measured in the same run, in rounds that take turns, and told as the median of the rounds. It knows the API as any
//! caller does; only the filling of the shop, the direct loop and the audit use the library.

mod direct;
mod engine;
mod fill;
mod histogram;
mod load;
mod pgbench;
mod process;
mod ratios;
mod remote;
mod report;
mod series;
mod submit;
mod visits;
mod wire;

pub use ratios::{Better, Figure, Footprint, Verdict};
pub use report::{Audited, Report};
pub use series::{Mix, Round, Series};

use crate::error::Error;
use std::path::PathBuf;
use std::time::Duration;

/// Which engines are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum EngineChoice {
    /// SQLite only.
    Sqlite,
    /// PostgreSQL only.
    Postgres,
    /// Both, one after the other; PostgreSQL is left out, and said to be, where it is not installed.
    Both,
}

/// What to measure.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Which engines to measure; each is started on a folder of its own and removed afterwards.
    #[arg(long, value_enum, default_value = "both")]
    pub engine: EngineChoice,
    /// Connections of the usual series.
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub connections: u16,
    /// Counted seconds of each series in each round.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// Rounds in which the series take turns.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub rounds: u32,
    /// Cards that are opened before the load.
    #[arg(long, default_value_t = 100_000)]
    pub cards: usize,
    /// Only these series, separated by commas; ratios need both of theirs.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub mix: Vec<Mix>,
    /// Drive a running server instead. Its cards get real stamps.
    #[arg(long, requires = "credentials")]
    pub url: Option<url::Url>,
    /// How to sign in there: the file that `trei demo --credentials` writes.
    #[arg(long, requires = "url")]
    pub credentials: Option<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
    /// The program to start; this one when not said.
    #[arg(long, hide = true)]
    pub program: Option<PathBuf>,
}

impl Options {
    /// Whether a series is wanted.
    fn wants(&self, mix: Mix) -> bool {
        if self.mix.is_empty() {
            mix != Mix::Ledger
        } else {
            self.mix.contains(&mix)
        }
    }

    fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }

    /// What is not counted: connections open, caches fill.
    fn warm_up(&self) -> Duration {
        (self.time() / 5).clamp(Duration::from_millis(300), Duration::from_secs(3))
    }
}

/// Connections of the wide series.
const WIDE: usize = 256;

/// Measures.
///
/// # Errors
/// When a server, an engine or a file that was asked for cannot be had.
pub async fn run(options: Options) -> Result<Report, Error> {
    let mut report = Report {
        processors: std::thread::available_parallelism().map_or(0, usize::from),
        unoptimised: cfg!(debug_assertions),
        cards: options.cards,
        seconds: options.seconds,
        ..Report::default()
    };
    if let (Some(url), Some(credentials)) = (&options.url, &options.credentials) {
        remote::measure(&options, url, credentials, &mut report).await?;
        return Ok(report);
    }
    if options.engine != EngineChoice::Postgres {
        engine::sqlite(&options, &mut report).await?;
    }
    if options.engine != EngineChoice::Sqlite {
        match db::temporary::programs() {
            Ok(_) => engine::postgres(&options, &mut report).await?,
            Err(error) if options.engine == EngineChoice::Postgres => return Err(error.into()),
            Err(error) => report.notes.push(format!("PostgreSQL was left out: {error}")),
        }
    }
    report
        .notes
        .push("Not measured here: millions of cards and of events, imports, backups.".to_owned());
    Ok(report)
}
