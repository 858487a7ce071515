//! The second factor: six digits that an app makes of a shared seed every thirty seconds, each taken once, and recovery
//! codes for whoever lost it. The seed is sealed for its person.

use crate::error::Error;
use crate::problem::Problem;
use crate::secrets::{SecretError, Secrets};
use domain::ids::UserId;
use domain::moment::Instant;
use domain::number;
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes are made.
pub const CODES: usize = 10;
/// Random bytes of a seed.
const SEED_LENGTH: usize = 20;
/// Characters of a recovery code, with five bits of chance each.
const CODE_LENGTH: usize = 10;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A seed with what makes and reads its codes.
pub struct Factor(Totp);

impl Factor {
    /// A new seed, sealed for a person.
    ///
    /// # Errors
    /// When the system gives no chance.
    pub fn seed(secrets: &Secrets, user: UserId) -> Result<Vec<u8>, SecretError> {
        let seed: [u8; SEED_LENGTH] = secrets.random()?;
        secrets.seal(&place(user), &Secret::new_stack(seed).to_base32())
    }

    /// Opens a seed that was sealed for a person; `account` is what an app shows beside its code.
    ///
    /// # Errors
    /// When it cannot be opened: another key sealed it.
    pub fn open(secrets: &Secrets, user: UserId, sealed: &[u8], account: &str) -> Result<Self, Problem> {
        let broken = |error: &dyn ToString| Problem::broken(&Error::malformed("a second factor", error.to_string()));
        let text = secrets.open(&place(user), sealed)?;
        let seed = Secret::try_from_base32(text).map_err(|error| broken(&error))?;
        let totp = Builder::new().with_secret(seed).with_account_name(account);
        let totp = totp.with_issuer(Some("Trei")).build().map_err(|error| broken(&error))?;
        Ok(Self(totp))
    }

    /// The seed as an app takes it from the keyboard, in groups of four.
    pub fn typed(&self) -> String {
        let text = self.0.secret().to_base32();
        let groups = text.as_bytes().chunks(4).map(String::from_utf8_lossy);
        groups.collect::<Vec<_>>().join(" ")
    }

    /// The seed as an app reads it from a QR code.
    pub fn address(&self) -> String {
        self.0.to_url().unwrap_or_default()
    }

    /// The step whose code this is, one step around now; whether it was taken before, the database says.
    pub fn step(&self, typed: &str, now: Instant) -> Option<i64> {
        let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let step = self.0.check(&digits, seconds(now))?;
        i64::try_from(step).ok()
    }
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.0 / 1_000_000).unwrap_or(0)
}

/// The step that an instant lies in.
#[cfg(test)]
fn step_at(now: Instant) -> i64 {
    now.0 / 1_000_000 / 30
}

/// New recovery codes, as they are shown once.
///
/// # Errors
/// When the system gives no chance.
pub fn new_codes(secrets: &Secrets) -> Result<Vec<String>, SecretError> {
    (0..CODES)
        .map(|_| {
            let bytes: [u8; CODE_LENGTH] = secrets.random()?;
            let letters: Vec<char> = bytes
                .iter()
                .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
                .collect();
            let (left, right) = letters.split_at(CODE_LENGTH / 2);
            Ok(format!("{}-{}", String::from_iter(left), String::from_iter(right)))
        })
        .collect()
}

/// The hash of a recovery code however it is typed.
pub fn code_hash(secrets: &Secrets, user: UserId, typed: &str) -> Vec<u8> {
    secrets.recovery_hash(user, &number::fold(typed))
}

fn place(user: UserId) -> String {
    format!("user:{user}:totp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_is_right_around_its_step_and_for_its_person_only() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let (user, other) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let sealed = Factor::seed(&secrets, user).unwrap();
        let factor = Factor::open(&secrets, user, &sealed, "mina@example.lu").unwrap();
        assert!(Factor::open(&secrets, other, &sealed, "mina@example.lu").is_err());
        let now = Instant(1_772_438_400_000_000);
        let code = factor.0.generate(seconds(now)).to_string();
        let (left, right) = code.split_at(3);
        assert_eq!(factor.step(&format!(" {left} {right}"), now), Some(step_at(now)));
        assert_eq!(factor.step(&code, now.plus_minutes(5)), None);
        for wrong in ["", "12345", "1234567", "abcdef", "½½½"] {
            assert_eq!(factor.step(wrong, now), None);
        }
        assert!(factor.address().starts_with("otpauth://totp/"), "{}", factor.address());
        assert!(factor.typed().len() >= 32);
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let user = UserId(Uuid::from_u128(1));
        let codes = new_codes(&secrets).unwrap();
        assert_eq!(codes.len(), CODES);
        let typed = codes[0].to_lowercase().replace('-', " ");
        assert_eq!(code_hash(&secrets, user, &typed), code_hash(&secrets, user, &codes[0]));
        assert_ne!(
            code_hash(&secrets, user, &codes[1]),
            code_hash(&secrets, user, &codes[0])
        );
    }
}
