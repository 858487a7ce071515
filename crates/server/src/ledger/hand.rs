//! A writer of a lane: takes what queued, writes it, answers. What fails is tried again or cut smaller; who no longer
//! waits is left out.

use super::batch::{self, Done, Outcome};
use super::failed::{again, refusal_of, tell_again, tell_refused};
use super::part::Part;
use super::suspects::Suspects;
use super::{Change, Submission};
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::error::Error;
use db::{Db, Engine};
use domain::ids::MerchantId;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, OwnedMutexGuard, broadcast, mpsc, oneshot};
use tracing::Span;

/// How many may be turned away before it is told again while the queue stays full.
const TURNED_AWAY_TOLD: usize = 1_000;

/// How long a part waits for a lock when one of its cards may be held; else as long as the database waits usually.
const MOMENT: Duration = Duration::from_millis(100);

/// How long those who hold a lock are looked for. What is left then is refused as busy, so that the lane goes on.
const SEARCH_MAX: Duration = Duration::from_secs(4);

/// One submission, and who waits for its answer.
pub struct Waiting {
    pub submission: Submission,
    pub reply: oneshot::Sender<Outcome>,
    /// The request it came with, so that a line of the log carries its id.
    pub request: Span,
}

/// What waits in one lane; whoever holds it has the turn.
pub type Queue = Arc<Mutex<mpsc::Receiver<Waiting>>>;
type Turn = OwnedMutexGuard<mpsc::Receiver<Waiting>>;

/// Who waits for an answer, and in which request; none once answered.
type Caller = Option<(oneshot::Sender<Outcome>, Span)>;

/// One of the writers of a lane.
pub struct Hand {
    pub connection: usize,
    pub db: Db,
    pub catalogues: Catalogues,
    pub clock: Clock,
    pub changes: broadcast::Sender<Change>,
    pub suspects: Suspects,
    pub batch_max: usize,
}

impl Hand {
    /// Works until the ledger is gone.
    pub async fn work(self, queue: Queue, turned_away: Arc<AtomicUsize>) {
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
        let (submissions, mut callers): (Vec<_>, Vec<Caller>) = group
            .into_iter()
            .map(|waiting| (waiting.submission, Some((waiting.reply, waiting.request))))
            .unzip();
        let submissions: Arc<[Submission]> = submissions.into();
        let mut parts = self.suspects.parts(&submissions);
        let mut searching_since = None;
        while let Some(mut part) = parts.pop() {
            // Whoever no longer waits was told that nothing happened; so nothing must happen, the second time either.
            part.members.retain(|&index| is_waiting(&callers[index]));
            if part.members.is_empty() {
                continue;
            }
            let error = match self.run(submissions.clone(), &part, turn.take()).await {
                Ok(done) => {
                    self.suspects
                        .clear(part.members.iter().map(|&index| submissions[index].card));
                    for (&index, outcome) in part.members.iter().zip(done.outcomes) {
                        // The caller may be gone; the effect stands, and the key tells it again.
                        let _ = callers[index].take().map(|(reply, _)| reply.send(outcome));
                    }
                    for change in done.changes {
                        // Nobody may be watching.
                        let _ = self.changes.send(change);
                    }
                    continue;
                }
                Err(error) => error,
            };
            // SQLite has one lock, which says nothing of any card.
            let may_search = self.db.engine() == Engine::Postgres
                && searching_since.get_or_insert_with(Instant::now).elapsed() < SEARCH_MAX;
            let again = again(&error, &submissions, &part, may_search);
            self.refuse(&error, &submissions, &part, &again, &mut callers);
            tell_again(&error, &part, &again);
            parts.extend(again.into_iter().rev());
        }
    }

    /// Answers those of a failed part that are not tried again.
    fn refuse(&self, error: &Error, submissions: &[Submission], part: &Part, again: &[Part], callers: &mut [Caller]) {
        let is_again = |index: &usize| again.iter().any(|part| part.members.contains(index));
        for &index in part.members.iter().filter(|index| !is_again(index)) {
            let submission = &submissions[index];
            if part.members.len() == 1 && matches!(error, Error::Database(db::Error::Busy)) {
                self.suspects.add(submission.card);
            }
            let refusal = refusal_of(error, submission);
            if let Some((reply, request)) = callers[index].take() {
                request.in_scope(|| tell_refused(error, &refusal));
                let _ = reply.send(Err(refusal));
            }
        }
    }

    async fn run(&self, submissions: Arc<[Submission]>, part: &Part, turn: Option<Turn>) -> Result<Done, Error> {
        let (catalogues, clock) = (self.catalogues.clone(), self.clock.clone());
        let Part { members, hurried, .. } = part.clone();
        self.db
            .write_on(self.connection, move |tx| {
                if hurried {
                    tx.wait_for_locks(MOMENT);
                }
                let asked: Vec<&Submission> = members.iter().map(|&index| &submissions[index]).collect();
                batch::run(tx, &catalogues, clock.now(), &asked, || drop(turn))
            })
            .await
    }
}

fn is_waiting(caller: &Caller) -> bool {
    caller.as_ref().is_some_and(|(reply, _)| !reply.is_closed())
}

/// Says that the queue was full, once it has room again or many were turned away.
fn tell_turned_away(turned_away: &AtomicUsize, length: usize) {
    let so_far = turned_away.load(Ordering::Relaxed);
    if so_far >= TURNED_AWAY_TOLD || (so_far > 0 && length == 0) {
        let turned_away = turned_away.swap(0, Ordering::Relaxed);
        tracing::warn!(length, turned_away, "the queue was full");
    }
}
