//! The addresses of the till.

use axum::Router;
use axum::routing::{get, post};

use super::handlers::{card, confirm, enroll, own_pin, pair, points, redeem, sign_in, stamp, start, turn, void};
use crate::app::App;

/// All of them. Writes also answer a reload without one: with the way back to the card.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/till", get(start::show))
        .route("/till/pairings", get(pair::form).post(pair::pair))
        .route("/till/session", post(sign_in::begin))
        .route("/till/session/end", post(sign_in::end))
        .route("/till/pin", get(own_pin::form).post(own_pin::change))
        .route("/till/turn", get(turn::form).post(turn::begin))
        .route("/till/turn/end", post(turn::end))
        .route("/till/enrolments", get(enroll::form).post(enroll::open))
        .route("/till/enrolments/check", post(enroll::check).get(enroll::back))
        .route("/till/enrolments/{card}", get(enroll::opened))
        .route("/till/cards/{card}", get(card::show))
        .route("/till/cards/{card}/stamps", post(stamp::give).get(card::back))
        .route("/till/cards/{card}/points", post(points::earn).get(card::back))
        .route("/till/cards/{card}/points/preview", post(points::preview))
        .route("/till/cards/{card}/purchases", post(points::both).get(card::back))
        .route("/till/cards/{card}/redemptions", post(redeem::take).get(card::back))
        .route("/till/cards/{card}/redemptions/preview", post(redeem::preview))
        .route("/till/cards/{card}/confirmations", post(confirm::ask).get(card::back))
        .route("/till/cards/{card}/confirmations/{confirmation}", get(confirm::show))
        .route("/till/cards/{card}/voids", post(void::undo).get(card::back))
}
