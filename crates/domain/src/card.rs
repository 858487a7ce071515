//! A card: one customer's membership in one program. Folding its events with [`Card::apply`] gives the card; nothing
//! else changes it. The whole of it stands in one row.

mod award;
mod merge;
mod status;

use crate::bucket::Buckets;
use crate::event::{Balance, Event, EventKind, MoveKind, Round};
use crate::ids::{CardId, StoreId};
use crate::moment::{Instant, week_start};
use crate::quantity::Unit;
use crate::terms::CapWindow;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use award::Award;
pub use merge::HOPS_MAX;
pub use status::CardStatus;

/// The most awards a card remembers.
pub const AWARDS_MAX: usize = 32;
/// The most rounds a card may come back from; an older one stays begun.
pub const ROUNDS_MAX: usize = 16;
/// Longer than any cooldown and any cap window: eight days.
const REMEMBERED_MINUTES: i64 = 8 * 24 * 60;

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The number of its last event.
    pub version: i64,
    /// Where it stands.
    pub status: CardStatus,
    /// Where it stood before it was blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_block: Option<CardStatus>,
    /// The program version that the oldest round began with which it may come back to (`STP-7`).
    pub round_version: i64,
    /// The rounds begun since under other versions: by which event, and under which version. The last one holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<(i64, i64)>,
    /// The card that goes on in its place (`MRG-1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survivor: Option<CardId>,
    /// How many merges lie between it and the farthest card that leads to it (`CARD-STATE`).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub hops: i64,
    /// How often its credentials were replaced (`CRD-4`).
    pub generation: i64,
    /// The store that opened it; none when it was opened without one (`XST-1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<StoreId>,
    /// Whether a welcome is still to come (`WEL-1`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub welcome_due: bool,
    /// The business day its buckets stand at.
    pub day: Date,
    /// When its last event happened; a card's events never go back in time.
    pub last_at: Instant,
    /// When it last earned, was redeemed or opened.
    pub last_activity_at: Instant,
    /// What it holds.
    pub buckets: Buckets,
    /// What cooldown and caps still look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Award>,
    /// All stamps ever earned, less those taken back.
    #[serde(default)]
    pub lifetime_stamps: i64,
    /// All points ever earned, less those taken back.
    #[serde(default)]
    pub lifetime_points: i64,
    /// Visits that earned, less those taken back.
    #[serde(default)]
    pub visits: i64,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

impl Card {
    /// A card nothing has happened to: what the first event is applied to.
    pub fn blank() -> Self {
        Self::default()
    }

    /// The balance on a day: pending points whose day has come count as spendable.
    pub fn balance_on(&self, day: Date) -> Balance {
        balance_of(&self.buckets.on(day.max(self.day)))
    }

    /// The next business day on which a bucket activates or expires.
    pub fn next_due_on(&self) -> Option<Date> {
        self.buckets.next_due_on()
    }

    /// Makes an event's effect true. Pure and total: any event the ledger holds can be applied.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.sequence;
        self.last_at = event.at;
        self.day = self.day.max(event.day);
        self.buckets.apply(&event.moves, self.day);
        self.merge(event);
        self.remember(event);
        match event.kind {
            EventKind::Enrolled => {
                let claimed = event.claimed == Some(true);
                self.status = if claimed {
                    CardStatus::Active
                } else {
                    CardStatus::Unclaimed
                };
                self.home = event.origin.store;
                self.welcome_due = event.welcome_due;
                self.round_version = event.program_version;
            }
            EventKind::Confirmed => {
                self.status = CardStatus::Active;
                self.welcome_due = event.welcome_due;
            }
            EventKind::Blocked => {
                self.before_block = Some(self.status);
                self.status = CardStatus::Blocked;
            }
            EventKind::Unblocked => self.status = self.before_block.take().unwrap_or(CardStatus::Active),
            EventKind::Replaced => self.generation += 1,
            EventKind::Closed => self.status = CardStatus::Closed,
            _ => {}
        }
        if event.kind.is_earn() || event.kind.is_redemption() || event.kind == EventKind::Enrolled {
            self.last_activity_at = event.at;
        }
        match event.round {
            Some(Round::Begun(version)) => self.begin_round(event.sequence, version),
            Some(Round::TakenBack(begun_by)) => self.rounds.retain(|&(by, _)| by != begun_by),
            None => {}
        }
        for step in &event.moves {
            match step.kind {
                MoveKind::WelcomeBonus => self.welcome_due = false,
                // What a merge takes back was given twice, and is not given again.
                MoveKind::WelcomeVoid => self.welcome_due = event.merged.is_none(),
                _ => {}
            }
        }
    }

    /// The program version that its round began with.
    pub fn round(&self) -> i64 {
        self.rounds.last().map_or(self.round_version, |&(_, version)| version)
    }

    fn begin_round(&mut self, by: i64, version: i64) {
        self.rounds.push((by, version));
        if self.rounds.len() > ROUNDS_MAX {
            (_, self.round_version) = self.rounds.remove(0);
        }
    }

    /// Keeps what cooldown and caps need, and the lifetime sums.
    fn remember(&mut self, event: &Event) {
        if event.kind.is_earn() {
            self.visits += 1;
            for unit in [Unit::Stamp, Unit::Point] {
                let amount = event.earned(unit);
                if amount > 0 {
                    let (at, day) = event.by_the_clock();
                    let (store, sequence) = (event.origin.store, event.sequence);
                    self.awards.push(Award {
                        unit,
                        at,
                        day,
                        store,
                        amount,
                        first: sequence,
                        last: sequence,
                    });
                }
            }
        }
        if let Some(taken_back) = event.reverses {
            self.forget(event, taken_back);
        }
        for step in &event.moves {
            let counts = matches!(
                step.kind,
                MoveKind::StampEarn
                    | MoveKind::PointsEarn
                    | MoveKind::PointsPending
                    | MoveKind::EarnVoid
                    | MoveKind::ReturnClawback
            );
            match step.unit {
                Unit::Stamp if counts => self.lifetime_stamps += step.amount,
                Unit::Point if counts => self.lifetime_points += step.amount,
                _ => {}
            }
        }
        let (now, _) = event.by_the_clock();
        self.awards
            .retain(|award| !now.is_minutes_after(award.at, REMEMBERED_MINUTES));
        while self.awards.len() > AWARDS_MAX {
            self.merge_oldest();
        }
    }

    /// A void gives the allowance back (`CAP-2`).
    fn forget(&mut self, event: &Event, taken_back: i64) {
        let mut undone = false;
        for unit in [Unit::Stamp, Unit::Point] {
            let amount: i64 = event
                .moves
                .iter()
                .filter(|step| step.unit == unit && step.kind == MoveKind::EarnVoid)
                .map(|step| -step.amount)
                .sum();
            undone |= amount != 0;
            // An award of its own first: a merged one may span the number of another.
            let own = self
                .awards
                .iter()
                .position(|award| award.unit == unit && award.is_only(taken_back));
            let among = || {
                self.awards
                    .iter()
                    .position(|award| award.unit == unit && award.spans(taken_back))
            };
            if let Some(award) = own.or_else(among).and_then(|place| self.awards.get_mut(place)) {
                award.amount = if award.is_only(taken_back) {
                    0
                } else {
                    (award.amount - amount).max(0)
                };
            }
        }
        self.awards.retain(|award| award.amount > 0);
        self.visits -= i64::from(undone);
    }

    /// Two of one unit always exist when the list is over its limit. Two of one store and day are the better pair, since
    /// nothing is lost by counting them as one.
    fn merge_oldest(&mut self) {
        let alike = |one: &Award, two: &Award| (one.unit, one.store, one.day) == (two.unit, two.store, two.day);
        let Some((first, second)) = self.pair(alike).or_else(|| self.pair(|one, two| one.unit == two.unit)) else {
            return;
        };
        let oldest = self.awards.remove(first);
        if let Some(next) = self.awards.get_mut(second - 1) {
            next.amount += oldest.amount;
            // An award that a merge brought has no number here.
            next.first = match (next.first, oldest.first) {
                (0, first) | (first, 0) => first,
                (one, two) => one.min(two),
            };
        }
    }

    /// The places of the oldest two awards that fit together.
    fn pair(&self, fit: impl Fn(&Award, &Award) -> bool) -> Option<(usize, usize)> {
        self.awards.iter().enumerate().find_map(|(first, one)| {
            let later = self.awards.iter().enumerate().skip(first + 1);
            later
                .filter(|(_, two)| fit(one, two))
                .map(|(second, _)| (first, second))
                .next()
        })
    }

    /// The last award of a unit in one store, or anywhere, that lies less than so many minutes from an instant.
    pub fn award_within(&self, unit: Unit, store: Option<StoreId>, at: Instant, minutes: i64) -> Option<&Award> {
        self.awards
            .iter()
            .filter(|award| award.unit == unit && (store.is_none() || award.store == store))
            .rfind(|award| at.is_within(award.at, minutes))
    }

    /// What was awarded of a unit in the current day and the current week.
    pub fn awarded(&self, unit: Unit, window: CapWindow, at: Instant, day: Date) -> (i64, i64) {
        const DAY_MINUTES: i64 = 24 * 60;
        let sum = |in_window: &dyn Fn(&Award) -> bool| -> i64 {
            self.awards
                .iter()
                .filter(|award| award.unit == unit && in_window(award))
                .map(|award| award.amount)
                .sum()
        };
        match window {
            CapWindow::BusinessDay => (
                sum(&|award| award.day == day),
                sum(&|award| week_start(award.day) == week_start(day)),
            ),
            CapWindow::Rolling => (
                sum(&|award| at.is_within(award.at, DAY_MINUTES)),
                sum(&|award| at.is_within(award.at, 7 * DAY_MINUTES)),
            ),
        }
    }
}

/// The balance that buckets show. Stamps are a net figure, since a stamp card has no pending and no separate debt.
pub fn balance_of(buckets: &Buckets) -> Balance {
    Balance {
        stamps: buckets.net(Unit::Stamp),
        points: buckets.available(Unit::Point),
        pending: buckets.pending(Unit::Point),
        reserved: 0,
        debt: buckets.debt(Unit::Point),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::BucketKey;
    use crate::event::{Actor, Move, Origin};
    use jiff::civil::date;

    fn award(first: i64, last: i64, amount: i64) -> Award {
        Award::from((
            Unit::Stamp,
            Instant(last),
            date(2026, 11, 16),
            None,
            amount,
            first,
            last,
        ))
    }

    #[test]
    fn a_void_forgets_its_own_award_before_one_that_spans_it() {
        let mut card = Card {
            version: 6,
            awards: vec![award(1, 5, 2), award(3, 3, 1), award(6, 6, 1)],
            ..Card::blank()
        };
        let step = Move {
            unit: Unit::Stamp,
            bucket: BucketKey::OPEN,
            amount: -1,
            kind: MoveKind::EarnVoid,
        };
        let void = Event {
            sequence: 7,
            kind: EventKind::Voided,
            at: Instant(7),
            day: date(2026, 11, 16),
            origin: Origin {
                actor: Actor::System,
                store: None,
                staff: None,
            },
            program_version: 1,
            moves: vec![step],
            why: Vec::new(),
            outcomes: Vec::new(),
            balance: Balance::default(),
            reverses: Some(3),
            reason: None,
            claims: Vec::new(),
            reward: None,
            pricing: None,
            claimed: None,
            round: None,
            counted: Vec::new(),
            clock: None,
            welcome_due: false,
            merged: None,
        };
        card.apply(&void);
        assert_eq!(card.awards, vec![award(1, 5, 2), award(6, 6, 1)]);
        let second = Event {
            reverses: Some(5),
            sequence: 8,
            ..void
        };
        card.apply(&second);
        assert_eq!(card.awards, vec![award(1, 5, 1), award(6, 6, 1)]);
    }
}
