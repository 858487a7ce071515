//! The examples of the document are true: what is shown to be sent is accepted for its shape, what is shown to be answered
//! has the fields that are answered.

use crate::support::books::{id, sqlite};
use crate::support::shop::Shop;
use domain::number::CardNumber;
use http::Method;
use serde_json::Value;

fn document() -> Value {
    server::api::openapi()
}

/// Every call, with its method and address.
fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths.flat_map(|(path, item)| {
        let operations = item.as_object().unwrap().iter();
        operations.map(move |(method, operation)| (method, path, operation))
    })
}

#[tokio::test]
async fn what_is_shown_to_be_sent_has_the_right_shape() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    let document = document();
    let mut sent = 0;
    for (method, path, operation) in operations(&document).filter(|(method, ..)| *method != "get") {
        let example = &operation["requestBody"]["content"]["application/json"]["example"];
        assert!(example.is_object(), "{method} {path} shows nothing");
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
        let address = path.replace("{card}", &card);
        let told = shop
            .write_as(&shop.key, method, &address, example, &id().to_string())
            .await;
        let shape = matches!(told.status.as_u16(), 400 | 413 | 415 | 422 | 428);
        assert!(
            !shape && !told.status.is_server_error(),
            "{path} {example}: {}",
            told.body
        );
        sent += 1;
    }
    assert!(sent > 12, "{sent}");
}

#[test]
fn what_is_shown_to_be_answered_has_the_fields_that_are_answered() {
    let document = document();
    let receipt = &document["components"]["schemas"]["Receipt"];
    let mut shown = 0;
    for (method, path, operation) in operations(&document) {
        for (status, answer) in operation["responses"].as_object().unwrap() {
            let content = &answer["content"]["application/json"];
            if content["schema"]["$ref"] != "#/components/schemas/Receipt" {
                continue;
            }
            let example = content["example"].as_object();
            let example = example.unwrap_or_else(|| panic!("{method} {path} {status} shows nothing"));
            for name in receipt["required"].as_array().unwrap() {
                assert!(example.contains_key(name.as_str().unwrap()), "{path} {status}: {name}");
            }
            for name in example.keys() {
                assert!(receipt["properties"].get(name).is_some(), "{path} {status}: {name}");
            }
            assert_eq!(example.contains_key("claim"), path.ends_with("/redemptions"), "{path}");
            assert_eq!(
                example.contains_key("number"),
                path.ends_with("/replacements"),
                "{path}"
            );
            shown += 1;
        }
    }
    assert!(shown > 12, "{shown}");
}

/// Values of fields and examples of this name, wherever they stand.
fn examples_of(value: &Value, name: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (known, inner) in fields {
                let examples = [inner, &inner["example"], &inner["examples"][0]];
                let texts = examples.into_iter().filter_map(Value::as_str);
                found.extend(texts.filter(|_| known == name).map(str::to_owned));
                examples_of(inner, name, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| examples_of(inner, name, found)),
        _ => {}
    }
}

#[test]
fn numbers_that_are_shown_are_numbers() {
    let mut numbers = Vec::new();
    examples_of(&document(), "number", &mut numbers);
    let manual = include_str!("../../../../../docs/api.md");
    let typed = manual
        .split("number=")
        .skip(1)
        .filter_map(|rest| rest.split(['"', '&', ' ']).next());
    numbers.extend(typed.map(str::to_owned));
    assert!(numbers.len() > 4, "{numbers:?}");
    for number in numbers {
        assert!(CardNumber::parse(&number).is_some(), "{number}");
    }
}

#[test]
fn sentences_that_are_shown_lack_nothing() {
    for (status, answer) in document()["components"]["responses"].as_object().unwrap() {
        let detail = &answer["content"]["application/problem+json"]["example"]["detail"];
        let detail = detail.as_str().unwrap();
        assert!(!detail.is_empty() && !detail.contains("  "), "{status}: {detail}");
    }
}
