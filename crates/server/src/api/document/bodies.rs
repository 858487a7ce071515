//! What bodies must fulfil as a whole: no other fields, fields that need or exclude each other.

use serde_json::{Value, json};

/// Completes the schemas of bodies.
pub fn complete(whole: &mut Value) {
    for (name, schema) in whole["components"]["schemas"].as_object_mut().into_iter().flatten() {
        let is_body = name.ends_with("Request");
        if is_body || name == "PurchaseLine" {
            schema["additionalProperties"] = json!(false);
        }
        if is_body && schema["properties"].get("order_source").is_some() {
            // A source numbers an order, so there must be one.
            schema["if"] = present("order_source", "string");
            schema["then"] = present("order_ref", "string");
        }
        match name.as_str() {
            "ReturnRequest" => {
                schema["oneOf"] = json!([present("amount_minor", "integer"), present("lines", "array")]);
            }
            "RedemptionRequest" => schema["oneOf"] = json!([present("reward", "string"), present("claim", "string")]),
            "AdjustmentRequest" => schema["properties"]["amount"]["not"] = json!({ "const": 0 }),
            _ => {}
        }
    }
}

/// A field is there, and not null.
fn present(name: &str, kind: &str) -> Value {
    json!({ "required": [name], "properties": { name: { "type": kind } } })
}
