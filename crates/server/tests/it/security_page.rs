//! A guard of the house: docs/security.md answers every requirement of OWASP ASVS 5.0 at levels 1 and 2, once, and names
//! files that exist and hold something: tests where it names tests, and else more than comments.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The sections of the standard with their requirements at levels 1 and 2: within a section they are counted without gaps.
const SECTIONS: &str = "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 \
     4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 \
     8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 \
     12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 \
     16.5:3 17.1:1 17.2:4 17.3:2";
/// How many there are.
const COUNT: usize = 253;
const STATES: [&str; 4] = ["met", "part", "not yet", "not here"];

type Number = [u32; 3];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn number(text: &str) -> Number {
    let parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts
        .try_into()
        .unwrap_or_else(|_| panic!("{text} is no number of the standard"))
}

fn all() -> Vec<Number> {
    let sections = SECTIONS.split_whitespace().flat_map(|section| {
        let (section, count) = section.split_once(':').unwrap();
        let (chapter, section) = section.split_once('.').unwrap();
        let (chapter, section) = (chapter.parse().unwrap(), section.parse().unwrap());
        (1..=count.parse().unwrap()).map(move |last| [chapter, section, last])
    });
    sections.collect()
}

/// A row: the requirements it answers, its state, what is here, what shows it.
fn rows(page: &str) -> Vec<(Vec<Number>, String, String)> {
    let all = all();
    let is_row = |line: &&str| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit();
    let read = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [numbers, state, here, shown] = cells[..] else {
            panic!("{line}: four cells")
        };
        assert!(STATES.contains(&state) && !here.is_empty(), "{line}");
        let (first, last) = numbers.split_once('–').unwrap_or((numbers, numbers));
        let (first, last) = (number(first), number(last));
        let range: Vec<Number> = all.iter().copied().filter(|one| (first..=last).contains(one)).collect();
        assert!(
            range.first() == Some(&first) && range.last() == Some(&last),
            "{line}: not of levels 1 and 2"
        );
        (range, state.to_owned(), shown.to_owned())
    };
    page.lines().filter(is_row).map(read).collect()
}

#[test]
fn every_requirement_is_answered_once() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    let mut answered: BTreeMap<Number, usize> = all().into_iter().map(|one| (one, 0)).collect();
    assert_eq!(answered.len(), COUNT);
    for (numbers, _, _) in rows(&page) {
        for one in numbers {
            *answered.get_mut(&one).unwrap() += 1;
        }
    }
    let wrong: Vec<_> = answered.into_iter().filter(|(_, times)| *times != 1).collect();
    assert!(wrong.is_empty(), "not answered once: {wrong:?}");
}

#[test]
fn what_is_met_is_shown() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    for (numbers, state, shown) in rows(&page) {
        let named: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        assert_eq!(
            ["met", "part"].contains(&&*state),
            !named.is_empty(),
            "{numbers:?} is {state}, shown by {named:?}"
        );
        for file in named {
            exists(file);
        }
    }
}

/// The threat model names tests too.
#[test]
fn what_stops_an_attacker_is_shown() {
    let page = std::fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let is_file = |text: &&str| text.ends_with(".rs") || text.ends_with(".txt");
    let named: Vec<&str> = page.split('`').skip(1).step_by(2).filter(is_file).collect();
    assert!(named.len() > 10, "{named:?}");
    named.into_iter().for_each(exists);
}

/// How a file of tests says that there is one, by itself or on both engines.
const TESTS: [&str; 4] = ["#[test]", "#[tokio::test", "on_both!(", "on_both! {"];

/// A file is there, and shows something: tests of its own or of its modules if it is one of the tests here.
#[track_caller]
fn exists(file: &str) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let tests = [here.join(file), root().join(file)];
    let path = tests.iter().find(|path| path.exists());
    let path = path.unwrap_or_else(|| panic!("there is no {file}"));
    let text = std::fs::read_to_string(path).unwrap();
    let is_test = path.canonicalize().unwrap().starts_with(here.canonicalize().unwrap());
    if is_test && file.ends_with(".rs") {
        assert!(has_tests(path), "{file} has no test, nor has a module of its own");
    }
    assert!(has_lines(file, &text), "{file} is empty");
}

/// Whether more stands in a text than comments and empty lines.
fn has_lines(file: &str, text: &str) -> bool {
    let comment = match file.rsplit_once('.') {
        Some((_, "rs" | "ts")) => "//",
        Some((_, "txt")) => "#",
        _ => return !text.trim().is_empty(),
    };
    let mut lines = text.lines().map(str::trim);
    lines.any(|line| !line.is_empty() && !line.starts_with(comment))
}

/// Whether a file holds a test, or declares modules of which one does.
fn has_tests(path: &Path) -> bool {
    let text = std::fs::read_to_string(path).unwrap();
    let code = |line: &&str| !line.starts_with("//");
    let mut lines = text.lines().map(str::trim).filter(code);
    if lines.any(|line| TESTS.iter().any(|test| line.starts_with(test) || line.ends_with(test))) {
        return true;
    }
    let folder = path.parent().unwrap();
    let folder = match path.file_stem().unwrap().to_str() {
        Some("mod") => folder.to_owned(),
        stem => folder.join(stem.unwrap()),
    };
    let modules = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("mod ")?.strip_suffix(';'));
    let files = modules.flat_map(|name| [folder.join(format!("{name}.rs")), folder.join(name).join("mod.rs")]);
    files.filter(|file| file.exists()).any(|file| has_tests(&file))
}

#[test]
fn a_file_without_tests_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("whole")).unwrap();
    write("empty.rs", "//! Here was a #[test]\n// #[test]\nfn helper() {}\n");
    write("whole.rs", "//! Modules.\nmod part;\n");
    assert!(!has_tests(&folder.path().join("empty.rs")));
    assert!(!has_tests(&folder.path().join("whole.rs")));
    write("whole/part.rs", "#[test]\nfn one() {}\n");
    assert!(has_tests(&folder.path().join("whole.rs")));
    assert!(!has_lines("a.rs", "//! Nothing.\n\n") && has_lines("a.rs", "//! One.\nconst ONE: u8 = 1;\n"));
    assert!(!has_lines("a.txt", "# Nothing.\n") && has_lines("a.txt", "one | two\n"));
}
