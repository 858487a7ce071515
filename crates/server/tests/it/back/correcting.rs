//! Corrections in the back office (`J10`, `ADJ-1`, `APR-1`): found, put right, and over a limit approved by somebody else.

use super::{Browser, Office};
use crate::ledger::on_both;
use crate::support::books::{Engine, earn, id};
use crate::support::crowd;
use crate::support::site::Seen;
use domain::Card;
use domain::command::Command;
use domain::event::{Actor, Event};
use domain::ids::CardId;
use server::permissions::Role;
use server::sql::lookups;

/// A card of points.
async fn card(office: &Office) -> CardId {
    office.site.books.enroll(office.site.books.programs[1]).await
}

async fn points(office: &Office, card: CardId) -> i64 {
    let merchant = office.site.books.merchant;
    let read = office.site.app.db.read(move |tx| lookups::card(tx, merchant.0, card.0));
    let card: Card = serde_json::from_str(&read.await.unwrap().unwrap().state).unwrap();
    card.balance_on(card.day).points
}

async fn last(office: &Office, card: CardId) -> (Event, Option<String>) {
    let merchant = office.site.books.merchant;
    let read = office
        .site
        .app
        .db
        .read(move |tx| lookups::events(tx, merchant.0, card.0, i64::MAX, 1));
    let row = read.await.unwrap().remove(0);
    (serde_json::from_str(&row.body).unwrap(), row.note)
}

/// Sends the form with what differs from two hundred points given for goodwill.
async fn corrects(browser: &Browser<'_>, office: &Office, card: CardId, differs: &[(&str, &str)]) -> Seen {
    let (store, key) = (office.site.books.store.to_string(), id().to_string());
    let usual = [
        ("direction", "give"),
        ("amount", "200"),
        ("unit", "point"),
        ("reason", "goodwill"),
        ("note", "machine broken"),
        ("store", store.as_str()),
        ("idempotency_key", key.as_str()),
    ];
    let mut fields: Vec<(&str, &str)> = usual.to_vec();
    for (name, value) in differs {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    browser.post(&format!("/back/cards/{card}/corrections"), &fields).await
}

async fn waiting(office: &Office) -> String {
    let log = office.log().await;
    let asked = log.iter().find(|noted| noted.action == "approval.asked").unwrap();
    asked.subject.clone().unwrap()
}

async fn decides(browser: &Browser<'_>, approval: &str, what: &str) -> Seen {
    let place = format!("/back/approvals/{approval}");
    browser.post(&place, &[("decision", what)]).await
}

async fn within_the_limit_it_is_done_at_once(engine: Engine) {
    let office = Office::open(engine).await;
    let (card, manager) = (card(&office).await, office.person(Role::Manager).await);
    let place = format!("/back/cards/{card}");
    manager.get(&place).await.is(200).says("/corrections\"");
    let key = id().to_string();
    for _ in 0..2 {
        let sent = corrects(&manager, &office, card, &[("idempotency_key", &key)]).await;
        assert_eq!(sent.is(303).header("location"), format!("{place}?done=1"));
    }
    assert_eq!(points(&office, card).await, 200);
    let (event, note) = last(&office, card).await;
    assert!(matches!(event.origin.actor, Actor::User(_)), "{:?}", event.origin);
    assert_eq!(event.origin.store, Some(office.site.books.store));
    assert_eq!(note.as_deref(), Some("machine broken"));
    manager
        .get(&format!("{place}?done=1"))
        .await
        .is(200)
        .says("+200 points")
        // Whoever did it, why, and what they wrote.
        .says("Nadine Marked · For goodwill · machine broken");
    // The same form for something else is not the same form.
    let other = [("idempotency_key", key.as_str()), ("amount", "201")];
    corrects(&manager, &office, card, &other).await.is(422);
    corrects(&manager, &office, card, &[("direction", "take"), ("amount", "2 00")])
        .await
        .is(303);
    assert_eq!(points(&office, card).await, 0);
    office.site.books.audited().await;
}

async fn every_mistake_is_told_and_changes_nothing(engine: Engine) {
    let office = Office::open(engine).await;
    let (card, manager) = (card(&office).await, office.person(Role::Manager).await);
    office.site.books.give(card, earn(30_000, None)).await.unwrap();
    let long = "x".repeat(501);
    for (differs, status, says) in [
        (&[("amount", "0")][..], 422, "The correction must not be zero."),
        (&[("amount", "")], 422, "This is required."),
        (&[("amount", "2.5")], 422, "Please type a whole number."),
        (&[("amount", "-5")], 422, "Please type a whole number."),
        (&[("amount", "99999999999999999999")], 422, "must lie between"),
        (&[("note", &long)], 422, "at most 500"),
        (&[("note", "a\u{202e}b")], 422, "not allowed"),
        (&[("store", "sto_x")], 422, "Grand-Rue"),
        (&[("unit", "stamp")], 409, "does not collect"),
        (&[("direction", "take"), ("amount", "500")], 409, "300"),
        (&[("reason", "customer_request")], 422, "not in the list"),
        (&[("reason", "nothing")], 400, ""),
        (&[("unit", "euro")], 400, ""),
        (&[("idempotency_key", "")], 400, ""),
    ] {
        corrects(&manager, &office, card, differs).await.is(status).says(says);
    }
    // What was typed is still there.
    let kept = corrects(&manager, &office, card, &[("amount", "0")]).await;
    kept.says("value=\"0\"")
        .says("machine broken</textarea>")
        .says("amount_error");
    assert_eq!(points(&office, card).await, 300);
    assert!(office.log().await.iter().all(|noted| noted.action != "approval.asked"));
    office.site.books.audited().await;
}

async fn over_the_limit_somebody_else_decides(engine: Engine) {
    let office = Office::open(engine).await;
    let (card, asks) = (card(&office).await, office.person(Role::Manager).await);
    let (owner, key) = (office.person(Role::Owner).await, id().to_string());
    for _ in 0..2 {
        let sent = corrects(&asks, &office, card, &[("amount", "2001"), ("idempotency_key", &key)]).await;
        assert_eq!(sent.is(303).header("location"), format!("/back/cards/{card}?waits=1"));
    }
    asks.get(&format!("/back/cards/{card}?waits=1"))
        .await
        .says("somebody else must approve it");
    assert_eq!(points(&office, card).await, 0);
    let approval = waiting(&office).await;
    asks.get("/back/approvals")
        .await
        .says("+2,001 points")
        .says("somebody else decides")
        .says_not("value=\"approve\"");
    for what in ["approve", "deny"] {
        decides(&asks, &approval, what).await.is(403).says("second person");
    }
    owner.get("/back/approvals").await.says("value=\"approve\"");
    decides(&owner, &approval, "approve").await.is(303);
    assert_eq!(points(&office, card).await, 2_001);
    let (event, _) = last(&office, card).await;
    assert!(matches!(event.origin.actor, Actor::User(_)), "{:?}", event.origin);
    // An owner asks, too, and another one decides.
    corrects(&owner, &office, card, &[("amount", "5000")]).await.is(303);
    let approval = waiting(&office).await;
    decides(&owner, &approval, "approve").await.is(403);
    decides(&asks, &approval, "deny").await.is(303);
    assert_eq!(points(&office, card).await, 2_001);
    office.site.books.audited().await;
}

async fn ones_own_card_is_for_somebody_else(engine: Engine) {
    let office = Office::open(engine).await;
    let merchant = office.site.books.merchant;
    let asks = crowd::person(&office.site, merchant, Role::Manager, crowd::NO_PASSWORD).await;
    let card = {
        let (books, secrets) = (&office.site.books, &office.site.app.secrets);
        books.enroll_person(secrets, 1, &asks.address).await
    };
    let (asks, owner) = (office.browser(asks).await, office.person(Role::Owner).await);
    // What could never be booked is not asked for.
    corrects(&asks, &office, card, &[("amount", "0")]).await.is(422);
    corrects(&asks, &office, card, &[("direction", "take")]).await.is(409);
    let sent = corrects(&asks, &office, card, &[("amount", "1")]).await;
    assert_eq!(sent.is(303).header("location"), format!("/back/cards/{card}?waits=1"));
    assert_eq!(points(&office, card).await, 0);
    let own = waiting(&office).await;
    decides(&asks, &own, "approve").await.is(403);
    decides(&owner, &own, "approve").await.is(303);
    assert_eq!(points(&office, card).await, 1);
    // Nor does its owner approve what somebody else asked for.
    corrects(&owner, &office, card, &[("amount", "9000")]).await.is(303);
    let other = waiting(&office).await;
    decides(&asks, &other, "approve").await.is(403).says("own card");
    assert_eq!(points(&office, card).await, 1);
    office.site.books.audited().await;
}

async fn who_may_find_and_correct(engine: Engine) {
    let office = Office::open(engine).await;
    let card = card(&office).await;
    let place = format!("/back/cards/{card}");
    for role in [Role::Accountant, Role::Viewer] {
        let browser = office.person(role).await;
        browser.get(&place).await.is(200).says_not("/corrections");
        corrects(&browser, &office, card, &[]).await.is(403);
    }
    let merchant = office.site.books.merchant;
    let elsewhere = crowd::person_in(&office.site, merchant, Role::Manager, &[office.other]).await;
    let elsewhere = office.browser(elsewhere).await;
    corrects(&elsewhere, &office, card, &[]).await.is(422).says("Belval");
    // Nobody changes value whose last proof is too long ago.
    let manager = office.person(Role::Manager).await;
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(11));
    let late = corrects(&manager, &office, card, &[]).await;
    assert_eq!(late.is(303).header("location"), format!("/account/proof?next={place}"));
    manager
        .get(&place)
        .await
        .is(200)
        .says(&format!("/account/proof?next={place}"))
        .says_not("/corrections");
    assert_eq!(points(&office, card).await, 0);
}

async fn a_card_is_found_by_what_stands_on_it(engine: Engine) {
    let office = Office::open(engine).await;
    let (card, manager) = (card(&office).await, office.person(Role::Manager).await);
    let merchant = office.site.books.merchant;
    let read = office.site.app.db.read(move |tx| lookups::card(tx, merchant.0, card.0));
    let number = read.await.unwrap().unwrap().number;
    let found = manager.get(&format!("/back/cards?q={number}")).await;
    assert_eq!(found.is(303).header("location"), format!("/back/cards/{card}"));
    manager.get("/back/cards").await.is(200);
    manager
        .get("/back/cards?q=nobody%40example.com")
        .await
        .is(404)
        .says("q_error");
    manager.get(&format!("/back/cards/{}", CardId(id()))).await.is(404);
    manager.get("/back/cards/card_x").await.is(404);
    office
        .site
        .books
        .give(
            card,
            Command::Block {
                reason: domain::event::Reason::Lost,
            },
        )
        .await
        .unwrap();
    manager
        .get(&format!("/back/cards/{card}"))
        .await
        .is(200)
        .says("This card is blocked.");
    corrects(&manager, &office, card, &[])
        .await
        .is(409)
        .says("This card is blocked.");
}

on_both!(
    within_the_limit_it_is_done_at_once,
    every_mistake_is_told_and_changes_nothing,
    over_the_limit_somebody_else_decides,
    ones_own_card_is_for_somebody_else,
    who_may_find_and_correct,
    a_card_is_found_by_what_stands_on_it,
);
