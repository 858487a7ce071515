//! The cookie by which a browser knows the card that was opened in it, until its contact is proved (`ENR-3`).
//!
//! Owns: the cookie. Must not know: what a proof does.

use crate::app::App;
use crate::config::Config;
use crate::pages::cookies::Cookie;
use axum::http::HeaderMap;
use domain::ids::CardId;

const COOKIE: Cookie = Cookie("trei_joined");
/// As long as the link of a letter works, in seconds.
const KEEP_SECONDS: i64 = 7 * 24 * 60 * 60;

/// The card that was opened in this browser.
pub(super) fn card(app: &App, headers: &HeaderMap) -> Option<CardId> {
    let link = COOKIE.read(&app.config, headers)?;
    Some(app.secrets.card_of_link(&link)?.card)
}

/// The header that remembers it.
pub(super) fn cookie(config: &Config, link: &str) -> String {
    COOKIE.keep(config, link, KEEP_SECONDS)
}
