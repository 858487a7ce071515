//! What letters say, as text and as simple HTML, in the reader's language. It must not know how they are sent.

use crate::locale::{Locale, Messages};
use serde::{Deserialize, Serialize};

/// Why a letter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Somebody gave this contact when they joined (`ENR-3`).
    Confirm,
    /// Somebody wants to sign in with this contact.
    SignIn,
    /// Somebody is invited to a back office, or to run the installation.
    Invite,
    /// Somebody's second factor was taken off for them.
    FactorReset,
}

impl Purpose {
    const ALL: [Purpose; 4] = [Purpose::Confirm, Purpose::SignIn, Purpose::Invite, Purpose::FactorReset];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Purpose::Confirm => "confirm",
            Purpose::SignIn => "sign_in",
            Purpose::Invite => "invite",
            Purpose::FactorReset => "factor_reset",
        }
    }

    /// How long its link works, or it is worth sending, in microseconds: seven days, ten minutes, a day.
    pub const fn useful(self) -> i64 {
        const MINUTE: i64 = 60 * 1_000_000;
        match self {
            Purpose::Confirm | Purpose::FactorReset => 7 * 24 * 60 * MINUTE,
            Purpose::SignIn => 10 * MINUTE,
            Purpose::Invite => 24 * 60 * MINUTE,
        }
    }
}

/// A letter. Prints nothing of what it says.
#[derive(Clone)]
pub struct Letter {
    /// Why.
    pub purpose: Purpose,
    /// In which language.
    pub locale: Locale,
    /// What is sealed.
    pub content: Content,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Letter({})", self.purpose.code())
    }
}

/// What is sealed of a letter.
#[derive(Clone, Serialize, Deserialize)]
pub struct Content {
    /// The address.
    pub to: String,
    /// Who writes, as customers know them.
    pub merchant: String,
    /// The address behind the button; none where nobody is known by the contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Six digits to type instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A letter in words.
#[derive(Clone)]
pub struct Written {
    /// The subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as a page.
    pub html: String,
}

impl Letter {
    /// A letter; in the database it is sealed.
    pub(super) fn text(&self) -> String {
        serde_json::to_string(&self.content).unwrap_or_default()
    }

    pub(super) fn read(purpose: &str, locale: &str, text: &str) -> Option<Self> {
        Some(Self {
            purpose: Purpose::ALL.into_iter().find(|known| known.code() == purpose)?,
            locale: Locale::parse(locale)?,
            content: serde_json::from_str(text).ok()?,
        })
    }

    /// The address it goes to.
    pub fn to(&self) -> &str {
        &self.content.to
    }

    /// In words.
    pub fn written(&self) -> Written {
        let (text, merchant) = (self.locale.messages(), one_line(&self.content.merchant));
        let subject = match self.purpose {
            Purpose::Confirm => text.letter_confirm_subject(&*merchant),
            Purpose::SignIn => text.letter_sign_in_subject(&*merchant),
            Purpose::Invite => text.letter_invite_subject(&*merchant),
            Purpose::FactorReset => text.letter_factor_reset_subject(&*merchant),
        };
        let parts = self.parts(text, &merchant);
        let plain: Vec<String> = parts.iter().map(Part::plain).collect();
        let rich: String = parts.iter().map(Part::rich).collect();
        let head = format!("<meta charset=\"utf-8\"><title>{}</title>", escaped(&subject));
        let html = format!(
            "<!doctype html><html lang=\"{}\"><head>{head}</head><body>{rich}</body></html>",
            self.locale.code()
        );
        Written {
            subject,
            text: plain.join("\n\n") + "\n",
            html,
        }
    }

    fn parts(&self, text: &Messages, merchant: &str) -> Vec<Part> {
        let mut parts = vec![Part::Words(text.letter_greeting())];
        let (body, button, ends) = match (self.purpose, &self.content.link) {
            (Purpose::Confirm, _) => (
                text.letter_confirm_body(merchant),
                text.letter_confirm_button(),
                text.letter_confirm_ends(),
            ),
            (Purpose::SignIn, Some(_)) => (
                text.letter_sign_in_body(merchant),
                text.letter_sign_in_button(),
                text.letter_sign_in_ends(),
            ),
            (Purpose::Invite, _) => (
                text.letter_invite_body(merchant),
                text.letter_invite_button(),
                text.letter_invite_ends(),
            ),
            (Purpose::FactorReset, _) => (
                text.letter_factor_reset_body(merchant),
                text.signin_title(),
                text.letter_factor_reset_ends(merchant),
            ),
            (Purpose::SignIn, None) => (
                text.letter_unknown_body(merchant),
                String::new(),
                text.letter_unknown_ends(),
            ),
        };
        parts.push(Part::Words(body));
        if let Some(link) = &self.content.link {
            parts.push(Part::Button(button, link.clone()));
        }
        if let Some(code) = &self.content.code {
            parts.push(Part::Code(text.letter_code(), code.clone()));
        }
        parts.push(Part::Words(ends));
        parts.push(Part::Words(text.letter_why(merchant)));
        parts
    }
}

enum Part {
    Words(String),
    Button(String, String),
    Code(String, String),
}

impl Part {
    fn plain(&self) -> String {
        match self {
            Part::Words(words) => words.clone(),
            Part::Button(_, link) => link.clone(),
            Part::Code(label, code) => format!("{label} {code}"),
        }
    }

    fn rich(&self) -> String {
        match self {
            Part::Words(words) => format!("<p>{}</p>", escaped(words)),
            Part::Button(label, link) => {
                let (label, link) = (escaped(label), escaped(link));
                format!("<p><a href=\"{link}\"><b>{label}</b></a></p><p><small>{link}</small></p>")
            }
            Part::Code(label, code) => format!("<p>{} <b>{}</b></p>", escaped(label), escaped(code)),
        }
    }
}

/// A name that becomes part of a header has no lines.
fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_speaks_every_language_and_no_markup_of_others() {
        for locale in Locale::ALL {
            for purpose in Purpose::ALL {
                for link in [None, Some("https://shop.example/v/x".to_owned())] {
                    let content = Content {
                        to: "mina@example.lu".to_owned(),
                        merchant: "Caf\u{e9} <b>\r\nBcc: all".to_owned(),
                        code: link.as_ref().map(|_| "123456".to_owned()),
                        link: link.clone(),
                    };
                    let letter = Letter {
                        purpose,
                        locale,
                        content,
                    };
                    let written = letter.written();
                    assert!(!written.subject.contains('\n') && !written.subject.contains('\r'));
                    assert!(!written.html.contains("<b>Bcc"), "{}", written.html);
                    assert!(!written.text.contains("{ $"), "{}", written.text);
                    let told = written.text.contains("/v/x");
                    assert_eq!(told, link.is_some());
                    assert_eq!(format!("{letter:?}"), format!("Letter({})", purpose.code()));
                }
            }
        }
    }
}
