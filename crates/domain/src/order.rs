//! What is known of an order of a point of sale: the second wall against paying twice (`IDM-4`) and the state from
//! which returns are priced (`RET-2`). All sums are cumulative, so that any split of a return equals one return.

use crate::quantity::Currency;
use serde::{Deserialize, Serialize};

/// An order reference: what a point of sale calls a purchase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderRef {
    /// Which system numbers it; empty for the only one.
    pub source: String,
    /// Its number, trimmed, 1 to 100 characters, case-sensitive.
    pub reference: String,
}

/// The state of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Currency of its amounts.
    pub currency: Currency,
    /// What was paid, all lines.
    pub gross_minor: i64,
    /// What of it counted when it earned.
    pub basis_minor: i64,
    /// Whether an earn was answered under this reference, even one that gave nothing.
    pub priced: bool,
    /// The event that earned; none when nothing was awarded.
    pub earned_by: Option<i64>,
    /// The event that redeemed for this order.
    pub redeemed_by: Option<i64>,
    /// Returned so far, told as an amount.
    pub returned_minor: i64,
    /// Returned so far, told by lines.
    pub returned_lines_minor: i64,
    /// What of the returned lines had counted.
    pub returned_lines_basis_minor: i64,
    /// Points taken back so far.
    pub clawed_points: i64,
    /// Stamps taken back so far.
    pub clawed_stamps: i64,
    /// Redeemed points given back so far.
    pub restored_points: i64,
}

impl Order {
    /// An order nothing has happened to.
    pub fn new(currency: Currency, gross_minor: i64, basis_minor: i64) -> Self {
        Self {
            currency,
            gross_minor,
            basis_minor,
            priced: false,
            earned_by: None,
            redeemed_by: None,
            returned_minor: 0,
            returned_lines_minor: 0,
            returned_lines_basis_minor: 0,
            clawed_points: 0,
            clawed_stamps: 0,
            restored_points: 0,
        }
    }

    /// What has come back, in all.
    pub fn returned_gross(&self) -> i64 {
        self.returned_minor + self.returned_lines_minor
    }

    /// Whether nothing of it remains.
    pub fn is_all_returned(&self) -> bool {
        self.returned_gross() >= self.gross_minor
    }

    /// What still counts of it: nothing when all came back; else the basis less the returned lines that counted, less
    /// the share of what was returned by amount. Depends on sums only, never on the steps.
    pub fn remaining_basis(&self) -> i64 {
        if self.is_all_returned() {
            return 0;
        }
        let share =
            i128::from(self.returned_minor) * i128::from(self.basis_minor) / i128::from(self.gross_minor.max(1));
        let left = i128::from(self.basis_minor) - i128::from(self.returned_lines_basis_minor) - share;
        i64::try_from(left.max(0)).unwrap_or(0)
    }
}
