//! `/my/{merchant}`: asking for a letter, typing its code, the cards, signing out; `/s/{link}`: the link of the letter.

use super::session::{cookie, customer};
use super::{AskPage, CardsPage, CodePage, LinkPage, OwnCard};
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::client_address::Client;
use crate::customers::{self, Customer, Shown};
use crate::error::Error;
use crate::locale::Messages;
use crate::mail::Link;
use crate::pages::card_state::Standing;
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::{html, merchant};
use crate::pages::page::Page;
use crate::permissions::Action;
use crate::rate_limits::Kind;
use crate::sql::lookups;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use domain::card::{Card, CardStatus};
use domain::contact::{self, ContactKind};
use domain::ids::{CardId, ProgramId};
use serde::Deserialize;
use std::sync::Arc;

/// All addresses of customers' own pages.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/my/{merchant}", get(home).post(ask))
        .route("/my/{merchant}/code", get(code_form).post(code))
        .route("/my/{merchant}/end", post(end))
        .route("/s/{link}", get(link_form).post(link))
}

fn address(catalogue: &Catalogue) -> String {
    format!("/my/{}", catalogue.merchant.slug)
}

fn page(app: &App, reader: &Reader, catalogue: &Arc<Catalogue>, title: fn(&Messages) -> String) -> Page {
    let mut page = reader.merchant_page(app, catalogue, None);
    page.title = title(page.text());
    page
}

/// The cards of whoever signed in here, or the form.
async fn home(State(app): State<App>, Path(slug): Path<String>, headers: HeaderMap, reader: Reader) -> Answered {
    let catalogue = merchant(&app, &slug).await?;
    let customer = customer(&app, &headers).await?;
    match customer.filter(|customer| customer.merchant() == catalogue.merchant.id) {
        Some(customer) => cards(&app, &reader, &catalogue, &customer).await,
        None => asking(&app, &reader, &catalogue, (String::new(), None)),
    }
}

fn asking(
    app: &App,
    reader: &Reader,
    catalogue: &Arc<Catalogue>,
    (typed, trouble): (String, Option<String>),
) -> Answered {
    let status = match trouble {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let view = AskPage {
        page: page(app, reader, catalogue, Messages::my_title),
        action: address(catalogue),
        typed,
        trouble,
    };
    html(status, &view)
}

async fn cards(app: &App, reader: &Reader, catalogue: &Arc<Catalogue>, customer: &Customer) -> Answered {
    customer.may(Action::OwnCards)?;
    let (merchant, id) = (customer.merchant(), customer.id());
    let read = move |tx: &mut db::Transaction<'_>| lookups::cards_of_customer(tx, merchant.0, id.0);
    let rows = app.db.read::<_, db::Error, _>(read).await?;
    let page = page(app, reader, catalogue, Messages::my_title);
    let mut cards = Vec::new();
    for row in rows {
        let Some(entry) = catalogue.program(ProgramId(row.program)) else {
            continue;
        };
        let card: Card =
            serde_json::from_str(&row.state).map_err(|error| Failure::from(Error::malformed("a card", error)))?;
        if card.status == CardStatus::Merged {
            continue;
        }
        let standing = Standing {
            catalogue,
            entry,
            card: &card,
            claims: &[],
            moment: catalogue.moment(card.home, app.clock.now()),
        };
        let link = app.secrets.card_link(merchant, CardId(row.card), card.generation);
        cards.push(OwnCard {
            card: standing.facts(&page, Some(row.number)),
            link: format!("/c/{link}"),
        });
    }
    let home = address(catalogue);
    html(StatusCode::OK, &CardsPage { page, cards, home })
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    address: String,
}

/// Writes a letter, and leads to where its code is typed, whoever it is.
async fn ask(
    State(app): State<App>,
    client: Client,
    Path(slug): Path<String>,
    reader: Reader,
    Form(asked): Form<Asked>,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    let catalogue = merchant(&app, &slug).await?;
    let typed = asked.address.trim().to_owned();
    let read = contact::parse(&typed, &catalogue.merchant.country);
    let Some(contact) = read.ok().filter(|contact| contact.kind == ContactKind::Email) else {
        let page = page(&app, &reader, &catalogue, Messages::my_title);
        let trouble = page.text().error_invalid_email();
        return asking(&app, &reader, &catalogue, (typed, Some(trouble)));
    };
    let locale = page(&app, &reader, &catalogue, Messages::my_title).locale;
    let attempt = customers::ask(&app, &catalogue, &contact, locale).await?;
    let location = format!("{}/code?attempt={attempt}", address(&catalogue));
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

/// Which letter a code is of. It is no secret.
#[derive(Default, Deserialize)]
struct Attempt {
    #[serde(default)]
    attempt: String,
}

async fn code_form(
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(asked): Query<Attempt>,
    reader: Reader,
) -> Answered {
    let catalogue = merchant(&app, &slug).await?;
    typing(&app, &reader, &catalogue, (asked.attempt, None))
}

fn typing(
    app: &App,
    reader: &Reader,
    catalogue: &Arc<Catalogue>,
    (attempt, trouble): (String, Option<String>),
) -> Answered {
    let status = match trouble {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let view = CodePage {
        page: page(app, reader, catalogue, Messages::my_code_title),
        home: address(catalogue),
        attempt,
        trouble,
    };
    html(status, &view)
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    attempt: String,
    #[serde(default)]
    code: String,
}

/// Judges the code that was typed.
async fn code(
    State(app): State<App>,
    client: Client,
    Path(slug): Path<String>,
    reader: Reader,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Answered {
    app.limit(Kind::SignIn, &client.counted().to_string()).await?;
    let catalogue = merchant(&app, &slug).await?;
    let id = typed.attempt.parse().map_err(|_| over(&catalogue))?;
    let digits: String = typed.code.chars().filter(|one| !one.is_whitespace()).collect();
    let shown = customers::by_code(&app, catalogue.merchant.id, id, &digits, client.address()).await?;
    if matches!(shown, Shown::Wrong) {
        let trouble = page(&app, &reader, &catalogue, Messages::my_code_title)
            .text()
            .my_code_wrong();
        return typing(&app, &reader, &catalogue, (typed.attempt, Some(trouble)));
    }
    signed_in(&app, (&client, &headers), &catalogue, shown).await
}

/// Leads to the cards, or says why not.
async fn signed_in(
    app: &App,
    (client, headers): (&Client, &HeaderMap),
    catalogue: &Arc<Catalogue>,
    shown: Shown,
) -> Answered {
    // Whoever signs in where somebody is signed in takes their place.
    if matches!(shown, Shown::SignedIn(_))
        && let Some(before) = customer(app, headers).await?
    {
        customers::sign_out(app, &before, client.address()).await?;
    }
    told(app, catalogue, shown)
}

fn told(app: &App, catalogue: &Arc<Catalogue>, shown: Shown) -> Answered {
    let refused = |status, sentence| Failure::because(status, sentence).then(Messages::my_again_next);
    match shown {
        Shown::SignedIn(text) => {
            let headers = [(SET_COOKIE, cookie(&app.config, &text)), (LOCATION, address(catalogue))];
            Ok((StatusCode::SEE_OTHER, headers).into_response())
        }
        Shown::Unknown => Err(Failure::not_found().of(catalogue)),
        Shown::Over | Shown::Wrong => Err(over(catalogue)),
        Shown::Dead => Err(refused(StatusCode::TOO_MANY_REQUESTS, Messages::my_code_dead).of(catalogue)),
    }
}

fn over(catalogue: &Arc<Catalogue>) -> Failure {
    let gone = Failure::because(StatusCode::GONE, Messages::my_over);
    gone.then(Messages::my_again_next).of(catalogue)
}

/// The link of a letter shows a button: programs open links, people press buttons.
async fn link_form(State(app): State<App>, Path(text): Path<String>, reader: Reader) -> Answered {
    let link = Link::read(&text).ok_or_else(Failure::not_found)?;
    let catalogue = app.catalogue(link.merchant).await?.ok_or_else(Failure::not_found)?;
    if let Some(shown) = customers::look(&app, &link).await? {
        return told(&app, &catalogue, shown);
    }
    let view = LinkPage {
        page: page(&app, &reader, &catalogue, Messages::my_title),
        action: format!("/s/{text}"),
    };
    html(StatusCode::OK, &view)
}

async fn link(State(app): State<App>, client: Client, Path(text): Path<String>, headers: HeaderMap) -> Answered {
    let link = Link::read(&text).ok_or_else(Failure::not_found)?;
    let catalogue = app.catalogue(link.merchant).await?.ok_or_else(Failure::not_found)?;
    let shown = customers::by_link(&app, &link, client.address()).await?;
    signed_in(&app, (&client, &headers), &catalogue, shown).await
}

/// Signs out.
async fn end(State(app): State<App>, client: Client, Path(slug): Path<String>, headers: HeaderMap) -> Answered {
    let catalogue = merchant(&app, &slug).await?;
    if let Some(customer) = customer(&app, &headers).await? {
        customers::sign_out(&app, &customer, client.address()).await?;
    }
    let headers = [(SET_COOKIE, cookie(&app.config, "")), (LOCATION, address(&catalogue))];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}
