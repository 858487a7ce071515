//! The one place of the ledger where chance comes in: ids in order of time, and the bits of claim codes.

use domain::claim::Chance;
use uuid::Uuid;

/// A new id, in order of time.
#[expect(
    clippy::disallowed_methods,
    reason = "ids of answers and claims are made here and nowhere else in the ledger"
)]
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// The chance of one command: a time-ordered id, and bits for the code.
#[expect(
    clippy::disallowed_methods,
    reason = "codes are made here and nowhere else in the ledger"
)]
pub fn chance() -> Chance {
    let id = fresh_id();
    let mut bits = [0u8; 8];
    // Without the system's randomness the id's own random part still makes a code; it is compared by eye, not a secret.
    if ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bits).is_err() {
        bits = (id.as_u128() as u64).to_le_bytes();
    }
    Chance(id, u64::from_le_bytes(bits))
}
