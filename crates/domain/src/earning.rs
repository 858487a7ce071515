//! What a visit or a purchase is worth, before cooldown and caps. Whole numbers and ratios only, rounded once
//! (`PTS-2`).

use crate::command::{LineKind, Purchase, PurchaseLine};
use crate::event::LineRule;
use crate::quantity::{AMOUNT_MAX, Currency, MONEY_MINOR_MAX, ONE_BASIS_POINTS};
use crate::rejection::Rejection;
use crate::terms::{EarnBasis, Rounding, StampBasis, StepMode, Terms};

/// What counts of a purchase (`PTS-1`), after its shape was checked. `off_minor` is what points took off the order as far
/// as the books know; who sells may know of more.
pub fn basis(terms: &Terms, purchase: &Purchase, currency: Currency, off_minor: i64) -> Result<i64, Rejection> {
    let unsound = |field| Rejection::AmountInvalid { field, line: None };
    if purchase.amount_minor <= 0 || purchase.amount_minor > MONEY_MINOR_MAX {
        return Err(unsound("amount_minor"));
    }
    if purchase.currency != currency {
        return Err(Rejection::CurrencyMismatch {
            expected: currency.to_string(),
        });
    }
    let parts = 0..=purchase.amount_minor;
    if !parts.contains(&purchase.tax_minor) {
        return Err(unsound("tax_minor"));
    }
    if !parts.contains(&purchase.redeemed_minor) {
        return Err(unsound("redeemed_minor"));
    }
    let eligible = if purchase.lines.is_empty() {
        let tax = if terms.earn_basis == EarnBasis::NetOfTax {
            purchase.tax_minor
        } else {
            0
        };
        purchase.amount_minor - tax
    } else {
        let sum = lines_sum(&purchase.lines)?;
        if sum != purchase.amount_minor {
            return Err(Rejection::LinesMismatch { sum });
        }
        purchase.lines.iter().map(|line| eligible_of_line(terms, line)).sum()
    };
    let redeemed = if terms.earn_on_redeemed_value {
        0
    } else {
        purchase.redeemed_minor.max(off_minor)
    };
    Ok((eligible - redeemed).max(0))
}

/// The sum of lines, each of which must be an amount that can be paid.
pub fn lines_sum(lines: &[PurchaseLine]) -> Result<i64, Rejection> {
    lines.iter().enumerate().try_fold(0i64, |sum, (place, line)| {
        let unsound = |field| Rejection::AmountInvalid {
            field,
            line: Some(place),
        };
        if !(0..=MONEY_MINOR_MAX).contains(&line.amount_minor) {
            return Err(unsound("amount_minor"));
        }
        if !(0..=line.amount_minor).contains(&line.tax_minor) {
            return Err(unsound("tax_minor"));
        }
        sum.checked_add(line.amount_minor).ok_or(unsound("amount_minor"))
    })
}

/// What counts of a line: nothing of delivery, tips, categories and articles that the terms exclude.
pub fn eligible_of_line(terms: &Terms, line: &PurchaseLine) -> i64 {
    let among = |name: &Option<String>, excluded: &[String]| name.as_ref().is_some_and(|name| excluded.contains(name));
    let is_excluded = (line.kind == LineKind::Shipping && terms.exclude_shipping)
        || (line.kind == LineKind::Tip && terms.exclude_tips)
        || among(&line.category, &terms.excluded_categories)
        || among(&line.sku, &terms.excluded_skus);
    match terms.earn_basis {
        _ if is_excluded => 0,
        EarnBasis::Gross => line.amount_minor,
        EarnBasis::NetOfTax => line.amount_minor - line.tax_minor,
    }
}

/// Points for a basis: rate, multipliers in basis points, one rounding (`PTS-2`, `PTS-3`). `None` when the result
/// leaves the range (`PTS-7`).
pub fn points(terms: &Terms, basis_minor: i64, multipliers: &[i64]) -> Option<i64> {
    let (rate, per) = (i128::from(terms.points_rate), i128::from(terms.points_per_minor));
    let basis = i128::from(basis_minor);
    let (mut numerator, mut denominator) = match terms.points_step_mode {
        StepMode::Proportional => (basis.checked_mul(rate)?, per),
        StepMode::FullStep => ((basis / per).checked_mul(rate)?, 1),
    };
    for &multiplier in multipliers {
        numerator = numerator.checked_mul(i128::from(multiplier))?;
        denominator = denominator.checked_mul(i128::from(ONE_BASIS_POINTS))?;
    }
    let rounded = match terms.rounding {
        Rounding::Floor => numerator / denominator,
        Rounding::HalfUp => numerator.checked_mul(2)?.checked_add(denominator)? / denominator.checked_mul(2)?,
        Rounding::Ceil => numerator.checked_add(denominator - 1)? / denominator,
    };
    i64::try_from(rounded).ok().filter(|&points| points <= AMOUNT_MAX)
}

/// The largest basis whose points surely stay in the range (`PTS-7`).
pub fn most_minor(terms: &Terms) -> i64 {
    let most = i128::from(AMOUNT_MAX) * i128::from(terms.points_per_minor) / i128::from(terms.points_rate.max(1));
    i64::try_from(most).unwrap_or(AMOUNT_MAX).min(MONEY_MINOR_MAX)
}

/// Stamps for a visit (`STP-1`), and the rule that counted them.
pub fn stamps(terms: &Terms, count: Option<i64>, amount_minor: Option<i64>) -> Result<(i64, LineRule), Rejection> {
    let most = if terms.stamp_basis == StampBasis::ManualQuantity {
        terms.stamps_max_per_txn
    } else {
        1
    };
    if count.is_some_and(|count| !(1..=most).contains(&count)) {
        return Err(Rejection::OutOfRange {
            field: "count",
            min: 1,
            max: most,
        });
    }
    if amount_minor.is_some_and(|amount| amount <= 0 || amount > MONEY_MINOR_MAX) {
        return Err(Rejection::AmountInvalid {
            field: "amount_minor",
            line: None,
        });
    }
    let step_minor = if terms.stamp_basis == StampBasis::PerAmount {
        terms.stamp_amount_step_minor
    } else {
        0
    };
    let needed_minor = step_minor.max(terms.min_purchase_minor);
    match amount_minor {
        None if needed_minor > 0 => return Err(Rejection::Required { field: "amount_minor" }),
        Some(amount) if amount < needed_minor => return Err(Rejection::BelowMinimum { needed_minor }),
        _ => {}
    }
    match terms.stamp_basis {
        StampBasis::PerVisit => Ok((1, LineRule::Visit)),
        StampBasis::ManualQuantity => Ok((count.unwrap_or(1), LineRule::Quantity)),
        StampBasis::PerAmount => {
            let amount = amount_minor.ok_or(Rejection::Required { field: "amount_minor" })?;
            Ok((amount / step_minor.max(1), LineRule::AmountSteps))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_is_not_full_gives_nothing() {
        let terms = Terms {
            points_rate: 5,
            points_per_minor: 250,
            points_step_mode: StepMode::FullStep,
            ..Terms::default()
        };
        assert_eq!(
            [
                points(&terms, 249, &[]),
                points(&terms, 300, &[]),
                points(&terms, 500, &[])
            ],
            [Some(0), Some(5), Some(10)]
        );
    }

    #[test]
    fn rounding_happens_once_after_all_multipliers() {
        let with = |rounding| Terms {
            points_rate: 1,
            points_per_minor: 100,
            rounding,
            ..Terms::default()
        };
        assert_eq!(points(&with(Rounding::Floor), 2_350, &[15_000]), Some(35));
        assert_eq!(points(&with(Rounding::HalfUp), 2_350, &[15_000]), Some(35));
        assert_eq!(points(&with(Rounding::Ceil), 2_350, &[15_000]), Some(36));
        assert_eq!(points(&with(Rounding::HalfUp), 150, &[]), Some(2));
        assert_eq!(
            points(
                &Terms {
                    points_rate: 1_000_000,
                    points_per_minor: 1,
                    ..Terms::default()
                },
                i64::MAX,
                &[]
            ),
            None
        );
    }
}
