//! `POST /cards/{card}/merges`: a card goes into another one (`MRG-1`).

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{CardRef, Dropped, Label, MergeReason, Note, StoreRef};
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::permissions;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;

body! {
    /// A card that goes into another one of the same program.
    pub struct MergeRequest {
        /// The card that goes on.
        pub into: CardRef,
        /// Why.
        pub reason: MergeReason,
        /// More about it.
        pub note: Option<Note>,
        /// In which store.
        pub store: Option<StoreRef>,
        /// Who served: an id or a name.
        pub staff: Option<Label>,
        /// Accepted and dropped unread.
        pub pin: Option<Dropped>,
    }
}

impl Asking for MergeRequest {
    const ACTION: permissions::Action = permissions::Action::MergeCards;

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff).noted(&self.note)
    }
}

/// Let a card go into another one, with all it holds. Its codes find the other card from then on. Terminals may not.
#[utoipa::path(
    post, path = "/cards/{card}/merges", operation_id = "create_merge", tag = "cards",
    security(("bearer" = ["cards:write"])), request_body = MergeRequest,
    responses((status = 201, description = "Merged; the receipt is that of the card that goes on.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<MergeRequest>) -> Result<Told, Problem> {
    let (from, reason) = (asked.card()?, asked.body.reason.0);
    let submission = asked.submission(asked.body.into.0, Command::Merge { from, reason });
    let answer = api.submit(submission, &asked.place(&api)).await?;
    Ok(Told::receipt(&answer))
}
