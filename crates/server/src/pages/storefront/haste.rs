//! Whether a person filled in the public form (`ENR-7`): nobody else's service is asked, and no puzzle is set. A field that
//! people do not see stays empty, and the form says when it was shown: it comes back after as long as reading takes, and
//! on the same day.
//!
//! Owns: the signed time of a form, and what is credible of it. Must not know: what the form asks.

use crate::secrets::Secrets;
use domain::moment::Instant;

/// What the signature is good for; a time signed for anything else is none.
const FORM: &str = "join";
/// Faster reads no person.
const SECONDS_MIN: i64 = 2;
/// Older was kept, not filled in.
const SECONDS_MAX: i64 = 24 * 60 * 60;

/// When a form was shown, signed.
pub(crate) fn stamp(secrets: &Secrets, now: Instant) -> String {
    secrets.cursor(FORM, now.0)
}

/// Whether a form came back as people send it.
pub(crate) fn is_credible(secrets: &Secrets, stamp: &str, unseen: &str, now: Instant) -> bool {
    let shown_at = secrets.cursor_position(FORM, stamp);
    let took = shown_at.map(|at| now.0.saturating_sub(at) / 1_000_000);
    unseen.is_empty() && took.is_some_and(|seconds| (SECONDS_MIN..=SECONDS_MAX).contains(&seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_credible_between_reading_and_the_next_day() {
        let secrets = Secrets::from_key("a key for tests only, long enough").unwrap();
        let shown = Instant(1_795_000_000_000_000);
        let stamp = stamp(&secrets, shown);
        let after = |seconds: i64| Instant(shown.0 + seconds * 1_000_000);
        for (seconds, credible) in [
            (0, false),
            (1, false),
            (2, true),
            (86_400, true),
            (86_401, false),
            (-5, false),
        ] {
            assert_eq!(is_credible(&secrets, &stamp, "", after(seconds)), credible, "{seconds}");
        }
        assert!(
            !is_credible(&secrets, &stamp, "x", after(60)),
            "only a program sees that field"
        );
        let elsewhere = secrets.cursor("events", shown.0);
        for forged in ["", "0", &elsewhere] {
            assert!(!is_credible(&secrets, forged, "", after(60)), "{forged}");
        }
    }
}
