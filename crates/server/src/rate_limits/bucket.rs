//! Tries counted in memory, by key, in as much memory as there is for it: when too many keys were seen lately, those that
//! come new share what is left, and nobody who was known before is touched by it.

use super::rates::Rate;
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::state::{InMemoryState, NotKeyed, StateStore};
use governor::{Quota, RateLimiter};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The most keys that are known at a time: some two megabytes.
pub const KEYS_MAX: usize = 50_000;
/// How many times the tries of one key all those share that found no room.
const SHARED_TIMES: u32 = 100;
/// How long to wait between two searches for keys that may be forgotten.
const SEARCH_PAUSE: Duration = Duration::from_secs(1);

/// Tries by key.
pub struct Bucket<C: Clock = MonotonicClock> {
    keyed: RateLimiter<u64, Known, C, StateInformationMiddleware>,
    shared: RateLimiter<NotKeyed, InMemoryState, C, StateInformationMiddleware>,
    known: Known,
    clock: C,
    /// When keys that may be forgotten were last searched for.
    searched: Mutex<Option<C::Instant>>,
}

/// The state of each key; clones share it.
#[derive(Clone, Default)]
struct Known(Arc<Mutex<HashMap<u64, Nanos>>>);

impl Known {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Nanos>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_room_for(&self, key: u64) -> bool {
        let known = self.lock();
        known.len() < KEYS_MAX || known.contains_key(&key)
    }
}

impl StateStore for Known {
    type Key = u64;

    fn measure_and_replace<T, F, E>(&self, key: &u64, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut known = self.lock();
        let (answer, next) = decide(known.get(key).copied())?;
        known.insert(*key, next);
        Ok(answer)
    }
}

impl ShrinkableKeyedStateStore<u64> for Known {
    fn retain_recent(&self, drop_below: Nanos) {
        self.lock().retain(|_, state| *state > drop_below);
    }

    fn len(&self) -> usize {
        self.lock().len()
    }

    fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }
}

impl<C: Clock + Clone> Bucket<C> {
    /// An empty one.
    pub fn new(rate: Rate, clock: C) -> Self {
        let known = Known::default();
        let shared = Rate {
            tries: rate
                .tries
                .saturating_mul(NonZeroU32::MIN.saturating_add(SHARED_TIMES - 1)),
            ..rate
        };
        Self {
            keyed: RateLimiter::new(quota(rate), known.clone(), clock.clone()),
            shared: RateLimiter::direct_with_clock(quota(shared), clock.clone()).with_middleware(),
            known,
            clock,
            searched: Mutex::new(None),
        }
    }

    /// Counts a try: how many are left after it.
    ///
    /// # Errors
    /// How long to wait before the next.
    pub fn check(&self, key: u64) -> Result<u32, Duration> {
        let now = self.clock.now();
        if !self.known.has_room_for(key) {
            self.make_room(now);
        }
        let tried = if self.known.has_room_for(key) {
            self.keyed.check_key(&key)
        } else {
            self.shared.check()
        };
        tried
            .map(|standing| standing.remaining_burst_capacity())
            .map_err(|not_until| not_until.wait_time_from(now))
    }

    /// Forgets keys whose tries are all to be had again; looking for them takes a while, so it is not done for each try.
    fn make_room(&self, now: C::Instant) {
        use governor::clock::Reference;
        let mut searched = self.searched.lock().unwrap_or_else(PoisonError::into_inner);
        let due = searched.is_none_or(|at| now.duration_since(at) >= SEARCH_PAUSE.into());
        if due {
            *searched = Some(now);
            self.keyed.retain_recent();
        }
    }

    /// How many keys are known.
    #[cfg(test)]
    fn keys(&self) -> usize {
        self.known.len()
    }
}

/// All tries at once, then one after the other as the window goes by.
fn quota(rate: Rate) -> Quota {
    let each = Duration::from_secs(rate.seconds) / rate.tries.get();
    let quota = Quota::with_period(each.max(Duration::from_nanos(1)));
    quota.unwrap_or(Quota::per_second(rate.tries)).allow_burst(rate.tries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn bucket(tries: u32, seconds: u64) -> (Bucket<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let tries = NonZeroU32::new(tries).unwrap();
        (Bucket::new(Rate { tries, seconds }, clock.clone()), clock)
    }

    #[test]
    fn tries_come_back_as_time_goes_by() {
        let (bucket, clock) = bucket(5, 60);
        let told: Vec<bool> = (0..6).map(|_| bucket.check(1).is_ok()).collect();
        assert_eq!(told, [true, true, true, true, true, false]);
        assert_eq!(bucket.check(1), Err(Duration::from_secs(12)));
        assert_eq!(bucket.check(2), Ok(4));
        clock.advance(Duration::from_secs(12));
        assert_eq!(bucket.check(1), Ok(0));
        assert!(bucket.check(1).is_err());
    }

    #[test]
    fn a_million_addresses_take_no_more_memory_than_there_is_for_them() {
        let (bucket, clock) = bucket(5, 60);
        for _ in 0..5 {
            assert!(bucket.check(0).is_ok());
        }
        let passed = (1..=1_000_000u64).filter(|&key| bucket.check(key).is_ok()).count();
        assert_eq!(bucket.keys(), KEYS_MAX);
        // Those for whom there was no room shared what is left for them.
        let room = KEYS_MAX - 1 + 5 * SHARED_TIMES as usize;
        assert_eq!(passed, room);
        // Who was known before is still limited, and no more than before.
        assert!(bucket.check(0).is_err());
        clock.advance(Duration::from_secs(12));
        assert_eq!(bucket.check(0), Ok(0));
        // When it is over, they are forgotten, and there is room again.
        clock.advance(Duration::from_secs(120));
        assert_eq!(bucket.check(2_000_000), Ok(4));
        assert_eq!(bucket.keys(), 1);
    }
}
