//! `POST /cards/{card}/adjustments`: a person corrects the balance (`ADJ-1`).

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{AdjustReason, At, Label, Note, PinWord, StoreRef, UnitWord};
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::approvals::{self, Approval};
use crate::identity::Principal;
use crate::permissions;
use crate::problem::{Problem, rfc3339};
use axum::extract::State;
use domain::Command;
use domain::pin::Action;
use serde::Serialize;
use utoipa::ToSchema;

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
    const ACTION: permissions::Action = permissions::Action::Adjust;
    const PIN_FOR: Option<Action> = Some(Action::Adjust);

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff)
            .shown(&self.pin, &None)
            .noted(&self.note)
            .dated(self.occurred_at)
    }
}

/// A correction that waits for somebody to approve it (`APR-1`).
#[derive(Serialize, ToSchema)]
#[schema(as = Approval)]
pub struct ApprovalView {
    /// Always `approval_required`.
    #[schema(example = "approval_required")]
    code: &'static str,
    /// Its id.
    #[schema(example = "apr_01kan2x8fye4ttq8z0n9ms3v4c")]
    approval: String,
    /// `waiting`, `approved`, `denied` or `expired`.
    #[schema(example = "waiting")]
    status: &'static str,
    /// Until when somebody may decide.
    #[schema(example = "2026-03-03T10:15:00Z")]
    expires_at: String,
}

impl ApprovalView {
    fn new(approval: &Approval) -> Self {
        Self {
            code: "approval_required",
            approval: approval.id.to_string(),
            status: approval.state.code(),
            expires_at: rfc3339(approval.expires_at),
        }
    }
}

/// Correct a balance.
#[utoipa::path(
    post, path = "/cards/{card}/adjustments", operation_id = "create_adjustment", tag = "cards",
    security(("bearer" = ["adjust"])), request_body = AdjustmentRequest,
    responses(
        (status = 201, description = "Corrected.", body = ReceiptView),
        (status = 202, description = "Over a limit of the till: somebody of the back office must approve it.", body = ApprovalView),
    ),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<AdjustmentRequest>) -> Result<Told, Problem> {
    let body = &asked.body;
    let command = Command::Adjust {
        unit: body.unit.0,
        amount: body.amount,
        reason: body.reason.0,
    };
    let merchant = asked.merchant();
    // A till's call that asked for approval before is not tried again: it may have been approved since.
    if let (Some(key), Principal::Terminal { .. }) = (&asked.key, asked.caller.principal())
        && let Some(approval) = approvals::asked(&api.app, merchant, key).await?
    {
        return Ok(Told::waiting(&ApprovalView::new(&approval)));
    }
    let submission = asked.submission(asked.card()?, command);
    match api.app.ledger.submit(submission.clone()).await {
        Ok(answer) => Ok(Told::receipt(&answer)),
        Err(refusal) => match approvals::ask(&api.app, &asked.catalogue, &submission, &refusal).await? {
            Some(approval) => Ok(Told::waiting(&ApprovalView::new(&approval))),
            None => Err(Problem::of_refusal(&refusal, &asked.place(&api))),
        },
    }
}
