//! `POST` and `DELETE /cards/{card}/blocks`: a card is stopped, and goes on (`CRD-5`).

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{BlockReason, Dropped, Label, Note, StoreRef};
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::permissions;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;

body! {
    /// A card to stop.
    pub struct BlockRequest {
        /// Why.
        pub reason: BlockReason,
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

body! {
    /// A card that goes on; the body may be left out.
    pub struct UnblockRequest {
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

impl Asking for BlockRequest {
    const ACTION: permissions::Action = permissions::Action::ManageCards;

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff).noted(&self.note)
    }
}

impl Asking for UnblockRequest {
    const ACTION: permissions::Action = permissions::Action::ManageCards;

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff).noted(&self.note)
    }
}

/// Stop a card.
#[utoipa::path(
    post, path = "/cards/{card}/blocks", operation_id = "create_block", tag = "cards",
    security(("bearer" = ["cards:write"])), request_body = BlockRequest,
    responses((status = 201, description = "Blocked.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<BlockRequest>) -> Result<Told, Problem> {
    let command = Command::Block {
        reason: asked.body.reason.0,
    };
    api.tell(&asked, command).await
}

/// Let a card go on.
#[utoipa::path(
    delete, path = "/cards/{card}/blocks", operation_id = "delete_block", tag = "cards",
    security(("bearer" = ["cards:write"])), request_body = UnblockRequest,
    responses((status = 200, description = "Unblocked.", body = ReceiptView)),
)]
pub async fn destroy(State(api): State<Api>, Write(asked): Write<UnblockRequest>) -> Result<Told, Problem> {
    Ok(api.tell(&asked, Command::Unblock).await?.ended())
}
