//! `/docs/permissions`: who may do what, as the table says that decides it.
//!
//! Owns: the view of the table. Must not know: anybody.

use askama::Template;

use super::words;
use crate::pages::page::Page;
use crate::permissions::{Action, Group, Role};

/// The page.
#[derive(Template, Clone)]
#[template(path = "people/permissions.html")]
pub struct PermissionsPage {
    pub page: Page,
}

/// A line of the table.
struct Line {
    code: &'static str,
    words: String,
    scope: Option<&'static str>,
    cells: Vec<bool>,
}

impl PermissionsPage {
    fn groups(&self) -> Vec<(String, usize)> {
        let text = self.page.text();
        Group::ALL
            .into_iter()
            .map(|group| (words::group(text, group), group.roles().count()))
            .collect()
    }

    fn roles(&self) -> Vec<String> {
        let text = self.page.text();
        Role::ALL.into_iter().map(|role| words::role(text, role)).collect()
    }

    fn lines(&self) -> Vec<Line> {
        let text = self.page.text();
        let line = |action: &Action| Line {
            code: action.code(),
            words: words::action(text, *action),
            scope: action.scope().map(|scope| scope.code()),
            cells: Role::ALL.into_iter().map(|role| role.may(*action)).collect(),
        };
        Action::ALL.iter().map(line).collect()
    }
}
