//! Whose turn it is at the till (`PIN-6`): after one right PIN a few minutes of earning without another, kept in a cookie of
//! this browser alone.
//!
//! Owns: that cookie, and its name for the bar. Must not know: how a PIN is verified.

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use super::session::Till;
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::pages::{context, cookies};
use crate::pins::{self, Session};

const COOKIE: &str = "trei_turn";
const MICROSECONDS: i64 = 1_000_000;

/// Whose turn it is, and until when unless they go on.
#[derive(Debug, Clone)]
pub struct Turn {
    /// Their name at the till.
    pub name: String,
    /// Seconds from now.
    pub seconds: i64,
}

/// The session of a request: of this terminal, not over, and of somebody who still serves here with that PIN.
pub(super) fn read(app: &App, headers: &HeaderMap, at: pins::Till, catalogue: &Catalogue) -> Option<Session> {
    let text = context::cookie(headers, COOKIE)?;
    let session = Session::read(app, at, &text)?;
    let stands = catalogue.stands(session.staff(), session.version(), Some(at.store));
    stands.then_some(session)
}

/// What the bar says of a session.
pub(super) fn told(till: &Till, session: &Session) -> Option<Turn> {
    let member = till.catalogue().serving(session.staff())?;
    let left = session.expires_at().0.saturating_sub(till.now().0);
    Some(Turn {
        name: member.name.clone(),
        seconds: (left / MICROSECONDS).max(0),
    })
}

/// The header that keeps a session as long as it lasts.
pub(crate) fn cookie(app: &App, till: &Till, session: &Session) -> String {
    let left = session.expires_at().0.saturating_sub(till.now().0) / MICROSECONDS;
    set(app, &session.text(&app.secrets), left.max(0))
}

/// The header that ends it.
pub(crate) fn ended(app: &App) -> String {
    set(app, "", 0)
}

/// Puts it into an answer that may keep others.
pub(crate) fn keep(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, value);
    }
}

fn set(app: &App, text: &str, seconds: i64) -> String {
    cookies::below(&app.config, (COOKIE, "/till"), text, seconds)
}
