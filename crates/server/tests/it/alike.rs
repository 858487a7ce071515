//! Unknown and wrong are one answer: the same status, the same headers, the same bytes, at every door. Which of two took
//! longer is measured, and told as a ratio to whoever reads the output (docs/security.md); it decides nothing here, because a
//! busy machine would.

use crate::ledger::on_both;
use crate::support::books::{Engine, id};
use crate::support::site::Seen;
use crate::support::street::{Shown, Street, spoilt};
use axum::body::Body;
use domain::ids::{CardId, KeyId, TerminalId};
use http::Request;
use server::tokens::{self, Token, TokenOf};
use std::time::{Duration, Instant};

/// How often each of two is asked, in turns.
const ROUNDS: usize = 20;

/// A door, and two ways to be wrong at it.
struct Door {
    name: &'static str,
    unknown: String,
    wrong: String,
    path: fn(&str) -> String,
    bearer: bool,
}

impl Door {
    fn request(&self, secret: &str) -> Request<Body> {
        let request = Request::builder()
            .uri((self.path)(secret))
            .header("x-request-id", "one-and-the-same");
        let request = if self.bearer {
            request.header("authorization", format!("Bearer {secret}"))
        } else {
            request
        };
        request.body(Body::empty()).unwrap()
    }
}

/// A token of the same credential with another secret in it.
fn wrong(street: &Street, token: &str) -> String {
    let Token { merchant, of } = tokens::parse(token).unwrap();
    tokens::new_token(&street.site.app.secrets, merchant, of).unwrap()
}

fn doors(street: &Street) -> Vec<Door> {
    let (secrets, victim) = (&street.site.app.secrets, &street.victim);
    let unknown = |of| tokens::new_token(secrets, victim.merchant, of).unwrap();
    let programs: fn(&str) -> String = |_| "/api/v1/programs".to_owned();
    vec![
        Door {
            name: "a key at the API",
            unknown: unknown(TokenOf::Key(KeyId(id()))),
            wrong: wrong(street, &victim.key),
            path: programs,
            bearer: true,
        },
        Door {
            name: "a terminal at the API",
            unknown: unknown(TokenOf::Terminal(TerminalId(id()))),
            wrong: wrong(street, &victim.terminal),
            path: programs,
            bearer: true,
        },
        Door {
            name: "a card's link",
            // Nobody outside can prove a link; what differs is whether there is such a card.
            unknown: spoilt(&secrets.card_link(victim.merchant, CardId(id()))),
            wrong: spoilt(street.treasure("link")),
            path: |link| format!("/c/{link}"),
            bearer: false,
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
    for door in doors(&street) {
        let (mut unknown_times, mut wrong_times) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            let unknown = street.send(door.request(&door.unknown)).await;
            let between = Instant::now();
            let wrong = street.send(door.request(&door.wrong)).await;
            unknown_times.push(between - begun);
            wrong_times.push(between.elapsed());
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
                http::Method::GET,
                path,
                &serde_json::Value::Null,
            )
            .await;
        right.is(200);
        let wrong = wrong(&street, &token);
        let seen = street
            .call(&Shown::Bearer(wrong), http::Method::GET, path, &serde_json::Value::Null)
            .await;
        seen.is(401);
    }
}

on_both!(
    unknown_and_wrong_are_one_answer,
    what_is_right_opens_nothing_for_what_is_wrong
);
