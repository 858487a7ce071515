//! PINs of staff: which are too easy, when tries are over, and where one is asked for. All of it is values: the PIN itself
//! is hashed elsewhere, and time is an argument.

mod guard;
mod policy;
mod weak;

pub use guard::{Guard, Locked, Threshold, Try};
pub use policy::{Action, Policies, Policy, Shown};
pub use weak::{Unfit, unfit};

/// The fewest digits that a merchant may ask for.
pub const LENGTH_MIN: i64 = 4;
/// The most digits of any PIN.
pub const LENGTH_MAX: i64 = 8;
/// The fewest digits of somebody who may override limits.
pub const MANAGER_LENGTH_MIN: i64 = 6;
/// How many former PINs may not be chosen again (`PIN-4`).
pub const FORMER_MAX: usize = 3;
/// How long a staff session lasts without use, in minutes (`PIN-6`).
pub const SESSION_MINUTES: i64 = 5;
/// Remaining tries are told from here on (`PIN-5`).
pub const TOLD_TRIES_MAX: i64 = 2;
