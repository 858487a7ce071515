//! Every route of the installation, tried by everybody who has no business there: each is refused with its documented
//! status, and leaves every table as it was. Routes are found, not listed (`support/addresses.rs`): a new one is walked
//! from the day it is laid. What a stranger may reach stands in `public_calls.txt` and `public_pages.txt`, each line with
//! its reason; a line that is not needed any more fails the walk, so the lists only shrink by themselves.

mod neighbours;
mod roles;
mod scopes;
mod strangers;

use crate::support::rows::{Look, Rows};
use crate::support::site::Seen;
use serde_json::Value;

/// The code of a problem; nothing for an answer that is none.
fn code(seen: &Seen) -> String {
    let body: Value = serde_json::from_str(&seen.text).unwrap_or_default();
    body["code"].as_str().unwrap_or_default().to_owned()
}

/// Whether a page turned somebody away: by its status, or by showing where to sign in instead.
fn is_turned_away(seen: &Seen) -> bool {
    let elsewhere = seen.status.is_redirection() && seen.header("location").starts_with("/signin");
    let pairing = seen.text.contains("action=\"/till/session\"");
    matches!(seen.status.as_u16(), 401 | 403 | 404 | 410 | 429) || elsewhere || pairing
}

/// Watches that nothing changes.
struct Watch {
    look: Look,
    before: Rows,
}

impl Watch {
    async fn new(look: Look) -> Self {
        let before = look.now().await;
        Self { look, before }
    }

    /// Fails if anything changed since.
    async fn nothing_happened(&self, after: &str) {
        let now = self.look.now().await;
        assert_eq!(
            self.before.changed(&now),
            Vec::<String>::new(),
            "{after} changed tables"
        );
    }
}
