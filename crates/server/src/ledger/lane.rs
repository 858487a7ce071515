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
use std::ops::Range;
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

/// How often a transaction is tried again when the database could not order it among others, before it fails. Each try
/// has waited in the database already.
const ATTEMPTS_MAX: u32 = 8;
/// How often it is tried again when another process was faster, or the connection was lost. What the other one wrote is
/// found when the books are opened again, and decided then.
const REPEATS_MAX: u32 = 2;
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

    /// Writes a group. If the transaction fails for a reason outside of it, it is tried again a bounded number of times;
    /// else in halves, so that only the guilty one errs. The turn is passed on as soon as the group is decided for the
    /// first time.
    #[expect(clippy::result_large_err, reason = "a reply that nobody takes comes back whole")]
    async fn write(&self, group: Vec<Waiting>, mut turn: Option<Turn>) {
        // Whoever no longer waits was told that nothing happened; so nothing must happen.
        let (submissions, mut replies): (Vec<_>, Vec<_>) = group
            .into_iter()
            .filter(|waiting| !waiting.reply.is_closed())
            .map(|waiting| (waiting.submission, Some(waiting.reply)))
            .unzip();
        let submissions: Arc<[Submission]> = submissions.into();
        let mut stack = vec![(0..submissions.len(), 0u32)];
        while let Some((range, attempts)) = stack.pop().filter(|(range, _)| !range.is_empty()) {
            let error = match self.run(submissions.clone(), range.clone(), turn.take()).await {
                Ok(done) => {
                    for (reply, outcome) in replies[range].iter_mut().zip(done.outcomes) {
                        // The caller may be gone; the effect stands, and the key tells it again.
                        let _ = reply.take().map(|reply| reply.send(outcome));
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
            let mut refused = 0;
            for index in range.clone() {
                if again.iter().any(|(part, _)| part.contains(&(index - range.start))) {
                    continue;
                }
                refused += 1;
                let refusal = refusal_of(&error, &submissions[index]);
                let _ = replies[index].take().map(|reply| reply.send(Err(refusal)));
            }
            tell(&error, range.len(), refused);
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

/// The parts of a failed group that are tried again, in this order, each with how often that was done before. What is
/// in no part fails.
fn again(error: &Error, submissions: &[Submission], attempts: u32) -> Vec<(Range<usize>, u32)> {
    let all = 0..submissions.len();
    let whole = |limit: u32| (attempts < limit).then(|| vec![(all.clone(), attempts + 1)]);
    let Error::Database(error) = error else {
        return in_halves(&all);
    };
    match error {
        db::Error::DiskFull | db::Error::ReadOnly => Vec::new(),
        db::Error::ConnectionLost { .. } => whole(REPEATS_MAX).unwrap_or_default(),
        db::Error::OutcomeUnknown { .. } if attempts < REPEATS_MAX => repeatable(submissions, attempts + 1),
        db::Error::OutcomeUnknown { .. } => Vec::new(),
        error if error.is_retryable() => whole(ATTEMPTS_MAX).unwrap_or_default(),
        db::Error::UniqueViolation { constraint } if others_may_take(constraint) => {
            whole(REPEATS_MAX).unwrap_or_else(|| in_halves(&all))
        }
        _ => in_halves(&all),
    }
}

/// What may be done again though it may have been done: whatever a key or the id of a new card tells apart.
fn repeatable(submissions: &[Submission], attempts: u32) -> Vec<(Range<usize>, u32)> {
    let known = |one: &Submission| one.key.is_some() || one.opening.is_some();
    let runs = submissions.chunk_by(|one, next| known(one) == known(next));
    let mut start = 0;
    let placed = runs.map(|run| {
        start += run.len();
        (start - run.len()..start, run)
    });
    placed
        .filter(|(_, run)| run.iter().all(known))
        .map(|(range, _)| (range, attempts))
        .collect()
}

/// Halves; nothing of one alone, which is guilty then.
fn in_halves(all: &Range<usize>) -> Vec<(Range<usize>, u32)> {
    match all.end / 2 {
        0 => Vec::new(),
        middle => vec![(0..middle, 0), (middle..all.end, 0)],
    }
}

/// Whether another process can have taken what a unique constraint guards, between the opening of the books and the save.
fn others_may_take(constraint: &str) -> bool {
    let tables = [
        "receipts",
        "orders",
        "returns",
        "events",
        "cards",
        "contacts",
        "revoked_numbers",
    ];
    tables.iter().any(|table| constraint.starts_with(table))
}

/// Says what became of a failed group.
fn tell(error: &Error, size: usize, refused: usize) {
    let cause = error as &dyn std::error::Error;
    if refused == 0 {
        tracing::debug!(error = cause, size, "a batch is tried again");
    } else if !matches!(error, Error::Database(db::Error::UniqueViolation { .. })) {
        tracing::error!(error = cause, size, refused, "a batch failed");
    }
}

fn refusal_of(error: &Error, submission: &Submission) -> Refusal {
    match error {
        // Sent again under its key it has its effect once, whatever became of it.
        Error::Database(db::Error::OutcomeUnknown { .. }) if submission.key.is_some() => Refusal::Busy,
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
