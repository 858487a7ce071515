//! The addresses of people who sign in with a password.

use axum::Router;
use axum::routing::{get, post};

use super::handlers::{account, factor, home, passkeys, sign_in, welcome};
use crate::app::App;

/// All of them.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/signin", get(sign_in::show).post(sign_in::begin))
        .route("/signin/code", get(sign_in::show_code).post(sign_in::code))
        .route("/signin/passkey", post(passkeys::begin))
        .route("/signin/passkey/options", post(passkeys::ask))
        .route("/signout", post(sign_in::out))
        .route("/welcome/{link}", get(welcome::show).post(welcome::follow))
        .route("/account", get(account::show))
        .route("/account/password", post(account::password))
        .route("/account/proof", get(account::show_proof).post(account::proof))
        .route("/account/proof/passkey", post(passkeys::prove))
        .route("/account/passkeys", post(passkeys::add))
        .route("/account/passkeys/options", post(passkeys::offer))
        .route("/account/passkeys/{passkey}/end", post(passkeys::end))
        .route("/account/sessions/end", post(account::end_others))
        .route("/account/sessions/{session}/end", post(account::end_session))
        .route("/account/factor", get(factor::show).post(factor::offer))
        .route("/account/factor/code", post(factor::take))
        .route("/account/factor/end", post(factor::end))
        .route("/account/recovery-codes", post(factor::renew))
        .route("/operator", get(home::operator))
        .route("/back", get(home::back))
        .route("/docs/permissions", get(home::permissions))
}
