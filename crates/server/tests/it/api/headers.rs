//! Headers that come twice, and addresses that nobody has.

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use axum::body::Body;
use http::Method;

#[tokio::test]
async fn a_header_that_must_come_once_comes_once() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let path = format!("/cards/{}/stamps", shop.card(0).await);
    let other = format!("Bearer {}", shop.terminal);
    for (method, path, name, value) in [
        (Method::GET, "/programs", "authorization", &*other),
        (
            Method::GET,
            "/programs",
            "authorization",
            &format!("Bearer {}", shop.key),
        ),
        (Method::POST, &*path, "authorization", &other),
        (Method::POST, &path, "content-type", "application/json"),
        (Method::POST, &path, "content-type", "text/plain"),
    ] {
        let mut request = shop.request(method.clone(), path);
        if method == Method::POST {
            request = request
                .header("idempotency-key", "k")
                .header("content-type", "application/json");
        }
        let request = request.header(name, value).body(Body::from("{}")).unwrap();
        let told = shop.send(request).await;
        assert_eq!(told.refusal(), (400, "invalid_header"), "{method} {name}: {value}");
        assert_eq!(told.body["name"], name);
    }
}

#[tokio::test]
async fn the_root_is_nothing_with_a_slash_and_without() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    for (method, path) in [
        (Method::GET, ""),
        (Method::GET, "/"),
        (Method::POST, "/"),
        (Method::GET, "//"),
        (Method::GET, "/programs/"),
    ] {
        let request = shop.request(method, path).body(Body::empty()).unwrap();
        let told = shop.send(request).await;
        assert_eq!(told.refusal(), (404, "not_found"), "{path:?}");
        assert_eq!(told.header("content-type"), "application/problem+json", "{path:?}");
    }
}
