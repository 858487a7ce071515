//! What is unfinished, switched off, or names the place where it was written.
//!
//! The words looked for are written so that this file does not find itself.

use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::Tree;

struct Loose {
    pattern: Regex,
    message: &'static str,
}

static UNFINISHED: LazyLock<Vec<Loose>> = LazyLock::new(|| {
    [
        (
            r"\b(?:TO(?:DO)|FIX(?:ME))\b",
            "finish it, or open an issue; the tree holds no notes to self",
        ),
        (r"\b(?:to(?:do)|unimplem(?:ented)|db(?:g))!\s*[(\[{]", "not in a commit"),
        (
            r"#\[\s*igno(?:re)\b",
            "a test that does not run says nothing: mend it or remove it",
        ),
        (
            r"\b(?:test|it|describe)(?:\.\w+)*\.(?:on(?:ly)|sk(?:ip)|fi(?:xme))\b",
            "every test runs: no test is singled out or left out",
        ),
    ]
    .into_iter()
    .map(|(text, message)| Loose {
        pattern: pattern(text),
        message,
    })
    .collect()
});

static WORKPLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[^A-Za-z0-9_.-])/wor(?:k)/|\bfar(?:m)[/-]|/far(?:m)\b|\.libr(?:ary)/|Co-Auth(?:ored)-By|shared/sp(?:ec)",
    )
});

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this file; a test uses each of them"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

pub fn unfinished(tree: &Tree) -> Vec<Finding> {
    let code = ["rs", "ts", "js", "mjs", "css", "html", "sql", "ftl", "toml", "sh"];
    let mut findings = Vec::new();
    for source in tree.files.iter().filter(|source| source.has_ending(&code)) {
        for (number, line) in source.lines() {
            for loose in UNFINISHED.iter().filter(|loose| loose.pattern.is_match(line)) {
                findings.push(Finding::new(&source.path, number, loose.message));
            }
        }
    }
    findings
}

/// Nothing says on which machine it was written.
pub fn workplace(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.files.iter().filter(|source| !source.has_ending(&["lock"])) {
        for (number, line) in source.lines().filter(|(_, line)| WORKPLACE.is_match(line)) {
            let start: String = line.trim().chars().take(60).collect();
            findings.push(Finding::new(
                &source.path,
                number,
                format!("names the workplace: {start}"),
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    #[test]
    fn unfinished_work_is_found() {
        let bad = [
            concat!("// TO", "DO later"),
            concat!("fn f() { to", "do!() }"),
            concat!("let x = db", "g!(y);"),
            concat!("#[ign", "ore = \"slow\"]"),
            concat!("test.on", "ly('x', f)"),
            concat!("test.describe.sk", "ip('x')"),
            concat!("test.sk", "ip('x')"),
        ];
        for line in bad {
            assert_eq!(messages(unfinished, &[("crates/a/src/b.rs", line)]).len(), 1, "{line}");
        }
        assert!(messages(unfinished, &[("a.rs", concat!("let methodology = todos.on", "ly();"))]).is_empty());
    }

    #[test]
    fn the_workplace_is_found() {
        for line in [
            concat!("see /wo", "rk/main"),
            concat!("Co-Author", "ed-By: x"),
            concat!("read shared/s", "pec/rules.md"),
        ] {
            assert_eq!(messages(workplace, &[("docs/a.md", line)]).len(), 1, "{line}");
        }
        assert!(messages(workplace, &[("docs/a.md", "the /network/ of farmers; homework/x")]).is_empty());
    }
}
