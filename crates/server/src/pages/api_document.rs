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
    /// As the document names it.
    pub name: String,
    /// What it is, in the words of the document.
    pub about: String,
    /// Its place on the page.
    pub anchor: String,
    /// In the order of the document.
    pub operations: Vec<Operation>,
}

/// One call.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its place on the page.
    pub anchor: String,
    /// In capitals.
    pub method: String,
    /// The path, with the prefix of the server.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
    /// Paragraphs of explanation.
    pub about: Vec<String>,
    /// What a key needs.
    pub scopes: Vec<String>,
    /// Of path, query and header.
    pub parameters: Vec<Parameter>,
    /// What is sent, or answered.
    pub body: Option<Body>,
    /// By status.
    pub answers: Vec<Answer>,
}

/// One parameter of a call.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// As the document names it.
    pub name: String,
    /// `path`, `query` or `header`.
    pub place: String,
    /// True if it may not be left out.
    pub required: bool,
    /// Its kind in words: `string (uuid)`.
    pub kind: String,
    /// What it is, in the words of the document.
    pub about: String,
}

/// A body that is sent or answered.
#[derive(Debug, Clone)]
pub struct Body {
    /// The media type.
    pub media: String,
    /// Name and anchor, if the schema has a name.
    pub schema: Option<(String, String)>,
    /// The fields of the object.
    pub fields: Vec<Field>,
    /// An example as indented JSON.
    pub example: Option<String>,
}

/// One answer of a call.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status, or `default`.
    pub status: String,
    /// What it is, in the words of the document.
    pub about: String,
    /// What is sent, or answered.
    pub body: Option<Body>,
}

/// One field of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// As the document names it.
    pub name: String,
    /// Its kind in words: `string (uuid)`.
    pub kind: String,
    /// Where the kind is explained, if it has a name.
    pub link: Option<String>,
    /// True if it may not be left out.
    pub required: bool,
    /// What it is, in the words of the document.
    pub about: String,
}

/// A named schema.
#[derive(Debug, Clone)]
pub struct Schema {
    /// As the document names it.
    pub name: String,
    /// Its place on the page.
    pub anchor: String,
    /// What it is, in the words of the document.
    pub about: String,
    /// The fields of the object.
    pub fields: Vec<Field>,
    /// The words it may be, for enumerations.
    pub words: Vec<String>,
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "api_document.html")]
pub struct ApiDocumentPage {
    /// The context.
    pub page: Page,
    /// As the document names it.
    pub name: String,
    /// The version of the API.
    pub version: String,
    /// Paragraphs of explanation.
    pub about: Vec<String>,
    /// Operations by tag.
    pub groups: Vec<Group>,
    /// Every named schema.
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
    if pieces.len().is_multiple_of(2) {
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
