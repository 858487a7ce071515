//! What the database refused a moment ago, so that whoever goes on costs it nothing more until their window is over.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Who is refused at a time in one process at most; beyond them the database is asked again.
const REMEMBERED_MAX: usize = 10_000;

/// Keys, as hashes, and until when they are refused, in microseconds.
#[derive(Default)]
pub(super) struct Refused(Mutex<HashMap<u64, i64>>);

impl Refused {
    /// In how many seconds the window of a key is over, if it is refused.
    pub(super) fn left(&self, key: u64, now: i64) -> Option<u64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let until = known.get(&key).filter(|until| **until > now)?;
        Some(u64::try_from(until - now).unwrap_or(0).div_ceil(1_000_000))
    }

    /// A key is refused for so many seconds.
    pub(super) fn remember(&self, key: u64, now: i64, seconds: u64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED_MAX {
            known.retain(|_, until| *until > now);
        }
        if known.len() < REMEMBERED_MAX {
            let window = i64::try_from(seconds).unwrap_or(0).saturating_mul(1_000_000);
            known.insert(key, now.saturating_add(window));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_refused_is_remembered_until_the_window_is_over_and_memory_is_bounded() {
        let refused = Refused::default();
        refused.remember(1, 0, 60);
        assert_eq!(refused.left(1, 30_000_000), Some(30));
        assert_eq!((refused.left(1, 60_000_000), refused.left(2, 0)), (None, None));
        for key in 0..30_000 {
            refused.remember(key, 0, 60);
        }
        assert_eq!(refused.0.lock().unwrap().len(), REMEMBERED_MAX);
        refused.remember(99_999, 60_000_000, 60);
        assert_eq!(refused.left(99_999, 60_000_000), Some(60));
    }
}
