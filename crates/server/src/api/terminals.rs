//! Calls about terminals, one file a call.

pub mod pair;
