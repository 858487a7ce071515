//! What a command names, so that it can be loaded before the command is decided.

use domain::command::{Command, Returned, Wanted};
use domain::ids::ClaimId;
use domain::order::OrderRef;

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
