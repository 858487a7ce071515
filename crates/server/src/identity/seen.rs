//! When a credential was last used, to the minute: noted beside the request, so that nobody waits for it, and at most once
//! a minute, so that a busy one writes little. It decides nothing, so it may be lost.

use crate::app::App;
use crate::error::Causes;
use crate::sql::credentials::USED;
use crate::tokens::TokenOf;
use db::params;
use domain::ids::{KeyId, MerchantId, TerminalId};

/// How many minutes lie between two notes.
const NOTED_EVERY_MINUTES: i64 = 1;

/// Notes that a credential is in use, if that was not noted lately.
pub fn note(app: &App, merchant: MerchantId, of: TokenOf, noted_at: Option<i64>) {
    let now = app.clock.now();
    let before = now.plus_minutes(-NOTED_EVERY_MINUTES).0;
    if noted_at.is_some_and(|at| at >= before) {
        return;
    }
    let (TokenOf::Key(KeyId(id)) | TokenOf::Terminal(TerminalId(id))) = of;
    let app = app.clone();
    tokio::spawn(async move {
        // Who comes second, here or in another process, finds it noted.
        let values = params![merchant.0, id, now.0, before];
        let noted = app.db.write(move |tx| tx.run(&USED, &values)).await;
        if let Err(error) = noted {
            tracing::debug!(error = %Causes(&error), "it could not be noted that a credential is in use");
        }
    });
}
