//! SQL stands in one module, and its texts are constants.

use std::sync::LazyLock;

use regex::Regex;
use syn::visit::Visit;

use super::tree::{Source, Tree};
use super::{Finding, rust};

/// Where SQL may stand. The port speaks of its own bookkeeping and has its own tests.
const PLACES: &[&str] = &["crates/server/src/sql", "crates/db", "migrations"];

static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?is)\bselect\b.*\bfrom\b|^\s*select\s+\S+\s*$|\binsert\s+into\s+\w|\bupdate\s+\w+\s+set\b|\bdelete\s+from\s+\w",
    )
});
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(select|insert into|delete from|where|order by|group by|limit|returning|values)\b")
});

#[expect(
    clippy::expect_used,
    reason = "the patterns are constants of this file; a test uses each of them"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

fn may_hold_sql(source: &Source) -> bool {
    source.is_under(PLACES) || source.is_module("crates/server/src/sql") || source.is_test()
}

/// Outside its place no string is a statement, and no `.sql` file lies around.
pub fn only_in_its_place(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.files.iter().filter(|source| !may_hold_sql(source)) {
        if source.has_ending(&["sql"]) {
            findings.push(Finding::new(
                &source.path,
                1,
                "SQL stands in migrations/ and crates/server/src/sql",
            ));
        }
    }
    for source in tree.product_sources().filter(|source| !may_hold_sql(source)) {
        for text in rust::texts(source)
            .iter()
            .filter(|text| STATEMENT.is_match(&text.value))
        {
            findings.push(Finding::new(
                &source.path,
                text.line,
                "SQL outside crates/server/src/sql",
            ));
        }
    }
    findings
}

/// A statement is made once, in a `const` or a `static`, from a text that nobody builds.
pub fn constant(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.product_sources().filter(|source| !source.is_under(&["crates/db"])) {
        let Some(file) = rust::parse(source) else { continue };
        let mut finder = Finder {
            path: &source.path,
            constant: false,
            findings: Vec::new(),
        };
        finder.visit_file(&file);
        findings.append(&mut finder.findings);
    }
    findings
}

struct Finder<'a> {
    path: &'a str,
    constant: bool,
    findings: Vec<Finding>,
}

impl Finder<'_> {
    fn inside_constant(&mut self, visit: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.constant, true);
        visit(self);
        self.constant = before;
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.inside_constant(|finder| syn::visit::visit_item_const(finder, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.inside_constant(|finder| syn::visit::visit_item_static(finder, item));
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.inside_constant(|finder| syn::visit::visit_impl_item_const(finder, item));
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let syn::Expr::Path(function) = &*call.func {
            let names: Vec<String> = function
                .path
                .segments
                .iter()
                .map(|part| part.ident.to_string())
                .collect();
            if !self.constant && names.ends_with(&["Statement".to_owned(), "new".to_owned()]) {
                let line = function.path.segments[0].ident.span().start().line;
                self.findings
                    .push(Finding::new(self.path, line, "a statement is a `const` or a `static`"));
            }
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default();
        if ["format", "write", "writeln", "format_args"].contains(&name.as_str()) {
            let line = call.path.segments[0].ident.span().start().line;
            let source = Source {
                path: String::new(),
                text: call.tokens.to_string(),
            };
            let texts = rust::texts(&source);
            let in_sql =
                self.path.starts_with("crates/server/src/sql") && texts.iter().any(|text| CLAUSE.is_match(&text.value));
            if in_sql || texts.iter().any(|text| STATEMENT.is_match(&text.value)) {
                self.findings.push(Finding::new(
                    self.path,
                    line,
                    "SQL is never built: write the statement as a constant",
                ));
            }
        }
        syn::visit::visit_macro(self, call);
    }
}

#[cfg(test)]
mod tests {
    use super::super::messages;
    use super::*;

    #[test]
    fn sql_in_a_page_is_found() {
        let page = "fn f() { run(\"select name\\n from programs\"); }\nfn g() { run(\"Update cards SET x = 1\"); }\n";
        assert_eq!(
            messages(only_in_its_place, &[("crates/server/src/pages/till.rs", page)]).len(),
            2
        );
        for text in ["insert into cards (id) values ($1)", "delete from cards", "select 1"] {
            let source = format!("const A: &str = \"{text}\";");
            assert_eq!(
                messages(only_in_its_place, &[("crates/server/src/api.rs", &source)]).len(),
                1,
                "{text}"
            );
        }
    }

    #[test]
    fn sql_in_its_place_and_words_in_sentences_are_not() {
        let text = "const A: &str = \"select name from programs\";";
        for path in [
            "crates/server/src/sql.rs",
            "crates/server/src/sql/cards.rs",
            "crates/server/tests/it/plans.rs",
        ] {
            assert!(messages(only_in_its_place, &[(path, text)]).is_empty(), "{path}");
        }
        let sentence = "/// select x from y\nfn f() { say(\"Select a reward, then update the card\"); }";
        assert!(messages(only_in_its_place, &[("crates/server/src/pages.rs", sentence)]).is_empty());
        assert_eq!(messages(only_in_its_place, &[("web/cards.sql", "--")]).len(), 1);
    }

    #[test]
    fn a_built_statement_is_found() {
        let inline = "fn f() { Statement::new(\"select a from b\"); }";
        assert_eq!(messages(constant, &[("crates/server/src/sql/a.rs", inline)]).len(), 1);
        let built = "fn f() { let s = format!(\"{A} order by {column}\"); }";
        assert_eq!(messages(constant, &[("crates/server/src/sql/a.rs", built)]).len(), 1);
        let elsewhere = "fn f() { let s = format!(\"delete from {table}\"); let t = format!(\"insert into x{n}\"); }";
        assert_eq!(
            messages(constant, &[("crates/server/src/ledger.rs", elsewhere)]).len(),
            1
        );
    }

    #[test]
    fn a_constant_statement_is_not() {
        let text = "const A: Statement = Statement::new(\"select a from b\");\nstatic B: &[Statement] = &[db::Statement::new(\"x\")];\n\
                    impl X { const C: Statement = Statement::new(\"y\"); }\nfn f() { format!(\"{q}%\"); }";
        assert!(messages(constant, &[("crates/server/src/sql/a.rs", text)]).is_empty());
    }
}
