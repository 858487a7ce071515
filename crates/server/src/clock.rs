//! The only place that reads the clock. Everything else is told what time it is.

use domain::moment::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time: the machine's, or one that a test or a demonstration sets.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Stands still until it is moved.
    Still(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at an instant.
    pub fn still(at: Instant) -> Self {
        Clock::Still(Arc::new(AtomicI64::new(at.0)))
    }

    /// Now.
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Instant {
        match self {
            Clock::System => Instant(jiff::Timestamp::now().as_microsecond()),
            Clock::Still(at) => Instant(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a still clock; the machine's clock is left alone.
    pub fn set(&self, now: Instant) {
        if let Clock::Still(at) = self {
            at.store(now.0, Ordering::SeqCst);
        }
    }
}
