//! `GET /c/{token}/stream`: tells an open card page that its card moved, as server-sent events whose id is what the page should show.
//! Nothing of the card travels here; the page fetches its fragment.

use crate::app::App;
use crate::error::Causes;
use crate::ledger::Change;
use crate::pages::failure::{Answered, Failure};
use crate::pages::storefront::found::{Part, find};
use crate::sql::storefront;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::ids::{CardId, MerchantId};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

/// Pages that may be open at a time in one process; a page beyond them shows its card as it was drawn.
const STREAMS_MAX: usize = 10_000;
/// A card is looked at this often even if nobody said that it moved.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// What a page shows, in one word: the version of its card, and with a dash when its owner was asked what waits.
pub(crate) fn state(version: i64, asked_at: Option<i64>) -> String {
    match asked_at {
        Some(at) => format!("{version}-{at}"),
        None => version.to_string(),
    }
}

/// What all streams share.
#[derive(Clone)]
pub(crate) struct Streams {
    room: Arc<Semaphore>,
    stopped: watch::Receiver<bool>,
}

impl Streams {
    /// Streams that end when `stopped` turns true.
    pub(crate) fn new(stopped: watch::Receiver<bool>) -> Streams {
        Streams {
            room: Arc::new(Semaphore::new(STREAMS_MAX)),
            stopped,
        }
    }
}

/// One open page.
struct Watch {
    app: App,
    merchant: MerchantId,
    card: CardId,
    token: String,
    changes: Receiver<Change>,
    stopped: watch::Receiver<bool>,
    _room: OwnedSemaphorePermit,
}

/// The stream.
pub(crate) async fn stream(
    State(app): State<App>,
    Path(token): Path<String>,
    Extension(streams): Extension<Streams>,
) -> Answered {
    let found = find(&app, &token, Part::newest(0)).await?;
    let (merchant, card) = (found.catalogue.merchant.id, found.id);
    let room = streams.room.clone().try_acquire_owned().map_err(|_| Failure::busy())?;
    // Listening begins before the first look, so that nothing falls between them.
    let changes = app.ledger.changes();
    let watch = Watch {
        changes,
        stopped: streams.stopped.clone(),
        merchant,
        card,
        token,
        _room: room,
        app,
    };
    watch.version().await?.ok_or_else(Failure::not_found)?;
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(watch.follow(sender));
    let events = Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::default());
    // What a card's owner sees is kept by nobody; by itself a stream may be kept and asked about.
    Ok(([(CACHE_CONTROL, "no-store")], events).into_response())
}

impl Watch {
    /// What the page should show: the card's version, and what its owner is asked.
    async fn version(&self) -> Result<Option<String>, db::Error> {
        let (merchant, card, now) = (self.merchant.0, self.card.0, self.app.clock.now().0);
        let read = self.app.db.read(move |tx| storefront::version(tx, merchant, card, now));
        Ok(read.await?.map(|(version, asked_at)| state(version, asked_at)))
    }

    /// Tells each new state until the page is closed, the card is gone, or the installation stops.
    async fn follow(mut self, sender: mpsc::Sender<Result<Event, Infallible>>) {
        let mut told = String::new();
        let mut stopped = self.stopped.clone();
        loop {
            match self.version().await {
                Ok(Some(version)) if version != told => {
                    // A link that was renewed tells nothing more.
                    if !told.is_empty() && find(&self.app, &self.token, Part::newest(0)).await.is_err() {
                        return;
                    }
                    let event = Event::default().event("card").id(&version).data(&version);
                    told = version;
                    if sender.send(Ok(event)).await.is_err() {
                        return;
                    }
                }
                Ok(Some(_)) => {}
                Ok(None) => return,
                Err(error) => tracing::warn!(error = %Causes(&error), "an open card page waits"),
            }
            tokio::select! {
                () = self.moved() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
                () = sender.closed() => return,
                _ = stopped.wait_for(|stopped| *stopped) => return,
            }
        }
    }

    /// Waits until this card may have moved.
    async fn moved(&mut self) {
        loop {
            match self.changes.recv().await {
                Ok(Change {
                    card: Some((merchant, card, _)),
                }) if (merchant, card) != (self.merchant, self.card) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => return,
                // The ledger is gone; only the clock is left.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}
