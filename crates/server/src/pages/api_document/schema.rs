//! Named schemas, their fields, and examples made from them.
//!
//! Owns: the reading of JSON Schema as far as our document uses it. Must not know: HTML.

use serde_json::{Map, Value, json};

use super::reading::{anchor, text};
use super::{Field, Schema};

/// How deep an example follows schemas: no circle can hang the page.
const DEPTH_MAX: usize = 6;

/// Every named schema of the document.
pub fn all(document: &Value) -> Vec<Schema> {
    let schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let read = schemas.map(|(name, schema)| Schema {
        name: name.clone(),
        anchor: anchor_of(name),
        about: text(&schema["description"]),
        fields: fields(document, schema),
        words: schema["enum"].as_array().into_iter().flatten().map(text).collect(),
    });
    read.collect()
}

pub fn anchor_of(name: &str) -> String {
    format!("schema-{}", anchor(name))
}

/// The name of a schema that is only a reference.
pub fn name_of(schema: &Value) -> Option<String> {
    schema["$ref"]
        .as_str()
        .and_then(|reference| reference.rsplit('/').next())
        .map(str::to_owned)
}

/// What a reference points to, or the value itself.
pub fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let Some(pointer) = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) else {
        return value;
    };
    document.pointer(pointer).unwrap_or(&Value::Null)
}

/// The fields of an object, those of joined schemas included.
pub fn fields(document: &Value, schema: &Value) -> Vec<Field> {
    let schema = resolve(document, schema);
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let own = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, property)| {
            let (kind, link) = kind_of(property);
            let about = [&property["description"], &resolve(document, property)["description"]]
                .into_iter()
                .map(text)
                .find(|about| !about.is_empty());
            Field {
                name: name.clone(),
                kind,
                link,
                required: required.contains(&name.as_str()),
                about: about.unwrap_or_default(),
            }
        });
    let joined = schema["allOf"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|part| fields(document, part));
    own.chain(joined).collect()
}

/// A kind in words, and where it is explained.
pub fn kind_of(schema: &Value) -> (String, Option<String>) {
    if let Some(name) = name_of(schema) {
        return (name.clone(), Some(format!("#{}", anchor_of(&name))));
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let kinds: Vec<_> = choices.iter().map(kind_of).collect();
            let link = kinds.iter().find_map(|(_, link)| link.clone());
            return (
                kinds.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>().join(" | "),
                link,
            );
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return (
            words
                .iter()
                .map(|word| {
                    word.as_str()
                        .map_or_else(|| word.to_string(), |word| format!("\"{word}\""))
                })
                .collect::<Vec<_>>()
                .join(" | "),
            None,
        );
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(text).collect::<Vec<_>>().join(" | "),
        Value::String(kind) if kind == "array" => {
            let (inner, link) = kind_of(&schema["items"]);
            return (format!("{inner}[]"), link);
        }
        Value::String(kind) => kind.clone(),
        _ => "any".to_owned(),
    };
    match schema["format"].as_str() {
        Some(format) => (format!("{kind} ({format})"), None),
        None => (kind, None),
    }
}

/// An example: the one given, or one made from the examples and kinds of the fields.
pub fn example(document: &Value, schema: &Value, depth: usize) -> Option<Value> {
    let schema = resolve(document, schema);
    let given = schema
        .get("example")
        .or_else(|| schema["examples"].as_array().and_then(|examples| examples.first()));
    if let Some(given) = given.or_else(|| schema.get("default")) {
        return Some(given.clone());
    }
    if depth > DEPTH_MAX {
        return None;
    }
    if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
        return Some(first.clone());
    }
    // An object may have choices beside its fields: which of them must be there.
    if schema["properties"].is_object() || schema["allOf"].is_array() {
        return Some(object(document, schema, depth));
    }
    if let Some(choices) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        return choices
            .iter()
            .find(|choice| choice["type"] != "null")
            .and_then(|choice| example(document, choice, depth + 1));
    }
    let kind = schema["type"].as_str().or_else(|| {
        schema["type"]
            .as_array()
            .and_then(|kinds| kinds.first())
            .and_then(Value::as_str)
    })?;
    match kind {
        "array" => Some(Value::Array(
            example(document, &schema["items"], depth + 1).into_iter().collect(),
        )),
        "integer" | "number" => Some(json!(1)),
        "boolean" => Some(json!(true)),
        "string" => Some(json!("…")),
        "object" => Some(json!({})),
        _ => None,
    }
}

fn object(document: &Value, schema: &Value, depth: usize) -> Value {
    let mut example_of = Map::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if let Some(Value::Object(inherited)) = example(document, part, depth + 1) {
            example_of.extend(inherited);
        }
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = example(document, property, depth + 1) {
            example_of.insert(name.clone(), value);
        }
    }
    Value::Object(example_of)
}
