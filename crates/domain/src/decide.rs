//! The decision: one match, one line a command. Each rule file is a ladder of refusals, cheapest first, then the line
//! after which it must succeed, then the event.

mod adjust;
mod draft;
mod earn;
mod enroll;
mod give_back;
mod life;
mod limits;
mod looking;
mod merge;
mod redeem;
mod stamp;
mod states;
mod unmake;
mod unusual;
mod void;

use crate::claim::Claim;
use crate::command::Command;
use crate::counter::CounterKey;
use crate::event::{Event, Line, Outcome};
use crate::facts::Facts;
use crate::follow_up::FollowUp;
use crate::ids::CardId;
use crate::order::Order;
use crate::rejection::Rejection;

pub use give_back::clawed_back;
pub use limits::counter_keys;
pub use looking::{LOOK_BACK, looked};
pub use merge::{counter_keys as merge_counter_keys, welcome_of};

/// What was decided for the second card of a command (`MRG-1`): saved together with the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// Which card.
    pub card: CardId,
    /// What happened to it.
    pub event: Event,
    /// Its claims as they stand afterwards.
    pub claims: Vec<Claim>,
}

/// What was decided: everything that must be saved together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What happened; none when nothing was awarded (`PTS-5`), which is an answer too.
    pub event: Option<Event>,
    /// What became of each unit.
    pub outcomes: Vec<Outcome>,
    /// The breakdown.
    pub why: Vec<Line>,
    /// Claims as they stand afterwards.
    pub claims: Vec<Claim>,
    /// The order as it stands afterwards.
    pub order: Option<Order>,
    /// Shared counters to move.
    pub counters: Vec<(CounterKey, i64)>,
    /// What others must hear.
    pub follow_ups: Vec<FollowUp>,
    /// What happened to the other card of a command that names two.
    pub other: Option<Box<Other>>,
}

/// Decides a command. Pure: the same facts give the same answer.
///
/// # Errors
/// The first refusal of the ladder; nothing has changed then.
pub fn decide(facts: &Facts, command: &Command) -> Result<Decision, Rejection> {
    states::not_back_in_time(facts)?;
    states::may_ask(facts, command)?;
    match command {
        Command::Enroll { claimed, person } => enroll::enroll(facts, *claimed, person.as_deref()),
        Command::Confirm { person } => enroll::confirm(facts, person),
        Command::Stamp { count, amount_minor } => stamp::stamp(facts, *count, *amount_minor),
        Command::Earn(purchase) => earn::earn(facts, purchase),
        Command::Purchase(purchase) => earn::purchase(facts, purchase),
        Command::Redeem {
            wanted,
            points,
            payable_minor,
            order,
        } => redeem::redeem(facts, *wanted, *points, *payable_minor, order.as_ref()),
        Command::Void { reason, .. } => void::void(facts, *reason),
        Command::Return { returned, currency, .. } => give_back::give_back(facts, returned, *currency),
        Command::Adjust { unit, amount, reason } => adjust::adjust(facts, *unit, *amount, *reason),
        Command::Block { reason } => life::block(facts, *reason),
        Command::Unblock => life::unblock(facts),
        Command::Replace { reason } => life::replace(facts, *reason),
        Command::Merge { from, reason } => merge::merge(facts, *from, *reason),
        Command::Close { confirm } => life::close(facts, *confirm),
    }
}
