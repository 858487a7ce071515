//! What a refusal points at must stand in the document: every answer that a test gets is held against it.

use http::{Method, StatusCode};
use serde_json::Value;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> = LazyLock::new(server::api::openapi);

/// Checks the pointers of a refusal: each names a field of the body, or a parameter, that the call has. What is not known,
/// and a sorting that no list has, are named as they were sent.
pub fn check(method: &Method, path: &str, status: StatusCode, body: &Value) {
    if !status.is_client_error() {
        return;
    }
    let Some(operation) = operation(method, path) else {
        return;
    };
    for error in body["errors"].as_array().into_iter().flatten() {
        let pointer = error["pointer"].as_str().unwrap();
        let is_named_as_sent = error["code"] == "unknown_field" || pointer == "sort";
        let known = match pointer.strip_prefix('/') {
            _ if pointer.is_empty() || is_named_as_sent => true,
            None => operation["parameters"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["name"] == pointer),
            Some(steps) => has(
                &operation["requestBody"]["content"]["application/json"]["schema"],
                steps,
            ),
        };
        assert!(known, "{method} {path} has no {pointer}: {error}");
    }
}

/// The call that an address means.
fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let path = path.strip_prefix("/api/v1")?;
    let alike = |template: &&String| {
        let (left, right) = (template.split('/'), path.split('/'));
        left.clone().count() == right.clone().count()
            && left
                .zip(right)
                .all(|(place, part)| place.starts_with('{') || place == part)
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let template = paths.keys().find(alike)?;
    paths[template].get(method.as_str().to_lowercase())
}

fn has(schema: &Value, steps: &str) -> bool {
    let schema = resolved(schema);
    let (step, rest) = steps.split_once('/').unwrap_or((steps, ""));
    let inner = if step.bytes().all(|letter| letter.is_ascii_digit()) {
        &schema["items"]
    } else {
        &schema["properties"][step]
    };
    !inner.is_null() && (rest.is_empty() || has(inner, rest))
}

/// What a reference leads to; of a choice, what is not null.
fn resolved(schema: &Value) -> &Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return resolved(DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap());
    }
    let choices = schema["oneOf"].as_array().filter(|_| schema["properties"].is_null());
    choices
        .and_then(|choices| choices.iter().find(|one| one["type"] != "null"))
        .map_or(schema, resolved)
}
