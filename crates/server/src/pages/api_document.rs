//! The API document as a page that people can read, search and link to; it loads nothing from elsewhere.
//!
//! Owns: the view of `/docs/api`. Must not know: any one operation; all of it comes from the OpenAPI document.

mod reading;
mod schema;

use askama::Template;
use serde_json::Value;

use super::page::Page;

pub use reading::read;

/// Operations under one tag.
#[derive(Debug, Clone)]
pub struct Group {
    pub name: String,
    pub about: String,
    pub anchor: String,
    pub operations: Vec<Operation>,
}

#[derive(Debug, Clone)]
pub struct Operation {
    pub anchor: String,
    /// In capitals.
    pub method: String,
    pub path: String,
    pub summary: String,
    pub about: Vec<String>,
    pub scopes: Vec<String>,
    pub parameters: Vec<Parameter>,
    pub body: Option<Body>,
    pub answers: Vec<Answer>,
}

#[derive(Debug, Clone)]
pub struct Parameter {
    pub name: String,
    /// `path`, `query` or `header`.
    pub place: String,
    pub required: bool,
    pub kind: String,
    pub about: String,
}

/// A body that is sent or answered.
#[derive(Debug, Clone)]
pub struct Body {
    pub media: String,
    /// Name and anchor, if the schema has a name.
    pub schema: Option<(String, String)>,
    pub fields: Vec<Field>,
    /// An example as indented JSON.
    pub example: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: String,
    pub about: String,
    pub body: Option<Body>,
}

/// One field of an object.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub kind: String,
    /// Where the kind is explained, if it has a name.
    pub link: Option<String>,
    pub required: bool,
    pub about: String,
}

/// A named schema.
#[derive(Debug, Clone)]
pub struct Schema {
    pub name: String,
    pub anchor: String,
    pub about: String,
    pub fields: Vec<Field>,
    /// The words it may be, for enumerations.
    pub words: Vec<String>,
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "api_document.html")]
pub struct ApiDocumentPage {
    pub page: Page,
    pub name: String,
    pub version: String,
    pub about: Vec<String>,
    pub groups: Vec<Group>,
    pub schemas: Vec<Schema>,
}

impl ApiDocumentPage {
    /// Reads an OpenAPI 3.1 document. What it lacks is left out; nothing in it can break the page.
    pub fn new(page: Page, document: &Value) -> ApiDocumentPage {
        read(page, document)
    }
}

/// Text of the document with what stands between backticks as code.
fn marked(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let pieces: Vec<&str> = escaped.split('`').collect();
    // An odd number of backticks has an end without a beginning: such text stays as it is.
    if pieces.len() % 2 == 0 {
        return escaped;
    }
    let marked = pieces.iter().enumerate().map(|(place, piece)| {
        if place % 2 == 1 {
            format!("<code>{piece}</code>")
        } else {
            (*piece).to_owned()
        }
    });
    marked.collect()
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn backticks_become_code_and_markup_stays_text() {
        assert_eq!(
            marked("as `snake_case` & <b>"),
            "as <code>snake_case</code> &amp; &lt;b&gt;"
        );
        assert_eq!(marked("one ` alone"), "one ` alone");
    }
}
