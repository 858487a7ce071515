//! `trei serve`: answers until it is told to stop, then finishes what it accepted.

use super::UNREACHABLE;
use crate::app::App;
use crate::config::Config;
use crate::error::Error;
use crate::ledger::LedgerOptions;
use crate::{jobs, migrations, routes, start};
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long requests under way may take once the installation was told to stop.
const GRACE: Duration = Duration::from_secs(8);

/// How long the database may take to finish what it was given and to empty its log.
const CLOSING: Duration = Duration::from_secs(5);

/// Serves an installation as it is.
///
/// # Errors
/// When it cannot start.
#[allow(clippy::print_stdout, reason = "this is the command line")]
pub async fn serve(config: Config) -> Result<ExitCode, Error> {
    let listener = listen(&config).await?;
    let app = start::installation(config, options()).await?;
    println!("Trei serves {}", app.config.public_url);
    println!("API documentation: {}", app.config.address("/docs/api"));
    if let Some(warning) = app.config.unreachable() {
        println!("Please note: {warning}.");
    }
    answer(app, listener).await
}

/// How the ledger works here: `LOYALTY_BATCH_MAX` bounds a commit, for measuring.
pub fn options() -> LedgerOptions {
    let batch_max = std::env::var("LOYALTY_BATCH_MAX")
        .ok()
        .and_then(|text| text.parse().ok());
    let usual = LedgerOptions::default();
    LedgerOptions {
        batch_max: batch_max.unwrap_or(usual.batch_max),
        ..usual
    }
}

/// Takes the address before anything else is done, so that a port in use is told at once.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn listen(config: &Config) -> Result<TcpListener, Error> {
    let listen = config.listen;
    TcpListener::bind(listen).await.map_err(|error| {
        let cure = "another program may be using it; choose another with LOYALTY_LISTEN";
        Error::Unfit(format!("cannot listen on {listen}: {error}; {cure}"))
    })
}

/// Answers until SIGTERM or Ctrl-C; then accepts nothing more, answers what was accepted, closes the database, and ends.
/// When the database stops for good, the process ends too, so that whoever watches it starts it anew.
///
/// # Errors
/// When the socket fails.
pub async fn answer(app: App, listener: TcpListener) -> Result<ExitCode, Error> {
    tell_start(&app).await?;
    let db = app.db.clone();
    let (stop, mut stopped) = watch::channel(false);
    let work = tokio::spawn(jobs::run(app.clone()));
    let routes = routes::all(app.clone(), stopped.clone());
    tokio::spawn(async move {
        told_to_stop().await;
        tracing::info!("told to stop: answering what was accepted");
        // Nobody listens any more only when the server has ended already.
        let _ = stop.send(true);
    });
    let mut signal = stopped.clone();
    let served = axum::serve(listener, routes).with_graceful_shutdown(async move {
        let _ = signal.wait_for(|told| *told).await;
    });
    tokio::select! {
        ended = served => ended.map_err(Error::io("the server's socket failed"))?,
        () = async {
            let _ = stopped.wait_for(|told| *told).await;
            tokio::time::sleep(GRACE).await;
        } => tracing::warn!("some connections stayed open and were cut"),
        () = db.stopped() => {
            tracing::error!("nothing can be stored any more: the process ends");
            return Ok(ExitCode::from(UNREACHABLE));
        }
    }
    work.abort();
    if tokio::time::timeout(CLOSING, db.close()).await.is_err() {
        tracing::warn!("the database took too long to close");
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Says what runs here, in one line.
async fn tell_start(app: &App) -> Result<(), Error> {
    let about = app.db.about().await?;
    let schema = migrations::ALL.iter().map(|migration| migration.number).max();
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        engine = ?about.engine,
        engine_version = about.version,
        address = %app.config.listen,
        schema,
        "started"
    );
    if app.config.unreachable().is_some() {
        tracing::warn!(
            public_url = %app.config.public_url,
            "no other device can follow links to this address: LOYALTY_PUBLIC_URL is not set"
        );
    }
    Ok(())
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        // Without the signal there is still Ctrl-C.
        let _ = tokio::signal::ctrl_c().await;
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
