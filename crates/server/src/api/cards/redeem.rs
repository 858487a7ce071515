//! `POST /cards/{card}/redemptions`: a reward is taken.

use crate::api::Api;
use crate::api::fields::{Given, body};
use crate::api::kinds::{At, ClaimRef, Label, PinWord, RewardRef, ShownCode, StoreRef};
use crate::api::purchase;
use crate::api::receipts::ReceiptView;
use crate::api::request::{Asking, Circumstances, Write};
use crate::api::told::Told;
use crate::catalogue::Catalogue;
use crate::permissions;
use crate::problem::{Code, Fault, Problem};
use axum::extract::State;
use domain::Command;
use domain::command::Wanted;
use domain::pin::Action;

body! {
    /// A reward to take: `reward`, or a `claim` minted earlier.
    pub struct RedemptionRequest {
        /// Which reward.
        pub reward: Option<RewardRef>,
        /// Which claim.
        pub claim: Option<ClaimRef>,
        /// How many points, where the customer chooses.
        #[schema(minimum = 1, maximum = 9_007_199_254_740_992_i64)]
        pub points: Option<i64>,
        /// For which order.
        pub order_ref: Option<Label>,
        /// Which system numbers it, where there are several.
        pub order_source: Option<Label>,
        /// What is to be paid before the reward, in minor units.
        #[schema(minimum = 1, maximum = 999_999_999_999_i64)]
        pub order_amount_minor: Option<i64>,
        /// In which store; keys must say, terminals need not.
        pub store: Option<StoreRef>,
        /// Who served: an id or a name.
        pub staff: Option<Label>,
        /// The PIN of who serves, at terminals that ask for it.
        pub pin: Option<PinWord>,
        /// The live code of the card's page, where the program asks terminals for it; keys need none.
        pub proof: Option<ShownCode>,
        /// When, for keys with the scope `backdate`.
        pub occurred_at: Option<At>,
    }
}

impl Asking for RedemptionRequest {
    const ACTION: permissions::Action = permissions::Action::Redeem;
    const PIN_FOR: Option<Action> = Some(Action::Redeem);
    const NEEDS_STORE: bool = true;

    fn joint(given: &Given<'_>, _: &Catalogue) -> Vec<Fault> {
        let order = given.with("order_source", "order_ref");
        given.one_of("reward", "claim").into_iter().chain(order).collect()
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff)
            .shown(&self.pin, &None)
            .live(&self.proof)
            .dated(self.occurred_at)
    }
}

impl RedemptionRequest {
    fn wanted(&self) -> Result<Wanted, Problem> {
        match (self.reward, self.claim) {
            (Some(reward), _) => Ok(Wanted::Reward(reward.0)),
            (None, Some(claim)) => Ok(Wanted::Claim(claim.0)),
            (None, None) => Err(Fault::new("/reward", Code::Required).into()),
        }
    }
}

/// Hand out a reward.
#[utoipa::path(
    post, path = "/cards/{card}/redemptions", operation_id = "create_redemption", tag = "cards",
    security(("bearer" = ["redeem"])), request_body = RedemptionRequest,
    responses((status = 201, description = "Redeemed; the receipt holds the claim.", body = ReceiptView)),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<RedemptionRequest>) -> Result<Told, Problem> {
    let body = &asked.body;
    let command = Command::Redeem {
        wanted: body.wanted()?,
        points: body.points,
        payable_minor: body.order_amount_minor,
        order: purchase::order(&body.order_ref, &body.order_source),
    };
    api.tell(&asked, command).await
}
