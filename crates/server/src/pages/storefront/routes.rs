//! The addresses of the storefront.
//!
//! Owns: which address leads to which handler. Must not know: what a handler does.

use super::handlers::{card, code, confirm, history, join, open, prove, stream};
use crate::app::App;
use crate::client_address::Client;
use crate::pages::failure::Failure;
use crate::rate_limits::Kind;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::sync::watch;

/// All addresses of the storefront. `stopped` ends the streams.
pub(crate) fn router(app: &App, stopped: watch::Receiver<bool>) -> Router<App> {
    let cards = Router::new()
        .route("/c/{token}", get(card::page))
        .route("/c/{token}/fragment", get(card::fragment))
        .route("/c/{token}/code", get(code::show))
        .route("/c/{token}/letters", post(card::write_again))
        .route("/c/{token}/confirmations/{confirmation}", post(confirm::answer))
        .route("/c/{token}/history", get(history::page))
        .route("/c/{token}/stream", get(stream::stream))
        .route("/v/{link}", get(prove::page).post(prove::prove))
        .layer(from_fn_with_state(app.clone(), few_guesses))
        .layer(Extension(stream::Streams::new(stopped)));
    Router::new()
        .route("/j/{merchant}/{program}", get(join::form).post(open::open))
        .merge(cards)
}

/// Who asks for cards that are not there is soon told to stop; who has a card is not counted.
async fn few_guesses(State(app): State<App>, client: Client, request: Request, next: Next) -> Response {
    let answer = next.run(request).await;
    if answer.status() != StatusCode::NOT_FOUND {
        return answer;
    }
    match app.limits.check(Kind::CardGuess, &client.counted().to_string()) {
        Ok(()) => answer,
        Err(limited) => Failure::from(limited).into_response(),
    }
}
