//! PINs of staff (`PIN-1` to `PIN-7`): who is at a terminal, proven by a name and a PIN. A try is counted before it is
//! hashed, so that tries at the same time, in whichever process, are all counted; unknown, left, elsewhere and wrong are
//! one answer at one price. What was verified is a [`StaffProof`] that only this module makes; the ledger looks in the
//! transaction of each write whether it still stands. It must not know pages or JSON.

mod editing;
mod hasher;
mod list;
mod manage;
mod present;
mod remembered;
mod rules;
mod session;
mod verify;

pub use editing::{Serving, edit};
pub use list::{Listed, list};
pub use manage::{Added, Changed, add, change, fill, leave, reset, unlock, unlock_terminal};
pub use present::{Brought, Served, present};
pub use rules::{floor, rules};
pub use session::{Session, SessionText, open};
pub use verify::{locked_until, verify};

use crate::audit_log::Who;
use crate::problem::Problem;
use crate::secrets::SecretError;
use domain::facts::Authority;
use domain::ids::{MerchantId, PinId, StaffId, StoreId, TerminalId};
use domain::moment::Instant;
use domain::pin::{Policies, Threshold};
use hasher::Hasher;
use remembered::Remembered;
use std::fmt;

/// How many times as many wrong tries lock a terminal as lock a person: one clumsy person does not close the till.
const TERMINAL_TRIES_FACTOR: i64 = 2;

/// What the installation has for PINs: hands that hash, and what was verified a moment ago.
#[derive(Default)]
pub struct Pins {
    hasher: Hasher,
    remembered: Remembered,
}

impl Pins {
    /// How many hashes were computed here since the start: every try costs one.
    pub fn hashes(&self) -> u64 {
        self.hasher.done()
    }
}

/// A PIN as somebody typed it. It prints nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// What was typed.
    pub fn typed(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    fn digits(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pin(…)")
    }
}

/// At which terminal, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Till {
    /// Whose.
    pub merchant: MerchantId,
    /// Which.
    pub terminal: TerminalId,
    /// In which store.
    pub store: StoreId,
}

/// Whose PIN it shall be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// By the PIN as a resource.
    Pin(PinId),
    /// By the person.
    Staff(StaffId),
    /// A name that nobody has.
    Nobody,
}

/// How a merchant's staff prove who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinRules {
    /// The fewest digits; managers need more.
    pub length: i64,
    /// When tries are over.
    pub threshold: Threshold,
    /// Where the operator wants a PIN, whatever a program says.
    pub floor: Policies,
}

/// Somebody showed their PIN at a terminal a moment ago.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffProof {
    till: Till,
    staff: StaffId,
    role: String,
    version: i64,
    must_change: bool,
    at: Instant,
}

impl StaffProof {
    /// Where.
    pub fn till(&self) -> Till {
        self.till
    }

    /// Who.
    pub fn staff(&self) -> StaffId {
        self.staff
    }

    /// `cashier` or `manager`.
    pub fn role(&self) -> &str {
        &self.role
    }

    /// When.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// Whether they must choose another PIN.
    pub fn must_change(&self) -> bool {
        self.must_change
    }

    /// Whether they may override limits.
    pub fn is_manager(&self) -> bool {
        is_manager(&self.role)
    }

    /// With which right they act.
    pub fn authority(&self) -> Authority {
        authority(&self.role)
    }

    /// As the log names them.
    pub fn who(&self) -> Who {
        Who::is(self.staff, format!("staff:{}", self.role))
    }

    /// What the ledger checks when it writes for them.
    pub fn presented(&self) -> Presented {
        Presented::Pin {
            staff: self.staff,
            version: self.version,
        }
    }
}

/// Whether a role may override limits.
pub fn is_manager(role: &str) -> bool {
    role == "manager"
}

/// With which right somebody of a role acts.
pub fn authority(role: &str) -> Authority {
    if is_manager(role) {
        Authority::Manager
    } else {
        Authority::Cashier
    }
}

/// There was no chance to be had.
fn chance(error: SecretError) -> Problem {
    Problem::broken(&error)
}

/// What was shown at a terminal with a command. The ledger judges it in the transaction of the write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Presented {
    /// Nothing.
    #[default]
    Nothing,
    /// A right PIN.
    Pin {
        /// Whose.
        staff: StaffId,
        /// Which state of it.
        version: i64,
    },
    /// A session that a right PIN opened.
    Session {
        /// Whose.
        staff: StaffId,
        /// Which state of their PIN.
        version: i64,
        /// Until when.
        expires_at: Instant,
    },
    /// Something that does not hold.
    Refused(PinRefusal),
}

/// Why a PIN does not let anybody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinRefusal {
    /// There is none, or what stood for it is over.
    Required,
    /// Name and PIN do not belong together here.
    Invalid {
        /// How many tries are left, once they are few (`PIN-5`).
        remaining: Option<i64>,
    },
    /// There were too many wrong tries.
    Locked {
        /// Until when.
        until: Instant,
    },
}
