//! The terms of a program as whoever joins reads them.
//!
//! Owns: which words are the terms. Must not know: who joins, and where.

use crate::catalogue::{Catalogue, ProgramEntry};
use crate::pages::page::Page;

/// The terms that are agreed to.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Which version is agreed to.
    pub version: i64,
    /// Paragraphs of plain text.
    pub paragraphs: Vec<String>,
}

/// The terms of a program, in the reader's language.
pub(crate) fn terms(catalogue: &Catalogue, entry: &ProgramEntry, page: &Page) -> Terms {
    let fallback = &catalogue.merchant.default_locale;
    let text = entry.texts.in_locale(page.locale.code(), fallback);
    let words = if text.how_it_works.is_empty() {
        text.description
    } else {
        text.how_it_works
    };
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    Terms {
        version: entry.program.version().number,
        paragraphs: lines.map(str::to_owned).collect(),
    }
}
