//! docs/api.md lists every code that can be answered, with its status and sentence, and no other.

use server::problem::Code;
use std::collections::HashMap;

/// The English sentence of each code, with its details as the manual marks them.
fn sentences() -> HashMap<String, String> {
    let messages = include_str!("../../../../../locales/en/errors.ftl").lines();
    let said = messages.filter_map(|line| line.strip_prefix("error-")?.split_once(" = "));
    said.map(|(name, text)| (name.replace('-', "_"), text.replace("{ $", "*").replace(" }", "*")))
        .collect()
}

#[test]
fn the_manual_lists_every_code_with_its_status() {
    let manual = include_str!("../../../../../docs/api.md");
    let listed: Vec<&str> = manual
        .lines()
        .filter(|line| line.starts_with('|') && line.contains("| `"))
        .collect();
    let said = sentences();
    for &code in Code::ALL {
        let row = format!("| {} | `{}` | {} |", code.number(), code.text(), said[code.text()]);
        assert!(listed.iter().any(|line| line.starts_with(&row)), "{row}");
    }
    let rows = listed
        .iter()
        .filter(|line| line.as_bytes().get(2).is_some_and(u8::is_ascii_digit))
        .count();
    assert_eq!(rows, Code::ALL.len());
}
