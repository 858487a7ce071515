//! How many tests a runner says it ran, read from what it printed.
//!
//! It knows the summary lines of cargo test, nextest and Playwright, and nothing of what they test.

use std::ops::AddAssign;
use std::sync::LazyLock;

use regex::Regex;

/// Tests that passed and tests that did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

static COLOUR: LazyLock<Regex> = LazyLock::new(|| pattern("\u{1b}\\[[0-9;]*[A-Za-z]"));
static CARGO: LazyLock<Regex> = LazyLock::new(|| pattern(r"^test result: \w+\. (\d+) passed; (\d+) failed"));
static NEXTEST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*Summary \[[^\]]*\].*tests? run: (.*)$"));
static PLAYWRIGHT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^  (\d+) (passed|failed|flaky|interrupted|did not run)\b"));
static PART: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d+) (passed|failed|timed out|exec failed|aborted)"));

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this file; a test uses each of them"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// Sum every summary line in the output. A flaky test, and one that did not run, counts as failed.
pub fn read(output: &str) -> Counts {
    let plain = COLOUR.replace_all(output, "");
    let mut sum = Counts::default();
    for line in plain.lines() {
        if let Some(found) = CARGO.captures(line) {
            sum += Counts {
                passed: number(&found[1]),
                failed: number(&found[2]),
            };
        } else if let Some(found) = NEXTEST.captures(line) {
            for part in PART.captures_iter(&found[1]) {
                sum += one(&part[2], number(&part[1]));
            }
        } else if let Some(found) = PLAYWRIGHT.captures(line) {
            sum += one(&found[2], number(&found[1]));
        }
    }
    sum
}

fn one(word: &str, count: u64) -> Counts {
    if word == "passed" {
        Counts {
            passed: count,
            failed: 0,
        }
    } else {
        Counts {
            passed: 0,
            failed: count,
        }
    }
}

fn number(digits: &str) -> u64 {
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_the_lines_of_cargo_test() {
        let output = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n\
                      test result: FAILED. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(read(output), Counts { passed: 4, failed: 2 });
    }

    #[test]
    fn reads_the_summary_of_nextest() {
        let output = "     Summary [   1.234s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 0 skipped\n";
        assert_eq!(read(output), Counts { passed: 9, failed: 3 });
        assert_eq!(
            read("     Summary [ 0.1s] 1 test run: 1 passed, 0 skipped"),
            Counts { passed: 1, failed: 0 }
        );
        assert_eq!(
            read("Summary [ 0.1s] 4/9 tests run: 3 passed, 1 failed, 0 skipped"),
            Counts { passed: 3, failed: 1 }
        );
    }

    #[test]
    fn reads_the_end_of_playwright_and_counts_a_flaky_test_as_failed() {
        let output = "  1 failed\n    [chromium] till.spec.ts\n  1 flaky\n  3 did not run\n  7 passed (12.3s)\n";
        assert_eq!(read(output), Counts { passed: 7, failed: 5 });
    }

    #[test]
    fn looks_through_colours() {
        let output = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.5s] \u{1b}[1m2\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m passed, 0 skipped";
        assert_eq!(read(output), Counts { passed: 2, failed: 0 });
    }

    #[test]
    fn other_lines_count_nothing() {
        assert_eq!(read("7 passed the bread\nrunning 3 tests\n"), Counts::default());
    }
}
