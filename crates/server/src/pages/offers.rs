//! Which rewards a card could have now: the ledger is asked, nothing is done.
//!
//! Owns: what a preview's refusal means for a reward on a page, at the till and for the customer alike. Must not know:
//! conditions of rewards.

use super::card_state::Standing;
use crate::app::App;
use crate::ledger::{Refusal, Submission};
use domain::Rejection;
use domain::command::{Command, Wanted};
use domain::event::{Actor, Origin};
use domain::facts::Authority;
use domain::ids::{CardId, RewardId};
use domain::reward::Unavailable;
use std::collections::HashSet;

/// Whether a redemption would be accepted; that an amount is still to be typed does not stand against it.
pub(crate) async fn may_take(app: &App, submission: Submission) -> bool {
    let looked = app.ledger.preview(submission).await;
    looked.err().is_none_or(|refusal| only_amount_missing(&refusal))
}

/// Whether the only thing that is missing is what is to be paid.
pub(crate) fn only_amount_missing(refusal: &Refusal) -> bool {
    let field = "order_amount_minor";
    match refusal {
        Refusal::Rejected(Rejection::OrderBelowRewardMinimum { .. }) => true,
        Refusal::Rejected(Rejection::Required { field: missing }) => *missing == field,
        _ => false,
    }
}

/// The rewards that the balance reaches and that are not to be had all the same: sold out, taken often enough, on
/// another day. As a till at the card's home would answer.
pub(crate) async fn refused(app: &App, card: CardId, standing: &Standing<'_>) -> HashSet<RewardId> {
    let mut refused = HashSet::new();
    for (reward, points) in standing.reached() {
        let wanted = Wanted::Reward(reward);
        let looked = app.ledger.preview(look(standing, card, wanted, points)).await;
        // Without a store nobody knows whether it is the wrong one.
        let elsewhere = Rejection::RewardNotAvailable {
            field: "reward",
            reason: Unavailable::WrongStore,
        };
        let nowhere = |refusal: &Refusal| {
            standing.card.home.is_none() && matches!(refusal, Refusal::Rejected(said) if *said == elsewhere)
        };
        if looked.is_err_and(|refusal| !only_amount_missing(&refusal) && !nowhere(&refusal)) {
            refused.insert(reward);
        }
    }
    refused
}

/// The customer's look at a reward.
fn look(standing: &Standing<'_>, card: CardId, wanted: Wanted, points: Option<i64>) -> Submission {
    let command = Command::Redeem {
        wanted,
        points,
        payable_minor: None,
        order: None,
    };
    let origin = Origin {
        actor: Actor::Public,
        store: standing.card.home,
        staff: None,
    };
    Submission::new(
        standing.catalogue.merchant.id,
        card,
        command,
        (origin, Authority::Customer),
    )
}
