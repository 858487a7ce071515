//! Trei: loyalty that a shop hosts itself. This library is everything but the crates it names; the binary only starts it.

pub mod brand;
pub mod locale;
pub mod pages;
