//! The examples of the README and of docs/api.md are run as they stand there, against a real server.

use crate::support::process::Installation;
use serde_json::Value;
use std::process::Command;

/// The blocks of shell in the README that talk to a server, each with the lines that prepare them.
fn examples() -> Vec<String> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    let (_, marked) = readme.split_once("The test `readme` runs these blocks").unwrap();
    let mut blocks = marked
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let preparing = blocks.next().unwrap();
    blocks
        .filter(|block| block.contains("curl "))
        .map(|block| format!("{preparing}{block}"))
        .collect()
}

/// Runs an example in the folder of the installation; what it prints is JSON.
fn run(installation: &Installation, example: &str) -> Value {
    let mut shell = Command::new("sh");
    let run = shell.args(["-euc", example]).current_dir(installation.folder());
    let run = run.output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(
        run.status.success(),
        "{example}{said}{}",
        String::from_utf8_lossy(&run.stderr)
    );
    serde_json::from_str(&said).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_readme_work_as_they_stand() {
    let mut installation = Installation::fill(None);
    Box::pin(installation.start()).await;
    let run = |example: &String| run(&installation, example);
    let [stamp, history] = &examples()[..] else {
        panic!("two examples are expected");
    };
    let stamped = run(stamp);
    assert_eq!(stamped["type"], "stamped", "{stamped}");
    assert_eq!(run(stamp), stamped, "the same key, the same answer");
    assert_eq!(run(history)["data"][0]["id"], stamped["event"]);
}

/// The calls of docs/api.md, in their order.
fn calls() -> Vec<String> {
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api.md")).unwrap();
    let block = manual.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
    let calls = block.unwrap().split("\ncurl ").skip(1);
    let calls = calls.map(|call| call.split("\n#").next().unwrap().trim());
    calls.map(|call| format!("curl {call}\n")).collect()
}

/// What a reader puts in the place of what ends in `…`, and of the example of a number.
struct Filling {
    program: String,
    reward: String,
    card: String,
    number: String,
    event: String,
}

impl Filling {
    fn of(&self, call: &str) -> String {
        call.replace("prg_…", &self.program)
            .replace("rew_…", &self.reward)
            .replace("evt_…_4", &self.event)
            .replace("4KQ7-29FM-X3AY", &self.number)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calls_of_the_manual_work_one_after_the_other() {
    let mut installation = Installation::fill(None);
    Box::pin(installation.start()).await;
    let credentials = installation.credentials.clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let merchants = credentials["merchants"].as_array().unwrap().iter();
    let mut programs = merchants.flat_map(|one| {
        one["programs"]
            .as_array()
            .unwrap()
            .iter()
            .map(move |program| (one, program))
    });
    let both = programs.find(|(_, program)| program["kind"] == "hybrid").unwrap();
    let (merchant, program) = (both.0, text(&both.1["id"]));
    let mut rewards = merchant["rewards"].as_array().unwrap().iter();
    let reward = rewards.find(|reward| reward["program"] == *program).unwrap();
    let mut filling = Filling {
        program,
        reward: text(&reward["id"]),
        card: String::new(),
        number: String::new(),
        event: String::new(),
    };
    let (base, key, store) = (
        &installation.base,
        text(&merchant["api_key"]),
        text(&merchant["stores"][0]["id"]),
    );
    let known = |card: &str| {
        format!(
            "command -v uuidgen >/dev/null || uuidgen() {{ cat /proc/sys/kernel/random/uuid; }}\n\
             TREI='{base}' KEY='{key}' STORE='{store}' CARD='{card}'\n"
        )
    };
    let gift = format!(
        "curl -s \"$TREI/api/v1/cards/$CARD/adjustments\" -H \"Authorization: Bearer $KEY\" -H 'Idempotency-Key: gift' \
         -H 'Content-Type: application/json' -d '{{\"unit\": {}, \"amount\": {}, \"reason\": \"goodwill\"}}'",
        reward["unit"], reward["cost"],
    );
    let mut types = Vec::new();
    for call in calls() {
        let told = run(&installation, &(known(&filling.card) + &filling.of(&call)));
        assert!(told["status"].is_null() || told["status"].is_string(), "{call}{told}");
        if told["link"].is_string() {
            (filling.card, filling.number) = (text(&told["id"]), text(&told["number"]));
            let given = run(&installation, &(known(&filling.card) + &gift));
            assert_eq!(given["type"], "adjusted", "{given}");
        }
        if told["type"] == "stamped" {
            filling.event = text(&told["event"]);
        }
        types.extend(told["type"].as_str().map(str::to_owned));
    }
    assert_eq!(types, ["stamped", "earned", "earned", "redeemed", "voided", "returned"]);
}
