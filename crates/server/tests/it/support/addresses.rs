//! Every address of the installation: the calls of the API from its document, and everything else from the sources that
//! lay the routes, so that no route is forgotten because nobody listed it.

use http::Method;
use serde_json::Value;
use server::api::{ROOT, openapi};
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// Routes that are laid without their address as a text: `/api/v1/`, which nobody answers.
const WITHOUT_TEXT: usize = 1;
/// Functions of axum that answer a method, as they stand in a route.
const METHODS: [(&str, Method); 5] = [
    ("get", Method::GET),
    ("post", Method::POST),
    ("put", Method::PUT),
    ("patch", Method::PATCH),
    ("delete", Method::DELETE),
];

/// A method and the pattern of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The pattern, `{name}` where something stands in.
    pub pattern: String,
    method: String,
}

impl Address {
    fn new(method: &Method, pattern: impl Into<String>) -> Self {
        Self {
            pattern: pattern.into(),
            method: method.to_string(),
        }
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method.parse().unwrap()
    }

    /// Whether it changes nothing.
    pub fn is_look(&self) -> bool {
        self.method == "GET"
    }

    /// Whether it is an address of the API.
    pub fn is_call(&self) -> bool {
        self.pattern.starts_with(ROOT)
    }

    /// The names of what stands in.
    pub fn parameters(&self) -> Vec<&str> {
        let parts = self.pattern.split(['/', '.']);
        parts
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.pattern)
    }
}

/// A call of the document.
#[derive(Clone, Debug)]
pub struct Call {
    pub address: Address,
    pub operation: Value,
}

impl Call {
    /// The body that the document gives as an example; an object without fields where there is none.
    pub fn example(&self) -> Value {
        let example = self.operation.pointer("/requestBody/content/application~1json/example");
        example.cloned().unwrap_or_else(|| serde_json::json!({}))
    }
}

/// The calls of the API's document.
pub fn calls() -> Vec<Call> {
    let document = openapi();
    let mut calls = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            calls.push(Call {
                address: Address::new(&method, format!("{ROOT}{path}")),
                operation: operation.clone(),
            });
        }
    }
    calls
}

/// Every other address: pages, files, probes, and what the API answers without documenting it.
pub fn others() -> Vec<Address> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut without_text) = (BTreeSet::new(), 0);
    walk(&source, &mut |path, text| {
        let is_api = path.ends_with("/api.rs") || path.contains("/api/");
        for forbidden in [".route_service(", ".nest_service(", ".fallback_service("] {
            assert!(
                !text.contains(forbidden),
                "{path}: {forbidden} lays addresses that nobody walks"
            );
        }
        let nests = text.matches(".nest(").count();
        assert!(
            nests == 0 || path.ends_with("/src/api.rs"),
            "{path}: its addresses are walked without their beginning"
        );
        for rest in text.split(".route(").skip(1) {
            let arguments = balanced(rest);
            let Some(pattern) = literal(arguments) else {
                without_text += 1;
                continue;
            };
            let methods = methods(arguments);
            assert!(
                !methods.is_empty(),
                "{path}: {pattern} answers no method that is known here"
            );
            let root = if is_api { ROOT } else { "" };
            found.extend(
                methods
                    .iter()
                    .map(|method| Address::new(method, format!("{root}{pattern}"))),
            );
        }
    });
    assert_eq!(without_text, WITHOUT_TEXT, "addresses that are no plain text");
    found.into_iter().collect()
}

/// All of them.
pub fn all() -> Vec<Address> {
    let mut all: Vec<Address> = calls().into_iter().map(|call| call.address).chain(others()).collect();
    all.sort();
    all
}

fn walk(folder: &Path, each: &mut impl FnMut(&str, &str)) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, each);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            // What only tests see comes last in a file.
            let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            each(path.to_str().unwrap(), product);
        }
    }
}

/// What stands before the bracket that closes.
fn balanced(text: &str) -> &str {
    let mut depth = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    panic!("a bracket is not closed in {text}");
}

/// The first argument, if it is a plain text.
fn literal(arguments: &str) -> Option<&str> {
    arguments.trim_start().strip_prefix('"')?.split('"').next()
}

/// The methods that the second argument answers: calls of axum's functions, not of ours with the same name.
fn methods(arguments: &str) -> Vec<Method> {
    let mut found = Vec::new();
    for (name, method) in METHODS {
        for (at, _) in arguments.match_indices(&format!("{name}(")) {
            let before = arguments[..at].trim_end();
            if before.ends_with([',', '.']) || before.ends_with("routing::") {
                found.push(method.clone());
            }
        }
    }
    found
}

/// The lines of a list that people keep: `what | why`, and nothing that begins with `#`.
pub fn listed(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (what, why) = line
                .split_once(" | ")
                .unwrap_or_else(|| panic!("{line:?} gives no reason"));
            assert!(!why.trim().is_empty(), "{line:?} gives no reason");
            (what.trim().to_owned(), why.trim().to_owned())
        })
        .collect()
}

#[test]
fn routes_are_read_from_their_sources() {
    let arguments = " \"/a/{b}\", post(stamp::give).get(card::back).layer(x(1))";
    assert_eq!(literal(arguments), Some("/a/{b}"));
    assert_eq!(methods(arguments), [Method::GET, Method::POST]);
    assert_eq!(methods("\"/a\", any(cards::get(1))"), Vec::<Method>::new());
    let others = others();
    for known in [
        "GET /",
        "POST /till/session",
        "GET /api/v1/openapi.json",
        "GET /readyz",
        "GET /style",
    ] {
        assert!(others.iter().any(|one| one.to_string() == known), "{known}");
    }
    assert!(calls().len() > 20);
}
