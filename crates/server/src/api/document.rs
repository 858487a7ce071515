//! The API document: what routes declare themselves, completed with what every call has in common, so that each answer
//! that can come is documented and no handler repeats it.

mod bodies;
mod examples;
mod headers;

use super::request::BODY_MAX;
use crate::locale::Locale;
use crate::problem::{Code, Detail, Fault, MEDIA_TYPE, Problem};
use domain::moment::Instant;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

/// What every document says of itself.
fn about() -> Value {
    json!({
        "title": "Trei",
        "description": "Stamp cards and points. Amounts are in minor units with a currency, instants are RFC 3339 in UTC, \
                        names are in snake_case. Errors are application/problem+json with a stable code.",
        "version": "1",
        "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
    })
}

/// Completes the document of the routes. It stays a plain value: the types of the generator know fewer words than a
/// document may use, and would drop the rest.
pub fn complete(document: &OpenApi) -> Value {
    let mut whole = serde_json::to_value(document).unwrap_or_default();
    whole["info"] = about();
    whole["servers"] = json!([{ "url": super::ROOT }]);
    whole["tags"] = json!([
        { "name": "programs", "description": "What can be earned and redeemed." },
        { "name": "cards", "description": "Cards and what happens to them." },
        { "name": "returns", "description": "Goods that come back." },
        { "name": "pins", "description": "Who serves, at terminals." },
        { "name": "public", "description": "Without a credential." },
    ]);
    whole["components"]["securitySchemes"] = json!({
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key with the scope that stands at the call, or the token of a paired terminal.",
        },
    });
    whole["components"]["schemas"]["Problem"] = problem();
    whole["components"]["responses"] = refusals();
    whole["components"]["headers"] = headers::all();
    bodies::complete(&mut whole);
    if let Some(paths) = whole["paths"].as_object_mut() {
        for (path, item) in paths.iter_mut() {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                complete_operation(path, method, operation);
            }
        }
    }
    whole
}

fn complete_operation(path: &str, method: &str, operation: &mut Value) {
    let is_pairing = path == "/terminals/pairings";
    let is_pin = path == "/pins/{pin_id}/verify";
    let is_public = path == "/enroll" || is_pairing;
    let has_body = method != "get";
    let keyed = has_body && !path.ends_with("/preview") && !is_pairing && !is_pin;
    let mut statuses = vec![400, 404, 406, 422, 500, 503];
    if !is_public || is_pairing {
        statuses.push(401);
    }
    if asks_for_pin(path, method) {
        statuses.push(423);
    }
    let is_limited = is_public || is_pin || (path == "/cards" && method == "get");
    if is_limited {
        statuses.push(429);
    }
    statuses.push(403);
    if has_body {
        statuses.extend([409, 413, 415]);
    }
    if path == "/cards" && method == "get" {
        statuses.push(409);
    }
    if keyed && !is_public {
        statuses.push(428);
    }
    statuses.sort_unstable();
    for status in statuses {
        operation["responses"][status.to_string()] = json!({ "$ref": format!("#/components/responses/{status}") });
    }
    headers::of_successes(operation, (keyed, is_limited), !is_public);
    give_examples(operation);
    if method == "delete" {
        operation["requestBody"]["required"] = json!(false);
    }
    let mut parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    parameters.retain(|parameter| parameter["in"] != "path");
    parameters.extend(path_parameters(path));
    if keyed {
        parameters.push(idempotency_key(!is_public));
    }
    parameters.push(json!({
        "name": "lang", "in": "query", "required": false,
        "description": "The language of sentences: `en`, `fr`, `de` or `lb`; with any other value `Accept-Language` counts.",
        "schema": { "type": "string", "examples": ["lb"] },
    }));
    operation["parameters"] = json!(parameters);
}

/// Where a terminal may have to bring a PIN, which may be locked.
fn asks_for_pin(path: &str, method: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    method == "post"
        && matches!(
            last,
            "stamps"
                | "points"
                | "purchases"
                | "redemptions"
                | "voids"
                | "adjustments"
                | "returns"
                | "verify"
                | "cards"
        )
}

/// Shows what is sent and what is answered, where there is an example of it.
fn give_examples(operation: &mut Value) {
    const CONTENT: &str = "/content/application~1json";
    let name = operation["operationId"].as_str().unwrap_or_default().to_owned();
    if let Some(content) = operation["requestBody"].pointer_mut(CONTENT)
        && let Some(example) = examples::request(&name)
    {
        content["example"] = example;
    }
    for (status, answer) in operation["responses"].as_object_mut().into_iter().flatten() {
        if let Some(content) = answer.pointer_mut(CONTENT)
            && let Some(example) = examples::receipt(&name, status)
        {
            content["example"] = example;
        }
    }
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameter = |name: &str| {
        let (prefix, tail) = match name {
            "card" => ("card", ""),
            "program" => ("prg", ""),
            "pin_id" => ("pin", ""),
            _ => ("evt", "_[1-9][0-9]*"),
        };
        json!({
            "name": name, "in": "path", "required": true,
            "schema": { "type": "string", "pattern": format!("^{prefix}_[0-7][0-9a-hjkmnp-tv-z]{{25}}{tail}$") },
        })
    };
    names.map(parameter).collect()
}

fn idempotency_key(required: bool) -> Value {
    json!({
        "name": "Idempotency-Key", "in": "header", "required": required,
        "description": "Under the same key the same call has its effect once; the first answer is told again.",
        "schema": { "type": "string", "minLength": if required { 1 } else { 16 }, "maxLength": 128, "pattern": "^[!-~]+$" },
    })
}

fn refusals() -> Value {
    let mut all = serde_json::Map::new();
    for &code in Code::ALL {
        let status = code.number();
        let entry = all.entry(status.to_string()).or_insert_with(|| {
            json!({
                "description": "",
                "headers": headers::of_refusal(status),
                "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" }, "example": example(code) } },
            })
        });
        let known = entry["description"].as_str().unwrap_or_default();
        let joint = if known.is_empty() { "Codes: " } else { ", " };
        entry["description"] = json!(format!("{known}{joint}`{}`", code.text()));
    }
    Value::Object(all)
}

/// What such a problem says, with its details.
fn example(code: Code) -> Value {
    let problem = match code {
        Code::BodyTooLarge => Problem::with(code, "max", Detail::Number(BODY_MAX as i64)),
        Code::RateLimited => Problem::with(code, "retry_after", Detail::Number(12)),
        Code::PinLocked => {
            let (now, zone) = (Instant(1_772_446_500_000_000), TimeZone::UTC);
            let at = now.plus_minutes(15);
            Problem::with(code, "retry_at", Detail::Moment { at, now, zone })
        }
        Code::UnknownField => Fault::new("/curency", code).into(),
        Code::TooManyAttempts => {
            let now = Instant(1_772_438_400_000_000);
            let (at, zone) = (now.plus_minutes(15), TimeZone::UTC);
            Problem::with(code, "retry_at", Detail::Moment { at, now, zone })
        }
        _ => code.into(),
    };
    serde_json::from_str(&problem.document(Locale::En, "9f3c2a71-1042")).unwrap_or_default()
}

fn problem() -> Value {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.text()).collect();
    json!({
        "type": "object",
        "description": "Why something cannot be done (RFC 9457). Details of the first error stand at the top as well.",
        "required": ["type", "title", "status", "code", "detail", "errors", "request_id"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string", "description": "The code in English words." },
            "status": { "type": "integer" },
            "code": { "type": "string", "enum": codes },
            "detail": { "type": "string", "description": "A sentence in the language of the request." },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["pointer", "code", "message", "params"],
                "properties": {
                    "pointer": { "type": "string", "description": "A JSON pointer into the body, or the name of a parameter." },
                    "code": { "type": "string" },
                    "message": { "type": "string" },
                    "params": { "type": "object", "additionalProperties": true },
                },
            } },
            "request_id": { "type": "string" },
        },
        "additionalProperties": true,
    })
}
