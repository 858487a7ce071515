//! Calls made of the document and of ill will: whatever is sent, the answer is one that the document names, and nothing
//! breaks. The values are chosen by a small generator with a printed seed.

use crate::support::books::{id, sqlite};
use crate::support::shop::Shop;
use axum::body::Body;
use http::Method;
use serde_json::{Map, Value, json};

const ROUNDS: usize = 60;

/// A small generator (splitmix64): the same seed gives the same calls.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ (mixed >> 27)) >> 33) as usize % sides
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

fn hostile(dice: &mut Dice, sound: &[Value]) -> Value {
    let wild = [
        json!(null),
        json!(0),
        json!(-1),
        json!(1),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(9_007_199_254_740_993_i64),
        json!(1.5),
        json!(""),
        json!("' or 1=1 --"),
        json!("\u{202e}\u{0}"),
        json!("x".repeat(5000)),
        json!("é".repeat(90)),
        json!(true),
        json!([]),
        json!({}),
        json!([[[[[]]]]]),
        json!([{ "amount_minor": i64::MAX }, { "amount_minor": i64::MAX, "tax_minor": i64::MIN }]),
        json!([{ "amount_minor": 999_999_999_999_i64, "kind": "tip" }]),
    ];
    if dice.roll(4) == 0 {
        dice.pick(&wild).clone()
    } else {
        dice.pick(sound).clone()
    }
}

/// Values that may fit somewhere: ids of this shop, words of the lists, amounts.
async fn sound(shop: &Shop, cards: &[String]) -> Vec<Value> {
    let mut values: Vec<Value> = cards.iter().map(|card| json!(card)).collect();
    for card in cards {
        let part = card.strip_prefix("card_").unwrap();
        values.extend((1..4).map(|sequence| json!(format!("evt_{part}_{sequence}"))));
    }
    values.extend(shop.books.programs.iter().map(|program| json!(program.to_string())));
    values.push(json!(shop.books.coffee.to_string()));
    values.push(json!(shop.books.voucher.to_string()));
    for word in [
        "stamp",
        "point",
        "EUR",
        "other",
        "lost",
        "mistake",
        "goodwill",
        "en",
        "A-1",
        "stamps",
        "+352621123456",
    ] {
        values.push(json!(word));
    }
    values.extend([
        json!(1),
        json!(5),
        json!(1000),
        json!(true),
        json!("2026-03-02T08:00:00Z"),
    ]);
    values.extend((0..6).map(|_| json!(shop.store())));
    values
}

/// What the document says of a thing, behind its reference.
fn resolved<'a>(about: &'a Value, document: &'a Value) -> &'a Value {
    let choices = about["oneOf"].as_array().into_iter().flatten();
    let mut references = choices.chain([about]).filter_map(|one| one["$ref"].as_str());
    let reference = references.next();
    reference
        .and_then(|reference| document.pointer(reference.trim_start_matches('#')))
        .unwrap_or(about)
}

/// A value as the document asks for it, most of the time.
fn value(dice: &mut Dice, name: &str, about: &Value, document: &Value, sound: &[Value]) -> Value {
    let schema = resolved(about, document);
    let kind = schema["type"]
        .as_str()
        .or_else(|| schema["type"][0].as_str())
        .unwrap_or_default();
    if dice.roll(12) == 0 {
        return hostile(dice, sound);
    }
    match (name, kind) {
        (_, _) if schema["enum"].is_array() => dice.pick(schema["enum"].as_array().unwrap()).clone(),
        ("store", _) => json!(sound.last()),
        ("currency", _) => json!("EUR"),
        ("program", _) => json!(dice.pick(&["stamps", "points", "hybrid"])),
        ("contact", _) => json!(format!("mina{}@example.lu", dice.roll(9))),
        ("occurred_at", _) => json!("2026-03-02T08:00:00Z"),
        ("order_ref" | "return_ref" | "staff" | "note", _) => json!(format!("A-{}", dice.roll(40))),
        (_, "integer") => json!(dice.pick(&[1, 2, 500, 1000, 100_000])),
        (_, "boolean") => json!(true),
        _ => hostile(dice, sound),
    }
}

fn body(dice: &mut Dice, schema: &Value, document: &Value, sound: &[Value]) -> Value {
    let mut body = Map::new();
    for (name, about) in schema["properties"].as_object().into_iter().flatten() {
        let required = schema["required"]
            .as_array()
            .is_some_and(|names| names.contains(&json!(name)));
        if !required && name != "store" && dice.roll(4) > 0 {
            continue;
        }
        body.insert(name.clone(), value(dice, name, about, document, sound));
    }
    if dice.roll(20) == 0 {
        body.insert("surprise".into(), json!(1));
    }
    Value::Object(body)
}

#[tokio::test]
async fn whatever_is_sent_the_answer_is_documented_and_nothing_breaks() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let document = server::api::openapi();
    let seed = 20_261_122;
    println!("seed {seed}");
    let mut dice = Dice(seed);
    let mut cards = Vec::new();
    for program in [0, 1, 2, 0, 1, 2] {
        cards.push(shop.card(program).await);
    }
    let sound = sound(&shop, &cards).await;
    let mut accepted = 0;
    for _ in 0..ROUNDS {
        // Cards get blocked and closed on the way; each round begins with three that are not.
        for program in 0..3 {
            cards[3 + program] = shop.card(program).await;
        }
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let address = path
                    .replace("{card}", dice.pick::<String>(&cards).as_str())
                    .replace("{program}", &shop.books.programs[0].to_string())
                    .replace("{event}", sound[cards.len()].as_str().unwrap());
                let address = if method == "get" && path == "/cards" {
                    format!("{address}?number={}", dice.pick(&cards))
                } else {
                    address
                };
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let content = &operation["requestBody"]["content"]["application/json"]["schema"];
                let sent = body(&mut dice, resolved(content, &document), &document, &sound);
                let request = shop
                    .request(method.clone(), &address)
                    .header("idempotency-key", id().to_string());
                let request = request.header("content-type", "application/json");
                let told = shop.send(request.body(Body::from(sent.to_string())).unwrap()).await;
                let status = told.status.as_u16();
                assert!(status < 500, "{method} {path} {sent}: {status} {}", told.body);
                let known = operation["responses"].get(status.to_string()).is_some();
                assert!(
                    known,
                    "{method} {path} {sent}: {status} {} is not documented",
                    told.body
                );
                accepted += usize::from(told.status.is_success() && method == Method::POST);
            }
        }
    }
    // A generator that is always refused would prove nothing.
    assert!(accepted > ROUNDS, "{accepted}");
    shop.books.audited().await;
}
