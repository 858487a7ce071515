//! A repeated call gets its first answer, whatever was set otherwise in the meantime (`IDM-2`).

use crate::support::books::{Engine, postgres, sqlite};
use crate::support::shop::Shop;
use serde_json::json;

const SPEAK_FRENCH: db::Statement = db::Statement::new(
    "tests.speak_french",
    "update merchants set default_locale = 'fr', catalogue_revision = catalogue_revision + 1 where merchant_id = $1",
);
const RENAME: db::Statement = db::Statement::new(
    "tests.rename_programs",
    "update programs set slug = 'no-' || slug where merchant_id = $1",
);

async fn an_opened_card_is_told_again_as_it_was(engine: Engine) {
    let mut shop = Shop::open(engine, |_| {}).await;
    let merchant = shop.merchant();
    let catalogue = shop.app.catalogue(merchant).await.unwrap().unwrap();
    let program = catalogue.programs[0].slug.clone();
    let slug = catalogue.merchant.slug.clone();
    let staffed = json!({ "program": program, "first_name": "Mina" });
    let public = json!({ "merchant": slug, "program": program, "first_name": "Mina", "terms_version": 1 });
    let calls = [("/cards", staffed), ("/enroll", public)];
    let key = "a key of sixteen".replace(' ', "-");
    let mut first = Vec::new();
    for (path, body) in &calls {
        let told = shop.keyed(path, body, &key).await;
        assert_eq!(told.status, 201, "{}", told.body);
        first.push(told);
    }
    shop.run(move |tx| tx.run(&SPEAK_FRENCH, &db::params![merchant.0]))
        .await;
    shop.run(move |tx| tx.run(&RENAME, &db::params![merchant.0])).await;
    shop.moves_to("https://elsewhere.example");
    shop.pass_minutes(1);
    for ((path, body), first) in calls.iter().zip(first) {
        let again = shop.keyed(path, body, &key).await;
        assert_eq!(again.body, first.body, "{path}");
        assert_eq!(again.bytes, first.bytes, "{path}");
        assert_eq!(again.header("idempotent-replayed"), "true");
        let new = shop.keyed(path, body, "another-key-of-many-letters").await;
        assert_eq!(
            (new.refusal(), &new.body["errors"][0]["pointer"]),
            ((404, "not_found"), &json!("/program")),
            "{path}"
        );
    }
    let opened = shop
        .post(
            "/cards",
            &json!({ "program": format!("no-{program}"), "first_name": "Jean" }),
        )
        .await;
    let opened = opened.accepted();
    assert_eq!(opened["customer"]["locale"], "fr");
    assert!(
        opened["link"]
            .as_str()
            .unwrap()
            .starts_with("https://elsewhere.example/c/"),
        "{opened}"
    );
    shop.books.audited().await;
}

#[tokio::test]
async fn an_opened_card_is_told_again_as_it_was_on_sqlite() {
    an_opened_card_is_told_again_as_it_was(sqlite().await).await;
}

#[tokio::test]
async fn an_opened_card_is_told_again_as_it_was_on_postgresql() {
    an_opened_card_is_told_again_as_it_was(postgres().await).await;
}
