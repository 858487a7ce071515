//! `/welcome/{link}`: an invitation.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::{answered, sign_in, trouble_of};
use crate::app::App;
use crate::client_address::Client;
use crate::locale::Locale;
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::people::session::{From, SIGN_IN, keep};
use crate::pages::people::sign_in::{Trouble, WelcomePage};
use crate::pages::people::words;
use crate::people::OPERATORS;
use crate::people::invitations::{self, Invited, Said};
use crate::rate_limits::Kind;

#[derive(Deserialize, Clone)]
pub(crate) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    password: String,
}

pub(crate) async fn show(State(app): State<App>, reader: Reader, Path(link): Path<String>) -> Answered {
    let invited = look(&app, &reader, &link).await?;
    html(StatusCode::OK, &page(&app, &reader, (link, invited), None, None).await?)
}

async fn look(app: &App, reader: &Reader, link: &str) -> Result<Invited, Failure> {
    match invitations::look(app, link).await {
        Ok(invited) => Ok(invited),
        Err(refusal) => Err(trouble_of(refusal, reader.page(app).locale)
            .err()
            .unwrap_or_else(Failure::not_found)),
    }
}

async fn page(
    app: &App,
    reader: &Reader,
    (link, invited): (String, Invited),
    typed: Option<Typed>,
    trouble: Option<Trouble>,
) -> Result<WelcomePage, Failure> {
    let catalogue = match invited.merchant {
        OPERATORS => None,
        merchant => app.catalogue(merchant).await?,
    };
    let action = format!("/welcome/{link}");
    let mut page = match &catalogue {
        Some(catalogue) => reader.merchant_page(app, catalogue, None),
        None => reader.page(app),
    };
    page.title = page.text().welcome_title();
    page.path.clone_from(&action);
    let (name, address) = typed.map(|typed| (typed.name, typed.address)).unwrap_or_default();
    Ok(WelcomePage {
        action,
        role: words::role(page.text(), invited.role),
        whose: catalogue.map_or_else(|| "Trei".to_owned(), |catalogue| catalogue.merchant.name.clone()),
        known_address: invited.address,
        address,
        name,
        trouble,
        page,
    })
}

pub(crate) async fn follow(
    State(app): State<App>,
    reader: Reader,
    client: Client,
    From(visitor): From,
    Path(link): Path<String>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    let invited = look(&app, &reader, &link).await?;
    let said = Said {
        name: typed.name.clone(),
        address: typed.address.clone(),
        password: typed.password.clone(),
    };
    match invitations::follow(&app, &visitor, &link, said).await {
        Ok(token) => {
            sign_in::end_before(&app, &visitor, &headers).await?;
            keep(&app, &token, SIGN_IN)
        }
        Err(refusal) => {
            let (status, trouble) = trouble_of(refusal, locale(&app, &reader))?;
            let page = page(&app, &reader, (link, invited), Some(typed), Some(trouble)).await?;
            Ok(answered(html(status, &page)?))
        }
    }
}

fn locale(app: &App, reader: &Reader) -> Locale {
    reader.page(app).locale
}
