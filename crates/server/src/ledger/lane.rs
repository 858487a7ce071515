//! The queue before the writers. A submission goes to the lane of its merchant; a lane takes what is there, without a
//! timer, up to a limit, and answers when the commit is on disk. A full queue says so at once.
//!
//! On PostgreSQL a lane has two hands, each with a connection: while one waits for its commit, the other loads and
//! decides what queued meanwhile. Only one has the turn; it passes it on when it holds every lock that it will need.

use super::batch::{self, Done, Outcome};
use super::{Change, Refusal, Submission};
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::error::Error;
use db::{Db, Engine};
use domain::ids::{CardId, MerchantId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard, broadcast, mpsc, oneshot};

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

/// How often one submission is tried again when the database could not order it, before it fails.
const ATTEMPTS_MAX: u32 = 8;
/// How many changes an open page may be behind before it misses some and re-reads.
const CHANGES_MAX: usize = 4_096;

struct Waiting {
    submission: Submission,
    reply: oneshot::Sender<Outcome>,
}

/// The one door that changes a card; clones share the lanes.
#[derive(Clone)]
pub struct Ledger {
    lanes: Arc<[mpsc::Sender<Waiting>]>,
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
                for &connection in connections {
                    tokio::spawn(hand(connection).work(queue.clone()));
                }
                sender
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
        self.lanes[lane]
            .try_send(Waiting { submission, reply })
            .map_err(|_| Refusal::Busy)?;
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
            tracing::error!(error = &error as &dyn std::error::Error, "a preview failed");
            Err(Refusal::Broken)
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
    async fn work(self, queue: Queue) {
        let mut taken = Vec::with_capacity(self.batch_max);
        loop {
            let mut turn = queue.clone().lock_owned().await;
            if turn.recv_many(&mut taken, self.batch_max).await == 0 {
                return;
            }
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

    /// Writes a group. If the transaction fails it is tried again in halves, so that only the guilty one errs; a lone
    /// one is tried again when the failure was nobody's fault, a bounded number of times. The turn is passed on as soon
    /// as the group is decided for the first time.
    #[expect(clippy::result_large_err, reason = "a reply that nobody takes comes back whole")]
    async fn write(&self, group: Vec<Waiting>, mut turn: Option<Turn>) {
        let (submissions, replies): (Vec<_>, Vec<_>) = group
            .into_iter()
            .map(|waiting| (waiting.submission, Some(waiting.reply)))
            .unzip();
        let submissions: Arc<[Submission]> = submissions.into();
        let mut replies = replies;
        let mut stack = vec![(0..submissions.len(), 0u32)];
        while let Some((range, attempts)) = stack.pop() {
            match self.run(submissions.clone(), range.clone(), turn.take()).await {
                Ok(done) => {
                    for (reply, outcome) in replies[range].iter_mut().zip(done.outcomes) {
                        // The caller may be gone; the effect stands, and the key tells it again.
                        let _ = reply.take().map(|reply| reply.send(outcome));
                    }
                    for change in done.changes {
                        // Nobody may be watching.
                        let _ = self.changes.send(change);
                    }
                }
                Err(error) if range.len() > 1 && !concerns_all(&error) => {
                    tracing::debug!(
                        error = &error as &dyn std::error::Error,
                        size = range.len(),
                        "a batch is split"
                    );
                    let middle = range.start + range.len() / 2;
                    stack.push((middle..range.end, 0));
                    stack.push((range.start..middle, 0));
                }
                Err(error) if attempts < ATTEMPTS_MAX && may_succeed(&error) => {
                    tokio::time::sleep(std::time::Duration::from_millis(u64::from(attempts) * 3)).await;
                    stack.push((range, attempts + 1));
                }
                Err(error) => {
                    let refusal = refusal_of(&error);
                    if !matches!(refusal, Refusal::Taken(_)) {
                        tracing::error!(error = &error as &dyn std::error::Error, "a batch failed");
                    }
                    for reply in &mut replies[range] {
                        let _ = reply.take().map(|reply| reply.send(Err(refusal.clone())));
                    }
                }
            }
        }
    }

    async fn run(
        &self,
        submissions: Arc<[Submission]>,
        range: std::ops::Range<usize>,
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

/// Whether splitting cannot help: every part would fail in the same way.
fn concerns_all(error: &Error) -> bool {
    matches!(
        error,
        Error::Database(db::Error::DiskFull | db::Error::ReadOnly | db::Error::ConnectionLost { .. })
    )
}

/// Whether the same submission may succeed when it is tried again: another process was faster, or in the way.
fn may_succeed(error: &Error) -> bool {
    match error {
        Error::Database(db::Error::UniqueViolation { .. } | db::Error::OutcomeUnknown { .. }) => true,
        Error::Database(error) => error.is_retryable(),
        _ => false,
    }
}

fn refusal_of(error: &Error) -> Refusal {
    match error {
        Error::Database(db::Error::UniqueViolation { constraint }) => Refusal::Taken(constraint.clone()),
        Error::Database(db::Error::DiskFull | db::Error::ReadOnly) => Refusal::Unwritable,
        Error::Database(db::Error::Busy | db::Error::Serialization | db::Error::Deadlock) => Refusal::InProgress,
        Error::Database(db::Error::ConnectionLost { .. } | db::Error::Timeout) => Refusal::Busy,
        _ => Refusal::Broken,
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
