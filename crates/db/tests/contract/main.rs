//! What both engines must do alike. Every case runs twice, once on each.
//! Statements stand here because this crate's tests know no product.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that fails, panics"
)]

mod bulk;
mod concurrency;
mod failures;
mod migrations;
mod postgres_only;
mod sqlite_only;
mod statements;
mod support;
mod values;
