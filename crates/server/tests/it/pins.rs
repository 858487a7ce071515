//! PINs of staff (`PIN-1` to `PIN-7`) at terminals, over two installations on one database.

mod asking;
mod managing;
mod trying;

use crate::support::books::{Engine, id};
use crate::support::browser::unlimited;
use crate::support::shop::{Shop, Told};
use axum::Router;
use domain::ids::{PinId, StaffId, StoreId};
use domain::pin::Policies;
use domain::terms::Terms;
use serde_json::{Value, json};
use server::app::{App, Parts};
use server::audit_log::Who;
use server::catalogues::Catalogues;
use server::ledger::{Ledger, LedgerOptions};
use server::pins::{self, Pin, Pins, Till};
use server::rate_limits::Limits;
use server::tokens::{self, TokenOf};
use server::{api, edge};

/// Mina's PIN and Odile's, who manages.
pub const PIN: &str = "4718";
pub const MANAGER_PIN: &str = "471829";

/// A shop where everything asks for a PIN, with two who serve.
pub struct Staffed {
    pub shop: Shop,
    /// The same shop in another process, which shares nothing but the database and the time.
    pub app: App,
    router: Router,
    pub mina: (StaffId, PinId),
    pub odile: (StaffId, PinId),
}

impl Staffed {
    pub async fn open(engine: Engine) -> Self {
        Self::with(engine, |terms| terms.pin_policy = Policies::USUAL).await
    }

    pub async fn with(engine: Engine, change: impl FnOnce(&mut Terms)) -> Self {
        let shop = Shop::open(engine, |terms| {
            terms.stamp_cooldown_minutes = 0;
            terms.daily_stamp_cap = 0;
            change(terms);
        })
        .await;
        let (app, router) = another(&shop);
        let mina = hire(&shop, "Mina", "cashier", &[shop.books.store], PIN).await;
        let odile = hire(&shop, "Odile", "manager", &[], MANAGER_PIN).await;
        // What readers cached a moment ago is old by now.
        shop.pass_minutes(1);
        Self {
            shop,
            app,
            router,
            mina,
            odile,
        }
    }

    /// Verifies a PIN at the shop's terminal.
    pub async fn verify(&self, pin_id: &str, pin: &str) -> Told {
        verify(&self.shop, &self.shop.terminal, pin_id, pin).await
    }

    /// From now on the other process is asked.
    pub fn switch(&mut self) {
        std::mem::swap(&mut self.shop.app, &mut self.app);
        std::mem::swap(&mut self.shop.router, &mut self.router);
    }

    /// A stamp at the terminal, with what proves who serves.
    pub async fn stamp(&self, card: &str, proof: Value) -> Told {
        self.shop.at_till(&format!("/cards/{card}/stamps"), &proof).await
    }

    /// Where the shop's terminal stands.
    pub fn till(&self) -> Till {
        let token = tokens::parse(&self.shop.terminal).unwrap();
        let TokenOf::Terminal(terminal) = token.of else {
            unreachable!("it is a terminal's")
        };
        Till {
            merchant: self.shop.merchant(),
            terminal,
            store: self.shop.books.store,
        }
    }
}

pub async fn hire(shop: &Shop, name: &str, role: &str, stores: &[StoreId], pin: &str) -> (StaffId, PinId) {
    let pin = Pin::typed(pin);
    let added = pins::add(
        &shop.app,
        Who::console(),
        shop.merchant(),
        (name, role, stores),
        Some((&pin, false)),
    );
    let added = added.await.unwrap();
    (added.staff, added.pin)
}

pub async fn verify(shop: &Shop, terminal: &str, pin_id: &str, pin: &str) -> Told {
    let path = format!("/pins/{pin_id}/verify");
    shop.write_as(
        terminal,
        http::Method::POST,
        &path,
        &json!({ "pin": pin }),
        &id().to_string(),
    )
    .await
}

fn another(shop: &Shop) -> (App, Router) {
    let books = &shop.books;
    let catalogues = Catalogues::default();
    let ledger = Ledger::start(&books.engine.db, &catalogues, &books.clock, LedgerOptions::default());
    let config = unlimited();
    let app = App::new(Parts {
        db: books.engine.db.clone(),
        clock: books.clock.clone(),
        ledger,
        pins: Pins::default(),
        secrets: shop.app.secrets.clone(),
        catalogues,
        passwords: Default::default(),
        limits: Limits::new(&config.rate_limits),
        config,
    });
    let router = edge::around(api::router(app.clone()), tokio::sync::watch::channel(false).1);
    (app, router)
}
