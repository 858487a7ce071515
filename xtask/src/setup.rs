//! Puts on a fresh Debian machine what the tests need beside Rust and Node.
//!
//! It looks first and installs only what is missing; on a machine that has everything it changes nothing.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use nix::unistd::Uid;

use crate::{postgres, process};

const NODE_MAJOR_MIN: u32 = 20;

pub fn run(root: &Path) -> Result<()> {
    check_node()?;
    let missing = missing_packages();
    if !missing.is_empty() {
        install(&missing)?;
    }
    install_browser_tests(root)
}

/// Where Chromium is, if it is anywhere.
pub fn chromium() -> Option<PathBuf> {
    std::env::var_os("TREI_CHROMIUM")
        .map(PathBuf::from)
        .filter(|path| path.exists())
        .or_else(|| in_path("chromium"))
}

fn check_node() -> Result<()> {
    let version = process::ask(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE_MAJOR_MIN => Ok(()),
        Some(major) => bail!("Node {major} is too old: install Node {NODE_MAJOR_MIN} or newer with npm"),
        None => bail!("Node is missing: install Node {NODE_MAJOR_MIN} or newer with npm"),
    }
}

fn missing_packages() -> Vec<&'static str> {
    let mut missing = Vec::new();
    if postgres::programs().is_none() {
        missing.push("postgresql");
    }
    if chromium().is_none() {
        missing.push("chromium");
    }
    if !Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists() {
        missing.push("fonts-dejavu");
    }
    missing
}

fn install(packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if in_path("apt-get").is_none() {
        bail!("missing: {names}. This is not a Debian machine; install them in its way, then run this again");
    }
    println!("installing {names}");
    // Another run on the same machine may hold the package database: wait for it.
    let lock = ["-o", "DPkg::Lock::Timeout=600", "-qq"];
    run_apt(&[&lock[..], &["update"]].concat())?;
    let wanted = [&lock[..], &["install", "-y", "--no-install-recommends"], packages].concat();
    if run_apt(&wanted).is_err() {
        // An installation that was interrupted earlier is finished first.
        run_apt(&[&lock[..], &["install", "-y", "--fix-broken"]].concat())?;
        run_apt(&wanted)?;
    }
    let still = missing_packages();
    if !still.is_empty() {
        bail!("apt-get ended well, but still missing: {}", still.join(" "));
    }
    Ok(())
}

fn run_apt(arguments: &[&str]) -> Result<()> {
    let mut command = if Uid::effective().is_root() {
        Command::new("apt-get")
    } else if in_path("sudo").is_some() {
        let mut command = Command::new("sudo");
        command.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        command
    } else {
        bail!(
            "not root and no sudo: as root, run `apt-get install -y --no-install-recommends postgresql chromium fonts-dejavu`"
        );
    };
    command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
    if !process::run(&mut command)?.success {
        bail!("apt-get {} failed", arguments.join(" "));
    }
    Ok(())
}

/// `npm ci` in e2e/, only when its lock differs from the one that was installed.
fn install_browser_tests(root: &Path) -> Result<()> {
    let folder = root.join("e2e");
    let lock = folder.join("package-lock.json");
    if !lock.exists() {
        return Ok(());
    }
    let installed = folder.join("node_modules/.installed-lock.json");
    let wanted = std::fs::read(&lock)?;
    if std::fs::read(&installed).is_ok_and(|bytes| bytes == wanted) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder);
    if !process::run(&mut command)?.success {
        bail!("npm ci failed in e2e/");
    }
    std::fs::write(installed, wanted).context("cannot note which lock was installed")
}

/// The full path of a program, as the shell would find it.
pub fn in_path(program: impl AsRef<OsStr>) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program.as_ref()))
        .find(|file| file.is_file())
}
