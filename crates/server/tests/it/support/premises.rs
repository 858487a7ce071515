//! What a shop on the street has: stores, a key, a till; and the neighbour with the same.

use super::books::{MONDAY, id};
use super::site::Site;
use super::tills;
use db::params;
use domain::ids::{KeyId, MerchantId, ProgramId, StoreId};
use domain::program::ProgramKind;
use domain::terms::Terms;
use server::identity::{Scope, scopes_text, stores_text};
use server::sql::credentials;
use server::tokens::{self, TokenOf};
use server::{error::Error, setup};

/// What one of the two has.
#[derive(Clone, Debug)]
pub struct Premises {
    pub merchant: MerchantId,
    pub slug: String,
    pub store: StoreId,
    pub elsewhere: StoreId,
    /// A key with every scope.
    pub key: String,
    /// A terminal in the first store, its token.
    pub terminal: String,
    /// The cookie of the till at that terminal.
    pub till: String,
}

/// What a merchant has.
pub async fn premises(site: &Site, merchant: MerchantId, slug: String, store: StoreId) -> Premises {
    let elsewhere = StoreId(id());
    let add = move |tx: &mut db::Transaction<'_>| {
        setup::store(tx, merchant, elsewhere, ("BV", "Belval", "2, Belval"), MONDAY)
    };
    site.app.db.write(add).await.unwrap();
    let terminal = tills::paired(site, merchant, store).await;
    let signed_in = site.post("/till/session", &[("token", &terminal)]).await;
    let cookie = signed_in.is(303).header("set-cookie").split(';').next().unwrap();
    Premises {
        merchant,
        slug,
        store,
        elsewhere,
        key: key(site, merchant, &Scope::ALL).await,
        terminal,
        till: cookie.to_owned(),
    }
}

/// Another merchant in the same database.
pub async fn neighbour(site: &Site) -> Premises {
    let (merchant, store, program) = (MerchantId(id()), StoreId(id()), ProgramId(id()));
    let found = move |tx: &mut db::Transaction<'_>| {
        let new = setup::NewMerchant {
            slug: "neighbour".into(),
            name: "Nopesch".into(),
            country: "LU".into(),
            timezone: "Europe/Luxembourg".into(),
            default_locale: "en".into(),
            currency: "EUR".into(),
            colour: "#1f4e79".into(),
            mark: "bike".into(),
            cutover_minutes: 240,
        };
        setup::merchant(tx, merchant, &new, MONDAY)?;
        setup::store(tx, merchant, store, ("N", "Nopesch", "2, Grand-Rue"), MONDAY)?;
        let new = setup::NewProgram {
            slug: "hybrid".into(),
            kind: ProgramKind::Hybrid,
            terms: Terms::default(),
            position: 0,
            texts: Vec::new(),
        };
        setup::program(tx, merchant, program, &new, "EUR", MONDAY)
    };
    site.app.db.write(found).await.unwrap();
    premises(site, merchant, "neighbour".into(), store).await
}

async fn write(site: &Site, statement: &'static db::Statement, values: Vec<db::Value>) {
    let write = move |tx: &mut db::Transaction<'_>| tx.run(statement, &values).map_err(Error::from);
    site.app.db.write(write).await.unwrap();
}

/// A new key; its token.
pub async fn key(site: &Site, merchant: MerchantId, scopes: &[Scope]) -> String {
    let key = KeyId(id());
    let token = tokens::new_token(&site.app.secrets, merchant, TokenOf::Key(key)).unwrap();
    let (hash, scopes, stores) = (tokens::hash(&token), scopes_text(scopes), stores_text(&[]));
    let values = params![merchant.0, key.0, "tests", hash, scopes, stores, MONDAY.0];
    write(site, &credentials::ADD_KEY, values.to_vec()).await;
    token
}
