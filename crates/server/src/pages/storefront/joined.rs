//! The cookie by which a browser knows the card that was opened in it, until its contact is proved (`ENR-3`).
//!
//! Owns: the cookie. Must not know: what a proof does.

use crate::app::App;
use crate::config::Config;
use crate::pages::context;
use crate::pages::till::session::is_bound;
use axum::http::HeaderMap;
use domain::ids::CardId;

/// As long as the link of a letter works, in seconds.
const KEEP_SECONDS: i64 = 7 * 24 * 60 * 60;

fn name(config: &Config) -> &'static str {
    if is_bound(config) {
        "__Host-trei_joined"
    } else {
        "trei_joined"
    }
}

/// The card that was opened in this browser.
pub(super) fn card(app: &App, headers: &HeaderMap) -> Option<CardId> {
    let link = context::cookie(headers, name(&app.config))?;
    Some(app.secrets.card_of_link(&link)?.card)
}

/// The header that remembers it.
pub(super) fn cookie(config: &Config, link: &str) -> String {
    let (name, secure) = (name(config), if is_bound(config) { "; Secure" } else { "" });
    format!("{name}={link}; Path=/; Max-Age={KEEP_SECONDS}; HttpOnly; SameSite=Lax{secure}")
}
