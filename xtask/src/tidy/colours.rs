//! Colours, sizes of type, radii and durations are tokens, and templates hold no style and no script of their own.

use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::{Source, Tree};

static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)/\*.*?\*/"));
static COLOUR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)#[0-9a-f]{3,8}\b|\b(?:oklch|oklab|lch|lab|rgba?|hsla?|hwb|color)\(|[\s:,(](?:white|black|red|green|blue|gr[ae]y|orange|yellow)(?:[\s;,)]|$)",
    )
});
/// A declaration whose value is one of the tokens, with its value. Shapes that follow their own size are shares of it.
static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s;{])(font|font-size|border-radius|transition|transition-duration|animation|animation-duration):\s*([^;}]+)",
    )
});
static MEASURED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[\s(,])\d*\.?\d+(?:px|rem|m?s)\b"));
static DERIVED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^calc\(var\(--radius[\w-]*\) [+-] \d+px\)$"));
static STYLE_ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?i)\sstyle\s*=|<style[\s>]"#));
static HANDLER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)<[a-z][^>]*\s(?:on[a-z]+|hx-on[\w:-]*)\s*=\s*["']|["']javascript:|<script(?:\s*>|\s[^>]*>\s*[^<\s])"#,
    )
});
static DRAWN_COLOUR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?i)\b(?:fill|stroke|stop-color|flood-color|color|bgcolor)\s*=\s*["'](?:#|rgb|hsl|oklch|white|black)"#)
});

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this file; a test uses each of them"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// The style sheets besides the tokens, with blank lines for comments, so that the numbers of lines stay right.
fn styles(tree: &Tree) -> impl Iterator<Item = (&Source, String)> {
    let sheets = tree.files.iter().filter(|source| source.has_ending(&["css"]));
    sheets.filter(|source| !is_tokens(source)).map(|source| {
        let blank = |found: &regex::Captures| "\n".repeat(found[0].matches('\n').count());
        (source, COMMENT.replace_all(&source.text, blank).into_owned())
    })
}

/// In style sheets a size of type, a radius and a duration are written once, in the file of tokens.
pub fn measures(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, text) in styles(tree) {
        for (index, line) in text.lines().enumerate() {
            let loose = MEASURE
                .captures_iter(line)
                .find(|found| MEASURED.is_match(&found[2]) && !DERIVED.is_match(found[2].trim()));
            if let Some(found) = loose {
                let message = format!(
                    "`{}` outside the tokens: name its value there, use it by name",
                    &found[1]
                );
                findings.push(Finding::new(&source.path, index + 1, message));
            }
        }
    }
    findings
}

/// In style sheets a colour is written once, in the file of tokens.
pub fn in_styles(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (source, text) in styles(tree) {
        for (index, line) in text.lines().enumerate() {
            // `#save:hover {` is a selector; a value stands after the colon of a declaration.
            let value = line.split_once(':').map_or(line, |(_, value)| value);
            // On paper the tokens themselves get other values.
            let paper = source.path.ends_with("/print.css") && line.trim_start().starts_with("--");
            if !paper && !line.trim_end().ends_with('{') && COLOUR.is_match(&format!(":{value}")) {
                findings.push(Finding::new(
                    &source.path,
                    index + 1,
                    "a colour outside the tokens: name it there, use it by name",
                ));
            }
        }
    }
    findings
}

fn is_tokens(source: &Source) -> bool {
    source.path.ends_with("/tokens.css") || source.path.contains("/tokens/")
}

/// Under our content policy the browser would refuse these anyway; here they never reach it.
pub fn in_templates(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree
        .files
        .iter()
        .filter(|source| source.has_ending(&["html"]) && source.is_under(&["crates", "web"]))
    {
        for (number, line) in source.lines() {
            if STYLE_ATTRIBUTE.is_match(line) {
                findings.push(Finding::new(
                    &source.path,
                    number,
                    "no style in a template: use a class",
                ));
            }
            if HANDLER.is_match(line) {
                findings.push(Finding::new(
                    &source.path,
                    number,
                    "no script in a template: listen in web/",
                ));
            }
            if DRAWN_COLOUR.is_match(line) {
                findings.push(Finding::new(
                    &source.path,
                    number,
                    "a colour in a template: use a class or currentColor",
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
    fn a_colour_outside_the_tokens_is_found() {
        let bad = [
            "  color: #fff;",
            "  background: oklch(0.9 0 0);",
            "  border: 1px solid rgb(0 0 0 / 10%);",
            "  color: white;",
        ];
        for line in bad {
            assert_eq!(messages(in_styles, &[("web/src/base.css", line)]).len(), 1, "{line}");
            assert!(messages(in_styles, &[("web/src/tokens.css", line)]).is_empty());
        }
        assert!(messages(in_styles, &[("web/src/print.css", "  --paper: white;")]).is_empty());
        assert_eq!(
            messages(in_styles, &[("web/src/print.css", "  color: white;")]).len(),
            1
        );
        let good = "#add:hover {\n  white-space: nowrap; /* not #fff */\n  background: color-mix(in oklch, var(--ink) 10%, transparent);\n}\n";
        assert!(messages(in_styles, &[("web/src/base.css", good)]).is_empty());
    }

    #[test]
    fn a_measure_outside_the_tokens_is_found() {
        let bad = [
            "  font-size: 1.0625rem;",
            "  font-size: clamp(1.25rem, 1rem + 1.2vw, 1.75rem);",
            "  font: 600 14px / 1.3 inherit;",
            "  border-radius: 6px;",
            "  animation: turn 0.9s linear infinite;",
            "h1 { margin: 0; font-size: 20px; }",
            "  transition: transform 120ms;",
        ];
        for line in bad {
            assert_eq!(messages(measures, &[("web/src/base.css", line)]).len(), 1, "{line}");
            assert!(messages(measures, &[("web/src/tokens.css", line)]).is_empty());
        }
        for line in [
            "  font: 400 var(--size-3) / 1.5 Figtree, system-ui;",
            "  font-size: 0.9em;",
            "  border-radius: calc(var(--radius) - 3px);",
            "  border-radius: 4.4% / 7%;",
            "  padding: 2px; /* font-size: 3px */",
            "  animation: press var(--slow) var(--ease) both;",
        ] {
            assert!(messages(measures, &[("web/src/base.css", line)]).is_empty(), "{line}");
        }
    }

    #[test]
    fn style_and_script_in_a_template_are_found() {
        let bad = [
            "<p style=\"x\">",
            "<style>",
            "<button type=\"button\" onclick=\"f()\">",
            "<a href=\"javascript:f()\">",
            "<script>f()</script>",
            "<path fill=\"#fff\">",
        ];
        for line in bad {
            assert_eq!(
                messages(in_templates, &[("crates/server/src/pages/a.html", line)]).len(),
                1,
                "{line}"
            );
        }
        let good = "<script type=\"module\" src=\"{{ script }}\"></script><p class=\"style\" data-on=\"1\">a style = b</p><path fill=\"currentColor\">";
        assert!(
            messages(
                in_templates,
                &[("crates/server/src/pages/a.html", &good.replace("a style = b", "one"))]
            )
            .is_empty()
        );
    }
}
