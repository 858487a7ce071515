//! Finding a card at the till.

use super::{Shop, on_both};
use crate::support::books::{Books, Engine, id, sqlite};
use axum::http::StatusCode;
use domain::command::Command;
use domain::ids::CardId;

async fn a_card_is_found_by_code_and_number_and_no_other_way(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let (merchant, number) = (shop.books.merchant, shop.number(card).await);
    let spaced = format!("{}-{}", number[..4].to_lowercase(), &number[4..]);
    let code = shop.app.secrets.card_code(merchant, card, 0);
    for typed in [&number, &spaced, &code] {
        let found = shop.till.get(&format!("/till?q={typed}")).await;
        assert_eq!(
            (found.status, found.location),
            (StatusCode::SEE_OTHER, Some(format!("/till/cards/{card}")))
        );
    }
    let old = shop.app.secrets.card_code(merchant, card, 7);
    let other = Books::open(sqlite().await, |_| {}).await;
    let elsewhere = shop.app.secrets.card_code(other.merchant, card, 0);
    let link = format!(
        "http://127.0.0.1:8080/c/{}",
        shop.app.secrets.card_link(merchant, card, 0)
    );
    let unknown = "We do not know this number";
    for (typed, status, words) in [
        (old.as_str(), StatusCode::CONFLICT, "was replaced"),
        (&link, StatusCode::UNPROCESSABLE_ENTITY, "customer’s page"),
        (&elsewhere, StatusCode::NOT_FOUND, unknown),
        ("ZZZZZZZZZZ", StatusCode::NOT_FOUND, unknown),
        ("nobody%40example.lu", StatusCode::NOT_FOUND, unknown),
        ("%3Cscript%3E", StatusCode::NOT_FOUND, unknown),
        ("%00", StatusCode::NOT_FOUND, unknown),
        ("a%00b", StatusCode::NOT_FOUND, unknown),
    ] {
        let answer = shop.till.get(&format!("/till?q={typed}")).await;
        assert!(answer.status == status && answer.says(words), "{typed}: {answer:?}");
        assert!(!answer.says("<script>"));
    }
    for address in [
        format!("/till/cards/{}", CardId(id())),
        "/till/cards/card_x".to_owned(),
        "/till/cards/card_%00".to_owned(),
    ] {
        let answer = shop.till.get(&address).await;
        assert!(
            answer.status == StatusCode::NOT_FOUND && answer.says(unknown),
            "{answer:?}"
        );
    }
}

async fn what_belongs_to_a_merged_card_finds_the_one_that_goes_on(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let [into, from] = [
        shop.books.enroll(shop.books.programs[0]).await,
        shop.books.enroll(shop.books.programs[0]).await,
    ];
    let reason = domain::event::Reason::Duplicate;
    shop.books.give(into, Command::Merge { from, reason }).await.unwrap();
    let number = shop.number(from).await;
    let found = shop.till.get(&format!("/till?q={number}")).await;
    assert_eq!(found.location, Some(format!("/till/cards/{from}")));
    let found = shop.till.get(&format!("/till/cards/{from}")).await;
    let address = format!("/till/cards/{into}?merged=1");
    assert_eq!(
        (found.status, found.location.as_ref()),
        (StatusCode::SEE_OTHER, Some(&address))
    );
    let page = shop.till.get(&address).await;
    assert!(
        page.status == StatusCode::OK && page.says("became one with this one"),
        "{page:?}"
    );
}

async fn a_person_is_found_by_contact_with_all_their_cards(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let stamps = shop.books.enroll_person(&shop.app.secrets, 0, "mina@example.lu").await;
    let phone = shop.books.enroll_person(&shop.app.secrets, 0, "+352 621 123 456").await;
    for (typed, card) in [
        ("Mina%40Example.lu", stamps),
        ("621%20123%20456", phone),
        ("00352621123456", phone),
    ] {
        let found = shop.till.get(&format!("/till?q={typed}")).await;
        let expected = Some(format!("/till/cards/{card}"));
        assert_eq!(
            (found.status, found.location),
            (StatusCode::SEE_OTHER, expected),
            "{typed}"
        );
    }
    let points = shop.books.enroll_person(&shop.app.secrets, 1, "mina@example.lu").await;
    let both = shop.till.get("/till?q=mina%40example.lu").await;
    assert_eq!(both.status, StatusCode::OK);
    for (card, program) in [(stamps, "stamps"), (points, "points")] {
        assert!(
            both.says(&format!("/till/cards/{card}")) && both.says(program),
            "{both:?}"
        );
    }
    let nobody = shop.till.get("/till?q=%2B352621999999").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND, "{nobody:?}");
}

on_both!(
    what_belongs_to_a_merged_card_finds_the_one_that_goes_on,
    a_card_is_found_by_code_and_number_and_no_other_way,
    a_person_is_found_by_contact_with_all_their_cards,
);
