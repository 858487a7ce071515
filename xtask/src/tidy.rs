//! The style a machine can check. One file a kind of check; each check is shown by its own tests to fire on a bad snippet.
//!
//! A check takes the tree as text and gives findings; it never changes a file.

mod colours;
mod imports;
mod journeys;
mod locales;
mod loose_ends;
mod names;
mod ratchet;
mod rules;
mod rust;
mod sql;
mod tree;

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};

use tree::Tree;

/// One thing that is not as it should be.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.path, self.line, self.message)
    }
}

type Check = fn(&Tree) -> Vec<Finding>;

const CHECKS: &[(&str, Check)] = &[
    ("headers", names::headers),
    ("type names", names::types),
    ("sql in its place", sql::only_in_its_place),
    ("sql is constant", sql::constant),
    ("imports", imports::sources),
    ("manifests", imports::manifests),
    ("words of the port", imports::port_words),
    ("loose ends", loose_ends::unfinished),
    ("workplace", loose_ends::workplace),
    ("colours", colours::in_styles),
    ("measures", colours::measures),
    ("templates", colours::in_templates),
    ("locales", locales::complete),
    ("words", locales::tone),
    ("typography", locales::typography),
    ("colons", locales::colons),
    ("rules", rules::cited_and_shown),
    ("journeys", journeys::listed),
    ("length", ratchet::length),
    ("floors", ratchet::only_tighter),
];

/// Run every check, print what was found, and say whether nothing was.
pub fn run(root: &Path) -> Result<bool> {
    let tree = Tree::read(root)?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|(_, check)| check(&tree)).collect();
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!(
            "tidy: {} checks, {} files, nothing found",
            CHECKS.len(),
            tree.files.len()
        );
    } else {
        println!("tidy: {} findings", findings.len());
    }
    Ok(findings.is_empty())
}

/// Write the list of what is too long, once.
pub fn seed_ratchet(root: &Path) -> Result<()> {
    let path = root.join(ratchet::FILE);
    if path.exists() {
        bail!("{} exists: it may only shrink, by hand", ratchet::FILE);
    }
    std::fs::write(path, ratchet::seed(&Tree::read(root)?))?;
    Ok(())
}

/// What the checks' own tests say: these snippets, and the messages found in them.
#[cfg(test)]
fn messages(check: Check, files: &[(&str, &str)]) -> Vec<String> {
    check(&Tree::of(files))
        .into_iter()
        .map(|finding| finding.to_string())
        .collect()
}
