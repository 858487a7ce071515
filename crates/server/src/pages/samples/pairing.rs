//! Invented pages of a device that is no till yet.
//!
//! Owns: pairing by token and by code, in their states. Must not know: anything real.

use super::{Sample, page, sample};
use crate::locale::Locale;
use crate::pages::page::Theme;
use crate::pages::till::pair::{PairCodePage, PairPage};

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let by_token = PairPage::samples(locale, theme).into_iter();
    let by_token = by_token.map(|(name, page)| sample("till-pair", name, &page));
    let by_code = PairCodePage::samples(locale, theme).into_iter();
    by_token
        .chain(by_code.map(|(name, page)| sample("till-pair", name, &page)))
        .collect()
}

impl PairPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, PairPage)> {
        let text = locale.messages();
        let page = page(locale, theme, None, &text.pair_title(), "/style/till-pair/first");
        let refused = PairPage {
            page: page.clone(),
            problem: Some(text.error_not_found()),
        };
        vec![("first", PairPage { page, problem: None }), ("refused", refused)]
    }
}

impl PairCodePage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, PairCodePage)> {
        let text = locale.messages();
        let page = page(locale, theme, None, &text.pair_by_code(), "/style/till-pair/code");
        let refused = PairCodePage {
            page: page.clone(),
            problem: Some(text.pair_code_refused()),
        };
        vec![
            ("code", PairCodePage { page, problem: None }),
            ("code-refused", refused),
        ]
    }
}
