//! The load: so many connections, each with one request under way at a time, for a fixed time. What was answered before
//! the warm-up ended does not count. It must not know what the requests mean.

use super::histogram::Histogram;
use super::wire::{Head, read_head};
use crate::error::Error;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Longer than any answer may take; a server that is silent for so long is broken.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);
/// Bytes that one answer may have.
const ANSWER_LENGTH_MAX: usize = 4 << 20;

/// What a load consists of.
pub trait Traffic: Send + Sync + 'static {
    /// Writes the next request into an empty text. `dice` is a fresh random number.
    fn next(&self, dice: u64, out: &mut String);
}

/// How much, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// The server.
    pub address: SocketAddr,
    /// Requests under way at any time.
    pub connections: usize,
    /// What is not counted.
    pub warm_up: Duration,
    /// What is counted.
    pub time: Duration,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// How long accepted requests took.
    pub histogram: Histogram,
    /// Answers that were not 2xx, by status.
    pub refused: BTreeMap<u16, u64>,
    /// Connections that failed.
    pub broken: u64,
    /// An answer that was refused, for people who wonder why.
    pub example: Option<String>,
}

impl Counted {
    /// Counts what another counted.
    pub fn merge(&mut self, other: Counted) {
        self.histogram.merge(&other.histogram);
        for (status, count) in other.refused {
            *self.refused.entry(status).or_insert(0) += count;
        }
        self.broken += other.broken;
        self.example = self.example.take().or(other.example);
    }
}

/// Drives a server.
///
/// # Errors
/// When it cannot be reached at all.
pub async fn drive(load: Load, traffic: Arc<dyn Traffic>, seed: u64) -> Result<Counted, Error> {
    let mut lines = Vec::with_capacity(load.connections);
    for _ in 0..load.connections {
        lines.push(
            Line::open(load.address)
                .await
                .map_err(Error::io(format!("{} cannot be reached", load.address)))?,
        );
    }
    let start = Instant::now() + load.warm_up;
    let span = Span {
        load,
        start,
        end: start + load.time,
    };
    let mut tasks = JoinSet::new();
    for (number, line) in (0u64..).zip(lines) {
        tasks.spawn(work(
            span,
            line,
            traffic.clone(),
            Dice::new(seed ^ number.wrapping_mul(0x9e37_79b9)),
        ));
    }
    let mut all = Counted::default();
    while let Some(done) = tasks.join_next().await {
        match done {
            Ok(counted) => all.merge(counted),
            Err(_) => all.broken += 1,
        }
    }
    Ok(all)
}

#[derive(Clone, Copy)]
struct Span {
    load: Load,
    start: Instant,
    end: Instant,
}

async fn work(span: Span, line: Line, traffic: Arc<dyn Traffic>, mut dice: Dice) -> Counted {
    let mut counted = Counted::default();
    let mut request = String::with_capacity(1024);
    let mut line = Some(line);
    loop {
        let began = Instant::now();
        if began >= span.end {
            return counted;
        }
        let Some(open) = line.as_mut() else {
            line = Line::open(span.load.address).await.ok();
            if line.is_none() {
                counted.broken += 1;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            continue;
        };
        request.clear();
        traffic.next(dice.roll(), &mut request);
        let asked = tokio::time::timeout(ANSWER_TIME_MAX, open.ask(request.as_bytes())).await;
        let ended = Instant::now();
        match asked {
            Ok(Ok(head)) => {
                if !(200..300).contains(&head.status) {
                    *counted.refused.entry(head.status).or_insert(0) += 1;
                    counted.example.get_or_insert_with(|| open.answer(head));
                } else if ended > span.start && ended <= span.end {
                    counted.histogram.add(ended - began);
                }
                if head.closes {
                    line = None;
                }
            }
            Ok(Err(_)) | Err(_) => {
                counted.broken += 1;
                line = None;
            }
        }
    }
}

/// One connection that is kept.
pub struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Line {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            buffer: Vec::with_capacity(8 * 1024),
        })
    }

    /// Sends a request and reads its whole answer.
    ///
    /// # Errors
    /// When the connection fails or the answer cannot be read.
    pub async fn ask(&mut self, request: &[u8]) -> std::io::Result<Head> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let mut head = None;
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if head.is_none() {
                head = read_head(&self.buffer).map_err(std::io::Error::other)?;
            }
            if let Some(head) = head.filter(|head| self.buffer.len() >= head.head_length + head.body_length) {
                return Ok(head);
            }
            if self.buffer.len() > ANSWER_LENGTH_MAX {
                return Err(std::io::Error::other("an answer does not end"));
            }
        }
    }

    /// The body of the last answer.
    pub fn body(&self, head: Head) -> &[u8] {
        self.buffer
            .get(head.head_length..head.head_length + head.body_length)
            .unwrap_or_default()
    }

    fn answer(&self, head: Head) -> String {
        const EXAMPLE_LENGTH_MAX: usize = 400;
        let text: String = String::from_utf8_lossy(self.body(head))
            .chars()
            .take(EXAMPLE_LENGTH_MAX)
            .collect();
        format!("{} {text}", head.status)
    }
}

/// Random enough to choose cards, the same for the same seed (SplitMix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall as the seed says.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::super::wire::Caller;
    use super::*;
    use axum::Router;
    use axum::http::StatusCode;
    use axum::routing::{get, post};
    use std::sync::atomic::{AtomicU64, Ordering};

    struct Mixed(Caller, AtomicU64);

    impl Traffic for Mixed {
        fn next(&self, dice: u64, out: &mut String) {
            self.1.fetch_add(1, Ordering::Relaxed);
            match dice % 10 {
                0 => self.0.get(out, "/refused"),
                1 => self.0.post(out, "/taken", Some("key"), "{\"a\":1}"),
                _ => self.0.get(out, "/fine"),
            }
        }
    }

    async fn server() -> SocketAddr {
        let routes = Router::new()
            .route("/fine", get(|| async { "fine" }))
            .route("/taken", post(|body: String| async { (StatusCode::CREATED, body) }))
            .route("/refused", get(|| async { (StatusCode::CONFLICT, "no") }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        address
    }

    #[tokio::test]
    async fn every_answer_counts_once_as_what_it_is() {
        let address = server().await;
        let caller = Caller {
            host: address.to_string(),
            token: None,
        };
        let traffic = Arc::new(Mixed(caller, AtomicU64::new(0)));
        let time = Duration::from_millis(300);
        let load = Load {
            address,
            connections: 3,
            warm_up: Duration::ZERO,
            time,
        };
        let counted = drive(load, traffic.clone(), 7).await.unwrap();
        let sent = traffic.1.load(Ordering::Relaxed);
        let refused = counted.refused.get(&409).copied().unwrap_or(0);
        assert!(counted.histogram.total() > 10 && refused > 0);
        assert_eq!(counted.refused.len(), 1);
        assert_eq!(counted.broken, 0);
        assert_eq!(counted.example.as_deref(), Some("409 no"));
        // The last answer of each connection may come after the end.
        let missing = sent - counted.histogram.total() - refused;
        assert!(missing <= 3, "{missing}");
    }

    #[tokio::test]
    async fn a_server_that_is_not_there_is_an_error() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let caller = Caller {
            host: address.to_string(),
            token: None,
        };
        let load = Load {
            address,
            connections: 1,
            warm_up: Duration::ZERO,
            time: Duration::from_millis(50),
        };
        assert!(
            drive(load, Arc::new(Mixed(caller, AtomicU64::new(0))), 1)
                .await
                .is_err()
        );
    }
}
