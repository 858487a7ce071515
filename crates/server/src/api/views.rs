//! Cards, people and programs as the API shows them. Views read what the rules say and decide nothing.

pub mod card;
pub mod event;
pub mod offer;
