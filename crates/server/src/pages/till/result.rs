//! The answer that fills the screen: yes, wait, or no, by colour, sign, words, sound and touch.
//!
//! Owns: the view after each write at the till, and the words of success. Must not know: why something is
//! refused; the sentence of a refusal comes with its code.

use askama::Template;

use super::Bar;
use super::card::Undo;
use crate::pages::card_drawing::{self, Balance, CardFacts};
use crate::pages::events::Amount;
use crate::pages::page::Page;

/// What came of it.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Stamps, points or both were given.
    Given(Vec<Amount>),
    /// A reward is to be handed over now.
    Redeemed {
        /// Its name.
        reward: String,
        /// The code of the claim.
        claim: String,
        /// The money to take off what is to be paid, in words.
        off: Option<String>,
    },
    /// Something was taken back.
    TakenBack {
        /// The event in words.
        what: String,
    },
    /// A reward was taken back.
    RewardTakenBack {
        /// Its name.
        reward: String,
        /// What is on the card again, in words; none when the reward waits to be handed over again.
        back: Option<String>,
    },
    /// Not now: what, and what to do next.
    Wait {
        /// What is the matter.
        sentence: String,
        /// What staff can do now.
        next: Option<String>,
    },
    /// Not at all: what, and what to do next.
    No {
        /// What is the matter.
        sentence: String,
        /// What staff can do now.
        next: Option<String>,
    },
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "till/result.html")]
pub struct ResultPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// Public id of the card.
    pub id: String,
    /// The card after the fact.
    pub card: CardFacts,
    /// "Mina K.", or nothing for a card without a name.
    pub name: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// What else staff should read, each a sentence.
    pub notes: Vec<String>,
    /// Whether whoever serves must choose a PIN of their own.
    pub own_pin: bool,
    /// What may be taken back now.
    pub undo: Option<Undo>,
    /// Where a manager may allow it, with what was asked for.
    pub manager: Option<(String, Vec<(String, String)>)>,
    /// Where the customer may be asked on their open card, with what was asked for (`CRD-3`).
    pub confirm: Option<(String, Vec<(String, String)>)>,
}

impl ResultPage {
    /// `yes`, `wait` or `no`: the colour, the sound and the touch.
    fn tone(&self) -> &'static str {
        match self.outcome {
            Outcome::Given(_) | Outcome::Redeemed { .. } => "yes",
            Outcome::TakenBack { .. } | Outcome::RewardTakenBack { .. } => "yes",
            Outcome::Wait { .. } => "wait",
            Outcome::No { .. } => "no",
        }
    }

    fn sign(&self) -> &'static str {
        match self.outcome {
            Outcome::Redeemed { .. } => "gift",
            Outcome::TakenBack { .. } | Outcome::RewardTakenBack { .. } => "undo-2",
            Outcome::Given(_) => "check",
            Outcome::Wait { .. } => "hourglass",
            Outcome::No { .. } => "x",
        }
    }

    /// The words that are read from a metre away.
    fn headline(&self) -> String {
        let text = self.page.text();
        match &self.outcome {
            Outcome::Given(amounts) => match &self.card.balance {
                Balance::Stamps(stamps) => card_drawing::count(*stamps, self.page.locale),
                Balance::Points(_) | Balance::Hybrid(..) => amounts
                    .iter()
                    .map(|amount| amount.signed_words(&self.page))
                    .collect::<Vec<_>>()
                    .join("\n"),
            },
            Outcome::Redeemed { off: Some(money), .. } => text.result_take_off(money),
            Outcome::Redeemed { reward, .. } => text.result_give(reward),
            Outcome::TakenBack { .. } | Outcome::RewardTakenBack { .. } => text.result_taken_back(),
            Outcome::Wait { .. } => text.result_wait(),
            Outcome::No { .. } => text.result_no(),
        }
    }

    fn sentence(&self) -> String {
        let text = self.page.text();
        let who = self.name.clone().unwrap_or_else(|| text.result_this_card());
        match &self.outcome {
            Outcome::Given(amounts) if matches!(self.card.balance, Balance::Stamps(_)) => text.result_given(
                amounts
                    .iter()
                    .map(|amount| amount.signed_words(&self.page))
                    .collect::<Vec<_>>()
                    .join(", "),
                &who,
            ),
            Outcome::Given(_) => text.result_for(&who),
            Outcome::Redeemed { .. } => text.result_redeemed(&who),
            Outcome::TakenBack { what } => text.result_taken_back_what(&who, what),
            Outcome::RewardTakenBack { reward, back } => match back {
                Some(back) => text.result_reward_back(reward, &who, back),
                None => text.result_claim_back(reward, &who),
            },
            Outcome::Wait { sentence, .. } | Outcome::No { sentence, .. } => sentence.clone(),
        }
    }

    fn next(&self) -> Option<String> {
        match (&self.outcome, &self.card.balance) {
            (Outcome::Wait { next, .. } | Outcome::No { next, .. }, _) => next.clone(),
            // The headline already counts the stamps; only what is missing is new.
            (Outcome::Given(_), Balance::Stamps(stamps)) => Some(card_drawing::to_go(*stamps, self.page.locale)),
            _ => Some(card_drawing::words(&self.card, self.page.locale)),
        }
    }

    fn claim(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Redeemed { claim, .. } => Some(claim),
            _ => None,
        }
    }
}
