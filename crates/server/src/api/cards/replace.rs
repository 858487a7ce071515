//! `POST /cards/{card}/replacements`: new credentials for the same card (`CRD-4`).

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{Dropped, Label, Note, ReplaceReason, StoreRef, TypedNumber};
use crate::api::opening::NUMBER_ATTEMPTS_MAX;
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asked, Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::ledger::{Refusal, Submission};
use crate::permissions;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;
use domain::number::CardNumber;

body! {
    /// A card that needs new credentials.
    pub struct ReplacementRequest {
        /// Why.
        pub reason: ReplaceReason,
        /// The number of a printed card; random unless given.
        #[schema(example = "4KQ7 29FM X3AY")]
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
    const ACTION: permissions::Action = permissions::Action::ManageCards;

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff).noted(&self.note)
    }
}

/// Give a card a new number and a new code. The old ones find nothing any more.
#[utoipa::path(
    post, path = "/cards/{card}/replacements", operation_id = "create_replacement", tag = "cards",
    security(("bearer" = ["cards:write"])), request_body = ReplacementRequest,
    responses((status = 201, description = "Replaced; the receipt holds the new number.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<ReplacementRequest>) -> Result<Told, Problem> {
    let chosen = asked.body.number.as_ref().map(|typed| &typed.0);
    let place = asked.place(&api);
    for _ in 1..NUMBER_ATTEMPTS_MAX {
        match api.app.ledger.submit(replacement(&api, &asked, chosen)?).await {
            Err(Refusal::NumberTaken) if chosen.is_none() => {}
            Ok(answer) => return Ok(Told::receipt(&answer)),
            Err(refusal) => return Err(Problem::of_refusal(&refusal, &place)),
        }
    }
    let answer = api.submit(replacement(&api, &asked, chosen)?, &place).await?;
    Ok(Told::receipt(&answer))
}

fn replacement(
    api: &Api,
    asked: &Asked<ReplacementRequest>,
    chosen: Option<&CardNumber>,
) -> Result<Submission, Problem> {
    let reason = asked.body.reason.0;
    let number = match chosen {
        Some(number) => number.clone(),
        None => api.app.secrets.new_number().map_err(|error| Problem::broken(&error))?,
    };
    Ok(Submission {
        new_number: Some(number),
        ..asked.submission(asked.card()?, Command::Replace { reason })
    })
}
