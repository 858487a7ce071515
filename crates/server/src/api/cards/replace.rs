//! `POST /cards/{card}/replacements`: new credentials for the same card (`CRD-4`).

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{Dropped, Label, Note, ReplaceReason, StoreRef, TypedNumber};
use crate::api::opening::chosen_number;
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::identity::Scope;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;

body! {
    /// A card that needs new credentials.
    pub struct ReplacementRequest {
        /// Why.
        pub reason: ReplaceReason,
        /// The number of a printed card; random unless given.
        #[schema(example = "4KQ7 29FM X3AA")]
        pub number: Option<TypedNumber>,
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

impl Asking for ReplacementRequest {
    const SCOPE: Scope = Scope::CardsWrite;

    fn circumstances(&self) -> Circumstances {
        Circumstances {
            store: self.store.map(|id| id.0),
            staff: self.staff.clone(),
            note: self.note.clone(),
            occurred_at: None,
        }
    }
}

/// Give a card a new number and a new code. The old ones find nothing any more.
#[utoipa::path(
    post, path = "/cards/{card}/replacements", operation_id = "create_replacement", tag = "cards",
    security(("bearer" = ["cards:write"])), request_body = ReplacementRequest,
    responses((status = 201, description = "Replaced; the receipt holds the new number.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<ReplacementRequest>) -> Result<Told, Problem> {
    let number = match chosen_number(&asked.body.number)? {
        Some(number) => number,
        None => api.app.secrets.new_number().map_err(|error| Problem::broken(&error))?,
    };
    let mut submission = asked.submission(
        asked.card()?,
        Command::Replace {
            reason: asked.body.reason.0,
        },
    );
    submission.new_number = Some(number);
    let answer = api.submit(submission, &asked.place(&api)).await?;
    Ok(Told::receipt(&answer))
}
