//! `POST /cards/{card}/purchases`: one purchase, both units (`HYB-1`).

use crate::api::Api;
use crate::api::purchase::purchase_body;
use crate::api::receipts::ReceiptView;
use crate::api::request::Write;
use crate::api::told::Told;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;

purchase_body! {
    /// A purchase on a hybrid card.
    PurchaseRequest
}

/// Give stamps and points for one purchase.
#[utoipa::path(
    post, path = "/cards/{card}/purchases", operation_id = "create_purchase", tag = "cards",
    security(("bearer" = ["earn"])), request_body = PurchaseRequest,
    responses(
        (status = 201, description = "Earned; `outcomes` says what became of each unit.", body = ReceiptView),
        (status = 200, description = "Nothing was awarded (`event` is null), or the order was known.", body = ReceiptView),
    ),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<PurchaseRequest>) -> Result<Told, Problem> {
    let command = Command::Purchase(asked.body.purchase());
    api.tell(&asked, command).await
}
