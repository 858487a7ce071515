//! The cookie of a customer who signed in.
//!
//! Owns: the cookie. Must not know: what a customer sees.

use crate::app::App;
use crate::config::Config;
use crate::customers::{Customer, KEEP_MINUTES, held};
use crate::error::Error;
use crate::pages::context;
use crate::pages::till::session::is_bound;
use axum::http::HeaderMap;

fn name(config: &Config) -> &'static str {
    if is_bound(config) {
        "__Host-trei_customer"
    } else {
        "trei_customer"
    }
}

/// Who signed in, if anybody did.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn customer(app: &App, headers: &HeaderMap) -> Result<Option<Customer>, Error> {
    match context::cookie(headers, name(&app.config)) {
        Some(token) => held(app, &token).await,
        None => Ok(None),
    }
}

/// The header that keeps a session, or ends it when nothing is to be kept.
pub(super) fn cookie(config: &Config, text: &str) -> String {
    let (name, secure) = (name(config), if is_bound(config) { "; Secure" } else { "" });
    let keep = if text.is_empty() { 0 } else { KEEP_MINUTES * 60 };
    format!("{name}={text}; Path=/; Max-Age={keep}; HttpOnly; SameSite=Lax{secure}")
}
