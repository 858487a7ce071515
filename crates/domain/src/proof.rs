//! How a card was shown at a terminal, and whether that is fresh enough for value to leave it (`CRD-3`). Whether a code
//! is genuine is proven before; here it is a number of a step and the instant at which it was seen.

use crate::card::Card;
use crate::facts::Authority;
use crate::moment::Instant;
use crate::rejection::Rejection;
use crate::terms::RiskPreset;

/// How long one live code is shown.
pub const STEP_MICROSECONDS: i64 = 30_000_000;
/// How far the step of a code may lie from the clock: it takes a moment to be read, and clocks differ.
const STEPS_APART_MAX: i64 = 1;
/// For how long what a terminal has seen counts: long enough to choose a reward.
pub const SEEN_MICROSECONDS_MAX: i64 = 3 * 60 * 1_000_000;

/// A live code that is genuine, as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Live {
    /// Of which generation of the card.
    pub generation: i64,
    /// Of which step.
    pub step: i64,
    /// When a terminal saw it.
    pub seen_at: Instant,
}

/// How the card was shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// By something that only finds it: a printed code, a number, a contact.
    #[default]
    None,
    /// By something that is no live code of this card.
    Unknown,
    /// By the live code of its page.
    Live(Live),
    /// It is only asked what a command would do; nothing leaves.
    Look,
}

/// The step of an instant.
pub fn step_of(at: Instant) -> i64 {
    at.0.div_euclid(STEP_MICROSECONDS)
}

/// How much longer the code of this instant is shown, in milliseconds.
pub fn left_milliseconds(at: Instant) -> i64 {
    (STEP_MICROSECONDS - at.0.rem_euclid(STEP_MICROSECONDS)) / 1_000
}

impl RiskPreset {
    /// Whether terminals must show something fresh.
    pub fn asks(self) -> bool {
        self != RiskPreset::Standard
    }
}

impl Proof {
    /// Whether value may leave the card. The answer is the step that is spent by it, if a live code was needed.
    ///
    /// # Errors
    /// [`Rejection::ConfirmationRequired`] when nothing was shown, [`Rejection::CredentialStale`] when it is not fresh.
    pub fn suffices(
        self,
        preset: RiskPreset,
        authority: Authority,
        card: &Card,
        now: Instant,
    ) -> Result<Option<i64>, Rejection> {
        // An API key is its own proof, and a customer only looks.
        let binds = matches!(authority, Authority::Cashier | Authority::Manager);
        if !binds || !preset.asks() || self == Proof::Look {
            return Ok(None);
        }
        match self {
            Proof::Live(live) if live.is_fresh(card, now) => Ok(Some(live.step)),
            _ if authority == Authority::Manager && preset == RiskPreset::Balanced => Ok(None),
            Proof::None | Proof::Look => Err(Rejection::ConfirmationRequired),
            Proof::Unknown | Proof::Live(_) => Err(Rejection::CredentialStale),
        }
    }
}

impl Live {
    /// Of the card as it is, seen while it was shown and not long ago, and later than any that was spent.
    fn is_fresh(self, card: &Card, now: Instant) -> bool {
        let apart = step_of(self.seen_at).abs_diff(self.step);
        let age = now.0.saturating_sub(self.seen_at.0);
        self.generation == card.generation
            && apart <= STEPS_APART_MAX.unsigned_abs()
            && (0..=SEEN_MICROSECONDS_MAX).contains(&age)
            && card.shown_step.is_none_or(|spent| self.step > spent)
    }
}
