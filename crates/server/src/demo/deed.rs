//! What customers and staff do in a year, as facts: who, when, what. It must not know the ledger.

use super::people::Person;
use domain::event::Reason;
use domain::ids::{CardId, CustomerId};
use domain::moment::Instant;
use domain::quantity::Unit;

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Staff, at a terminal of the place.
    Till(usize),
    /// A manager, at a terminal of the place.
    Manager(usize),
    /// The shop's own systems, with its API key.
    Key,
    /// The customer, on the join page.
    Customer,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The card is opened.
    Join,
    /// Stamps for a visit; how many where staff may say.
    Stamp(Option<i64>),
    /// A purchase that earns, with the part paid in points, and its order reference.
    Buy {
        /// What was paid, in minor units.
        amount_minor: i64,
        /// The part paid with points.
        redeemed_minor: i64,
        /// What the point of sale calls it.
        order: Option<String>,
    },
    /// A reward of the program is taken; points and what is to be paid, where the customer chooses.
    Redeem(usize, Option<(i64, i64)>),
    /// An earlier event is taken back.
    Void(i64, Reason),
    /// So much of an order comes back.
    Return(String, i64),
    /// A correction, with what staff wrote.
    Adjust(Unit, i64, &'static str),
    /// The card is stopped.
    Block(Reason),
    /// The card goes on.
    Unblock,
    /// The card gets a new number.
    Replace(Reason),
    /// The card ends.
    Close,
}

/// One thing done to one card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Instant,
    /// In which store of the place.
    pub store: usize,
    /// Which member of staff of the place, if one served.
    pub staff: Option<usize>,
    /// Who.
    pub by: By,
    /// What.
    pub what: What,
    /// The version that the card has afterwards.
    pub version: i64,
}

/// Where a card stands, as its diary knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Stamps.
    pub stamps: i64,
    /// Points; negative when owed.
    pub points: i64,
    /// Whether it is blocked or closed.
    pub stopped: bool,
    /// Whether it was welcomed.
    pub welcomed: bool,
    /// When its last event happened.
    pub last_at: Instant,
    /// When it last got a stamp.
    pub last_stamp_at: Option<Instant>,
}

/// A card and all that is done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// Its number in the whole demonstration, from 0.
    pub number: usize,
    /// Its shop.
    pub place: usize,
    /// Its program, as it stands in the facts of the shop.
    pub program: usize,
    /// Its id.
    pub card: CardId,
    /// Whose it is, if somebody said who they are.
    pub customer: CustomerId,
    /// Who carries it.
    pub person: Person,
    /// What is done, in order.
    pub deeds: Vec<Deed>,
    /// Where it stands at the end.
    pub standing: Standing,
    /// The rewards taken, with the month they were taken in, less those given back.
    pub taken: Vec<(usize, (i16, i8))>,
}

impl Life {
    /// How often the card got a new number, up to a version.
    pub fn replacements(&self, version: i64) -> usize {
        let until = self.deeds.iter().take_while(|deed| deed.version <= version);
        until.filter(|deed| matches!(deed.what, What::Replace(_))).count()
    }
}
