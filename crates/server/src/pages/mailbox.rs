//! The letters of this installation, to look at in development: without a mail server they stay here.
//!
//! Owns: the views and handlers of `/dev/mail`. Must not know: how letters are sent.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::Deserialize;
use uuid::Uuid;

use super::context::Reader;
use super::failure::Answered;
use super::handlers::html;
use super::page::Page;
use crate::app::App;
use crate::mail::{self, Kept, Written};
use crate::people::OPERATORS;
use crate::sql::storefront;
use domain::ids::MerchantId;

/// How many merchants, and how many letters of each, are shown.
const MERCHANTS_MAX: i64 = 24;
const LETTERS_MAX: i64 = 50;

/// The mailbox, for development.
pub(crate) fn router() -> Router<App> {
    Router::new().route("/dev/mail", get(list))
}

/// A letter as it is shown.
#[derive(Clone)]
pub struct Shown {
    /// When it was written, in microseconds.
    pub at: i64,
    /// To whom.
    pub to: String,
    /// What it says.
    pub written: Written,
    /// Where its button leads, within this site.
    pub link: Option<String>,
    /// The code to type.
    pub code: Option<String>,
}

/// The mailbox.
#[derive(Template)]
#[template(path = "mailbox.html")]
pub struct MailboxPage {
    /// The context.
    pub page: Page,
    /// Newest first.
    pub letters: Vec<Shown>,
}

/// Only letters to one address.
#[derive(Default, Deserialize)]
pub(crate) struct Wish {
    to: Option<String>,
}

async fn list(State(app): State<App>, Query(wish): Query<Wish>, reader: Reader) -> Answered {
    let mut page = reader.page(&app);
    page.title = page.text().mailbox_title();
    let merchants: Vec<Uuid> = app.db.read(|tx| storefront::shops(tx, MERCHANTS_MAX)).await?;
    let mut letters = Vec::new();
    for merchant in merchants.into_iter().map(MerchantId).chain([OPERATORS]) {
        letters.extend(mail::kept(&app, merchant, LETTERS_MAX).await?);
    }
    letters.sort_by_key(|kept| (std::cmp::Reverse(kept.created_at), std::cmp::Reverse(kept.id)));
    let home = app.config.address("");
    let letters = letters.iter().filter_map(|kept| shown(kept, &home));
    let letters = letters
        .filter(|letter| wish.to.as_ref().is_none_or(|to| letter.to == *to))
        .collect();
    html(StatusCode::OK, &MailboxPage { page, letters })
}

fn shown(kept: &Kept, home: &str) -> Option<Shown> {
    let letter = kept.letter.as_ref()?;
    let link = letter.content.link.as_deref();
    Some(Shown {
        at: kept.created_at,
        to: letter.to().to_owned(),
        written: letter.written(),
        link: link.and_then(|link| link.strip_prefix(home)).map(str::to_owned),
        code: letter.content.code.clone(),
    })
}
