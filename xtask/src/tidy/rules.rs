//! Rules have ids: what code cites is written down, and what is written down has a story.
//!
//! `docs/rules.md` defines an id where a line begins with it (in a heading, a list or a table); the text up to the next id
//! belongs to it. A rule that no story can tell says there: shown by `the/path/of/its/test.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::{Source, Tree};

const RULES: &str = "docs/rules.md";
const STORIES: &str = "crates/domain/tests/stories";

/// Capitals with a number that are no rules.
const NOT_RULES: &[&str] = &[
    "UTF", "SHA", "ISO", "HMAC", "RFC", "AES", "EAN", "CRC", "WCAG", "TLS", "BCP", "CODE", "GS", "ES", "TAG", "SSH",
    "AGPL",
];

static ID: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:([A-Z]{2,5})-(\d+)|CARD-STATE|PROG-STATE)\b"));
static DEFINITION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\s#*|`\-\[<>a-z\x22=/]*((?:[A-Z]{2,5}-\d+)|CARD-STATE|PROG-STATE)\b"));
static SHOWN_BY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)shown by\s+\[?`([^`]+)`"));

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this file; a test uses each of them"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// The part of `docs/rules.md` that belongs to one id.
struct Rule {
    line: usize,
    text: String,
}

pub fn cited_and_shown(tree: &Tree) -> Vec<Finding> {
    let rules = tree
        .files
        .iter()
        .find(|source| source.path == RULES)
        .map(read)
        .unwrap_or_default();
    let mut findings = Vec::new();
    let mut told = BTreeSet::new();
    for source in tree
        .files
        .iter()
        .filter(|source| source.is_under(&["crates"]) && source.has_ending(&["rs", "txt", "html"]))
    {
        for (number, line) in source.lines() {
            for id in ids(line) {
                if !rules.contains_key(&id) {
                    findings.push(Finding::new(
                        &source.path,
                        number,
                        format!("{id} does not stand in {RULES}"),
                    ));
                }
                if source.is_under(&[STORIES]) {
                    told.insert(id);
                }
            }
        }
    }
    for (id, rule) in &rules {
        let shown: Vec<&str> = SHOWN_BY
            .captures_iter(&rule.text)
            .filter_map(|found| Some(found.get(1)?.as_str()))
            .collect();
        for path in shown.iter().filter(|path| !tree.paths.contains(**path)) {
            findings.push(Finding::new(
                RULES,
                rule.line,
                format!("{id} is said to be shown by {path}, which does not exist"),
            ));
        }
        if !told.contains(id) && shown.is_empty() {
            findings.push(Finding::new(
                RULES,
                rule.line,
                format!("{id} has no story in {STORIES}, and no test is named that shows it"),
            ));
        }
    }
    findings
}

fn ids(line: &str) -> Vec<String> {
    ID.captures_iter(line)
        .filter(|found| found.get(1).is_none_or(|family| !NOT_RULES.contains(&family.as_str())))
        .map(|found| found[0].to_owned())
        .collect()
}

fn read(source: &Source) -> BTreeMap<String, Rule> {
    let mut rules: BTreeMap<String, Rule> = BTreeMap::new();
    let mut current: Option<String> = None;
    for (line, text) in source.lines() {
        if let Some(found) = DEFINITION.captures(text).filter(|found| !ids(&found[1]).is_empty()) {
            current = Some(found[1].to_owned());
        }
        if let Some(id) = &current {
            rules
                .entry(id.clone())
                .or_insert_with(|| Rule {
                    line,
                    text: String::new(),
                })
                .text
                .push_str(text);
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    const STORY: (&str, &str) = ("crates/domain/tests/stories/stamps.txt", "# STP-1 a stamp is given\n");

    #[test]
    fn an_id_that_is_not_written_down_is_found() {
        let rules = (
            RULES,
            "## Stamps\n- **STP-1** A stamp is given.\n  As UTF-8, see STP-9.\n",
        );
        assert!(
            messages(
                cited_and_shown,
                &[rules, STORY, ("crates/a/src/b.rs", "/// STP-1, in UTF-8")]
            )
            .is_empty()
        );
        let found = messages(
            cited_and_shown,
            &[rules, STORY, ("crates/a/src/b.rs", "//! a\n/// STP-9, CARD-STATE")],
        );
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("crates/a/src/b.rs:2: STP-9"));
    }

    #[test]
    fn a_rule_without_a_story_is_found_unless_a_test_shows_it() {
        let untold = (RULES, "### STP-1 One\n### STP-2 Two\n");
        assert_eq!(messages(cited_and_shown, &[untold, STORY]).len(), 1);
        let shown = (
            RULES,
            "| STP-1 | One |\n| **IDM-1** | Twice is once. Shown by `crates/server/tests/it/twice.rs` |\n",
        );
        assert_eq!(
            messages(cited_and_shown, &[shown, STORY]).len(),
            1,
            "the named test must exist"
        );
        assert!(
            messages(
                cited_and_shown,
                &[shown, STORY, ("crates/server/tests/it/twice.rs", "")]
            )
            .is_empty()
        );
    }
}
