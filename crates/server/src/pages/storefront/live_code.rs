//! The code of an open card page, which is another every half minute (`CRD-3`).
//!
//! Owns: the view of `/c/{token}/code`. Must not know: how codes are made.

use askama::Template;

use crate::pages::qr;

/// The picture, for as long as it is shown.
#[derive(Template)]
#[template(path = "storefront/live_code.html")]
pub struct LiveCode {
    /// What the terminal scans.
    pub code: String,
    /// For how many milliseconds more it is the one of now.
    pub left: i64,
}

impl LiveCode {
    fn qr(&self) -> String {
        qr::draw(&self.code)
    }
}
