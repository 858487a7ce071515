//! The examples of the README are run as they stand there, against a real server.

use crate::support::process::Installation;
use serde_json::Value;
use std::process::Command;

/// The blocks of shell in the README that talk to a server.
fn examples() -> Vec<String> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    let blocks = readme
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    blocks
        .filter(|block| block.contains("curl "))
        .map(str::to_owned)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_readme_work_as_they_stand() {
    let mut installation = Installation::fill(None);
    Box::pin(installation.start()).await;
    let merchants = installation.credentials["merchants"].as_array().unwrap().clone();
    // The shop whose coffee card has no cooldown, so that any of its cards takes a stamp now.
    let shop = merchants
        .iter()
        .find(|merchant| merchant["slug"] == "marigold")
        .unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let examples = examples();
    assert_eq!(examples.len(), 2);
    for example in examples {
        let mut done = None;
        for card in shop["cards"].as_array().unwrap() {
            let run = Command::new("sh")
                .args(["-c", &example])
                .env("TREI", &installation.base)
                .env("KEY", text(&shop["api_key"]))
                .env("STORE", text(&shop["stores"][0]["id"]))
                .env("CARD", text(&card["id"]))
                .output()
                .unwrap();
            let said: Value = serde_json::from_slice(&run.stdout).unwrap();
            // Some of its cards belong to the points program and are told so.
            if run.status.success() {
                done = Some(said);
                break;
            }
            assert_eq!(said["code"], "wrong_program_kind", "{said}");
        }
        let said = done.unwrap();
        assert!(said["type"] == "stamped" || said["data"].is_array(), "{said}");
    }
}
