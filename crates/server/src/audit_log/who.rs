//! Who did something, as the log names them: a kind, an id where there is one, and a role.

use crate::permissions::{Group, Role};
use domain::ids::UserId;
use std::fmt::Display;
use std::net::IpAddr;

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    actor: String,
    role: String,
    address: Option<IpAddr>,
}

impl Who {
    /// Somebody with a public id, in a role.
    pub fn is(id: impl Display, role: impl Into<String>) -> Self {
        Self {
            actor: id.to_string(),
            role: role.into(),
            address: None,
        }
    }

    /// The same, from an address.
    #[must_use]
    pub fn at(self, address: IpAddr) -> Self {
        let address = Some(address);
        Self { address, ..self }
    }

    /// From where, where that is known.
    pub(super) fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// An operator, or a user of a merchant's back office.
    pub fn person(id: UserId, role: Role) -> Self {
        let of = match role.group() {
            Group::Operators => "operator",
            _ => "user",
        };
        Self::is(id, format!("{of}:{}", role.code()))
    }

    /// Somebody who did not say, or could not prove, who they are.
    pub fn stranger() -> Self {
        Self::is("stranger", "stranger")
    }

    /// Whoever has a shell on the machine.
    pub fn console() -> Self {
        Self::is("console", "operator")
    }

    /// The installation itself.
    pub fn system() -> Self {
        Self::is("system", "system")
    }

    /// The id, or what stands for one.
    pub fn actor(&self) -> String {
        self.actor.clone()
    }

    /// The role.
    pub fn role(&self) -> &str {
        &self.role
    }
}
