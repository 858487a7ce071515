//! `GET` and `POST /v/{link}`: the link of a letter, and the button behind it (`ENR-3`).

use super::card::address;
use crate::app::App;
use crate::contacts::{self, Proof, Unproved};
use crate::locale::Messages;
use crate::pages::context::Reader;
use crate::pages::failure::{Answered, Failure};
use crate::pages::handlers::html;
use crate::pages::storefront::found::link_of;
use crate::pages::storefront::joined;
use crate::pages::storefront::prove::ProvePage;
use axum::extract::{Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

/// What the link would do.
pub(crate) async fn page(
    State(app): State<App>,
    Path(link): Path<String>,
    headers: HeaderMap,
    reader: Reader,
) -> Answered {
    let Proof {
        catalogue,
        card,
        masked,
        known,
        ..
    } = contacts::look(&app, &link).await?;
    let mut page = reader.merchant_page(&app, &catalogue, None);
    page.title = match known {
        Some(_) => page.text().prove_known_title(),
        None => page.text().prove_title(),
    };
    let view = ProvePage {
        page,
        address: masked,
        known: known.is_some(),
        elsewhere: known.is_none() && joined::card(&app, &headers) != Some(card),
        action: format!("/v/{link}"),
    };
    html(StatusCode::OK, &view)
}

/// Does it, and leads to the card.
pub(crate) async fn prove(State(app): State<App>, Path(link): Path<String>, headers: HeaderMap) -> Answered {
    let proven = contacts::prove(&app, &link, joined::card(&app, &headers)).await?;
    let token = link_of(&app, proven.merchant, proven.card).await?;
    let way = if proven.merged { "merged" } else { "proved" };
    let location = format!("{}?{way}=1", address(&token));
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

impl From<Unproved> for Failure {
    fn from(unproved: Unproved) -> Failure {
        let gone = |sentence: fn(&Messages) -> String, next: fn(&Messages) -> String| {
            Failure::because(StatusCode::GONE, sentence).then(next)
        };
        match unproved {
            Unproved::Unknown => Failure::not_found(),
            Unproved::Expired(catalogue) => gone(Messages::link_expired, Messages::link_expired_next).of(&catalogue),
            Unproved::Used(catalogue) => gone(Messages::link_used, Messages::link_used_next)
                .of(&catalogue)
                .signs_in(),
            Unproved::Refused(catalogue, refusal) => Failure::from(refusal).of(&catalogue),
            Unproved::Broken(error) => Failure::from(error),
        }
    }
}
