//! What the web brings along: forms from elsewhere, scripts slipped in, frames, cookies, redirects, headers. Each is tried at
//! every address, so that a page made tomorrow is held to the same.

use crate::ledger::on_both;
use crate::support::addresses::{self, Address};
use crate::support::books::Engine;
use crate::support::rows::Look;
use crate::support::site::Seen;
use crate::support::street::{Shown, Street};
use axum::body::Body;
use http::{Method, Request, header};
use std::collections::BTreeSet;
use url::Url;

/// Where the attacker lives.
const ELSEWHERE: &str = "elsewhere.example";
/// Cookies that hold no secret and that scripts of ours write too: a language and a look.
const PREFERENCES: [&str; 2] = ["trei_locale", "trei_theme"];
/// Addresses whose answers anybody may keep, because they are the same for everybody.
const KEPT: [&str; 3] = ["/assets/{file}", "/favicon.ico", "/m/{slug}/theme.css"];
/// Ways to say that a way back leads elsewhere, as a browser would read it.
const BACKS: [&str; 8] = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\t/elsewhere.example/",
    " //elsewhere.example/",
    "javascript:alert(1)",
    "/ok\r\nx-injected: yes",
];
/// Names under which a way back, or a text that ends in a header, might be taken.
const NAMES: [&str; 9] = [
    "back",
    "next",
    "return",
    "return_to",
    "redirect",
    "url",
    "lang",
    "locale",
    "theme",
];

fn pages() -> Vec<Address> {
    let bench = "/noop-bare";
    addresses::others()
        .into_iter()
        .filter(|one| !one.is_call() && one.pattern != bench)
        .collect()
}

fn looks() -> Vec<Address> {
    let calls = addresses::calls().into_iter().map(|call| call.address);
    pages().into_iter().chain(calls).filter(Address::is_look).collect()
}

/// Everybody who may come to a page: a stranger, and a browser in which a till and a person are signed in.
async fn everybody(street: &Street) -> [Shown; 2] {
    [Shown::Nothing, street.insider().await]
}

/// Everything that a page answers: shown to a stranger and to a till, and its forms sent by both.
async fn answers(street: &Street) -> Vec<(Address, Seen)> {
    let mut all = Vec::new();
    for address in pages() {
        for shown in everybody(street).await {
            all.push((address.clone(), street.visit(&shown, &address).await));
        }
    }
    // A card's own page, which outsiders never see.
    for tail in ["", "/fragment", "/history", "/stream"] {
        let pattern = format!("/c/{{token}}{tail}");
        let address = pages().into_iter().find(|one| one.pattern == pattern).unwrap();
        let request = Request::builder().uri(format!("/c/{}{tail}", street.treasure("link")));
        all.push((address, street.send(request.body(Body::empty()).unwrap()).await));
    }
    all
}

async fn a_form_from_elsewhere_is_refused(engine: Engine) {
    let street = Street::open(engine).await;
    let shown = street.insider().await;
    let look = Look::at_all(&street.site.app.db).await;
    let before = look.now().await;
    for address in pages().into_iter().filter(|address| !address.is_look()) {
        for site in ["cross-site", "same-site"] {
            let seen = street.send(street.form(&shown, &address, &[], site)).await;
            assert_eq!(seen.status.as_u16(), 403, "{address} from {site}");
        }
        // A browser that does not tell where the form stood still tells whose page it was.
        for origin in [
            "https://elsewhere.example",
            "null",
            "http://127.0.0.1:8080.elsewhere.example",
        ] {
            let mut request = street.form(&shown, &address, &[], "same-origin");
            request.headers_mut().remove("sec-fetch-site");
            request.headers_mut().insert(header::ORIGIN, origin.parse().unwrap());
            request
                .headers_mut()
                .insert(header::HOST, "127.0.0.1:8080".parse().unwrap());
            let seen = street.send(request).await;
            assert_eq!(seen.status.as_u16(), 403, "{address} from {origin}");
        }
        assert_eq!(before.changed(&look.now().await), Vec::<String>::new(), "{address}");
    }
}

/// The directives of a policy.
fn policy(seen: &Seen) -> Vec<String> {
    let policy = seen.header("content-security-policy");
    policy.split(';').map(|one| one.trim().to_owned()).collect()
}

async fn every_answer_guards_its_reader(engine: Engine) {
    let street = Street::open(engine).await;
    for (address, seen) in answers(&street).await {
        let policy = policy(&seen);
        for needed in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
            assert!(policy.iter().any(|one| one == needed), "{address}: {policy:?}");
        }
        for loose in ["unsafe", "*", "http:", "https:", "blob:"] {
            assert!(!policy.iter().any(|one| one.contains(loose)), "{address}: {policy:?}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(seen.header(name), value, "{address} {name}");
        }
        assert!(
            ["same-origin", "no-referrer"].contains(&seen.header("referrer-policy")),
            "{address}"
        );
        for telling in ["server", "x-powered-by", "access-control-allow-origin"] {
            assert!(!seen.headers.contains_key(telling), "{address} {telling}");
        }
        let may_be_kept = seen.status.is_success() && KEPT.contains(&&*address.pattern);
        assert_eq!(
            seen.header("cache-control") == "no-store",
            !may_be_kept,
            "{address}: {}",
            seen.status
        );
        if seen.header("content-type").starts_with("text/") && !seen.text.is_empty() {
            assert!(
                seen.header("content-type").contains("utf-8"),
                "{address}: {}",
                seen.header("content-type")
            );
        }
    }
}

/// What runs or dresses a page comes from a file of ours.
async fn nothing_stands_inline(engine: Engine) {
    let street = Street::open(engine).await;
    let mut read = 0;
    for (address, seen) in answers(&street).await {
        if !seen.header("content-type").starts_with("text/html") {
            continue;
        }
        read += 1;
        for tag in seen.text.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            let script = tag.starts_with("script") && !tag.contains(" src=\"/assets/");
            assert!(!script && !tag.starts_with("style"), "{address}: <{tag}>");
            let attributes = tag.split_whitespace().skip(1);
            for attribute in attributes {
                let inline =
                    attribute.starts_with("style=") || (attribute.starts_with("on") && attribute.contains("=\""));
                assert!(!inline && !attribute.contains("javascript:"), "{address}: <{tag}>");
            }
        }
    }
    assert!(read > 10, "{read}");
}

async fn cookies_stay_where_they_belong(engine: Engine) {
    let street = Street::open(engine).await;
    let mut names = BTreeSet::new();
    let signed_in = street
        .site
        .post("/till/session", &[("token", &street.victim.terminal)])
        .await;
    let asked = street.site.get("/?lang=fr").await;
    let all = answers(&street)
        .await
        .into_iter()
        .map(|(_, seen)| seen)
        .chain([signed_in, asked]);
    for seen in all {
        for cookie in seen.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, _) = cookie.split_once('=').unwrap();
            let has = |attribute: &str| cookie.split("; ").skip(1).any(|one| one.starts_with(attribute));
            assert!(has("SameSite=Lax") || has("SameSite=Strict"), "{cookie}");
            assert!(has("Path=/") && has("Max-Age=") && !has("Domain"), "{cookie}");
            if !PREFERENCES.contains(&name) {
                assert!(
                    name.starts_with("__Host-") && has("HttpOnly") && has("Secure"),
                    "{cookie}"
                );
            }
            names.insert(name.to_owned());
        }
    }
    for known in ["__Host-trei_till", "trei_locale", "trei_theme"] {
        assert!(names.contains(known), "{known} was never set: {names:?}");
    }
}

/// A redirect stays here, and no header is there that nobody of ours wrote.
#[track_caller]
fn stays_here(what: &str, seen: &Seen) {
    assert!(!seen.status.is_server_error(), "{what}: {}", seen.status);
    assert!(!seen.headers.contains_key("x-injected"), "{what}");
    let location = seen.header("location");
    if !location.is_empty() {
        let here = Url::parse("http://127.0.0.1:8080/somewhere").unwrap();
        let there = here.join(location).unwrap();
        assert_eq!(there.origin(), here.origin(), "{what} leads to {location}");
    }
    for cookie in seen.headers.get_all(header::SET_COOKIE) {
        assert!(!cookie.to_str().unwrap().contains(ELSEWHERE), "{what}");
    }
}

async fn nobody_is_led_elsewhere(engine: Engine) {
    let street = Street::open(engine).await;
    for address in pages() {
        for back in BACKS {
            for shown in everybody(&street).await {
                let fields: Vec<(&str, &str)> = NAMES.map(|name| (name, back)).to_vec();
                let mut request = street.form(&shown, &address, &fields, "same-origin");
                let mut query = url::form_urlencoded::Serializer::new(String::new());
                query.extend_pairs(&fields);
                let path = format!("{}?{}", request.uri().path(), query.finish());
                *request.uri_mut() = path.parse().unwrap();
                stays_here(
                    &format!("{address} with {back:?} as {shown:?}"),
                    &street.send(request).await,
                );
            }
        }
    }
}

/// Ids and names in an address that end in a header or lead somewhere.
async fn an_address_cannot_carry_headers(engine: Engine) {
    let street = Street::open(engine).await;
    for address in pages().into_iter().filter(|address| !address.parameters().is_empty()) {
        for odd in [
            "%0d%0ax-injected:%20yes",
            "%2f%2felsewhere.example",
            "..%2f..%2fetc%2fpasswd",
            "%00",
            "%ff",
            "%F0%9F%92%A3",
        ] {
            let mut path = address.pattern.clone();
            for name in address.parameters() {
                path = path.replace(&format!("{{{name}}}"), odd);
            }
            for shown in everybody(&street).await {
                let mut request = street.form(&shown, &address, &[], "same-origin");
                *request.uri_mut() = path.parse().unwrap();
                let seen = street.send(request).await;
                let what = format!("{} {path}", address.method());
                stays_here(&what, &seen);
                assert!(!seen.text.contains("root:"), "{what}");
            }
        }
    }
}

/// The house knows its own address; what a request calls it is not repeated anywhere.
async fn the_host_of_a_request_is_not_repeated(engine: Engine) {
    let street = Street::open(engine).await;
    for address in pages() {
        for shown in everybody(&street).await {
            let mut request = street.form(&shown, &address, &[], "same-origin");
            for name in ["host", "x-forwarded-host", "x-host", "x-original-url", "x-rewrite-url"] {
                request.headers_mut().insert(name, ELSEWHERE.parse().unwrap());
            }
            request
                .headers_mut()
                .insert("forwarded", "host=elsewhere.example;proto=https".parse().unwrap());
            let seen = street.send(request).await;
            assert!(!seen.text.contains(ELSEWHERE), "{address} repeats the host");
            let told = seen
                .headers
                .values()
                .any(|value| value.to_str().is_ok_and(|text| text.contains(ELSEWHERE)));
            assert!(!told, "{address}: {:?}", seen.headers);
        }
    }
}

/// Methods that nobody lays a route for are not answered, and nothing is echoed.
async fn other_methods_are_refused(engine: Engine) {
    let street = Street::open(engine).await;
    let all = addresses::all();
    for path in all.iter().map(|address| street.path(address)).collect::<BTreeSet<_>>() {
        for method in [
            Method::TRACE,
            Method::PUT,
            Method::PATCH,
            Method::CONNECT,
            "TRACK".parse().unwrap(),
        ] {
            let laid = all
                .iter()
                .any(|address| street.path(address) == path && address.method() == method);
            if laid {
                continue;
            }
            let request = Request::builder()
                .method(&method)
                .uri(&path)
                .header("x-echo", "an echo");
            let request = request.header("authorization", format!("Bearer {}", street.victim.key));
            let seen = street.send(request.body(Body::from("an echo")).unwrap()).await;
            let refused = [403, 404, 405].contains(&seen.status.as_u16());
            assert!(
                refused && !seen.text.contains("an echo"),
                "{method} {path}: {}",
                seen.status
            );
        }
    }
}

/// Another site's script can neither read an answer nor be told that it may.
async fn no_other_origin_is_let_in(engine: Engine) {
    let street = Street::open(engine).await;
    for address in looks() {
        let request = Request::builder()
            .uri(street.path(&address))
            .header(header::ORIGIN, "https://elsewhere.example");
        let request = request.header(header::AUTHORIZATION, format!("Bearer {}", street.victim.key));
        let seen = street.send(request.body(Body::empty()).unwrap()).await;
        let open = seen
            .headers
            .keys()
            .any(|name| name.as_str().starts_with("access-control-"));
        assert!(!open, "{address}: {:?}", seen.headers);
        assert_eq!(seen.header("cross-origin-resource-policy"), "same-origin", "{address}");
    }
}

on_both!(
    a_form_from_elsewhere_is_refused,
    every_answer_guards_its_reader,
    nothing_stands_inline,
    cookies_stay_where_they_belong,
    nobody_is_led_elsewhere,
    an_address_cannot_carry_headers,
    the_host_of_a_request_is_not_repeated,
    other_methods_are_refused,
    no_other_origin_is_let_in,
);
