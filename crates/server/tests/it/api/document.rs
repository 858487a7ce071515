//! The document says what the API does: a snapshot, and what must hold for each call.

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use serde_json::Value;

fn document() -> Value {
    serde_json::to_value(server::api::openapi()).unwrap()
}

#[test]
fn the_document_changes_only_knowingly() {
    let text = serde_json::to_string_pretty(&document()).unwrap();
    insta::assert_snapshot!("openapi", text);
}

#[tokio::test]
async fn the_document_is_served() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let served = shop.get("/openapi.json").await;
    assert_eq!((served.status.as_u16(), served.body), (200, document()));
}

#[test]
fn every_call_documents_what_it_can_answer() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap();
            let mut expected = vec!["400", "403", "404", "406", "422", "500", "503"];
            if method != "get" {
                expected.extend(["409", "413", "415"]);
            }
            for status in expected {
                assert!(responses.contains_key(status), "{method} {path} {status}");
            }
            assert!(
                responses.contains_key("200") || responses.contains_key("201"),
                "{method} {path}"
            );
            assert!(
                operation["summary"].as_str().is_some_and(|text| !text.is_empty()),
                "{method} {path}"
            );
            for part in path.split('/').filter_map(|part| part.strip_prefix('{')) {
                let name = part.trim_end_matches('}');
                let parameters = operation["parameters"].as_array().unwrap();
                assert!(
                    parameters.iter().any(|one| one["name"] == name && one["in"] == "path"),
                    "{method} {path} {name}"
                );
            }
        }
    }
}

/// Every reference leads somewhere, or readers of the document stumble.
#[test]
fn every_reference_leads_somewhere() {
    fn walk(value: &Value, whole: &Value) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    let pointer = reference.strip_prefix('#').unwrap();
                    assert!(whole.pointer(pointer).is_some(), "{reference}");
                }
                fields.values().for_each(|inner| walk(inner, whole));
            }
            Value::Array(items) => items.iter().for_each(|inner| walk(inner, whole)),
            _ => {}
        }
    }
    let document = document();
    walk(&document, &document);
}
