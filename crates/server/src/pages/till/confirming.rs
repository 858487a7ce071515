//! Waiting for a customer who is asked on their open card (`CRD-3`).
//!
//! Owns: the view of `/till/cards/{card}/confirmations/{confirmation}`. Must not know: what an answer is worth.

use askama::Template;

use super::Bar;
use crate::pages::page::Page;

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nobody answered yet.
    Waiting,
    /// Yes: it may be handed out now.
    Yes,
    /// No.
    No,
    /// Nobody answered in time.
    Over,
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "till/confirming.html")]
pub struct ConfirmingPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// Public id of the card.
    pub card: String,
    /// Its own address.
    pub address: String,
    /// What the customer is called.
    pub who: String,
    /// The reward.
    pub what: String,
    /// Where it stands.
    pub standing: Standing,
    /// What the redemption, or another question, is asked with.
    pub kept: Vec<(String, String)>,
    /// What proves it, and the key of the redemption.
    pub proof: String,
    /// The key of the redemption.
    pub idempotency_key: String,
}

impl ConfirmingPage {
    fn waits(&self) -> bool {
        self.standing == Standing::Waiting
    }

    /// As the result pages say it: the colour, the sound and the touch.
    fn tone(&self) -> &'static str {
        match self.standing {
            Standing::Waiting | Standing::Over => "wait",
            Standing::Yes => "yes",
            Standing::No => "no",
        }
    }

    fn sign(&self) -> &'static str {
        match self.standing {
            Standing::Waiting | Standing::Over => "hourglass",
            Standing::Yes => "user-check",
            Standing::No => "x",
        }
    }

    fn headline(&self) -> String {
        let text = self.page.text();
        match self.standing {
            Standing::Waiting => text.confirm_wait_title(),
            Standing::Yes => text.confirm_yes_title(),
            Standing::No => text.confirm_no_title(),
            Standing::Over => text.confirm_over_title(),
        }
    }

    fn sentence(&self) -> String {
        let text = self.page.text();
        match self.standing {
            Standing::Waiting => text.confirm_wait(&self.what, &self.who),
            Standing::Yes => text.confirm_yes_next(&self.what),
            Standing::No => text.confirm_no_next(),
            Standing::Over => text.confirm_over_next(),
        }
    }
}
