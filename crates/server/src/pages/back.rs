//! The back office: who serves, the tills, who managed what.
//!
//! Owns: the views of `/back` below its first page. Must not know: who may see them, or how anything is done.

pub mod approvals;
pub mod cards;
pub(crate) mod fields;
pub mod floors;
pub(crate) mod handlers;
pub mod keys;
pub mod log;
pub(crate) mod routes;
pub mod rules;
pub mod staff;
pub mod terminals;
pub mod users;
pub mod words;

/// What a form says was wrong with one of its fields, or with all of it where no field is named.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The name of the field.
    pub field: &'static str,
    /// The code of the problem.
    pub code: &'static str,
    /// The sentence.
    pub sentence: String,
}

/// A store to choose.
#[derive(Debug, Clone)]
pub struct StoreChoice {
    /// Its public id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What is said at a field, or of the whole form where none is named.
fn sentence<'a>(trouble: Option<&'a Trouble>, field: &str) -> Option<&'a str> {
    let told = trouble.filter(|trouble| trouble.field == field);
    told.map(|trouble| trouble.sentence.as_str())
}
