//! What a command names, so that it can be loaded before the command is decided.

use super::Submission;
use db::Value;
use domain::command::{Command, Returned, Wanted};
use domain::ids::{CardId, ClaimId};
use domain::order::OrderRef;
use std::collections::BTreeSet;

/// What the submissions of one batch name, each thing once and in the order of its key.
pub struct Named<'a> {
    cards: BTreeSet<CardId>,
    receipts: BTreeSet<[&'a str; 3]>,
    orders: BTreeSet<[&'a str; 2]>,
    returns: BTreeSet<[&'a str; 3]>,
}

impl<'a> Named<'a> {
    /// What these name.
    pub fn by(submissions: &[&'a Submission]) -> Self {
        let keys = submissions.iter().filter_map(|one| one.key.as_ref());
        let orders = submissions.iter().filter_map(|one| {
            let order = order_of(&one.command)?;
            Some((
                order.source.as_ref(),
                order.reference.as_ref(),
                one.return_ref.as_deref(),
            ))
        });
        Self {
            cards: submissions
                .iter()
                .filter(|one| one.opening.is_none())
                .map(|one| one.card)
                .collect(),
            receipts: keys
                .map(|key| [key.principal.as_str(), key.route.as_str(), key.key.as_str()])
                .collect(),
            orders: orders
                .clone()
                .map(|(source, reference, _)| [source, reference])
                .collect(),
            returns: orders
                .filter_map(|(source, reference, name)| Some([source, reference, name?]))
                .collect(),
        }
    }

    /// Cards, receipts, orders and returns as the parameters of bulk reads.
    pub fn rows(&self) -> [Vec<Vec<Value>>; 4] {
        let cards = self.cards.iter().map(|id| vec![Value::Uuid(id.0)]).collect();
        [cards, texts(&self.receipts), texts(&self.orders), texts(&self.returns)]
    }
}

fn texts<const WIDTH: usize>(names: &BTreeSet<[&str; WIDTH]>) -> Vec<Vec<Value>> {
    let row = |name: &[&str; WIDTH]| name.iter().map(|&text| Value::from(text)).collect();
    names.iter().map(row).collect()
}

/// The order a command names.
pub fn order_of(command: &Command) -> Option<&OrderRef> {
    match command {
        Command::Earn(purchase) | Command::Purchase(purchase) => purchase.order.as_ref(),
        Command::Redeem { order, .. } => order.as_ref(),
        Command::Return { order, .. } => Some(order),
        _ => None,
    }
}

/// The claim a command names.
pub fn claim_of(command: &Command) -> Option<ClaimId> {
    match command {
        Command::Redeem {
            wanted: Wanted::Claim(id),
            ..
        } => Some(*id),
        _ => None,
    }
}

/// How much a return is about, however it was told.
pub fn amount_of(returned: &Returned) -> i64 {
    match returned {
        Returned::Amount(amount) => *amount,
        Returned::Lines(lines) => lines.iter().map(|line| line.amount_minor).sum(),
    }
}
