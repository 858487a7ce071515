//! PostgreSQL for tests and benches: a cluster that ends with its process, and a database for each test.
//! A serving process must not use it; it is behind the feature `testing`.
//!
//! A shell owns the cluster and reads from a pipe that only this process holds. However the process ends, the pipe
//! closes, and the shell stops the server and removes its folder.

use crate::error::Error;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// The environment variable with the URL of an administrator of a running server, which is used instead of a cluster.
pub const SERVER_VARIABLE: &str = "TREI_TEST_POSTGRES";

/// `$1` is the folder of the programs, `$2` settings of the server.
const SCRIPT: &str = r#"
set -e
dir=$(mktemp -d /tmp/trei-postgres-XXXXXX)
finish() { "$1/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$dir"; }
trap 'finish "$1"' EXIT
cd "$dir"
"$1/initdb" -D "$dir/data" -A trust -U postgres --no-sync -E UTF8 --locale=C >"$dir/log" 2>&1 \
  || { cat "$dir/log" >&2; exit 1; }
"$1/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$dir' -c max_connections=300 $2" start >/dev/null 2>&1 \
  || { cat "$dir/log" >&2; exit 1; }
chmod 755 "$dir"
echo "$dir"
cat >/dev/null
"#;

const FAST: &str = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off";
const DURABLE: &str = "-c fsync=on -c full_page_writes=on -c synchronous_commit=on";

/// A PostgreSQL server of its own, reached through a socket. Dropping it stops the server and removes its files.
#[derive(Debug)]
pub struct Cluster {
    shell: Child,
    url: String,
}

impl Cluster {
    /// Starts a server: about a second. `durable` keeps commits on disk, as benches want; tests do without.
    ///
    /// # Errors
    /// `Error::Other` where PostgreSQL is not installed or does not start.
    pub fn start(durable: bool) -> Result<Cluster, Error> {
        let programs = programs()?;
        let settings = if durable { DURABLE } else { FAST };
        let mut shell = as_postgres()?;
        shell.args(["sh", "-c", SCRIPT, "sh"]).arg(programs).arg(settings);
        shell
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        // Its own group: an interrupt from the keyboard must not reach it before it has tidied up.
        let shell = shell.process_group(0).spawn();
        let mut shell = shell.map_err(|error| Error::other("a shell for PostgreSQL", error))?;
        let mut folder = String::new();
        if let Some(output) = shell.stdout.take() {
            let read = BufReader::new(output).read_line(&mut folder);
            read.map_err(|error| Error::other("a PostgreSQL cluster", error))?;
        }
        let folder = folder.trim();
        if folder.is_empty() {
            let _ = shell.wait();
            let error = std::io::Error::other("initdb or pg_ctl failed, see above");
            return Err(Error::other("a PostgreSQL cluster", error));
        }
        let host = folder.replace('/', "%2F");
        let url = format!("postgres://postgres@{host}:5432/postgres");
        Ok(Cluster { shell, url })
    }

    /// The URL of the administrator's database.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// A database of its own for one test. Dropping it removes it.
#[derive(Debug)]
pub struct Database {
    name: String,
    url: String,
    admin: String,
    /// Keeps the server running that this process started.
    _cluster: Option<Arc<Cluster>>,
}

/// The cluster of this process, for as long as a database of it is used.
static CLUSTER: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());

impl Database {
    /// A new, empty database: on the server of `TREI_TEST_POSTGRES`, or on one that this process starts.
    ///
    /// # Errors
    /// `Error::Other` or `Error::ConnectionLost` where there is no server or it refuses.
    pub fn create() -> Result<Database, Error> {
        Database::create_from("template0")
    }

    /// A copy of another database, to which nobody may be connected.
    ///
    /// # Errors
    /// As `create`.
    pub fn create_from(template: &str) -> Result<Database, Error> {
        match std::env::var(SERVER_VARIABLE) {
            Ok(admin) => Database::on(&admin, template, None),
            Err(_) => {
                let cluster = shared_cluster()?;
                Database::on(&cluster.url, template, Some(cluster.clone()))
            }
        }
    }

    /// A new database on a cluster the caller keeps.
    ///
    /// # Errors
    /// As `create`.
    pub fn create_on(cluster: &Cluster) -> Result<Database, Error> {
        Database::on(&cluster.url, "template0", None)
    }

    /// The URL to open it with.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its name, to be the template of another.
    pub fn name(&self) -> &str {
        &self.name
    }

    #[expect(clippy::disallowed_methods, reason = "a name for a database of a test")]
    fn on(admin: &str, template: &str, cluster: Option<Arc<Cluster>>) -> Result<Database, Error> {
        let name = format!("trei_{}", uuid::Uuid::now_v7().simple());
        let (server, database) = admin
            .rsplit_once('/')
            .ok_or_else(|| Error::options("the address of the server names no database"))?;
        let settings = database.split_once('?').map(|(_, settings)| settings);
        let url = match settings {
            Some(settings) => format!("{server}/{name}?{settings}"),
            None => format!("{server}/{name}"),
        };
        administer(admin, format!("create database {name} template {template}"))?;
        Ok(Database {
            name,
            url,
            admin: admin.to_owned(),
            _cluster: cluster,
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("drop database if exists {} with (force)", self.name);
        if let Err(error) = administer(&self.admin, drop) {
            tracing::warn!(%error, "a temporary database was left behind");
        }
    }
}

fn shared_cluster() -> Result<Arc<Cluster>, Error> {
    let mut shared = CLUSTER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = shared.upgrade() {
        return Ok(cluster);
    }
    let cluster = Arc::new(Cluster::start(false)?);
    *shared = Arc::downgrade(&cluster);
    Ok(cluster)
}

/// Runs one statement outside a transaction, on a thread of its own: the caller may be inside a runtime.
fn administer(url: &str, statement: String) -> Result<(), Error> {
    let url = url.to_owned();
    let work = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::other("a thread", error))?;
        runtime.block_on(async {
            let connected = tokio_postgres::connect(&url, tokio_postgres::NoTls).await;
            let (client, connection) = connected.map_err(Error::lost)?;
            tokio::spawn(connection);
            let ran = client.batch_execute(&statement).await;
            ran.map_err(|error| Error::other(statement, error))
        })
    };
    std::thread::spawn(work).join().unwrap_or(Err(Error::Closed))
}

/// The folder with the programs of the newest installed PostgreSQL.
///
/// # Errors
/// `Error::Other` where there is none.
pub fn programs() -> Result<PathBuf, Error> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = debian.flatten().map(|entry| entry.path().join("bin"));
    let mut found: Vec<PathBuf> = debian.filter(|path| path.join("initdb").exists()).collect();
    let version = |path: &PathBuf| {
        let version = path.parent().and_then(|path| path.file_name()?.to_str()?.parse().ok());
        version.unwrap_or(0u32)
    };
    found.sort_by_key(version);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let others = std::env::split_paths(&path).find(|path| path.join("initdb").exists());
    found.pop().or(others).ok_or_else(|| {
        let error = std::io::Error::other("no initdb in /usr/lib/postgresql or in PATH");
        Error::other("PostgreSQL", error)
    })
}

/// A command that goes on as a user PostgreSQL accepts: it refuses to run as root.
fn as_postgres() -> Result<Command, Error> {
    let user = Command::new("id").arg("-u").output();
    let user = user.map_err(|error| Error::other("the name of the user", error))?;
    if user.stdout.trim_ascii() != b"0" {
        return Ok(Command::new("env"));
    }
    let has_setpriv = Command::new("setpriv").arg("--version").output().is_ok();
    if has_setpriv {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]);
        return Ok(command);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]);
    Ok(command)
}
