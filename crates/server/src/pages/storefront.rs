//! The storefront: what customers see.
//!
//! Owns: the views of joining, the card and its history. Must not know: rules, tables.

pub mod card;
pub mod history;
pub mod join;
