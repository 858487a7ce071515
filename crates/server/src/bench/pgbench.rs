//! PostgreSQL's own yardstick on the same cluster: `pgbench`, its simple-update script, 32 clients. Its figure belongs
//! to the machine, so that ours can be told as a ratio.

use crate::error::Error;
use std::path::PathBuf;
use std::process::Command;

/// Accounts in units of 100,000.
const SCALE: &str = "10";
const CLIENTS: &str = "32";

/// A database filled for `pgbench`.
pub struct Pgbench {
    program: PathBuf,
    database: db::temporary::Database,
}

impl Pgbench {
    /// Fills a database of its own.
    ///
    /// # Errors
    /// When `pgbench` is not installed or fails.
    pub async fn prepare(cluster: &db::temporary::Cluster) -> Result<Self, Error> {
        let program = db::temporary::programs()?.join("pgbench");
        let database = db::temporary::Database::create_on(cluster)?;
        let pgbench = Self { program, database };
        pgbench.call(&["--initialize", "--quiet", "--scale", SCALE]).await?;
        Ok(pgbench)
    }

    /// Runs for a number of seconds, speaking a protocol (`simple`, which is its own default, or `prepared`), and says how many transactions a second were committed.
    ///
    /// # Errors
    /// When `pgbench` fails.
    pub async fn run(&self, protocol: &str, seconds: u64) -> Result<f64, Error> {
        let time = seconds.max(1).to_string();
        let said = self
            .call(&[
                "--skip-some-updates",
                "-c",
                CLIENTS,
                "-j",
                "2",
                "-M",
                protocol,
                "--no-vacuum",
                "-T",
                &time,
            ])
            .await?;
        rate(&said).ok_or_else(|| Error::Unfit(format!("pgbench says no rate: {said}")))
    }

    async fn call(&self, arguments: &[&str]) -> Result<String, Error> {
        let mut command = Command::new(&self.program);
        command.args(arguments).arg(self.database.url());
        let ran = tokio::task::spawn_blocking(move || command.output()).await;
        let ran = ran.map_err(|error| Error::Unfit(format!("pgbench stopped: {error}")))?;
        let output = ran.map_err(Error::io("pgbench cannot be started"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(Error::Unfit(format!("pgbench failed: {said}")));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// The rate in what `pgbench` printed.
fn rate(said: &str) -> Option<f64> {
    let line = said.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_found_among_other_lines() {
        let said =
            "number of threads: 2\nlatency average = 7.9 ms\ntps = 4051.250000 (without initial connection time)\n";
        assert_eq!(rate(said), Some(4051.25));
        assert_eq!(rate("latency average = 7.9 ms"), None);
    }
}
