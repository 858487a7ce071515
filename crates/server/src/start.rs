//! Starting an installation: the data folder, the database with its schema, the secret key. A process that cannot run
//! says so in one sentence with the cure.

use crate::app::{App, Parts};
use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::config::{Config, InvalidSetting};
use crate::error::Error;
use crate::ledger::{Ledger, LedgerOptions};
use crate::secrets::Secrets;
use crate::{migrations, sql};
use db::{Db, Options, Source, params};
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

const FINGERPRINT: &str = "secret_key_fingerprint";
const KEY_FILE: &str = "secret.key";
const KEY_BYTES: usize = 32;

/// Opens the database, making it if it is a file that does not exist, and brings its schema up to date.
///
/// # Errors
/// When the folder cannot be made, the database cannot be opened, or its schema is newer than this program.
pub async fn database(config: &Config) -> Result<Db, Error> {
    let folder = &config.data_dir;
    own_folder(folder).map_err(Error::io(format!(
        "the data folder {} cannot be made",
        folder.display()
    )))?;
    let options = options(config)?;
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

/// Finds the secret key: given by a setting, kept in the data folder, or made when the database is empty or a file of
/// this machine. Its fingerprint stands in the database, so that a process with another key refuses to start.
///
/// # Errors
/// When the key is missing for a database that has one, or is another than the database knows.
pub async fn secrets(config: &Config, db: &Db) -> Result<Secrets, Error> {
    let known = fingerprint(db).await?;
    let file = config.data_dir.join(KEY_FILE);
    let key = match (&config.secret_key, std::fs::read_to_string(&file)) {
        (Some(key), _) => key.clone(),
        (None, Ok(key)) => key.trim().to_owned(),
        (None, Err(_)) if known.is_none() => new_key(&file)?,
        (None, Err(_)) => {
            return Err(Error::Unfit(format!(
                "the database was set up with a secret key that is not here: set LOYALTY_SECRET_KEY_FILE, or put the \
                 key back to {}",
                file.display()
            )));
        }
    };
    let secrets = Secrets::from_key(&key).map_err(|error| invalid("LOYALTY_SECRET_KEY", error))?;
    let own = secrets.fingerprint().to_owned();
    if known.is_none() {
        let value = own.clone();
        db.write(move |tx| {
            tx.run(&sql::catalogue::PUT_SETTING, &params![FINGERPRINT, value])?;
            Ok::<_, Error>(())
        })
        .await?;
    }
    // Read again: of several processes that start on an empty database, one puts its key first.
    match fingerprint(db).await? {
        Some(kept) if kept == own => Ok(secrets),
        _ => Err(Error::Unfit(
            "the secret key is not the one this database was set up with: contacts, links and codes could not be \
             read. Start with the key of the first process."
                .to_owned(),
        )),
    }
}

async fn fingerprint(db: &Db) -> Result<Option<String>, Error> {
    db.read(|tx| {
        let row = tx.row(&sql::catalogue::SETTING, &params![FINGERPRINT])?;
        Ok(row.map(|row| row.get(0)).transpose()?)
    })
    .await
}

#[expect(
    clippy::disallowed_methods,
    reason = "the key is the one thing made before there are secrets"
)]
/// Makes a key and keeps it where only its owner reads it.
fn new_key(file: &Path) -> Result<String, Error> {
    let mut bytes = [0u8; KEY_BYTES];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::Unfit("the system gives no random numbers, so that no key can be made".to_owned()))?;
    let key = bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let kept = owned().create_new(true).open(file).and_then(|mut kept| {
        writeln!(kept, "{key}")?;
        kept.sync_all()
    });
    match kept {
        Ok(()) => Ok(key),
        // Another process that starts now was faster.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => std::fs::read_to_string(file)
            .map(|key| key.trim().to_owned())
            .map_err(Error::io(format!("the key {} cannot be read", file.display()))),
        Err(error) => Err(Error::io(format!("the key {} cannot be kept", file.display()))(error)),
    }
}

/// Puts an installation together.
///
/// # Errors
/// Whatever keeps it from running.
pub async fn installation(config: Config, options: LedgerOptions) -> Result<App, Error> {
    let db = database(&config).await?;
    let secrets = secrets(&config, &db).await?;
    let (catalogues, clock) = (Catalogues::default(), Clock::System);
    let ledger = Ledger::start(&db, &catalogues, &clock, options);
    Ok(App::new(Parts {
        config,
        db,
        clock,
        ledger,
        secrets,
        catalogues,
    }))
}
