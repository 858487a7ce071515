//! A flood of people who join, over two processes and restarts, with made-up words about where they come from: the limits
//! hold, and tills keep working. And the commands that manage terminals and keys, beside servers that run.

use crate::support::process::{Connection, Installation};
use serde_json::{Value, json};

async fn enrol(connection: &mut Connection, merchant: &Value, number: usize) -> u16 {
    let body = json!({ "merchant": merchant["slug"], "program": merchant["programs"][0]["id"], "terms_version": 1 })
        .to_string();
    let forged = format!("192.0.2.{}", number % 250);
    let forwarded = format!("for={forged}");
    let headers = [
        ("content-type", "application/json"),
        ("x-forwarded-for", &*forged),
        ("forwarded", &*forwarded),
    ];
    connection
        .send("POST", "/api/v1/enroll", &headers, &body)
        .await
        .unwrap()
        .0
}

async fn stamp(connection: &mut Connection, token: &str, card: &Value, key: &str) -> (u16, String) {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("content-type", "application/json"),
        ("authorization", &*bearer),
        ("idempotency-key", key),
    ];
    let path = format!("/api/v1/cards/{}/stamps", card.as_str().unwrap());
    connection.send("POST", &path, &headers, "{}").await.unwrap()
}

/// The answers of a till that stamps one card after the other: yes, or a no of the rules, never a limit.
fn is_the_tills(status: u16) -> bool {
    matches!(status, 201 | 403 | 409 | 422)
}

async fn limits_hold_over_processes_and_restarts(mut installation: Installation) {
    const ROUNDS: usize = 4;
    installation.limit_tries("");
    let merchant = installation.credentials["merchants"][0].clone();
    let token = merchant["terminals"][0]["token"].as_str().unwrap().to_owned();
    let cards = merchant["cards"].as_array().unwrap().clone();
    let (mut joined, mut refused, mut stamped, mut served) = (0, 0, 0, 0);
    for round in 0..ROUNDS {
        Box::pin(installation.start()).await;
        Box::pin(installation.start_second()).await;
        let mut one = installation.connect().await.unwrap();
        let mut other = installation.connect_second().await.unwrap();
        for number in 0..30 {
            let connection = if number % 2 == 0 { &mut one } else { &mut other };
            match enrol(connection, &merchant, round * 30 + number).await {
                201 => joined += 1,
                429 => refused += 1,
                other => panic!("{other}"),
            }
            if number % 3 == 0 {
                let card = &cards[(round * 10 + number / 3) % cards.len()]["id"];
                let (status, told) = stamp(connection, &token, card, &format!("{round}-{number}")).await;
                assert!(is_the_tills(status), "{status} {told}");
                stamped += usize::from(status == 201);
                served += 1;
            }
        }
        installation.kill();
    }
    // Five a minute in each of two processes, four times anew, would be forty: the hour's thirty holds in all of them.
    assert_eq!((joined, joined + refused), (30, ROUNDS * 30));
    assert!(served == ROUNDS * 10 && stamped > 0, "{stamped} of {served}");
    let (sound, said) = installation.audit();
    assert!(sound, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_over_processes_and_restarts_on_sqlite() {
    limits_hold_over_processes_and_restarts(Installation::fill(None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_hold_over_processes_and_restarts_on_postgresql() {
    let database = db::temporary::Database::create().unwrap();
    limits_hold_over_processes_and_restarts(Installation::fill(Some(database))).await;
}

/// What a wave of tries was answered, by status.
type Answers = std::collections::BTreeMap<u16, usize>;

/// Many at once, who all say that they come from somewhere else.
async fn wave(installation: &Installation, merchant: &Value, stolen: &str, mut wrong: usize) -> Answers {
    const TRIES: usize = 60;
    let mut busy = tokio::task::JoinSet::new();
    for lane in 0..8 {
        let connection = if lane % 2 == 0 {
            installation.connect().await
        } else {
            installation.connect_second().await
        };
        let (mut connection, merchant, bearer) = (connection.unwrap(), merchant.clone(), format!("Bearer {stolen}"));
        wrong += TRIES;
        busy.spawn(async move {
            let mut answers = Answers::new();
            for number in 0..TRIES {
                if lane < 4 {
                    *answers
                        .entry(enrol(&mut connection, &merchant, number).await)
                        .or_default() += 1;
                    continue;
                }
                let forged = format!("192.0.2.{number}");
                let headers = [
                    ("content-type", "application/json"),
                    ("authorization", &*bearer),
                    ("x-forwarded-for", &*forged),
                ];
                let body = json!({ "pin": format!("{:04}", (wrong + number) % 10_000) }).to_string();
                let path = "/api/v1/pins/pin_01kan2x8fye4ttq8z0n9ms3v4c/verify";
                let (status, _) = connection.send("POST", path, &headers, &body).await.unwrap();
                *answers.entry(1_000 + status).or_default() += 1;
            }
            answers
        });
    }
    let mut all = Answers::new();
    for (status, count) in busy.join_all().await.into_iter().flatten() {
        *all.entry(status).or_default() += count;
    }
    all
}

/// Somebody who has a till's token tries PINs, and everybody joins, at two processes and after a restart: no more tries count than the
/// limits let through, memory stays as it is, and another till goes on, with PINs.
async fn pins_are_not_guessed_and_memory_stays(mut installation: Installation) {
    const WAVES: usize = 3;
    const GROWTH_MAX: u64 = 24;
    installation.limit_tries("");
    let merchant = installation.credentials["merchants"][3].clone();
    let token = |number: usize| merchant["terminals"][number]["token"].as_str().unwrap().to_owned();
    let (stolen, honest) = (token(0), token(1));
    let begun = std::time::Instant::now();
    let (mut answers, mut served) = (Answers::new(), 0);
    for round in 0..2 {
        Box::pin(installation.start()).await;
        Box::pin(installation.start_second()).await;
        let mut before = Vec::new();
        for number in 0..WAVES {
            let (flood, till) = tokio::join!(
                Box::pin(wave(&installation, &merchant, &stolen, number * 480)),
                Box::pin(serve(&installation, &merchant, &honest, round * WAVES + number))
            );
            served += till;
            for (status, count) in flood {
                *answers.entry(status).or_default() += count;
            }
            if number == 0 {
                before = installation.memory();
            }
        }
        for (before, after) in before.iter().zip(installation.memory()) {
            assert!(after <= before + GROWTH_MAX, "{before} MB became {after} MB");
        }
        installation.kill();
    }
    let windows = usize::try_from(begun.elapsed().as_secs() / 60).unwrap() + 1;
    let of = |status: u16| answers.get(&status).copied().unwrap_or(0);
    // Ten a minute at a terminal, however many processes there are; the person who is not there is refused like any other.
    assert!((1..=10 * windows).contains(&of(1_401)), "{answers:?}");
    assert!(of(1_429) > 0, "{answers:?}");
    assert_eq!(of(1_401) + of(1_423) + of(1_429), 2 * WAVES * 240, "{answers:?}");
    assert!((1..=30).contains(&of(201)), "{answers:?}");
    assert_eq!(of(201) + of(429), 2 * WAVES * 240, "{answers:?}");
    assert!(served > 0);
    let (sound, said) = installation.audit();
    assert!(sound, "{said}");
}

/// Another till, which serves with a PIN at both processes: how many stamps it gave.
async fn serve(installation: &Installation, merchant: &Value, token: &str, round: usize) -> usize {
    let mut connections = [
        installation.connect().await.unwrap(),
        installation.connect_second().await.unwrap(),
    ];
    let (cards, staff) = (merchant["cards"].as_array().unwrap(), &merchant["staff"][0]);
    let bearer = format!("Bearer {token}");
    let body = json!({ "staff": staff["id"], "pin": staff["pin"] }).to_string();
    let mut given = 0;
    for number in 0..10 {
        let key = format!("{round}-{number}");
        let headers = [
            ("content-type", "application/json"),
            ("authorization", &*bearer),
            ("idempotency-key", &*key),
        ];
        let card = &cards[(round * 10 + number) % cards.len()]["id"];
        let path = format!("/api/v1/cards/{}/stamps", card.as_str().unwrap());
        let answer = connections[number % 2].send("POST", &path, &headers, &body).await;
        let (status, told) = answer.unwrap();
        assert!(is_the_tills(status), "{status} {told}");
        assert!(!told.contains("pin_"), "{told}");
        given += usize::from(status == 201);
    }
    given
}

#[tokio::test(flavor = "multi_thread")]
async fn pins_are_not_guessed_and_memory_stays_on_sqlite() {
    pins_are_not_guessed_and_memory_stays(Installation::fill(None)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pins_are_not_guessed_and_memory_stays_on_postgresql() {
    let database = db::temporary::Database::create().unwrap();
    pins_are_not_guessed_and_memory_stays(Installation::fill(Some(database))).await;
}

/// What a command says, and its exit code.
fn said(installation: &Installation, arguments: &[&str]) -> (i32, String) {
    let output = installation.command(arguments);
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

/// What stands behind a word at the beginning of a line.
fn named<'a>(text: &'a str, word: &str) -> &'a str {
    let line = text.lines().find_map(|line| line.strip_prefix(word));
    line.unwrap_or_else(|| panic!("{word} is missing in {text}")).trim()
}

/// Two processes on one installation.
struct Pair {
    installation: Installation,
    slug: String,
    store: String,
    merchant: Value,
    one: Connection,
    other: Connection,
}

impl Pair {
    async fn start() -> Self {
        let mut installation = Installation::fill(None);
        Box::pin(installation.start()).await;
        Box::pin(installation.start_second()).await;
        let merchant = installation.credentials["merchants"][0].clone();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            slug: text(&merchant["slug"]),
            store: text(&merchant["stores"][0]["code"]),
            one: installation.connect().await.unwrap(),
            other: installation.connect_second().await.unwrap(),
            installation,
            merchant,
        }
    }

    /// A command for the merchant: what it says, and its exit code.
    fn run(&self, command: [&str; 2], more: &[&str]) -> (i32, String) {
        let arguments = [&command[..], &["--merchant", &self.slug], more].concat();
        said(&self.installation, &arguments)
    }

    /// A stamp through each process, on a card of its own.
    async fn stamp(&mut self, token: &str, key: &str, first: usize) -> [(u16, String); 2] {
        let cards = self.merchant["cards"].as_array().unwrap();
        [
            stamp(&mut self.one, token, &cards[first]["id"], key).await,
            stamp(&mut self.other, token, &cards[first + 1]["id"], key).await,
        ]
    }

    /// What the log and the audit say in the end.
    fn log(&self) -> String {
        let (sound, told) = self.installation.audit();
        assert!(sound, "{told}");
        said(&self.installation, &["log", "--merchant", &self.slug]).1
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn terminals_are_managed_beside_servers_that_run() {
    let mut pair = Pair::start().await;
    let (code, told) = pair.run(["terminal", "code"], &["--store", &pair.store, "--name", "Till 9"]);
    assert_eq!(code, 0, "{told}");
    let (terminal, pairing) = (named(&told, "Terminal"), named(&told, "Code"));
    let body = json!({ "code": pairing }).to_string();
    let headers = [("content-type", "application/json")];
    let answer = pair
        .one
        .send("POST", "/api/v1/terminals/pairings", &headers, &body)
        .await;
    let (status, paired) = answer.unwrap();
    assert_eq!(status, 201, "{paired}");
    let paired: Value = serde_json::from_str(&paired).unwrap();
    let token = paired["token"].as_str().unwrap();
    for (status, told) in pair.stamp(token, "a", 0).await {
        assert!(is_the_tills(status), "{status} {told}");
    }
    let (_, listed) = pair.run(["terminal", "list"], &[]);
    assert!(listed.contains(terminal) && listed.contains("Till 9"), "{listed}");
    assert_eq!(pair.run(["terminal", "revoke"], &[terminal]).0, 0);
    assert_eq!(pair.run(["terminal", "revoke"], &[terminal]).0, 1);
    for (status, told) in pair.stamp(token, "b", 2).await {
        assert!(status == 401 && told.contains("terminal_revoked"), "{status} {told}");
    }
    let log = pair.log();
    for action in ["terminal.made", "terminal.paired", "terminal.revoked"] {
        assert!(log.contains(action), "{action}: {log}");
    }
    assert!(!log.contains(pairing) && !log.contains(token), "{log}");
    assert_eq!(
        said(&pair.installation, &["terminal", "list", "--merchant", "nobody"]).0,
        2
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_managed_beside_servers_that_run() {
    let mut pair = Pair::start().await;
    let create = |pair: &Pair, more: &[&str]| {
        let more = [&["--name", "Shop", "--scopes"], more].concat();
        pair.run(["key", "create"], &more)
    };
    for (wrong, says) in [
        (vec!["fly"], "no scope"),
        (vec!["earn", "--expires", "2020-01-01"], "in the past"),
        (vec!["earn", "--expires", "soon"], "neither a day"),
        (vec!["earn", "--allow", "everybody"], "neither an address"),
        (vec!["earn", "--stores", "NOWHERE"], "no store"),
    ] {
        let (code, told) = create(&pair, &wrong);
        assert!(code == 2 && told.contains(says), "{wrong:?}: {code} {told}");
    }
    let (code, made) = create(&pair, &["programs:read,earn", "--stores", &pair.store]);
    assert_eq!(code, 0, "{made}");
    let (key, token) = (named(&made, "Key"), named(&made, "Token"));
    let bearer = format!("Bearer {token}");
    let programs = async |connection: &mut Connection| {
        let headers = [("authorization", &*bearer)];
        connection
            .send("GET", "/api/v1/programs", &headers, "")
            .await
            .unwrap()
            .0
    };
    assert_eq!(
        (programs(&mut pair.one).await, programs(&mut pair.other).await),
        (200, 200)
    );
    let (_, listed) = pair.run(["key", "list"], &[]);
    assert!(listed.contains(key) && listed.contains("programs:read"), "{listed}");
    assert_eq!(pair.run(["key", "revoke"], &[key]).0, 0);
    let begun = std::time::Instant::now();
    while programs(&mut pair.one).await != 401 || programs(&mut pair.other).await != 401 {
        assert!(begun.elapsed().as_secs() < 2, "it still works");
    }
    let log = pair.log();
    assert!(log.contains("key.made") && log.contains("key.revoked"), "{log}");
    assert!(!log.contains(token), "{log}");
}
