//! The one door, on both engines.

mod ends;
mod once;
