//! `POST /cards/{card}/voids`: an event is taken back.

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{EventRef, Label, Note, PinWord, StoreRef, VoidReason};
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::permissions;
use crate::problem::{Code, Fault, Problem};
use axum::extract::State;
use domain::Command;
use domain::pin::Action;

body! {
    /// An event to take back.
    pub struct VoidRequest {
        /// Which event of this card.
        pub event: EventRef,
        /// Why.
        pub reason: VoidReason,
        /// More about it.
        pub note: Option<Note>,
        /// In which store.
        pub store: Option<StoreRef>,
        /// Who served: an id or a name.
        pub staff: Option<Label>,
        /// The PIN of who serves, at terminals that ask for it.
        pub pin: Option<PinWord>,
    }
}

impl Asking for VoidRequest {
    const ACTION: permissions::Action = permissions::Action::Void;
    const PIN_FOR: Option<Action> = Some(Action::Void);

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff)
            .shown(&self.pin, &None)
            .noted(&self.note)
    }
}

/// Take an event back.
#[utoipa::path(
    post, path = "/cards/{card}/voids", operation_id = "create_void", tag = "cards",
    security(("bearer" = ["void"])), request_body = VoidRequest,
    responses((status = 201, description = "Taken back.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<VoidRequest>) -> Result<Told, Problem> {
    let event = asked.body.event.0;
    // An event of another card is not an event of this one.
    if asked.card != Some(event.card) {
        return Err(Fault::new("/event", Code::NotFound).into());
    }
    let command = Command::Void {
        event: event.sequence,
        reason: asked.body.reason.0,
    };
    api.tell(&asked, command).await
}
