//! `POST /cards/{card}/stamps`: stamps for a visit.

use crate::api::Api;
use crate::api::fields::body;
use crate::api::kinds::{At, Label, OverrideReason, PinWord, SessionWord, StoreRef};
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::permissions;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;
use domain::pin::Action;

body! {
    /// A visit.
    pub struct StampRequest {
        /// How many stamps, where staff may say.
        #[schema(example = 1, minimum = 1)]
        pub count: Option<i64>,
        /// For which amount, in minor units, where the program counts steps or has a smallest purchase.
        #[schema(minimum = 1, maximum = 999_999_999_999_i64)]
        pub amount_minor: Option<i64>,
        /// In which store; keys must say, terminals need not.
        pub store: Option<StoreRef>,
        /// Who served: an id or a name.
        pub staff: Option<Label>,
        /// The PIN of who serves, at terminals that ask for it.
        pub pin: Option<PinWord>,
        /// A session that a PIN opened at this terminal, in place of the PIN.
        pub session: Option<SessionWord>,
        /// Why a manager, who shows their PIN, passes over cooldown and caps.
        pub override_reason: Option<OverrideReason>,
        /// When, for keys with the scope `backdate`.
        pub occurred_at: Option<At>,
    }
}

impl Asking for StampRequest {
    const ACTION: permissions::Action = permissions::Action::Earn;
    const PIN_FOR: Option<Action> = Some(Action::Earn);
    const NEEDS_STORE: bool = true;

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff)
            .shown(&self.pin, &self.session)
            .overriding(self.override_reason)
            .dated(self.occurred_at)
    }
}

/// Give stamps for a visit.
#[utoipa::path(
    post, path = "/cards/{card}/stamps", operation_id = "create_stamps", tag = "cards",
    security(("bearer" = ["earn"])), request_body = StampRequest,
    responses((status = 201, description = "Stamped.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<StampRequest>) -> Result<Told, Problem> {
    let command = Command::Stamp {
        count: asked.body.count,
        amount_minor: asked.body.amount_minor,
    };
    api.tell(&asked, command).await
}
