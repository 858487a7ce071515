//! The till: signing in, finding, giving, redeeming, taking back, and every way it says no. Here is the shop with its
//! till; the stories stand in files of their own.

mod access;
mod amounts;
mod asked;
mod confirming;
mod enrolling;
mod finding;
mod fresh;
mod managers;
mod reasons;
mod redeeming;
mod serving;
mod stamping;
mod states;

use crate::ledger::on_both;
use crate::support::books::{Books, Engine, id};
use crate::support::browser::{Browser, Shown, installation};
use axum::http::StatusCode;
use db::params;
use domain::ids::{CardId, MerchantId, StoreId, TerminalId};
use domain::terms::Terms;
use server::app::App;
use server::error::Error;
use server::sql;
use server::tokens::{self, TokenOf};

/// A shop with a paired terminal, and the browser that stands at it.
pub(super) struct Shop {
    pub(super) books: Books,
    app: App,
    token: String,
    pub(super) till: Browser,
}

impl Shop {
    pub(super) async fn open(engine: Engine, change: impl FnOnce(&mut Terms)) -> Self {
        let books = Books::open(engine, change).await;
        let app = installation(&books);
        let token = terminal(&app, books.merchant, books.store).await;
        let till = signed_in(&app, &token).await;
        Self {
            books,
            app,
            token,
            till,
        }
    }

    async fn number(&self, card: CardId) -> String {
        let merchant = self.books.merchant;
        let row = self
            .app
            .db
            .read(move |tx| sql::lookups::card(tx, merchant.0, card.0))
            .await
            .unwrap();
        row.unwrap().number
    }

    pub(super) async fn card(&self, card: CardId) -> Shown {
        self.till.get(&format!("/till/cards/{card}")).await
    }

    /// Opens the card and gives a stamp with the key of the page.
    async fn stamp(&self, card: CardId) -> Shown {
        let key = self.fresh_key(card).await;
        self.press(card, "stamps", &[("idempotency_key", &key)]).await
    }

    async fn fresh_key(&self, card: CardId) -> String {
        let page = self.card(card).await;
        if page.says("name=\"idempotency_key\"") {
            page.field("idempotency_key")
        } else {
            id().to_string()
        }
    }

    pub(super) async fn press(&self, card: CardId, what: &str, fields: &[(&str, &str)]) -> Shown {
        self.till.post(&format!("/till/cards/{card}/{what}"), fields).await
    }
}

async fn terminal(app: &App, merchant: MerchantId, store: StoreId) -> String {
    let terminal = TerminalId(id());
    let token = tokens::new_token(&app.secrets, merchant, TokenOf::Terminal(terminal)).unwrap();
    let hash = tokens::hash(&token);
    let write = app.db.write(move |tx| {
        let values = params![merchant.0, terminal.0, store.0, "T1", hash, "paired", 0i64];
        tx.run(&sql::credentials::ADD_TERMINAL, &values)?;
        Ok::<_, Error>(())
    });
    write.await.unwrap();
    token
}

async fn signed_in(app: &App, token: &str) -> Browser {
    let mut browser = Browser::new(app);
    let answer = browser.post("/till/session", &[("token", token)]).await;
    assert_eq!(
        (answer.status, answer.location.as_deref()),
        (StatusCode::SEE_OTHER, Some("/till"))
    );
    let cookie = answer.cookie.unwrap();
    assert!(
        cookie.starts_with("__Host-trei_till=") && cookie.contains("HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    browser.cookie = cookie.split(';').next().unwrap().to_owned();
    browser
}
