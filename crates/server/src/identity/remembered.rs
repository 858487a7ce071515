//! Verified credentials, remembered for a moment: at most a second, so that a revoked one stops working as fast, and at
//! most so many, so that nobody can fill the memory.

use super::Caller;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const AGE_MAX: Duration = Duration::from_secs(1);
const REMEMBERED_MAX: usize = 4_096;

/// By hash of the token: when it was verified, and whose it is.
type Known = HashMap<Vec<u8>, (Instant, Arc<Caller>)>;

/// What was verified a moment ago; clones share it.
#[derive(Clone, Default)]
pub struct Credentials(Arc<Mutex<Known>>);

impl Credentials {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who had this token a moment ago.
    pub(super) fn recall(&self, token_hash: &[u8]) -> Option<Arc<Caller>> {
        let known = self.lock();
        let (verified_at, caller) = known.get(token_hash)?;
        (verified_at.elapsed() < AGE_MAX).then(|| caller.clone())
    }

    /// Remembers who has this token.
    pub(super) fn remember(&self, token_hash: Vec<u8>, caller: Arc<Caller>) {
        let mut known = self.lock();
        if known.len() >= REMEMBERED_MAX {
            known.retain(|_, (verified_at, _)| verified_at.elapsed() < AGE_MAX);
        }
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        known.insert(token_hash, (Instant::now(), caller));
    }
}
