//! Who signs in to a back office, or runs the installation, and one of them.
//!
//! Owns: the views of `/back/users`, `/operator/users` and `/operator/merchants/{merchant}/users`. Must not know: who may change them.

use askama::Template;

use super::log::Choice;
use super::{StoreChoice, Trouble};
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// Somebody who signs in, or did.
#[derive(Debug, Clone)]
pub struct UserRow {
    /// Their public id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub address: String,
    /// Their role, in words.
    pub role: String,
    /// Where, in words; empty among operators.
    pub stores: String,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether they have a second factor.
    pub has_factor: bool,
    /// When they were last here, in microseconds, if they are signed in.
    pub seen_at: Option<i64>,
    /// Whether it is who looks.
    pub is_self: bool,
}

/// Somebody who is invited and has not come yet.
#[derive(Debug, Clone)]
pub struct InvitedRow {
    /// To which address.
    pub address: String,
    /// As what, in words.
    pub role: String,
    /// The same as its code.
    pub role_code: &'static str,
    /// Where, as public ids; empty for everywhere.
    pub stores: Vec<String>,
    /// How long the link is good, in microseconds; none when it is over.
    pub until: Option<i64>,
}

/// An invitation that was just made.
#[derive(Debug, Clone)]
pub struct Made {
    /// For whom.
    pub address: String,
    /// The link, shown this once.
    pub link: String,
    /// How long it is good, in microseconds.
    pub until: i64,
}

/// `/back/users` and `/operator/users`
#[derive(Template, Clone)]
#[template(path = "back/users.html")]
pub struct UsersPage {
    pub page: Page,
    pub bar: Bar,
    /// Its own address.
    pub address: String,
    /// Where a proof of who looks leads back to.
    pub next: &'static str,
    /// Whether each of them has a page.
    pub manage: bool,
    pub lead: String,
    pub users: Vec<UserRow>,
    pub invited: Vec<InvitedRow>,
    pub roles: Vec<Choice>,
    /// The stores that somebody may be given.
    pub stores: Vec<StoreChoice>,
    /// What was typed as an address.
    pub typed: String,
    pub made: Option<Made>,
    /// Whether who it is was proven lately enough.
    pub fresh: bool,
    /// Whether something was just done.
    pub done: bool,
    pub trouble: Option<Trouble>,
}

/// `/back/users/{user}` and `/operator/users/{user}`
#[derive(Template, Clone)]
#[template(path = "back/user.html")]
pub struct UserPage {
    pub page: Page,
    pub bar: Bar,
    /// The address of the list.
    pub address: String,
    /// Where a proof of who looks leads back to.
    pub next: &'static str,
    pub row: UserRow,
    pub roles: Vec<Choice>,
    pub stores: Vec<StoreChoice>,
    /// Whether who it is was proven lately enough.
    pub fresh: bool,
    /// Whether something was just done.
    pub done: bool,
    pub trouble: Option<Trouble>,
}

impl UsersPage {
    fn error(&self, field: &str) -> Option<&str> {
        super::sentence(self.trouble.as_ref(), field)
    }
}

impl UserPage {
    fn error(&self, field: &str) -> Option<&str> {
        super::sentence(self.trouble.as_ref(), field)
    }
}

impl InvitedRow {
    /// How long the link is good.
    fn until(&self, page: &Page) -> String {
        match self.until {
            Some(at) => page.text().users_waiting(page.spoken(at)),
            None => page.text().users_over(),
        }
    }
}

impl UserRow {
    /// When they were last here.
    fn seen(&self, page: &Page) -> String {
        match self.seen_at {
            Some(at) => page.text().users_seen(page.spoken(at)),
            None => page.text().users_never(),
        }
    }
}
