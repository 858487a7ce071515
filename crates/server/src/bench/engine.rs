//! One engine, measured: a shop on it, servers before it, and rounds in which the series take turns. What it starts it
//! removes.

use super::direct::Direct;
use super::fill::{Shop, fresh_id};
use super::load::{Load, drive};
use super::pgbench::Pgbench;
use super::process::{Server, Settings};
use super::ratios::{Figures, Footprint};
use super::report::{Audited, Report};
use super::series::{Mix, Round, Series};
use super::submit;
use super::visits::{Visit, Visits};
use super::wire::Caller;
use super::{Options, WIDE};
use crate::error::Error;
use crate::ledger::audit::audit;
use crate::migrations;
use crate::secrets::Secrets;
use db::Db;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Differences of an audit that are told.
const DIFFERENCES_MAX: usize = 20;

/// Measures SQLite.
///
/// # Errors
/// When something that is needed cannot be had.
pub async fn sqlite(options: &Options, report: &mut Report) -> Result<(), Error> {
    let folder = folder()?;
    let file = |name: &str| db::Options::new(db::Source::Sqlite(folder.path().join(name)));
    let place = Place {
        on: "sqlite",
        database: file("trei.db"),
        ceiling: file("direct.db"),
        url: None,
        folder: folder.path(),
    };
    measure(place, None, options, report).await
}

/// Measures PostgreSQL on a cluster of its own, with its usual durability.
///
/// # Errors
/// When something that is needed cannot be had.
pub async fn postgres(options: &Options, report: &mut Report) -> Result<(), Error> {
    let folder = folder()?;
    let cluster = db::temporary::Cluster::start(true)?;
    let database = db::temporary::Database::create_on(&cluster)?;
    let ceiling = db::temporary::Database::create_on(&cluster)?;
    let place = Place {
        on: "postgres",
        database: db::Options::parse(database.url())?,
        ceiling: db::Options::parse(ceiling.url())?,
        url: Some(database.url()),
        folder: folder.path(),
    };
    let pgbench = if options.wants(Mix::Pgbench) || options.wants(Mix::PgbenchPrepared) {
        Some(Pgbench::prepare(&cluster).await)
    } else {
        None
    };
    let pgbench = match pgbench.transpose() {
        Ok(pgbench) => pgbench,
        Err(error) => {
            report.notes.push(format!("pgbench was left out: {error}"));
            None
        }
    };
    measure(place, pgbench, options, report).await
}

fn folder() -> Result<tempfile::TempDir, Error> {
    tempfile::Builder::new()
        .prefix("trei-bench-")
        .tempdir()
        .map_err(Error::io("no folder for the bench"))
}

/// Where an engine keeps its data.
struct Place<'a> {
    on: &'static str,
    database: db::Options,
    ceiling: db::Options,
    url: Option<&'a str>,
    folder: &'a Path,
}

async fn measure(
    place: Place<'_>,
    pgbench: Option<Pgbench>,
    options: &Options,
    report: &mut Report,
) -> Result<(), Error> {
    let program = program(options)?;
    tracing::info!(engine = place.on, cards = options.cards, "filling the shop");
    let stage = Stage::set(&place, &program, pgbench, options).await?;
    let wanted: Vec<Mix> = Mix::ALL
        .into_iter()
        .filter(|&mix| options.wants(mix) && stage.can(mix))
        .collect();
    let blank = |&mix: &Mix| Series {
        on: place.on.to_owned(),
        mix,
        connections: stage.connections(mix),
        rounds: Vec::new(),
    };
    let mut all: Vec<Series> = wanted.iter().map(blank).collect();
    let footprint = stage.footprint(&program);
    let mut stage = stage;
    // The first time round does not count: each page that is touched first after the filling is written whole to the log.
    for number in 0..=options.rounds {
        for series in &mut all {
            let round = stage.round(series.mix, u64::from(number)).await?;
            if number == 0 {
                continue;
            }
            let (engine, mix) = (place.on, series.mix.code());
            tracing::info!(
                engine,
                mix,
                round = number,
                per_second = round.per_second.round(),
                "measured"
            );
            series.rounds.push(round);
        }
    }
    stage.clear().await;
    report.figures.extend(Figures::of(place.on, &all, footprint));
    report.series.extend(all);
    report.footprints.push((place.on.to_owned(), footprint));
    tracing::info!(engine = place.on, "auditing");
    report.audits.push(audited(&place).await?);
    Ok(())
}

fn program(options: &Options) -> Result<PathBuf, Error> {
    match &options.program {
        Some(program) => Ok(program.clone()),
        None => std::env::current_exe().map_err(Error::io("this program cannot be found")),
    }
}

async fn audited(place: &Place<'_>) -> Result<Audited, Error> {
    let db = Db::open(&place.database).await?;
    let found = audit(&db, |_| {}).await?;
    db.close().await;
    let differences = found.differences.iter().take(DIFFERENCES_MAX);
    let differences = differences.map(|one| match one.card {
        Some(card) => format!("{card}: {}", one.what),
        None => one.what.clone(),
    });
    Ok(Audited {
        on: place.on.to_owned(),
        cards: found.cards,
        events: found.events,
        differences: differences.collect(),
    })
}

/// Everything that stands ready while the rounds go on.
struct Stage<'a> {
    options: &'a Options,
    database: db::Options,
    shop: Shop,
    token: String,
    till: String,
    cards: Arc<[String]>,
    run: String,
    server: Option<Server>,
    single: Option<Server>,
    direct: Option<Direct>,
    pgbench: Option<Pgbench>,
}

impl<'a> Stage<'a> {
    async fn set(
        place: &Place<'_>,
        program: &Path,
        pgbench: Option<Pgbench>,
        options: &'a Options,
    ) -> Result<Self, Error> {
        let db = Db::open(&place.database).await?;
        db.migrate(migrations::ALL).await?;
        let (shop, sample) = Shop::open(&db, options.cards).await?;
        let token = shop.key(&db).await?;
        // The servers know the same secret key: a PIN is hashed with it.
        let secret_key = format!("{}{}", fresh_id().simple(), fresh_id().simple());
        let secrets = Secrets::from_key(&secret_key).map_err(|error| Error::Unfit(error.to_string()))?;
        let till = shop.till(&db, &secrets).await?;
        db.close().await;
        let mut direct = None;
        if options.wants(Mix::Direct) {
            direct = Some(Direct::open(&place.ceiling, options.cards, sample).await?);
        }
        let settings = Settings {
            program,
            folder: place.folder,
            database_url: place.url,
            batch_max: None,
            secret_key: &secret_key,
        };
        let over_http = [
            Mix::Bare,
            Mix::Noop,
            Mix::Stamp,
            Mix::Till,
            Mix::Pin,
            Mix::Hot,
            Mix::Earn,
            Mix::Wide,
            Mix::Lone,
        ];
        let mut server = None;
        if over_http.into_iter().any(|mix| options.wants(mix)) {
            server = Some(Server::start(settings).await?);
        }
        let mut single = None;
        if options.wants(Mix::Single) {
            single = Some(
                Server::start(Settings {
                    batch_max: Some(1),
                    ..settings
                })
                .await?,
            );
        }
        let cards = shop.cards.iter().map(ToString::to_string).collect();
        let (database, run) = (place.database.clone(), fresh_id().simple().to_string());
        Ok(Self {
            options,
            database,
            shop,
            token,
            till,
            cards,
            run,
            server,
            single,
            direct,
            pgbench,
        })
    }

    fn footprint(&self, program: &Path) -> Footprint {
        let size = std::fs::metadata(program).ok().map(|about| about.len() as f64 / 1e6);
        Footprint {
            started_in_ms: self
                .server
                .as_ref()
                .map(|server| server.started_in.as_secs_f64() * 1000.0),
            binary_mb: size,
        }
    }

    fn can(&self, mix: Mix) -> bool {
        match mix {
            Mix::Pgbench | Mix::PgbenchPrepared => self.pgbench.is_some(),
            Mix::Direct => self.direct.is_some(),
            _ => true,
        }
    }

    fn connections(&self, mix: Mix) -> usize {
        match mix {
            Mix::Wide => WIDE,
            Mix::Lone => 1,
            Mix::Direct => 0,
            Mix::Pgbench | Mix::PgbenchPrepared => 32,
            _ => usize::from(self.options.connections),
        }
    }

    async fn round(&mut self, mix: Mix, number: u64) -> Result<Round, Error> {
        let (time, seconds) = (self.options.time(), self.options.seconds);
        match mix {
            Mix::Direct => match &mut self.direct {
                Some(direct) => Ok(Round::of_rate(direct.run(time, number).await?)),
                None => Ok(Round::default()),
            },
            Mix::Pgbench | Mix::PgbenchPrepared => match &self.pgbench {
                Some(pgbench) => {
                    let protocol = if mix == Mix::Pgbench { "simple" } else { "prepared" };
                    Ok(Round::of_rate(pgbench.run(protocol, seconds).await?))
                }
                None => Ok(Round::default()),
            },
            Mix::Ledger => self.submit(number).await,
            Mix::Bare => self.http(mix, Visit::Bare, number).await,
            Mix::Noop => self.http(mix, Visit::Noop, number).await,
            Mix::Till => self.http(mix, Visit::Till, number).await,
            Mix::Pin => self.http(mix, Visit::Pin, number).await,
            Mix::Hot => self.http(mix, Visit::Hot, number).await,
            Mix::Earn => self.http(mix, Visit::Earn, number).await,
            Mix::Stamp | Mix::Wide | Mix::Lone | Mix::Single => self.http(mix, Visit::Stamp, number).await,
        }
    }

    async fn submit(&self, number: u64) -> Result<Round, Error> {
        let db = Db::open(&self.database).await?;
        let run = format!("{}-ledger-{number}", self.run);
        let tasks = self.connections(Mix::Ledger);
        let counted = submit::drive(&db, &self.shop, tasks, self.options.time(), &run, number).await?;
        db.close().await;
        Ok(Round::of_load(counted, self.options.time().as_secs_f64()))
    }

    async fn http(&self, mix: Mix, visit: Visit, number: u64) -> Result<Round, Error> {
        let server = if mix == Mix::Single { &self.single } else { &self.server };
        let Some(server) = server else {
            return Ok(Round::default());
        };
        let address = server.address;
        let caller = Caller {
            host: address.to_string(),
            token: Some(match visit {
                Visit::Till | Visit::Pin => self.till.clone(),
                _ => self.token.clone(),
            }),
        };
        let run = format!("{}-{}-{number}", self.run, mix.code());
        let visits = Visits::new(caller, visit, self.cards.clone(), &self.shop.store.to_string(), run);
        let (warm_up, time) = (self.options.warm_up(), self.options.time());
        let load = Load {
            address,
            connections: self.connections(mix),
            warm_up,
            time,
        };
        let counted = drive(load, Arc::new(visits), number).await?;
        let mut round = Round::of_load(counted, time.as_secs_f64());
        round.memory_mb = server.memory_mb();
        Ok(round)
    }

    async fn clear(self) {
        if let Some(direct) = self.direct {
            direct.close().await;
        }
    }
}
