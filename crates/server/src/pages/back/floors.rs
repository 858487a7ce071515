//! What tills of a merchant ask for at least, as the operator sets it (`PIN-1`).
//!
//! Owns: the view of `/operator/merchants/{merchant}/floor`, and its words. Must not know: what a policy does.

use askama::Template;
use domain::pin::{Action, Policies, Policy};

use super::log::Choice;
use crate::locale::Messages;
use crate::pages::page::Page;
use crate::pages::people::Bar;

/// One action with what may be asked for it.
#[derive(Debug, Clone)]
pub struct FloorRow {
    /// The name of the field.
    pub name: &'static str,
    /// What is done, in words.
    pub words: String,
    pub choices: Vec<Choice>,
}

/// `/operator/merchants/{merchant}/floor`
#[derive(Template, Clone)]
#[template(path = "back/floor.html")]
pub struct FloorPage {
    pub page: Page,
    pub bar: Bar,
    /// Its own address.
    pub address: String,
    pub rows: Vec<FloorRow>,
    /// Where a proof of who looks leads back to.
    pub next: &'static str,
    /// Whether who looks proved lately who they are.
    pub fresh: bool,
    pub done: bool,
}

/// The rows of a floor.
pub fn rows(text: &Messages, floor: &Policies) -> Vec<FloorRow> {
    let row = |action: Action| FloorRow {
        name: name(action),
        words: words(text, action),
        choices: [Policy::Disabled, Policy::Optional, Policy::Required]
            .map(|policy| Choice::new(code(policy), policy_words(text, policy), code(floor.of(action))))
            .to_vec(),
    };
    Action::ALL.map(row).to_vec()
}

/// What a PIN is always asked for, in words.
pub fn required(text: &Messages, floor: &Policies) -> Vec<String> {
    let always = Action::ALL
        .into_iter()
        .filter(|action| floor.of(*action) == Policy::Required);
    always.map(|action| words(text, action)).collect()
}

/// The field of an action.
pub const fn name(action: Action) -> &'static str {
    match action {
        Action::Earn => "earn",
        Action::Redeem => "redeem",
        Action::Void => "void",
        Action::Adjust => "adjust",
        Action::Enroll => "enroll",
    }
}

/// What a form calls a policy.
pub const fn code(policy: Policy) -> &'static str {
    match policy {
        Policy::Disabled => "disabled",
        Policy::Optional => "optional",
        Policy::Required => "required",
    }
}

fn words(text: &Messages, action: Action) -> String {
    match action {
        Action::Earn => text.floor_earn(),
        Action::Redeem => text.floor_redeem(),
        Action::Void => text.floor_void(),
        Action::Adjust => text.floor_adjust(),
        Action::Enroll => text.floor_enroll(),
    }
}

fn policy_words(text: &Messages, policy: Policy) -> String {
    match policy {
        Policy::Disabled => text.policy_disabled(),
        Policy::Optional => text.policy_optional(),
        Policy::Required => text.policy_required(),
    }
}
