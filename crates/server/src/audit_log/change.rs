//! Values before and after, without secrets: a field whose name speaks of one is told to have changed and no more.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What stands in place of a secret.
const REDACTED: &str = "…";
/// Parts of names of fields that hold secrets.
const SECRET: [&str; 10] = [
    "pin", "password", "token", "secret", "hash", "code", "seed", "key", "sealed", "recovery",
];
/// Names that contain such a part and hold none.
const HARMLESS: [&str; 5] = ["pin_policy", "pin_length", "pin_id", "store_code", "key_id"];

/// What was there before, and what is there now: objects with the fields that matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Before; null for what was made.
    before: Value,
    /// Now; null for what is gone.
    after: Value,
}

impl Change {
    /// Field by field: its name, what was there before, and what is there now; what did not change is left out.
    pub fn fields(&self) -> Vec<(String, Option<Value>, Option<Value>)> {
        let of = |value: &Value| value.as_object().cloned().unwrap_or_default();
        let (before, after) = (of(&self.before), of(&self.after));
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let fields = names.into_iter().map(|name| {
            let (old, new) = (before.get(name), after.get(name));
            (name.clone(), old.cloned(), new.cloned())
        });
        fields.filter(|(_, old, new)| old != new).collect()
    }

    /// Something was made.
    pub fn made(after: Value) -> Self {
        Self::of(Value::Null, after)
    }

    /// Something changed.
    pub fn of(before: Value, after: Value) -> Self {
        Self {
            before: redacted(before),
            after: redacted(after),
        }
    }
}

fn redacted(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.into_iter().map(field).collect::<Map<_, _>>()),
        Value::Array(values) => Value::Array(values.into_iter().map(redacted).collect()),
        other => other,
    }
}

fn field((name, value): (String, Value)) -> (String, Value) {
    let value = match value {
        Value::Null | Value::Bool(_) => value,
        _ if is_secret(&name) => Value::from(REDACTED),
        other => redacted(other),
    };
    (name, value)
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRET.iter().any(|part| name.contains(part)) && !HARMLESS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_told_to_have_changed_and_no_more() {
        let told = Change::of(
            json!({ "name": "Mina", "pin": "4711", "totp_seed": "JBSW", "has_pin": false }),
            json!({ "name": "Mina B.", "pin": "1174", "keys": [{ "api_token": "trei_key_x", "name": "till" }] }),
        );
        let text = serde_json::to_string(&told).unwrap();
        for secret in ["4711", "1174", "JBSW", "trei_key_x"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("Mina B.") && text.contains("has_pin\":false"));
    }

    #[test]
    fn policies_and_ids_are_no_secrets() {
        let told = serde_json::to_value(Change::made(json!({ "pin_policy": "required", "store_code": "GR" }))).unwrap();
        assert_eq!(told["after"]["pin_policy"], "required");
        assert_eq!(told["after"]["store_code"], "GR");
    }
}
