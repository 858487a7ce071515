//! The headers of answers: described once, named where they come.

use serde_json::{Map, Value, json};

const REQUEST_ID: &str = "X-Request-Id";
const REPLAYED: &str = "Idempotent-Replayed";
const LOCATION: &str = "Location";
const RETRY_AFTER: &str = "Retry-After";
const POLICY: &str = "RateLimit-Policy";
const STANDING: &str = "RateLimit";
const AUTHENTICATE: &str = "WWW-Authenticate";

/// What each header says.
pub fn all() -> Value {
    json!({
        REQUEST_ID: {
            "description": "The id of this request, as the log of the installation knows it.",
            "required": true,
            "schema": { "type": "string", "maxLength": 64, "pattern": "^[0-9A-Za-z_-]+$" },
        },
        REPLAYED: {
            "description": "`true` when this is the answer to an earlier call under the same key; else absent.",
            "schema": { "type": "string", "enum": ["true"] },
        },
        LOCATION: {
            "description": "Where the new card or event is found.",
            "schema": { "type": "string", "pattern": "^/api/v1/cards/" },
        },
        RETRY_AFTER: {
            "description": "After how many seconds the same request is worth sending again.",
            "schema": { "type": "integer", "minimum": 1 },
        },
        POLICY: {
            "description": "The limit that counts this call, the tightest where there are several: its name, `q` tries in `w` seconds.",
            "schema": { "type": "string", "pattern": "^\"[a-z_]+\";q=[0-9]+;w=[0-9]+$" },
        },
        STANDING: {
            "description": "What is left of it: `r` tries, and more in `t` seconds.",
            "schema": { "type": "string", "pattern": "^\"[a-z_]+\";r=[0-9]+;t=[0-9]+$" },
        },
        AUTHENTICATE: {
            "description": "How to say who asks.",
            "required": true,
            "schema": { "type": "string", "enum": ["Bearer"] },
        },
    })
}

fn named(names: &[&str]) -> Value {
    let reference = |name: &&str| {
        let target = format!("#/components/headers/{name}");
        ((*name).to_owned(), json!({ "$ref": target }))
    };
    Value::Object(names.iter().map(reference).collect::<Map<_, _>>())
}

/// Names the headers of what went well. A call that everybody may make tells nobody where its card is found.
pub fn of_successes(operation: &mut Value, (keyed, limited): (bool, bool), located: bool) {
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        if !status.starts_with('2') {
            continue;
        }
        let mut names = vec![REQUEST_ID];
        if keyed {
            names.push(REPLAYED);
        }
        if limited {
            names.extend([POLICY, STANDING]);
        }
        if located && status == "201" {
            names.push(LOCATION);
        }
        response["headers"] = named(&names);
    }
}

/// The headers of a refusal.
pub fn of_refusal(status: u16) -> Value {
    match status {
        401 => named(&[REQUEST_ID, AUTHENTICATE]),
        // Of 409 only `idempotency_in_progress` says when.
        429 => named(&[REQUEST_ID, RETRY_AFTER, POLICY, STANDING]),
        409 | 503 => named(&[REQUEST_ID, RETRY_AFTER]),
        _ => named(&[REQUEST_ID]),
    }
}
