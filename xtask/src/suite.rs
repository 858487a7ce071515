//! Everything that must hold, step by step: `cargo xtask test`.
//!
//! A step that fails does not hide the next; only what cannot run without it is left out. The last line counts the tests
//! that ran. A step without tests of its own that fails (format, tidy, lints …) counts as one failure.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::counts::{self, Counts};
use crate::postgres::Cluster;
use crate::{process, setup, tidy};

/// One step, in the order of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    Setup,
    Format,
    Tidy,
    Lints,
    Build,
    /// Unit and integration tests, on SQLite and on a temporary PostgreSQL.
    Unit,
    Licences,
    Types,
    Browser,
}

/// How a step ended.
enum End {
    Done(Counts),
    Failed(Counts, String),
    Skipped(&'static str),
}

/// Run the steps (all when none is named) and say whether everything held.
pub fn run(root: &Path, only: &[Step]) -> Result<bool> {
    let began = Instant::now();
    let mut lines = Vec::new();
    let mut sum = Counts::default();
    let mut broken: Vec<Step> = Vec::new();
    for step in Step::value_variants() {
        if !only.is_empty() && !only.contains(step) {
            continue;
        }
        let began = Instant::now();
        let end = match blocked_by(*step, &broken) {
            Some(reason) => End::Failed(Counts::default(), reason),
            None => walk(root, *step).unwrap_or_else(|error| End::Failed(Counts::default(), format!("{error:#}"))),
        };
        let line = describe(*step, &end, began.elapsed());
        println!("{line}");
        lines.push(line);
        match end {
            End::Done(counts) => sum += counts,
            End::Failed(mut counts, _) => {
                counts.failed = counts.failed.max(1);
                sum += counts;
                broken.push(*step);
            }
            End::Skipped(_) => {}
        }
    }
    println!("\n{}\nall in {}", lines.join("\n"), human(began.elapsed()));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    Ok(sum.failed == 0)
}

/// What is built is what is tested: without a build there is nothing to test.
fn blocked_by(step: Step, broken: &[Step]) -> Option<String> {
    let needs: &[Step] = match step {
        Step::Unit | Step::Types => &[Step::Build],
        Step::Browser => &[Step::Build, Step::Setup],
        _ => &[],
    };
    needs
        .iter()
        .find(|need| broken.contains(need))
        .map(|need| format!("not run, because {} failed", name(*need)))
}

fn walk(root: &Path, step: Step) -> Result<End> {
    match step {
        Step::Setup => setup::run(root).map(|()| End::Done(Counts::default())),
        Step::Format => tool(cargo(root, &["fmt", "--all", "--check"])),
        Step::Tidy => Ok(verdict(tidy::run(root)?, Counts::default())),
        Step::Lints => tool(cargo(
            root,
            &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
        )),
        Step::Build => tool(cargo(root, &["build"])),
        Step::Unit => unit(root),
        Step::Licences => licences(root),
        Step::Types => types(root),
        Step::Browser => browser(root),
    }
}

fn unit(root: &Path) -> Result<End> {
    let cluster = Cluster::start()?;
    let mut command = if has_cargo_command(root, "nextest") {
        cargo(root, &["nextest", "run", "--workspace", "--no-fail-fast"])
    } else {
        cargo(root, &["test", "--workspace", "--all-targets", "--no-fail-fast"])
    };
    let tests = process::run(command.env("TREI_TEST_POSTGRES", cluster.url()))?;
    // Examples in documentation comments: no other runner knows them.
    let examples = process::run(
        cargo(root, &["test", "--workspace", "--doc", "--no-fail-fast"]).env("TREI_TEST_POSTGRES", cluster.url()),
    )?;
    let mut counts = counts::read(&tests.output);
    counts += counts::read(&examples.output);
    if counts.passed + counts.failed == 0 {
        bail!("the runner printed no summary");
    }
    Ok(verdict(tests.success && examples.success, counts))
}

fn licences(root: &Path) -> Result<End> {
    if !has_cargo_command(root, "deny") {
        return Ok(End::Skipped("cargo-deny is not installed"));
    }
    // Advisories need a network: they are for a person, before a release.
    tool(cargo(root, &["deny", "check", "licenses", "bans", "sources"]))
}

fn types(root: &Path) -> Result<End> {
    let mut all = true;
    let mut any = false;
    for folder in ["web", "e2e"] {
        let folder = root.join(folder);
        let package = std::fs::read_to_string(folder.join("package.json")).unwrap_or_default();
        let package: serde_json::Value = serde_json::from_str(&package).unwrap_or_default();
        if package["scripts"]["check"].is_string() {
            any = true;
            all &= process::run(
                Command::new("npm")
                    .args(["run", "--silent", "check"])
                    .current_dir(folder),
            )?
            .success;
        }
    }
    if any {
        Ok(verdict(all, Counts::default()))
    } else {
        Ok(End::Skipped("no package has a script `check`"))
    }
}

fn browser(root: &Path) -> Result<End> {
    let folder = root.join("e2e");
    if !folder.join("package.json").exists() {
        return Ok(End::Skipped("there is no e2e/"));
    }
    let Some(chromium) = setup::chromium() else {
        bail!("Chromium is missing: run `cargo xtask setup`")
    };
    let mut command = Command::new("node");
    command
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .current_dir(folder);
    command
        .env("TREI_BIN", binary(root))
        .env("TREI_CHROMIUM", chromium)
        .env("CI", "1");
    let tests = process::run(&mut command)?;
    let counts = counts::read(&tests.output);
    if counts.passed + counts.failed == 0 {
        bail!("the runner printed no summary");
    }
    Ok(verdict(tests.success, counts))
}

/// Where `cargo build` leaves the program.
pub fn binary(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root.join("target"), PathBuf::from)
        .join("debug/trei")
}

fn tool(mut command: Command) -> Result<End> {
    Ok(verdict(process::run(&mut command)?.success, Counts::default()))
}

fn verdict(success: bool, counts: Counts) -> End {
    if success && counts.failed == 0 {
        End::Done(counts)
    } else {
        End::Failed(counts, String::new())
    }
}

/// A cargo command at the root, with colours only where a person looks.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root);
    if std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command
}

pub fn has_cargo_command(root: &Path, name: &str) -> bool {
    process::ask(cargo(root, &[name, "--version"]).stderr(std::process::Stdio::null())).is_some()
}

fn describe(step: Step, end: &End, took: Duration) -> String {
    let (mark, remark) = match end {
        End::Done(counts) if *counts == Counts::default() => ("ok    ", String::new()),
        End::Done(counts) => ("ok    ", format!("{} tests", counts.passed)),
        End::Failed(counts, reason) if *counts == Counts::default() => ("FAILED", reason.clone()),
        End::Failed(counts, reason) => (
            "FAILED",
            format!("{} of {} tests {reason}", counts.failed, counts.passed + counts.failed),
        ),
        End::Skipped(reason) => ("skip  ", (*reason).to_owned()),
    };
    format!("{mark} {:<9} {:>9}  {remark}", name(step), human(took))
        .trim_end()
        .to_owned()
}

fn name(step: Step) -> String {
    step.to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}

fn human(took: Duration) -> String {
    let seconds = took.as_secs();
    if seconds < 60 {
        format!("{:.1} s", took.as_secs_f32())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_stands_in_its_line() {
        let end = verdict(false, Counts { passed: 3, failed: 1 });
        assert_eq!(
            describe(Step::Unit, &end, Duration::from_secs(61)),
            "FAILED unit      1 min 01 s  1 of 4 tests"
        );
    }

    #[test]
    fn a_runner_that_fails_without_a_failed_test_is_still_a_failure() {
        assert!(matches!(
            verdict(false, Counts { passed: 3, failed: 0 }),
            End::Failed(..)
        ));
        assert!(matches!(
            verdict(true, Counts { passed: 3, failed: 1 }),
            End::Failed(..)
        ));
    }

    #[test]
    fn nothing_is_tested_without_a_build() {
        assert_eq!(
            blocked_by(Step::Browser, &[Step::Build]).as_deref(),
            Some("not run, because build failed")
        );
        assert_eq!(blocked_by(Step::Unit, &[Step::Tidy]), None);
    }
}
