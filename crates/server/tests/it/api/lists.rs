//! Lists: every one is paged in the same way.

use crate::support::books::sqlite;
use crate::support::shop::Shop;
use serde_json::Value;

/// What no list takes.
const BAD: [&str; 13] = [
    "limit=0",
    "limit=101",
    "limit=x",
    "limit=-1",
    "limit=%2B5",
    "limit=",
    "limit=1.0",
    "limit=2&limit=2",
    "limit=99999999999999999999",
    "cursor=x",
    "cursor=",
    "sort=x",
    "sort=",
];

#[tokio::test]
async fn no_list_takes_a_page_that_cannot_be() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    let number = shop.get(&format!("/cards/{card}")).await.accepted()["number"].clone();
    let cards = format!("/cards?number={}", number.as_str().unwrap());
    for list in ["/programs", "/rewards", &cards, &format!("/cards/{card}/events")] {
        let joint = if list.contains('?') { '&' } else { '?' };
        for bad in BAD {
            let told = shop.get(&format!("{list}{joint}{bad}")).await;
            let name = bad.split('=').next().unwrap();
            let pointer = told.body["errors"][0]["pointer"].clone();
            assert_eq!(
                (told.refusal(), pointer),
                ((422, "invalid_pagination"), Value::from(name)),
                "{list} {bad}"
            );
        }
        let other = shop.get(&format!("{list}{joint}colour=red")).await;
        assert_eq!(other.refusal(), (422, "unknown_field"), "{list}");
        assert_eq!(shop.get(&format!("{list}{joint}limit=1")).await.status, 200, "{list}");
    }
    // What is no list has no order either, and says so as of any name.
    assert_eq!(
        shop.get(&format!("/cards/{card}?sort=x")).await.refusal(),
        (422, "unknown_field")
    );
}

#[tokio::test]
async fn programs_and_rewards_are_paged_too() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    for (list, count) in [("/programs", 3), ("/rewards", 2)] {
        let whole = shop.get(list).await.accepted();
        assert_eq!(
            (whole["data"].as_array().unwrap().len(), &whole["next_cursor"]),
            (count, &Value::Null)
        );
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        for _ in 0..count {
            let page = shop.get(&format!("{list}?limit=1{cursor}")).await.accepted();
            seen.extend(page["data"].as_array().unwrap().clone());
            cursor = page["next_cursor"]
                .as_str()
                .map_or(String::new(), |next| format!("&cursor={next}"));
        }
        assert_eq!(
            (Value::from(seen), cursor.as_str()),
            (whole["data"].clone(), ""),
            "{list}"
        );
    }
    let theirs = shop.get("/programs?limit=1").await.accepted();
    let forged = format!("/rewards?cursor={}", theirs["next_cursor"].as_str().unwrap());
    assert_eq!(shop.get(&forged).await.refusal(), (422, "invalid_pagination"));
}

#[tokio::test]
async fn a_history_is_paged_and_its_cursors_cannot_be_forged() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let (card, other) = (shop.card(0).await, shop.card(0).await);
    for _ in 0..4 {
        shop.stamp(&card).await;
        shop.stamp(&other).await;
    }
    let path = format!("/cards/{card}/events");
    let theirs = shop.get(&format!("/cards/{other}/events?limit=2")).await.accepted();
    let forged = format!("{path}?cursor={}", theirs["next_cursor"].as_str().unwrap());
    assert_eq!(shop.get(&forged).await.refusal(), (422, "invalid_pagination"));
    let (mut seen, mut next) = (Vec::new(), format!("{path}?limit=2"));
    loop {
        let page = shop.get(&next).await.accepted();
        seen.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|event| event["id"].as_str().unwrap().to_owned()),
        );
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        next = format!("{path}?limit=2&cursor={cursor}");
    }
    let part = card.strip_prefix("card_").unwrap();
    let expected: Vec<String> = (1..=5).rev().map(|sequence| format!("evt_{part}_{sequence}")).collect();
    assert_eq!(seen, expected);
}
