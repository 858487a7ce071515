//! Another merchant, with every right in a shop of their own: what is not theirs is not there.

use super::{Away, Watch, at_the_door, away, code, doors};
use crate::ledger::on_both;
use crate::support::addresses::{self, Call};
use crate::support::books::Engine;
use crate::support::rows::Look;
use crate::support::site::Seen;
use crate::support::street::{Shown, Street};
use http::Method;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a shop's name shows anybody.
const ANYBODYS: [&str; 2] = ["program", "reward"];

/// Nothing of the victim that was not sent stands in the answer.
fn nothing_shows(street: &Street, sent: &str, seen: &Seen, what: &str) {
    for (name, treasure) in &street.treasures {
        let is_secret = !sent.contains(treasure.as_str());
        assert!(
            !(is_secret && seen.text.contains(treasure.as_str())),
            "{what} shows the {name}: {}",
            seen.text
        );
    }
}

/// The body with the victim's things, in the neighbour's own store where a store is named.
fn in_own_store(street: &Street, mut body: Value) -> Value {
    if let Some(store) = body.get_mut("store") {
        *store = street.neighbour.store.to_string().into();
    }
    body
}

async fn try_call(street: &Street, watch: &Watch, call: &Call) {
    let (address, method) = (&call.address, call.address.method());
    let is_named = call.operation["parameters"]
        .as_array()
        .is_some_and(|all| all.iter().any(|one| one["in"] == "path"));
    for token in [&street.neighbour.key, &street.neighbour.terminal] {
        let shown = Shown::Bearer(token.clone());
        let is_key = token.starts_with("trei_key_");
        for path in street.searches(call) {
            for body in [street.body(call), in_own_store(street, street.body(call))] {
                let what = format!("{method} {path} with {body}");
                let seen = street.call(&shown, method.clone(), &path, &body).await;
                let told = (seen.status.as_u16(), &*code(&seen));
                let is_looked_for = is_named || path.contains('?') || names_something(street, &body);
                match told {
                    (404, "not_found" | "card_not_found" | "order_not_found") => {}
                    // Where it is for keys alone, or names a store that is not the terminal's.
                    (403, "forbidden" | "store_not_allowed") if !is_key => {}
                    // PINs are shown at terminals alone, and a PIN that is not there is one that is wrong (`PIN-7`).
                    (403, "forbidden") if is_key && path.contains("/pins/") => {}
                    (401, "pin_invalid") if !is_key && path.contains("/pins/") => {}
                    (200, "") if !is_looked_for && address.is_look() => {}
                    _ => panic!("{what}: {told:?} {}", seen.text),
                }
                nothing_shows(street, &format!("{path} {body}"), &seen, &what);
                watch.nothing_happened(&what).await;
            }
        }
    }
}

/// Whether a body names anything of the victim.
fn names_something(street: &Street, body: &Value) -> bool {
    let text = body.to_string();
    street
        .treasures
        .iter()
        .any(|(_, treasure)| text.contains(treasure.as_str()))
}

async fn what_is_anothers_is_not_there(engine: Engine) {
    let street = Street::open(engine).await;
    let watch = Watch::new(Look::at_all(&street.site.app.db).await).await;
    let public: BTreeSet<String> = addresses::listed(include_str!("public_calls.txt"))
        .into_iter()
        .map(|(call, _)| call)
        .collect();
    for call in addresses::calls() {
        if !public.contains(&call.address.to_string()) {
            try_call(&street, &watch, &call).await;
        }
    }
}

async fn a_till_of_the_neighbour_finds_nothing(engine: Engine) {
    let street = Street::open(engine).await;
    let shown = Shown::Cookie(street.neighbour.till.clone());
    for (address, who) in doors() {
        let watch = Watch::new(Look::at(&street.site.app.db, street.victim.merchant.0).await).await;
        let mut seen = street.visit(&shown, &address).await;
        let is_named = !address.parameters().is_empty();
        if who == "till" && address.is_look() && seen.status.is_redirection() && away(&seen).is_none() {
            // An address that only takes writes leads to its card without looking whether it is there.
            let there = seen.header("location").to_owned();
            seen = street.call(&shown, Method::GET, &there, &Value::Null).await;
        }
        let expected = match &*who {
            "till" if is_named => Some(Away::Missing),
            // A form that names nothing of the shop's is the neighbour's own, and may be misunderstood.
            "till" => None,
            who => Some(at_the_door(&address, who)),
        };
        match expected {
            Some(_) => assert_eq!(away(&seen), expected, "{address}: {} {}", seen.status, seen.text),
            None => assert!(
                !seen.status.is_server_error() && seen.status.as_u16() != 429,
                "{address}: {} {}",
                seen.status,
                seen.text
            ),
        }
        nothing_shows(&street, &street.path(&address), &seen, &address.to_string());
        watch.nothing_happened(&address.to_string()).await;
    }
}

on_both!(what_is_anothers_is_not_there, a_till_of_the_neighbour_finds_nothing,);
