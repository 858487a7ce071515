//! The HTML face: views, their words, their drawing.
//!
//! Owns: everything a person sees in a browser. Must not know: rules and tables. Each page is a struct of facts
//! beside its template; whoever answers a request fills the struct and renders it.

#![allow(
    missing_docs,
    reason = "the fields of a view are named after what its template shows"
)]

pub mod agreed;
pub mod api_document;
pub mod back;
pub mod card_drawing;
pub(crate) mod card_state;
pub mod code_128;
pub(crate) mod context;
pub(crate) mod cookies;
pub(crate) mod demonstration;
pub mod events;
pub(crate) mod failure;
pub mod files;
pub(crate) mod find;
pub(crate) mod found;
pub(crate) mod handlers;
pub(crate) mod install;
pub mod landing;
pub mod mailbox;
pub mod my;
pub(crate) mod offers;
pub mod page;
pub mod parts;
pub mod people;
pub mod preferences;
pub mod problem;
pub mod qr;
pub mod samples;
pub mod storefront;
pub mod style;
pub(crate) mod telling;
pub mod till;

/// What a page may load: only from this server, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
     font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
