//! What stands between the server and its database, and fails in the ways that networks fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};

/// A way to a PostgreSQL database that can be troubled.
pub struct Proxy {
    url: String,
    trouble: Arc<Trouble>,
}

#[derive(Default)]
struct Trouble {
    frozen: AtomicBool,
    /// How much was said into the ice.
    swallowed: AtomicUsize,
    lose_commit: AtomicBool,
    commits_lost: AtomicUsize,
}

impl Proxy {
    /// A way to the database of an address.
    pub async fn to(url: &str) -> Self {
        let (_, place) = url.split_once('@').unwrap();
        let (server, name) = place.split_once('/').unwrap();
        let (host, port) = server.rsplit_once(':').unwrap_or((server, "5432"));
        let (host, port) = (host.replace("%2F", "/"), port.to_owned());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let trouble = Arc::new(Trouble::default());
        let shared = trouble.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let trouble = shared.clone();
                if host.starts_with('/') {
                    let server = UnixStream::connect(format!("{host}/.s.PGSQL.{port}")).await.unwrap();
                    tokio::spawn(carry(client, server, trouble));
                } else {
                    let server = TcpStream::connect(format!("{host}:{port}")).await.unwrap();
                    tokio::spawn(carry(client, server, trouble));
                }
            }
        });
        Self {
            url: format!("postgres://postgres@{address}/{name}?sslmode=disable"),
            trouble,
        }
    }

    /// The address of the way.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// From now on nothing arrives, and nothing says so.
    pub fn freeze(&self) {
        self.trouble.frozen.store(true, Ordering::SeqCst);
    }

    /// How many times something was said that did not arrive.
    pub fn swallowed(&self) -> usize {
        self.trouble.swallowed.load(Ordering::SeqCst)
    }

    /// The next commit arrives; its answer does not, and the connection ends.
    pub fn lose_next_commit(&self) {
        self.trouble.lose_commit.store(true, Ordering::SeqCst);
    }

    /// How many answers to commits were lost.
    pub fn commits_lost(&self) -> usize {
        self.trouble.commits_lost.load(Ordering::SeqCst)
    }
}

async fn carry(client: TcpStream, server: impl AsyncRead + AsyncWrite, trouble: Arc<Trouble>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = tokio::io::split(server);
    let losing = AtomicBool::new(false);
    let asked = async {
        let mut bytes = vec![0u8; 1 << 16];
        while let Ok(count @ 1..) = from_client.read(&mut bytes).await {
            let said = &bytes[..count];
            stay_frozen(&trouble).await;
            if contains(said, b"commit\0") && trouble.lose_commit.swap(false, Ordering::SeqCst) {
                losing.store(true, Ordering::SeqCst);
            }
            if to_server.write_all(said).await.is_err() {
                return;
            }
        }
    };
    let answered = async {
        let mut bytes = vec![0u8; 1 << 16];
        while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
            let said = &bytes[..count];
            stay_frozen(&trouble).await;
            if losing.load(Ordering::SeqCst) {
                if contains(said, b"COMMIT\0") {
                    trouble.commits_lost.fetch_add(1, Ordering::SeqCst);
                    return;
                }
            } else if to_client.write_all(said).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = asked => {}
        () = answered => {}
    }
}

async fn stay_frozen(trouble: &Trouble) {
    if trouble.frozen.load(Ordering::SeqCst) {
        trouble.swallowed.fetch_add(1, Ordering::SeqCst);
        std::future::pending::<()>().await;
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
