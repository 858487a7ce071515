//! The cookie of a customer who signed in.
//!
//! Owns: the cookie. Must not know: what a customer sees.

use crate::app::App;
use crate::config::Config;
use crate::customers::{Customer, KEEP_MINUTES, held};
use crate::error::Error;
use crate::pages::cookies::Cookie;
use axum::http::HeaderMap;

const COOKIE: Cookie = Cookie("trei_customer");

/// Who signed in, if anybody did.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn customer(app: &App, headers: &HeaderMap) -> Result<Option<Customer>, Error> {
    match COOKIE.read(&app.config, headers) {
        Some(token) => held(app, &token).await,
        None => Ok(None),
    }
}

/// The header that keeps a session, or ends it when nothing is to be kept.
pub(super) fn cookie(config: &Config, text: &str) -> String {
    COOKIE.keep(config, text, KEEP_MINUTES * 60)
}
