//! docs/api.md lists every code that can be answered, with its status, and no other.

use server::problem::Code;

#[test]
fn the_manual_lists_every_code_with_its_status() {
    let manual = include_str!("../../../../../docs/api.md");
    let listed: Vec<&str> = manual
        .lines()
        .filter(|line| line.starts_with('|') && line.contains("| `"))
        .collect();
    for &code in Code::ALL {
        let row = format!("| {} | `{}` |", code.number(), code.text());
        assert!(listed.iter().any(|line| line.starts_with(&row)), "{row}");
    }
    let rows = listed
        .iter()
        .filter(|line| line.as_bytes().get(2).is_some_and(u8::is_ascii_digit))
        .count();
    assert_eq!(rows, Code::ALL.len());
}
