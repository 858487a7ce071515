//! `POST /returns`: goods of an order came back (`RET-1`). The order says whose card it is.

use super::Api;
use super::fields::{Given, body};
use super::kinds::{At, CurrencyWord, Label, Note, PinWord, StoreRef};
use super::purchase::{LineBody, lines};
use super::receipts::ReceiptView;
use super::request::{Asking, Circumstances, Write};
use super::told::Told;
use crate::catalogue::Catalogue;
use crate::permissions;
use crate::problem::{Code, Fault, Problem};
use crate::sql::lookups;
use axum::extract::State;
use domain::Command;
use domain::command::Returned;
use domain::ids::{CardId, MerchantId};
use domain::order::OrderRef;
use domain::pin::Action;

body! {
    /// Goods that came back: an `amount_minor`, or `lines`.
    pub struct ReturnRequest {
        /// Of which order.
        pub order_ref: Label,
        /// Which system numbers it, where there are several.
        pub order_source: Option<Label>,
        /// What the point of sale calls the return; unique for the order.
        pub return_ref: Label,
        /// So much of it, in minor units.
        #[schema(example = 500, minimum = 1, maximum = 999_999_999_999_i64)]
        pub amount_minor: Option<i64>,
        /// These lines of it.
        #[schema(max_items = 500)]
        pub lines: Option<Vec<LineBody>>,
        /// In which currency.
        pub currency: CurrencyWord,
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

impl Asking for ReturnRequest {
    const ACTION: permissions::Action = permissions::Action::Return;
    const PIN_FOR: Option<Action> = Some(Action::Void);

    fn joint(given: &Given<'_>, _: &Catalogue) -> Vec<Fault> {
        given.one_of("amount_minor", "lines").into_iter().collect()
    }

    fn circumstances(&self) -> Circumstances {
        Circumstances::of(self.store, &self.staff)
            .shown(&self.pin, &None)
            .noted(&self.note)
            .dated(self.occurred_at)
    }
}

impl ReturnRequest {
    fn returned(&self) -> Result<Returned, Problem> {
        match (self.amount_minor, &self.lines) {
            (Some(amount), _) => Ok(Returned::Amount(amount)),
            (None, Some(told)) => Ok(Returned::Lines(lines(told))),
            (None, None) => Err(Fault::new("/amount_minor", Code::Required).into()),
        }
    }

    fn order(&self) -> OrderRef {
        let source = self
            .order_source
            .as_ref()
            .map(|text| text.0.clone())
            .unwrap_or_default();
        OrderRef {
            source,
            reference: self.order_ref.0.clone(),
        }
    }
}

/// Record goods that came back: what they earned is taken back, what was redeemed for them is restored.
#[utoipa::path(
    post, path = "/returns", operation_id = "create_return", tag = "returns",
    security(("bearer" = ["returns"])), request_body = ReturnRequest,
    responses(
        (status = 201, description = "Recorded.", body = ReceiptView),
        (status = 200, description = "Nothing moved (`event` is null), or the return was known.", body = ReceiptView),
    ),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<ReturnRequest>) -> Result<Told, Problem> {
    let (returned, order) = (asked.body.returned()?, asked.body.order());
    let card = api.card_of_order(asked.merchant(), &order).await?;
    let command = Command::Return {
        order,
        returned,
        currency: asked.body.currency.0,
    };
    let mut submission = asked.submission(card, command);
    submission.return_ref = Some(asked.body.return_ref.0.clone());
    let answer = api.submit(submission, &asked.place(&api)).await?;
    Ok(Told::receipt(&answer))
}

impl Api {
    /// The card on which an order was recorded. Orders are never forgotten, so a replay finds it as well.
    async fn card_of_order(&self, merchant: MerchantId, order: &OrderRef) -> Result<CardId, Problem> {
        let OrderRef { source, reference } = order.clone();
        let read = self
            .app
            .db
            .read(move |tx| lookups::order_card(tx, merchant.0, &source, &reference))
            .await;
        let found = read.map_err(|error: db::Error| Problem::broken(&error))?;
        found
            .map(CardId)
            .ok_or_else(|| Fault::new("/order_ref", Code::OrderNotFound).into())
    }
}
