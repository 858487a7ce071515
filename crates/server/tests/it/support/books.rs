//! A ledger on a fresh database with one merchant, and commands in a few words.

use db::{Db, Options, Source};
use domain::command::{Command, Purchase, Wanted};
use domain::event::{Actor, Origin, Reason};
use domain::facts::Authority;
use domain::ids::{CardId, KeyId, MerchantId, ProgramId, RewardId, StoreId};
use domain::moment::Instant;
use domain::number::CardNumber;
use domain::order::OrderRef;
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, Reward, RewardKind};
use domain::terms::Terms;
use server::catalogue::Text;
use server::catalogues::Catalogues;
use server::clock::Clock;
use server::error::Error;
use server::ledger::audit::{Report, audit};
use server::ledger::{Answer, IdempotencyKey, Ledger, LedgerOptions, Opening, Refusal, Submission};
use server::{migrations, setup};
use std::future::poll_fn;
use std::task::Poll;
use uuid::Uuid;

/// 2026-03-02T08:00:00Z, a Monday.
pub const MONDAY: Instant = Instant(1_772_438_400_000_000);

/// An engine a test runs on, kept alive as long as the test.
pub struct Engine {
    pub db: Db,
    pub options: Options,
    _folder: tempfile::TempDir,
    _database: Option<db::temporary::Database>,
}

/// A fresh database on SQLite.
pub async fn sqlite() -> Engine {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::new(Source::Sqlite(folder.path().join("trei.db")));
    open(options, folder, None).await
}

/// A fresh database on PostgreSQL.
pub async fn postgres() -> Engine {
    let database = db::temporary::Database::create().unwrap();
    let options = Options::parse(database.url()).unwrap();
    open(options, tempfile::tempdir().unwrap(), Some(database)).await
}

async fn open(options: Options, folder: tempfile::TempDir, database: Option<db::temporary::Database>) -> Engine {
    let db = Db::open(&options).await.unwrap();
    db.migrate(migrations::ALL).await.unwrap();
    Engine {
        db,
        options,
        _folder: folder,
        _database: database,
    }
}

impl Engine {
    /// Lets go of the database, so that it can be copied.
    pub async fn close(self) -> Closed {
        self.db.close().await;
        Closed {
            options: self.options,
            _folder: self._folder,
            database: self._database,
        }
    }
}

/// A database that nobody has open.
pub struct Closed {
    options: Options,
    _folder: tempfile::TempDir,
    database: Option<db::temporary::Database>,
}

impl Closed {
    /// A copy that may be spoilt.
    pub async fn copy(&self) -> Engine {
        let folder = tempfile::tempdir().unwrap();
        match (&self.options.source, &self.database) {
            (Source::Sqlite(file), _) => {
                let copy = folder.path().join("trei.db");
                std::fs::copy(file, &copy).unwrap();
                open(Options::new(Source::Sqlite(copy)), folder, None).await
            }
            (_, Some(database)) => {
                let copy = copied(database).await;
                let mut options = Options::parse(copy.url()).unwrap();
                // An audit needs no more, and a connection is what costs time here.
                (options.readers, options.writers) = (1, 1);
                options.connect_timeout = std::time::Duration::from_secs(60);
                open(options, folder, Some(copy)).await
            }
            _ => unreachable!("a server's database is kept with its options"),
        }
    }
}

/// The server lets go of a connection a moment after it ended.
async fn copied(database: &db::temporary::Database) -> db::temporary::Database {
    for _ in 0..500 {
        if let Ok(copy) = db::temporary::Database::create_from(database.name()) {
            return copy;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the database is still in use");
}

/// A merchant with a program of each kind, and a ledger.
pub struct Books {
    pub engine: Engine,
    pub ledger: Ledger,
    pub clock: Clock,
    pub catalogues: Catalogues,
    pub merchant: MerchantId,
    pub store: StoreId,
    pub programs: [ProgramId; 3],
    pub coffee: RewardId,
    pub voucher: RewardId,
    pub key: KeyId,
}

pub fn id() -> Uuid {
    Uuid::now_v7()
}

impl Books {
    /// Opens the books of a fresh merchant; `change` may change the terms of all three programs.
    pub async fn open(engine: Engine, change: impl FnOnce(&mut Terms)) -> Self {
        let mut terms = Terms {
            stamp_cooldown_minutes: 0,
            daily_stamp_cap: 0,
            ..Terms::default()
        };
        change(&mut terms);
        let clock = Clock::still(MONDAY);
        let catalogues = Catalogues::default();
        let ledger = Ledger::start(&engine.db, &catalogues, &clock, LedgerOptions::default());
        let (merchant, store, key) = (MerchantId(id()), StoreId(id()), KeyId(id()));
        let programs = [ProgramId(id()), ProgramId(id()), ProgramId(id())];
        let (coffee, voucher) = (RewardId(id()), RewardId(id()));
        let books = Self {
            engine,
            ledger,
            clock,
            catalogues,
            merchant,
            store,
            programs,
            coffee,
            voucher,
            key,
        };
        books.seed(terms).await;
        books
    }

    async fn seed(&self, terms: Terms) {
        let (merchant, store, programs, coffee, voucher) =
            (self.merchant, self.store, self.programs, self.coffee, self.voucher);
        let slug = format!("m{}", &merchant.0.simple().to_string()[20..]);
        self.engine
            .db
            .write(move |tx| {
                let new = setup::NewMerchant {
                    slug,
                    name: "Bäckerei Wester".into(),
                    country: "LU".into(),
                    timezone: "Europe/Luxembourg".into(),
                    default_locale: "lb".into(),
                    currency: "EUR".into(),
                    colour: "#8f3d2e".into(),
                    mark: "bread".into(),
                    cutover_minutes: 240,
                };
                setup::merchant(tx, merchant, &new, MONDAY)?;
                setup::store(tx, merchant, store, ("GR", "Grand-Rue", "1, Grand-Rue"), MONDAY)?;
                let kinds = [ProgramKind::Stamps, ProgramKind::Points, ProgramKind::Hybrid];
                for (position, (program, kind)) in (0i64..).zip(programs.into_iter().zip(kinds)) {
                    let text = Text {
                        name: kind.code().into(),
                        ..Text::default()
                    };
                    let texts = vec![("en".to_owned(), text)];
                    let new = setup::NewProgram {
                        slug: kind.code().into(),
                        kind,
                        terms: terms.clone(),
                        position,
                        texts,
                    };
                    setup::program(tx, merchant, program, &new, "EUR", MONDAY)?;
                }
                let reward = |id, unit, cost| Reward {
                    id,
                    kind: RewardKind::FreeItem,
                    unit,
                    cost,
                    stock: None,
                    conditions: Conditions::default(),
                    active: true,
                };
                setup::reward(
                    tx,
                    merchant,
                    programs[0],
                    &reward(coffee, Unit::Stamp, Cost::Completion),
                    1,
                    &[],
                )?;
                setup::reward(
                    tx,
                    merchant,
                    programs[1],
                    &reward(voucher, Unit::Point, Cost::Fixed(20)),
                    1,
                    &[],
                )?;
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
    }

    /// Adds a reward of the points program; every process knows of it a second later.
    pub async fn offer(&self, reward: Reward) {
        let (merchant, program) = (self.merchant, self.programs[1]);
        self.engine
            .db
            .write(move |tx| setup::reward(tx, merchant, program, &reward, 2, &[]))
            .await
            .unwrap();
        self.clock.set(Instant(self.clock.now().0 + 1_000_000));
    }

    /// Adds a reward of the points program that takes as many points off a bill as the customer likes.
    pub async fn money_off(&self) -> RewardId {
        let id = RewardId(id());
        self.offer(Reward {
            id,
            kind: RewardKind::AmountOff,
            unit: Unit::Point,
            cost: Cost::Chosen,
            stock: None,
            conditions: Conditions::default(),
            active: true,
        })
        .await;
        id
    }

    /// A submission by an API key in the one store.
    pub fn submission(&self, card: CardId, command: Command) -> Submission {
        let origin = Origin {
            actor: Actor::Key(self.key),
            store: Some(self.store),
            staff: None,
        };
        Submission::new(self.merchant, card, command, (origin, Authority::Key))
    }

    pub async fn enroll(&self, program: ProgramId) -> CardId {
        let card = CardId(id());
        let mut submission = self.submission(
            card,
            Command::Enroll {
                claimed: false,
                person: None,
            },
        );
        let number = CardNumber::from_bits(card.0.as_u128() as u64);
        submission.opening = Some(Opening {
            program,
            number,
            customer: None,
            address: String::new(),
        });
        self.ledger.submit(submission).await.unwrap();
        card
    }

    pub async fn give(&self, card: CardId, command: Command) -> Result<Answer, Refusal> {
        self.ledger.submit(self.submission(card, command)).await
    }

    pub async fn keyed(&self, card: CardId, command: Command, key: &str) -> Result<Answer, Refusal> {
        let mut submission = self.submission(card, command.clone());
        let input_hash = format!("{card}{command:?}").into_bytes();
        submission.key = Some(IdempotencyKey::new(
            &self.key.to_string(),
            "POST /test",
            key,
            input_hash,
        ));
        self.ledger.submit(submission).await
    }

    pub async fn audit(&self) -> Report {
        audit(&self.engine.db, |_| {}).await.unwrap()
    }

    /// What people agreed to when their cards were opened.
    pub async fn agreed(&self) -> Vec<(String, i64, i64)> {
        super::rows::agreed(&self.engine.db, self.merchant.0).await
    }

    pub async fn audited(&self) -> Report {
        let report = self.audit().await;
        assert_eq!(report.differences, vec![]);
        report
    }
}

/// Begins all in their order before it waits for any, and says what each came to.
pub async fn all_of<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut outcomes: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, outcome) in waiting.iter_mut().zip(&mut outcomes) {
            if outcome.is_none()
                && let Poll::Ready(found) = future.as_mut().poll(context)
            {
                *outcome = Some(found);
            }
        }
        if outcomes.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    outcomes.into_iter().flatten().collect()
}

pub fn stamp() -> Command {
    Command::Stamp {
        count: None,
        amount_minor: None,
    }
}

pub fn earn(amount_minor: i64, order: Option<&str>) -> Command {
    Command::Earn(purchase(amount_minor, order))
}

pub fn purchase(amount_minor: i64, order: Option<&str>) -> Purchase {
    Purchase {
        amount_minor,
        tax_minor: 0,
        redeemed_minor: 0,
        currency: "EUR".parse().unwrap(),
        lines: Vec::new(),
        order: order.map(order_ref),
    }
}

pub fn order_ref(reference: &str) -> OrderRef {
    OrderRef {
        source: String::new(),
        reference: reference.into(),
    }
}

pub fn redeem(reward: RewardId) -> Command {
    Command::Redeem {
        wanted: Wanted::Reward(reward),
        points: None,
        payable_minor: None,
        order: None,
    }
}

pub fn void(event: i64) -> Command {
    Command::Void {
        event,
        reason: Reason::Mistake,
    }
}
