//! `/programs` and `/rewards`: what can be earned and redeemed.

pub mod list;
pub mod rewards;
pub mod show;
