//! Whatever is changed behind the ledger's back, the audit names it: books in which everything happened once, copied for
//! each change.

use crate::support::books::{
    Books, Closed, Engine, earn, id, order_ref, postgres, purchase, redeem, sqlite, stamp, void,
};
use domain::command::{Command, Returned, Wanted};
use domain::event::{Actor, Reason};
use domain::facts::Authority;
use domain::ids::{CardId, CustomerId, RewardId, TerminalId};
use domain::number::CardNumber;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, LimitPeriod, Reward, RewardKind};
use domain::terms::StampCompletion;
use server::error::Error;
use server::ledger::audit::audit;
use server::ledger::{Opening, OpeningCustomer};
use server::setup;
use uuid::Uuid;

/// The cards of the books, each with another story.
struct Cards {
    stamps: CardId,
    points: CardId,
    named: CardId,
    adjusted: CardId,
    kept: CardId,
    gone: CardId,
}

/// Books in which everything happened that leaves a trace.
async fn eventful(engine: Engine) -> (Closed, Cards) {
    let books = Books::open(engine, |terms| {
        terms.stamp_completion = StampCompletion::AutoClaim;
        terms.stamp_target = 3;
        terms.welcome_points = 5;
    })
    .await;
    let mug = scarce_reward(&books).await;
    let cards = Cards {
        stamps: stamped(&books).await,
        points: shopped(&books, mug).await,
        named: named(&books).await,
        adjusted: adjusted(&books).await,
        kept: books.enroll(books.programs[0]).await,
        gone: books.enroll(books.programs[0]).await,
    };
    merged(&books, &cards).await;
    books.audited().await;
    let Books { engine, ledger, .. } = books;
    drop(ledger);
    (engine.close().await, cards)
}

async fn scarce_reward(books: &Books) -> RewardId {
    let (mug, merchant, program) = (RewardId(id()), books.merchant, books.programs[1]);
    let reward = Reward {
        id: mug,
        kind: RewardKind::Gift,
        unit: Unit::Point,
        cost: Cost::Fixed(5),
        stock: Some(10),
        conditions: Conditions {
            limit: Some((2, LimitPeriod::Week)),
            ..Conditions::default()
        },
        active: true,
    };
    let add = move |tx: &mut db::Transaction<'_>| setup::reward(tx, merchant, program, &reward, 2, &[]);
    books.engine.db.write::<_, Error, _>(add).await.unwrap();
    mug
}

/// Claims: one waits, one was handed over, one was handed over and taken back.
async fn stamped(books: &Books) -> CardId {
    let card = books.enroll(books.programs[0]).await;
    let mut claims = Vec::new();
    for number in 0..9 {
        let answer = books.keyed(card, stamp(), &format!("stamp-{number}")).await.unwrap();
        claims.extend(answer.receipt.event.unwrap().claims);
    }
    assert_eq!(claims.len(), 3);
    for claim in &claims[1..] {
        let wanted = Wanted::Claim(claim.id);
        let command = Command::Redeem {
            wanted,
            points: None,
            payable_minor: None,
            order: None,
        };
        let used = books.give(card, command).await.unwrap();
        if claim.id == claims[2].id {
            books.give(card, void(used.receipt.version)).await.unwrap();
        }
    }
    card
}

/// Orders with a redemption and returns, and a reward of which there are few.
async fn shopped(books: &Books, mug: RewardId) -> CardId {
    let card = books.enroll(books.programs[1]).await;
    books.give(card, earn(9_000, Some("A-1"))).await.unwrap();
    books.give(card, earn(100, Some("A-2"))).await.unwrap();
    let command = Command::Redeem {
        wanted: Wanted::Reward(books.voucher),
        points: None,
        payable_minor: Some(5_000),
        order: Some(order_ref("A-3")),
    };
    books.give(card, command).await.unwrap();
    for (order, amount, name) in [("A-1", 1_000, "R-1"), ("A-1", 500, "R-2"), ("A-3", 2_500, "R-3")] {
        let command = Command::Return {
            order: order_ref(order),
            returned: Returned::Amount(amount),
            currency: "EUR".parse().unwrap(),
        };
        let mut submission = books.submission(card, command);
        submission.return_ref = Some(name.into());
        books.ledger.submit(submission).await.unwrap();
    }
    let taken = books.give(card, redeem(mug)).await.unwrap();
    books.give(card, redeem(mug)).await.unwrap();
    books.give(card, void(taken.receipt.version)).await.unwrap();
    card
}

/// A person with a welcome, whose card was replaced.
async fn named(books: &Books) -> CardId {
    let card = CardId(id());
    let command = Command::Enroll {
        claimed: true,
        person: Some("email:00ff".into()),
    };
    let mut submission = books.submission(card, command);
    submission.opening = Some(Opening {
        program: books.programs[2],
        number: CardNumber::from_bits(11),
        customer: Some(OpeningCustomer {
            id: CustomerId(id()),
            first_name: Some("Anna".into()),
            locale: "lb".into(),
            via: "test".into(),
            contact: None,
        }),
        address: String::new(),
    });
    books.ledger.submit(submission).await.unwrap();
    let bought = Command::Purchase(purchase(4_000, None));
    books.give(card, bought).await.unwrap();
    let reason = Reason::Lost;
    let mut submission = books.submission(card, Command::Replace { reason });
    submission.new_number = Some(CardNumber::from_bits(12));
    books.ledger.submit(submission).await.unwrap();
    card
}

/// Served at a till, where limits of staff count.
async fn adjusted(books: &Books) -> CardId {
    let card = books.enroll(books.programs[0]).await;
    let command = Command::Adjust {
        unit: Unit::Stamp,
        amount: 1,
        reason: Reason::Goodwill,
    };
    let mut submission = books.submission(card, command);
    submission.authority = Authority::Cashier;
    submission.origin.actor = Actor::Terminal(TerminalId(id()));
    books.ledger.submit(submission).await.unwrap();
    card
}

/// A card with a stamp and a reward that waits went into an empty one.
async fn merged(books: &Books, cards: &Cards) {
    for _ in 0..4 {
        books.give(cards.gone, stamp()).await.unwrap();
    }
    let (from, reason) = (cards.gone, Reason::Duplicate);
    books.give(cards.kept, Command::Merge { from, reason }).await.unwrap();
}

/// What was done behind the ledger's back, and what the audit must say of it.
struct Tampering {
    with: String,
    says: String,
    names: Option<CardId>,
}

/// The changes of one part of the list, told with the ids of these cards.
fn tamperings(part: &str, cards: &Cards, engine: db::Engine) -> Vec<Tampering> {
    let places = [
        ("stamps", cards.stamps.0),
        ("points", cards.points.0),
        ("named", cards.named.0),
        ("adjusted", cards.adjusted.0),
        ("kept", cards.kept.0),
        ("gone", cards.gone.0),
        ("last", Uuid::max()),
        ("spare", Uuid::from_u128(7)),
    ];
    let list = include_str!("tamperings.txt").split("\n== ");
    let list = list.filter_map(|found| found.strip_prefix(part)).next().unwrap();
    let mut found: Vec<Tampering> = Vec::new();
    for line in list.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        if let Some(sql) = line.strip_prefix("  ") {
            let sql = places.iter().fold(sql.to_owned(), |sql, (name, id)| {
                sql.replace(&format!("{{{name}}}"), &literal(*id, engine))
            });
            found.last_mut().unwrap().with.push_str(&format!("{sql}\n"));
        } else {
            let (card, says) = line.strip_suffix(':').unwrap().split_once(", ").unwrap();
            let names = places.iter().find(|(name, _)| *name == card).map(|(_, id)| CardId(*id));
            assert!(names.is_some() || card == "any", "{line}");
            found.push(Tampering {
                with: String::new(),
                says: says.to_owned(),
                names,
            });
        }
    }
    assert!(found.len() > 10 && found.iter().all(|one| !one.with.is_empty()));
    found
}

fn literal(id: Uuid, engine: db::Engine) -> String {
    match engine {
        db::Engine::Sqlite => format!("x'{}'", id.simple()),
        db::Engine::Postgres => format!("'{id}'"),
    }
}

async fn every_change_is_named(engine: Engine, part: &str) {
    let kind = engine.db.engine();
    let (books, cards) = eventful(engine).await;
    let copy = books.copy().await;
    assert_eq!(audit(&copy.db, |_| {}).await.unwrap().differences, vec![]);
    let mut missed = Vec::new();
    for change in tamperings(part, &cards, kind) {
        let copy = books.copy().await;
        copy.db.execute_script(&change.with).await.unwrap();
        let found = audit(&copy.db, |_| {}).await.unwrap().differences;
        let named = found
            .iter()
            .any(|one| one.what.contains(&change.says) && (change.names.is_none() || one.card == change.names));
        if !named {
            missed.push(format!(
                "{}\n  wanted: {}\n  found: {found:#?}",
                change.with, change.says
            ));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_a_card_is_compared_on_sqlite() {
    every_change_is_named(sqlite().await, "beside cards").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_a_card_is_compared_on_postgres() {
    every_change_is_named(postgres().await, "beside cards").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_events_and_sums_are_compared_on_sqlite() {
    every_change_is_named(sqlite().await, "cards and sums").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_events_and_sums_are_compared_on_postgres() {
    every_change_is_named(postgres().await, "cards and sums").await;
}
