//! Passwords: which are too easy, and how they are hashed: argon2id with 19 MiB, two passes and one lane, on the pool for
//! what blocks, a few at once. Who is unknown costs as much as who is wrong.

mod common;

use crate::error::Error;
use crate::problem::{Code, Problem};
use crate::secrets::Secrets;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Semaphore;

/// The fewest characters.
pub const LENGTH_MIN: usize = 12;
/// The most, so that nobody sends a book to be hashed.
const LENGTH_MAX: usize = 200;
/// How many are hashed at once: each takes 19 MiB and a core.
const HANDS: usize = 4;
/// How many wait or are hashed; who comes then is told that there is too much to do.
const PLACES: usize = 64;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_LENGTH: usize = 16;

/// The hash of nobody's password, as expensive to check as anybody's.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why a password is too easy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Too short.
    Short,
    /// Too long.
    Long,
    /// Among the first that are tried.
    Common,
    /// It contains the address, or is contained in it.
    Address,
}

/// What is wrong with a password that somebody of this address chooses.
pub fn weakness(password: &str, address: &str) -> Option<Weak> {
    let length = password.chars().count();
    if length < LENGTH_MIN {
        return Some(Weak::Short);
    }
    if length > LENGTH_MAX {
        return Some(Weak::Long);
    }
    let (word, address) = (password.to_lowercase(), address.to_lowercase());
    let local = address.split('@').next().unwrap_or_default();
    let names = local.chars().count() >= 4 && word.contains(local);
    if names || address.contains(&word) {
        return Some(Weak::Address);
    }
    common::is_common(&word).then_some(Weak::Common)
}

/// Hashes here and now: for the command line and the demonstration.
///
/// # Errors
/// When it cannot be hashed.
pub fn hashed(secrets: &Secrets, password: &str) -> Result<String, Error> {
    let salt: [u8; SALT_LENGTH] = secrets.random().map_err(|error| Error::malformed("a salt", error))?;
    hash_with(password, &salt)
}

fn hash_with(password: &str, salt: &[u8]) -> Result<String, Error> {
    let failed = |error: &dyn ToString| Error::malformed("a password", error.to_string());
    let hash = hasher()
        .map_err(|error| failed(&error))?
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(|error| failed(&error))?;
    Ok(hash.to_string())
}

fn hasher() -> Result<Argon2<'static>, argon2::Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn is_right(password: &str, stored: &str) -> bool {
    let Ok(hasher) = hasher() else { return false };
    let verifier: &dyn PasswordVerifier<str> = &hasher;
    verifier.verify_password(password.as_bytes(), stored).is_ok()
}

/// Who hashes passwords; clones share the hands.
#[derive(Clone)]
pub struct Passwords(Arc<Hands>);

struct Hands {
    places: Semaphore,
    hands: Semaphore,
    done: AtomicU64,
}

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Hands {
            places: Semaphore::new(PLACES),
            hands: Semaphore::new(HANDS),
            done: AtomicU64::new(0),
        }))
    }
}

impl Passwords {
    /// Hashes a new password.
    ///
    /// # Errors
    /// `busy` when too many wait.
    pub async fn hash(&self, secrets: &Secrets, password: String) -> Result<String, Problem> {
        let salt: [u8; SALT_LENGTH] = secrets.random()?;
        self.work(move || hash_with(&password, &salt))
            .await?
            .map_err(|error| Problem::broken(&error))
    }

    /// Whether a password is the one that was hashed; where there is none it costs the same and is wrong.
    ///
    /// # Errors
    /// As [`Passwords::hash`].
    pub async fn verify(&self, password: &str, stored: Option<String>) -> Result<bool, Problem> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        // What is longer than any password may be is not hashed in full; it is wrong all the same.
        let fits = password.chars().count() <= LENGTH_MAX;
        let password = password.chars().take(LENGTH_MAX).collect::<String>();
        let right = self.work(move || is_right(&password, &stored)).await?;
        Ok(right && known && fits)
    }

    /// How many were hashed here since the start.
    pub fn done(&self) -> u64 {
        self.0.done.load(Ordering::SeqCst)
    }

    async fn work<T: Send + 'static>(&self, task: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let busy = |_| Problem::from(Code::Busy);
        let _place = self.0.places.try_acquire().map_err(busy)?;
        let _hand = self.0.hands.acquire().await.map_err(|_| Problem::from(Code::Busy))?;
        self.0.done.fetch_add(1, Ordering::SeqCst);
        tokio::task::spawn_blocking(task)
            .await
            .map_err(|error| Problem::broken(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easy_passwords_are_told_apart() {
        let weak = |password| weakness(password, "mina.weber@example.lu");
        for (password, expected) in [
            ("kort", Some(Weak::Short)),
            ("elf letters", Some(Weak::Short)),
            ("password1234", Some(Weak::Common)),
            ("Qwertyuiop123", Some(Weak::Common)),
            ("aaaaaaaaaaaaaa", Some(Weak::Common)),
            ("abcabcabcabcabc", Some(Weak::Common)),
            ("123456789012", Some(Weak::Common)),
            ("trei-loyalty-2026", Some(Weak::Common)),
            ("I am Mina.Weber", Some(Weak::Address)),
            ("weber@example.lu", Some(Weak::Address)),
            ("de Kaffi ass prett", None),
            ("correct-horse-staple", None),
        ] {
            assert_eq!(weak(password), expected, "{password}");
        }
        assert_eq!(weak(&"ab cd ".repeat(80)), Some(Weak::Long));
    }

    #[tokio::test]
    async fn a_hash_is_right_for_its_password_only_and_nobodys_for_none() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let passwords = Passwords::default();
        let stored = passwords.hash(&secrets, "de Kaffi ass prett".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(
            passwords
                .verify("de Kaffi ass prett", Some(stored.clone()))
                .await
                .unwrap()
        );
        assert!(!passwords.verify("de Kaffi ass kal", Some(stored)).await.unwrap());
        assert!(!passwords.verify("de Kaffi ass prett", None).await.unwrap());
        assert_eq!(passwords.done(), 4);
    }
}
