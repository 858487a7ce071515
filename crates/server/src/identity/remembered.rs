//! Verified credentials, remembered for a moment: at most a second, so that a revoked one stops working as fast, and at
//! most so many, so that nobody can fill the memory. One request in the second half of that time verifies anew for all,
//! so that many requests of one caller never read at once.

use super::Caller;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const AGE_MAX: Duration = Duration::from_secs(1);
/// From this age on, one request is sent to verify anew.
const AGE_FRESH: Duration = Duration::from_millis(500);
const REMEMBERED_MAX: usize = 4_096;

/// By hash of the token.
type Known = HashMap<Vec<u8>, Verified>;

struct Verified {
    at: Instant,
    caller: Arc<Caller>,
    /// Whether a request has gone to verify anew.
    renewing: bool,
}

/// What was verified a moment ago; clones share it.
#[derive(Clone, Default)]
pub struct Credentials(Arc<Mutex<Known>>);

impl Credentials {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who had this token a moment ago. None also for the one that shall find out anew.
    pub(super) fn recall(&self, token_hash: &[u8]) -> Option<Arc<Caller>> {
        self.recall_at(token_hash, Instant::now())
    }

    fn recall_at(&self, token_hash: &[u8], now: Instant) -> Option<Arc<Caller>> {
        let mut known = self.lock();
        let verified = known.get_mut(token_hash)?;
        let age = now.saturating_duration_since(verified.at);
        let renews = age >= AGE_FRESH && !std::mem::replace(&mut verified.renewing, true);
        (age < AGE_MAX && !renews).then(|| verified.caller.clone())
    }

    /// Remembers who has this token.
    pub(super) fn remember(&self, token_hash: Vec<u8>, caller: Arc<Caller>) {
        let mut known = self.lock();
        if known.len() >= REMEMBERED_MAX {
            known.retain(|_, verified| verified.at.elapsed() < AGE_MAX);
        }
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        let verified = Verified {
            at: Instant::now(),
            caller,
            renewing: false,
        };
        known.insert(token_hash, verified);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bounds, Principal};
    use super::*;
    use domain::ids::{KeyId, MerchantId};
    use uuid::Uuid;

    fn remembered() -> (Credentials, Instant) {
        let credentials = Credentials::default();
        let principal = Principal::Key {
            id: KeyId(Uuid::nil()),
            scopes: Vec::new(),
            stores: Vec::new(),
        };
        let merchant = MerchantId(Uuid::nil());
        let caller = Caller {
            merchant,
            principal,
            bounds: Bounds::default(),
        };
        credentials.remember(vec![7], Arc::new(caller));
        (credentials, Instant::now())
    }

    #[test]
    fn a_credential_is_remembered_for_a_second_at_most() {
        let (credentials, now) = remembered();
        assert!(credentials.recall_at(&[7], now).is_some());
        assert!(credentials.recall_at(&[8], now).is_none());
        assert!(credentials.recall_at(&[7], now + AGE_MAX).is_none());
        assert!(credentials.recall_at(&[7], now + AGE_MAX).is_none());
    }

    #[test]
    fn one_request_verifies_anew_while_the_others_go_on() {
        let (credentials, now) = remembered();
        let later = now + AGE_FRESH;
        let told: Vec<bool> = (0..4).map(|_| credentials.recall_at(&[7], later).is_some()).collect();
        assert_eq!(told, [false, true, true, true]);
    }
}
