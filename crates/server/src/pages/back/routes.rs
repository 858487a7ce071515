//! The addresses of the back office.

use axum::Router;
use axum::routing::{get, post};

use super::handlers::{approvals, cards, floors, keys, log, rules, staff, terminals, users};
use crate::app::App;

/// All of them.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/back/staff", get(staff::show).post(staff::add))
        .route("/back/staff/rules", get(rules::show).post(rules::set))
        .route("/back/staff/{staff}", get(staff::person).post(staff::change))
        .route("/back/staff/{staff}/pin", post(staff::pin))
        .route("/back/staff/{staff}/unlock", post(staff::unlock))
        .route("/back/staff/{staff}/end", post(staff::end))
        .route("/back/terminals", get(terminals::show).post(terminals::make))
        .route("/back/terminals/{terminal}/revoke", post(terminals::revoke))
        .route("/back/terminals/{terminal}/unlock", post(terminals::unlock))
        .route("/back/approvals", get(approvals::show))
        .route("/back/approvals/{approval}", post(approvals::decide))
        .route("/back/cards", get(cards::find))
        .route("/back/cards/{card}", get(cards::show))
        .route("/back/cards/{card}/corrections", post(cards::correct))
        .route("/back/keys", get(keys::show).post(keys::make))
        .route("/back/keys/{key}/revoke", post(keys::revoke))
        .route("/back/users", get(users::users).post(users::invite_user))
        .route("/back/users/{user}", get(users::user).post(users::change_user))
        .route("/back/users/withdrawals", post(users::withdraw_user))
        .route("/operator/users/withdrawals", post(users::withdraw_operator))
        .route(
            "/operator/merchants/{merchant}/users",
            get(users::owners).post(users::invite_owner),
        )
        .route(
            "/operator/merchants/{merchant}/users/withdrawals",
            post(users::withdraw_owner),
        )
        .route(
            "/operator/merchants/{merchant}/floor",
            get(floors::show).post(floors::set),
        )
        .route("/operator/users", get(users::operators).post(users::invite_operator))
        .route(
            "/operator/users/{user}",
            get(users::operator).post(users::change_operator),
        )
        .route("/back/log", get(log::merchants))
        .route("/back/log/export", get(log::export_merchants))
        .route("/operator/log", get(log::installations))
        .route("/operator/log/export", get(log::export_installations))
}
