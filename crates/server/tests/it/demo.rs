//! The demonstration on both engines: the books balance, a second run keeps what is there, other data is refused.

use crate::support::books::{self, Engine, MONDAY};
use db::{Statement, params};
use domain::moment::Instant;
use server::catalogues::Catalogues;
use server::demo::{self, Credentials, Plan, Size};
use server::error::Error;
use server::ledger::audit::audit;
use server::secrets::Secrets;
use std::collections::HashSet;

/// The day of the year's end: 2026-03-02, a Monday, in the afternoon.
const UNTIL: Instant = Instant(MONDAY.0 + 6 * 3_600_000_000);
const PLAN: Plan = Plan {
    size: Size::Small,
    seed: 1,
    until: UNTIL,
};

const CARDS: Statement = Statement::new(
    "test.cards",
    "select card_id, number, status, stamps, points, version from cards order by merchant_id, card_id",
);
const EVENTS: Statement = Statement::new(
    "test.events",
    "select kind, cast(count(*) as bigint) from events group by kind order by kind",
);
const TODAY: Statement = Statement::new(
    "test.today",
    "select cast(count(*) as bigint) from daily_totals where day = $1",
);

fn secrets() -> Secrets {
    Secrets::from_key("a key for tests only, long enough").unwrap()
}

async fn fill(engine: &Engine, plan: &Plan) -> Result<Credentials, Error> {
    let mut last = (0, 0);
    let told = |done, of| last = (done, of);
    let filled = demo::fill(
        &engine.db,
        &Catalogues::default(),
        &secrets(),
        plan,
        "http://127.0.0.1:8080",
        told,
    )
    .await;
    assert_eq!(last.0, last.1);
    filled
}

/// Every card as it stands, without what chance alone makes.
async fn cards(engine: &Engine) -> Vec<(uuid::Uuid, String, String, i64, i64, i64)> {
    let rows = engine.db.read(|tx| tx.rows(&CARDS, &[])).await.unwrap();
    let card = |row: &db::Row| {
        let text = |place| row.get::<String>(place).unwrap();
        let number = |place| row.get::<i64>(place).unwrap();
        (row.get(0).unwrap(), text(1), text(2), number(3), number(4), number(5))
    };
    rows.iter().map(card).collect()
}

async fn kinds(engine: &Engine) -> Vec<(String, i64)> {
    let rows = engine.db.read(|tx| tx.rows(&EVENTS, &[])).await.unwrap();
    rows.iter()
        .map(|row| (row.get(0).unwrap(), row.get(1).unwrap()))
        .collect()
}

async fn a_year_is_filled_once(engine: Engine) {
    assert!(!demo::is_demo(&engine.db).await.unwrap());
    let credentials = fill(&engine, &PLAN).await.unwrap();
    assert!(demo::is_demo(&engine.db).await.unwrap());
    let report = audit(&engine.db, |_| {}).await.unwrap();
    assert_eq!(report.differences, vec![]);
    assert_eq!(report.cards, 200);
    // Nothing of the year was refused: each card got as many events as its diary has.
    assert!((4_000..=4_100).contains(&report.events), "{}", report.events);
    let kinds = kinds(&engine).await;
    for kind in [
        "enrolled",
        "stamped",
        "earned",
        "purchased",
        "redeemed",
        "voided",
        "returned",
        "adjusted",
    ] {
        assert!(
            kinds.iter().any(|(known, count)| known == kind && *count > 0),
            "{kind}: {kinds:?}"
        );
    }
    let today = engine
        .db
        .read(|tx| tx.row(&TODAY, &params!["2026-03-02"]))
        .await
        .unwrap()
        .unwrap();
    assert!(today.get::<i64>(0).unwrap() > 0);

    let again = fill(&engine, &Plan { seed: 2, ..PLAN }).await.unwrap();
    assert_eq!(again, credentials);
    assert_eq!(audit(&engine.db, |_| {}).await.unwrap(), report);
    let elsewhere = "https://demo.example/";
    let moved = demo::fill(
        &engine.db,
        &Catalogues::default(),
        &secrets(),
        &PLAN,
        elsewhere,
        |_, _| {},
    )
    .await
    .unwrap();
    assert!(moved.merchants[0].cards[0].link.starts_with("https://demo.example/c/"));
}

#[tokio::test]
async fn a_year_is_filled_once_on_sqlite() {
    a_year_is_filled_once(books::sqlite().await).await;
}

#[tokio::test]
async fn a_year_is_filled_once_on_postgres() {
    a_year_is_filled_once(books::postgres().await).await;
}

#[tokio::test]
async fn the_same_seed_is_the_same_year_on_both_engines() {
    let (one, two) = (books::sqlite().await, books::postgres().await);
    fill(&one, &PLAN).await.unwrap();
    fill(&two, &PLAN).await.unwrap();
    assert_eq!(cards(&one).await, cards(&two).await);
    assert_eq!(kinds(&one).await, kinds(&two).await);
}

#[tokio::test]
async fn a_database_with_other_merchants_is_refused() {
    let books = books::Books::open(books::sqlite().await, |_| {}).await;
    let refused = demo::fill(
        &books.engine.db,
        &books.catalogues,
        &secrets(),
        &PLAN,
        "http://localhost",
        |_, _| {},
    )
    .await;
    assert!(matches!(refused, Err(Error::Unfit(_))), "{refused:?}");
    assert!(!demo::is_demo(&books.engine.db).await.unwrap());
    assert_eq!(books.audited().await.cards, 0);
}

#[tokio::test]
async fn an_interrupted_year_is_gone_on_with() {
    let engine = books::sqlite().await;
    let whole = books::sqlite().await;
    fill(&whole, &PLAN).await.unwrap();
    let db = engine.db.clone();
    // A runtime of its own, so that the writers end with it as they do when a process is killed.
    let killed = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let reached = std::sync::Arc::new(tokio::sync::Notify::new());
        let told = reached.clone();
        let filling = async move {
            let progress = |done, _| {
                if done > 1_500 {
                    told.notify_one();
                }
            };
            demo::fill(
                &db,
                &Catalogues::default(),
                &secrets(),
                &PLAN,
                "http://localhost",
                progress,
            )
            .await
        };
        runtime.block_on(async {
            tokio::select! {
                filled = filling => panic!("it was not interrupted: {filled:?}"),
                () = reached.notified() => (),
            }
        });
    });
    killed.join().unwrap();
    // What the writer of the killed runtime had begun is finished before this is.
    engine.db.write(|_| Ok::<_, Error>(())).await.unwrap();
    assert!(cards(&engine).await.len() < 200);
    fill(&engine, &Plan { seed: 7, ..PLAN }).await.unwrap();
    assert_eq!(audit(&engine.db, |_| {}).await.unwrap().differences, vec![]);
    assert_eq!(cards(&engine).await, cards(&whole).await);
}

#[tokio::test]
async fn what_is_listed_can_be_used_at_once() {
    let engine = books::sqlite().await;
    let credentials = fill(&engine, &PLAN).await.unwrap();
    let known = cards(&engine).await;
    assert_eq!(credentials.merchants.len(), 4);
    for merchant in &credentials.merchants {
        assert!(
            (10..=50).contains(&merchant.cards.len()),
            "{}: {}",
            merchant.slug,
            merchant.cards.len()
        );
        assert!(!merchant.terminals.is_empty() && !merchant.staff.is_empty() && !merchant.rewards.is_empty());
        let mut balances = HashSet::new();
        let mut ready = 0;
        for card in &merchant.cards {
            let row = known.iter().find(|row| row.0 == card.id.0).unwrap();
            assert_eq!(row.1, card.number);
            assert!(matches!(row.2.as_str(), "active" | "unclaimed"), "{}", row.2);
            let have = if merchant.rewards[0].unit == "stamp" {
                row.3
            } else {
                row.4
            };
            balances.insert(have);
            // Points of one program and stamps of another never meet on a card.
            let is_ready = merchant.rewards.iter().any(|reward| {
                let held = if reward.unit == "stamp" { row.3 } else { row.4 };
                held >= reward.cost
            });
            ready += i64::from(is_ready);
        }
        assert!(
            ready >= 2 && balances.len() >= 5,
            "{}: {ready} ready, {balances:?}",
            merchant.slug
        );
    }
    let signposts = demo::signposts(&engine.db, &secrets()).await.unwrap();
    assert_eq!(signposts.len(), 4);
    assert!(signposts[0].till_path.starts_with("/till#") && signposts[0].join_path == "/j/wester/kaffiskaart");
}

#[tokio::test]
async fn credentials_have_the_shape_that_scripts_read() {
    let engine = books::sqlite().await;
    let credentials = fill(&engine, &PLAN).await.unwrap();
    let json = serde_json::to_value(&credentials).unwrap();
    let keys = |value: &serde_json::Value| -> Vec<String> {
        let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let merchant = &json["merchants"][0];
    assert_eq!(keys(&json), ["base_url", "merchants", "operator"]);
    assert_eq!(keys(&json["operator"]), ["email", "password", "totp_secret"]);
    let of_merchant = [
        "api_key",
        "cards",
        "currency",
        "id",
        "programs",
        "rewards",
        "slug",
        "staff",
        "stores",
        "terminals",
        "users",
    ];
    assert_eq!(keys(merchant), of_merchant);
    assert_eq!(keys(&merchant["users"][0]), ["email", "password", "role"]);
    assert_eq!(keys(&merchant["stores"][0]), ["code", "id"]);
    assert_eq!(keys(&merchant["programs"][0]), ["id", "kind"]);
    assert_eq!(keys(&merchant["rewards"][0]), ["cost", "id", "program", "unit"]);
    assert_eq!(keys(&merchant["terminals"][0]), ["id", "store", "token"]);
    assert_eq!(keys(&merchant["staff"][0]), ["id", "name", "pin", "pin_id", "role"]);
    assert_eq!(keys(&merchant["cards"][0]), ["id", "link", "number"]);
    assert_eq!(merchant["rewards"][0]["unit"], "stamp");
}
