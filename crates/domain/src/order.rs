//! What is known of an order of a point of sale: the second wall against paying twice (`IDM-4`) and the state from
//! which returns are priced (`RET-2`). All sums are cumulative, so that any split of a return equals one return.

use crate::command::{LineKind, PurchaseLine};
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

/// How many classes of lines an order tells apart; lines of further classes are summed as if they had not been told.
pub const LINE_CLASSES_MAX: usize = 50;

/// The lines of an order that are alike, summed: what comes back is found by what it was bought as, and counts for what
/// that counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineClass {
    kind: LineKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sku: Option<String>,
    gross_minor: i64,
    counted_minor: i64,
    returned_minor: i64,
}

impl LineClass {
    fn holds(&self, line: &PurchaseLine) -> bool {
        self.kind == line.kind && self.category == line.category && self.sku == line.sku
    }

    /// What of it counted and has come back.
    fn gone(&self) -> i64 {
        share(self.counted_minor, self.returned_minor, self.gross_minor)
    }
}

fn is_zero(value: &i64) -> bool {
    *value == 0
}

/// So much of a whole as a part is of all, rounded down.
fn share(whole: i64, part: i64, all: i64) -> i64 {
    let share = i128::from(whole) * i128::from(part) / i128::from(all.max(1));
    i64::try_from(share).unwrap_or(whole)
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
    /// What the points redeemed took off it (`PTS-1`).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub off_minor: i64,
    /// Returned so far, however it was told.
    pub returned_minor: i64,
    /// Its lines, if it was told by lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<LineClass>,
    /// How many of the full cards that it paid out in points are undone (`HYB-3`).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undone: i64,
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
            off_minor: 0,
            returned_minor: 0,
            classes: Vec::new(),
            undone: 0,
            clawed_points: 0,
            clawed_stamps: 0,
            restored_points: 0,
        }
    }

    /// Remembers a line that was bought, and what of it counted.
    pub fn buy(&mut self, line: &PurchaseLine, counted_minor: i64) {
        if let Some(class) = self.classes.iter_mut().find(|class| class.holds(line)) {
            class.gross_minor += line.amount_minor;
            class.counted_minor += counted_minor;
        } else if self.classes.len() < LINE_CLASSES_MAX {
            self.classes.push(LineClass {
                kind: line.kind,
                category: line.category.clone(),
                sku: line.sku.clone(),
                gross_minor: line.amount_minor,
                counted_minor,
                returned_minor: 0,
            });
        }
    }

    /// Takes a line back. What goes beyond the lines that were bought alike comes off the others.
    pub fn take_back(&mut self, line: &PurchaseLine) {
        self.returned_minor += line.amount_minor;
        if let Some(class) = self.classes.iter_mut().find(|class| class.holds(line)) {
            let room = class.gross_minor - class.returned_minor;
            class.returned_minor += line.amount_minor.min(room);
        }
    }

    /// Whether nothing of it remains.
    pub fn is_all_returned(&self) -> bool {
        self.returned_minor >= self.gross_minor
    }

    /// What still counts of it: nothing when all came back; else the basis less what the returned lines had counted, of
    /// which what was returned by amount takes its share. Depends on sums only, never on the steps.
    pub fn remaining_basis(&self) -> i64 {
        if self.is_all_returned() {
            return 0;
        }
        let gone: i64 = self.classes.iter().map(LineClass::gone).sum();
        let found: i64 = self.classes.iter().map(|class| class.returned_minor).sum();
        let left = (self.basis_minor - gone).max(0);
        left - share(left, self.returned_minor - found, self.gross_minor - found)
    }
}
