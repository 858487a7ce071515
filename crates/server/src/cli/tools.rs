//! What commands that manage something share: the installation, the merchant they name, and how they say no.

use super::{UNUSABLE, complain};
use crate::app::App;
use crate::config::Config;
use crate::error::Error;
use crate::problem::rfc3339;
use crate::sql::lookups;
use crate::start;
use domain::ids::{MerchantId, StoreId};
use domain::moment::Instant;
use std::process::ExitCode;

/// An installation that is there: managing makes none.
///
/// # Errors
/// When there is none, or its database cannot be reached.
pub async fn installation(config: Config) -> Result<App, Error> {
    start::existing(&config).await?.close().await;
    start::installation(config).await
}

/// What was typed cannot be used: says so, and ends with the code for it.
pub fn unusable(sentence: impl Into<String>) -> ExitCode {
    complain(&Error::Unfit(sentence.into()));
    ExitCode::from(UNUSABLE)
}

/// A merchant by its name in addresses.
///
/// # Errors
/// When the database cannot be read; inside, that there is none.
pub async fn merchant(app: &App, slug: &str) -> Result<Result<MerchantId, ExitCode>, Error> {
    let wanted = slug.to_owned();
    let found = app.db.read(move |tx| lookups::merchant_by_slug(tx, &wanted)).await?;
    Ok(found
        .map(MerchantId)
        .ok_or_else(|| unusable(format!("there is no merchant called {slug}"))))
}

/// A store by its code or id.
///
/// # Errors
/// When the database cannot be read; inside, that there is none.
pub async fn store(app: &App, merchant: MerchantId, named: &str) -> Result<Result<StoreId, ExitCode>, Error> {
    let catalogue = app.catalogue(merchant).await?;
    let id = named.parse().ok();
    let stores = catalogue.as_ref().map_or(&[][..], |catalogue| &catalogue.stores);
    let found = stores.iter().find(|store| store.code == named || Some(store.id) == id);
    Ok(found.map(|store| store.id).ok_or_else(|| {
        let codes = stores.iter().map(|store| &*store.code).collect::<Vec<_>>().join(", ");
        unusable(format!("there is no store {named}; there are {codes}"))
    }))
}

/// An instant for people, or a dash.
pub fn told(at: Option<Instant>) -> String {
    at.map_or_else(|| "-".to_owned(), rfc3339)
}
