//! Trei's server: ledger, SQL, API, pages, jobs and command line. The binary is `trei`.

pub mod app;
pub mod bench;
pub mod catalogue;
pub mod catalogues;
pub mod clock;
pub mod config;
pub mod error;
pub mod ledger;
pub mod migrations;
pub mod secrets;
pub mod setup;
pub mod sql;
