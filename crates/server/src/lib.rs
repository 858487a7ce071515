//! Trei's server: ledger, SQL, API, pages, jobs and command line. The binary is `trei`.

pub mod api;
pub mod app;
pub mod bench;
pub mod brand;
pub mod catalogue;
pub mod catalogues;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod edge;
pub mod error;
pub mod headers;
pub mod identity;
pub mod jobs;
pub mod ledger;
pub mod locale;
pub mod migrations;
pub mod pages;
pub mod problem;
pub mod routes;
pub mod secrets;
pub mod setup;
pub mod sql;
pub mod start;
mod texts;
pub mod tokens;
