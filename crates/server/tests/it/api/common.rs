//! Bad input that every write must answer the same way.

use crate::support::books::{id, sqlite};
use crate::support::shop::Shop;
use axum::body::Body;
use http::Method;
use serde_json::json;

async fn shop() -> Shop {
    Shop::open(sqlite().await, |_| {}).await
}

#[tokio::test]
async fn what_is_not_json_is_malformed() {
    let shop = shop().await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let store = shop.store();
    let nul = format!("{{\"store\":\"{store}\",\"staff\":\"a\\u0000b\"}}");
    let twice = format!("{{\"store\":\"{store}\",\"store\":\"{store}\"}}");
    let deep = "[".repeat(200_000);
    for body in [
        "",
        "{",
        "{\"store\":}",
        "\u{feff}{}",
        &nul,
        &twice,
        &deep,
        "{} {}",
        "{'store':1}",
    ] {
        let told = shop.raw(&path, body.to_owned()).await;
        assert_eq!(
            told.refusal(),
            (400, "malformed_body"),
            "{}",
            &body[..body.len().min(60)]
        );
        assert_eq!(told.header("content-type"), "application/problem+json");
    }
    assert_eq!(
        shop.raw(&path, vec![b'"', 0xff, b'"']).await.refusal(),
        (400, "malformed_body")
    );
}

#[tokio::test]
async fn fields_are_refused_one_by_one_and_told_together() {
    let shop = shop().await;
    let card = shop.card(1).await;
    let path = format!("/cards/{card}/points");
    let store = shop.store();
    let body = |amount: &str| format!("{{\"amount_minor\":{amount},\"currency\":\"EUR\",\"store\":\"{store}\"}}");
    for amount in [
        "\"5\"",
        "1.0",
        "1e400",
        "NaN",
        "-Infinity",
        "true",
        "null",
        "[]",
        "{}",
        "1e2",
    ] {
        let told = shop.raw(&path, body(amount)).await;
        assert_eq!(told.refusal(), (422, "invalid_type"), "{amount}");
        assert_eq!(told.body["errors"][0]["pointer"], "/amount_minor");
    }
    assert_eq!(
        shop.raw(&path, body("99999999999999999999")).await.refusal(),
        (422, "amount_invalid")
    );
    let told = shop
        .post(&path, &json!({ "amount_minor": "5", "curency": "EUR", "store": 7 }))
        .await;
    let told: Vec<(&str, &str)> = told.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("/amount_minor", "invalid_type"),
            ("/currency", "required"),
            ("/store", "invalid_type"),
            ("/curency", "unknown_field"),
        ]
    );
    let unknown = shop
        .post(
            &path,
            &json!({ "amount_minor": 5, "currency": "EUR", "store": store, "a/b~c": 1 }),
        )
        .await;
    assert_eq!(
        (unknown.refusal(), &unknown.body["errors"][0]["pointer"]),
        ((422, "unknown_field"), &json!("/a~1b~0c"))
    );
    for body in [json!([]), json!("x"), json!(5), json!(null)] {
        assert_eq!(shop.post(&path, &body).await.refusal(), (422, "invalid_type"), "{body}");
    }
}

#[tokio::test]
async fn texts_have_limits() {
    let shop = shop().await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    for (text, code) in [
        ("x".repeat(101), "too_long"),
        ("   ".to_owned(), "blank"),
        (String::new(), "blank"),
        ("a\u{7}b".to_owned(), "invalid_characters"),
        ("a\u{202e}b".to_owned(), "invalid_characters"),
        ("a\u{61c}b".to_owned(), "invalid_characters"),
        ("a\u{2028}b".to_owned(), "invalid_characters"),
        ("a\u{2029}".to_owned(), "invalid_characters"),
        ("Ann\n".to_owned(), "invalid_characters"),
        ("\tAnn".to_owned(), "invalid_characters"),
        ("\n".to_owned(), "invalid_characters"),
    ] {
        let told = shop.post(&path, &json!({ "store": shop.store(), "staff": text })).await;
        assert_eq!(
            (told.refusal(), &told.body["errors"][0]["pointer"]),
            ((422, code), &json!("/staff"))
        );
    }
    let fits = json!({ "store": shop.store(), "staff": format!("  {}  ", "é".repeat(100)) });
    assert_eq!(shop.post(&path, &fits).await.status, 201);
}

#[tokio::test]
async fn bodies_have_a_size_and_a_type() {
    let shop = shop().await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let large = shop.raw(&path, " ".repeat(256 * 1024 + 1)).await;
    assert_eq!(
        (large.refusal(), &large.body["max"]),
        ((413, "body_too_large"), &json!(262_144))
    );
    let pieces = (0..5).map(|_| Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b' '; 65_536])));
    let stream = Body::from_stream(tokio_stream::iter(pieces));
    assert_eq!(shop.raw(&path, stream).await.refusal(), (413, "body_too_large"));
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin-1",
        "",
    ] {
        let request = shop
            .request(Method::POST, &path)
            .header("idempotency-key", id().to_string());
        let request = if kind.is_empty() {
            request
        } else {
            request.header("content-type", kind)
        };
        let told = shop.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!(told.refusal(), (415, "unsupported_media_type"), "{kind}");
    }
    let request = shop
        .request(Method::POST, &path)
        .header("idempotency-key", id().to_string());
    let request = request.header("content-type", "application/json; charset=UTF-8");
    let body = json!({ "store": shop.store() }).to_string();
    assert_eq!(shop.send(request.body(Body::from(body)).unwrap()).await.status, 201);
}

#[tokio::test]
async fn an_id_that_is_none_or_not_there_is_not_found() {
    let shop = shop().await;
    let other = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    let absent = domain::ids::CardId(id()).to_string();
    let theirs = other.card(0).await;
    let body = json!({ "store": shop.store() });
    for bad in [
        &*absent,
        &theirs,
        "card_x",
        "prg_01kan2x8fye4ttq8z0n9ms3v4c",
        "%00",
        "%ff",
        "1'--",
    ] {
        assert_eq!(
            shop.post(&format!("/cards/{bad}/stamps"), &body).await.refusal(),
            (404, "not_found"),
            "{bad}"
        );
        assert_eq!(
            shop.get(&format!("/cards/{bad}")).await.refusal(),
            (404, "not_found"),
            "{bad}"
        );
        assert_eq!(
            shop.get(&format!("/cards/{bad}/events")).await.refusal(),
            (404, "not_found"),
            "{bad}"
        );
    }
    let path = format!("/cards/{card}/stamps");
    for bad in [&*other.store(), "sto_x", "x"] {
        assert_eq!(
            shop.post(&path, &json!({ "store": bad })).await.refusal(),
            (404, "not_found"),
            "{bad}"
        );
    }
    let staff = json!({ "store": shop.store(), "staff": domain::ids::StaffId(id()).to_string() });
    assert_eq!(shop.post(&path, &staff).await.refusal(), (404, "not_found"));
    assert_eq!(shop.get("/nothing").await.refusal(), (404, "not_found"));
}

#[tokio::test]
async fn methods_types_and_languages_are_negotiated() {
    let shop = shop().await;
    let told = shop
        .send(shop.request(Method::PUT, "/programs").body(Body::empty()).unwrap())
        .await;
    assert_eq!(
        (told.refusal(), told.header("allow")),
        ((405, "method_not_allowed"), "GET,HEAD")
    );
    let request = shop.request(Method::GET, "/programs").header("accept", "text/html");
    assert_eq!(
        shop.send(request.body(Body::empty()).unwrap()).await.refusal(),
        (406, "not_acceptable")
    );
    let request = shop
        .request(Method::GET, "/programs")
        .header("accept", "text/html, application/*;q=0.5");
    assert_eq!(shop.send(request.body(Body::empty()).unwrap()).await.status, 200);
    let request = shop
        .request(Method::GET, "/nothing")
        .header("accept-language", "lb, fr;q=0.5");
    let told = shop.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(told.body["detail"], "Hei ass näischt.");
    let told = shop.get("/nothing?lang=de").await;
    assert_eq!(told.body["detail"], "Hier ist nichts.");
    assert_eq!(shop.get("/programs?lnag=de").await.refusal(), (422, "unknown_field"));
}

#[tokio::test]
async fn every_answer_carries_guards_and_an_id() {
    let shop = shop().await;
    let mut ids = std::collections::HashSet::new();
    for path in ["/programs", "/nothing", "/openapi.json"] {
        let told = shop.get(path).await;
        assert_eq!(told.header("x-content-type-options"), "nosniff");
        assert!(told.header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(told.header("cache-control"), "no-store");
        assert!(ids.insert(told.header("x-request-id").to_owned()), "an id came twice");
    }
    let request = shop.request(Method::GET, "/nothing").header("x-request-id", "till-7_a");
    let told = shop.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (told.header("x-request-id"), &told.body["request_id"]),
        ("till-7_a", &json!("till-7_a"))
    );
    let request = shop.request(Method::GET, "/nothing").header("x-request-id", "a b");
    assert_ne!(
        shop.send(request.body(Body::empty()).unwrap())
            .await
            .header("x-request-id"),
        "a b"
    );
}
