//! The one door, on both engines.

mod audit;
mod once;
