//! How long answers took: counts in buckets whose width grows with the value, so that a figure is never off by more
//! than a sixty-fourth and a million answers cost no memory. It must not know what was asked.

use std::time::Duration;

/// Buckets for each doubling.
const STEPS: u64 = 64;
/// log2 of [`STEPS`].
const STEP_BITS: u32 = STEPS.trailing_zeros();
/// Enough for more than an hour in microseconds.
const BUCKETS: usize = (STEPS as usize) * 28;

/// Counts of durations, in microseconds.
#[derive(Clone, Debug)]
pub struct Histogram {
    counts: Vec<u64>,
    total: u64,
    longest: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            counts: vec![0; BUCKETS],
            total: 0,
            longest: 0,
        }
    }
}

impl Histogram {
    /// Counts one duration.
    pub fn add(&mut self, duration: Duration) {
        let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.counts[bucket_of(micros)] += 1;
        self.total += 1;
        self.longest = self.longest.max(micros);
    }

    /// Counts what another counted.
    pub fn merge(&mut self, other: &Histogram) {
        for (own, theirs) in self.counts.iter_mut().zip(&other.counts) {
            *own += theirs;
        }
        self.total += other.total;
        self.longest = self.longest.max(other.longest);
    }

    /// How many were counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The duration in milliseconds that a share (0 to 1) of all did not exceed; none when nothing was counted.
    pub fn quantile_ms(&self, share: f64) -> Option<f64> {
        if self.total == 0 {
            return None;
        }
        let rank = ((self.total as f64 * share).ceil() as u64).clamp(1, self.total);
        let mut seen = 0;
        for (index, count) in self.counts.iter().enumerate() {
            seen += count;
            if seen >= rank {
                return Some(upper_edge(index).min(self.longest) as f64 / 1000.0);
            }
        }
        Some(self.longest as f64 / 1000.0)
    }
}

/// Below [`STEPS`] each microsecond has its own bucket; above, each doubling is cut into as many.
fn bucket_of(micros: u64) -> usize {
    if micros < STEPS {
        return micros as usize;
    }
    let doublings = micros.ilog2() - STEP_BITS;
    let step = (micros >> doublings) - STEPS;
    let index = STEPS + u64::from(doublings) * STEPS + step;
    (index as usize).min(BUCKETS - 1)
}

/// The largest value of a bucket.
fn upper_edge(index: usize) -> u64 {
    let index = index as u64;
    if index < STEPS {
        return index;
    }
    let (doublings, step) = ((index - STEPS) / STEPS, (index - STEPS) % STEPS);
    ((STEPS + step + 1) << doublings) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(value: u64) -> Duration {
        Duration::from_micros(value)
    }

    #[test]
    fn a_bucket_ends_where_the_next_begins() {
        for index in 0..BUCKETS - 1 {
            let edge = upper_edge(index);
            assert_eq!(bucket_of(edge), index);
            assert_eq!(bucket_of(edge + 1), index + 1);
        }
        assert_eq!(bucket_of(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn quantiles_are_off_by_a_sixty_fourth_at_most() {
        let mut histogram = Histogram::default();
        (1..=100_000).for_each(|value| histogram.add(micros(value)));
        for (share, exact) in [(0.5, 50.0), (0.99, 99.0), (0.999, 99.9), (1.0, 100.0)] {
            let found = histogram.quantile_ms(share).unwrap();
            assert!(
                found >= exact && found <= exact * (1.0 + 1.0 / 64.0),
                "{share}: {found}"
            );
        }
    }

    #[test]
    fn one_long_wait_among_many_is_the_tail_and_not_the_middle() {
        let (mut quick, mut slow) = (Histogram::default(), Histogram::default());
        (0..999).for_each(|_| quick.add(micros(10)));
        slow.add(Duration::from_secs(2));
        quick.merge(&slow);
        assert_eq!(quick.total(), 1000);
        assert_eq!(quick.quantile_ms(0.5), Some(0.01));
        assert_eq!(quick.quantile_ms(0.999), Some(0.01));
        assert_eq!(quick.quantile_ms(1.0), Some(2000.0));
    }

    #[test]
    fn nothing_has_no_quantile() {
        assert_eq!(Histogram::default().quantile_ms(0.99), None);
    }
}
