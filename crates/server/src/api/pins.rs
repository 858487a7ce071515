//! PINs of staff, at terminals.

pub mod verify;
