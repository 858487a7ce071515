//! Reading Rust: string literals without comments, and the paths a file names.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::Visit;

use super::tree::Source;

/// A string literal and its line.
pub struct Text {
    pub line: usize,
    pub value: String,
}

/// A path such as `crate::pages::till`, in full, from a `use` or an expression or a type.
pub struct Named {
    pub line: usize,
    pub path: String,
}

/// The file as syntax. What does not parse is the compiler's to report.
pub fn parse(source: &Source) -> Option<syn::File> {
    syn::parse_file(&source.text).ok()
}

/// Every string literal, also inside macros, but not the documentation comments.
pub fn texts(source: &Source) -> Vec<Text> {
    let mut found = Vec::new();
    if let Ok(tokens) = source.text.parse::<TokenStream>() {
        collect_texts(tokens, &mut found);
    }
    found
}

fn collect_texts(tokens: TokenStream, found: &mut Vec<Text>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let first = group.stream().into_iter().next();
                let documentation = group.delimiter() == Delimiter::Bracket
                    && matches!(first, Some(TokenTree::Ident(name)) if name == "doc");
                if !documentation {
                    collect_texts(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) => {
                if let syn::Lit::Str(text) = syn::Lit::new(literal) {
                    found.push(Text {
                        line: text.span().start().line,
                        value: text.value(),
                    });
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// Every path a file names.
pub fn paths(source: &Source) -> Vec<Named> {
    let Some(file) = parse(source) else { return Vec::new() };
    let mut finder = Paths { found: Vec::new() };
    finder.visit_file(&file);
    finder.found
}

struct Paths {
    found: Vec<Named>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        flatten(&item.tree, String::new(), &mut self.found);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = path
            .segments
            .first()
            .map_or(0, |segment| segment.ident.span().start().line);
        self.found.push(Named {
            line,
            path: names.join("::"),
        });
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        syn::visit::visit_macro(self, call);
        in_tokens(call.tokens.clone(), &mut self.found);
    }
}

fn flatten(tree: &syn::UseTree, before: String, found: &mut Vec<Named>) {
    let join = |name: &syn::Ident| {
        if before.is_empty() {
            name.to_string()
        } else {
            format!("{before}::{name}")
        }
    };
    match tree {
        syn::UseTree::Path(path) => flatten(&path.tree, join(&path.ident), found),
        syn::UseTree::Name(name) => found.push(Named {
            line: name.ident.span().start().line,
            path: join(&name.ident),
        }),
        syn::UseTree::Rename(name) => found.push(Named {
            line: name.ident.span().start().line,
            path: join(&name.ident),
        }),
        syn::UseTree::Glob(star) => found.push(Named {
            line: star.star_token.spans[0].start().line,
            path: before,
        }),
        syn::UseTree::Group(group) => group.items.iter().for_each(|item| flatten(item, before.clone(), found)),
    }
}

/// Inside a macro there is no syntax yet, only `a`, `:`, `:`, `b`.
fn in_tokens(tokens: TokenStream, found: &mut Vec<Named>) {
    let mut path = String::new();
    let mut line = 0;
    for token in tokens {
        match token {
            TokenTree::Ident(name) if path.is_empty() || path.ends_with("::") => {
                line = if path.is_empty() {
                    name.span().start().line
                } else {
                    line
                };
                path.push_str(&name.to_string());
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' && !path.is_empty() => path.push(':'),
            other => {
                if path.contains("::") {
                    found.push(Named {
                        line,
                        path: path.clone(),
                    });
                }
                path.clear();
                match other {
                    TokenTree::Group(group) => in_tokens(group.stream(), found),
                    TokenTree::Ident(name) => path = name.to_string(),
                    TokenTree::Literal(_) | TokenTree::Punct(_) => {}
                }
            }
        }
    }
    if path.contains("::") {
        found.push(Named { line, path });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source {
            path: "crates/x/src/lib.rs".into(),
            text: text.into(),
        }
    }

    #[test]
    fn sees_literals_in_macros_but_no_comments() {
        let source =
            source("//! \"no\"\n/// \"nor this\"\nfn f() {\n    println!(\"yes {}\", r\"and this\"); // \"not\"\n}\n");
        let found: Vec<(usize, String)> = texts(&source).into_iter().map(|text| (text.line, text.value)).collect();
        assert_eq!(found, [(4, "yes {}".into()), (4, "and this".into())]);
    }

    #[test]
    fn flattens_groups_and_looks_into_macros() {
        let source = source(
            "use crate::{api, pages::{till, *}};\nfn f() { vec![axum::http::Method::GET, g()]; crate::clock::now(); }\n",
        );
        let found: Vec<String> = paths(&source).into_iter().map(|named| named.path).collect();
        for expected in [
            "crate::api",
            "crate::pages::till",
            "crate::pages",
            "axum::http::Method::GET",
            "crate::clock::now",
        ] {
            assert!(found.iter().any(|path| path == expected), "{expected} in {found:?}");
        }
    }
}
