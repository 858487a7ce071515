//! `POST /cards/{card}/points`: points for an amount, and what they would be.

use crate::api::Api;
use crate::api::purchase::purchase_body;
use crate::api::receipts::ReceiptView;
use crate::api::request::{Preview, Write};
use crate::api::told::Told;
use crate::problem::Problem;
use axum::extract::State;
use domain::Command;

purchase_body! {
    /// An amount that earns points.
    PointsRequest
}

/// Give points for an amount.
#[utoipa::path(
    post, path = "/cards/{card}/points", operation_id = "create_points", tag = "cards",
    security(("bearer" = ["earn"])), request_body = PointsRequest,
    responses(
        (status = 201, description = "Earned.", body = ReceiptView),
        (status = 200, description = "Nothing was awarded (`event` is null), or the order was known.", body = ReceiptView),
    ),
)]
pub async fn create(State(api): State<Api>, Write(asked): Write<PointsRequest>) -> Result<Told, Problem> {
    let command = Command::Earn(asked.body.purchase());
    api.tell(&asked, command).await
}

/// Say what an amount would earn. Nothing is written; `event` says which one it would be.
#[utoipa::path(
    post, path = "/cards/{card}/points/preview", operation_id = "preview_points", tag = "cards",
    security(("bearer" = ["earn"])), request_body = PointsRequest,
    responses((status = 200, description = "What it would earn.", body = ReceiptView)),
)]
pub async fn preview(State(api): State<Api>, Preview(asked): Preview<PointsRequest>) -> Result<Told, Problem> {
    let command = Command::Earn(asked.body.purchase());
    let submission = asked.submission(asked.card()?, command);
    let answer = api.app.ledger.preview(submission).await;
    let answer = answer.map_err(|refusal| Problem::of_refusal(&refusal, &asked.place(&api)))?;
    Ok(Told::receipt(&answer).ended())
}
