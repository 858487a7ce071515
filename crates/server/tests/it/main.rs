//! The server's tests, on both engines: mirrors of the source tree, and guards of the house.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod api;
mod demo;
mod ledger;
mod pages;
mod pages_render;
mod statements;
mod support;
