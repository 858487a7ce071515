//! What whoever runs an installation relies on: exit codes, files that only their owner reads, a database that goes away
//! and comes back, a database that is gone for good, and lines of the log that can be found by the id of a request.

use crate::support::books::sqlite;
use crate::support::process::Installation;
use crate::support::shop::Shop;
use crate::support::site::Site;
use db::temporary::Database;
use serde_json::json;
use std::path::Path;
use std::process::{Command, Output};

fn trei(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trei"));
    command
        .env_remove("LOYALTY_DATABASE_URL")
        .env("LOYALTY_DATA_DIR", folder);
    command.envs(settings.iter().copied()).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_audit_of_what_is_not_there_makes_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mistyped = folder.path().join("daat");
    let output = trei(&mistyped, &[], &["audit"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(
        said(&output).contains("there is no installation in"),
        "{}",
        said(&output)
    );
    assert!(!mistyped.exists());
    let address = format!("sqlite:{}", folder.path().join("other.db").display());
    let output = trei(&mistyped, &[("LOYALTY_DATABASE_URL", &address)], &["audit", "--json"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn an_audit_of_an_empty_server_leaves_it_empty() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::create().unwrap();
    for _ in 0..2 {
        let output = trei(folder.path(), &[("LOYALTY_DATABASE_URL", database.url())], &["audit"]);
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(
            said(&output).contains("there is no installation in"),
            "{}",
            said(&output)
        );
    }
}

#[test]
fn a_setting_that_cannot_be_used_is_a_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    for (name, value) in [
        ("LOYALTY_LISTEN", "nonsense"),
        ("LOYALTY_SECRET_KEY", "short"),
        ("LOYALTY_DATABASE_URL", "mysql://localhost/trei"),
        ("LOYALTY_DATABASE_URL", "postgres://somebody:secret@[bad"),
        ("LOYALTY_PUBLIC_URL", "https://somebody:secret@loyalty.example"),
        ("LOYALTY_PUBLIC_URL", "https://loyalty.example/?from=here"),
        ("LOYALTY_PUBLIC_URL", "https://loyalty.example/#here"),
        ("LOYALTY_TRUSTED_PROXIES", "127.0.0.1, everybody"),
        ("LOYALTY_RATE_LIMITS", "lookup=often"),
        ("LOYALTY_LOG", "((("),
        ("LOYALTY_LOG_FORMAT", "xml"),
        ("LOYALTY_DEVELOPMENT", "yes"),
        ("LOYALTY_BATCH_MAX", "abc"),
        ("LOYALTY_BATCH_MAX", "0"),
    ] {
        // A port of the system's choice, so that only the setting is in the way.
        let settings = [("LOYALTY_LISTEN", "127.0.0.1:0"), (name, value)];
        let output = trei(folder.path(), &settings, &["serve"]);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", said(&output));
        assert!(said(&output).contains(name), "{}", said(&output));
        assert!(!said(&output).contains("secret@"), "{}", said(&output));
    }
    let not_text = std::os::unix::ffi::OsStrExt::from_bytes(b"\xff");
    let setting: [(&str, &std::ffi::OsStr); 1] = [("LOYALTY_DATA_DIR", not_text)];
    let mut command = Command::new(env!("CARGO_BIN_EXE_trei"));
    let output = command.envs(setting).arg("audit").output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    // Nothing was made on the way.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_key_that_cannot_be_used_is_told_by_the_place_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret.key"), "").unwrap();
    let output = trei(folder.path(), &[("LOYALTY_LISTEN", "127.0.0.1:0")], &["serve"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("secret.key"), "{}", said(&output));
    assert!(!folder.path().join("trei.db").exists());
}

#[test]
fn a_slip_in_the_name_of_a_setting_is_told_without_its_value() {
    let folder = tempfile::tempdir().unwrap();
    let slip = [
        ("LOYALTY_SMPT_URL", "smtp://me:secret@mail"),
        ("LOYALTY_LOG_FORMAT", "text"),
    ];
    let output = trei(folder.path(), &slip, &["audit"]);
    assert!(said(&output).contains("LOYALTY_SMPT_URL"), "{}", said(&output));
    assert!(!said(&output).contains("secret@"), "{}", said(&output));
}

#[test]
fn all_settings_are_named_where_people_look() {
    let help = Command::new(env!("CARGO_BIN_EXE_trei")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let readme = include_str!("../../../../README.md");
    for name in server::config::NAMES {
        assert!(help.contains(name) && readme.contains(&format!("`{name}`")), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audit_whose_reader_has_left_ends_quietly() {
    let installation = Installation::fill(None);
    let settings = format!("LOYALTY_DATA_DIR={}", installation.folder().join("data").display());
    let script = format!("{settings} \"$0\" audit --json | true; echo ${{PIPESTATUS[0]}}");
    let mut shell = Command::new("bash");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_trei")]);
    let output = shell.output().unwrap();
    assert_eq!((said(&output).as_str(), output.stdout.as_slice()), ("", &b"0\n"[..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn its_files_are_its_owners_and_stopping_leaves_one_file() {
    use std::os::unix::fs::PermissionsExt;
    let mut installation = Installation::fill(None);
    let mode = |name: &str| {
        let file = std::fs::metadata(installation.folder().join(name)).unwrap();
        file.permissions().mode() & 0o777
    };
    assert_eq!(mode("data"), 0o700);
    for name in ["data/trei.db", "data/secret.key", "demo.json"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    installation.start().await;
    assert_eq!(installation.stop(), Some(0));
    let log = std::fs::metadata(installation.folder().join("data/trei.db-wal"));
    assert!(log.is_err(), "the log was left behind");
    let told = installation.log();
    let newest = server::migrations::ALL.iter().map(|migration| migration.number).max();
    let schema = format!("\"schema\":{},", newest.unwrap());
    for line in ["\"message\":\"started\"", schema.as_str(), "\"message\":\"stopped\""] {
        assert!(told.contains(line), "{line} is missing in {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_busy_and_the_log_says_why() {
    let mut installation = Installation::fill(Some(Database::create().unwrap()));
    installation.start().await;
    let key = installation.credentials["merchants"][0]["api_key"].as_str().unwrap();
    let card = installation.credentials["merchants"][0]["cards"][0]["id"]
        .as_str()
        .unwrap();
    let store = &installation.credentials["merchants"][0]["stores"][0]["id"];
    let (bearer, body) = (format!("Bearer {key}"), json!({ "store": store }).to_string());
    let (reading, writing) = (format!("/api/v1/cards/{card}"), format!("/api/v1/cards/{card}/stamps"));
    let mut connection = installation.connect().await.unwrap();
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
        ("idempotency-key", "away-1"),
        ("x-request-id", "find-me-again"),
    ];
    assert_eq!(connection.send("GET", &reading, &headers, "").await.unwrap().0, 200);
    installation.lose_database();
    for (method, path) in [("GET", &reading), ("POST", &writing)] {
        let (status, body) = connection.send(method, path, &headers, &body).await.unwrap();
        assert!(
            status == 503 && body.contains("\"code\":\"busy\""),
            "{method}: {status} {body}"
        );
    }
    assert_eq!(installation.stop(), Some(0));
    let told = installation.log();
    let mut lines = told.lines().filter(|line| line.contains("find-me-again"));
    let cause = lines.find(|line| line.contains("the connection to the database was lost:"));
    assert!(cause.is_some_and(|line| line.contains("\"level\":\"WARN\"")), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_stopped_for_good_is_told() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let card = shop.card(0).await;
    shop.stamp(&card).await;
    assert!(!shop.app.db.has_stopped());
    shop.app.db.clone().close().await;
    shop.app.db.stopped().await;
    let body = json!({ "store": shop.store() });
    for told in [
        shop.post(&format!("/cards/{card}/stamps"), &body).await,
        shop.get(&format!("/cards/{card}")).await,
    ] {
        assert_eq!(told.refusal(), (503, "busy"), "{}", told.body);
        assert_eq!(told.header("retry-after"), "1");
    }
    let site = Site::open(sqlite().await, |_| {}).await;
    site.get("/readyz").await.is(200);
    site.app.db.clone().close().await;
    site.get("/readyz").await.is(503).says("the database has stopped");
    site.get("/").await.is(503);
}
