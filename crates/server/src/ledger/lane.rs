//! The queue before the writers. A submission goes to the lane of its merchant; a lane takes what is there, without a
//! timer, up to a limit, and answers when the commit is on disk. A full queue says so at once.
//!
//! On PostgreSQL a lane has two hands, each with a connection: while one waits for its commit, the other loads and
//! decides what queued meanwhile. Only one has the turn; it passes it on when it holds every lock that it will need.

use super::batch::{self, Done, Outcome};
use super::failed::{again, refusal_of, tell_again, tell_refused};
use super::{Change, Refusal, Submission};
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::error::{Error, Outage, outage};
use db::{Db, Engine};
use domain::ids::{CardId, MerchantId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{Mutex, OwnedMutexGuard, broadcast, mpsc, oneshot};
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

/// How many may be turned away before it is told again while the queue stays full.
const TURNED_AWAY_TOLD: usize = 1_000;

struct Waiting {
    submission: Submission,
    reply: oneshot::Sender<Outcome>,
    /// The request it came with, so that a line of the log carries its id.
    request: Span,
}

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
        let hand = |connection| Hand {
            connection,
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
                for &connection in connections {
                    tokio::spawn(hand(connection).work(queue.clone(), turned_away.clone()));
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

    /// What changes from now on, for pages that are open.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }
}

/// What waits in one lane; whoever holds it has the turn.
type Queue = Arc<Mutex<mpsc::Receiver<Waiting>>>;
type Turn = OwnedMutexGuard<mpsc::Receiver<Waiting>>;

/// One of the writers of a lane.
struct Hand {
    connection: usize,
    db: Db,
    catalogues: Catalogues,
    clock: Clock,
    changes: broadcast::Sender<Change>,
    batch_max: usize,
}

impl Hand {
    async fn work(self, queue: Queue, turned_away: Arc<AtomicUsize>) {
        let mut taken = Vec::with_capacity(self.batch_max);
        loop {
            let mut turn = queue.clone().lock_owned().await;
            if turn.recv_many(&mut taken, self.batch_max).await == 0 {
                return;
            }
            tell_turned_away(&turned_away, turn.len());
            let mut groups = self.groups(std::mem::take(&mut taken));
            let last = groups.pop();
            for group in groups {
                self.write(group, None).await;
            }
            if let Some(group) = last {
                self.write(group, Some(turn)).await;
            }
        }
    }

    /// On PostgreSQL a transaction of one merchant is the fastest form, and the only one when distributed; on SQLite
    /// the commit is the cost, so that merchants share it.
    fn groups(&self, taken: Vec<Waiting>) -> Vec<Vec<Waiting>> {
        if self.db.engine() == Engine::Sqlite {
            return vec![taken];
        }
        let mut groups: Vec<(MerchantId, Vec<Waiting>)> = Vec::new();
        for waiting in taken {
            let merchant = waiting.submission.merchant;
            match groups.iter_mut().find(|(known, _)| *known == merchant) {
                Some((_, group)) => group.push(waiting),
                None => groups.push((merchant, vec![waiting])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// Writes a group. If the transaction fails for a reason outside of it, it is tried again a bounded number of times;
    /// else in halves, so that only the guilty one errs. The turn is passed on as soon as the group is decided for the
    /// first time.
    #[expect(clippy::result_large_err, reason = "a reply that nobody takes comes back whole")]
    async fn write(&self, group: Vec<Waiting>, mut turn: Option<Turn>) {
        // Whoever no longer waits was told that nothing happened; so nothing must happen.
        let (submissions, mut replies): (Vec<_>, Vec<_>) = group
            .into_iter()
            .filter(|waiting| !waiting.reply.is_closed())
            .map(|waiting| (waiting.submission, Some((waiting.reply, waiting.request))))
            .unzip();
        let submissions: Arc<[Submission]> = submissions.into();
        let mut stack = vec![(0..submissions.len(), 0u32)];
        while let Some((range, attempts)) = stack.pop().filter(|(range, _)| !range.is_empty()) {
            let error = match self.run(submissions.clone(), range.clone(), turn.take()).await {
                Ok(done) => {
                    for (reply, outcome) in replies[range].iter_mut().zip(done.outcomes) {
                        // The caller may be gone; the effect stands, and the key tells it again.
                        let _ = reply.take().map(|(reply, _)| reply.send(outcome));
                    }
                    for change in done.changes {
                        // Nobody may be watching.
                        let _ = self.changes.send(change);
                    }
                    continue;
                }
                Err(error) => error,
            };
            let again = again(&error, &submissions[range.clone()], attempts);
            for index in range.clone() {
                if again.iter().any(|(part, _)| part.contains(&(index - range.start))) {
                    continue;
                }
                let refusal = refusal_of(&error, &submissions[index]);
                if let Some((reply, request)) = replies[index].take() {
                    request.in_scope(|| tell_refused(&error, &refusal));
                    let _ = reply.send(Err(refusal));
                }
            }
            tell_again(&error, range.len(), &again);
            let moved = |part: Range<usize>| range.start + part.start..range.start + part.end;
            stack.extend(again.into_iter().rev().map(|(part, tried)| (moved(part), tried)));
        }
    }

    async fn run(
        &self,
        submissions: Arc<[Submission]>,
        range: Range<usize>,
        turn: Option<Turn>,
    ) -> Result<Done, Error> {
        let (catalogues, clock) = (self.catalogues.clone(), self.clock.clone());
        self.db
            .write_on(self.connection, move |tx| {
                batch::run(tx, &catalogues, clock.now(), &submissions[range], || drop(turn))
            })
            .await
    }
}

/// Says that the queue was full, once it has room again or many were turned away.
fn tell_turned_away(turned_away: &AtomicUsize, length: usize) {
    let so_far = turned_away.load(Ordering::Relaxed);
    if so_far >= TURNED_AWAY_TOLD || (so_far > 0 && length == 0) {
        let turned_away = turned_away.swap(0, Ordering::Relaxed);
        tracing::warn!(length, turned_away, "the queue was full");
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
