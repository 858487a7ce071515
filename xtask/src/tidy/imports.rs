//! Who may name whom: the lines of ARCHITECTURE.md, held here.

use std::sync::LazyLock;

use regex::Regex;

use super::tree::{Source, Tree};
use super::{Finding, rust};

/// A part of the tree, and what its files never name.
struct Border {
    part: &'static str,
    never: &'static [&'static str],
    because: &'static str,
}

const BORDERS: &[Border] = &[
    Border {
        part: "crates/domain/src",
        never: &[
            "db",
            "server",
            "wallet",
            "assets",
            "tokio",
            "axum",
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
        ],
        because: "the rules do no I/O and know nothing of ours",
    },
    Border {
        part: "crates/db/src",
        never: &["domain", "server", "wallet", "assets", "axum"],
        because: "the port knows engines and nothing of the product",
    },
    Border {
        part: "crates/assets",
        never: &["domain", "db", "server", "wallet"],
        because: "a leaf with bytes and names",
    },
    Border {
        part: "crates/wallet/src",
        never: &["db", "server", "assets", "axum", "tokio"],
        because: "a pass is a pure function",
    },
    Border {
        part: "crates/server/src/api",
        never: &["crate::pages"],
        because: "the two faces do not know each other",
    },
    Border {
        part: "crates/server/src/pages",
        never: &["crate::api"],
        because: "the two faces do not know each other",
    },
    Border {
        part: "crates/server/src/ledger",
        never: &[
            "axum",
            "http",
            "hyper",
            "tower_http",
            "askama",
            "utoipa",
            "crate::api",
            "crate::pages",
            "crate::problem",
            "crate::routes",
        ],
        because: "the ledger knows no HTTP and no HTML",
    },
    Border {
        part: "crates/server/src/sql",
        never: &[
            "axum",
            "http",
            "hyper",
            "askama",
            "domain::decide",
            "crate::api",
            "crate::pages",
            "crate::ledger",
            "crate::clock",
            "crate::problem",
        ],
        because: "a statement knows no HTTP, no rules and no time",
    },
];

/// The drivers, and the only crate that may name them.
const DRIVERS: &[&str] = &["rusqlite", "tokio_postgres", "tokio_postgres_rustls"];

pub fn sources(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.product_sources() {
        let borders: Vec<&Border> = BORDERS.iter().filter(|border| source.is_module(border.part)).collect();
        let at_home = source.is_under(&["crates/db"]);
        for named in rust::paths(source) {
            let path = absolute(source, &named.path);
            for border in &borders {
                if let Some(never) = border.never.iter().find(|never| is_in(&path, never)) {
                    findings.push(Finding::new(
                        &source.path,
                        named.line,
                        format!("names `{never}`: {}", border.because),
                    ));
                }
            }
            if !at_home && DRIVERS.iter().any(|driver| is_in(&path, driver)) {
                findings.push(Finding::new(
                    &source.path,
                    named.line,
                    "only crates/db knows the engines",
                ));
            }
        }
    }
    findings
}

/// `super::pages` in `crates/server/src/api/stamp.rs` is read as `crate::…`, as far as the file's place tells.
fn absolute(source: &Source, path: &str) -> String {
    let mut supers = 0;
    let mut rest = path;
    while let Some(after) = rest.strip_prefix("super::") {
        supers += 1;
        rest = after;
    }
    if supers == 0 {
        return path.to_owned();
    }
    let Some((_, inside)) = source.path.split_once("/src/") else {
        return path.to_owned();
    };
    let mut module: Vec<&str> = inside
        .trim_end_matches(".rs")
        .trim_end_matches("/mod")
        .split('/')
        .collect();
    module.truncate(module.len().saturating_sub(supers));
    let above: String = module.iter().map(|part| format!("{part}::")).collect();
    format!("crate::{above}{rest}")
}

fn is_in(path: &str, root: &str) -> bool {
    path.strip_prefix(root)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// What each manifest may list. A crate not named here may list anything of the workspace but the drivers.
const MANIFESTS: &[(&str, &[&str])] = &[
    // `idna` and `unicode-normalization` are tables: one person has one address however it is typed (`ENR-2`).
    (
        "crates/domain/Cargo.toml",
        &[
            "idna",
            "jiff",
            "serde",
            "serde_json",
            "thiserror",
            "unicode-normalization",
            "uuid",
        ],
    ),
    (
        "crates/assets/Cargo.toml",
        &["rust-embed", "serde", "serde_json", "sha2"],
    ),
];

pub fn manifests(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree
        .files
        .iter()
        .filter(|source| source.path.starts_with("crates/") && source.path.ends_with("/Cargo.toml"))
    {
        let allowed = MANIFESTS
            .iter()
            .find(|(path, _)| *path == source.path)
            .map(|(_, names)| *names);
        for (line, name) in dependencies(source) {
            if allowed.is_some_and(|allowed| !allowed.contains(&name)) {
                let message = format!(
                    "`{name}`: this list proves an absence; extend it in xtask/src/tidy/imports.rs and say why"
                );
                findings.push(Finding::new(&source.path, line, message));
            }
            if DRIVERS.contains(&name.replace('-', "_").as_str()) && source.path != "crates/db/Cargo.toml" {
                findings.push(Finding::new(&source.path, line, "only crates/db knows the engines"));
            }
        }
    }
    findings
}

/// The names under `[dependencies]`, and not those of tests or build scripts.
fn dependencies(source: &Source) -> Vec<(usize, &str)> {
    let mut section = "";
    let mut names = Vec::new();
    for (number, line) in source.lines() {
        if line.starts_with('[') {
            section = line.trim();
            if let Some(name) = section.strip_prefix("[dependencies.") {
                names.push((number, name.trim_end_matches(']')));
            }
        } else if section == "[dependencies]" && line.contains('=') && !line.starts_with('#') {
            names.push((number, line.split(['=', '.', ' ']).next().unwrap_or_default()));
        }
    }
    names
}

static LOYALTY_WORD: LazyLock<Regex> = LazyLock::new(|| {
    let words = "loyalty|stamp|card|reward|merchant|customer|tier|receipt|redeem|redemption|cashier";
    let capitals = "Loyalty|Stamp|Card|Reward|Merchant|Customer|Tier|Receipt|Redeem|Redemption|Cashier";
    pattern(&format!(
        "(?:^|[^A-Za-z])(?:{words})s?(?:$|[^a-z])|(?:{capitals})s?(?:$|[^a-z])"
    ))
});

#[expect(
    clippy::expect_used,
    reason = "the pattern is a constant of this file; a test uses it"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// The port could serve any program: no word of this one stands in it.
pub fn port_words(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree
        .rust()
        .filter(|source| source.is_under(&["crates/db/src"]) && !source.is_test())
    {
        for (number, line) in source.lines() {
            if let Some(found) = LOYALTY_WORD.find(line) {
                let word = found.as_str().trim_matches(|letter: char| !letter.is_alphabetic());
                findings.push(Finding::new(
                    &source.path,
                    number,
                    format!("`{word}` is a word of the product; the port knows none"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    #[test]
    fn the_faces_do_not_know_each_other() {
        let api = "use crate::{ledger, pages::till};\n";
        assert_eq!(
            messages(sources, &[("crates/server/src/api/cards/stamp.rs", api)]).len(),
            1
        );
        assert_eq!(
            messages(sources, &[("crates/server/src/api.rs", "use super::pages;\n")]).len(),
            1
        );
        assert_eq!(
            messages(
                sources,
                &[("crates/server/src/pages/till.rs", "fn f() { crate::api::show(); }\n")]
            )
            .len(),
            1
        );
        assert!(
            messages(
                sources,
                &[("crates/server/src/routes.rs", "use crate::{api, pages};\n")]
            )
            .is_empty()
        );
    }

    #[test]
    fn the_ledger_knows_no_http_and_sql_no_time() {
        assert_eq!(
            messages(
                sources,
                &[("crates/server/src/ledger/batch.rs", "use axum::http::StatusCode;\n")]
            )
            .len(),
            1
        );
        assert_eq!(
            messages(
                sources,
                &[("crates/server/src/sql/cards.rs", "fn f() { crate::clock::now(); }\n")]
            )
            .len(),
            1
        );
        assert!(
            messages(
                sources,
                &[("crates/server/src/ledger.rs", "use domain::decide::decide;\n")]
            )
            .is_empty()
        );
    }

    #[test]
    fn only_the_port_names_the_engines() {
        assert_eq!(
            messages(
                sources,
                &[("crates/server/src/cli/bench.rs", "use rusqlite::Connection;\n")]
            )
            .len(),
            1
        );
        assert!(messages(sources, &[("crates/db/src/sqlite.rs", "use rusqlite::Connection;\n")]).is_empty());
        let manifest = "[package]\nname = \"server\"\n[dependencies]\ntokio-postgres.workspace = true\n[dev-dependencies]\nrusqlite = \"1\"\n";
        assert_eq!(messages(manifests, &[("crates/server/Cargo.toml", manifest)]).len(), 1);
    }

    #[test]
    fn the_rules_do_no_input_or_output() {
        assert_eq!(
            messages(
                sources,
                &[("crates/domain/src/card.rs", "use std::fs::File;\nuse db::Value;\n")]
            )
            .len(),
            2
        );
        assert_eq!(
            messages(
                manifests,
                &[("crates/domain/Cargo.toml", "[dependencies]\ntokio = \"1\"\n")]
            )
            .len(),
            1
        );
    }

    #[test]
    fn the_port_knows_no_word_of_the_product() {
        let bad = "//! Runs statements till they end.\nfn lock_cards() {}\nstruct CardRow;\nfn stamp_of(merchant_id: u8) {}\n";
        assert_eq!(messages(port_words, &[("crates/db/src/sqlite.rs", bad)]).len(), 3);
        let good = "//! A savepoint, a timestamp, discards, wildcards; until then, frontiers.\n";
        assert!(messages(port_words, &[("crates/db/src/sqlite.rs", good)]).is_empty());
    }
}
