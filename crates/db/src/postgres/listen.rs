//! The one connection that hears what other processes changed.
//! It must not be the only way to learn of a change: what happens while it is down is not repeated.

use super::connect::{Connector, Driven};
use super::{OwnProcesses, runtime};
use crate::error::Error;
use std::future::poll_fn;
use std::time::Duration;
use tokio::sync::{broadcast, oneshot, watch};
use tokio::time::sleep;
use tokio_postgres::AsyncMessage;

const PAUSE_MIN: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// Starts the thread and waits until it listens, so that nothing sent after `Db::open` is missed.
pub(super) async fn start(
    connector: Connector,
    own: OwnProcesses,
    changes: broadcast::Sender<String>,
    mut closed: watch::Receiver<()>,
) -> Result<(), Error> {
    let (ready, listening) = oneshot::channel();
    let body = move || match runtime() {
        Ok(runtime) => runtime.block_on(async {
            let listener = Listener {
                connector,
                own,
                changes,
            };
            tokio::select! {
                () = listener.run(ready) => {}
                // Fails when the database was dropped, which is what we wait for.
                _ = closed.changed() => {}
            }
        }),
        Err(error) => drop(ready.send(Err(error))),
    };
    let handle = std::thread::Builder::new().name("db-listener".to_owned()).spawn(body);
    handle.map_err(|error| Error::other("a thread", error))?;
    listening.await.map_err(|_| Error::Closed)?
}

struct Listener {
    connector: Connector,
    own: OwnProcesses,
    changes: broadcast::Sender<String>,
}

impl Listener {
    async fn run(&self, ready: oneshot::Sender<Result<(), Error>>) {
        let mut ready = Some(ready);
        let mut pause = PAUSE_MIN;
        loop {
            match self.listen(&mut ready).await {
                Ok(()) => pause = PAUSE_MIN,
                Err(error) => match ready.take() {
                    // The first attempt belongs to `open`, which fails with it.
                    Some(ready) => return drop(ready.send(Err(error))),
                    None => tracing::warn!(%error, "the listener could not connect"),
                },
            }
            sleep(pause).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
    }

    /// Listens until the connection ends; an error where it could not begin.
    async fn listen(&self, ready: &mut Option<oneshot::Sender<Result<(), Error>>>) -> Result<(), Error> {
        let (client, mut connection) = self.connector.open().await?;
        let listen = client.batch_execute("listen trei");
        tokio::pin!(listen);
        let mut asked = false;
        loop {
            tokio::select! {
                answer = &mut listen, if !asked => {
                    answer.map_err(Error::lost)?;
                    asked = true;
                    match ready.take() {
                        Some(ready) => drop(ready.send(Ok(()))),
                        // Something may have been said while nobody listened.
                        None => drop(self.changes.send(String::new())),
                    }
                }
                message = next(&mut connection) => match message {
                    Some(message) => self.hear(message),
                    None => return Ok(()),
                }
            }
        }
    }

    fn hear(&self, message: AsyncMessage) {
        if let AsyncMessage::Notification(notice) = message
            && !self.own.contains(notice.process_id())
        {
            // Nobody may be interested, which is no fault.
            let _ = self.changes.send(notice.payload().to_owned());
        }
    }
}

async fn next(connection: &mut Driven) -> Option<AsyncMessage> {
    match poll_fn(|context| connection.poll_message(context)).await {
        Some(Ok(message)) => Some(message),
        Some(Err(error)) => {
            tracing::warn!(%error, "the listener lost its connection");
            None
        }
        None => None,
    }
}
