//! Letters to people who run the installation or a back office, in the transaction of what they tell.

use super::invitations::lookup;
use crate::app::App;
use crate::locale::Locale;
use crate::mail::{self, Content, Letter, Purpose};
use crate::secrets::SecretError;
use db::{Value, params};
use domain::ids::MerchantId;

/// A letter to an address as a row of `sql::letters::INSERT`: why and in which language, in whose name, and where its
/// button leads.
pub fn row(
    app: &App,
    (merchant, to): (MerchantId, &str),
    (purpose, locale): (Purpose, Locale),
    whose: String,
    link: Option<String>,
) -> Result<Vec<Value>, SecretError> {
    let content = Content {
        to: to.to_owned(),
        merchant: whose,
        link,
        code: None,
    };
    let letter = Letter {
        purpose,
        locale,
        content,
    };
    let lookup = lookup(&app.secrets, to);
    let row = mail::row(&app.secrets, merchant, &lookup, &letter, app.clock.now())?;
    Ok([params![merchant.0].to_vec(), row].concat())
}
