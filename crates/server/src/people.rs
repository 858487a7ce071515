//! People who sign in with a password or a passkey: operators, and users of a merchant's back office. Who they are, how they prove it,
//! and what they may change about their own account. It must not know pages or cookies.

pub mod account;
mod factor;
pub mod invitations;
mod letter;
pub mod members;
pub mod passkeys;
mod passwords;
mod sessions;
pub mod sign_in;
mod ticket;
pub mod waiting;

pub use factor::{CODES, Factor};
pub use passwords::{LENGTH_MIN, Passwords, Weak, hashed, weakness};
pub use sessions::{Halfway, Held, KEEP_MINUTES, Person, held};
pub use ticket::Ticket;

use crate::error::Error;
use crate::problem::{Code, Problem};
use crate::secrets::{SecretError, Secrets};
use domain::contact::{self, ContactKind};
use domain::ids::{MerchantId, UserId};
use std::net::IpAddr;
use uuid::Uuid;

/// The merchant of those who belong to none: operators.
pub const OPERATORS: MerchantId = MerchantId(Uuid::nil());

/// From where somebody comes, as they tell themselves and as the log and the list of sessions tell it.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The address.
    pub address: IpAddr,
    /// Browser and system, in a few words.
    pub device: String,
}

/// Why something about an account was not done.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// As HTTP tells it.
    Problem(Problem),
    /// The new password is too easy.
    Weak(Weak),
    /// What was typed is no address, or no name.
    Unreadable,
    /// Somebody signs in with this address already.
    AddressTaken,
    /// The invitation was followed before.
    LinkUsed,
    /// The invitation is over, or never was.
    LinkExpired,
    /// Nothing is offered that could be taken.
    NothingOffered,
    /// What a device answered makes no passkey.
    PasskeyRefused,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Refusal::Problem(problem)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            // Only a session that ended meanwhile leaves undone what was begun in it.
            Error::Unfit(_) => Refusal::Problem(Code::Unauthenticated.into()),
            error => Refusal::Problem(Problem::broken(&error)),
        }
    }
}

impl From<SecretError> for Refusal {
    fn from(error: SecretError) -> Self {
        Refusal::Problem(Problem::broken(&error))
    }
}

impl From<SecretError> for Problem {
    fn from(error: SecretError) -> Self {
        Problem::broken(&error)
    }
}

/// An address in its one form; none when it is not one.
pub fn address(typed: &str) -> Option<String> {
    let contact = contact::parse(typed, "").ok()?;
    (contact.kind == ContactKind::Email).then_some(contact.text)
}

/// The keyed hash by which the person of an address is found. What is no address has one, too, and nobody has it.
fn account_of(secrets: &Secrets, typed: &str) -> Vec<u8> {
    let text = address(typed).unwrap_or_else(|| typed.to_owned());
    secrets.lookup(OPERATORS, ContactKind::Email, &text)
}

/// The place for which a person's address is sealed.
fn address_of(user: UserId) -> String {
    format!("user:{user}:email")
}
