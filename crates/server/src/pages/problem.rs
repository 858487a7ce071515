//! The page for what went wrong: not found, not allowed, broken.
//!
//! Owns: the view of a refused request. Must not know: the codes; their sentences come with them.

use askama::Template;

use super::page::Page;

/// The page.
#[derive(Template, Clone)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// The context.
    pub page: Page,
    /// The status of the answer.
    pub status: u16,
    /// What happened, as a sentence.
    pub sentence: String,
    /// What the person may do now; a default by status stands in for none.
    pub next: Option<String>,
    /// Where a customer asks for a letter that helps.
    pub letter: Option<String>,
    /// Shown for failures of our own, so that it can be named to those who can look.
    pub request_id: Option<String>,
}

impl ProblemPage {
    /// A page that nobody knows.
    pub fn not_found(page: Page) -> ProblemPage {
        let sentence = page.text().problem_not_found();
        ProblemPage {
            page,
            status: 404,
            sentence,
            next: None,
            letter: None,
            request_id: None,
        }
    }

    /// A failure of our own.
    pub fn broken(page: Page, request_id: String) -> ProblemPage {
        let sentence = page.text().problem_broken();
        ProblemPage {
            page,
            status: 500,
            sentence,
            next: None,
            letter: None,
            request_id: Some(request_id),
        }
    }

    fn icon(&self) -> &'static str {
        match self.status {
            404 => "search",
            403 => "ban",
            429 | 503 => "hourglass",
            410 => "info",
            _ => "circle-alert",
        }
    }

    fn advice(&self) -> String {
        let text = self.page.text();
        self.next.clone().unwrap_or_else(|| match self.status {
            404 => text.problem_not_found_next(),
            429 | 503 => text.problem_later_next(),
            500..=599 => text.problem_broken_next(),
            _ => text.problem_other_next(),
        })
    }
}
