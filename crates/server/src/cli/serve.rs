//! `trei serve`: answers until it is told to stop, then finishes what it accepted.

use super::{UNREACHABLE, say};
use crate::app::App;
use crate::config::Config;
use crate::edge::GRACE;
use crate::error::Error;
use crate::people::invitations;
use crate::{connections, jobs, migrations, routes, start};
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long connections stay open once the installation was told to stop: as long as requests may take, and then a moment
/// in which they hear how they ended.
const OPEN: Duration = GRACE.saturating_add(Duration::from_secs(1));

/// How long the database may take to finish what it was given and to empty its log. With the above less than ten seconds.
const CLOSING: Duration = Duration::from_secs(2);

/// Serves an installation as it is.
///
/// # Errors
/// When it cannot start.
pub async fn serve(config: Config) -> Result<ExitCode, Error> {
    let listener = listen(&config).await?;
    let app = start::installation(config).await?;
    say(format_args!("Trei serves {}", app.config.public_url))?;
    say(format_args!("API documentation: {}", app.config.address("/docs/api")))?;
    if let Some(warning) = app.config.unreachable() {
        say(format_args!("Please note: {warning}."))?;
    }
    welcome(&app).await?;
    answer(app, listener).await
}

/// Where nobody runs the installation yet, whoever started it is told how to begin: on this terminal, and nowhere else.
///
/// # Errors
/// When the database fails.
async fn welcome(app: &App) -> Result<(), Error> {
    match invitations::first_operator(app).await {
        Ok(Some(path)) => say(format_args!(
            "Nobody runs this installation yet. Become its operator within 24 hours: {}",
            app.config.address(&path)
        )),
        Ok(None) => Ok(()),
        Err(refusal) => Err(Error::Unfit(format!(
            "the first operator cannot be invited: {refusal:?}"
        ))),
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

/// Answers until SIGTERM or Ctrl-C; then accepts nothing more, answers what was accepted, closes the database, and ends,
/// all within ten seconds: what a database does not answer by then is refused as busy.
/// When the database stops for good, the process ends too, so that whoever watches it starts it anew.
///
/// # Errors
/// When the database cannot be read.
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
    tokio::select! {
        () = connections::answer(listener, routes, stopped.clone()) => {}
        () = async {
            let _ = stopped.wait_for(|told| *told).await;
            tokio::time::sleep(OPEN).await;
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
