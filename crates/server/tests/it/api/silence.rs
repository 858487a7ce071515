//! Nothing of a person and nothing secret is logged, at the most talkative level (docs/logging.md).

use crate::support::books::{id, sqlite};
use crate::support::shop::Shop;
use http::Method;
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Kept;

    fn make_writer(&'a self) -> Kept {
        self.clone()
    }
}

#[tokio::test]
async fn nothing_of_a_person_and_nothing_secret_is_logged() {
    let kept = Kept::default();
    let logs = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(kept.clone())
        .finish();
    // For the whole process: the ledger and the database write from threads of their own.
    tracing::subscriber::set_global_default(logs).unwrap();
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let (contact, name, pin, note) = (
        "unmistakable@example.lu",
        "Unmistakabella",
        "77331199",
        "Unmistakable words",
    );
    let open =
        json!({ "program": "stamps", "contact": contact, "first_name": name, "staff": "Unmistakastaff", "pin": pin });
    let card = shop.post("/cards", &open).await.accepted();
    let path = format!("/cards/{}", card["id"].as_str().unwrap());
    assert_eq!(shop.post("/cards", &open).await.refusal(), (409, "already_enrolled"));
    shop.get("/cards?contact=unmistakable%40example.lu").await.accepted();
    shop.get(&format!("/cards?code={}", card["code"].as_str().unwrap()))
        .await
        .accepted();
    shop.post(&format!("{path}/stamps"), &json!({ "store": shop.store(), "pin": pin }))
        .await
        .accepted();
    let adjust = json!({ "unit": "stamp", "amount": 1, "reason": "other", "note": note });
    shop.write_as(
        &shop.terminal,
        Method::POST,
        &format!("{path}/adjustments"),
        &adjust,
        &id().to_string(),
    )
    .await;
    shop.raw(
        &format!("{path}/stamps"),
        format!("{{\"pin\": \"{pin}\", \"staff\": \"{name}\""),
    )
    .await;
    shop.raw("/cards", format!("{{\"{contact}\": 1}}")).await;

    let logged = String::from_utf8_lossy(&kept.0.lock().unwrap()).into_owned();
    assert!(
        logged.contains("a request ended") && logged.contains("/api/v1/cards/{card}/stamps"),
        "{logged}"
    );
    let link = card["link"].as_str().unwrap().rsplit('/').next().unwrap();
    let secrets = [
        contact,
        "unmistakable%40example.lu",
        name,
        pin,
        note,
        "Unmistakastaff",
        &shop.key,
        &shop.terminal,
        link,
        card["code"].as_str().unwrap(),
        card["number"].as_str().unwrap(),
        "a key for tests only, long enough",
    ];
    for secret in secrets {
        assert!(!logged.contains(secret), "`{secret}` was logged");
    }
}
