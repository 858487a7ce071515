//! The queues in front of the database threads, and the work that travels through them.
//! It must not know an engine: a thread gives each piece of work a transaction and says how it ended.

use crate::error::Error;
use crate::transaction::Transaction;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc, oneshot};

/// One closure on its way to a thread.
pub(crate) trait Work: Send {
    /// Runs the closure; whether it wants a commit.
    fn run(&mut self, transaction: &mut Transaction<'_>) -> bool;

    /// Answers the caller, once it is known how the transaction ended.
    fn answer(self: Box<Self>, end: Result<(), Error>);
}

/// What a thread is told.
pub(crate) enum Message {
    Work(Box<dyn Work>),
    Stop,
}

/// The receiving end, shared by the threads that serve one queue.
pub(crate) type Queue = Arc<Mutex<mpsc::Receiver<Message>>>;

/// The next message; `None` when there will be no more.
pub(crate) async fn next(queue: &Queue) -> Option<Box<dyn Work>> {
    match queue.lock().await.recv().await {
        Some(Message::Work(work)) => Some(work),
        Some(Message::Stop) | None => None,
    }
}

/// Sends a closure to a queue and waits for the end of its transaction.
pub(crate) async fn send<T, E, F>(queue: &mpsc::Sender<Message>, closure: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send + 'static,
{
    let (reply, answer) = oneshot::channel();
    let task = Task {
        closure: Some(closure),
        result: None,
        reply,
    };
    let closed = |_| E::from(Error::Closed);
    let message = Message::Work(Box::new(task));
    queue.send(message).await.map_err(|_| closed(()))?;
    answer.await.unwrap_or_else(|_| Err(closed(())))
}

struct Task<T, E, F> {
    closure: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work for Task<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: FnOnce(&mut Transaction<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, transaction: &mut Transaction<'_>) -> bool {
        let Some(closure) = self.closure.take() else {
            return false;
        };
        let result = catch_unwind(AssertUnwindSafe(|| closure(transaction)));
        let result = result.unwrap_or_else(|panic| {
            let message = panic_text(panic.as_ref());
            Err(E::from(Error::Panicked { message }))
        });
        let commit = result.is_ok();
        self.result = Some(result);
        commit
    }

    fn answer(self: Box<Self>, end: Result<(), Error>) {
        let result = match (self.result, end) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(E::from(error)),
            (Some(result), Ok(())) => result,
            (None, Ok(())) => Err(E::from(Error::Closed)),
        };
        // The caller may have stopped waiting; what was committed stays committed.
        let _ = self.reply.send(result);
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no text".to_owned())
}
