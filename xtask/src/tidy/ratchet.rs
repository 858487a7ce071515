//! Files over 400 lines and functions over 70, and the list of those that still are: it may only shrink.

use std::collections::BTreeMap;

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::tree::Tree;
use super::{Finding, rust};

pub const FILE: &str = "xtask/ratchet.txt";
const FLOOR: &str = "xtask/coverage-floor.txt";
/// Files whose numbers may only get tighter from commit to commit.
pub const TIGHTENING: &[&str] = &[FILE, FLOOR];

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;
const HEAD: &str =
    "# What is still too long, with its lines. Shorten it and lower the number; nothing is added here.\n";

/// What is too long: `path` or `path::function`, its line, its length.
struct Long {
    name: String,
    path: String,
    line: usize,
    lines: usize,
}

pub fn length(tree: &Tree) -> Vec<Finding> {
    let mut tolerated = tolerated(tree.text(FILE).unwrap_or_default());
    let mut findings = Vec::new();
    for long in too_long(tree) {
        match tolerated.remove(&long.name) {
            Some(lines) if lines == long.lines => {}
            Some(lines) if lines > long.lines => {
                findings.push(Finding::new(
                    FILE,
                    1,
                    format!("{} is shorter now: write {}", long.name, long.lines),
                ));
            }
            _ => findings.push(Finding::new(
                &long.path,
                long.line,
                format!(
                    "{} has {} lines: is there a smaller thing inside that has a name?",
                    long.name, long.lines
                ),
            )),
        }
    }
    findings.extend(
        tolerated
            .keys()
            .map(|name| Finding::new(FILE, 1, format!("{name} is not too long any more: remove it"))),
    );
    findings
}

/// The text of a first ratchet file for this tree.
pub fn seed(tree: &Tree) -> String {
    let lines: String = too_long(tree)
        .iter()
        .map(|long| format!("{} {}\n", long.name, long.lines))
        .collect();
    format!("{HEAD}{lines}")
}

fn tolerated(text: &str) -> BTreeMap<String, usize> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.rsplit_once(' '))
        .filter_map(|(name, lines)| Some((name.to_owned(), lines.parse().ok()?)))
        .collect()
}

fn too_long(tree: &Tree) -> Vec<Long> {
    let mut found = Vec::new();
    for source in tree
        .files
        .iter()
        .filter(|source| source.has_ending(&["rs", "ts", "css", "html"]))
    {
        let lines = source.text.lines().count();
        if lines > FILE_LINES_MAX {
            found.push(Long {
                name: source.path.clone(),
                path: source.path.clone(),
                line: 1,
                lines,
            });
        }
    }
    for source in tree.rust() {
        let Some(file) = rust::parse(source) else { continue };
        let mut functions = Functions { found: Vec::new() };
        functions.visit_file(&file);
        for (name, first, last) in functions
            .found
            .into_iter()
            .filter(|(_, first, last)| last - first + 1 > FUNCTION_LINES_MAX)
        {
            let name = format!("{}::{name}", source.path);
            found.push(Long {
                name,
                path: source.path.clone(),
                line: first,
                lines: last - first + 1,
            });
        }
    }
    found
}

/// Name, first line and last line of each function; attributes and comments above do not count.
struct Functions {
    found: Vec<(String, usize, usize)>,
}

impl Functions {
    fn note(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.fn_token.span.start().line;
        self.found
            .push((signature.ident.to_string(), first, block.span().end().line));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note(&item.sig, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note(&item.sig, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.note(&item.sig, block);
        }
        syn::visit::visit_trait_item_fn(self, item);
    }
}

/// Against what was committed before: the ratchet loses lines, the floor of coverage rises.
pub fn only_tighter(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(before), Some(now)) = (tree.earlier.get(FILE), tree.text(FILE)) {
        let before = tolerated(before);
        for (name, lines) in tolerated(now) {
            if before.get(&name).is_none_or(|earlier| *earlier < lines) {
                findings.push(Finding::new(
                    FILE,
                    1,
                    format!("{name} {lines} is new or larger: the list may only shrink"),
                ));
            }
        }
    }
    if let (Some(before), Some(now)) = (tree.earlier.get(FLOOR), tree.text(FLOOR)) {
        let percent = |text: &str| text.trim().parse::<f64>().unwrap_or(0.0);
        if percent(now) < percent(before) {
            findings.push(Finding::new(
                FLOOR,
                1,
                format!("the floor fell from {}: it may only rise", before.trim()),
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    fn function(lines: usize) -> String {
        format!(
            "//! a\n/// Documented.\nfn long() {{\n{}}}\n",
            "    step();\n".repeat(lines - 2)
        )
    }

    #[test]
    fn a_long_function_and_a_long_file_are_found() {
        assert!(messages(length, &[("crates/a/src/b.rs", &function(70))]).is_empty());
        let found = messages(length, &[("crates/a/src/b.rs", &function(71))]);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("crates/a/src/b.rs:3: crates/a/src/b.rs::long has 71 lines"),
            "{found:?}"
        );
        assert_eq!(messages(length, &[("web/src/a.ts", &"// a\n".repeat(401))]).len(), 1);
    }

    #[test]
    fn the_list_must_be_exact() {
        let ratchet = |lines: &str| messages(length, &[("b.rs", &function(80)), (FILE, lines)]);
        assert!(ratchet("# x\nb.rs::long 80\n").is_empty());
        assert_eq!(ratchet("b.rs::long 79\n").len(), 1, "it grew");
        assert_eq!(ratchet("b.rs::long 81\n").len(), 1, "it shrank, the list must follow");
        assert_eq!(
            ratchet("b.rs::long 80\ngone.rs 500\n").len(),
            1,
            "what is gone leaves the list"
        );
    }

    #[test]
    fn the_list_only_shrinks_and_the_floor_only_rises() {
        let mut tree = Tree::of(&[(FILE, "b.rs::long 80\n"), (FLOOR, "70.0\n")]);
        tree.earlier.insert(FILE.into(), "b.rs::long 90\nc.rs 500\n".into());
        tree.earlier.insert(FLOOR.into(), "69.5\n".into());
        assert!(only_tighter(&tree).is_empty());
        tree.earlier.insert(FILE.into(), "c.rs 500\n".into());
        tree.earlier.insert(FLOOR.into(), "70.1\n".into());
        assert_eq!(only_tighter(&tree).len(), 2);
    }

    #[test]
    fn a_seed_tolerates_exactly_what_is_there() {
        let text = function(80);
        let seed = seed(&Tree::of(&[("b.rs", &text)]));
        assert!(messages(length, &[("b.rs", &text), (FILE, &seed)]).is_empty());
    }
}
