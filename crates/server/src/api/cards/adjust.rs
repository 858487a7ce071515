//! `POST /cards/{card}/adjustments`: a person corrects the balance (`ADJ-1`).

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{AdjustReason, At, Label, Note, PinWord, StoreRef, UnitWord};
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::identity::Scope;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;
use domain::pin::Action;

body! {
    /// A correction.
    pub struct AdjustmentRequest {
        /// Of what.
        pub unit: UnitWord,
        /// By how much; negative takes away, zero is refused.
        #[schema(example = 2, minimum = -9_007_199_254_740_992_i64, maximum = 9_007_199_254_740_992_i64)]
        pub amount: i64,
        /// Why.
        pub reason: AdjustReason,
        /// More about it.
        pub note: Option<Note>,
        /// In which store.
        pub store: Option<StoreRef>,
        /// Who served: an id or a name.
        pub staff: Option<Label>,
        /// The PIN of who serves, at terminals that ask for it.
        pub pin: Option<PinWord>,
        /// When, for keys with the scope `backdate`.
        pub occurred_at: Option<At>,
    }
}

impl Asking for AdjustmentRequest {
    const SCOPE: Scope = Scope::Adjust;
    const PIN_FOR: Option<Action> = Some(Action::Adjust);

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff)
            .shown(&self.pin, &None)
            .noted(&self.note)
            .dated(self.occurred_at)
    }
}

/// Correct a balance.
#[utoipa::path(
    post, path = "/cards/{card}/adjustments", operation_id = "create_adjustment", tag = "cards",
    security(("bearer" = ["adjust"])), request_body = AdjustmentRequest,
    responses((status = 201, description = "Corrected.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<AdjustmentRequest>) -> Result<Told, Problem> {
    let body = &asked.body;
    let command = Command::Adjust {
        unit: body.unit.0,
        amount: body.amount,
        reason: body.reason.0,
    };
    api.tell(&asked, command).await
}
