//! The one door, on both engines.

mod once;
