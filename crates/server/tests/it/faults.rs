//! The real binary, killed without a word under load, on both engines, and twice at a time on one PostgreSQL: nothing
//! acknowledged is lost, nothing counts twice.

use crate::support::process::{Connection, Installation};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

const KEYS: usize = 2_500;
/// Each key is sent so often: 10,000 requests.
const TIMES: usize = 4;
const CONNECTIONS: usize = 32;

/// What was acknowledged, by key.
type Acknowledged = Arc<Mutex<HashMap<usize, Value>>>;

struct Shop {
    key: String,
    store: String,
    cards: Vec<String>,
}

impl Shop {
    /// The shop whose program collects points, with a few of its cards.
    async fn of(installation: &Installation) -> Self {
        let merchants = installation.credentials["merchants"].as_array().unwrap();
        let collects = |merchant: &&Value| {
            merchant["programs"]
                .as_array()
                .unwrap()
                .iter()
                .any(|program| program["kind"] == "points")
        };
        let merchant = merchants.iter().find(collects).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let key = text(&merchant["api_key"]);
        let mut connection = installation.connect().await.unwrap();
        let mut cards = Vec::new();
        for card in merchant["cards"].as_array().unwrap() {
            let id = text(&card["id"]);
            let path = format!("/api/v1/cards/{id}");
            let (status, body) = connection
                .send("GET", &path, &[("authorization", &format!("Bearer {key}"))], "")
                .await
                .unwrap();
            assert_eq!(status, 200, "{body}");
            let shown: Value = serde_json::from_str(&body).unwrap();
            let points = merchant["programs"]
                .as_array()
                .unwrap()
                .iter()
                .any(|program| program["kind"] == "points" && body.contains(program["id"].as_str().unwrap()));
            if points && shown["status"] != "blocked" && cards.len() < 3 {
                cards.push(id);
            }
        }
        assert!(!cards.is_empty());
        Self {
            key,
            store: text(&merchant["stores"][0]["id"]),
            cards,
        }
    }

    /// One earn of one point; the card follows from the key's number.
    async fn earn(&self, connection: &mut Connection, number: usize) -> std::io::Result<(u16, String)> {
        let path = format!("/api/v1/cards/{}/points", self.cards[number % self.cards.len()]);
        let body = json!({"amount_minor": 500, "currency": "EUR", "store": self.store}).to_string();
        let (bearer, key) = (format!("Bearer {}", self.key), format!("kill-{number}"));
        let headers = [
            ("authorization", bearer.as_str()),
            ("idempotency-key", &key),
            ("content-type", "application/json"),
        ];
        connection.send("POST", &path, &headers, &body).await
    }

    async fn versions(&self, installation: &Installation) -> Vec<i64> {
        let mut connection = installation.connect().await.unwrap();
        let bearer = format!("Bearer {}", self.key);
        let mut versions = Vec::new();
        for card in &self.cards {
            let path = format!("/api/v1/cards/{card}");
            let (_, body) = connection
                .send("GET", &path, &[("authorization", &bearer)], "")
                .await
                .unwrap();
            versions.push(
                serde_json::from_str::<Value>(&body).unwrap()["version"]
                    .as_i64()
                    .unwrap(),
            );
        }
        versions
    }
}

/// Sends every key so often, in an order where repeats are far apart and close together; stops when the server is gone.
async fn traffic(installation: &Installation, shop: &Arc<Shop>, acknowledged: &Acknowledged, sent: &Arc<AtomicUsize>) {
    let mut tasks = Vec::new();
    for lane in 0..CONNECTIONS {
        let Ok(mut connection) = installation.connect().await else {
            return;
        };
        let (shop, acknowledged, sent) = (shop.clone(), acknowledged.clone(), sent.clone());
        tasks.push(tokio::spawn(async move {
            for step in (lane..KEYS * TIMES).step_by(CONNECTIONS) {
                let number = if step % 2 == 0 { step % KEYS } else { (step * 7) % KEYS };
                let Ok((status, body)) = shop.earn(&mut connection, number).await else {
                    return;
                };
                sent.fetch_add(1, Ordering::SeqCst);
                assert!(matches!(status, 200 | 201), "{status} {body}");
                let receipt: Value = serde_json::from_str(&body).unwrap();
                let before = acknowledged.lock().unwrap().insert(number, receipt.clone());
                assert!(
                    before.is_none_or(|before| before == receipt),
                    "key {number} was answered in two ways"
                );
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

async fn nothing_is_lost_and_nothing_twice(mut installation: Installation) {
    installation.start().await;
    let shop = Arc::new(Shop::of(&installation).await);
    let before = shop.versions(&installation).await;
    let (acknowledged, sent) = (Acknowledged::default(), Arc::new(AtomicUsize::new(0)));
    for round in 1..=3usize {
        let reach = sent.load(Ordering::SeqCst) + KEYS * TIMES / 8;
        let watched = sent.clone();
        let enough = async move {
            while watched.load(Ordering::SeqCst) < reach {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::select! {
            () = traffic(&installation, &shop, &acknowledged, &sent) => {}
            () = enough => {}
        }
        installation.kill();
        assert!(
            acknowledged.lock().unwrap().len() > round,
            "the server answered before it was killed"
        );
        let (ok, said) = installation.audit();
        assert!(ok, "after kill {round}: {said}");
        installation.start().await;
    }
    // Every key again, to its end: what was acknowledged before a kill is told again, the rest happens once.
    traffic(&installation, &shop, &acknowledged, &sent).await;
    assert_eq!(
        acknowledged.lock().unwrap().len(),
        (0..KEYS * TIMES)
            .map(|step| if step % 2 == 0 { step % KEYS } else { (step * 7) % KEYS })
            .collect::<std::collections::HashSet<_>>()
            .len()
    );
    let after = shop.versions(&installation).await;
    let events: i64 = after.iter().zip(&before).map(|(after, before)| after - before).sum();
    assert_eq!(usize::try_from(events).unwrap(), acknowledged.lock().unwrap().len());
    assert_eq!(installation.stop(), Some(0));
    let (ok, said) = installation.audit();
    assert!(ok && said.starts_with("audit: ok"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_under_load_on_sqlite() {
    nothing_is_lost_and_nothing_twice(Installation::fill(None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_under_load_on_postgres() {
    nothing_is_lost_and_nothing_twice(Installation::fill(Some(db::temporary::Database::create().unwrap()))).await;
}

/// Keys that are sent to both processes at once.
const SHARED_KEYS: usize = 300;
/// How often a call is sent again that was told to come back.
const SENT_AGAIN_MAX: usize = 400;

/// Sends one key until it is answered for good.
async fn insist(shop: &Shop, connection: &mut Connection, number: usize) -> Value {
    for _ in 0..SENT_AGAIN_MAX {
        let (status, body) = shop.earn(connection, number).await.unwrap();
        let told: Value = serde_json::from_str(&body).unwrap();
        match (status, told["code"].as_str()) {
            (200 | 201, _) => return told,
            (409, Some("idempotency_in_progress")) | (503, Some("busy")) => {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
            _ => panic!("{status} {body}"),
        }
    }
    panic!("key {number} was never answered for good");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_on_one_postgres_count_each_key_once() {
    let mut installation = Installation::fill(Some(db::temporary::Database::create().unwrap()));
    installation.start().await;
    installation.start_second().await;
    let shop = Arc::new(Shop::of(&installation).await);
    let before = shop.versions(&installation).await;
    let mut tasks = Vec::new();
    for lane in 0..CONNECTIONS {
        // Two lanes side by side send the same keys in the same order, each to its own process.
        let mut connection = if lane % 2 == 0 {
            installation.connect().await.unwrap()
        } else {
            installation.connect_second().await.unwrap()
        };
        let shop = shop.clone();
        tasks.push(tokio::spawn(async move {
            let mut told = Vec::new();
            for number in (lane / 2..SHARED_KEYS).step_by(CONNECTIONS / 2) {
                told.push((number, insist(&shop, &mut connection, number).await));
            }
            told
        }));
    }
    let mut answers: HashMap<usize, Vec<Value>> = HashMap::new();
    for task in tasks {
        for (number, receipt) in task.await.unwrap() {
            answers.entry(number).or_default().push(receipt);
        }
    }
    assert_eq!(answers.len(), SHARED_KEYS);
    for (number, told) in &answers {
        assert!(told.len() == 2 && told[0] == told[1], "key {number}: {told:?}");
    }
    let after = shop.versions(&installation).await;
    let events: i64 = after.iter().zip(&before).map(|(after, before)| after - before).sum();
    assert_eq!(usize::try_from(events).unwrap(), SHARED_KEYS);
    installation.kill();
    let (ok, said) = installation.audit();
    assert!(ok && said.starts_with("audit: ok"), "{said}");
}
