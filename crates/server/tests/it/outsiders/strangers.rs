//! Somebody without any credential, or with one that is none.

use super::{PUBLIC_PAGES, Watch, at_the_door, away, code, doors};
use crate::ledger::on_both;
use crate::support::addresses::{self, Address, listed};
use crate::support::books::Engine;
use crate::support::browser::configured;
use crate::support::rows::Look;
use crate::support::street::{COOKIES, Shown, Street, spoilt};
use server::config::Config;
use std::collections::{BTreeMap, BTreeSet};
use tower::ServiceExt;

const PUBLIC_CALLS: &str = include_str!("public_calls.txt");

/// What a stranger may come with, each of it worth nothing at the API.
async fn at_the_api(street: &Street) -> Vec<Shown> {
    let victim = &street.victim;
    let bearer = |text: &str| Shown::Bearer(text.to_owned());
    vec![
        Shown::Nothing,
        bearer(""),
        bearer("trei_key_"),
        bearer(&spoilt(&victim.key)),
        bearer(&spoilt(&victim.terminal)),
        // A card's link is a secret of its owner, and no credential of the API.
        bearer(street.treasure("link")),
        // Cookies are for pages.
        Shown::Cookie(victim.till.clone()),
        street.insider().await,
    ]
}

/// The same at the pages.
fn at_the_pages(street: &Street) -> Vec<Shown> {
    let victim = &street.victim;
    let mut shown = vec![
        Shown::Nothing,
        Shown::Bearer(victim.key.clone()),
        Shown::Bearer(victim.terminal.clone()),
    ];
    for name in COOKIES {
        let (_, text) = victim.till.split_once('=').unwrap();
        for worthless in ["", "x", &victim.terminal, &spoilt(text)] {
            shown.push(Shown::Cookie(format!("{name}={worthless}")));
        }
    }
    shown
}

#[track_caller]
fn compare(what: &str, open: &BTreeSet<String>, list: &str) {
    let known: BTreeSet<String> = listed(list).into_iter().map(|(address, _)| address).collect();
    let unknown: Vec<_> = open.difference(&known).collect();
    assert!(unknown.is_empty(), "{what} that let a stranger in: {unknown:#?}");
    let idle: Vec<_> = known.difference(open).collect();
    assert!(
        idle.is_empty(),
        "{what} that turn strangers away now, so take them out of the list: {idle:#?}"
    );
}

async fn the_api_says_nothing_to_strangers(engine: Engine) {
    let street = Street::open(engine).await;
    let shown = at_the_api(&street).await;
    let watch = Watch::new(Look::at_all(&street.site.app.db).await).await;
    let mut open = BTreeSet::new();
    for call in addresses::calls() {
        let (path, body) = (street.path(&call.address), street.body(&call));
        for shown in shown.clone() {
            let seen = street.call(&shown, call.address.method(), &path, &body).await;
            if seen.status.as_u16() != 401 || code(&seen) == "pairing_code_invalid" {
                open.insert(call.address.to_string());
                break;
            }
            assert_eq!(code(&seen), "unauthenticated", "{} as {shown:?}", call.address);
            assert_eq!(seen.header("www-authenticate"), "Bearer", "{}", call.address);
            watch.nothing_happened(&format!("{} as {shown:?}", call.address)).await;
        }
    }
    compare("calls", &open, PUBLIC_CALLS);
}

/// Whether any of what a stranger may come with opens a page, and that nothing happened where none did. Whoever is turned
/// away at a door is so in the way of that door.
async fn opens(street: &Street, coming: &[Shown], address: &Address, who: Option<&str>) -> bool {
    // What is open may write; so each address begins anew.
    let watch = Watch::new(Look::at_all(&street.site.app.db).await).await;
    for shown in coming {
        if who == Some("password") {
            // Whoever tries too often in a while is turned away whatever they come with.
            let clock = &street.site.books.clock;
            clock.set(clock.now().plus_minutes(60));
        }
        let seen = street.visit(shown, address).await;
        let Some(how) = away(&seen) else {
            assert_ne!(seen.status.as_u16(), 429, "{address} as {shown:?}: {}", seen.text);
            return true;
        };
        let expected = at_the_door(address, who.unwrap_or_default());
        assert_eq!(how, expected, "{address} as {shown:?}: {} {}", seen.status, seen.text);
        watch.nothing_happened(&format!("{address} as {shown:?}")).await;
        for (name, treasure) in &street.treasures {
            let given = street.path(address).contains(treasure.as_str());
            assert!(
                given || !seen.text.contains(treasure.as_str()),
                "{address} as {shown:?} shows the {name}"
            );
        }
    }
    false
}

async fn the_pages_turn_strangers_away(engine: Engine) {
    let street = Street::open(engine).await;
    let (api, pages) = (at_the_api(&street).await, at_the_pages(&street));
    let who: BTreeMap<Address, String> = doors().into_iter().collect();
    let mut open = BTreeSet::new();
    for address in addresses::others() {
        let coming = if address.is_call() { &api } else { &pages };
        let who = who.get(&address).map(String::as_str);
        if opens(&street, coming, &address, who).await {
            open.insert(address.to_string());
        }
    }
    compare("pages", &open, PUBLIC_PAGES);
}

/// What helps whoever develops is not there for anybody else.
async fn what_is_for_development_is_not_there_else(engine: Engine) {
    let street = Street::open(engine).await;
    let (_, stopped) = tokio::sync::watch::channel(false);
    let app = configured(&street.site.books, Config::from(|_| None).unwrap());
    let routes = server::routes::all(app, stopped);
    let mut tried = 0;
    for (name, why) in listed(PUBLIC_PAGES) {
        if !why.starts_with("in development") {
            continue;
        }
        let address = addresses::others()
            .into_iter()
            .find(|one| one.to_string() == name)
            .unwrap();
        let request = street.form(&Shown::Nothing, &address, &[], "same-origin");
        let seen = routes.clone().oneshot(request).await.unwrap();
        assert_eq!(seen.status().as_u16(), 404, "{name}");
        tried += 1;
    }
    assert!(tried > 3, "{tried}");
}

on_both!(
    what_is_for_development_is_not_there_else,
    the_api_says_nothing_to_strangers,
    the_pages_turn_strangers_away,
);
