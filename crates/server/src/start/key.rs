//! The secret key: given by a setting, kept in the data folder, or made once. Its fingerprint stands in the database, so
//! that a process with another key refuses to start.

use super::{invalid, owned};
use crate::config::Config;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::sql;
use db::{Db, params};
use ring::rand::{SecureRandom, SystemRandom};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// What the fingerprint is called in the database.
pub const FINGERPRINT: &str = "secret_key_fingerprint";
const KEY_FILE: &str = "secret.key";
const KEY_BYTES: usize = 32;

fn key_file(config: &Config) -> PathBuf {
    config.data_dir.join(KEY_FILE)
}

/// The key of a setting or of the data folder; none when there is none yet.
///
/// # Errors
/// When it cannot be read or used; it says where it stands.
pub fn given(config: &Config) -> Result<Option<Secrets>, Error> {
    if let Some(given) = &config.secret_key {
        let secrets = Secrets::from_key(&given.text).map_err(|error| invalid(given.name, error))?;
        return Ok(Some(secrets));
    }
    read(&key_file(config))
}

fn read(file: &Path) -> Result<Option<Secrets>, Error> {
    let key = match std::fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        read => read.map_err(Error::io(format!("the key {} cannot be read", file.display())))?,
    };
    let unfit = |error| {
        let file = file.display();
        Error::Unfit(format!(
            "the key in {file} cannot be used: {error}. Put the right one back, or remove the file if this is a new \
             installation"
        ))
    };
    Secrets::from_key(key.trim()).map(Some).map_err(unfit)
}

/// The key that was given, where it is the one that the database knows; or a new one for a database that knows none.
///
/// # Errors
/// When the key is missing for a database that has one, or is another than the database knows.
pub async fn settled(config: &Config, given: Option<Secrets>, db: &Db) -> Result<Secrets, Error> {
    let known = fingerprint(db).await?;
    let file = key_file(config);
    let secrets = match given {
        Some(secrets) => secrets,
        None if known.is_none() => new_key(&file)?,
        None => {
            return Err(Error::Unfit(format!(
                "the database was set up with a secret key that is not here: set LOYALTY_SECRET_KEY_FILE, or put the \
                 key back to {}",
                file.display()
            )));
        }
    };
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

/// Makes a key and keeps it where only its owner reads it.
fn new_key(file: &Path) -> Result<Secrets, Error> {
    let (key, name) = (random()?, random()?);
    // Written whole under another name first: whatever happens, no half of a key stands where a key is looked for.
    let draft = file.with_extension(format!("{}.new", &name[..16]));
    let kept = keep(&key, &draft, file);
    // What stays behind of it is of no use to anybody.
    let _ = std::fs::remove_file(&draft);
    match kept {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            Err(Error::io(format!("the key {} cannot be kept", file.display()))(error))
        }
        // Where it was there, another process that starts now was faster.
        _ => read(file)?.ok_or_else(|| Error::Unfit(format!("the key {} is gone again", file.display()))),
    }
}

fn keep(key: &str, draft: &Path, file: &Path) -> std::io::Result<()> {
    let mut kept = owned().create_new(true).open(draft)?;
    writeln!(kept, "{key}")?;
    kept.sync_all()?;
    match std::fs::hard_link(draft, file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            // A folder without hard links: not whole at once, but still by one process only.
            let mut kept = owned().create_new(true).open(file)?;
            writeln!(kept, "{key}")?;
            kept.sync_all()?;
        }
        linked => linked?,
    }
    match file.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the key is the one thing made before there are secrets"
)]
fn random() -> Result<String, Error> {
    let mut bytes = [0u8; KEY_BYTES];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::Unfit("the system gives no random numbers, so that no key can be made".to_owned()))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_whole_and_the_first_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(KEY_FILE);
        let first = new_key(&file).unwrap();
        let second = new_key(&file).unwrap();
        assert_eq!(first.fingerprint(), second.fingerprint());
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn a_key_that_cannot_be_used_is_named_by_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(KEY_FILE);
        assert!(read(&file).unwrap().is_none());
        std::fs::write(&file, "").unwrap();
        let told = read(&file).unwrap_err().to_string();
        assert!(told.contains("secret.key"), "{told}");
    }
}
