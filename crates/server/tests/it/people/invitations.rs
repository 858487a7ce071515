//! Invitations: good once and for a day; the first operator's is printed where nobody runs the installation yet.

use super::{House, PASSWORD};
use crate::ledger::on_both;
use crate::support::books::{Engine, all_of};
use crate::support::browser::Browser;
use server::people::invitations::{self, Invited};
use server::people::members;
use server::people::{OPERATORS, Refusal};
use server::permissions::Role;

fn manager(house: &House, address: &str) -> Invited {
    Invited {
        merchant: house.books.merchant,
        role: Role::Manager,
        stores: vec![house.books.store],
        address: Some(address.to_owned()),
    }
}

async fn the_first_operator_comes_by_a_link_and_then_no_more(engine: Engine) {
    let house = House::open(engine).await;
    let first = invitations::first_operator(&house.app).await.unwrap().unwrap();
    // Who starts it again has a new link, and the old one is over.
    let link = invitations::first_operator(&house.other).await.unwrap().unwrap();
    let mut browser = Browser::new(&house.app);
    browser.get(&first).await.is(410);
    assert!(browser.get(&link).await.is(200).says("name=\"address\""));
    let said = |password: &'static str| {
        [
            ("name", "Anouk Reding"),
            ("address", "Anouk@Example.LU "),
            ("password", password),
        ]
    };
    for weak in ["", "kuerz", "aaaaaaaaaaaaaaaa", "qwertyuiop1234", "anouk@example.lu"] {
        assert_eq!(
            browser.post(&link, &said(weak)).await.is(422).trouble(),
            Some("password_weak"),
            "{weak}"
        );
    }
    let nobody = [("name", " "), ("address", "anouk"), ("password", PASSWORD)];
    assert_eq!(browser.post(&link, &nobody).await.is(422).trouble(), Some("unreadable"));
    let answer = browser.post(&link, &said(PASSWORD)).await;
    browser.keep(answer.leads_to("/signin"));
    assert!(browser.get("/operator").await.is(200).says("Anouk Reding"));
    browser.get(&link).await.is(410);
    browser.post(&link, &said(PASSWORD)).await.is(410);
    assert_eq!(invitations::first_operator(&house.app).await.unwrap(), None);
    let stranger = Browser::new(&house.other);
    let fields = [("address", "anouk@example.lu"), ("password", PASSWORD)];
    stranger.post("/signin", &fields).await.leads_to("/signin");
    assert_eq!(
        house.actions(OPERATORS).await,
        ["user.signed_in", "user.made", "user.invited", "user.invited"]
    );
    house.end().await;
}

async fn a_link_makes_one_person_once(engine: Engine) {
    let house = House::open(engine).await;
    let link = invitations::invite(&house.app, manager(&house, "mina@example.lu"))
        .await
        .unwrap();
    let fields = [
        ("name", "Mina"),
        ("address", "other@example.lu"),
        ("password", PASSWORD),
    ];
    let (here, there) = (Browser::new(&house.app), Browser::new(&house.other));
    let mut answers: Vec<u16> = all_of([here.post(&link, &fields), there.post(&link, &fields)])
        .await
        .iter()
        .map(|answer| answer.status.as_u16())
        .collect();
    answers.sort_unstable();
    assert!(answers[0] == 303 && answers[1] >= 410, "{answers:?}");
    let people = members::list(&house.app, house.books.merchant).await.unwrap();
    // The address of the invitation counts, whatever is sent beside it.
    assert!(people.len() == 1 && people[0].address == "mina@example.lu" && people[0].role == Role::Manager);
    let taken = invitations::invite(&house.app, manager(&house, "mina@example.lu")).await;
    assert_eq!(taken, Err(Refusal::AddressTaken));
    house.end().await;
}

async fn a_link_ends_after_a_day(engine: Engine) {
    let house = House::open(engine).await;
    let link = invitations::invite(&house.app, manager(&house, "mina@example.lu"))
        .await
        .unwrap();
    let browser = Browser::new(&house.app);
    house.books.clock.set(house.app.clock.now().plus_minutes(24 * 60 - 1));
    assert!(browser.get(&link).await.is(200).says("mina@example.lu"));
    house.books.clock.set(house.app.clock.now().plus_minutes(1));
    browser.get(&link).await.is(410);
    let fields = [("name", "Mina"), ("password", PASSWORD)];
    browser.post(&link, &fields).await.is(410);
    browser.get("/welcome/x").await.is(410);
    browser.typed("mina", PASSWORD).await.is(401);
    house.end().await;
}

on_both!(
    the_first_operator_comes_by_a_link_and_then_no_more,
    a_link_makes_one_person_once,
    a_link_ends_after_a_day,
);
