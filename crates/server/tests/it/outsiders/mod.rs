//! Every route of the installation, tried by everybody who has no business there: each is refused with its documented
//! status, and leaves every table as it was. Routes are found, not listed (`support/addresses.rs`): a new one is walked
//! from the day it is laid. What a stranger may reach stands in `public_calls.txt` and `public_pages.txt`, each line with
//! its reason; a line that is not needed any more fails the walk, so the lists only shrink by themselves.

mod neighbours;
mod roles;
mod scopes;
mod strangers;

use crate::support::addresses::{self, Address, listed};
use crate::support::rows::{Look, Rows};
use crate::support::site::Seen;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const DOORS: &str = include_str!("doors.txt");
const PUBLIC_PAGES: &str = include_str!("public_pages.txt");

/// The code of a problem; nothing for an answer that is none.
fn code(seen: &Seen) -> String {
    let body: Value = serde_json::from_str(&seen.text).unwrap_or_default();
    body["code"].as_str().unwrap_or_default().to_owned()
}

/// How a page turns somebody away. Who tries too often is turned away from everything, so that says nothing of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Away {
    /// Nobody is signed in: it says so, or shows where to sign in or to pair the till.
    SignIn,
    /// Somebody is, and may not.
    Forbidden,
    /// It is not there, for them.
    Missing,
    /// What was typed was never good, or is no longer.
    Over,
}

/// How a page turned somebody away; nothing if it did not.
fn away(seen: &Seen) -> Option<Away> {
    let elsewhere = seen.header("location").split(['?', '/']).nth(1) == Some("signin");
    // A look at a till that is not paired shows where to pair it.
    let pairing = seen.text.contains("action=\"/till/session\"");
    match seen.status.as_u16() {
        401 => Some(Away::SignIn),
        300..=399 if elsewhere => Some(Away::SignIn),
        200 if pairing => Some(Away::SignIn),
        403 => Some(Away::Forbidden),
        404 => Some(Away::Missing),
        410 => Some(Away::Over),
        _ => None,
    }
}

/// How whoever is nothing to the house is turned away at a door: what is proved by a link is there for who has the link
/// alone, an invitation and the code of a letter may have been good once, and everything else asks who comes.
fn at_the_door(address: &Address, who: &str) -> Away {
    match who {
        "link" if address.pattern.starts_with("/welcome/") => Away::Over,
        "link" => Away::Missing,
        "code" if address.pattern.starts_with("/my/") => Away::Over,
        _ => Away::SignIn,
    }
}

/// Every address that is neither the API's nor open to everybody, with who may come.
fn doors() -> Vec<(Address, String)> {
    let mut doors: BTreeMap<String, String> = listed(DOORS).into_iter().collect();
    let public: BTreeSet<String> = listed(PUBLIC_PAGES).into_iter().map(|(address, _)| address).collect();
    let mut found = Vec::new();
    for address in addresses::others() {
        let name = address.to_string();
        if !address.is_call() && !public.contains(&name) {
            let who = doors
                .remove(&name)
                .unwrap_or_else(|| panic!("doors.txt does not say who may come to {name}"));
            found.push((address, who));
        }
    }
    assert!(
        doors.is_empty(),
        "these doors are no more, or open to everybody: {doors:?}"
    );
    found
}

/// Watches that nothing changes.
struct Watch {
    look: Look,
    before: Rows,
}

impl Watch {
    async fn new(look: Look) -> Self {
        let before = look.now().await;
        Self { look, before }
    }

    /// Fails if anything changed since.
    async fn nothing_happened(&self, after: &str) {
        let now = self.look.now().await;
        assert_eq!(
            self.before.changed(&now),
            Vec::<String>::new(),
            "{after} changed tables"
        );
    }
}
