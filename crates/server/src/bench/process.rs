//! The server as users run it: the same program in a process of its own, on this machine only. It is ended without
//! warning, so that the audit afterwards also reads what a killed process left.

use super::load::Line;
use super::wire::Caller;
use crate::error::Error;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take to answer for the first time.
const START_TIME_MAX: Duration = Duration::from_secs(60);
/// What is asked first: it is answered as soon as anything is.
const FIRST: &str = "/noop-bare";

/// How a server is started.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The program.
    pub program: &'a Path,
    /// The data folder.
    pub folder: &'a Path,
    /// The database; SQLite in the folder when none.
    pub database_url: Option<&'a str>,
    /// The most submissions in one commit; the usual number when none.
    pub batch_max: Option<usize>,
    /// Its secret key.
    pub secret_key: &'a str,
}

/// A running server.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to its first answer.
    pub started_in: Duration,
}

impl Server {
    /// Starts a server and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(settings: Settings<'_>) -> Result<Self, Error> {
        let address = free_address()?;
        let mut command = Command::new(settings.program);
        command
            .arg("serve")
            .env("LOYALTY_DATA_DIR", settings.folder)
            .env("LOYALTY_LISTEN", address.to_string())
            .env("LOYALTY_LOG", "error")
            .env("LOYALTY_SECRET_KEY", settings.secret_key)
            // The bare route is nobody's but ours.
            .env("LOYALTY_DEVELOPMENT", "1")
            .env_remove("LOYALTY_PUBLIC_URL")
            .env_remove("LOYALTY_DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        if let Some(url) = settings.database_url {
            command.env("LOYALTY_DATABASE_URL", url);
        }
        if let Some(batch_max) = settings.batch_max {
            command.env("LOYALTY_BATCH_MAX", batch_max.to_string());
        }
        let began = Instant::now();
        let child = command.spawn().map_err(Error::io("the server cannot be started"))?;
        let mut server = Self {
            child,
            address,
            started_in: Duration::ZERO,
        };
        server.wait(began).await?;
        Ok(server)
    }

    async fn wait(&mut self, began: Instant) -> Result<(), Error> {
        let mut request = String::new();
        Caller {
            host: self.address.to_string(),
            token: None,
        }
        .get(&mut request, FIRST);
        while began.elapsed() < START_TIME_MAX {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Error::Unfit(format!("the server ended at its start: {status}")));
            }
            if let Ok(mut line) = Line::open(self.address).await
                && let Ok(head) = line.ask(request.as_bytes()).await
                && head.status == 200
            {
                self.started_in = began.elapsed();
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(Error::Unfit("the server does not get ready".to_owned()))
    }

    /// Megabytes of memory it holds now; none where the system does not say.
    pub fn memory_mb(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes * 1024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody uses at this moment.
fn free_address() -> Result<SocketAddr, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(Error::io("no free port"))?;
    listener.local_addr().map_err(Error::io("no free port"))
}
