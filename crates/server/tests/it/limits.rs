//! How often somebody may try, and from where and until when a key may be used.

use crate::ledger::on_both;
use crate::support::books::{Engine, MONDAY};
use crate::support::browser::{configured, unlimited};
use crate::support::shop::Shop;
use crate::support::site::{Seen, Site};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::{Method, Request};
use serde_json::{Value, json};
use server::app::App;
use server::audit_log::Who;
use server::client_address::{Peer, list};
use server::config::Config;
use server::identity::Scope;
use server::keys::{self, InvalidKey, NewKey};
use server::rate_limits::{Kind, Rates};
use server::routes;
use std::net::IpAddr;
use tower::ServiceExt;

fn limited(setting: &str) -> impl FnOnce(&mut Config) {
    let rates = Rates::read(setting).unwrap();
    |config| config.rate_limits = rates
}

/// A request from an address, with what it claims about another.
fn from(address: &str, claims: &[(&str, &str)], method: Method, path: &str, body: Value) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header("content-type", "application/json");
    for (name, value) in claims {
        request = request.header(*name, *value);
    }
    let address: IpAddr = address.parse().unwrap();
    request
        .extension(Peer(address))
        .body(Body::from(body.to_string()))
        .unwrap()
}

async fn enrol(site: &Site, address: &str, claims: &[(&str, &str)]) -> Seen {
    let body = json!({ "merchant": site.slug().await, "program": "stamps", "terms_version": 1 });
    site.send(from(address, claims, Method::POST, "/api/v1/enroll", body))
        .await
}

fn code(seen: &Seen) -> String {
    let problem: Value = serde_json::from_str(&seen.text).unwrap();
    problem["code"].as_str().unwrap().to_owned()
}

async fn joining_is_limited_by_the_address_that_is_seen(engine: Engine) {
    let site = Site::with(engine, |_| {}, limited("")).await;
    for number in 0..5 {
        let forged = format!("192.0.2.{number}");
        let claims = [("x-forwarded-for", &*forged), ("forwarded", "for=192.0.2.200")];
        let joined = enrol(&site, "203.0.113.9", &claims).await;
        // Whoever is counted is told what is left.
        let left = format!("\"enrol_address\";r={};t=12", 4 - number);
        assert_eq!(joined.is(201).header("ratelimit"), left);
        assert_eq!(joined.header("ratelimit-policy"), "\"enrol_address\";q=5;w=60");
    }
    let refused = enrol(&site, "203.0.113.9", &[("x-forwarded-for", "192.0.2.99")]).await;
    assert_eq!((refused.status.as_u16(), &*code(&refused)), (429, "rate_limited"));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=12).contains(&wait), "{wait}");
    assert_eq!(refused.header("ratelimit-policy"), "\"enrol_address\";q=5;w=60");
    assert_eq!(refused.header("ratelimit"), format!("\"enrol_address\";r=0;t={wait}"));
    // The form is the same door, and says it to people.
    let path = site.join_path(0).await;
    let mut form = from(
        "203.0.113.9",
        &[("sec-fetch-site", "same-origin")],
        Method::POST,
        &path,
        json!(null),
    );
    let kind = "application/x-www-form-urlencoded".parse().unwrap();
    form.headers_mut().insert("content-type", kind);
    *form.body_mut() = Body::from("idempotency_key=0123456789abcdef&terms=1");
    let page = site.send(form).await;
    page.is(429).says("Too many tries").says("in a minute");
    assert!(!page.header("retry-after").is_empty());
    enrol(&site, "203.0.113.10", &[]).await.is(201);
    // All of a household's addresses are one.
    for number in 0..5 {
        enrol(&site, &format!("2001:db8:1:2::{number}"), &[]).await.is(201);
    }
    enrol(&site, "2001:db8:1:2:ffff::1", &[]).await.is(429);
    enrol(&site, "2001:db8:1:3::1", &[]).await.is(201);
}

async fn behind_a_proxy_each_visitor_has_tries_of_their_own(engine: Engine) {
    let set = |config: &mut Config| {
        limited("")(config);
        config.trusted_proxies = list("10.0.0.0/8").unwrap();
    };
    let site = Site::with(engine, |_| {}, set).await;
    let through = async |claims: &str| enrol(&site, "10.0.0.1", &[("x-forwarded-for", claims)]).await;
    for number in 0..5 {
        through(&format!("192.0.2.{number}, 203.0.113.9")).await.is(201);
    }
    through("192.0.2.77, 203.0.113.9").await.is(429);
    through("203.0.113.10").await.is(201);
}

async fn one_shop_is_not_flooded_from_many_addresses(engine: Engine) {
    let site = Site::with(engine, |_| {}, limited("enrol_merchant=6/m")).await;
    for number in 0..6 {
        enrol(&site, &format!("203.0.113.{number}"), &[]).await.is(201);
    }
    let refused = enrol(&site, "203.0.113.200", &[]).await;
    assert_eq!(refused.header("ratelimit-policy"), "\"enrol_merchant\";q=6;w=60");
    let path = site.join_path(0).await;
    let fields = [("idempotency_key", "0123456789abcdef"), ("terms", "1")];
    site.post(&path, &fields).await.is(429).says("Too many tries");
}

/// The same installation once more, as another process or after a restart: nothing in its memory.
fn another(site: &Site, setting: &str) -> (App, Router) {
    let mut config = unlimited();
    limited(setting)(&mut config);
    let app = configured(&site.books, config);
    let (_, stopped) = tokio::sync::watch::channel(false);
    (app.clone(), routes::all(app, stopped))
}

async fn an_hour_and_a_day_hold_in_all_processes(engine: Engine) {
    const SETTING: &str = "enrol_address=100/m,6/h;enrol_contact=3/d";
    let site = Site::with(engine, |_| {}, limited(SETTING)).await;
    let (slug, (other, second)) = (site.slug().await, another(&site, SETTING));
    let joining = move |slug: &str| {
        let body = json!({ "merchant": slug, "program": "stamps", "terms_version": 1 });
        from("203.0.113.9", &[], Method::POST, "/api/v1/enroll", body)
    };
    let tries = (0..20).map(|number| {
        let router = if number % 2 == 0 {
            site.router.clone()
        } else {
            second.clone()
        };
        tokio::spawn(router.oneshot(joining(&slug)))
    });
    let mut accepted = 0;
    for answer in tries.collect::<Vec<_>>() {
        accepted += usize::from(answer.await.unwrap().unwrap().status() == 201);
    }
    assert_eq!(accepted, 6);
    let (restarted, router) = another(&site, SETTING);
    let refused = router.clone().oneshot(joining(&slug)).await.unwrap();
    assert_eq!(
        (
            refused.status().as_u16(),
            refused.headers()["retry-after"].to_str().unwrap()
        ),
        (429, "3600")
    );
    assert_eq!(refused.headers()["ratelimit-policy"], "\"enrol_address\";q=6;w=3600");
    site.books.clock.set(MONDAY.plus_minutes(60));
    assert_eq!(router.oneshot(joining(&slug)).await.unwrap().status(), 201);
    for app in [&site.app, &other, &restarted] {
        app.limit(Kind::EnrolContact, "mer_1 mina@example.lu").await.unwrap();
    }
    assert!(other.limit(Kind::EnrolContact, "mer_1 mina@example.lu").await.is_err());
    other.limit(Kind::EnrolContact, "mer_1 jos@example.lu").await.unwrap();
    // What is over is forgotten.
    site.books.clock.set(MONDAY.plus_minutes(60 * 48));
    assert!(server::jobs::forget(&site.app).await.unwrap() >= 3);
}

async fn cards_are_looked_up_so_often_at_one_terminal(engine: Engine) {
    let mut shop = Shop::open(engine, |_| {}).await;
    let mut config = unlimited();
    limited("lookup=3/m;lookup_by_key=5/m")(&mut config);
    shop.serve(configured(&shop.books, config));
    let look = async |token: &str| {
        let request = Request::builder().uri("/api/v1/cards?number=7KQ429FMX3AY");
        let request = request.header("authorization", format!("Bearer {token}"));
        shop.send(request.body(Body::empty()).unwrap()).await
    };
    let other = shop.terminal_in(shop.books.store).await;
    for _ in 0..3 {
        assert_eq!(look(&shop.terminal).await.refusal(), (404, "card_not_found"));
    }
    assert_eq!(look(&shop.terminal).await.refusal(), (429, "rate_limited"));
    assert_eq!(look(&other).await.refusal(), (404, "card_not_found"));
    for _ in 0..5 {
        assert_eq!(look(&shop.key).await.refusal(), (404, "card_not_found"));
    }
    let refused = look(&shop.key).await;
    assert_eq!(refused.header("ratelimit-policy"), "\"lookup_by_key\";q=5;w=60");
    assert_eq!(refused.body["retry_after"].to_string(), refused.header("retry-after"));
    // Earning is never limited so.
    let card = shop.card(0).await;
    for _ in 0..10 {
        assert_eq!(
            shop.at_till(&format!("/cards/{card}/stamps"), &json!({})).await.status,
            201
        );
    }
}

async fn pages_of_cards_are_not_guessed(engine: Engine) {
    let site = Site::with(engine, |_| {}, limited("card_guess=3/m")).await;
    let card = site.books.enroll(site.books.programs[0]).await;
    for _ in 0..3 {
        site.get("/c/guessed").await.is(404);
    }
    site.get("/c/guessed").await.is(429).says("Too many tries");
    // Who has a card sees it all the same.
    site.get(&site.card_path(card)).await.is(200);
}

fn key(change: impl FnOnce(&mut NewKey)) -> NewKey {
    let mut new = NewKey {
        name: "Web shop".to_owned(),
        scopes: vec![Scope::ProgramsRead],
        stores: Vec::new(),
        networks: Vec::new(),
        expires_at: None,
    };
    change(&mut new);
    new
}

async fn status(site: &Site, token: &str, address: &str, claims: &[(&str, &str)]) -> (u16, String) {
    let mut request = from(address, claims, Method::GET, "/api/v1/programs", json!(null));
    let value = format!("Bearer {token}").parse().unwrap();
    request.headers_mut().insert("authorization", value);
    let response: Seen = site.send(request).await;
    let status = response.status.as_u16();
    (status, if status == 200 { String::new() } else { code(&response) })
}

async fn a_key_works_from_its_addresses_until_its_end(engine: Engine) {
    let set = |config: &mut Config| config.trusted_proxies = list("127.0.0.1").unwrap();
    let site = Site::with(engine, |_| {}, set).await;
    let merchant = site.books.merchant;
    let make = async |new: NewKey| keys::make(&site.app, Who::console(), merchant, &new).await.unwrap();
    let end = MONDAY.plus_minutes(60);
    let new = key(|new| {
        new.networks = list("203.0.113.0/24 2001:db8::/32").unwrap();
        new.expires_at = Some(end);
    });
    let (id, token) = make(new).await.unwrap();
    let (inside, outside) = ((200, String::new()), (403, "forbidden".to_owned()));
    for _ in 0..2 {
        // The second time it is remembered, and asked for its address all the same.
        assert_eq!(status(&site, &token, "203.0.113.9", &[]).await, inside);
        assert_eq!(status(&site, &token, "198.51.100.1", &[]).await, outside);
        let claims = [("x-forwarded-for", "203.0.113.9")];
        assert_eq!(status(&site, &token, "198.51.100.1", &claims).await, outside);
        assert_eq!(status(&site, &token, "127.0.0.1", &claims).await, inside);
        assert_eq!(status(&site, &token, "127.0.0.1", &[]).await, outside);
    }
    site.books.clock.set(end);
    assert_eq!(
        status(&site, &token, "203.0.113.9", &[]).await,
        (401, "unauthenticated".to_owned())
    );
    let nothing = make(key(|new| new.scopes.clear())).await;
    assert_eq!(nothing, Err(InvalidKey::NoScopes));
    let over = make(key(|new| new.expires_at = Some(end))).await;
    assert_eq!(over, Err(InvalidKey::EndsInThePast));
    // It is noted that it was used, to the minute, beside the request.
    let used = async || keys::list(&site.app, merchant).await.unwrap()[0].last_used_at;
    while used().await.is_none() {
        tokio::task::yield_now().await;
    }
    assert_eq!(keys::list(&site.app, merchant).await.unwrap()[0].key, id);
}

async fn a_key_that_was_taken_back_writes_nothing_more(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let card = shop.card(0).await;
    let listed = keys::list(&shop.app, shop.merchant()).await.unwrap();
    shop.stamp(&card).await;
    // Whoever does it, in whichever process: the ledger reads it in its next batch.
    let id = listed[0].key;
    assert!(
        keys::revoke(&shop.app, Who::console(), shop.merchant(), id)
            .await
            .unwrap()
    );
    let body = json!({ "store": shop.store() });
    let told = shop.post(&format!("/cards/{card}/stamps"), &body).await;
    assert_eq!(told.refusal(), (401, "unauthenticated"));
    assert!(
        !keys::revoke(&shop.app, Who::console(), shop.merchant(), id)
            .await
            .unwrap()
    );
}

/// A response is not read here, only made.
#[tokio::test]
async fn an_installation_without_limits_has_none() {
    let site = Site::open(crate::support::books::sqlite().await, |_| {}).await;
    for _ in 0..40 {
        let request = from("203.0.113.9", &[], Method::GET, "/c/guessed", json!(null));
        let response: Response = site.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 404);
    }
}

on_both!(
    joining_is_limited_by_the_address_that_is_seen,
    behind_a_proxy_each_visitor_has_tries_of_their_own,
    one_shop_is_not_flooded_from_many_addresses,
    an_hour_and_a_day_hold_in_all_processes,
    cards_are_looked_up_so_often_at_one_terminal,
    pages_of_cards_are_not_guessed,
    a_key_works_from_its_addresses_until_its_end,
    a_key_that_was_taken_back_writes_nothing_more,
);
