//! Purchases as bodies tell them, and what the rules make of them: amounts, lines, order references.

use super::fields::body;
use super::kinds::{Label, LineKindWord, Text};
use domain::command::{LineKind, PurchaseLine};
use domain::order::OrderRef;

body! {
    /// A line of a purchase.
    #[schema(as = PurchaseLine)]
    pub struct LineBody {
        /// What was paid for it, tax included, in minor units.
        #[schema(minimum = 0, maximum = 999_999_999_999_i64)]
        pub amount_minor: i64,
        /// The tax in it, in minor units.
        #[schema(minimum = 0, maximum = 999_999_999_999_i64)]
        pub tax_minor: Option<i64>,
        /// What it is; a thing unless it says otherwise.
        pub kind: Option<LineKindWord>,
        /// Its category, if the shop has them.
        pub category: Option<Label>,
        /// Its article number.
        pub sku: Option<Label>,
    }
}

/// Lines as the rules know them.
pub fn lines(told: &[LineBody]) -> Vec<PurchaseLine> {
    let line = |told: &LineBody| PurchaseLine {
        amount_minor: told.amount_minor,
        tax_minor: told.tax_minor.unwrap_or(0),
        kind: told.kind.map_or(LineKind::Item, |kind| kind.0),
        category: told.category.clone().map(|text| text.0),
        sku: told.sku.clone().map(|text| text.0),
    };
    told.iter().map(line).collect()
}

/// An order reference with its source (`IDM-4`).
pub fn order(reference: &Option<Label>, source: &Option<Label>) -> Option<OrderRef> {
    let Text(reference) = reference.as_ref()?;
    let source = source.as_ref().map(|text| text.0.clone());
    Some(OrderRef {
        source: source.unwrap_or_default(),
        reference: reference.clone(),
    })
}

/// Declares a body for an amount that earns; the two calls differ in nothing else.
macro_rules! purchase_body {
    ($(#[$about:meta])* $name:ident) => {
        $crate::api::fields::body! {
            $(#[$about])*
            pub struct $name {
                /// What was paid, in minor units.
                #[schema(example = 1250, minimum = 1, maximum = 999_999_999_999_i64)]
                pub amount_minor: i64,
                /// In which currency.
                pub currency: $crate::api::kinds::CurrencyWord,
                /// The tax in it, when there are no lines.
                #[schema(minimum = 0, maximum = 999_999_999_999_i64)]
                pub tax_minor: Option<i64>,
                /// The part of it paid with points.
                #[schema(minimum = 0, maximum = 999_999_999_999_i64)]
                pub redeemed_minor: Option<i64>,
                /// Its lines; they sum to the amount.
                #[schema(max_items = 500)]
                pub lines: Option<Vec<$crate::api::purchase::LineBody>>,
                /// What the point of sale calls it: a second wall against paying twice.
                pub order_ref: Option<$crate::api::kinds::Label>,
                /// Which system numbers it, where there are several.
                pub order_source: Option<$crate::api::kinds::Label>,
                /// In which store; keys must say, terminals need not.
                pub store: Option<$crate::api::kinds::StoreRef>,
                /// Who served: an id or a name.
                pub staff: Option<$crate::api::kinds::Label>,
                /// The PIN of who serves, at terminals that ask for it.
                pub pin: Option<$crate::api::kinds::PinWord>,
                /// A session that a PIN opened at this terminal, in place of the PIN.
                pub session: Option<$crate::api::kinds::SessionWord>,
                /// Why a manager, who shows their PIN, passes over cooldown and caps.
                pub override_reason: Option<$crate::api::kinds::OverrideReason>,
                /// When, for keys with the scope `backdate`.
                pub occurred_at: Option<$crate::api::kinds::At>,
            }
        }

        impl $crate::api::request::Asking for $name {
            const ACTION: $crate::permissions::Action = $crate::permissions::Action::Earn;
            const PIN_FOR: Option<domain::pin::Action> = Some(domain::pin::Action::Earn);
            const NEEDS_STORE: bool = true;

            fn joint(
                given: &$crate::api::fields::Given<'_>,
                _: &$crate::catalogue::Catalogue,
            ) -> Vec<$crate::problem::Fault> {
                given.with("order_source", "order_ref").into_iter().collect()
            }

            fn circumstances(&self) -> $crate::api::request::Circumstances {
                $crate::api::request::Circumstances::of(self.store, &self.staff)
                    .shown(&self.pin, &self.session)
                    .overriding(self.override_reason)
                    .dated(self.occurred_at)
            }
        }

        impl $name {
            /// The purchase as the rules know it.
            pub fn purchase(&self) -> domain::command::Purchase {
                domain::command::Purchase {
                    amount_minor: self.amount_minor,
                    tax_minor: self.tax_minor.unwrap_or(0),
                    redeemed_minor: self.redeemed_minor.unwrap_or(0),
                    currency: self.currency.0,
                    lines: self.lines.as_deref().map($crate::api::purchase::lines).unwrap_or_default(),
                    order: $crate::api::purchase::order(&self.order_ref, &self.order_source),
                }
            }
        }
    };
}
pub(crate) use purchase_body;
