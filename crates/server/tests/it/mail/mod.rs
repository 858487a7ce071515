//! Letters, and what their links prove.

mod confirming;
mod sending;
mod signing_in;

use crate::support::site::Site;
use domain::contact::{Contact, ContactKind};
use domain::ids::CardId;
use server::mail::{self, Kept};

/// Joins the n-th program with a contact, and answers with the card's address.
async fn join(site: &Site, program: usize, contact: &str) -> String {
    let path = site.join_path(program).await;
    let key = site.get(&path).await.field("idempotency_key");
    let fields = [
        ("idempotency_key", &*key),
        ("contact", contact),
        ("locale", "en"),
        ("terms", "1"),
    ];
    site.post(&path, &fields).await.is(303).header("location").to_owned()
}

/// The letters that were written, newest first.
async fn letters(site: &Site) -> Vec<Kept> {
    mail::kept(&site.app, site.books.merchant, 50).await.unwrap()
}

/// Where the newest letter's link leads, within the site.
async fn link(site: &Site) -> String {
    let mut letters = letters(site).await;
    letters.sort_by_key(|kept| (kept.created_at, kept.id));
    let link = letters.last().unwrap().letter.clone().unwrap().content.link.unwrap();
    link.strip_prefix(&site.app.config.address("")).unwrap().to_owned()
}

/// The card behind an address.
fn card_of(site: &Site, address: &str) -> CardId {
    let token = address.split('?').next().unwrap().rsplit('/').next().unwrap();
    site.app.secrets.card_of_link(token).unwrap().card
}

fn email(text: &str) -> Contact {
    Contact {
        kind: ContactKind::Email,
        text: text.to_owned(),
    }
}

/// Lets time pass, so that letters do not share an instant.
fn later(site: &Site, seconds: i64) {
    let now = site.books.clock.now().0;
    site.books.clock.set(domain::moment::Instant(now + seconds * 1_000_000));
}
