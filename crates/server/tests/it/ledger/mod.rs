//! The one door, on both engines.

mod audit;
mod counted;
mod ends;
mod given_back;
mod held;
mod locks;
mod merging;
mod once;
mod replays;

/// Runs each test on SQLite and on PostgreSQL.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(crate::support::books::sqlite().await).await; })+ }
        mod on_postgres { $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name(crate::support::books::postgres().await).await; })+ }
    };
}
pub(crate) use on_both;
