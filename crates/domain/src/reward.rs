//! Rewards: what can be redeemed, at what price, when and where. Texts and pictures live elsewhere.

use crate::codes::codes;
use crate::ids::{RewardId, StoreId};
use crate::moment::{Instant, Moment};
use crate::quantity::Unit;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

/// What the customer gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RewardKind {
    /// A thing for nothing.
    FreeItem,
    /// Money off, worth what the points chosen are worth (`RED-3`).
    AmountOff,
    /// A share off.
    PercentOff {
        /// Basis points of the price.
        basis_points: i64,
    },
    /// Points for a full stamp card (`HYB-3`).
    Points {
        /// How many.
        points: i64,
    },
    /// A present.
    Gift,
    /// A code of somebody else's shop.
    ExternalCode,
}

impl RewardKind {
    /// What points take off a price, in minor units (`RED-3`); none for rewards that take nothing off.
    pub fn money_off(self, points: i64, point_value_minor: i64) -> Option<i64> {
        let off = points.checked_mul(point_value_minor)?;
        (self == RewardKind::AmountOff && off > 0).then_some(off)
    }

    /// The name in the API.
    pub fn code(self) -> &'static str {
        match self {
            RewardKind::FreeItem => "free_item",
            RewardKind::AmountOff => "amount_off",
            RewardKind::PercentOff { .. } => "percent_off",
            RewardKind::Points { .. } => "points",
            RewardKind::Gift => "gift",
            RewardKind::ExternalCode => "external_code",
        }
    }
}

/// What a reward costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// The card's effective target of stamps (`STP-7`): the completion reward.
    Completion,
    /// A fixed number.
    Fixed(i64),
    /// As many points as the customer or the till chooses (`RED-3`).
    Chosen,
}

/// How often one card may take a reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitPeriod {
    /// In its whole life.
    Ever,
    /// In a business day.
    Day,
    /// In a week from Monday.
    Week,
    /// In a calendar month.
    Month,
}

/// Limits of time, place and number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conditions {
    /// Smallest purchase, in minor units.
    pub min_purchase_minor: i64,
    /// First instant.
    pub valid_from: Option<Instant>,
    /// First instant no longer.
    pub valid_until: Option<Instant>,
    /// Only in these stores; empty for all.
    pub stores: Vec<StoreId>,
    /// Only on these days, 1 for Monday to 7; empty for all.
    pub weekdays: Vec<i8>,
    /// Only from this minute of the local day to that; the second is no longer in.
    pub minutes: Option<(u16, u16)>,
    /// How often a card may take it, and in which period.
    pub limit: Option<(i64, LimitPeriod)>,
}

/// A reward as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reward {
    /// Its id.
    pub id: RewardId,
    /// What the customer gets.
    pub kind: RewardKind,
    /// Of which unit it is paid.
    pub unit: Unit,
    /// What it costs.
    pub cost: Cost,
    /// How many there are; none for plenty (`RED-6`).
    pub stock: Option<i64>,
    /// When, where, how often.
    pub conditions: Conditions,
    /// Whether it is offered.
    pub active: bool,
}

/// Why a reward is not available (the `reason` of `reward_not_available`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// Not offered.
    Inactive,
    /// Not yet, or no longer, or not at this hour.
    OutsideWindow,
    /// Not here.
    WrongStore,
    /// None left.
    OutOfStock,
    /// This card had its share.
    LimitReached,
}

codes!(Unavailable {
    Inactive => "inactive",
    OutsideWindow => "outside_window",
    WrongStore => "wrong_store",
    OutOfStock => "out_of_stock",
    LimitReached => "limit_reached",
});

impl Reward {
    /// State, window and store, in this order (`RED-1`).
    pub fn availability(&self, moment: &Moment, store: Option<StoreId>) -> Result<(), Unavailable> {
        if !self.active {
            return Err(Unavailable::Inactive);
        }
        let conditions = &self.conditions;
        let in_dates = conditions.valid_from.is_none_or(|from| moment.at >= from)
            && conditions.valid_until.is_none_or(|until| moment.at < until);
        if !in_dates {
            return Err(Unavailable::OutsideWindow);
        }
        self.served(moment, store)
    }

    /// Days, hours and store: what also binds a claim that was paid for while the reward was offered (`RED-5`).
    pub fn served(&self, moment: &Moment, store: Option<StoreId>) -> Result<(), Unavailable> {
        let conditions = &self.conditions;
        let weekday = moment.day.weekday().to_monday_one_offset();
        let in_days = conditions.weekdays.is_empty() || conditions.weekdays.contains(&weekday);
        let in_hours = conditions
            .minutes
            .is_none_or(|(from, to)| (from..to).contains(&moment.minute_of_day));
        if !(in_days && in_hours) {
            return Err(Unavailable::OutsideWindow);
        }
        if !conditions.stores.is_empty() && store.is_none_or(|store| !conditions.stores.contains(&store)) {
            return Err(Unavailable::WrongStore);
        }
        Ok(())
    }
}

/// The key of a period, so that a count in it can be found: empty for ever.
pub fn period_key(period: LimitPeriod, moment: &Moment) -> String {
    match period {
        LimitPeriod::Ever => String::new(),
        LimitPeriod::Day => moment.day.to_string(),
        LimitPeriod::Week => crate::moment::week_start(moment.day).to_string(),
        LimitPeriod::Month => moment.day.first_of_month().to_string(),
    }
}

/// Monday is 1; kept here so that nobody counts days twice.
pub fn weekday_number(weekday: Weekday) -> i8 {
    weekday.to_monday_one_offset()
}
