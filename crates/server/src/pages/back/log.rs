//! Who managed what.
//!
//! Owns: the view of `/back/log` and `/operator/log`. Must not know: how the log is kept.

use askama::Template;

use crate::pages::page::Page;
use crate::pages::people::Bar;

/// A row of the log.
#[derive(Debug, Clone)]
pub struct LogRow {
    /// Its number.
    pub sequence: i64,
    /// When, in microseconds.
    pub at: i64,
    /// Who: a name, else a public id.
    pub who: String,
    /// The public id, for finding the same again; empty where there is none.
    pub actor: String,
    /// In which role, as it was noted.
    pub role: String,
    /// What, in words.
    pub what: String,
    /// To whom or what: a name, else a public id.
    pub subject: Option<String>,
    /// From where.
    pub address: Option<String>,
    /// What was there before and what is there now: name, before, after.
    pub changes: Vec<(String, String, String)>,
}

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its code, or its public id.
    pub code: String,
    /// In words.
    pub words: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// One of several, of which `chosen` is chosen.
    pub fn new(code: &str, words: String, chosen: &str) -> Self {
        Self {
            code: code.to_owned(),
            words,
            chosen: code == chosen,
        }
    }
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "back/log.html")]
pub struct LogPage {
    pub page: Page,
    pub bar: Bar,
    /// Its own address.
    pub address: &'static str,
    pub rows: Vec<LogRow>,
    pub actions: Vec<Choice>,
    pub people: Vec<Choice>,
    /// The day that was asked for, `2026-11-26`.
    pub day: String,
    /// Where older rows are, if there are more.
    pub older: Option<String>,
    /// The question without its page, for what is taken along.
    pub query: String,
    /// Whether it may be taken along.
    pub exports: bool,
}
