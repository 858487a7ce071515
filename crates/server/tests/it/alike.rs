//! Unknown and wrong are one answer: the same status, the same headers, the same bytes, at every door. Which of two took
//! longer is measured, and told as a ratio to whoever reads the output (docs/security.md); it decides nothing here, because a
//! busy machine would.

use crate::ledger::on_both;
use crate::support::books::{Engine, id};
use crate::support::crowd;
use crate::support::site::Seen;
use crate::support::street::{Shown, Street, spoilt};
use axum::body::Body;
use domain::ids::{CardId, KeyId, PinId, TerminalId};
use http::request::Builder;
use http::{Method, Request};
use server::people::hashed;
use server::permissions::Role;
use server::tokens::{self, Token, TokenOf};
use std::time::{Duration, Instant};

/// How often each of two is asked, in turns.
const ROUNDS: usize = 20;
/// The same where a wrong PIN is counted, and soon locks.
const ROUNDS_PIN: usize = 4;
/// The same for a password.
const ROUNDS_PASSWORD: usize = 9;

/// Asks at a door with a secret.
type Ask = Box<dyn Fn(&str) -> Request<Body>>;

/// A door, and two ways to be wrong at it.
struct Door {
    name: &'static str,
    unknown: String,
    wrong: String,
    rounds: usize,
    ask: Ask,
}

fn request(method: Method, path: &str) -> Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("x-request-id", "one-and-the-same")
}

fn with_token(token: &str) -> Request<Body> {
    let request = request(Method::GET, "/api/v1/programs").header("authorization", format!("Bearer {token}"));
    request.body(Body::empty()).unwrap()
}

/// A token of the same credential with another secret in it.
fn wrong(street: &Street, token: &str) -> String {
    let Token { merchant, of } = tokens::parse(token).unwrap();
    tokens::new_token(&street.site.app.secrets, merchant, of).unwrap()
}

fn doors(street: &Street, guarded: &str) -> Vec<Door> {
    let (secrets, victim) = (&street.site.app.secrets, &street.victim);
    let unknown = |of| tokens::new_token(secrets, victim.merchant, of).unwrap();
    let door = |name, unknown: String, wrong: String, ask: Ask| Door {
        name,
        unknown,
        wrong,
        rounds: ROUNDS,
        ask,
    };
    let terminal = victim.terminal.clone();
    let pin = move |pin: &str| {
        let request = request(Method::POST, &format!("/api/v1/pins/{pin}/verify"));
        let request = request
            .header("authorization", format!("Bearer {terminal}"))
            .header("content-type", "application/json");
        request.body(Body::from("{\"pin\":\"1793\"}")).unwrap()
    };
    let password = |address: &str| {
        let request = request(Method::POST, "/signin").header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let form = format!("address={address}&password=net+dat+richtegt");
        request.body(Body::from(form)).unwrap()
    };
    vec![
        door(
            "a key at the API",
            unknown(TokenOf::Key(KeyId(id()))),
            wrong(street, &victim.key),
            Box::new(with_token),
        ),
        door(
            "a terminal at the API",
            unknown(TokenOf::Terminal(TerminalId(id()))),
            wrong(street, &victim.terminal),
            Box::new(with_token),
        ),
        // Nobody outside can prove a link; what differs is whether there is such a card.
        door(
            "a card's link",
            spoilt(&secrets.card_link(victim.merchant, CardId(id()), 0)),
            spoilt(street.treasure("link")),
            Box::new(|link| request(Method::GET, &format!("/c/{link}")).body(Body::empty()).unwrap()),
        ),
        Door {
            rounds: ROUNDS_PIN,
            ..door(
                "a PIN at a terminal",
                PinId(id()).to_string(),
                street.treasure("pin_id").to_owned(),
                Box::new(pin),
            )
        },
        Door {
            rounds: ROUNDS_PASSWORD,
            ..door(
                "a password",
                format!("{}@marked.example", id().simple()),
                guarded.to_owned(),
                Box::new(password),
            )
        },
    ]
}

/// An answer without what was asked in it.
fn told(seen: &Seen, secret: &str) -> (u16, Vec<(String, String)>, String) {
    let text = |value: &http::HeaderValue| value.to_str().unwrap().replace(secret, "…");
    let mut headers: Vec<_> = seen
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    headers.sort();
    (seen.status.as_u16(), headers, seen.text.replace(secret, "…"))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

async fn unknown_and_wrong_are_one_answer(engine: Engine) {
    let street = Street::open(engine).await;
    // Somebody who has a password, and whose address is as long as one that nobody has.
    let hash = hashed(&street.site.app.secrets, "de Kaffi ass prett").unwrap();
    let guarded = crowd::person(&street.site, street.victim.merchant, Role::Viewer, &hash).await;
    for door in doors(&street, &guarded.address) {
        let (mut unknown_times, mut wrong_times) = (Vec::new(), Vec::new());
        for round in 0..door.rounds {
            let ask = async |secret: &str, times: &mut Vec<Duration>| {
                let begun = Instant::now();
                let seen = street.send((door.ask)(secret)).await;
                times.push(begun.elapsed());
                seen
            };
            // By turns, since what is asked first may find less warmed up.
            let (unknown, wrong) = if round % 2 == 0 {
                let unknown = ask(&door.unknown, &mut unknown_times).await;
                (unknown, ask(&door.wrong, &mut wrong_times).await)
            } else {
                let wrong = ask(&door.wrong, &mut wrong_times).await;
                (ask(&door.unknown, &mut unknown_times).await, wrong)
            };
            assert!(
                [401, 404].contains(&unknown.status.as_u16()),
                "{}: {}",
                door.name,
                unknown.status
            );
            assert_eq!(
                told(&unknown, &door.unknown),
                told(&wrong, &door.wrong),
                "{}",
                door.name
            );
        }
        let ratio = median(unknown_times).as_secs_f64() / median(wrong_times).as_secs_f64();
        println!("{}: unknown takes {ratio:.2} times as long as wrong", door.name);
    }
}

/// A door that says no keeps saying no, however often the right one was let in before: nothing wrong is remembered as right.
async fn what_is_right_opens_nothing_for_what_is_wrong(engine: Engine) {
    let street = Street::open(engine).await;
    for token in [street.victim.key.clone(), street.victim.terminal.clone()] {
        let path = "/api/v1/programs";
        let right = street
            .call(
                &Shown::Bearer(token.clone()),
                Method::GET,
                path,
                &serde_json::Value::Null,
            )
            .await;
        right.is(200);
        let wrong = wrong(&street, &token);
        let seen = street
            .call(&Shown::Bearer(wrong), Method::GET, path, &serde_json::Value::Null)
            .await;
        seen.is(401);
    }
}

on_both!(
    unknown_and_wrong_are_one_answer,
    what_is_right_opens_nothing_for_what_is_wrong
);
