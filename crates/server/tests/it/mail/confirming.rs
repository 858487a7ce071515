//! Joining with a contact (`ENR-3`): the card is there at once, nothing tells who is known, the link works once, for
//! seven days, when a person presses the button; what belongs to one person becomes one card.

use super::{card_of, email, join, later, letters, link};
use crate::ledger::on_both;
use crate::support::books::{Engine, stamp};
use crate::support::rows::Look;
use crate::support::site::{Seen, Site};
use db::{Statement, params};
use domain::card::{Card, CardStatus};
use domain::ids::CardId;
use server::contacts;
use server::error::Error;
use server::ledger::Submission;
use server::sql::lookups;

const MINA: &str = "mina@example.lu";
const DAY: i64 = 24 * 60 * 60;
const VERIFIED: Statement = Statement::new(
    "test.verified",
    "select customer_id from contacts where merchant_id = $1 and lookup = $2 and verified_at is not null",
);

async fn card(site: &Site, id: CardId) -> Card {
    let merchant = site.books.merchant.0;
    let read = site.app.db.read(move |tx| lookups::card(tx, merchant, id.0)).await;
    serde_json::from_str(&read.unwrap().unwrap().state).unwrap()
}

/// How many proved contacts of that address there are.
async fn proved(site: &Site, address: &str) -> usize {
    let contact = email(address);
    let merchant = site.books.merchant;
    let lookup = site.app.secrets.lookup(merchant, contact.kind, &contact.text);
    let read = move |tx: &mut db::Transaction<'_>| Ok::<_, Error>(tx.rows(&VERIFIED, &params![merchant.0, lookup])?);
    site.app.db.read(read).await.unwrap().len()
}

/// Presses the button behind the newest letter's link.
async fn press(site: &Site) -> Seen {
    let link = link(site).await;
    site.get(&link).await.is(200);
    site.post(&link, &[]).await
}

async fn a_card_becomes_somebodys_by_the_button_and_not_by_looking(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let address = join(&site, 0, " Mina@Example.LU ").await;
    let id = card_of(&site, &address);
    site.get(&address)
        .await
        .is(200)
        .says("Confirm your address")
        .says("m…@example.lu")
        .says_not("mina@example.lu");
    assert_eq!(card(&site, id).await.status, CardStatus::Unclaimed);
    let link = link(&site).await;
    let look = Look::at_all(&site.app.db).await;
    let before = look.now().await;
    for _ in 0..2 {
        site.get(&link)
            .await
            .is(200)
            .says("Is this your address?")
            .says_not("mina@example.lu");
    }
    assert!(before.changed(&look.now().await).is_empty(), "looking changes nothing");
    let led = site.post(&link, &[]).await.is(303).header("location").to_owned();
    assert_eq!(card_of(&site, &led), id);
    assert_eq!(card(&site, id).await.status, CardStatus::Active);
    site.get(&led)
        .await
        .is(200)
        .says("your address is confirmed")
        .says_not("We wrote to")
        .says("Address confirmed");
    assert_eq!(proved(&site, MINA).await, 1);
    for method in ["get", "post"] {
        let again = if method == "get" {
            site.get(&link).await
        } else {
            site.post(&link, &[]).await
        };
        again.is(410).says("This link was used already.");
    }
    site.books.audited().await;
}

async fn a_known_contact_and_a_new_one_look_alike(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    join(&site, 0, MINA).await;
    press(&site).await.is(303);
    later(&site, 60);
    let mut told = Vec::new();
    for contact in [MINA, "theo@example.lu"] {
        let look = Look::at_all(&site.app.db).await;
        let before = look.now().await;
        let address = join(&site, 0, contact).await;
        let changed = before.changed(&look.now().await);
        let page = site.get(&address).await;
        let letter = contact.chars().next().unwrap();
        let token = address.rsplit('/').next().unwrap();
        let number = page
            .text
            .split("class=\"number\"")
            .nth(1)
            .unwrap()
            .split("</p>")
            .next()
            .unwrap()
            .len();
        told.push((
            page.text.replace(&format!("{letter}…@"), "…@").replace(token, "").len(),
            number,
            changed,
        ));
        assert_eq!(
            card(&site, card_of(&site, &address)).await.status,
            CardStatus::Unclaimed
        );
    }
    assert_eq!(told[0].1, told[1].1);
    assert_eq!(told[0].2, told[1].2, "the same tables are written");
    assert_eq!(letters(&site).await.len(), 3);
}

async fn the_new_card_goes_into_the_one_that_is_there(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let first = card_of(&site, &join(&site, 0, MINA).await);
    press(&site).await.is(303);
    site.books.give(first, stamp()).await.unwrap();
    later(&site, 60);
    let address = join(&site, 0, MINA).await;
    let second = card_of(&site, &address);
    assert_ne!(first, second);
    site.books.give(second, stamp()).await.unwrap();
    let link = link(&site).await;
    site.get(&link).await.is(200).says("You have a card already");
    let led = site.post(&link, &[]).await.is(303).header("location").to_owned();
    assert_eq!(card_of(&site, &led), first);
    site.get(&led)
        .await
        .is(200)
        .says("2 of 10 stamps")
        .says("Two of your cards became one");
    assert_eq!(card(&site, second).await.status, CardStatus::Merged);
    site.get(&address).await.is(410).says("went into another one");
    site.post(&link, &[]).await.is(410);
    // Of another program there is no card yet: the new one becomes the same person's.
    later(&site, 60);
    let points = card_of(&site, &join(&site, 1, MINA).await);
    press(&site).await.is(303);
    assert_eq!(card(&site, points).await.status, CardStatus::Active);
    let merchant = site.books.merchant.0;
    let owner = |id: CardId| {
        let db = site.app.db.clone();
        async move {
            db.read(move |tx| lookups::card(tx, merchant, id.0))
                .await
                .unwrap()
                .unwrap()
                .customer
        }
    };
    assert_eq!(owner(first).await, owner(points).await);
    assert_eq!(proved(&site, MINA).await, 1);
    site.books.audited().await;
}

/// Who joins with somebody else's address holds the card's link; once its owner says that it is theirs, that link shows nothing.
async fn enr_3_a_proof_elsewhere_takes_the_card_from_whoever_opened_it(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let theirs = join(&site, 0, MINA).await;
    let id = card_of(&site, &theirs);
    let merchant = site.books.merchant;
    let read = move |tx: &mut db::Transaction<'_>| lookups::card(tx, merchant.0, id.0);
    let number = site.app.db.read(read).await.unwrap().unwrap().number;
    let seen_before = (number, site.app.secrets.card_code(merchant, id, 0));
    let led = press(&site).await.is(303).header("location").to_owned();
    assert_eq!(card_of(&site, &led), id);
    site.get(&led).await.is(200).says("your address is confirmed");
    for part in ["", "/fragment", "/code", "/history", "/stream"] {
        let answer = site.get(&format!("{theirs}{part}")).await;
        answer.is(410).says("This link no longer shows the card.").says("/my/");
    }
    site.post(&format!("{theirs}/letters"), &[]).await.is(410);
    site.post(&format!("{theirs}/confirmations/cnf_x"), &[("answer", "yes")])
        .await
        .is(410);
    // Nor is it found by what was on its page.
    let (number, code) = seen_before;
    let merchant = site.books.merchant;
    let read = move |tx: &mut db::Transaction<'_>| {
        let found = lookups::card_by_number(tx, merchant.0, &number)?.is_some();
        Ok::<_, Error>((found, lookups::is_revoked_number(tx, merchant.0, &number)?))
    };
    assert_eq!(site.app.db.read(read).await.unwrap(), (false, true));
    let generation = card(&site, id).await.generation;
    assert_ne!(site.app.secrets.card_of_code(&code).unwrap().generation, generation);
    site.books.audited().await;
    // Whoever replaces a card renews its link (`CRD-4`).
    let number = site.app.secrets.new_number().unwrap();
    let reason = domain::event::Reason::Lost;
    let replace = domain::Command::Replace { reason };
    let replace = Submission {
        new_number: Some(number),
        ..site.books.submission(id, replace)
    };
    site.app.ledger.submit(replace).await.unwrap();
    let today = led.split('?').next().unwrap();
    site.get(today)
        .await
        .is(410)
        .says("This link no longer shows the card.");
}

/// Who opened the card in this very browser keeps its link, as a bookmark or on the home screen.
async fn enr_3_a_proof_in_the_same_browser_keeps_the_link(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    let fields = [("idempotency_key", &*key), ("contact", MINA), ("terms", "1")];
    let joined = site.post(&path, &fields).await;
    let address = joined.is(303).header("location").to_owned();
    let cookies = joined.headers.get_all("set-cookie").iter();
    let kept = cookies
        .map(|cookie| cookie.to_str().unwrap())
        .find(|cookie| cookie.contains("joined"));
    let kept = kept.unwrap();
    assert!(kept.contains("HttpOnly; SameSite=Lax; Secure"), "{kept}");
    let cookie = kept.split(';').next().unwrap();
    let letter = link(&site).await;
    let as_joined = [("accept-language", "en"), ("cookie", cookie)];
    site.get_as(&letter, &as_joined)
        .await
        .is(200)
        .says_not("the old ones end");
    site.get(&letter).await.is(200).says("the old ones end");
    let led = site.post_in(&letter, &[], cookie).await;
    assert_eq!(led.is(303).header("location"), format!("{address}?proved=1"));
    site.get(&address).await.is(200);
    // The card of another browser is not kept by it.
    later(&site, 60);
    let other = join(&site, 1, "theo@example.lu").await;
    site.post_in(&link(&site).await, &[], cookie).await.is(303);
    site.get(&other).await.is(410);
}

async fn two_links_at_once_make_one_owner(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let mut links = Vec::new();
    for _ in 0..3 {
        join(&site, 0, MINA).await;
        links.push(link(&site).await);
        later(&site, 60);
    }
    let pressed = links.iter().map(|link| site.post(link, &[]));
    let seen = crate::support::books::all_of(pressed.collect::<Vec<_>>()).await;
    // Who was in the way of another one may be told to try again, and then it works.
    for (link, seen) in links.iter().zip(seen) {
        if seen.status != 303 {
            site.post(link, &[]).await.is(303);
        }
    }
    assert_eq!(proved(&site, MINA).await, 1);
    let report = site.books.audited().await;
    assert_eq!(report.cards, 3);
}

async fn a_link_ends_after_seven_days_and_another_can_be_asked_for(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let address = join(&site, 0, MINA).await;
    let old = link(&site).await;
    later(&site, 7 * DAY - 1);
    site.get(&old).await.is(200);
    later(&site, 1);
    site.get(&old).await.is(410).says("This link has expired.");
    site.post(&old, &[]).await.is(410);
    let led = site
        .post(&format!("{address}/letters"), &[])
        .await
        .is(303)
        .header("location")
        .to_owned();
    site.get(&led).await.is(200).says("Another e-mail to m…@example.lu");
    let led = press(&site).await.is(303).header("location").to_owned();
    // The other link of the same card is good for nothing any more.
    site.post(&old, &[]).await.is(410).says("used already");
    // Nothing waits: nothing is written.
    let before = letters(&site).await.len();
    let today = led.split('?').next().unwrap();
    site.post(&format!("{today}/letters"), &[]).await.is(303);
    assert_eq!(letters(&site).await.len(), before);
}

async fn what_is_no_link_is_nowhere(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    join(&site, 0, MINA).await;
    let good = link(&site).await;
    let last = if good.ends_with('0') { '1' } else { '0' };
    for wrong in ["/v/x".to_owned(), format!("{}{last}", &good[..good.len() - 1])] {
        site.get(&wrong).await.is(404);
        site.post(&wrong, &[]).await.is(404);
    }
    assert_eq!(proved(&site, MINA).await, 0);
}

async fn a_blocked_card_waits_for_the_shop(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let id = card_of(&site, &join(&site, 0, MINA).await);
    let reason = domain::event::Reason::Lost;
    site.books.give(id, domain::Command::Block { reason }).await.unwrap();
    let link = link(&site).await;
    site.post(&link, &[]).await.is(409);
    site.books.give(id, domain::Command::Unblock).await.unwrap();
    site.post(&link, &[]).await.is(303);
}

async fn a_phone_number_waits_without_a_letter(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let address = join(&site, 0, "+352 621 123 456").await;
    site.get(&address).await.is(200).says_not("We wrote to");
    assert!(letters(&site).await.is_empty());
    let waiting = contacts::waiting(&site.app, site.books.merchant, card_of(&site, &address)).await;
    assert!(waiting.unwrap().is_none());
}

async fn what_is_no_contact_is_said_at_the_field(engine: Engine) {
    let site = Site::open(engine, |_| {}).await;
    let path = site.join_path(0).await;
    let key = site.get(&path).await.field("idempotency_key");
    for contact in ["mina@", "12", "mina\u{202e}@example.lu"] {
        let fields = [("idempotency_key", &*key), ("contact", contact), ("terms", "1")];
        site.post(&path, &fields).await.is(422).says("href=\"#contact\"");
    }
    assert!(letters(&site).await.is_empty());
}

on_both!(
    a_card_becomes_somebodys_by_the_button_and_not_by_looking,
    a_known_contact_and_a_new_one_look_alike,
    the_new_card_goes_into_the_one_that_is_there,
    enr_3_a_proof_elsewhere_takes_the_card_from_whoever_opened_it,
    enr_3_a_proof_in_the_same_browser_keeps_the_link,
    two_links_at_once_make_one_owner,
    a_link_ends_after_seven_days_and_another_can_be_asked_for,
    what_is_no_link_is_nowhere,
    a_blocked_card_waits_for_the_shop,
    a_phone_number_waits_without_a_letter,
    what_is_no_contact_is_said_at_the_field,
);
