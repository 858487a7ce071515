//! What the process does when it is told to stop while its database is silent, when callers keep it waiting, and when the
//! disk refuses: it answers, it says so in its log, and it ends with the right code.

use crate::support::process::{Connection, Installation};
use crate::support::proxy::Proxy;
use db::temporary::Database;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A stamp as a point of sale sends it.
struct Stamp {
    path: String,
    bearer: String,
    body: String,
}

impl Stamp {
    fn of(installation: &Installation) -> Self {
        let merchant = &installation.credentials["merchants"][0];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            path: format!("/api/v1/cards/{}/stamps", text(&merchant["cards"][0]["id"])),
            bearer: format!("Bearer {}", text(&merchant["api_key"])),
            body: json!({ "store": merchant["stores"][0]["id"] }).to_string(),
        }
    }

    /// A correction instead, which no cap refuses.
    fn of_amount(installation: &Installation) -> Self {
        let stamp = Self::of(installation);
        let kind = &installation.credentials["merchants"][0]["programs"][0]["kind"];
        let unit = if kind == "points" { "point" } else { "stamp" };
        let body = json!({ "unit": unit, "amount": 1, "reason": "goodwill" });
        Self {
            path: stamp.path.replace("/stamps", "/adjustments"),
            body: body.to_string(),
            ..stamp
        }
    }

    async fn give(&self, connection: &mut Connection, key: &str) -> std::io::Result<(u16, String)> {
        let headers = [
            ("authorization", self.bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        connection.send("POST", &self.path, &headers, &self.body).await
    }
}

async fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_database_keeps_nobody_waiting_when_the_process_is_told_to_stop() {
    let mut installation = Installation::fill(Some(Database::create().unwrap()));
    let proxy = Proxy::to(installation.database_url()).await;
    installation.detour(proxy.url());
    installation.start().await;
    let stamp = Stamp::of(&installation);
    let mut connection = installation.connect().await.unwrap();
    // The answer to a commit is lost first: under its key the call is answered as if nothing had been. The jobs commit
    // too, so that it may take some calls until one of ours is met.
    let mut told = None;
    for number in 0..40 {
        proxy.lose_next_commit();
        let (status, body) = stamp.give(&mut connection, &format!("lost-{number}")).await.unwrap();
        assert!(matches!(status, 201 | 409), "{status} {body}");
        let log = installation.log();
        told = log
            .lines()
            .find(|line| line.contains("a batch is tried again"))
            .map(str::to_owned);
        if told.is_some() {
            break;
        }
    }
    let told = told.expect("the log says nothing of a commit whose answer was lost");
    assert!(
        told.contains("\"level\":\"WARN\"") && told.contains("\"attempt\":1"),
        "{told}"
    );
    proxy.freeze();
    let before = proxy.swallowed();
    let waiting = tokio::spawn(async move { stamp.give(&mut connection, "stop-2").await });
    until("the request never came to the database", || proxy.swallowed() > before).await;
    let begun = Instant::now();
    let stopping = tokio::task::spawn_blocking(move || (installation.stop(), installation.log()));
    let (status, body) = waiting.await.unwrap().unwrap();
    assert!(status == 503 && body.contains("\"code\":\"busy\""), "{status} {body}");
    let (code, log) = stopping.await.unwrap();
    assert_eq!(code, Some(0), "{log}");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_who_never_end_a_request_stop_nobody_else() {
    let mut installation = Installation::fill(None);
    installation.limit("ulimit -n 200");
    installation.start().await;
    let stamp = Stamp::of(&installation);
    // Announces a body and sends half of it.
    let mut half = installation.connect().await.unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: here\r\nauthorization: {}\r\ncontent-type: application/json\r\n\
         idempotency-key: half\r\ncontent-length: 500\r\n\r\n{{\"store\":",
        stamp.path, stamp.bearer
    );
    half.begin(head.as_bytes()).await.unwrap();
    let half = tokio::spawn(half.rest());
    let mut silent = Vec::new();
    for _ in 0..200 {
        let mut connection = installation.connect().await.unwrap();
        connection.begin(b"GET / HTTP/1.1\r\nho").await.unwrap();
        silent.push(tokio::spawn(connection.rest()));
    }
    let mut connection = installation.connect().await.unwrap();
    let healthy = connection.send("GET", "/healthz", &[], "");
    let healthy = tokio::time::timeout(Duration::from_secs(25), healthy).await;
    assert_eq!(healthy.expect("healthz waits behind the silent ones").unwrap().0, 200);
    for silent in silent {
        let closed = tokio::time::timeout(Duration::from_secs(40), silent).await;
        assert_eq!(closed.expect("a silent connection stays open").unwrap(), "");
    }
    let answered = half.await.unwrap();
    assert!(
        answered.is_empty() || answered.starts_with("HTTP/1.1 503"),
        "{answered}"
    );
    let log = installation.log();
    assert!(log.contains("as many connections are open as can be"), "{log}");
    // The file limit holds for the audit inside, too.
    assert_eq!(installation.stop(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_is_told_until_it_has_room_again() {
    let mut installation = Installation::fill(None);
    // No file may grow beyond some pages; a write beyond that fails and is no signal. The log of the database begins anew.
    installation.limit("trap '' XFSZ; ulimit -S -f 128");
    installation.start().await;
    let stamp = Stamp::of_amount(&installation);
    let mut connection = installation.connect().await.unwrap();
    let mut refused = None;
    for number in 0..100 {
        let key = format!("disk-{number}");
        let (status, body) = stamp.give(&mut connection, &key).await.unwrap();
        if status >= 500 {
            refused = Some((key, status, body));
            break;
        }
    }
    let (key, status, body) = refused.expect("the log of the database grows beyond its limit");
    assert!(status == 503, "{status} {body}");
    let ready = async |connection: &mut Connection| connection.send("GET", "/readyz", &[], "").await.unwrap();
    let begun = Instant::now();
    while ready(&mut connection).await != (503, "the database cannot be written\n".into()) {
        assert!(begun.elapsed() < Duration::from_secs(20), "it says that it is ready");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let page = connection
        .send("GET", "/", &[("accept-language", "en")], "")
        .await
        .unwrap();
    assert_eq!(page.0, 200, "reading does not work");
    installation.lift_file_limit();
    let begun = Instant::now();
    while ready(&mut connection).await.0 != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it is not ready again");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (status, body) = stamp.give(&mut connection, &key).await.unwrap();
    assert!(matches!(status, 201 | 409), "{status} {body}");
    assert_eq!(installation.stop(), Some(0));
    installation.limit(":");
    let (ok, said) = installation.audit();
    assert!(ok, "{said}");
}

/// Calls that write to the disk for good, and fail once a file is there.
const FAILING_DISK: &str = r#"
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
static int kept(long call, int file) {
    const char *sign = getenv("DISK_FAILS");
    if (sign && access(sign, F_OK) == 0) { errno = EIO; return -1; }
    return syscall(call, file);
}
int fsync(int file) { return kept(SYS_fsync, file); }
int fdatasync(int file) { return kept(SYS_fdatasync, file); }
"#;

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_the_disk_did_not_keep_ends_the_process() {
    let mut installation = Installation::fill(None);
    let [source, library, sign] = ["disk.c", "disk.so", "fails"].map(|name| installation.folder().join(name));
    std::fs::write(&source, FAILING_DISK).unwrap();
    let mut compiler = std::process::Command::new("cc");
    let built = compiler
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(&source)
        .status();
    assert!(built.unwrap().success());
    let (library, failing) = (library.display(), sign.display());
    installation.limit(&format!("export DISK_FAILS='{failing}' LD_PRELOAD='{library}'"));
    installation.start().await;
    let stamp = Stamp::of(&installation);
    let mut connection = installation.connect().await.unwrap();
    let (status, body) = stamp.give(&mut connection, "kept").await.unwrap();
    assert!(matches!(status, 201 | 409), "{status} {body}");
    std::fs::write(&sign, "").unwrap();
    let begun = Instant::now();
    let code = loop {
        if let Some(code) = installation.ended() {
            break code;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "the process goes on");
        // Asked whether it can write, it writes; the answer may not come any more.
        let _ = connection.send("GET", "/readyz", &[], "").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(code, Some(3), "{}", installation.log());
    assert!(installation.log().contains("the disk refused to keep what was written"));
    installation.limit(":");
    let (ok, said) = installation.audit();
    assert!(ok, "{said}");
}
