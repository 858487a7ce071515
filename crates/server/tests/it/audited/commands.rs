//! Commands that somebody types on the machine: each is typed once, on an installation with a demonstration, and leaves in the
//! log of who managed what, and in the tables, just what the list says.

use super::LEDGER;
use super::list::{Case, Leaves, cases};
use crate::support::process::Installation;
use crate::support::rows::Look;
use db::{Db, Options, Source};
use serde_json::Value;
use server::audit_log::Action;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Rows of a log that are read: more than there are.
const ROWS: &str = "100000";

/// The program, on the installation of a folder.
fn trei(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trei"));
    command
        .env_remove("LOYALTY_DATABASE_URL")
        .env("LOYALTY_DATA_DIR", folder)
        .env("LOYALTY_LISTEN", "127.0.0.1:0")
        .args(arguments);
    command
}

/// Runs it with a line on its standard input.
fn typed(folder: &Path, arguments: &[&str], line: &str) -> Output {
    let mut command = trei(folder, arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    let mut input = running.stdin.take().unwrap();
    // Most of them do not read it, and may have ended.
    let _ = writeln!(input, "{line}");
    drop(input);
    running.wait_with_output().unwrap()
}

/// The codes of the installation's log and of a merchant's, oldest first.
fn logs(folder: &Path, slug: &str) -> Vec<Vec<String>> {
    let mut logs = Vec::new();
    for of in [&[][..], &["--merchant", slug]] {
        let output = typed(folder, &[&["log", "--limit", ROWS], of].concat(), "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rows = String::from_utf8(output.stdout).unwrap();
        let codes = rows.lines().map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            row["action"].as_str().unwrap().to_owned()
        });
        let mut codes: Vec<String> = codes.collect();
        codes.reverse();
        logs.push(codes);
    }
    logs
}

/// What stands after a word in what a command said.
fn told(said: &str, word: &str) -> String {
    let line = said.lines().find_map(|line| line.strip_prefix(word));
    line.unwrap_or_else(|| panic!("no {word} in {said}")).trim().to_owned()
}

/// What was made before, by what the command says of it.
#[derive(Default)]
struct Made {
    key: String,
    terminal: String,
    staff: String,
}

impl Made {
    fn note(&mut self, name: &str, said: &str) {
        match name {
            "trei key create" => self.key = told(said, "Key"),
            "trei terminal code" => self.terminal = told(said, "Terminal"),
            "trei staff add" => self.staff = told(said, "Staff"),
            _ => {}
        }
    }

    /// What is typed after a command, and on its standard input.
    fn arguments<'a>(&'a self, name: &str, known: &'a Known) -> (Vec<&'a str>, &'a str) {
        let (slug, of) = (&*known.slug, "--merchant");
        let new = "comes@marked.example";
        match name {
            "trei audit" | "trei operator list" => (vec![], ""),
            "trei log" | "trei key list" | "trei staff list" | "trei terminal list" | "trei user list" => {
                (vec![of, slug], "")
            }
            "trei key create" => (vec![of, slug, "--name", "Shop", "--scopes", "earn"], ""),
            "trei key revoke" => (vec![of, slug, &self.key], ""),
            "trei operator create" => (vec!["--email", new], ""),
            "trei operator disable" => (vec!["--email", &known.operator], ""),
            "trei staff add" => (vec![of, slug, "--name", "Zoe"], "7391"),
            "trei staff pin" => (vec![of, slug, &self.staff], "5937"),
            "trei staff leave" | "trei staff unlock" => (vec![of, slug, &self.staff], ""),
            "trei terminal code" => (vec![of, slug, "--store", &known.store, "--name", "Door"], ""),
            "trei terminal revoke" => (vec![of, slug, &self.terminal], ""),
            "trei user create" => (vec![of, slug, "--email", new, "--role", "viewer"], ""),
            "trei user disable" => (vec![of, slug, "--email", &known.user], ""),
            _ => panic!("nobody says what is typed after {name}"),
        }
    }
}

/// What the demonstration has.
struct Known {
    slug: String,
    store: String,
    operator: String,
    user: String,
}

impl Known {
    fn of(credentials: &Value) -> Self {
        let text = |pointer: &str| {
            let found = credentials.pointer(pointer).and_then(Value::as_str);
            found.unwrap_or_else(|| panic!("no {pointer}")).to_owned()
        };
        Self {
            slug: text("/merchants/0/slug"),
            store: text("/merchants/0/stores/0/code"),
            operator: text("/operator/email"),
            user: text("/merchants/0/users/0/email"),
        }
    }
}

/// The commands that are tried, those that end something last.
fn tried() -> Vec<Case> {
    let others = ["trei demo", "trei serve"];
    let is_tried =
        |case: &Case| case.name.starts_with("trei ") && case.why_not.is_none() && !others.contains(&&*case.name);
    let mut tried: Vec<Case> = cases().into_iter().filter(is_tried).collect();
    let ends = ["revoke", "leave", "disable"];
    tried.sort_by_key(|case| ends.iter().any(|end| case.name.ends_with(end)));
    tried
}

fn codes(case: &Case) -> Vec<&'static str> {
    case.notes().iter().copied().map(Action::code).collect()
}

/// What a command changed and noted is what it says.
fn check(case: &Case, changed: &[String], noted: &[String]) {
    let name = &case.name;
    assert_eq!(noted, codes(case), "{name}");
    match case.leaves {
        // Tries of a PIN, which an unlocking ends, are in no look.
        Leaves::Noted(_) if name == "trei staff unlock" => {}
        Leaves::Noted(_) => assert!(!changed.is_empty(), "{name} noted {noted:?} and changed nothing"),
        Leaves::Nothing => assert!(changed.is_empty(), "{name} changed {changed:?}"),
        _ => panic!("{name}: a command manages or looks"),
    }
    let mut ledgers = changed.iter().filter(|table| LEDGER.contains(&table.as_str()));
    assert_eq!(ledgers.next(), None, "{name} changed the ledger");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_command_leaves_what_it_says() {
    let installation = Installation::fill(None);
    let folder = installation.folder().join("data");
    check_filled(&installation, &folder);
    let known = Known::of(&installation.credentials);
    let options = Options::new(Source::Sqlite(folder.join("trei.db")));
    let db = Db::open(&options).await.unwrap();
    let (look, mut made) = (Look::at_all(&db).await, Made::default());
    let (mut before, mut logs_before) = (look.now().await, logs(&folder, &known.slug));
    for case in tried() {
        let name = &case.name;
        let words: Vec<&str> = name.split(' ').skip(1).collect();
        let (arguments, line) = made.arguments(name, &known);
        let output = typed(&folder, &[words, arguments].concat(), line);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complained = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{name}: {said} {complained}");
        made.note(name, &said);
        let (now, logs_now) = (look.now().await, logs(&folder, &known.slug));
        let pairs = logs_before.iter().zip(&logs_now);
        let noted: Vec<String> = pairs.flat_map(|(before, now)| now[before.len()..].to_vec()).collect();
        check(&case, &before.changed(&now), &noted);
        (before, logs_before) = (now, logs_now);
    }
    db.close().await;
    let (balances, told) = installation.audit();
    assert!(balances, "{told}");
}

/// What a demonstration is filled with has a trace, and nothing more is noted.
fn check_filled(installation: &Installation, folder: &Path) {
    let case = cases().into_iter().find(|case| case.name == "trei demo").unwrap();
    for merchant in installation.credentials["merchants"].as_array().unwrap() {
        let people = merchant["users"].as_array().unwrap().len();
        let logs = logs(folder, merchant["slug"].as_str().unwrap());
        assert_eq!(logs[0], codes(&case), "the operator");
        assert_eq!(logs[1], codes(&case).repeat(people), "the users");
    }
}

/// Where nobody runs the installation yet, starting it invites somebody.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_start_leaves_what_it_says() {
    let case = cases().into_iter().find(|case| case.name == "trei serve").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut command = trei(folder.path(), &["serve"]);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap()).lines();
    let invites = said.any(|line| line.unwrap().contains("/welcome/"));
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(invites, "nobody was invited");
    let output = typed(folder.path(), &["log"], "");
    let rows = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let noted: Vec<&str> = rows.iter().filter_map(|row| row["action"].as_str()).collect();
    assert_eq!(noted, codes(&case));
}
