//! The real binary as a process, and a small HTTP client that talks to it.

use db::temporary::Database;
use serde_json::Value;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An installation with demonstration data, served by a process of its own.
pub struct Installation {
    pub base: String,
    pub credentials: Value,
    port: u16,
    folder: tempfile::TempDir,
    database: Option<Database>,
    server: Option<Child>,
    /// Another process on the same database, with its port.
    second: Option<(Child, u16)>,
    /// Where the server finds its database, if not where it is.
    detour: Option<String>,
    /// What the shell does before it becomes the server.
    limits: String,
    /// How often things may be tried: all tests come from one address.
    rate_limits: String,
}

impl Drop for Installation {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

impl Installation {
    /// Fills a small demonstration on SQLite, or on a PostgreSQL database.
    pub fn fill(database: Option<Database>) -> Self {
        let port = free_port();
        let mut installation = Self {
            base: format!("http://127.0.0.1:{port}"),
            credentials: Value::Null,
            port,
            folder: tempfile::tempdir().unwrap(),
            database,
            server: None,
            second: None,
            detour: None,
            limits: ":".into(),
            rate_limits: "off".into(),
        };
        let file = installation.folder().join("demo.json");
        // It is there already, and others may read it.
        std::fs::write(&file, "{}").unwrap();
        let arguments = ["demo", "--size", "small", "--seed", "7", "--no-serve", "--credentials"];
        let filled = installation.trei().args(arguments).arg(&file).output().unwrap();
        assert!(filled.status.success(), "{}", String::from_utf8_lossy(&filled.stderr));
        installation.credentials = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        installation
    }

    /// Its folder; `demo.json` there says how to sign in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn trei(&self) -> Command {
        self.with_settings(Command::new(env!("CARGO_BIN_EXE_trei")))
    }

    /// A shell that does something and becomes the program.
    fn trei_after(&self, script: &str) -> Command {
        let mut shell = self.with_settings(Command::new("sh"));
        shell.args(["-c", script, env!("CARGO_BIN_EXE_trei")]);
        shell
    }

    fn with_settings(&self, mut command: Command) -> Command {
        command
            .env("LOYALTY_DATA_DIR", self.folder.path().join("data"))
            .env("LOYALTY_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("LOYALTY_RATE_LIMITS", &self.rate_limits)
            .env_remove("LOYALTY_DATABASE_URL")
            .stdin(Stdio::null());
        if let Some(database) = &self.database {
            let url = self.detour.as_deref().unwrap_or(database.url());
            command.env("LOYALTY_DATABASE_URL", url);
        }
        command
    }

    /// Starts the server and waits until it is ready.
    pub async fn start(&mut self) {
        self.server = Some(self.serving(self.port).await);
    }

    /// Starts a second process on the same database.
    pub async fn start_second(&mut self) {
        let port = free_port();
        self.second = Some((self.serving(port).await, port));
    }

    async fn serving(&self, port: u16) -> Child {
        let log = std::fs::File::create(self.folder().join(format!("server-{port}.log"))).unwrap();
        let mut server = self
            .trei_after(&format!("{}; exec \"$0\" serve", self.limits))
            .env("LOYALTY_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            if let Ok(mut connection) = Connection::open(port).await
                && matches!(connection.send("GET", "/readyz", &[], "").await, Ok((200, _)))
            {
                return server;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let _ = server.kill();
        let _ = server.wait();
        panic!("the server was not ready in 30 seconds: {}", self.log());
    }

    /// What the first process wrote since it was started.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join(format!("server-{}.log", self.port))).unwrap()
    }

    /// Lets the server reach its database by another address.
    pub fn detour(&mut self, url: &str) {
        self.detour = Some(url.to_owned());
    }

    /// Lets the shell set limits before it becomes the server.
    pub fn limit(&mut self, script: &str) {
        self.limits = script.to_owned();
    }

    /// Lets the servers that start from now on limit tries.
    pub fn limit_tries(&mut self, setting: &str) {
        self.rate_limits = setting.to_owned();
    }

    /// The address of its database on a server.
    pub fn database_url(&self) -> &str {
        self.database.as_ref().unwrap().url()
    }

    /// With which code the server ended, if it did by itself.
    pub fn ended(&mut self) -> Option<Option<i32>> {
        let ended = self.server.as_mut().unwrap().try_wait().unwrap();
        ended.map(|status| status.code())
    }

    /// Lets the files of the server grow again.
    pub fn lift_file_limit(&self) {
        let process = self.server.as_ref().unwrap().id().to_string();
        let lifted = Command::new("prlimit")
            .args(["--pid", &process, "--fsize=unlimited:"])
            .status()
            .unwrap();
        assert!(lifted.success());
    }

    /// Takes the database from under the server.
    pub fn lose_database(&mut self) {
        self.database = None;
    }

    /// A connection to the second process.
    pub async fn connect_second(&self) -> std::io::Result<Connection> {
        let (_, port) = self.second.as_ref().unwrap();
        Connection::open(*port).await
    }

    pub async fn connect(&self) -> std::io::Result<Connection> {
        Connection::open(self.port).await
    }

    /// How much memory its processes hold, in megabytes.
    pub fn memory(&self) -> Vec<u64> {
        let second = self.second.iter().map(|(server, _)| server);
        let servers = self.server.iter().chain(second);
        let of = |server: &Child| {
            let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
            line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
        };
        servers.map(of).collect()
    }

    /// Kills all its processes without a word.
    pub fn kill(&mut self) {
        let second = self.second.take().map(|(server, _)| server);
        for mut server in self.server.take().into_iter().chain(second) {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }

    /// Asks the server to stop, and says with which code it did.
    pub fn stop(&mut self) -> Option<i32> {
        let mut server = self.server.take().unwrap();
        let asked = Command::new("kill")
            .args(["-TERM", &server.id().to_string()])
            .status()
            .unwrap();
        assert!(asked.success());
        server.wait().unwrap().code()
    }

    /// Runs a command of the program beside the servers.
    pub fn command(&self, arguments: &[&str]) -> std::process::Output {
        self.trei().args(arguments).output().unwrap()
    }

    /// The verdict of `trei audit`.
    pub fn audit(&self) -> (bool, String) {
        let audit = self.trei().arg("audit").output().unwrap();
        (
            audit.status.success(),
            String::from_utf8_lossy(&audit.stdout).into_owned(),
        )
    }
}

/// One connection that is kept.
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    async fn open(port: u16) -> std::io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            read: Vec::new(),
        })
    }

    /// Sends bytes as they are.
    pub async fn begin(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Whatever the server still says until it closes the connection.
    pub async fn rest(mut self) -> String {
        let mut rest = Vec::new();
        let _ = self.stream.read_to_end(&mut rest).await;
        String::from_utf8_lossy(&rest).into_owned()
    }

    /// Sends a request and reads the answer: status and body.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<(u16, String)> {
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        text.push_str(body);
        self.stream.write_all(text.as_bytes()).await?;
        let end = loop {
            if let Some(end) = self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8_lossy(&self.read[..end]).to_lowercase();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
        let length: usize = length.unwrap_or(0);
        while self.read.len() < end + length {
            self.more().await?;
        }
        let body = String::from_utf8_lossy(&self.read[end..end + length]).into_owned();
        self.read.drain(..end + length);
        Ok((status, body))
    }

    async fn more(&mut self) -> std::io::Result<()> {
        let mut part = [0u8; 16_384];
        match self.stream.read(&mut part).await? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => {
                self.read.extend_from_slice(&part[..count]);
                Ok(())
            }
        }
    }
}
