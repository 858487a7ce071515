//! Terminals that are paired already.

use super::books::{MONDAY, id};
use super::site::Site;
use db::params;
use domain::ids::{MerchantId, StoreId, TerminalId};
use server::error::Error;
use server::sql::credentials;
use server::tokens::{self, TokenOf};

/// A paired terminal of a store; the token of its device.
pub async fn paired(site: &Site, merchant: MerchantId, store: StoreId) -> String {
    let terminal = TerminalId(id());
    let token = tokens::new_token(&site.app.secrets, merchant, TokenOf::Terminal(terminal)).unwrap();
    let hash = tokens::hash(&token);
    let values = params![merchant.0, terminal.0, store.0, "Till", hash, "paired", MONDAY.0];
    let write = move |tx: &mut db::Transaction<'_>| tx.run(&credentials::ADD_TERMINAL, &values).map_err(Error::from);
    site.app.db.write(write).await.unwrap();
    token
}

/// The public id of a token's terminal, or of its key.
pub fn public_id(token: &str) -> String {
    match tokens::parse(token).unwrap().of {
        TokenOf::Terminal(terminal) => terminal.to_string(),
        TokenOf::Key(key) => key.to_string(),
    }
}
