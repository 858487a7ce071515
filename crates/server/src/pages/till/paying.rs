//! Points that pay a part of the bill: how many may be used for an amount.
//!
//! Owns: the question for the most points. Must not know: shares and steps; the ledger is asked, nothing is done.

use domain::Rejection;
use domain::command::{Command, Wanted};
use domain::reward::{Cost, Reward};

use super::card::PointsChoice;
use super::facts;
use super::form::Fields;
use super::press::submission;
use super::rewards;
use super::session::Till;
use crate::app::App;
use crate::catalogue::{ProgramEntry, RewardEntry};
use crate::ledger::Refusal;
use crate::pages::card_state;
use crate::pages::found::Found;

/// The reward that a form is about, where the customer chooses how many points it takes.
pub(crate) fn chosen<'a>(till: &'a Till, fields: &Fields) -> Option<&'a RewardEntry> {
    let offered = fields.text("reward").parse().ok();
    let offered = offered.and_then(|id| till.catalogue().reward(id));
    offered.filter(|offered| offered.reward.cost == Cost::Chosen)
}

/// In which bounds a card may choose.
pub(crate) fn bounds(till: &Till, entry: &ProgramEntry, reward: &Reward, have: i64) -> PointsChoice {
    let step = entry.program.terms().redeem_step.max(1);
    let least = card_state::least(entry);
    PointsChoice {
        min: least,
        step,
        max: have / step * step,
        worth: worth(till, entry, reward, least),
    }
}

/// What points are worth; without a price of a point, how many they are.
pub(crate) fn worth(till: &Till, entry: &ProgramEntry, reward: &Reward, points: i64) -> String {
    let (page, text) = (till.page("", ""), till.text());
    let words = facts::amount(reward.unit, points).words(&page);
    match rewards::off(till, entry, reward, points) {
        Some(money) => text.redeem_worth(words, money),
        None => words,
    }
}

/// The most points that may be used for an amount; none when it is too small for any, or the card may not at all.
pub(crate) async fn most(
    app: &App,
    till: &Till,
    found: &Found,
    reward: &Reward,
    payable_minor: Option<i64>,
) -> Option<i64> {
    let entry = found.entry(till.catalogue()).ok()?;
    let held = found.card.balance_on(till.moment().day);
    let bounds = bounds(till, entry, reward, held.points);
    let command = Command::Redeem {
        wanted: Wanted::Reward(reward.id),
        points: Some(bounds.max),
        payable_minor,
        order: None,
    };
    let looked = app.ledger.preview(submission(till, found.id, command, None)).await;
    let most = match looked {
        Ok(_) => bounds.max,
        Err(Refusal::Rejected(Rejection::RedeemExceedsShare { most })) => most.min(bounds.max),
        Err(_) => return None,
    };
    (most >= bounds.min).then_some(most)
}
