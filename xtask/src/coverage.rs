//! Line coverage against a floor that may only rise.
//!
//! The measuring is cargo-llvm-cov's; here is only the comparison.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::postgres::Cluster;
use crate::process;
use crate::suite::{cargo, has_cargo_command};

const FLOOR: &str = "xtask/coverage-floor.txt";
const REPORT: &str = "target/coverage.json";

/// Whether coverage is at the floor or above it.
pub fn run(root: &Path, raise: bool) -> Result<bool> {
    if !has_cargo_command(root, "llvm-cov") {
        bail!("cargo-llvm-cov is missing: `rustup component add llvm-tools && cargo install cargo-llvm-cov --locked`");
    }
    let measured = measure(root)?;
    let floor = read_floor(&root.join(FLOOR))?;
    println!("{}", sentence(measured, floor));
    if measured < floor {
        return Ok(false);
    }
    if raise && measured > floor {
        std::fs::write(root.join(FLOOR), format!("{}\n", tenths(measured)))?;
        println!("the floor is now {} %", tenths(measured));
    }
    Ok(true)
}

fn measure(root: &Path) -> Result<u32> {
    let cluster = Cluster::start()?;
    std::fs::create_dir_all(root.join("target"))?;
    let runner: &[&str] = if has_cargo_command(root, "nextest") {
        &["llvm-cov", "nextest"]
    } else {
        &["llvm-cov"]
    };
    let options = [
        "--workspace",
        "--exclude",
        "xtask",
        "--json",
        "--summary-only",
        "--output-path",
        REPORT,
    ];
    let mut command = cargo(root, &[runner, &options].concat());
    if !process::run(command.env("TREI_TEST_POSTGRES", cluster.url()))?.success {
        bail!("the tests failed, or llvm-tools is missing (`rustup component add llvm-tools`); nothing was measured");
    }
    let report = std::fs::read_to_string(root.join(REPORT)).context("cargo-llvm-cov left no report")?;
    lines_covered(&report)
}

/// Covered lines in tenths of a percent, rounded down so that the floor is never above what was measured.
fn lines_covered(report: &str) -> Result<u32> {
    let report: serde_json::Value = serde_json::from_str(report).context("the report is not JSON")?;
    let lines = &report["data"][0]["totals"]["lines"];
    let covered = lines["covered"].as_u64().context("the report has no covered lines")?;
    let count = lines["count"]
        .as_u64()
        .filter(|count| *count > 0)
        .context("the report has no lines")?;
    Ok(u32::try_from(covered * 1000 / count)?)
}

fn read_floor(path: &Path) -> Result<u32> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{FLOOR} is missing"))?;
    parse_floor(text.trim()).with_context(|| format!("{FLOOR} must hold one number such as 71.5"))
}

fn parse_floor(text: &str) -> Option<u32> {
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    Some(whole.parse::<u32>().ok()? * 10 + tenth.parse::<u32>().ok().filter(|tenth| *tenth < 10)?)
}

fn sentence(measured: u32, floor: u32) -> String {
    let (measured_text, floor_text) = (tenths(measured), tenths(floor));
    match measured.cmp(&floor) {
        std::cmp::Ordering::Less => format!("coverage: {measured_text} % of lines, below the floor of {floor_text} %"),
        std::cmp::Ordering::Equal => format!("coverage: {measured_text} % of lines, exactly the floor"),
        std::cmp::Ordering::Greater => {
            format!("coverage: {measured_text} % of lines, above the floor of {floor_text} %; `--raise` keeps it")
        }
    }
}

fn tenths(value: u32) -> String {
    format!("{}.{}", value / 10, value % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_report_and_rounds_down() {
        let report = r#"{"data":[{"totals":{"lines":{"count":3000,"covered":2156,"percent":71.87}}}]}"#;
        assert_eq!(lines_covered(report).unwrap(), 718);
        assert!(lines_covered(r#"{"data":[]}"#).is_err());
    }

    #[test]
    fn reads_the_floor() {
        assert_eq!(parse_floor("71.5"), Some(715));
        assert_eq!(parse_floor("71"), Some(710));
        assert_eq!(parse_floor("71.55"), None);
        assert_eq!(parse_floor("high"), None);
    }

    #[test]
    fn says_when_it_fell() {
        assert_eq!(
            sentence(700, 715),
            "coverage: 70.0 % of lines, below the floor of 71.5 %"
        );
    }
}
