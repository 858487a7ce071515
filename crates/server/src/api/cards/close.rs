//! `POST /cards/{card}/closures`: a card ends for good (`CRD-5`).

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{Dropped, Label, Note, StoreRef};
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::permissions;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;

body! {
    /// A card to close.
    pub struct ClosureRequest {
        /// The person knows that what is left on it is given up.
        pub confirm: Option<bool>,
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

impl Asking for ClosureRequest {
    const ACTION: permissions::Action = permissions::Action::CloseCards;

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff).noted(&self.note)
    }
}

/// Close a card for good. Terminals may not.
#[utoipa::path(
    post, path = "/cards/{card}/closures", operation_id = "create_closure", tag = "cards",
    security(("bearer" = ["cards:write"])), request_body = ClosureRequest,
    responses((status = 201, description = "Closed.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<ClosureRequest>) -> Result<Told, Problem> {
    let command = Command::Close {
        confirm: asked.body.confirm == Some(true),
    };
    api.tell(&asked, command).await
}
