//! The list of journeys names each of them, with the test that walks it or the reason why none does.

use super::Finding;
use super::tree::Tree;

const FILE: &str = "docs/journeys.md";
const JOURNEYS: usize = 16;

/// Each journey has a heading `## J1 …`; under it a test in backquotes that exists, or a line that begins with `Not yet`.
pub fn listed(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text(FILE) else {
        return vec![Finding::new(FILE, 1, "the list of journeys is missing")];
    };
    (1..=JOURNEYS).filter_map(|number| check(tree, text, number)).collect()
}

fn check(tree: &Tree, text: &str, number: usize) -> Option<Finding> {
    let heading = format!("## J{number} ");
    let Some(line) = text.lines().position(|line| line.starts_with(&heading)) else {
        return Some(Finding::new(
            FILE,
            1,
            format!("J{number} has no heading `## J{number} …`"),
        ));
    };
    let section: Vec<&str> = text
        .lines()
        .skip(line + 1)
        .take_while(|line| !line.starts_with("## "))
        .collect();
    let section = section.join("\n");
    let tests: Vec<&str> = section
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|path| path.contains("tests/"))
        .collect();
    if let Some(path) = tests.iter().find(|path| !tree.paths.contains(**path)) {
        return Some(Finding::new(
            FILE,
            line + 1,
            format!("J{number} names {path}, which does not exist"),
        ));
    }
    let reason = section.lines().any(|line| line.starts_with("Not yet"));
    (tests.is_empty() && !reason).then(|| {
        Finding::new(
            FILE,
            line + 1,
            format!("J{number} names no test, and no reason (`Not yet: …`)"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    #[test]
    fn a_journey_needs_a_test_or_a_reason() {
        let rest: String = (4..=JOURNEYS)
            .map(|number| format!("## J{number} A journey\nNot yet: later.\n"))
            .collect();
        let text = format!(
            "## J1 A\nWalked by `e2e/tests/a.spec.ts`.\n## J2 B\nWalked by `e2e/tests/gone.spec.ts`.\n## J3 C\nSoon.\n{rest}"
        );
        let found = messages(listed, &[(FILE, &text), ("e2e/tests/a.spec.ts", "")]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("J2") && found[1].contains("J3"));
    }

    #[test]
    fn a_missing_journey_or_list_is_found() {
        assert_eq!(messages(listed, &[(FILE, "")]).len(), JOURNEYS);
        assert_eq!(messages(listed, &[]).len(), 1);
    }
}
