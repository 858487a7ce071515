//! Counting wrong tries (`PIN-5`). A try counts from its beginning, before anybody knows whether it is right, so that
//! tries at the same time are all counted; a right one takes itself and what was before it out again.

use crate::moment::Instant;
use serde::{Deserialize, Serialize};

/// The longest lock, in minutes.
const LOCK_MINUTES_MAX: i64 = 24 * 60;
/// From here on doubling changes nothing.
const LEVEL_MAX: u32 = 12;

/// When tries are over, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// So many wrong tries lock.
    pub tries: i64,
    /// For so many minutes the first time; each further time twice as long, up to a day.
    pub minutes: i64,
}

/// Tries are over for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Until when.
    pub until: Instant,
}

/// A try that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    /// Its number since the beginning.
    pub number: i64,
    /// How many are left after it, if it is wrong.
    pub remaining: i64,
    /// Whether it locked, if it is wrong.
    pub locks: bool,
}

/// The tries of one person, or at one terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Guard {
    /// Tries since the beginning.
    tries: i64,
    /// Tries that no longer count: up to this number.
    forgiven: i64,
    /// How often it locked since the last right try.
    level: u32,
    /// The try that locked.
    locked_by: i64,
    locked_until: Option<Instant>,
}

impl Guard {
    /// Until when it is locked, if it is.
    pub fn locked(&self, now: Instant) -> Option<Locked> {
        let until = self.locked_until.filter(|&until| now < until)?;
        Some(Locked { until })
    }

    /// Counts a try that begins now. Locked, nothing is counted and the lock stays as long as it is.
    ///
    /// # Errors
    /// [`Locked`].
    pub fn begin(&mut self, now: Instant, threshold: Threshold) -> Result<Try, Locked> {
        if let Some(locked) = self.locked(now) {
            return Err(locked);
        }
        if self.locked_until.take().is_some() {
            self.forgiven = self.forgiven.max(self.locked_by);
        }
        self.tries += 1;
        let used = self.tries - self.forgiven;
        let locks = used >= threshold.tries;
        if locks {
            let minutes = threshold.minutes.saturating_mul(1 << self.level.min(LEVEL_MAX));
            self.locked_until = Some(now.plus_minutes(minutes.min(LOCK_MINUTES_MAX)));
            self.locked_by = self.tries;
            self.level += 1;
        }
        Ok(Try {
            number: self.tries,
            remaining: (threshold.tries - used).max(0),
            locks,
        })
    }

    /// A try was right: it and what was before it count no longer. What others tried since then still counts, and keeps a
    /// lock if that alone is enough for one.
    pub fn right(&mut self, one: Try, threshold: Threshold) {
        self.forgiven = self.forgiven.max(one.number);
        let keeps = self.locked_until.is_some() && self.locked_by - one.number >= threshold.tries;
        if !keeps {
            self.locked_until = None;
            self.level = 0;
        }
    }

    /// Forgives everything: a manager unlocked, or the PIN is another.
    pub fn unlock(&mut self) {
        self.forgiven = self.tries;
        self.locked_until = None;
        self.level = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: Threshold = Threshold { tries: 3, minutes: 15 };
    const NOON: Instant = Instant(1_772_449_200_000_000);

    fn wrong(guard: &mut Guard, now: Instant, times: i64) -> Try {
        let tries = (0..times).map(|_| guard.begin(now, THREE).unwrap());
        tries.last().unwrap()
    }

    #[test]
    fn pin_5_the_threshold_locks_and_doubles_to_a_day() {
        let (mut guard, mut now) = (Guard::default(), NOON);
        let mut minutes = Vec::new();
        for _ in 0..9 {
            assert!(wrong(&mut guard, now, 3).locks);
            let until = guard.locked(now).unwrap().until;
            minutes.push((until.0 - now.0) / 60_000_000);
            assert_eq!(guard.begin(Instant(until.0 - 1), THREE), Err(Locked { until }));
            now = until;
        }
        assert_eq!(minutes, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
    }

    #[test]
    fn pin_5_a_right_one_starts_anew_and_remaining_tries_are_known() {
        let mut guard = Guard::default();
        assert_eq!(wrong(&mut guard, NOON, 1).remaining, 2);
        let right = guard.begin(NOON, THREE).unwrap();
        guard.right(right, THREE);
        assert_eq!(wrong(&mut guard, NOON, 2).remaining, 1);
        assert_eq!(guard.locked(NOON), None);
    }

    #[test]
    fn pin_5_the_last_try_may_be_the_right_one() {
        let mut guard = Guard::default();
        wrong(&mut guard, NOON, 2);
        let right = guard.begin(NOON, THREE).unwrap();
        assert!(right.locks);
        guard.right(right, THREE);
        assert_eq!(guard.locked(NOON), None);
    }

    #[test]
    fn pin_5_wrong_ones_at_the_same_time_as_a_right_one_are_not_lost() {
        let mut guard = Guard::default();
        let right = guard.begin(NOON, THREE).unwrap();
        assert!(wrong(&mut guard, NOON, 2).locks);
        guard.right(right, THREE);
        // The right one took itself out: two are wrong, the third locks.
        assert_eq!(guard.locked(NOON), None);
        assert!(wrong(&mut guard, NOON, 1).locks);
    }

    #[test]
    fn pin_5_a_lock_is_not_made_longer_and_a_manager_ends_it() {
        let mut guard = Guard::default();
        wrong(&mut guard, NOON, 3);
        let (before, locked) = (guard, guard.locked(NOON));
        assert!(guard.begin(NOON.plus_minutes(14), THREE).is_err());
        assert_eq!((guard, guard.locked(NOON)), (before, locked));
        guard.unlock();
        assert_eq!(guard.begin(NOON, THREE).map(|one| one.remaining), Ok(2));
    }
}
