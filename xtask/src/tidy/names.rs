//! How files begin and what types are called.

use syn::visit::Visit;

use super::tree::{Source, Tree};
use super::{Finding, rust};

/// Names that say nothing about the thing.
const EMPTY_NAMES: &[&str] = &[
    "Manager", "Service", "Helper", "Helpers", "Util", "Utils", "Data", "Info",
];

/// Every source file begins by saying what it owns.
pub fn headers(tree: &Tree) -> Vec<Finding> {
    let wanted = |source: &Source| -> Option<&[&str]> {
        match source.path.rsplit_once('.').map(|(_, ending)| ending) {
            Some("rs") => Some(&["//! "]),
            Some("ts") => Some(&["// ", "/**", "/* "]),
            Some("css") => Some(&["/* "]),
            Some("sql") => Some(&["-- "]),
            _ => None,
        }
    };
    tree.files
        .iter()
        .filter_map(|source| {
            let starts = wanted(source)?;
            let said = starts.iter().any(|start| source.text.starts_with(start));
            (!said).then(|| {
                Finding::new(
                    &source.path,
                    1,
                    format!("begin with `{}` and what the file owns", starts[0].trim()),
                )
            })
        })
        .collect()
}

/// No type is called after what every type is.
pub fn types(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.rust() {
        let Some(file) = rust::parse(source) else { continue };
        let mut names = Names { found: Vec::new() };
        names.visit_file(&file);
        for name in names.found {
            let text = name.to_string();
            if words(&text).iter().any(|word| EMPTY_NAMES.contains(&word.as_str())) {
                let message = format!("`{text}`: say what it is, not that it is a thing");
                findings.push(Finding::new(&source.path, name.span().start().line, message));
            }
        }
    }
    findings
}

struct Names {
    found: Vec<syn::Ident>,
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.found.push(item.ident.clone());
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.found.push(item.ident.clone());
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.found.push(item.ident.clone());
        syn::visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.found.push(item.ident.clone());
    }
}

/// `CardInfo` is `Card`, `Info`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut() {
            Some(word) if !letter.is_uppercase() => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    #[test]
    fn a_file_without_a_header_is_found() {
        assert_eq!(messages(headers, &[("crates/a/src/b.rs", "use x;\n")]).len(), 1);
        assert_eq!(
            messages(
                headers,
                &[
                    ("web/src/a.css", "a { }"),
                    ("web/src/a.ts", "let a"),
                    ("migrations/1.sql", "x")
                ]
            )
            .len(),
            3
        );
        let good = [
            ("a.rs", "//! Owns a.\n"),
            ("a.css", "/* Owns a. */"),
            ("a.ts", "// Owns a."),
            ("a.sql", "-- Owns a."),
        ];
        assert!(messages(headers, &good).is_empty());
    }

    #[test]
    fn an_empty_name_is_found() {
        let found = messages(
            types,
            &[(
                "crates/a/src/b.rs",
                "//! b\nstruct CardInfo;\nenum DataKind {}\ntype Metadata = u8;\n",
            )],
        );
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("crates/a/src/b.rs:2: `CardInfo`"));
    }
}
