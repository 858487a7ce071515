//! The queue before the writers. A submission goes to the lane of its merchant; a lane takes what is there, without a
//! timer, up to a limit, and answers when the commit is on disk. A full queue says so at once.
//!
//! On PostgreSQL a lane has two hands, each with a connection: while one waits for its commit, the other loads and
//! decides what queued meanwhile. Only one has the turn; it passes it on when it holds every lock that it will need.

use super::batch::{self, Outcome};
use super::failed::tell_refused;
use super::hand::{Hand, Queue, Waiting};
use super::rows::payload_of_changes;
use super::suspects::Suspects;
use super::{Change, Refusal, Submission};
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::error::{Error, Outage, outage};
use db::Db;
use domain::ids::{CardId, MerchantId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{Mutex, broadcast, mpsc, oneshot};
use tracing::Span;

/// How the ledger works.
#[derive(Clone, Copy, Debug)]
pub struct LedgerOptions {
    /// The most submissions in one commit; one switches batches off.
    pub batch_max: usize,
    /// The most submissions that may wait in one lane.
    pub queue_max: usize,
    /// Connections that serve one lane, where the engine has several. With one, a submission sees whatever was submitted
    /// before it, although nobody has waited for the answer; with more, only what was answered.
    pub hands: usize,
}

impl Default for LedgerOptions {
    fn default() -> Self {
        Self {
            batch_max: 256,
            queue_max: 2_048,
            hands: 2,
        }
    }
}

/// How many changes an open page may be behind before it misses some and re-reads.
const CHANGES_MAX: usize = 4_096;

/// The entrance of a lane.
struct Lane {
    queue: mpsc::Sender<Waiting>,
    /// Turned away since that was last told.
    turned_away: Arc<AtomicUsize>,
}

/// The one door that changes a card; clones share the lanes.
#[derive(Clone)]
pub struct Ledger {
    lanes: Arc<[Lane]>,
    changes: broadcast::Sender<Change>,
    db: Db,
    catalogues: Catalogues,
    clock: Clock,
}

impl Ledger {
    /// Starts a writer for each lane of the database, and hears what other processes change.
    pub fn start(db: &Db, catalogues: &Catalogues, clock: &Clock, options: LedgerOptions) -> Self {
        let (changes, _) = broadcast::channel(CHANGES_MAX);
        let hand = |connection, suspects: &Suspects| Hand {
            connection,
            suspects: suspects.clone(),
            db: db.clone(),
            catalogues: catalogues.clone(),
            clock: clock.clone(),
            changes: changes.clone(),
            batch_max: options.batch_max.max(1),
        };
        let connections: Vec<usize> = (0..db.lanes()).collect();
        let lanes = connections
            .chunks(options.hands.max(1))
            .map(|connections| {
                let (sender, receiver) = mpsc::channel(options.queue_max);
                let queue: Queue = Arc::new(Mutex::new(receiver));
                let turned_away = Arc::new(AtomicUsize::new(0));
                let suspects = Suspects::default();
                for &connection in connections {
                    tokio::spawn(hand(connection, &suspects).work(queue.clone(), turned_away.clone()));
                }
                Lane {
                    queue: sender,
                    turned_away,
                }
            })
            .collect();
        tokio::spawn(hear_others(db.changes(), changes.clone()));
        Self {
            lanes,
            changes,
            db: db.clone(),
            catalogues: catalogues.clone(),
            clock: clock.clone(),
        }
    }

    /// Submits a command and waits until its effect is on disk.
    ///
    /// # Errors
    /// A [`Refusal`]; nothing has changed then.
    pub async fn submit(&self, submission: Submission) -> Outcome {
        let mut hasher = DefaultHasher::new();
        submission.merchant.hash(&mut hasher);
        let lane = usize::try_from(hasher.finish() % self.lanes.len() as u64).unwrap_or(0);
        let (reply, answer) = oneshot::channel();
        let lane = &self.lanes[lane];
        let waiting = Waiting {
            submission,
            reply,
            request: Span::current(),
        };
        if lane.queue.try_send(waiting).is_err() {
            lane.turned_away.fetch_add(1, Ordering::Relaxed);
            return Err(Refusal::Busy);
        }
        answer.await.unwrap_or(Err(Refusal::Broken))
    }

    /// Decides a command without doing it: what it would bring, now.
    ///
    /// # Errors
    /// The [`Refusal`] it would meet.
    pub async fn preview(&self, submission: Submission) -> Outcome {
        let (catalogues, now) = (self.catalogues.clone(), self.clock.now());
        let looked = self
            .db
            .read(move |tx| batch::preview(tx, &catalogues, now, &submission))
            .await;
        looked.unwrap_or_else(|error| {
            let refusal = match outage(&error) {
                Some(Outage::Passing) => Refusal::Busy,
                Some(Outage::Unwritable) => Refusal::Unwritable,
                None => Refusal::Broken,
            };
            tell_refused(&error, &refusal);
            Err(refusal)
        })
    }

    /// Tells open pages of a card, in every process, to look at it again, although nothing happened to it.
    ///
    /// # Errors
    /// When the other processes cannot be told.
    pub async fn tell(&self, merchant: MerchantId, card: CardId) -> Result<(), Error> {
        let change = Change {
            card: Some((merchant, card, 0)),
        };
        let notice = payload_of_changes(&[change]);
        self.db.write(move |tx| Ok::<_, Error>(tx.notify(&notice)?)).await?;
        // Nobody may be watching.
        let _ = self.changes.send(change);
        Ok(())
    }

    /// What changes from now on, for pages that are open.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

/// Passes on what other processes changed.
async fn hear_others(mut told: broadcast::Receiver<String>, changes: broadcast::Sender<Change>) {
    loop {
        let payload = match told.recv().await {
            Ok(payload) => payload,
            Err(broadcast::error::RecvError::Lagged(_)) => String::new(),
            Err(broadcast::error::RecvError::Closed) => return,
        };
        for change in read_notice(&payload) {
            // Nobody may be watching.
            let _ = changes.send(change);
        }
    }
}

/// What a notice says; "anything" when it does not say.
fn read_notice(payload: &str) -> Vec<Change> {
    let one = |text: &str| -> Option<Change> {
        let mut parts = text.split(':');
        let merchant: MerchantId = parts.next()?.parse().ok()?;
        let card: CardId = parts.next()?.parse().ok()?;
        let version = parts.next()?.parse().ok()?;
        Some(Change {
            card: Some((merchant, card, version)),
        })
    };
    let told: Vec<Change> = payload.split(',').filter_map(one).collect();
    if told.is_empty() {
        vec![Change { card: None }]
    } else {
        told
    }
}
