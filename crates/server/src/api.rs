//! The API face: JSON in, JSON out, under `/api/v1`. It translates and decides nothing; routes and their document are
//! declared together, so that neither can forget the other.

mod accept;
mod cards;
mod circumstances;
mod document;
mod enroll;
pub(crate) mod fields;
mod json;
mod kinds;
mod opening;
mod pins;
mod programs;
mod purchase;
mod query;
mod receipts;
mod request;
mod returns;
mod seeing;
mod terminals;
mod told;
mod views;

use crate::app::App;
use crate::catalogue::Catalogue;
use crate::identity::{Credentials, Scope};
use crate::problem::{Code, Problem};
use axum::Router;
use axum::extract::FromRef;
use axum::http::header;
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use domain::ids::MerchantId;
use request::Write;
use serde_json::Value;
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where the API lives.
pub const ROOT: &str = "/api/v1";

/// What handlers of the API have at hand.
#[derive(Clone)]
pub struct Api {
    /// The installation.
    pub app: App,
    /// Credentials verified a moment ago.
    pub credentials: Credentials,
}

impl FromRef<Api> for App {
    fn from_ref(api: &Api) -> Self {
        api.app.clone()
    }
}

impl Api {
    /// What a merchant offers.
    ///
    /// # Errors
    /// `not_found` when there is no such merchant; `internal`.
    pub async fn catalogue(&self, merchant: MerchantId) -> Result<Arc<Catalogue>, Problem> {
        let found = self
            .app
            .catalogue(merchant)
            .await
            .map_err(|error| Problem::broken(&error))?;
        found.ok_or_else(|| Code::NotFound.into())
    }
}

/// All routes of the API.
pub fn router(app: App) -> Router {
    let api = Api {
        app,
        credentials: Credentials::default(),
    };
    let (routes, _) = declared().split_for_parts();
    let text: Arc<str> = openapi().to_string().into();
    let document =
        move || async move { ([(header::CONTENT_TYPE, "application/json")], text.to_string()).into_response() };
    let routes = routes
        .route("/openapi.json", get(document))
        .route("/noop", post(nothing))
        .with_state(api);
    let nested = Router::new().nest(ROOT, routes.fallback(missing).method_not_allowed_fallback(other_method));
    // What is nested does not answer for the root with a slash behind it.
    let nested = nested.route(&format!("{ROOT}/"), any(missing));
    nested.layer(middleware::from_fn(accept::json_only))
}

/// The API document.
pub fn openapi() -> Value {
    let (_, document) = declared().split_for_parts();
    document::complete(&document)
}

/// Everything a stamp passes but the ledger: what the bench measures the server against. Not part of the contract.
async fn nothing(Write(asked): Write<cards::stamp::StampRequest>) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "application/json")],
        format!("{{\"locale\":\"{}\"}}", asked.locale.code()),
    )
}

async fn missing() -> Problem {
    Code::NotFound.into()
}

async fn other_method() -> Problem {
    Code::MethodNotAllowed.into()
}

/// Every route with its part of the document.
fn declared() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(programs::list::list))
        .routes(routes!(programs::show::show))
        .routes(routes!(programs::rewards::list))
        .routes(routes!(cards::open::create, cards::find::find))
        .routes(routes!(cards::show::show))
        .routes(routes!(cards::history::list))
        .routes(routes!(cards::event::show))
        .routes(routes!(cards::stamp::create))
        .routes(routes!(cards::points::create))
        .routes(routes!(cards::points::preview))
        .routes(routes!(cards::purchase::create))
        .routes(routes!(cards::redeem::create))
        .routes(routes!(cards::void::create))
        .routes(routes!(cards::adjust::create))
        .routes(routes!(cards::block::create, cards::block::destroy))
        .routes(routes!(cards::replace::create))
        .routes(routes!(cards::close::create))
        .routes(routes!(cards::merge::create))
        .routes(routes!(returns::create))
        .routes(routes!(pins::verify::create))
        .routes(routes!(enroll::create))
        .routes(routes!(terminals::pair::create))
}

/// The scope that an operation of the document asks for, as it stands there.
pub fn scope_of(operation: &Value) -> Option<Scope> {
    Scope::of(operation["security"][0]["bearer"][0].as_str()?)
}
