//! The live code that a till has scanned (`CRD-3`), kept in a cookie of its browser until a reward is chosen.
//!
//! Owns: that cookie. Must not know: whether the code is fresh enough; the rules say.

use axum::http::HeaderMap;
use domain::ids::{CardId, MerchantId, TerminalId};
use domain::proof::{Live, SEEN_MICROSECONDS_MAX};

use super::session::Till;
use crate::app::App;
use crate::pages::{context, cookies};

const COOKIE: &str = "trei_shown";

/// What this terminal has seen, if it was this terminal and this merchant's card.
pub(super) fn read(
    app: &App,
    headers: &HeaderMap,
    merchant: MerchantId,
    terminal: TerminalId,
) -> Option<(CardId, Live)> {
    let text = context::cookie(headers, COOKIE)?;
    let (whose, card, live) = app.secrets.live_of_seen(&text, terminal)?;
    (whose == merchant).then_some((card, live))
}

/// The header that keeps what was scanned for as long as it may count.
pub(crate) fn cookie(app: &App, till: &Till, card: CardId, live: &Live) -> String {
    let text = app.secrets.seen(till.merchant(), card, till.terminal(), live);
    cookies::below(&app.config, (COOKIE, "/till"), &text, SEEN_MICROSECONDS_MAX / 1_000_000)
}
