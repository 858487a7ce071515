//! Repeatable chance for the demonstration: the same seed and the same name give the same stream (SplitMix64). It must
//! never make a secret.

use domain::moment::Instant;
use uuid::Uuid;

/// A stream of numbers.
#[derive(Clone, Debug)]
pub struct Chance(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(state: u64) -> u64 {
    let first = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let second = (first ^ (first >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    second ^ (second >> 31)
}

impl Chance {
    /// A stream of its own for each seed, purpose and number, so that what one card draws never moves another's.
    pub fn of(seed: u64, purpose: &str, number: usize) -> Self {
        let named = purpose
            .bytes()
            .fold(mix(seed), |state, byte| mix(state.wrapping_add(STEP) ^ u64::from(byte)));
        Self(mix(named ^ (number as u64).wrapping_mul(STEP)))
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number from zero up to but not including `end`; zero when `end` is not positive. The bias is too small to see.
    pub fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end).unwrap_or(0).max(1);
        i64::try_from(self.next() % end).unwrap_or(0)
    }

    /// A number from `low` to `high`, both possible.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// True so many times in a thousand.
    pub fn in_thousand(&mut self, times: i64) -> bool {
        self.below(1_000) < times
    }

    /// One of several; the default when there are none.
    pub fn pick<T: Copy + Default>(&mut self, of: &[T]) -> T {
        let place = self.below(i64::try_from(of.len()).unwrap_or(0));
        usize::try_from(place)
            .ok()
            .and_then(|place| of.get(place).copied())
            .unwrap_or_default()
    }

    /// The place of one of several weights; the first when all are zero.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        0
    }

    /// A time-ordered id.
    pub fn id(&mut self, at: Instant) -> Uuid {
        let milliseconds = u64::try_from(at.0 / 1_000).unwrap_or(0);
        let mut bytes = [0u8; 10];
        let (high, low) = (self.next().to_be_bytes(), self.next().to_be_bytes());
        bytes[..8].copy_from_slice(&high);
        bytes[8..].copy_from_slice(&low[..2]);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_draws_the_same_and_another_does_not() {
        let draw = |seed, purpose, number| {
            let mut chance = Chance::of(seed, purpose, number);
            [chance.next(), chance.next()]
        };
        assert_eq!(draw(1, "cards", 7), draw(1, "cards", 7));
        let others = [draw(2, "cards", 7), draw(1, "visits", 7), draw(1, "cards", 8)];
        assert!(others.iter().all(|other| *other != draw(1, "cards", 7)));
    }

    #[test]
    fn numbers_stay_in_their_range() {
        let mut chance = Chance::of(5, "ranges", 0);
        for _ in 0..1_000 {
            assert!((3..=9).contains(&chance.between(3, 9)));
            assert_eq!(chance.weighted(&[0, 1, 0]), 1);
            assert_eq!(chance.below(0), 0);
        }
    }
}
