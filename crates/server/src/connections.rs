//! The socket: takes connections, as many as there is room for, and closes those that keep it waiting. It must not know
//! what is asked.

use crate::client_address::Peer;
use axum::Router;
use axum::body::Bytes;
use axum::http::Request;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io::ErrorKind;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::Sleep;
use tower::Service;

/// How long a connection may take until it has sent the head of its first request.
const FIRST_TIME_MAX: Duration = Duration::from_secs(10);
/// How long it may take to send the next one: longer than what stands in front keeps its own idle connections (nginx one
/// minute, Caddy two), so that it never sends a request into one that is just being closed.
const IDLE_TIME_MAX: Duration = Duration::from_secs(130);
/// How long it may take to send the body that it announced.
const BODY_TIME_MAX: Duration = Duration::from_secs(10);
/// The most connections at a time, where the system allows as many.
const CONNECTIONS_MAX: usize = 4_096;
/// The files that are left for everything else: the database, the log, web pages on their way.
const FILES_KEPT: usize = 128;
/// How long to wait when the system gives no connection: it will not give one at once.
const PAUSE: Duration = Duration::from_millis(250);
/// How often it is told that no connection can be taken.
const TOLD_EVERY: Duration = Duration::from_secs(10);

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Takes connections until the installation is told to stop; ends when the last one is closed.
pub async fn answer(listener: TcpListener, routes: Router, mut stopped: watch::Receiver<bool>) {
    let most = connections_max();
    let room = Arc::new(Semaphore::new(most));
    let mut complaint = Complaint::default();
    loop {
        if room.available_permits() == 0 {
            complaint.tell(|| tracing::warn!(most, "as many connections are open as can be: others wait"));
        }
        let next = async {
            let place = room.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            biased;
            _ = stopped.wait_for(|told| *told) => break,
            next = next => next,
        };
        match (place, accepted) {
            (Ok(place), Ok((stream, from))) => {
                tokio::spawn(serve((stream, Peer(from.ip())), routes.clone(), stopped.clone(), place));
            }
            (_, Err(error)) if is_the_callers(error.kind()) => {}
            (_, Err(error)) => {
                complaint.tell(|| tracing::warn!(%error, "a connection could not be taken"));
                tokio::time::sleep(PAUSE).await;
            }
            // Nobody closes the semaphore.
            (Err(_), _) => break,
        }
    }
    drop(listener);
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    let _ = room.acquire_many(all).await;
}

/// As many as the system allows this process to have open, and what else it needs left out.
fn connections_max() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files: Option<usize> = files.and_then(|line| line.split_whitespace().next()?.parse().ok());
    let most = files.map_or(CONNECTIONS_MAX, |files| files.saturating_sub(FILES_KEPT));
    most.clamp(1, CONNECTIONS_MAX)
}

/// Whether a caller went away before it was taken.
fn is_the_callers(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

/// Answers the requests of one connection, the last one when the installation is told to stop.
async fn serve(
    (stream, peer): (TcpStream, Peer),
    routes: Router,
    mut stopped: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    // Without it small answers wait for each other; one that does not have it is slower, not wrong.
    let _ = stream.set_nodelay(true);
    let asked = AtomicBool::new(false);
    let service = service_fn(|mut request: Request<Incoming>| {
        asked.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(peer);
        routes.clone().call(request.map(Patient::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE_TIME_MAX)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let silent = async {
        tokio::time::sleep(FIRST_TIME_MAX).await;
        if asked.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        // A caller that breaks off or speaks no HTTP is nobody's concern.
        _ = connection.as_mut() => return,
        () = silent => return,
        _ = stopped.wait_for(|told| *told) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

/// A body that did not end in time.
#[derive(Debug, thiserror::Error)]
#[error("the body did not end in time")]
pub struct SlowBody;

/// A body that is waited for no longer than a limit, counted from when it is first waited for.
struct Patient {
    body: Incoming,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(body: Incoming) -> Self {
        Self { body, deadline: None }
    }
}

impl Body for Patient {
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Cause::from)));
        }
        let deadline = self
            .deadline
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(BODY_TIME_MAX)));
        let over = || Some(Err(Cause::from(SlowBody)));
        deadline.as_mut().poll(context).map(|()| over())
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Says something at most so often.
#[derive(Default)]
struct Complaint {
    told_at: Option<Instant>,
}

impl Complaint {
    fn tell(&mut self, tell: impl FnOnce()) {
        if self.told_at.is_none_or(|at| at.elapsed() >= TOLD_EVERY) {
            self.told_at = Some(Instant::now());
            tell();
        }
    }
}
