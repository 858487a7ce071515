//! From an OpenAPI document to the parts of the page.
//!
//! Owns: the reading of paths, parameters, bodies and answers. Must not know: HTML.

use serde_json::Value;

use super::schema::{self, kind_of, resolve};
use super::{Answer, ApiDocumentPage, Body, Group, Operation, Parameter};
use crate::pages::page::Page;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Reads a document.
pub fn read(page: Page, document: &Value) -> ApiDocumentPage {
    ApiDocumentPage {
        page,
        name: document["info"]["title"].as_str().unwrap_or("API").to_owned(),
        version: text(&document["info"]["version"]),
        about: paragraphs(&document["info"]["description"]),
        groups: groups(document),
        schemas: schema::all(document),
    }
}

/// Operations by their first tag; tags in the order the document lists them, then the rest.
fn groups(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for tag in document["tags"].as_array().into_iter().flatten() {
        groups.push(group(&text(&tag["name"]), text(&tag["description"])));
    }
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            let Some(found) = item.get(method) else {
                continue;
            };
            let tag = found["tags"][0].as_str().unwrap_or("api").to_owned();
            let operation = operation(document, method, path, item, found);
            match groups.iter_mut().find(|group| group.name == tag) {
                Some(group) => group.operations.push(operation),
                None => {
                    let mut new = group(&tag, String::new());
                    new.operations.push(operation);
                    groups.push(new);
                }
            }
        }
    }
    groups.retain(|group| !group.operations.is_empty());
    groups
}

fn group(name: &str, about: String) -> Group {
    Group {
        name: name.to_owned(),
        about,
        anchor: format!("tag-{}", anchor(name)),
        operations: Vec::new(),
    }
}

fn operation(document: &Value, method: &str, path: &str, item: &Value, found: &Value) -> Operation {
    let name = found["operationId"]
        .as_str()
        .map_or_else(|| format!("{method}{path}"), str::to_owned);
    let (summary, rest) = found["summary"]
        .as_str()
        .map_or_else(|| (name.replace(['_', '-'], " "), None), first_sentence);
    let shared = item["parameters"].as_array().into_iter().flatten();
    let own = found["parameters"].as_array().into_iter().flatten();
    let answers = found["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(status, answer)| {
            let answer = resolve(document, answer);
            Answer {
                status: status.clone(),
                about: text(&answer["description"]),
                body: body(document, answer),
            }
        });
    Operation {
        anchor: format!("op-{}", anchor(&name)),
        method: method.to_uppercase(),
        path: format!(
            "{}{path}",
            document["servers"][0]["url"]
                .as_str()
                .unwrap_or_default()
                .trim_end_matches('/')
        ),
        summary,
        about: rest.into_iter().chain(paragraphs(&found["description"])).collect(),
        scopes: scopes(found),
        parameters: shared
            .chain(own)
            .map(|parameter| self::parameter(resolve(document, parameter)))
            .collect(),
        body: body(document, resolve(document, &found["requestBody"])),
        answers: answers.collect(),
    }
}

fn parameter(parameter: &Value) -> Parameter {
    Parameter {
        name: text(&parameter["name"]),
        place: text(&parameter["in"]),
        required: parameter["required"].as_bool().unwrap_or(false),
        kind: kind_of(&parameter["schema"]).0,
        about: text(&parameter["description"]),
    }
}

/// The first media type of a body or answer, with its schema and an example.
fn body(document: &Value, holder: &Value) -> Option<Body> {
    let (media, content) = holder["content"].as_object()?.iter().next()?;
    let schema = &content["schema"];
    let shown = content
        .get("example")
        .or_else(|| {
            content["examples"]
                .as_object()
                .and_then(|examples| examples.values().next())
                .and_then(|example| example.get("value"))
        })
        .cloned()
        .or_else(|| schema::example(document, schema, 0));
    Some(Body {
        media: media.clone(),
        schema: schema::name_of(schema).map(|name| (name.clone(), schema::anchor_of(&name))),
        fields: if schema::name_of(schema).is_some() {
            Vec::new()
        } else {
            schema::fields(document, schema)
        },
        example: shown.and_then(|example| serde_json::to_string_pretty(&example).ok()),
    })
}

/// The first sentence as a heading, without its full stop, and what follows it.
fn first_sentence(summary: &str) -> (String, Option<String>) {
    let (first, rest) = summary
        .split_once(". ")
        .map_or((summary, None), |(first, rest)| (first, Some(rest.to_owned())));
    (first.trim_end_matches('.').to_owned(), rest)
}

fn scopes(operation: &Value) -> Vec<String> {
    let requirements = operation["security"].as_array().into_iter().flatten();
    let lists = requirements
        .filter_map(Value::as_object)
        .flat_map(|requirement| requirement.values());
    lists
        .flat_map(|scopes| scopes.as_array().into_iter().flatten())
        .map(text)
        .collect()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn paragraphs(value: &Value) -> Vec<String> {
    text(value)
        .split("\n\n")
        .map(|paragraph| paragraph.trim().to_owned())
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
}

pub(super) fn anchor(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' })
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}
