//! The server's tests, on both engines: mirrors of the source tree, and guards of the house.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]
#![allow(dead_code, reason = "support is shared by many tests")]
#![allow(
    clippy::disallowed_methods,
    clippy::large_futures,
    reason = "tests make their own chance and may be large"
)]

mod alike;
mod api;
mod audit_log;
mod audited;
mod back;
mod bench;
mod dangers;
mod demo;
mod faults;
mod flood;
mod framing;
mod jobs;
mod ledger;
mod limits;
mod mail;
mod operating;
mod outsiders;
mod pages;
mod pages_render;
mod pairing;
mod people;
mod pins;
mod readme;
mod secrecy;
mod security_page;
mod statements;
mod stopping;
mod support;
