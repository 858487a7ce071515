//! Four languages, each complete: the same messages with the same variables, each of them used, and set as each is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::tree::{Source, Tree};

/// The first is the one the others are compared with.
const LANGUAGES: [&str; 4] = ["en", "fr", "de", "lb"];

static MESSAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(-?[a-zA-Z][\w-]*)\s*="));
static VARIABLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\$([a-zA-Z][\w-]*)"));
static PICTURE_LETTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\u{1F300}-\u{1FAFF}\u{2600}-\u{27BF}]"));

/// A sign that French sets apart, after anything but the space that belongs there. In a text, a colon is followed by a blank.
static FRENCH_SIGN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[^\u{202F}];|[^\u{202F}][?!]|[^\u{A0}]:(?: |$)|[^\u{A0}]»|«[^\u{A0}]"));

/// A colon between a message and what is put in.
static BARE_COLON: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\}\}|%\}|</\w+>)\s*:|[\s>]:\s*\{\{"));

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this file; a test uses each of them"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// A message: where it stands and which variables it takes.
struct Message {
    line: usize,
    variables: BTreeSet<String>,
}

type Messages = BTreeMap<String, Message>;

fn texts(tree: &Tree) -> impl Iterator<Item = &Source> {
    tree.files
        .iter()
        .filter(|source| source.path.starts_with("locales/") && source.has_ending(&["ftl"]))
}

pub fn complete(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let code: String = tree
        .files
        .iter()
        .filter(|source| source.is_under(&["crates/server"]) && source.has_ending(&["rs", "html"]))
        // What only tests and invented pages say, nobody reads.
        .filter(|source| !source.is_test() && !source.is_under(&["crates/server/src/pages/samples"]))
        .map(|source| source.text.as_str())
        .collect();
    let used: BTreeSet<&str> = code
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '-')
        .collect();
    let words: BTreeSet<&str> = used
        .iter()
        .flat_map(|word| word.split('-'))
        .chain(used.iter().copied())
        .collect();
    for source in texts(tree).filter(|source| source.path.starts_with("locales/en")) {
        let messages = read(source);
        for (key, message) in &messages {
            let function = key.replace('-', "_");
            let named = [key.clone(), format!("msg_{function}"), function];
            if !key.starts_with('-') && !named.iter().any(|name| words.contains(name.as_str())) {
                findings.push(Finding::new(
                    &source.path,
                    message.line,
                    format!("`{key}` is used nowhere in crates/server"),
                ));
            }
        }
        for language in &LANGUAGES[1..] {
            let path = source.path.replacen("locales/en", &format!("locales/{language}"), 1);
            match tree.files.iter().find(|other| other.path == path) {
                Some(other) => findings.extend(compare(source, &messages, other)),
                None => findings.push(Finding::new(&source.path, 1, format!("{path} is missing"))),
            }
        }
    }
    findings
}

fn compare(english: &Source, messages: &Messages, other: &Source) -> Vec<Finding> {
    let translated = read(other);
    let mut findings = Vec::new();
    for (key, message) in messages {
        match translated.get(key) {
            None => findings.push(Finding::new(
                &other.path,
                1,
                format!("`{key}` is missing; {} has it", english.path),
            )),
            Some(there) if there.variables != message.variables => {
                let wanted: Vec<&str> = message.variables.iter().map(String::as_str).collect();
                findings.push(Finding::new(
                    &other.path,
                    there.line,
                    format!("`{key}` must use the variables [{}]", wanted.join(", ")),
                ));
            }
            Some(_) => {}
        }
    }
    for (key, there) in translated.iter().filter(|(key, _)| !messages.contains_key(*key)) {
        findings.push(Finding::new(
            &other.path,
            there.line,
            format!("`{key}` is not in {}", english.path),
        ));
    }
    findings
}

fn read(source: &Source) -> Messages {
    let mut messages = Messages::new();
    let mut current: Option<String> = None;
    for (line, text) in source.lines().filter(|(_, text)| !text.starts_with('#')) {
        if let Some(found) = MESSAGE.captures(text) {
            current = Some(found[1].to_owned());
            messages.insert(
                found[1].to_owned(),
                Message {
                    line,
                    variables: BTreeSet::new(),
                },
            );
        }
        if let Some(message) = current.as_ref().and_then(|key| messages.get_mut(key)) {
            message
                .variables
                .extend(VARIABLE.captures_iter(text).map(|found| found[1].to_owned()));
        }
    }
    messages
}

/// Friendly without shouting: no exclamation mark, no picture letters.
pub fn tone(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in texts(tree) {
        for (number, line) in source.lines().filter(|(_, line)| !line.starts_with('#')) {
            if line.contains('!') {
                findings.push(Finding::new(&source.path, number, "no exclamation mark: say it calmly"));
            }
            if PICTURE_LETTER.is_match(line) {
                findings.push(Finding::new(
                    &source.path,
                    number,
                    "no emoji: an icon is drawn, a text is words",
                ));
            }
        }
    }
    findings
}

/// No apostrophe of a typewriter in any language, and in French the spaces that hold a sign on its line: narrow before `;`,
/// `?` and `!`, full before a colon and inside quotation marks.
pub fn typography(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in texts(tree) {
        for (number, line) in source.lines().filter(|(_, line)| !line.starts_with('#')) {
            if line.contains('\'') {
                findings.push(Finding::new(&source.path, number, "an apostrophe is ’"));
            }
            if source.path.starts_with("locales/fr/") && FRENCH_SIGN.is_match(line) {
                findings.push(Finding::new(
                    &source.path,
                    number,
                    "French sets U+202F before ; ? ! and U+00A0 before a colon and inside « »",
                ));
            }
        }
    }
    findings
}

/// What a template puts beside a colon is a message, so that each language sets its own space before it.
pub fn colons(tree: &Tree) -> Vec<Finding> {
    let templates = tree
        .files
        .iter()
        .filter(|source| source.has_ending(&["html"]) && source.is_under(&["crates"]));
    let mut findings = Vec::new();
    for source in templates {
        for (number, _) in source.lines().filter(|(_, line)| BARE_COLON.is_match(line)) {
            findings.push(Finding::new(
                &source.path,
                number,
                "a colon in a template: say `labelled`, so that French sets its space",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    fn four(english: &'static str, german: &'static str) -> Vec<(&'static str, &'static str)> {
        vec![
            ("locales/en/main.ftl", english),
            ("locales/fr/main.ftl", english),
            ("locales/de/main.ftl", german),
            ("locales/lb/main.ftl", english),
            (
                "crates/server/src/pages.rs",
                "fn f() { text.msg_till_given(); \"card-of\"; }",
            ),
        ]
    }

    #[test]
    fn a_missing_key_and_a_missing_variable_are_found() {
        let english = "# a comment\ntill-given = { $count ->\n    [one] A stamp\n   *[other] { $count } stamps\n }\ncard-of = { $name }\n";
        assert!(messages(complete, &four(english, english)).is_empty());
        assert_eq!(messages(complete, &four(english, "till-given = { $count }\n")).len(), 1);
        let found = messages(
            complete,
            &four(english, "till-given = viele\ncard-of = { $name }\nspare = x\n"),
        );
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn an_unused_key_and_a_missing_file_are_found() {
        assert_eq!(
            messages(complete, &four("till-taken = x\n", "till-taken = y\n")).len(),
            1
        );
        let english = "till-given = x\n";
        let files = four(english, english);
        assert_eq!(messages(complete, &[files[0], files[1], files[3], files[4]]).len(), 1);
    }

    #[test]
    fn a_key_that_only_invented_pages_use_is_found() {
        let english = "till-given = x\n";
        let mut files = four(english, english);
        files[4].0 = "crates/server/src/pages/samples/till.rs";
        assert_eq!(messages(complete, &files).len(), 1);
    }

    #[test]
    fn a_colon_in_a_template_is_found() {
        let found = |line| messages(colons, &[("crates/server/src/pages/a.html", line)]).len();
        for line in [
            "{{ page.text().language() }}: {{ page.locale.own_name() }}",
            "{{ label }}</b>: x",
            "<span>: {{ reward }}</span>",
            "{% endif %} : x",
        ] {
            assert_eq!(found(line), 1, "{line}");
        }
        assert_eq!(found("<a href=\"tel:{{ phone }}\">{{ crate::pages::mark(a) }}</a>"), 0);
    }

    #[test]
    fn shouting_is_found() {
        assert_eq!(
            messages(tone, &four("till-given = Well done!\n", "till-given = Gut 🎉\n")).len(),
            4
        );
    }

    #[test]
    fn a_sign_without_its_space_and_a_typewriters_apostrophe_are_found() {
        let french = |text| messages(typography, &[("locales/fr/main.ftl", text)]).len();
        for text in [
            "a = Quelle carte ?\n",
            "a = Prêt: deux\n",
            "a = Bon ; bien\n",
            "a = Il reste :\n",
            "a = d'abord\n",
        ] {
            assert_eq!(french(text), 1, "{text}");
        }
        assert_eq!(
            french("# Un commentaire : libre\na = Quelle carte\u{202f}?\nb = Prêt\u{a0}: 2026-03-02T10:15\n"),
            0
        );
        assert_eq!(
            messages(typography, &[("locales/de/main.ftl", "a = Bereit: zwei?\n")]).len(),
            0
        );
    }
}
