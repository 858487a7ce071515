//! The storefront: what customers see.
//!
//! Owns: the views of joining, the card and its history, and their handlers. Must not know: rules.

pub mod card;
pub(crate) mod found;
pub(crate) mod handlers;
mod haste;
pub mod history;
pub mod join;
mod joined;
pub mod live_code;
pub mod prove;
pub(crate) mod routes;
