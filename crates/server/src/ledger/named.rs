//! What a command names, so that it can be loaded before the command is decided.

use super::Submission;
use super::key::ReceiptName;
use super::merging::other_of;
use db::{Value, params};
use domain::command::{Command, Returned, Wanted};
use domain::earning::lines_sum;
use domain::ids::{CardId, ClaimId};
use domain::order::OrderRef;
use std::collections::BTreeSet;

/// What the submissions of one batch name, each thing once and in the order of its key.
pub struct Named<'a> {
    cards: BTreeSet<CardId>,
    receipts: BTreeSet<ReceiptName>,
    orders: BTreeSet<[&'a str; 2]>,
    returns: BTreeSet<[&'a str; 3]>,
    numbers: BTreeSet<[&'a str; 1]>,
    contacts: BTreeSet<(&'a str, &'a [u8])>,
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
        let openings = submissions.iter().filter_map(|one| one.opening.as_ref());
        let contacts = openings
            .clone()
            .filter_map(|opening| opening.customer.as_ref()?.contact.as_ref());
        let chosen = submissions.iter().filter_map(|one| one.new_number.as_ref());
        Self {
            // Those to be opened as well: one that is there was opened by this very call, whose answer was lost.
            cards: submissions
                .iter()
                .flat_map(|one| [Some(one.card), other_of(&one.command)])
                .flatten()
                .collect(),
            numbers: openings
                .map(|opening| &opening.number)
                .chain(chosen)
                .map(|number| [number.as_str()])
                .collect(),
            contacts: contacts
                .map(|contact| (contact.kind, contact.lookup.as_slice()))
                .collect(),
            receipts: keys.map(|key| key.name).collect(),
            orders: orders
                .clone()
                .map(|(source, reference, _)| [source, reference])
                .collect(),
            returns: orders
                .filter_map(|(source, reference, name)| Some([source, reference, name?]))
                .collect(),
        }
    }

    /// Cards, numbers, contacts, receipts, orders and returns as the parameters of bulk reads.
    pub fn rows(&self) -> [Vec<Vec<Value>>; 6] {
        let cards = self.cards.iter().map(|id| params![id.0].to_vec()).collect();
        let receipts = self.receipts.iter().map(|name| params![name.0].to_vec()).collect();
        let contact = |&(kind, lookup): &(&str, &[u8])| params![kind, lookup].to_vec();
        [
            cards,
            texts(&self.numbers),
            self.contacts.iter().map(contact).collect(),
            receipts,
            texts(&self.orders),
            texts(&self.returns),
        ]
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

/// How much a return is about, however it was told; nothing when its lines are no amounts that can be paid.
pub fn amount_of(returned: &Returned) -> Option<i64> {
    match returned {
        Returned::Amount(amount) => Some(*amount),
        Returned::Lines(lines) => lines_sum(lines).ok(),
    }
}
