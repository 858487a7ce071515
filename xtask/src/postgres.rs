//! One temporary PostgreSQL for a whole run of the tests: made from nothing, fast because it promises nothing, gone after.
//!
//! Tests get its address in `TREI_TEST_POSTGRES` and make a database each.

use std::fs::File;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;
use nix::unistd::{Uid, User};

use crate::process::{Folder, Group, ask};

const PREFIX: &str = "trei-test-postgres-";
const CONNECTIONS_MAX: u32 = 200;
const START_PATIENCE: Duration = Duration::from_secs(60);

/// A running cluster. Dropping it stops the server, then removes its folder: fields are dropped in this order.
pub struct Cluster {
    url: String,
    _server: Group,
    _folder: Folder,
}

impl Cluster {
    pub fn start() -> Result<Self> {
        let programs = programs().context("PostgreSQL is not installed: run `cargo xtask setup`")?;
        let folder = Folder::create(PREFIX)?;
        give_to_postgres(folder.path())?;
        let cluster = folder.path().join("cluster");
        initialise(&programs, &cluster)?;
        let port = free_port()?;
        let log = folder.path().join("log");
        let mut server = launch(&programs, folder.path(), &cluster, port, &log)?;
        wait_until_ready(&programs, port, &mut server)
            .with_context(|| format!("its log says: {}", std::fs::read_to_string(&log).unwrap_or_default()))?;
        Ok(Self {
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
            _server: server,
            _folder: folder,
        })
    }

    /// The address of an administrator, who may create databases.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// The folder of `initdb` and `postgres`: the newest of Debian's, else the one in the path.
pub fn programs() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, path)| path.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, path)| path).or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
    })
}

/// PostgreSQL refuses to run as root, so root runs it as the user that Debian's package made. The kernel ends it with us.
fn as_postgres(program: &Path) -> Command {
    if ask(Command::new("setpriv").arg("--version")).is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    if Uid::effective().is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

fn give_to_postgres(folder: &Path) -> Result<()> {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    if Uid::effective().is_root() {
        let user = User::from_name("postgres")?.context("there is no user postgres: run `cargo xtask setup`")?;
        chown(folder, Some(user.uid.as_raw()), Some(user.gid.as_raw()))?;
    }
    Ok(())
}

fn initialise(programs: &Path, cluster: &Path) -> Result<()> {
    let mut command = as_postgres(&programs.join("initdb"));
    command
        .args([
            "-A",
            "trust",
            "-U",
            "postgres",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
            "-D",
        ])
        .arg(cluster);
    let answer = command
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .context("cannot start initdb")?;
    if !answer.status.success() {
        bail!("initdb failed: {}", String::from_utf8_lossy(&answer.stderr));
    }
    Ok(())
}

pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")
        .context("no free port on loopback")?
        .local_addr()?
        .port())
}

fn launch(programs: &Path, folder: &Path, cluster: &Path, port: u16, log: &Path) -> Result<Group> {
    let mut command = as_postgres(&programs.join("postgres"));
    command
        .arg("-D")
        .arg(cluster)
        .arg("-p")
        .arg(port.to_string())
        .arg("-k")
        .arg(folder);
    let settings = [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("max_connections={CONNECTIONS_MAX}"),
        // Nothing here is worth keeping through a crash.
        "fsync=off".to_owned(),
        "synchronous_commit=off".to_owned(),
        "full_page_writes=off".to_owned(),
        // Shared memory in the folder, so that removing the folder removes it too.
        "dynamic_shared_memory_type=mmap".to_owned(),
    ];
    for setting in settings {
        command.arg("-c").arg(setting);
    }
    let log = File::create(log)?;
    command
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    // QUIT is PostgreSQL's immediate shutdown: it does not wait for clients.
    Group::start(&mut command, Signal::SIGQUIT)
}

fn wait_until_ready(programs: &Path, port: u16, server: &mut Group) -> Result<()> {
    let end = Instant::now() + START_PATIENCE;
    while Instant::now() < end {
        let mut question = Command::new(programs.join("pg_isready"));
        question.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string(), "-U", "postgres"]);
        if ask(&mut question).is_some() {
            return Ok(());
        }
        if let Some(status) = server.child.try_wait()? {
            bail!("PostgreSQL ended at once ({status})");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    bail!("PostgreSQL was not ready after {} s", START_PATIENCE.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing_behind() {
        let cluster = Cluster::start().unwrap();
        let folder = cluster._folder.path().to_owned();
        let question = |url: &str| {
            let mut command = Command::new(programs().unwrap().join("psql"));
            ask(command.args(["-XAtc", "show max_connections"]).arg(url))
        };
        assert_eq!(question(cluster.url()).unwrap().trim(), CONNECTIONS_MAX.to_string());
        let url = cluster.url().to_owned();
        drop(cluster);
        assert!(!folder.exists());
        assert_eq!(question(&url), None);
    }
}
