//! What both engines must do alike. Every case runs twice, once on each.
//! Statements stand here because this crate's tests know no product.

mod bulk;
mod concurrency;
mod failures;
mod migrations;
mod postgres_only;
mod sqlite_only;
mod statements;
mod support;
mod values;
