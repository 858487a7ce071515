//! Finding cards and what is on offer.

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use serde_json::json;

#[tokio::test]
async fn a_card_is_found_by_what_is_written_on_it() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let body = json!({ "program": "points", "contact": "mina@example.lu" });
    let card = shop.post("/cards", &body).await.accepted();
    let number = card["number"].as_str().unwrap();
    let typed = format!("{}-{}%20{}", &number[..4], number[4..8].to_lowercase(), &number[8..]);
    let code = card["code"].as_str().unwrap();
    for query in [
        format!("number={typed}"),
        format!("code={code}"),
        "contact=MINA%40example.lu".to_owned(),
    ] {
        let found = shop.get(&format!("/cards?{query}")).await.accepted();
        assert_eq!(
            (&found["data"][0]["id"], &found["next_cursor"]),
            (&card["id"], &json!(null)),
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_finds_nothing_says_why() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let other = Shop::open(sqlite().await, |_| {}).await;
    let theirs = other.get(&format!("/cards/{}", other.card(0).await)).await.accepted();
    let (number, code) = (theirs["number"].as_str().unwrap(), theirs["code"].as_str().unwrap());
    for (query, refusal) in [
        (String::new(), (422, "required")),
        ("number=12".to_owned(), (422, "query_too_short")),
        ("number=%20%20".to_owned(), (422, "blank")),
        ("number=123456789012".to_owned(), (404, "card_not_found")),
        (format!("number={number}"), (404, "card_not_found")),
        (format!("code={code}"), (404, "card_not_found")),
        ("code=nothing".to_owned(), (404, "card_not_found")),
        ("contact=mina%40".to_owned(), (422, "invalid_email")),
        ("contact=%2B12".to_owned(), (422, "invalid_phone")),
        ("contact=nobody%40example.lu".to_owned(), (404, "card_not_found")),
        ("number=4KQ729FMX3AA&code=abc".to_owned(), (422, "conflicting_fields")),
        ("number=abc&number=abd".to_owned(), (422, "conflicting_fields")),
        ("number=a%00bc".to_owned(), (422, "invalid_characters")),
        ("name=Mina".to_owned(), (422, "unknown_field")),
    ] {
        assert_eq!(shop.get(&format!("/cards?{query}")).await.refusal(), refusal, "{query}");
    }
}

#[tokio::test]
async fn a_cursor_belongs_to_its_search() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    for contact in ["mina@example.lu", "jean@example.lu"] {
        for program in ["stamps", "points"] {
            let body = json!({ "program": program, "contact": contact });
            shop.post("/cards", &body).await.accepted();
        }
    }
    let page = |contact: &str, cursor: &str| format!("/cards?contact={contact}%40example.lu&limit=1{cursor}");
    let first = shop.get(&page("mina", "")).await.accepted();
    let cursor = format!("&cursor={}", first["next_cursor"].as_str().unwrap());
    let second = shop.get(&page("mina", &cursor)).await.accepted();
    assert_ne!(second["data"][0]["id"], first["data"][0]["id"]);
    let told = shop.get(&page("jean", &cursor)).await;
    assert_eq!(told.refusal(), (422, "invalid_pagination"));
}

#[tokio::test]
async fn programs_and_rewards_are_listed() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let programs = shop.get("/programs").await.accepted();
    let kinds: Vec<&str> = programs["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["stamps", "points", "hybrid"]);
    let first = &programs["data"][0];
    assert_eq!(
        (&first["stamp_target"], &first["points_rate"], &first["running"]),
        (&json!(10), &json!(null), &json!(true))
    );
    assert_eq!(
        shop.get(&format!("/programs/{}", first["id"].as_str().unwrap()))
            .await
            .accepted(),
        *first
    );
    assert_eq!(shop.get("/programs/prg_x").await.refusal(), (404, "not_found"));
    let rewards = shop.get("/rewards").await.accepted();
    assert_eq!(rewards["data"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&rewards["data"][0]["cost"], &rewards["data"][0]["completes_card"]),
        (&json!(10), &json!(true))
    );
}
