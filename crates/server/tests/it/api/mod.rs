//! The API over the real router: what every write has in common, then each call, then the document.

mod cards;
mod common;
mod credentials;
mod document;
mod earning;
mod finding;
mod hostile;
mod idempotency;
mod joining;
mod lists;
mod manual;
mod redeeming;
mod returning;
mod staff;
