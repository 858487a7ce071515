//! The rules of Trei: what a card is, what may happen to it, and why not.
//!
//! This crate does no I/O. It knows no clock, no randomness, no database, no HTTP and no language: time and chance are
//! arguments, refusals are codes. [`decide`] takes [`Facts`] and a [`Command`] and returns a [`Decision`] or a
//! [`Rejection`]; [`Card::apply`] is the only thing that changes a [`Card`].

pub mod bucket;
pub mod card;
pub mod claim;
pub mod codes;
pub mod command;
pub mod contact;
pub mod counter;
pub mod decide;
pub mod earning;
pub mod event;
pub mod facts;
pub mod follow_up;
pub mod ids;
pub mod moment;
pub mod number;
pub mod order;
pub mod pin;
pub mod program;
pub mod quantity;
pub mod rejection;
pub mod reward;
pub mod terms;

pub use card::{Card, CardStatus};
pub use command::Command;
pub use decide::{Decision, decide};
pub use event::Event;
pub use facts::Facts;
pub use rejection::Rejection;
