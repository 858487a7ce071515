//! A new customer at the till: who it is, a second look with the terms, and the card.
//!
//! Owns: the views of `/till/enrolments`. Must not know: how a card is opened, or whether it may be.

use askama::Template;

use super::Bar;
use crate::locale::Locale;
use crate::pages::agreed::Terms;
use crate::pages::page::Page;
use crate::pages::qr;

/// A program that takes new cards.
#[derive(Debug, Clone)]
pub struct Offered {
    /// Its public id.
    pub id: String,
    /// Its name in the reader's language.
    pub name: String,
}

/// What was typed, kept from step to step.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Public id of the program; empty before one was chosen.
    pub program: String,
    /// As typed.
    pub contact: String,
    /// As typed.
    pub first_name: String,
    /// As chosen.
    pub locale: Locale,
    /// Nothing is to be kept of the person (`ENR-6`).
    pub nameless: bool,
}

/// What is wrong with what was typed, a sentence a field.
#[derive(Debug, Clone, Default)]
pub struct Wrong {
    /// The contact.
    pub contact: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
}

/// Who it is.
#[derive(Template, Clone)]
#[template(path = "till/enroll.html")]
pub struct EnrollPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// What can be joined; never empty.
    pub programs: Vec<Offered>,
    /// What was typed before.
    pub typed: Typed,
    /// What is wrong with it.
    pub wrong: Wrong,
}

impl EnrollPage {
    fn chosen(&self, program: &Offered) -> bool {
        self.typed.program == program.id
    }

    fn speaks(&self, locale: &Locale) -> bool {
        self.typed.locale == *locale
    }
}

/// The second look: the contact read back (`ENR-5`), and the terms for the customer to accept (`ENR-1`).
#[derive(Template, Clone)]
#[template(path = "till/second_look.html")]
pub struct SecondLookPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// The program's name.
    pub program: String,
    /// What was typed.
    pub typed: Typed,
    /// The contact as it is read back; none for a card without details.
    pub echo: Option<String>,
    /// What is agreed to.
    pub terms: Terms,
    /// What is wrong with the box of the terms.
    pub problem: Option<String>,
    /// Whether the other box is ticked.
    pub marketing: bool,
    /// Made once for the question, so that an answer counts once.
    pub idempotency_key: String,
}

impl SecondLookPage {
    fn merchant(&self) -> &str {
        self.page.merchant.as_ref().map_or("", |merchant| &merchant.name)
    }
}

/// Somebody who has a card here (`ENR-4`).
#[derive(Template, Clone)]
#[template(path = "till/known.html")]
pub struct KnownPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// The program's name.
    pub program: String,
    /// The contact, mostly hidden.
    pub contact: String,
    /// The end of the card's number.
    pub ending: String,
    /// Public id of the card they have.
    pub card: String,
    /// What was typed.
    pub typed: Typed,
}

/// The card that was opened.
#[derive(Template, Clone)]
#[template(path = "till/opened.html")]
pub struct OpenedPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// The program's name.
    pub program: String,
    /// "Mina", or nothing.
    pub name: Option<String>,
    /// The card's number in groups.
    pub number: String,
    /// Public id of the card.
    pub card: String,
    /// The address of the card's page, for the customer's phone.
    pub link: String,
    /// What the till scans from a printed card.
    pub code: String,
    /// The most the card holds until its owner is known; none without such a limit (`ENR-6`).
    pub holds: Option<String>,
}

impl OpenedPage {
    fn qr_of_link(&self) -> String {
        qr::draw(&self.link)
    }

    fn qr_of_code(&self) -> String {
        qr::draw(&self.code)
    }

    fn merchant(&self) -> &str {
        self.page.merchant.as_ref().map_or("", |merchant| &merchant.name)
    }
}
