//! Who gets into the till: paired terminals, and nobody into another shop.

use super::{Shop, on_both, signed_in, terminal};
use crate::support::books::{Engine, MONDAY, id};
use crate::support::browser::{Browser, Shown};
use axum::http::StatusCode;
use domain::ids::{CardId, MerchantId, StoreId};

async fn only_a_paired_terminal_gets_in(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    let stranger = Browser::new(&shop.app);
    let pairing = stranger.get("/till").await;
    assert!(pairing.status == StatusCode::OK && pairing.says("action=\"/till/session\""));
    let slip = format!("{}!", &shop.token[..shop.token.len() - 1]);
    for wrong in ["", "not-a-token", &slip, &"a".repeat(5_000)] {
        let answer = stranger.post("/till/session", &[("token", wrong)]).await;
        assert_eq!((answer.status, answer.cookie), (StatusCode::UNAUTHORIZED, None));
        assert!(answer.html.contains("role=\"alert\""));
    }
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let write = stranger
        .post(&format!("/till/cards/{card}/stamps"), &[("idempotency_key", "a")])
        .await;
    assert_eq!(write.status, StatusCode::UNAUTHORIZED);
    let crossing = [("idempotency_key", "a")];
    let foreign_page = shop
        .till
        .post_from(&format!("/till/cards/{card}/stamps"), &crossing, "cross-site")
        .await;
    assert_eq!(foreign_page.status, StatusCode::FORBIDDEN);
    assert!(shop.till.get("/till").await.says("Grand-Rue"));
    let ended = shop.till.post("/till/session/end", &[]).await;
    assert!(ended.cookie.unwrap().contains("Max-Age=0"));
    assert!(
        shop.till.get("/till").await.says("action=\"/till/session\""),
        "the session is over on the server too"
    );
}

async fn another_shops_card_is_not_there(engine: Engine) {
    let shop = Shop::open(engine, |_| {}).await;
    // The same database, another merchant.
    let foreign = signed_in(&shop.app, &neighbour(&shop).await).await;
    let card = shop.books.enroll(shop.books.programs[0]).await;
    let number = shop.number(card).await;
    let missing = foreign.get(&format!("/till/cards/{}", CardId(id()))).await;
    let theirs = foreign.get(&format!("/till/cards/{card}")).await;
    assert_eq!(
        (theirs.status, missing.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(
        theirs.html.replace(&card.to_string(), ""),
        missing.html.replace(&missing.path_of_card(), "")
    );
    assert_eq!(
        foreign.get(&format!("/till?q={number}")).await.status,
        StatusCode::NOT_FOUND
    );
    let write = foreign
        .post(&format!("/till/cards/{card}/stamps"), &[("idempotency_key", "a")])
        .await;
    assert_eq!(write.status, StatusCode::NOT_FOUND);
    shop.books.audited().await;
}

/// A terminal of another merchant in the same database.
async fn neighbour(shop: &Shop) -> String {
    let (merchant, store) = (MerchantId(id()), StoreId(id()));
    let write = shop.app.db.write(move |tx| {
        let new = server::setup::NewMerchant {
            slug: "neighbour".into(),
            name: "Nopesch".into(),
            country: "LU".into(),
            timezone: "Europe/Luxembourg".into(),
            default_locale: "en".into(),
            currency: "EUR".into(),
            colour: "#1f4e79".into(),
            mark: "bike".into(),
            cutover_minutes: 240,
        };
        server::setup::merchant(tx, merchant, &new, MONDAY)?;
        server::setup::store(tx, merchant, store, ("N", "Nopesch", "2, Grand-Rue"), MONDAY)
    });
    write.await.unwrap();
    terminal(&shop.app, merchant, store).await
}

impl Shown {
    /// The card's id that stands in the page's own address.
    fn path_of_card(&self) -> String {
        let (_, rest) = self.html.split_once("/till/cards/").unwrap();
        rest.chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
            .collect()
    }
}

on_both!(only_a_paired_terminal_gets_in, another_shops_card_is_not_there,);
