//! The SQLite side: one thread that writes, several that read, one file in WAL mode.
//! It must not decide what is in the file.

mod checkpoint;
mod failure;
mod open;
pub(crate) mod session;
mod values;

use crate::Threads;
use crate::error::Error;
use crate::options::Options;
use crate::transaction::Transaction;
use crate::worker::{Message, Queue, Work, next};
use session::Session;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::{Mutex, broadcast, mpsc, oneshot};

/// How often the writer looks for commits of other processes, and tidies the log when idle.
const TICK: Duration = Duration::from_millis(200);

/// Starts the threads on the file, the writer first: it makes the file and sets its mode.
pub(crate) async fn start(
    path: &Path,
    options: &Options,
    changes: &broadcast::Sender<String>,
) -> Result<Threads, Error> {
    let (lane, receiver) = mpsc::channel(options.queue_max.max(1));
    let changes = changes.clone();
    let writer = spawn("db-writer", path, options, true, move |runtime, session| {
        write(&runtime, session, &queue_of(receiver), &changes);
    })
    .await?;
    let (readers, receiver) = mpsc::channel(options.queue_max.max(1));
    let shared = queue_of(receiver);
    let mut handles = vec![writer];
    let reader_count = options.readers.max(1);
    for _ in 0..reader_count {
        let queue = shared.clone();
        let reader = spawn("db-reader", path, options, false, move |runtime, session| {
            read(&runtime, session, &queue);
        });
        handles.push(reader.await?);
    }
    Ok(Threads {
        lanes: vec![lane],
        readers,
        reader_count,
        handles,
    })
}

fn queue_of(receiver: mpsc::Receiver<Message>) -> Queue {
    Arc::new(Mutex::new(receiver))
}

/// Starts one thread and waits until it has opened the file.
async fn spawn(
    name: &str,
    path: &Path,
    options: &Options,
    writer: bool,
    serve: impl FnOnce(Runtime, Session) + Send + 'static,
) -> Result<std::thread::JoinHandle<()>, Error> {
    let (ready, opened) = oneshot::channel();
    let (path, options) = (path.to_owned(), options.clone());
    let body = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|error| Error::other("a thread", error));
        let session = runtime.and_then(|runtime| {
            let connection = open::connect(&path, &options, writer)?;
            Ok((runtime, Session::new(connection, writer, options.lock_timeout)))
        });
        match session {
            Ok((runtime, session)) => {
                let _ = ready.send(Ok(()));
                serve(runtime, session);
            }
            Err(error) => drop(ready.send(Err(error))),
        }
    };
    let handle = std::thread::Builder::new().name(name.to_owned()).spawn(body);
    let handle = handle.map_err(|error| Error::other("a thread", error))?;
    opened.await.map_err(|_| Error::Closed)??;
    Ok(handle)
}

fn read(runtime: &Runtime, mut session: Session, queue: &Queue) {
    while let Some(work) = runtime.block_on(next(queue)) {
        serve(&mut session, work);
    }
}

fn write(runtime: &Runtime, mut session: Session, queue: &Queue, changes: &broadcast::Sender<String>) {
    let mut version = session.data_version();
    let mut looked_at = Instant::now();
    loop {
        let waited = runtime.block_on(async { tokio::time::timeout(TICK, next(queue)).await });
        let idle = waited.is_err();
        match waited {
            Ok(Some(work)) => serve(&mut session, work),
            Ok(None) => break,
            Err(_) => {}
        }
        session.checkpoint(idle);
        if let Some(error) = session.poison() {
            // A failed fsync is never retried: what the disk holds is not known any more.
            tracing::error!(error, "the disk refused to keep what was written, the database stops");
            break;
        }
        if looked_at.elapsed() >= TICK {
            looked_at = Instant::now();
            let seen = session.data_version();
            if seen != version && changes.receiver_count() > 0 {
                let _ = changes.send(String::new());
            }
            version = seen;
        }
    }
    session.finish();
}

/// Runs one piece of work in a transaction and answers after its end.
fn serve(session: &mut Session, mut work: Box<dyn Work>) {
    let commit = work.run(&mut Transaction::on_sqlite(session));
    let end = session.end(commit);
    work.answer(end);
}
