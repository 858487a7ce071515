//! Tries counted in the database: in windows that begin with the first try, one row a key. Of the key only a keyed hash is
//! stored; the row is forgotten when its window is over.

use super::rates::{Kind, Rate};
use crate::app::App;
use crate::error::Error;
use crate::sql;
use uuid::Uuid;

/// Counts a try: how many are left after it, none when it was one too many, and in how many seconds the window is over.
///
/// # Errors
/// When the database cannot count.
pub(super) async fn count(app: &App, kind: Kind, rate: Rate, key: &str) -> Result<(Option<u32>, u64), Error> {
    let now = app.clock.now().0;
    let window = i64::try_from(rate.seconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1_000_000);
    let name = format!("{}/{}", kind.code(), rate.seconds);
    let hash = app.secrets.input_hash("limit", &name, key);
    let ends_at = now.saturating_add(window);
    let (used, ends_at) = app
        .db
        .write(move |tx| sql::limits::count(tx, Uuid::nil(), (&name, &hash), (now, ends_at)))
        .await?;
    let left = u64::try_from(ends_at.saturating_sub(now))
        .unwrap_or(0)
        .div_ceil(1_000_000);
    let tries = i64::from(rate.tries.get()).saturating_sub(used);
    Ok((u32::try_from(tries).ok(), left))
}
