//! Hashing PINs: argon2id with 19 MiB, two passes and one lane, and the installation's pepper. As many at once as there
//! are cores, on the pool for what blocks, behind a queue of their own: a flood of PINs stops no stamps.

use super::Pin;
use crate::error::Error;
use crate::problem::{Code, Problem};
use crate::secrets::Secrets;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::available_parallelism;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many wait or are hashed; who comes then is told that there is too much to do.
const PLACES: usize = 64;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_LENGTH: usize = 16;

/// The hash of nobody's PIN, as expensive to check as anybody's.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A place among those who wait or are hashed; whoever holds one is not told that there is too much to do.
pub(super) type Place = OwnedSemaphorePermit;

/// Who hashes.
pub(super) struct Hasher {
    places: Arc<Semaphore>,
    hands: Semaphore,
    done: AtomicU64,
}

impl Default for Hasher {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            hands: Semaphore::new(available_parallelism().map_or(1, usize::from)),
            done: AtomicU64::new(0),
        }
    }
}

impl Hasher {
    /// How many hashes were computed.
    pub(super) fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// A place for one hash, taken before anything is counted.
    ///
    /// # Errors
    /// `busy` when too many wait.
    pub(super) fn place(&self) -> Result<Place, Problem> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        place.map_err(|_| Code::Busy.into())
    }

    /// Whether a PIN is the one that was hashed; where there is none, it costs the same and is not.
    ///
    /// # Errors
    /// `internal`.
    pub(super) async fn is_right(
        &self,
        place: &Place,
        secrets: &Secrets,
        pin: &Pin,
        hash: Option<String>,
    ) -> Result<bool, Problem> {
        let (secrets, pin) = (secrets.clone(), pin.clone());
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let right = self.work(place, move || matches(&secrets, &pin, &hash)).await?;
        Ok(right && known)
    }

    /// Which of some hashes are of this PIN: whether there is one.
    ///
    /// # Errors
    /// `busy` when too many wait; `internal`.
    pub(super) async fn is_one_of(&self, secrets: &Secrets, pin: &Pin, hashes: &[String]) -> Result<bool, Problem> {
        let place = self.place()?;
        for hash in hashes {
            if self.is_right(&place, secrets, pin, Some(hash.clone())).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The hash of a new PIN.
    ///
    /// # Errors
    /// As [`Hasher::is_one_of`].
    pub(super) async fn hash(&self, secrets: &Secrets, pin: &Pin) -> Result<String, Problem> {
        let (secrets, pin) = (secrets.clone(), pin.clone());
        let hashed = self.work(&self.place()?, move || hashed(&secrets, &pin)).await?;
        hashed.map_err(|error| Problem::broken(&error))
    }

    async fn work<T: Send + 'static>(
        &self,
        _: &Place,
        task: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let hand = self.hands.acquire().await;
        let _hand = hand.map_err(|error| Problem::broken(&error))?;
        self.done.fetch_add(1, Ordering::Relaxed);
        tokio::task::spawn_blocking(task)
            .await
            .map_err(|error| Problem::broken(&error))
    }
}

fn argon2(pepper: &[u8]) -> Result<Argon2<'_>, argon2::Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    Argon2::new_with_secret(pepper, Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes here and now: for the command line and the demonstration.
///
/// # Errors
/// When it cannot be hashed.
pub(super) fn hashed(secrets: &Secrets, pin: &Pin) -> Result<String, Error> {
    let failed = |error: &dyn ToString| Error::malformed("a PIN", error.to_string());
    let salt: [u8; SALT_LENGTH] = secrets.random().map_err(|error| failed(&error))?;
    let hash = argon2(secrets.pepper())
        .map_err(|error| failed(&error))?
        .hash_password_with_salt(pin.digits().as_bytes(), &salt)
        .map_err(|error| failed(&error))?;
    Ok(hash.to_string())
}

fn matches(secrets: &Secrets, pin: &Pin, hash: &str) -> bool {
    let Ok(argon2) = argon2(secrets.pepper()) else {
        return false;
    };
    let verifier: &dyn PasswordVerifier<str> = &argon2;
    verifier.verify_password(pin.digits().as_bytes(), hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pin_3_a_hash_needs_the_pepper() {
        let secrets = |key| Secrets::from_key(key).unwrap();
        let here = secrets("a key for tests only, long enough");
        let hash = hashed(&here, &Pin::typed("4718")).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(matches(&here, &Pin::typed("4718"), &hash));
        assert!(!matches(&here, &Pin::typed("4719"), &hash));
        assert!(!matches(
            &secrets("another key, also long enough"),
            &Pin::typed("4718"),
            &hash
        ));
        assert!(!matches(&here, &Pin::typed("4718"), NOBODY));
        assert_eq!(format!("{:?}", Pin::typed("4718")), "Pin(…)");
    }
}
