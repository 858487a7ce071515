//! `cargo xtask schemathesis`: somebody else's tool reads the API document, makes calls of it against a demonstration, and
//! says where server and document differ. Not a part of `test`: the tool is Python and has to be installed first.
//!
//! It knows how a demonstration is started. It must not know what the API does.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::Signal;

use crate::postgres::free_port;
use crate::process::{self, Folder, Group, ask};
use crate::suite::{binary, cargo};

const TOOL: &str = "TREI_SCHEMATHESIS";
const FILL_PATIENCE: Duration = Duration::from_secs(120);
/// What is not a difference: the rules refuse much that has the right shape, such as a stamp for a card that is blocked;
/// and a missing idempotency key is answered with 428, which the tool does not expect.
const NOT_CHECKED: &str = "positive_data_acceptance,missing_required_header";

/// Runs the tool; `examples` is how many calls it makes up for each operation in each of its phases.
pub fn run(root: &Path, examples: u32) -> Result<bool> {
    let tool = std::env::var_os(TOOL).unwrap_or_else(|| "schemathesis".into());
    if ask(Command::new(&tool).arg("--version")).is_none() {
        bail!(
            "{} does not run: install it as CONTRIBUTING.md says, or name it in {TOOL}",
            tool.display()
        );
    }
    if !process::run(&mut cargo(root, &["build", "--package", "server"]))?.success {
        return Ok(false);
    }
    let folder = Folder::create("trei-schemathesis-")?;
    let base = format!("http://127.0.0.1:{}", free_port()?);
    let (_server, key) = demonstration(&binary(root), folder.path(), &base)?;
    let mut command = Command::new(tool);
    command
        .current_dir(folder.path())
        .args(["run", &format!("{base}/api/v1/openapi.json")])
        .args(["--header", &format!("Authorization: Bearer {key}")])
        .args(["--exclude-checks", NOT_CHECKED, "--continue-on-failure"])
        .args(["--max-examples", &examples.to_string()]);
    Ok(process::run(&mut command)?.success)
}

/// Starts a small demonstration; what comes back is the server and an API key.
fn demonstration(program: &Path, folder: &Path, base: &str) -> Result<(Group, String)> {
    let file = folder.join("demo.json");
    let log = File::create(folder.join("log"))?;
    let mut command = Command::new(program);
    command
        .args(["demo", "--size", "small", "--credentials"])
        .arg(&file)
        .env("LOYALTY_DATA_DIR", folder.join("data"))
        .env("LOYALTY_RATE_LIMITS", "off")
        .env("LOYALTY_LISTEN", base.trim_start_matches("http://"))
        .env_remove("LOYALTY_DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    let mut server = Group::start(&mut command, Signal::SIGTERM)?;
    let end = Instant::now() + FILL_PATIENCE;
    while Instant::now() < end {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if let Ok(written) = serde_json::from_str::<serde_json::Value>(&text) {
            let key = written["merchants"][0]["api_key"].as_str();
            return Ok((server, key.context("the demonstration names no key")?.to_owned()));
        }
        if !matches!(server.child.try_wait(), Ok(None)) {
            bail!(
                "the demonstration ended: {}",
                std::fs::read_to_string(folder.join("log"))?
            );
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("the demonstration was not filled after {} s", FILL_PATIENCE.as_secs())
}
