//! The examples of the README are run as they stand there, against a real server.

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

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_readme_work_as_they_stand() {
    let mut installation = Installation::fill(None);
    Box::pin(installation.start()).await;
    let run = |example: &String| {
        let mut shell = Command::new("sh");
        let run = shell.args(["-euc", example]).current_dir(installation.folder());
        let run = run.output().unwrap();
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
        serde_json::from_str::<Value>(&said).unwrap()
    };
    let [stamp, history] = &examples()[..] else {
        panic!("two examples are expected");
    };
    let stamped = run(stamp);
    assert_eq!(stamped["type"], "stamped", "{stamped}");
    assert_eq!(run(stamp), stamped, "the same key, the same answer");
    assert_eq!(run(history)["data"][0]["id"], stamped["event"]);
}
