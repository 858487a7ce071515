//! Pages of people who sign in with a password: signing in, their account, the first page of operators and of back offices,
//! and the table of who may do what.
//!
//! Owns: their views and words. Must not know: how anybody proves who they are.

pub mod account;
pub(crate) mod handlers;
pub mod home;
pub mod menu;
pub mod permissions;
pub(crate) mod routes;
pub(crate) mod session;
pub mod sign_in;
pub mod words;

/// What stands along the top once somebody signed in.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Whose page: the merchant, or the house.
    pub title: String,
    /// Where its first page is.
    pub home: &'static str,
    /// Who signed in.
    pub name: String,
    /// As what.
    pub role: String,
    /// Where they may go: address and name.
    pub menu: Vec<(&'static str, String)>,
}

impl Bar {
    /// Whether a page belongs to a place of the menu without being it.
    pub(crate) fn is_below(&self, page: &str, place: &str) -> bool {
        let below = page.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'));
        // Everything lies below the first one.
        below && self.menu.first().is_none_or(|(first, _)| *first != place)
    }
}
