//! Starting an installation: the data folder, the database with its schema, the secret key. A process that cannot run
//! says so in one sentence with the cure.

mod key;

use crate::app::{App, Parts};
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::config::{Config, InvalidSetting};
use crate::error::Error;
use crate::ledger::{Ledger, LedgerOptions};
use crate::migrations;
use crate::people::Passwords;
use crate::pins::Pins;
use crate::rate_limits::Limits;
use db::{Db, Options, Source};
use std::fs::File;
use std::path::Path;

/// Opens the database, making it if it is a file that does not exist, and brings its schema up to date.
///
/// # Errors
/// When the folder cannot be made, the database cannot be opened, or its schema is newer than this program.
pub async fn database(config: &Config) -> Result<Db, Error> {
    let options = options(config)?;
    let folder = &config.data_dir;
    own_folder(folder).map_err(Error::io(format!(
        "the data folder {} cannot be made",
        folder.display()
    )))?;
    if let Source::Sqlite(file) = &options.source {
        own_file(file).map_err(Error::io(format!("the database {} cannot be made", file.display())))?;
    }
    let db = Db::open(&options).await?;
    db.migrate(migrations::ALL).await?;
    Ok(db)
}

/// Opens a database that is there, and makes and changes nothing: for commands that only look.
///
/// # Errors
/// When there is no installation where the settings say, or its schema is of another program.
pub async fn existing(config: &Config) -> Result<Db, Error> {
    let mut options = options(config)?;
    options.create = false;
    let absent = |place: &str| {
        let cure = "look at LOYALTY_DATA_DIR and LOYALTY_DATABASE_URL, or begin one with `trei serve`";
        Error::Unfit(format!("there is no installation in {place}: {cure}"))
    };
    let place = match &options.source {
        Source::Sqlite(file) if !file.is_file() => return Err(absent(&file.display().to_string())),
        Source::Sqlite(file) => file.display().to_string(),
        // Its address may hold a password.
        Source::Postgres(_) => "the database of LOYALTY_DATABASE_URL".to_owned(),
    };
    let db = Db::open(&options).await?;
    match db.check(migrations::ALL).await {
        Ok(()) => Ok(db),
        Err(db::Error::OlderSchema { database: 0, .. }) => Err(absent(&place)),
        Err(db::Error::OlderSchema { database, program }) => Err(Error::Unfit(format!(
            "{place} has schema {database} and this program schema {program}: `trei serve` brings it forward"
        ))),
        Err(error) => Err(error.into()),
    }
}

fn options(config: &Config) -> Result<Options, Error> {
    match &config.database_url {
        Some(url) => Options::parse(url).map_err(|error| invalid("LOYALTY_DATABASE_URL", error)),
        None => Ok(Options::new(Source::Sqlite(config.data_dir.join("trei.db")))),
    }
}

fn invalid(name: &'static str, error: impl ToString) -> Error {
    let sentence = error.to_string();
    InvalidSetting { name, sentence }.into()
}

/// Makes a folder that only its owner enters; one that is there stays as it is.
fn own_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes an empty file that only its owner reads; one that is there stays as it is.
fn own_file(file: &Path) -> std::io::Result<()> {
    match owned().create_new(true).open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// How files with secrets are written: for their owner alone.
pub fn owned() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a file that was there already its owner's alone.
///
/// # Errors
/// When it belongs to somebody else.
pub fn make_own(file: &File) -> std::io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Puts an installation together.
///
/// # Errors
/// Whatever keeps it from running.
pub async fn installation(config: Config) -> Result<App, Error> {
    // Before anything is made: a key that cannot be used is the first thing to say.
    let given = key::given(&config)?;
    let db = database(&config).await?;
    let secrets = key::settled(&config, given, &db).await?;
    let mut options = LedgerOptions::default();
    options.batch_max = config.batch_max.unwrap_or(options.batch_max);
    let (catalogues, clock) = (Catalogues::default(), Clock::System);
    let ledger = Ledger::start(&db, &catalogues, &clock, options);
    let limits = Limits::new(&config.rate_limits);
    Ok(App::new(Parts {
        config,
        db,
        clock,
        ledger,
        pins: Pins::default(),
        secrets,
        catalogues,
        passwords: Passwords::default(),
        limits,
    }))
}
