//! The life of a card: opened, shown, blocked, replaced, corrected, taken back, closed.

use crate::support::books::{all_of, id, sqlite};
use crate::support::shop::{Shop, Told};
use domain::number::CardNumber;
use http::Method;
use serde_json::{Value, json};

async fn shop() -> Shop {
    Shop::open(sqlite().await, |_| {}).await
}

#[tokio::test]
async fn a_card_is_opened_and_shown() {
    let shop = shop().await;
    let body = json!({
        "program": "stamps", "store": shop.store(), "contact": " Mina@Example.LU ", "first_name": "Mina", "locale": "fr",
        "terms_version": 1, "staff": "Somebody",
    });
    let told = shop.post("/cards", &body).await;
    assert_eq!(told.status, 201, "{}", told.body);
    let id = told.body["id"].as_str().unwrap().to_owned();
    assert_eq!(told.header("location"), format!("/api/v1/cards/{id}"));
    assert_eq!(told.body["status"], "active");
    assert_eq!(told.body["customer"], json!({ "first_name": "Mina", "locale": "fr" }));
    let shown = shop.get(&format!("/cards/{id}")).await.accepted();
    for name in [
        "id",
        "number",
        "link",
        "code",
        "program",
        "status",
        "version",
        "balance",
        "enrolled_at",
    ] {
        assert_eq!(shown[name], told.body[name], "{name}");
    }
    assert_eq!((&shown["stamp_target"], &shown["tier"]), (&json!(10), &Value::Null));
    assert_eq!(shown["rewards"][0]["ready"], 0);
    assert!(
        shown["link"].as_str().unwrap().starts_with("http://127.0.0.1:8080/c/"),
        "{shown}"
    );
    let anonymous = shop.get(&format!("/cards/{}", shop.card(0).await)).await.accepted();
    assert_eq!(
        (&anonymous["status"], &anonymous["customer"]),
        (&json!("unclaimed"), &Value::Null)
    );
}

#[tokio::test]
async fn a_till_says_which_terms_were_accepted_and_a_key_may() {
    let shop = shop().await;
    let body = |version: Value| json!({ "program": "stamps", "terms_version": version });
    for (version, code) in [(Value::Null, "terms_not_accepted"), (json!(2), "terms_outdated")] {
        let told = shop.at_till("/cards", &body(version)).await;
        assert_eq!(told.refusal(), (422, code));
        assert_eq!(told.body["errors"][0]["pointer"], "/terms_version");
    }
    assert_eq!(
        shop.post("/cards", &body(json!(0))).await.refusal(),
        (422, "terms_outdated")
    );
    shop.post("/cards", &body(Value::Null)).await.accepted();
    assert!(shop.books.agreed().await.is_empty());
    shop.at_till("/cards", &body(json!(1))).await.accepted();
    shop.post("/cards", &body(json!(1))).await.accepted();
    assert_eq!(shop.books.agreed().await, vec![("terms".to_owned(), 1, 0); 2]);
}

#[tokio::test]
async fn a_person_has_one_card_of_a_program() {
    let shop = shop().await;
    let body = |program: &str, contact: &str| json!({ "program": program, "contact": contact });
    let first = shop.post("/cards", &body("stamps", "621 123 456")).await.accepted();
    let again = shop.post("/cards", &body("stamps", "+352 621-123-456")).await;
    assert_eq!(
        (again.refusal(), &again.body["card_id"]),
        ((409, "already_enrolled"), &first["id"])
    );
    assert_eq!(
        shop.post("/cards", &body("points", "+352 621 123 456")).await.status,
        201
    );
    let found = shop.get("/cards?contact=%2B352621123456").await.accepted();
    assert_eq!(found["data"].as_array().unwrap().len(), 2);
    assert_eq!(found["data"][0]["customer"]["id"], found["data"][1]["customer"]["id"]);
}

#[tokio::test]
async fn what_opens_no_card_is_refused() {
    let shop = shop().await;
    let with = |name: &str, value: Value| {
        let mut body = json!({ "program": "stamps" });
        body[name] = value;
        body
    };
    for (body, refusal) in [
        (json!({}), (422, "required")),
        (with("program", json!("nothing")), (404, "not_found")),
        (with("contact", json!("mina@")), (422, "invalid_email")),
        (with("contact", json!("12")), (422, "invalid_phone")),
        (with("locale", json!("lu")), (422, "invalid_locale")),
        (with("number", json!("4KQ7 29FM X3A0")), (422, "card_number_invalid")),
        (with("terms_version", json!("1")), (422, "invalid_type")),
    ] {
        assert_eq!(shop.post("/cards", &body).await.refusal(), refusal, "{body}");
    }
    let all = json!({
        "program": "nothing", "number": "4KQ7 29FM X3A0", "contact": "mina@", "locale": "lu", "more": 1,
    });
    let told = shop.post("/cards", &all).await;
    let mut codes: Vec<&str> = Vec::new();
    codes.extend(
        told.body["errors"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|error| error["code"].as_str()),
    );
    assert_eq!(
        codes,
        [
            "invalid_locale",
            "card_number_invalid",
            "unknown_field",
            "invalid_email"
        ]
    );
    let number = CardNumber::from_bits(7).grouped().to_lowercase();
    let told = shop.post("/cards", &with("number", json!(number))).await.accepted();
    assert_eq!(told["number"], CardNumber::from_bits(7).as_str());
    assert_eq!(
        shop.post("/cards", &with("number", json!(number))).await.refusal(),
        (409, "card_number_taken")
    );
}

#[tokio::test]
async fn a_card_is_blocked_and_goes_on() {
    let shop = shop().await;
    let card = shop.card(0).await;
    let (blocks, stamps) = (format!("/cards/{card}/blocks"), format!("/cards/{card}/stamps"));
    assert_eq!(shop.post(&blocks, &json!({})).await.refusal(), (422, "required"));
    assert_eq!(
        shop.post(&blocks, &json!({ "reason": "bored" })).await.refusal(),
        (422, "unknown_reason")
    );
    let told = shop
        .post(&blocks, &json!({ "reason": "lost", "note": "On the train.\nLine 5." }))
        .await;
    assert_eq!((told.status.as_u16(), &told.body["type"]), (201, &json!("blocked")));
    assert_eq!(
        shop.post(&blocks, &json!({ "reason": "lost" })).await.refusal(),
        (409, "invalid_state")
    );
    assert_eq!(
        shop.post(&stamps, &json!({ "store": shop.store() })).await.refusal(),
        (409, "card_blocked")
    );
    let delete = |key: &'static str| {
        let request = shop.request(Method::DELETE, &blocks).header("idempotency-key", key);
        shop.send(request.body(axum::body::Body::empty()).unwrap())
    };
    let told = delete("one").await;
    assert_eq!((told.status.as_u16(), &told.body["type"]), (200, &json!("unblocked")));
    assert_eq!(delete("two").await.refusal(), (409, "invalid_state"));
    let note = shop.get(&format!("/cards/{card}/events")).await.accepted()["data"][1]["note"].clone();
    assert_eq!(note, "On the train.\nLine 5.");
}

#[tokio::test]
async fn a_replaced_card_keeps_its_value_and_loses_its_number_and_code() {
    let shop = shop().await;
    let card = shop.card(0).await;
    shop.stamp(&card).await;
    let before = shop.get(&format!("/cards/{card}")).await.accepted();
    let path = format!("/cards/{card}/replacements");
    let taken = shop.get(&format!("/cards/{}", shop.card(0).await)).await.accepted();
    let body = json!({ "reason": "lost", "number": taken["number"] });
    assert_eq!(shop.post(&path, &body).await.refusal(), (409, "card_number_taken"));
    let told = shop.keyed(&path, &json!({ "reason": "lost" }), "k").await;
    assert_eq!((told.status.as_u16(), &told.body["type"]), (201, &json!("replaced")));
    let again = shop.keyed(&path, &json!({ "reason": "lost" }), "k").await;
    assert_eq!(again.bytes, told.bytes);
    let after = shop.get(&format!("/cards/{card}")).await.accepted();
    assert_eq!(
        (&after["number"], &after["balance"]),
        (&told.body["number"], &before["balance"])
    );
    assert_ne!(
        after["link"], before["link"],
        "whoever found the telephone sees no more"
    );
    for name in ["number", "code"] {
        assert_ne!(after[name], before[name], "{name}");
        let old = shop
            .get(&format!("/cards?{name}={}", before[name].as_str().unwrap()))
            .await;
        assert_eq!(old.refusal(), (409, "credential_revoked"), "{name}");
        let new = shop
            .get(&format!("/cards?{name}={}", after[name].as_str().unwrap()))
            .await
            .accepted();
        assert_eq!(new["data"][0]["id"], card, "{name}");
    }
}

#[tokio::test]
async fn a_number_that_was_replaced_is_nobodys_again() {
    let shop = shop().await;
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/replacements");
    let first = shop.get(&format!("/cards/{card}")).await.accepted()["number"].clone();
    let again = json!({ "reason": "lost", "number": first });
    let refused = |told: Told| {
        assert_eq!(told.refusal(), (409, "card_number_taken"), "{}", told.body);
        assert_eq!(told.body["errors"][0]["pointer"], "/number");
    };
    refused(shop.post(&path, &again).await);
    shop.post(&path, &json!({ "reason": "lost" })).await.accepted();
    refused(shop.post(&path, &again).await);
    refused(
        shop.post("/cards", &json!({ "program": "stamps", "number": first }))
            .await,
    );
    shop.post(&path, &json!({ "reason": "lost" })).await.accepted();
    shop.books.audited().await;
}

#[tokio::test]
async fn every_number_a_card_had_says_that_it_was_replaced() {
    let shop = shop().await;
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/replacements");
    let first = shop.get(&format!("/cards/{card}")).await.accepted()["number"].clone();
    let body = json!({ "reason": "lost" });
    let told = all_of((0..12).map(|_| shop.post(&path, &body))).await;
    let mut numbers: Vec<Value> = told.into_iter().map(|told| told.accepted()["number"].clone()).collect();
    numbers.push(first);
    let current = shop.get(&format!("/cards/{card}")).await.accepted()["number"].clone();
    for number in numbers.iter().filter(|number| **number != current) {
        let found = shop.get(&format!("/cards?number={}", number.as_str().unwrap())).await;
        assert_eq!(found.refusal(), (409, "credential_revoked"), "{number}");
    }
}

#[tokio::test]
async fn a_closed_card_stays_closed() {
    let shop = shop().await;
    let card = shop.card(0).await;
    shop.stamp(&card).await;
    let path = format!("/cards/{card}/closures");
    assert_eq!(shop.post(&path, &json!({})).await.refusal(), (409, "balance_not_empty"));
    assert_eq!(
        shop.post(&path, &json!({ "confirm": "yes" })).await.refusal(),
        (422, "invalid_type")
    );
    let told = shop.post(&path, &json!({ "confirm": true })).await.accepted();
    assert_eq!(
        (&told["type"], &told["balance"]["stamps"]),
        (&json!("closed"), &json!(0))
    );
    let stamps = format!("/cards/{card}/stamps");
    assert_eq!(
        shop.post(&stamps, &json!({ "store": shop.store() })).await.refusal(),
        (409, "card_closed")
    );
    shop.books.audited().await;
}

#[tokio::test]
async fn adjustments_are_bounded() {
    let shop = shop().await;
    let path = format!("/cards/{}/adjustments", shop.card(0).await);
    let body = |amount: Value, reason: &str| json!({ "unit": "stamp", "amount": amount, "reason": reason });
    for (body, refusal) in [
        (body(json!(0), "goodwill"), (422, "zero_amount")),
        (body(json!(1), "mistake"), (422, "unknown_reason")),
        (body(json!(-1), "correction"), (409, "insufficient_balance")),
        (body(json!(1.5), "goodwill"), (422, "invalid_type")),
        (
            json!({ "unit": "coin", "amount": 1, "reason": "other" }),
            (422, "invalid_choice"),
        ),
        (
            json!({ "unit": "point", "amount": 1, "reason": "other" }),
            (409, "wrong_program_kind"),
        ),
    ] {
        assert_eq!(shop.post(&path, &body).await.refusal(), refusal, "{body}");
    }
    let told = shop.post(&path, &body(json!(3), "goodwill")).await.accepted();
    assert_eq!(
        told["moves"],
        json!([{ "unit": "stamp", "amount": 3, "kind": "adjust_credit", "rule": "adjustment" }])
    );
    let huge = shop
        .raw(
            &path,
            "{\"unit\":\"stamp\",\"amount\":99999999999999999999999,\"reason\":\"other\"}",
        )
        .await;
    assert_eq!(huge.status, 422, "{}", huge.body);
    // Over the limit of a till somebody must approve.
    let till = shop.at_till(&path, &body(json!(501), "goodwill")).await;
    assert_eq!((till.status.as_u16(), &till.body["status"]), (202, &json!("waiting")));
}

#[tokio::test]
async fn an_event_is_taken_back_once() {
    let shop = shop().await;
    let (card, other) = (shop.card(0).await, shop.card(0).await);
    let stamped = shop.stamp(&card).await;
    let foreign = shop.stamp(&other).await;
    let path = format!("/cards/{card}/voids");
    let body = |event: &Value, reason: &str| json!({ "event": event, "reason": reason });
    let part = card.strip_prefix("card_").unwrap();
    for (event, refusal) in [
        (foreign["event"].clone(), (404, "not_found")),
        (json!(format!("evt_{part}_99")), (404, "not_found")),
        (json!(format!("evt_{part}_0")), (404, "not_found")),
        (json!("evt_x"), (404, "not_found")),
        (json!(2), (422, "invalid_type")),
        (json!(format!("evt_{part}_1")), (409, "not_voidable")),
    ] {
        assert_eq!(
            shop.post(&path, &body(&event, "mistake")).await.refusal(),
            refusal,
            "{event}"
        );
    }
    assert_eq!(
        shop.post(&path, &json!({ "event": stamped["event"] })).await.refusal(),
        (422, "required")
    );
    assert_eq!(
        shop.post(&path, &body(&stamped["event"], "fraud")).await.refusal(),
        (422, "unknown_reason")
    );
    let told = shop
        .post(&path, &body(&stamped["event"], "wrong_card"))
        .await
        .accepted();
    assert_eq!(
        (&told["type"], &told["balance"]["stamps"]),
        (&json!("voided"), &json!(0))
    );
    assert_eq!(
        shop.post(&path, &body(&stamped["event"], "mistake")).await.refusal(),
        (409, "already_voided")
    );
    let event = shop
        .get(&format!("/cards/{card}/events/{}", told["event"].as_str().unwrap()))
        .await
        .accepted();
    assert_eq!(
        (&event["reverses"], &event["reason"]),
        (&stamped["event"], &json!("wrong_card"))
    );
    let absent = shop.get(&format!("/cards/{card}/events/evt_{part}_99")).await;
    assert_eq!(absent.refusal(), (404, "not_found"));
    assert_eq!(
        shop.get(&format!("/cards/{}/events/evt_{part}_1", domain::ids::CardId(id())))
            .await
            .refusal(),
        (404, "not_found")
    );
}
