//! Customers sign in by a letter: a link or a code, once, for ten minutes; three wrong codes end it; an address that nobody
//! has looks the same; the session ends.

use super::{join, later, letters, link};
use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::rows::Look;
use crate::support::site::{Seen, Site};
use server::audit_log::{Filter, read};
use server::mail::Letter;
use server::rate_limits::Rates;

const MINA: &str = "mina@example.lu";
const DAY: i64 = 24 * 60 * 60;

/// A shop where Mina has a card that is hers.
async fn shop(engine: Engine) -> (Site, String) {
    let site = Site::open(engine, |_| {}).await;
    join(&site, 0, MINA).await;
    let link = link(&site).await;
    let card = site.post(&link, &[]).await.is(303).header("location").to_owned();
    later(&site, 60);
    (site, card)
}

async fn home(site: &Site) -> String {
    format!("/my/{}", site.slug().await)
}

/// Asks for a letter; answers with the id under which its code is typed.
async fn ask(site: &Site, address: &str) -> String {
    later(site, 1);
    let answer = site.post(&home(site).await, &[("address", address)]).await;
    let place = answer.is(303).header("location").to_owned();
    site.get(&place).await.is(200).says("We wrote to the address you gave");
    place.split_once("attempt=").unwrap().1.to_owned()
}

async fn newest(site: &Site) -> Letter {
    letters(site).await.swap_remove(0).letter.unwrap()
}

async fn type_code(site: &Site, attempt: &str, code: &str) -> Seen {
    let path = format!("{}/code", home(site).await);
    site.post(&path, &[("attempt", attempt), ("code", code)]).await
}

/// Another code than this one.
fn wrong(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

fn cookie(seen: &Seen) -> String {
    seen.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn as_customer(site: &Site, path: &str, cookie: &str) -> Seen {
    site.get_as(path, &[("accept-language", "en"), ("cookie", cookie)])
        .await
}

async fn noted(site: &Site) -> Vec<String> {
    let merchant = site.books.merchant;
    let rows = site
        .app
        .db
        .read(move |tx| read(tx, merchant, &Filter::default(), 50))
        .await
        .unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

async fn a_code_opens_the_cards_once(engine: Engine) {
    let (site, card) = shop(engine).await;
    let attempt = ask(&site, " Mina@example.LU").await;
    let code = newest(&site).await.content.code.unwrap();
    type_code(&site, &attempt, &wrong(&code))
        .await
        .is(422)
        .says("This code is not right.");
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let seen = type_code(&site, &attempt, &spaced).await;
    let set = seen.is(303).header("set-cookie");
    assert!(
        set.contains("HttpOnly; SameSite=Lax") && set.contains("Max-Age=2592000"),
        "{set}"
    );
    let cookie = cookie(&seen);
    let mine = as_customer(&site, &home(&site).await, &cookie).await;
    let card = card.split('?').next().unwrap().to_owned();
    mine.is(200).says("0 of 10 stamps").says(&format!("href=\"{card}\""));
    type_code(&site, &attempt, &code).await.is(410);
    assert_eq!(noted(&site).await, ["customer.signed_in", "customer.sign_in_refused"]);
    // Not without the cookie, nor with another; the card's own link needs none.
    let path = home(&site).await;
    for other in ["", "x=y", &format!("{cookie}0"), &cookie[..cookie.len() - 1]] {
        as_customer(&site, &path, other)
            .await
            .is(200)
            .says("We send you an e-mail")
            .says_not("0 of 10");
    }
    site.get(&card).await.is(200);
    // It ends after thirty days.
    later(&site, 30 * DAY);
    as_customer(&site, &path, &cookie).await.says("We send you an e-mail");
    site.books.audited().await;
}

async fn a_link_opens_them_by_its_button_and_signing_out_ends_it(engine: Engine) {
    let (site, _) = shop(engine).await;
    ask(&site, MINA).await;
    let link = newest(&site).await.content.link.unwrap();
    let link = link.strip_prefix(&site.app.config.address("")).unwrap().to_owned();
    let look = Look::at_all(&site.app.db).await;
    let before = look.now().await;
    site.get(&link).await.is(200).says("Press the button");
    assert!(before.changed(&look.now().await).is_empty());
    let seen = site.post(&link, &[]).await;
    let cookie = cookie(seen.is(303));
    let path = home(&site).await;
    as_customer(&site, &path, &cookie).await.says("0 of 10 stamps");
    site.get(&link).await.is(410);
    site.post(&link, &[]).await.is(410);
    let request = http::Request::builder()
        .method("POST")
        .uri(format!("{path}/end"))
        .header("sec-fetch-site", "same-origin")
        .header("cookie", &cookie);
    site.send(request.body(axum::body::Body::empty()).unwrap())
        .await
        .is(303);
    as_customer(&site, &path, &cookie).await.says("We send you an e-mail");
    assert_eq!(noted(&site).await, ["customer.signed_out", "customer.signed_in"]);
    // A confirming link signs nobody in, and the other way round.
    later(&site, 1);
    join(&site, 1, "theo@example.lu").await;
    let other = super::link(&site).await;
    site.get(&other.replace("/v/", "/s/")).await.is(404);
    site.post(&link.replace("/s/", "/v/"), &[]).await.is(404);
}

async fn three_wrong_codes_end_it(engine: Engine) {
    let (site, _) = shop(engine).await;
    let attempt = ask(&site, MINA).await;
    let code = newest(&site).await.content.code.unwrap();
    let wrong = wrong(&code);
    for status in [422, 422, 429] {
        type_code(&site, &attempt, &wrong).await.is(status);
    }
    type_code(&site, &attempt, &code).await.is(429).says("no longer good");
    let link = newest(&site).await.content.link.unwrap();
    let link = link.strip_prefix(&site.app.config.address("")).unwrap().to_owned();
    site.post(&link, &[]).await.is(429);
    // Many at once are counted, too.
    let attempt = ask(&site, MINA).await;
    let tries = (0..8).map(|_| type_code(&site, &attempt, "x"));
    let seen = crate::support::books::all_of(tries).await;
    assert_eq!(seen.iter().filter(|seen| seen.status == 422).count(), 2);
    let code = newest(&site).await.content.code.unwrap();
    type_code(&site, &attempt, &code).await.is(429);
    // The right one among them opens only what is not dead yet.
    for _ in 0..4 {
        let attempt = ask(&site, MINA).await;
        let code = newest(&site).await.content.code.unwrap();
        let tries = ["x", "x", "x", "x", "x", &code, "x"].map(|code| type_code(&site, &attempt, code));
        let statuses = crate::support::books::all_of(tries).await;
        let statuses: Vec<u16> = statuses.iter().map(|seen| seen.status.as_u16()).collect();
        assert!(!(statuses.contains(&303) && statuses.contains(&429)), "{statuses:?}");
    }
}

/// Beyond the letters that a contact gets in a day, no code is good: nobody guesses on at fresh ones (`ENR-3`).
async fn the_code_of_the_eleventh_letter_opens_nothing(engine: Engine) {
    let site = Site::with(
        engine,
        |_| {},
        |config| config.rate_limits = Rates::read("off;sign_in_contact=10/d").unwrap(),
    )
    .await;
    join(&site, 0, MINA).await;
    let link = link(&site).await;
    site.post(&link, &[]).await.is(303);
    later(&site, 60);
    for _ in 0..9 {
        ask(&site, MINA).await;
    }
    let attempt = ask(&site, MINA).await;
    let code = newest(&site).await.content.code.unwrap();
    type_code(&site, &attempt, &code).await.is(303);
    let attempt = ask(&site, MINA).await;
    let letter = newest(&site).await.content;
    assert!(letter.code.is_none() && letter.link.is_none());
    type_code(&site, &attempt, "000000").await.is(422);
    // Tomorrow it works again.
    later(&site, DAY);
    let attempt = ask(&site, MINA).await;
    let code = newest(&site).await.content.code.unwrap();
    type_code(&site, &attempt, &code).await.is(303);
}

async fn ten_minutes_are_enough(engine: Engine) {
    let (site, _) = shop(engine).await;
    let attempt = ask(&site, MINA).await;
    let code = newest(&site).await.content.code.unwrap();
    later(&site, 600);
    type_code(&site, &attempt, &code).await.is(410);
    for nonsense in ["", "x", &uuid::Uuid::now_v7().to_string()] {
        let status = type_code(&site, nonsense, &code).await.status.as_u16();
        assert!(matches!(status, 404 | 410), "{nonsense}: {status}");
    }
    let seen = site.post(&home(&site).await, &[("address", "621 123 456")]).await;
    seen.is(422).says("aria-invalid=\"true\"");
}

async fn an_address_that_nobody_has_looks_the_same(engine: Engine) {
    let (site, _) = shop(engine).await;
    let mut told = Vec::new();
    for address in [MINA, "nina@example.lu"] {
        let look = Look::at_all(&site.app.db).await;
        let before = look.now().await;
        let attempt = ask(&site, address).await;
        let changed = before.changed(&look.now().await);
        let page = site.get(&format!("{}/code?attempt={attempt}", home(&site).await)).await;
        let mut wrongs = Vec::new();
        for _ in 0..3 {
            wrongs.push(type_code(&site, &attempt, "000000x").await.status.as_u16());
        }
        told.push((changed, page.text.replace(&attempt, ""), wrongs));
    }
    assert_eq!(told[0], told[1]);
    let letter = newest(&site).await;
    assert!(letter.content.link.is_none() && letter.content.code.is_none());
    assert!(letter.written().text.contains("there is no card for it"));
}

on_both!(
    a_code_opens_the_cards_once,
    a_link_opens_them_by_its_button_and_signing_out_ends_it,
    three_wrong_codes_end_it,
    the_code_of_the_eleventh_letter_opens_nothing,
    ten_minutes_are_enough,
    an_address_that_nobody_has_looks_the_same,
);
