//! The PostgreSQL side: threads that each drive one connection, and one that listens.
//! It must not decide what is in the database.

mod connect;
mod failure;
mod listen;
mod pipeline;
mod prepared;
pub(crate) mod session;
mod trust;
pub(crate) mod values;

use crate::Threads;
use crate::error::Error;
use crate::options::Options;
use crate::transaction::Transaction;
use crate::worker::{Queue, Work, next};
use connect::Connector;
pub(crate) use connect::check_address;
use session::{Kind, Session};
use std::sync::{Arc, PoisonError};
use tokio::runtime::Runtime;
use tokio::sync::{Mutex, broadcast, mpsc, oneshot, watch};

/// The server processes of our own lanes: their notices are not news.
#[derive(Clone, Default)]
pub(crate) struct OwnProcesses(Arc<std::sync::Mutex<Vec<i32>>>);

/// How many of our past server processes are remembered; a notice may arrive after its sender was replaced.
const PAST_MAX: usize = 64;

impl OwnProcesses {
    fn add(&self, process: i32) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= PAST_MAX {
            known.remove(0);
        }
        known.push(process);
    }

    fn contains(&self, process: i32) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(&process)
    }
}

/// Starts the threads and waits until each is connected.
pub(crate) async fn start(
    url: &str,
    options: &Options,
    changes: &broadcast::Sender<String>,
    closed: watch::Receiver<()>,
) -> Result<Threads, Error> {
    let own = OwnProcesses::default();
    let connector = Connector::new(url, options, own.clone())?;
    let mut handles = Vec::new();
    let mut lanes = Vec::new();
    for _ in 0..options.writers.max(1) {
        let (lane, receiver) = mpsc::channel(options.queue_max.max(1));
        let queue = Arc::new(Mutex::new(receiver));
        handles.push(spawn("db-writer", &connector, Kind::Write, queue).await?);
        lanes.push(lane);
    }
    let (readers, receiver) = mpsc::channel(options.queue_max.max(1));
    let queue = Arc::new(Mutex::new(receiver));
    let reader_count = options.readers.max(1);
    for _ in 0..reader_count {
        handles.push(spawn("db-reader", &connector, Kind::Read, queue.clone()).await?);
    }
    listen::start(connector, own, changes.clone(), closed).await?;
    Ok(Threads {
        lanes,
        readers,
        reader_count,
        handles,
    })
}

/// A runtime for one thread: it drives the connection while the thread waits.
fn runtime() -> Result<Runtime, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Error::other("a thread", error))
}

async fn spawn(
    name: &str,
    connector: &Connector,
    kind: Kind,
    queue: Queue,
) -> Result<std::thread::JoinHandle<()>, Error> {
    let (ready, connected) = oneshot::channel();
    let connector = connector.clone();
    let body = move || {
        let opened = runtime().and_then(|runtime| {
            let mut session = Session::new(runtime, connector, kind);
            session.connect().map(|()| session)
        });
        match opened {
            Ok(mut session) => {
                let _ = ready.send(Ok(()));
                while let Some(work) = session.wait_for(next(&queue)) {
                    serve(&mut session, work);
                }
            }
            Err(error) => drop(ready.send(Err(error))),
        }
    };
    let handle = std::thread::Builder::new().name(name.to_owned()).spawn(body);
    let handle = handle.map_err(|error| Error::other("a thread", error))?;
    connected.await.map_err(|_| Error::Closed)??;
    Ok(handle)
}

/// Runs one piece of work in a transaction and answers after its end; a reader before, as nothing can be lost.
fn serve(session: &mut Session, mut work: Box<dyn Work>) {
    let commit = work.run(&mut Transaction::on_postgres(session));
    if session.kind() == Kind::Read && !(commit && session.has_failed()) {
        work.answer(Ok(()));
        // The snapshot is let go whatever the server says.
        let _ = session.end(false);
    } else {
        let end = session.end(commit);
        work.answer(end);
    }
    session.tend();
}
