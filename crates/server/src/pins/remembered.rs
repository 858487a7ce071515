//! Who showed a PIN for earning a moment ago (`PIN-6`): as a keyed tag, for a few minutes, at most so many. It saves the
//! hash and nothing else: whether the PIN is still the one that was shown, the ledger sees in every write.

use super::{Pin, Till};
use crate::secrets::{Secrets, is_same};
use domain::ids::StaffId;
use domain::moment::Instant;
use domain::pin::SESSION_MINUTES;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

const REMEMBERED_MAX: usize = 4_096;

type Key = (Till, StaffId);

struct Shown {
    tag: Vec<u8>,
    version: i64,
    role: String,
    used_at: Instant,
}

/// What was shown lately.
#[derive(Default)]
pub(super) struct Remembered(Mutex<HashMap<Key, Shown>>);

impl Remembered {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Shown>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Version and role of who showed this PIN at this terminal a moment ago, and uses it again.
    pub(super) fn recall(&self, secrets: &Secrets, key: Key, pin: &Pin, now: Instant) -> Option<(i64, String)> {
        let tag = tag(secrets, key, pin);
        let mut known = self.lock();
        let shown = known.get_mut(&key)?;
        let fresh = now < shown.used_at.plus_minutes(SESSION_MINUTES);
        if !fresh || !is_same(&shown.tag, &tag) {
            return None;
        }
        shown.used_at = shown.used_at.max(now);
        Some((shown.version, shown.role.clone()))
    }

    /// Remembers who showed a right PIN.
    pub(super) fn keep(&self, secrets: &Secrets, key: Key, pin: &Pin, (version, role): (i64, &str), now: Instant) {
        let mut known = self.lock();
        if known.len() >= REMEMBERED_MAX {
            known.retain(|_, shown| now < shown.used_at.plus_minutes(SESSION_MINUTES));
        }
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        let shown = Shown {
            tag: tag(secrets, key, pin),
            version,
            role: role.to_owned(),
            used_at: now,
        };
        known.insert(key, shown);
    }

    /// Forgets whoever tried something else: the next try is hashed.
    pub(super) fn forget(&self, key: Key) {
        self.lock().remove(&key);
    }
}

fn tag(secrets: &Secrets, (till, staff): Key, pin: &Pin) -> Vec<u8> {
    let parts = [till.merchant.0, till.terminal.0, staff.0].map(|id| id.as_bytes().to_vec());
    secrets.pin_tag(&parts.concat(), pin.digits())
}
