//! One visit: what is bought, what goes wrong at the till, which reward is taken. It moves the diary's balance exactly
//! as the rules will.

use super::deed::{By, What};
use super::diary::Diary;
use domain::earning;
use domain::event::Reason;
use domain::moment::Instant;
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Cost, LimitPeriod};
use domain::terms::StampBasis;
use jiff::civil::Date;

type From = (usize, Option<usize>, By);

/// What an earn gave, so that it can be taken back.
#[derive(Clone, Copy, Default)]
struct Given {
    stamps: i64,
    points: i64,
    welcomed: bool,
    stamped_before: Option<Instant>,
}

impl Diary<'_> {
    /// The customer comes to a store, or orders from home.
    pub(super) fn visit(&mut self, at: Instant, day: Date, place: usize) {
        if self.life.standing.stopped {
            return;
        }
        let online = self.program.kind.has_points() && self.place.shop.web_shop.is_some();
        if online && self.chance.in_thousand(140) {
            self.order(at, place);
            return;
        }
        let elsewhere = self.chance.in_thousand(150);
        let stores = i64::try_from(self.place.stores.len()).unwrap_or(1);
        let store = if elsewhere {
            usize::try_from(self.chance.below(stores)).unwrap_or(0)
        } else {
            self.home
        };
        let from = (store, Some(self.colleague()), By::Till(self.till(store)));
        let amount = self.amount();
        let redeemed_minor = self.pay_with_points(at, from, amount, day);
        let at = if redeemed_minor > 0 { at.plus_minutes(1) } else { at };
        if self.chance.in_thousand(14) {
            self.slip(at, from, amount, redeemed_minor);
        } else {
            self.earn(at, from, amount, redeemed_minor, None);
        }
        let taken = self.take_reward(at.plus_minutes(4), from, day);
        if taken && self.chance.in_thousand(8) {
            self.take_back_reward(at.plus_minutes(7), store);
        }
    }

    /// An order of the web shop; some come back after some days.
    fn order(&mut self, at: Instant, place: usize) {
        let Some(web_shop) = self.place.shop.web_shop else {
            return;
        };
        let reference = format!(
            "{}-{}-{}",
            web_shop.to_uppercase(),
            self.life.number,
            self.life.deeds.len() + 1
        );
        let amount = self.amount() * 2;
        let Some(_) = self.earn(at, (0, None, By::Key), amount, 0, Some(reference.clone())) else {
            return;
        };
        // A hybrid purchase would give its stamp back too: the diary of a return knows points only.
        if self.program.kind == ProgramKind::Points && self.due.is_none() && self.chance.in_thousand(160) {
            let after = usize::try_from(self.chance.between(3, 12)).unwrap_or(3);
            self.due = Some((place + after, reference, amount));
        }
    }

    /// What is bought: small sums are commoner than large ones.
    fn amount(&mut self) -> i64 {
        let (low, high) = self.program.ticket;
        self.chance.between(low, high).min(self.chance.between(low, high))
    }

    /// The points of an amount, as the program's terms price it.
    pub(super) fn points_of(&self, amount_minor: i64) -> i64 {
        if self.program.kind.has_points() {
            earning::points(&self.program.terms, amount_minor, &[]).unwrap_or(0)
        } else {
            0
        }
    }

    fn earn(
        &mut self,
        at: Instant,
        from: From,
        amount_minor: i64,
        redeemed_minor: i64,
        order: Option<String>,
    ) -> Option<Given> {
        let terms = &self.program.terms;
        let manual = terms.stamp_basis == StampBasis::ManualQuantity;
        let count = if manual {
            1 + i64::try_from(self.chance.weighted(&[78, 15, 4, 3])).unwrap_or(0)
        } else {
            1
        };
        let cooldown = terms.stamp_cooldown_minutes;
        let standing = &self.life.standing;
        let rested = standing
            .last_stamp_at
            .is_none_or(|last| at.is_minutes_after(last, cooldown));
        let what = match self.program.kind {
            ProgramKind::Stamps if !rested => return None,
            ProgramKind::Stamps => What::Stamp(manual.then_some(count)),
            _ => What::Buy {
                amount_minor,
                redeemed_minor,
                order,
            },
        };
        let mut given = Given {
            stamps: if self.program.kind.has_stamps() && rested {
                count
            } else {
                0
            },
            points: self.points_of(amount_minor - redeemed_minor),
            welcomed: !standing.welcomed,
            stamped_before: standing.last_stamp_at,
        };
        if !self.note(at, from, what) {
            return None;
        }
        if given.stamps > 0 {
            self.life.standing.last_stamp_at = Some(at);
        }
        self.life.standing.stamps += given.stamps;
        self.life.standing.points += given.points;
        let (stamps, points) = self.welcome();
        given.stamps += stamps;
        given.points += points;
        Some(given)
    }

    /// The wrong amount or the wrong card, taken back within minutes; mostly the right one follows.
    fn slip(&mut self, at: Instant, from: From, amount: i64, redeemed_minor: i64) {
        let wrong = if self.program.kind == ProgramKind::Stamps {
            amount
        } else {
            amount * 2
        };
        let Some(given) = self.earn(at, from, wrong, redeemed_minor, None) else {
            return;
        };
        let version = i64::try_from(self.life.deeds.len()).unwrap_or(0);
        let right_follows = self.chance.in_thousand(700);
        let reason = match (right_follows, self.program.kind) {
            (true, ProgramKind::Stamps) => Reason::Mistake,
            (true, _) => Reason::WrongAmount,
            (false, _) => Reason::WrongCard,
        };
        if !self.note(at.plus_minutes(1), from, What::Void(version, reason)) {
            return;
        }
        let standing = &mut self.life.standing;
        standing.stamps -= given.stamps;
        standing.points -= given.points;
        standing.welcomed &= !given.welcomed;
        standing.last_stamp_at = given.stamped_before;
        if right_follows {
            self.earn(at.plus_minutes(2), from, amount, redeemed_minor, None);
        }
    }

    /// Part of a purchase is paid with points, where the program has such a reward; answers its worth.
    fn pay_with_points(&mut self, at: Instant, from: From, amount: i64, day: Date) -> i64 {
        let terms = &self.program.terms;
        let place = self
            .program
            .rewards
            .iter()
            .position(|reward| reward.cost == Cost::Chosen);
        let (Some(place), worth) = (place, terms.redeem_point_value_minor) else {
            return 0;
        };
        let step = terms.redeem_step;
        let share = amount * terms.redeem_max_percent_of_order / 100 / worth.max(1);
        let most = share.min(self.life.standing.points) / step * step;
        let wants = self.chance.in_thousand(240);
        if most < terms.redeem_min_points || !wants {
            return 0;
        }
        let points = if self.chance.in_thousand(500) {
            most
        } else {
            terms.redeem_min_points
        };
        if !self.note(at, from, What::Redeem(place, Some((points, amount)))) {
            return 0;
        }
        self.life.standing.points -= points;
        self.life.taken.push((place, (day.year(), day.month())));
        points * worth
    }

    /// A reward that is ready is mostly taken, a small one now and then.
    fn take_reward(&mut self, at: Instant, from: From, day: Date) -> bool {
        let drawn = self.chance.below(1_000);
        let wanted = self.program.rewards.iter().enumerate().rev().find(|(place, reward)| {
            let likely = match (reward.unit, reward.cost) {
                (_, Cost::Completion) => 720,
                (Unit::Stamp, _) => 18,
                (Unit::Point, Cost::Fixed(_)) => 300,
                (Unit::Point, _) => 0,
            };
            let have = if reward.unit == Unit::Stamp {
                self.life.standing.stamps
            } else {
                self.life.standing.points
            };
            drawn < likely && have >= reward.price(&self.program.terms) && self.is_offered(*place, day)
        });
        let Some((place, reward)) = wanted else { return false };
        let cost = reward.price(&self.program.terms);
        if !self.note(at, from, What::Redeem(place, None)) {
            return false;
        }
        match reward.unit {
            Unit::Stamp => self.life.standing.stamps -= cost,
            Unit::Point => self.life.standing.points -= cost,
        }
        self.life.taken.push((place, (day.year(), day.month())));
        true
    }

    /// Whether a reward is to be had on a day, and this card had not its share.
    fn is_offered(&self, place: usize, day: Date) -> bool {
        let Some(reward) = self.program.rewards.get(place) else {
            return false;
        };
        let weekdays = &reward.conditions.weekdays;
        let on_day = weekdays.is_empty() || weekdays.contains(&day.weekday().to_monday_one_offset());
        let month = (day.year(), day.month());
        let had = |within: &dyn Fn((i16, i8)) -> bool| {
            self.life
                .taken
                .iter()
                .any(|(taken, when)| *taken == place && within(*when))
        };
        let left = match reward.conditions.limit {
            Some((_, LimitPeriod::Ever)) => !had(&|_| true),
            Some(_) => !had(&|when| when == month),
            None => true,
        };
        on_day && left
    }

    /// The machine was empty, or the customer thought again: the reward goes back.
    fn take_back_reward(&mut self, at: Instant, store: usize) {
        let version = i64::try_from(self.life.deeds.len()).unwrap_or(0);
        let from = (store, Some(self.manager()), By::Manager(self.till(store)));
        let Some(&(place, _)) = self.life.taken.last() else {
            return;
        };
        let Some(reward) = self.program.rewards.get(place) else {
            return;
        };
        let cost = reward.price(&self.program.terms);
        if self.note(at, from, What::Void(version, Reason::CustomerRequest)) {
            match reward.unit {
                Unit::Stamp => self.life.standing.stamps += cost,
                Unit::Point => self.life.standing.points += cost,
            }
            self.life.taken.pop();
        }
    }
}
