//! The answers of pages that belong to no surface: the landing page, the API document, merchants' stylesheets.
//!
//! Owns: how these requests become views. Must not know: rules, tables.

use super::api_document::ApiDocumentPage;
use super::context::{Reader, look};
use super::demonstration::{self, Counted};
use super::failure::{Answered, Failure};
use super::files;
use super::landing::{LandingPage, Shop};
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::locale::Locale;
use crate::sql::{lookups, storefront};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use domain::ids::MerchantId;
use domain::terms::SelfEnrollment;
use serde_json::Value;
use std::sync::Arc;

/// How many merchants the landing page names.
const SHOPS_MAX: i64 = 24;

/// A view with its status.
pub(crate) fn html(status: StatusCode, view: &impl Template) -> Answered {
    Ok((status, Html(view.render()?)).into_response())
}

/// A merchant by its name in addresses.
///
/// # Errors
/// Not found, or broken.
pub(crate) async fn merchant(app: &App, slug: &str) -> Result<Arc<Catalogue>, Failure> {
    let slug = slug.to_owned();
    let id = app.db.read(move |tx| lookups::merchant_by_slug(tx, &slug)).await?;
    let id = MerchantId(id.ok_or_else(Failure::not_found)?);
    app.catalogue(id).await?.ok_or_else(Failure::not_found)
}

/// `/`
pub(crate) async fn landing(
    State(app): State<App>,
    Extension(counted): Extension<Counted>,
    reader: Reader,
) -> Answered {
    let mut page = reader.page(&app);
    page.title = page.text().landing_title();
    let demo = demonstration::shops(&app, &page).await?;
    let (cards, events) = if demo.is_empty() {
        (0, 0)
    } else {
        counted.of(&app).await?
    };
    let shops = if demo.is_empty() {
        shops(&app, page.locale).await?
    } else {
        Vec::new()
    };
    let version = env!("CARGO_PKG_VERSION").to_owned();
    html(
        StatusCode::OK,
        &LandingPage {
            page,
            demo,
            shops,
            version,
            cards,
            events,
        },
    )
}

async fn shops(app: &App, locale: Locale) -> Result<Vec<Shop>, Failure> {
    let ids = app.db.read(|tx| storefront::shops(tx, SHOPS_MAX)).await?;
    let mut shops = Vec::new();
    for id in ids {
        let Some(catalogue) = app.catalogue(MerchantId(id)).await? else {
            continue;
        };
        shops.push(shop(app, &catalogue, locale));
    }
    Ok(shops)
}

/// A merchant with the programs that anybody may join now.
fn shop(app: &App, catalogue: &Catalogue, locale: Locale) -> Shop {
    let (merchant, now) = (&catalogue.merchant, app.clock.now());
    let open = catalogue
        .programs
        .iter()
        .filter(|entry| entry.program.is_running(now) && entry.program.terms().self_enrollment == SelfEnrollment::Open);
    let programs = open.map(|entry| {
        let name = entry.texts.in_locale(locale.code(), &merchant.default_locale).name;
        (name, format!("/j/{}/{}", merchant.slug, entry.slug))
    });
    Shop {
        look: look(merchant),
        programs: programs.collect(),
    }
}

/// `/docs/api`
pub(crate) async fn api_document(
    State(app): State<App>,
    Extension(document): Extension<Arc<Value>>,
    reader: Reader,
) -> Answered {
    let mut page = reader.page(&app);
    page.title = page.text().landing_api();
    html(StatusCode::OK, &ApiDocumentPage::new(page, &document))
}

/// `/m/{slug}/theme.css`
pub(crate) async fn theme(State(app): State<App>, Path(slug): Path<String>) -> Answered {
    match merchant(&app, &slug).await {
        Ok(catalogue) => Ok(files::theme(&look(&catalogue.merchant).brand)),
        // The samples of the style page belong to shops that do not exist.
        Err(failure) if !app.config.development => Err(failure),
        Err(failure) => super::style::sample_theme(&slug).ok_or(failure),
    }
}
