//! The API over the real router: what every write has in common, then each call, then the document.

mod cards;
mod common;
mod credentials;
mod document;
mod earning;
mod examples;
mod finding;
mod headers;
mod hostile;
mod idempotency;
mod joining;
mod lists;
mod manual;
mod merging;
mod pointers;
mod redeeming;
mod replays;
mod returning;
mod staff;
