//! Joining without a credential.

use crate::support::books::sqlite;
use crate::support::shop::{Shop, Told};
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

async fn join(shop: &Shop, body: &Value, key: Option<&str>) -> Told {
    let request = Request::builder()
        .method("POST")
        .uri("/api/v1/enroll")
        .header("content-type", "application/json");
    let request = key
        .into_iter()
        .fold(request, |request, key| request.header("idempotency-key", key));
    shop.send(request.body(Body::from(body.to_string())).unwrap()).await
}

/// The merchant's name in addresses.
async fn slug(shop: &Shop) -> String {
    let catalogue = shop.app.catalogue(shop.merchant()).await.unwrap().unwrap();
    catalogue.merchant.slug.clone()
}

#[tokio::test]
async fn anybody_joins_and_gets_a_card() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let slug = slug(&shop).await;
    let body =
        json!({ "merchant": slug, "program": "stamps", "terms_version": 1, "first_name": "Mina", "locale": "de" });
    let told = join(&shop, &body, None).await;
    assert_eq!((told.status.as_u16(), &told.body["status"]), (201, &json!("unclaimed")));
    let other = join(&shop, &body, None).await.accepted();
    assert_ne!(other["id"], told.body["id"]);
    let key = "0193f5a0-7d2a-7000-8000-000000000001";
    let (first, again) = (join(&shop, &body, Some(key)).await, join(&shop, &body, Some(key)).await);
    assert_eq!(
        (again.bytes, again.headers["idempotent-replayed"].as_bytes()),
        (first.bytes, &b"true"[..])
    );
    let token = first.body["link"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let found = shop.app.secrets.card_of_link(&token).map(|link| link.card.to_string());
    assert_eq!(found.as_deref(), first.body["id"].as_str());
}

#[tokio::test]
async fn a_program_for_adults_asks_the_year_of_birth() {
    let shop = Shop::open(sqlite().await, |terms| terms.min_age = 18).await;
    let body = json!({ "merchant": slug(&shop).await, "program": "stamps", "terms_version": 1 });
    let born = |year: i64| {
        let mut body = body.clone();
        body["birth_year"] = json!(year);
        body
    };
    assert_eq!(join(&shop, &body, None).await.refusal(), (422, "required"));
    let young = join(&shop, &born(2020), None).await;
    assert_eq!(young.refusal(), (422, "age_restricted"));
    assert_eq!(young.body["errors"][0]["pointer"], "/birth_year");
    let told = join(&shop, &born(1980), None).await.accepted();
    assert!(!told.to_string().contains("1980"));
}

#[tokio::test]
async fn what_joins_nothing_is_refused() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let slug = slug(&shop).await;
    for (body, refusal) in [
        (
            json!({ "merchant": "nobody", "program": "stamps", "terms_version": 1 }),
            (404, "not_found"),
        ),
        (
            json!({ "merchant": slug, "program": "nothing", "terms_version": 1 }),
            (404, "not_found"),
        ),
        (json!({ "merchant": slug }), (422, "required")),
        (
            json!({ "merchant": slug, "program": "stamps", "terms_version": 1, "contact": "mina@" }),
            (422, "invalid_email"),
        ),
        (
            json!({ "merchant": slug, "program": "stamps" }),
            (422, "terms_not_accepted"),
        ),
        (
            json!({ "merchant": slug, "program": "stamps", "terms_version": 2 }),
            (422, "terms_outdated"),
        ),
        (
            json!({ "merchant": slug, "program": "stamps", "terms_version": 1, "locale": "xx" }),
            (422, "invalid_locale"),
        ),
    ] {
        assert_eq!(join(&shop, &body, None).await.refusal(), refusal, "{body}");
    }
    let body = json!({ "merchant": slug, "program": "stamps", "terms_version": 1 });
    assert_eq!(
        join(&shop, &body, Some("1")).await.refusal(),
        (400, "idempotency_key_invalid")
    );
}

#[tokio::test]
async fn a_contact_waits_and_the_answer_is_the_same_whoever_has_it() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let slug = slug(&shop).await;
    // Staff know Mina already; Theo was never here.
    let known = json!({ "program": "stamps", "contact": "mina@example.lu" });
    shop.post("/cards", &known).await.accepted();
    let mut told = Vec::new();
    for contact in ["mina@example.lu", "theo@example.lu"] {
        let body = json!({ "merchant": slug, "program": "stamps", "terms_version": 1, "contact": contact });
        let answer = join(&shop, &body, None).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body["status"]),
            (201, &json!("unclaimed"))
        );
        let text = String::from_utf8(answer.bytes.to_vec()).unwrap();
        assert!(!text.contains("example.lu"), "{text}");
        told.push((text.len(), answer.body["customer"].clone()));
    }
    assert_eq!(told[0], told[1]);
    let letters = server::mail::kept(&shop.app, shop.merchant(), 10).await.unwrap();
    assert_eq!(letters.len(), 2);
}
