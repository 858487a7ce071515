//! What a card may be redeemed for at this till: claims that wait, then rewards, each ready, missing something, or away.
//!
//! Owns: the rows of the till's rewards. Must not know: conditions of rewards; the ledger previews each that the
//! balance reaches.

use domain::claim::Claim;
use domain::command::{Command, Wanted};
use domain::event::Balance;
use domain::facts::Authority;
use domain::quantity::Unit;
use domain::reward::{Cost, Reward};

use super::Currency;
use super::card::TillReward;
use super::facts;
use super::paying;
use super::press::{paired, submission};
use super::session::Till;
use crate::app::App;
use crate::catalogue::{ProgramEntry, RewardEntry};
use crate::locale;
use crate::pages::found::Found;
use crate::pages::storefront::card::{RewardRow, RewardState};
use crate::pages::{card_state, offers};

/// Claims first: they are paid for.
pub(crate) async fn all(app: &App, till: &Till, found: &Found, entry: &ProgramEntry, held: Balance) -> Vec<TillReward> {
    let mut rows: Vec<TillReward> = found.claims.iter().map(|claim| of_claim(till, claim)).collect();
    let program = entry.program.id();
    for offered in till
        .catalogue()
        .rewards_of(program)
        .filter(|offered| offered.reward.active)
    {
        rows.push(of_reward(app, till, found, entry, (offered, held)).await);
    }
    rows
}

/// Whether something could be handed out and the till has seen nothing fresh (`CRD-3`).
pub(crate) fn needs_fresh(till: &Till, found: &Found, entry: &ProgramEntry, rows: &[TillReward]) -> bool {
    let preset = entry.program.terms().risk_preset;
    let proof = till.proof(found.id);
    let looked = proof.suffices(preset, Authority::Cashier, &found.card, till.now());
    looked.is_err()
        && rows
            .iter()
            .any(|row| matches!(row.row.state, RewardState::Ready { .. }))
}

fn of_claim(till: &Till, claim: &Claim) -> TillReward {
    let name = facts::reward_name(till, claim.reward).unwrap_or_default();
    let cost = facts::amount(claim.unit, claim.cost);
    let row = RewardRow {
        name,
        state: RewardState::Ready { times: 1 },
        cost,
        have: claim.cost,
    };
    TillReward {
        id: claim.id.to_string(),
        row,
        claim: Some(paired(&claim.code)),
        points: None,
        payable: None,
    }
}

async fn of_reward(
    app: &App,
    till: &Till,
    found: &Found,
    entry: &ProgramEntry,
    (offered, held): (&RewardEntry, Balance),
) -> TillReward {
    let (reward, terms) = (&offered.reward, entry.program.terms());
    let have = if reward.unit == Unit::Stamp {
        held.stamps
    } else {
        held.points
    };
    let least = card_state::least(entry);
    let cost = match reward.cost {
        Cost::Completion => found.standing(till, entry).target(),
        Cost::Fixed(cost) => cost,
        Cost::Chosen => least,
    };
    let chosen = reward.cost == Cost::Chosen;
    let points = chosen.then(|| paying::bounds(till, entry, reward, have));
    let takes_amount = reward.conditions.min_purchase_minor > 0 || chosen && terms.redeem_point_value_minor > 0;
    let state = if have < cost {
        RewardState::Missing(facts::amount(reward.unit, cost - have))
    } else if may_take(app, till, found, reward, chosen.then_some(least)).await {
        RewardState::Ready {
            times: have / cost.max(1),
        }
    } else {
        RewardState::Away
    };
    let code = entry.program.currency().code().to_owned();
    let payable = takes_amount.then(|| Currency {
        minor_digits: locale::minor_digits(&code),
        code,
    });
    let name = facts::reward_name(till, reward.id).unwrap_or_default();
    let row = RewardRow {
        name,
        state,
        cost: facts::amount(reward.unit, cost),
        have,
    };
    TillReward {
        id: reward.id.to_string(),
        row,
        claim: None,
        points,
        payable,
    }
}

/// The money that points take off the price, in minor units.
pub(crate) fn off_minor(entry: &ProgramEntry, reward: &Reward, points: i64) -> Option<i64> {
    let value = entry.program.terms().redeem_point_value_minor;
    reward.kind.money_off(points, value)
}

/// The same in words.
pub(crate) fn off(till: &Till, entry: &ProgramEntry, reward: &Reward, points: i64) -> Option<String> {
    let off = off_minor(entry, reward, points)?;
    let page = till.page("", "");
    Some(page.locale.money(off, entry.program.currency().code()))
}

/// Whether it could be taken now; that an amount is still to be typed does not stand against it.
async fn may_take(app: &App, till: &Till, found: &Found, reward: &Reward, points: Option<i64>) -> bool {
    let command = Command::Redeem {
        wanted: Wanted::Reward(reward.id),
        points,
        payable_minor: None,
        order: None,
    };
    offers::may_take(app, submission(till, found.id, command, None)).await
}
