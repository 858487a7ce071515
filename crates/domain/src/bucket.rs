//! Buckets: amounts of one unit on a card that share an activation day and an expiry day, in spending order. Debt is
//! the bucket that holds what a card owes, as a negative amount, so that the buckets of a unit always sum to its
//! balance. It must not know why value moves.

use crate::event::Move;
use crate::quantity::{Unit, add};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BucketKey {
    /// The day from which it can be spent; none once that day has come.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub active_on: Option<Date>,
    /// The last day of its life; none for ever.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// What is owed instead of what is held (`RET-4`).
    #[serde(rename = "d", default, skip_serializing_if = "is_false")]
    pub debt: bool,
}

fn is_false(value: &bool) -> bool {
    !*value
}

impl BucketKey {
    /// Spendable now, for ever.
    pub const OPEN: Self = Self {
        active_on: None,
        expires_on: None,
        debt: false,
    };
    /// What is owed.
    pub const DEBT: Self = Self {
        active_on: None,
        expires_on: None,
        debt: true,
    };

    /// Not spendable before a day (`PTS-6`).
    pub fn pending_until(active_on: Date) -> Self {
        Self {
            active_on: Some(active_on),
            ..Self::OPEN
        }
    }

    /// This key as it is on a day: activation that has come is no longer told apart.
    pub fn on(self, day: Date) -> Self {
        Self {
            active_on: self.active_on.filter(|&active| active > day),
            ..self
        }
    }

    /// Spending order (`EXP-1`): earliest expiry first, never-expiring last; pending after all of them.
    fn rank(&self) -> (bool, Option<Date>, bool, Option<Date>) {
        (self.debt, self.active_on, self.expires_on.is_none(), self.expires_on)
    }
}

/// An amount in a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// What it holds.
    #[serde(rename = "u")]
    pub unit: Unit,
    /// Which one it is.
    #[serde(flatten)]
    pub key: BucketKey,
    /// How much; negative only for debt.
    #[serde(rename = "n")]
    pub amount: i64,
}

/// All buckets of a card, in spending order, none of them empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Buckets(Vec<Bucket>);

impl Buckets {
    /// The buckets in spending order.
    pub fn iter(&self) -> impl Iterator<Item = &Bucket> {
        self.0.iter()
    }

    fn sum(&self, unit: Unit, which: impl Fn(&BucketKey) -> bool) -> i64 {
        self.0
            .iter()
            .filter(|bucket| bucket.unit == unit && which(&bucket.key))
            .map(|bucket| bucket.amount)
            .sum()
    }

    /// What can be spent on the day these buckets stand at.
    pub fn available(&self, unit: Unit) -> i64 {
        self.sum(unit, |key| !key.debt && key.active_on.is_none())
    }

    /// What will become spendable.
    pub fn pending(&self, unit: Unit) -> i64 {
        self.sum(unit, |key| key.active_on.is_some())
    }

    /// What is owed, as a positive amount.
    pub fn debt(&self, unit: Unit) -> i64 {
        -self.sum(unit, |key| key.debt)
    }

    /// Everything together: available and pending, less debt.
    pub fn net(&self, unit: Unit) -> i64 {
        self.sum(unit, |_| true)
    }

    /// These buckets on a later day: those whose activation has come join the spendable ones.
    pub fn on(&self, day: Date) -> Self {
        if self
            .0
            .iter()
            .all(|bucket| bucket.key.active_on.is_none_or(|active| active > day))
        {
            return self.clone();
        }
        let mut later = Self::default();
        for bucket in &self.0 {
            later.put(bucket.unit, bucket.key.on(day), bucket.amount);
        }
        later
    }

    /// The next day on which a bucket activates or expires.
    pub fn next_due_on(&self) -> Option<Date> {
        self.0
            .iter()
            .filter_map(|bucket| bucket.key.active_on.or(bucket.key.expires_on))
            .min()
    }

    /// Adds a move; an emptied bucket disappears.
    pub fn put(&mut self, unit: Unit, key: BucketKey, amount: i64) {
        match self
            .0
            .iter_mut()
            .find(|bucket| bucket.unit == unit && bucket.key == key)
        {
            Some(bucket) => bucket.amount += amount,
            None => {
                let place = self
                    .0
                    .partition_point(|bucket| (bucket.unit, bucket.key.rank()) <= (unit, key.rank()));
                self.0.insert(place, Bucket { unit, key, amount });
            }
        }
        self.0.retain(|bucket| bucket.amount != 0);
    }

    /// Applies moves as they stood on a day.
    pub fn apply(&mut self, moves: &[Move], day: Date) {
        *self = self.on(day);
        for step in moves {
            self.put(step.unit, step.bucket.on(day), step.amount);
        }
    }

    /// Where a credit goes: debt is paid first (`RET-4`), the rest into the bucket asked for. `None` when the balance
    /// would leave the range (`PTS-7`).
    pub fn credit(&self, unit: Unit, key: BucketKey, amount: i64) -> Option<Vec<(BucketKey, i64)>> {
        add(self.net(unit), amount)?;
        let repaid = self.debt(unit).min(amount);
        let parts = [(BucketKey::DEBT, repaid), (key, amount - repaid)];
        Some(parts.into_iter().filter(|&(_, part)| part > 0).collect())
    }

    /// Where a debit comes from: `first` in the order given, then what is spendable in spending order. Answers the
    /// parts (negative) and what is missing.
    pub fn debit(&self, unit: Unit, amount: i64, first: &[(BucketKey, i64)]) -> (Vec<(BucketKey, i64)>, i64) {
        let mut missing = amount;
        let mut parts: Vec<(BucketKey, i64)> = Vec::new();
        let mut take = |key: BucketKey, most: i64, missing: &mut i64| {
            let held = self.sum(unit, |other| *other == key);
            let taken = -parts
                .iter()
                .filter(|(other, _)| *other == key)
                .map(|(_, part)| part)
                .sum::<i64>();
            let part = (held - taken).min(most).min(*missing);
            if part > 0 {
                *missing -= part;
                match parts.iter_mut().find(|(other, _)| *other == key) {
                    Some((_, amount)) => *amount -= part,
                    None => parts.push((key, -part)),
                }
            }
        };
        for &(key, most) in first.iter().filter(|(key, _)| !key.debt) {
            take(key, most, &mut missing);
        }
        for bucket in self.0.iter().filter(|bucket| bucket.unit == unit && !bucket.key.debt) {
            if bucket.key.active_on.is_none() {
                take(bucket.key, bucket.amount, &mut missing);
            }
        }
        (parts, missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn earliest_expiry_is_spent_first_and_never_expiring_last() {
        let mut buckets = Buckets::default();
        let july = BucketKey {
            expires_on: Some(date(2027, 7, 31)),
            ..BucketKey::OPEN
        };
        let march = BucketKey {
            expires_on: Some(date(2027, 3, 31)),
            ..BucketKey::OPEN
        };
        buckets.put(Unit::Point, BucketKey::OPEN, 5);
        buckets.put(Unit::Point, july, 5);
        buckets.put(Unit::Point, march, 5);
        let (parts, missing) = buckets.debit(Unit::Point, 12, &[]);
        assert_eq!(
            (parts, missing),
            (vec![(march, -5), (july, -5), (BucketKey::OPEN, -2)], 0)
        );
    }

    #[test]
    fn debt_is_paid_before_anything_is_kept() {
        let mut buckets = Buckets::default();
        buckets.put(Unit::Point, BucketKey::DEBT, -40);
        let parts = buckets.credit(Unit::Point, BucketKey::OPEN, 50);
        assert_eq!(parts, Some(vec![(BucketKey::DEBT, 40), (BucketKey::OPEN, 10)]));
    }

    #[test]
    fn a_pending_bucket_joins_the_others_when_its_day_has_come() {
        let mut buckets = Buckets::default();
        buckets.put(Unit::Point, BucketKey::OPEN, 5);
        buckets.put(Unit::Point, BucketKey::pending_until(date(2026, 12, 1)), 7);
        assert_eq!((buckets.available(Unit::Point), buckets.pending(Unit::Point)), (5, 7));
        assert_eq!(buckets.next_due_on(), Some(date(2026, 12, 1)));
        let later = buckets.on(date(2026, 12, 1));
        assert_eq!((later.available(Unit::Point), later.pending(Unit::Point)), (12, 0));
    }
}
