//! A card at the till: who, what they have, what may be given.
//!
//! Owns: the view of `/till/cards/{card}`. Must not know: rules; what is allowed stands in the facts.

use askama::Template;

use super::warning::Warning;
use super::{Bar, Currency};
use crate::pages::card_drawing::{self, CardFacts};
use crate::pages::events::{Amount, EventLine, EventRow, Unit};
use crate::pages::page::Page;
use crate::pages::parts;
use crate::pages::storefront::card::{RewardRow, RewardState};

/// What can be given on this card.
#[derive(Debug, Clone)]
pub enum Earn {
    /// Stamps by hand, at most so many at once.
    Stamps {
        /// How many at once, at most.
        count_max: i64,
        /// Where the program has a smallest purchase: the amount is asked for, in this currency.
        amount: Option<Currency>,
    },
    /// Stamps by amount, or for an amount of at least the smallest purchase.
    StampsByAmount(Currency),
    /// Points by amount.
    Points(Currency),
    /// One purchase gives both.
    Purchase(Currency),
    /// Nothing now, unless a manager passes over a limit (`COOL-1`); the warnings say why.
    Manager,
    /// Nothing now; the warnings say why.
    Nothing,
}

/// A reward that staff may redeem.
#[derive(Debug, Clone)]
pub struct TillReward {
    /// Public id: of the reward, or of the claim.
    pub id: String,
    /// As the customer sees it.
    pub row: RewardRow,
    /// The code of a claim that waits to be handed over; it is paid for.
    pub claim: Option<String>,
    /// For rewards of a chosen amount of points.
    pub points: Option<PointsChoice>,
    /// For rewards that look at what is to be paid.
    pub payable: Option<Currency>,
}

/// How many points may be spent on one redemption.
#[derive(Debug, Clone)]
pub struct PointsChoice {
    /// At least.
    pub min: i64,
    /// In steps of.
    pub step: i64,
    /// At most.
    pub max: i64,
    /// What the fewest are worth, in words.
    pub worth: String,
}

/// What may be taken back now.
#[derive(Debug, Clone)]
pub struct Undo {
    /// Public id of the event.
    pub event: String,
    /// The event in words: "+1 stamp".
    pub what: String,
    /// Microseconds since 1970, UTC.
    pub at: i64,
    /// Made once for the form, so that sending it again counts once.
    pub idempotency_key: String,
}

/// What a form that comes back keeps, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// What is wrong, as a sentence.
    pub problem: Option<String>,
    /// The name of the input that is wrong; empty when it is none of them.
    pub wrong: &'static str,
    /// The reward or the claim that was asked for.
    pub reward: String,
    /// How many stamps.
    pub count: String,
    /// The amount of the purchase.
    pub amount: String,
    /// The receipt's number.
    pub order_ref: String,
    /// How many points pay.
    pub points: String,
    /// What is to be paid.
    pub payable: String,
}

/// The page.
#[derive(Template, Clone)]
#[template(path = "till/card.html")]
pub struct CardPage {
    /// The context.
    pub page: Page,
    /// The bar along the top.
    pub bar: Bar,
    /// What was searched for.
    pub query: String,
    /// Public id of the card.
    pub id: String,
    /// The card as it is drawn.
    pub card: CardFacts,
    /// First name and initial; `None` for a card without a name.
    pub name: Option<String>,
    /// Microseconds since 1970, UTC.
    pub member_since_at: i64,
    /// Microseconds since 1970, UTC; `None` before the first visit.
    pub last_visit_at: Option<i64>,
    /// What staff must know first.
    pub warnings: Vec<Warning>,
    /// What can be given.
    pub earn: Earn,
    /// What a form that comes back keeps.
    pub typed: Typed,
    /// What can be redeemed, now or later.
    pub rewards: Vec<TillReward>,
    /// The newest events, newest first.
    pub events: Vec<EventRow>,
    /// What may be taken back now.
    pub undo: Option<Undo>,
    /// Made once for the form, so that sending it again counts once.
    pub idempotency_key: String,
}

impl CardPage {
    fn figure(&self) -> String {
        parts::card_figure(&self.page, &self.card)
    }

    /// The name, or the number of a card without one.
    fn who(&self) -> String {
        self.name.clone().unwrap_or_else(|| {
            self.page.text().till_card_number(
                self.card
                    .number
                    .as_deref()
                    .map(card_drawing::grouped)
                    .unwrap_or_default(),
            )
        })
    }

    /// A search at a card's page is answered elsewhere.
    fn scan_failed(&self) -> bool {
        false
    }

    /// What is wrong with an input, if it is this one.
    fn wrong(&self, input: &str) -> Option<&str> {
        self.typed.problem.as_deref().filter(|_| self.typed.wrong == input)
    }

    /// What the button of a reward does.
    fn wish(&self, reward: &TillReward) -> String {
        if reward.claim.is_some() {
            self.page.text().claim_give()
        } else {
            self.page.text().redeem()
        }
    }

    /// Whether a reward's question comes back.
    fn asked(&self, reward: &TillReward) -> bool {
        self.typed.problem.is_some() && self.typed.reward == reward.id
    }

    /// What is wrong, where no form on the page can say it.
    fn problem(&self) -> Option<&str> {
        let problem = self.typed.problem.as_deref()?;
        let told = match self.typed.wrong {
            "" => false,
            _ if !self.typed.reward.is_empty() => self
                .rewards
                .iter()
                .any(|reward| self.asked(reward) && self.ready(reward)),
            "count" => matches!(self.earn, Earn::Stamps { count_max: 2.., .. }),
            _ => !matches!(
                self.earn,
                Earn::Stamps { amount: None, .. } | Earn::Manager | Earn::Nothing
            ),
        };
        (!told).then_some(problem)
    }

    /// The count as it comes back, or one.
    fn count(&self) -> &str {
        Some(&*self.typed.count)
            .filter(|count| !count.is_empty())
            .unwrap_or("1")
    }

    fn words(&self) -> String {
        card_drawing::words(&self.card, self.page.locale)
    }

    fn line<'a>(&'a self, event: &'a EventRow) -> EventLine<'a> {
        EventLine::new(&self.page, event)
    }

    fn progress(&self, reward: &TillReward) -> String {
        parts::progress(reward.row.have, reward.row.cost.amount)
    }

    /// What the card has of a reward's unit.
    fn held(&self, reward: &TillReward) -> String {
        let held = Amount {
            amount: reward.row.have,
            ..reward.row.cost
        };
        held.words(&self.page)
    }

    /// The merchant's mark as the till presses it.
    fn mark(&self) -> String {
        parts::plain_mark(&self.card.mark)
    }

    /// Where the amount form goes.
    fn amount_action(&self) -> String {
        let what = match self.earn {
            Earn::Purchase(_) => "purchases",
            Earn::StampsByAmount(_) => "stamps",
            _ => "points",
        };
        format!("/till/cards/{}/{what}", self.id)
    }

    /// What the button of the amount form gives: what the program collects, less what it does not give now.
    fn amount_gives(&self) -> String {
        let text = self.page.text();
        let stopped = |unit| self.warnings.iter().any(|warning| warning.stops(unit));
        match self.earn {
            Earn::StampsByAmount(_) => text.give_stamp(),
            Earn::Purchase(_) if stopped(Unit::Point) => text.give_stamp(),
            Earn::Purchase(_) if !stopped(Unit::Stamp) => text.give_both(),
            _ => text.give_points(),
        }
    }

    /// Its sign.
    fn amount_sign(&self) -> String {
        let stamps = matches!(self.earn, Earn::StampsByAmount(_));
        self.page.icon(if stamps { "stamp" } else { "coins" })
    }

    /// The rewards, those that can be had now before the others: they must not be missed.
    fn ready_first(&self) -> Vec<&TillReward> {
        let (ready, other): (Vec<_>, Vec<_>) = self.rewards.iter().partition(|reward| self.ready(reward));
        ready.into_iter().chain(other).collect()
    }

    fn ready(&self, reward: &TillReward) -> bool {
        matches!(reward.row.state, RewardState::Ready { .. })
    }
}
