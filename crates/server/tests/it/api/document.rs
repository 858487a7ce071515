//! The document says what the API does: a snapshot, and what must hold for each call.

use crate::support::books::sqlite;
use crate::support::shop::{Shop, Told};
use axum::body::Body;
use http::Method;
use serde_json::{Value, json};

fn document() -> Value {
    server::api::openapi()
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

/// The names of the headers that the document gives an answer.
fn headers_of(path: &str, method: &str, status: &str) -> Vec<String> {
    let document = document();
    let answer = &document["paths"][path][method]["responses"][status];
    let reference = answer["$ref"]
        .as_str()
        .map(|reference| reference.trim_start_matches('#'));
    let answer = reference.map_or(answer, |pointer| document.pointer(pointer).unwrap());
    let headers = answer["headers"].as_object().unwrap();
    headers.keys().map(|name| name.to_ascii_lowercase()).collect()
}

#[tokio::test]
async fn the_headers_that_come_are_documented() {
    const GENERAL: [&str; 9] = [
        "content-type",
        "content-length",
        "content-security-policy",
        "x-content-type-options",
        "x-frame-options",
        "referrer-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "cache-control",
    ];
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    let (stamps, stamp) = (format!("/cards/{card}/stamps"), json!({ "store": shop.store() }));
    let bare = http::Request::builder()
        .uri("/api/v1/programs")
        .body(Body::empty())
        .unwrap();
    let told: [(&str, &str, Told); 5] = [
        (
            "/cards",
            "post",
            shop.post("/cards", &json!({ "program": "points" })).await,
        ),
        ("/cards/{card}/stamps", "post", shop.keyed(&stamps, &stamp, "one").await),
        ("/cards/{card}/stamps", "post", shop.keyed(&stamps, &stamp, "one").await),
        ("/cards/{card}/stamps", "post", shop.post(&stamps, &json!({})).await),
        ("/programs", "get", shop.send(bare).await),
    ];
    let mut seen = Vec::new();
    for (path, method, told) in told {
        let documented = headers_of(path, method, told.status.as_str());
        for name in told.headers.keys().map(http::HeaderName::as_str) {
            if !GENERAL.contains(&name) {
                assert!(documented.iter().any(|known| known == name), "{method} {path}: {name}");
                seen.push(name.to_owned());
            }
        }
    }
    for name in ["x-request-id", "location", "idempotent-replayed", "www-authenticate"] {
        assert!(seen.iter().any(|known| known == name), "{name} never came");
    }
}

/// What is to go on needs no body: none at all, or an empty one with its type; only null is no body.
#[tokio::test]
async fn a_body_that_may_be_left_out_is_documented_so() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/blocks", shop.card(0).await);
    let described = &document()["paths"]["/cards/{card}/blocks"]["delete"]["requestBody"];
    assert_eq!(described["required"], false);
    assert!(!described.to_string().contains("null"), "{described}");
    for (content_type, body, status) in [
        (None, "", 200),
        (Some("application/json"), "", 200),
        (Some("application/json"), "{}", 200),
        (Some("application/json"), "null", 422),
        (Some("text/plain"), "", 415),
    ] {
        shop.post(&path, &json!({ "reason": "lost" })).await;
        let mut request = shop.request(Method::DELETE, &path);
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let key = crate::support::books::id().to_string();
        let request = request.header("idempotency-key", key).body(Body::from(body)).unwrap();
        let told = shop.send(request).await;
        assert_eq!(told.status.as_u16(), status, "{content_type:?} {body:?}: {}", told.body);
    }
}
