//! Where to click in a demonstration: its shops with a card, a join page and a till each.
//!
//! Owns: how the signposts of the demonstration become facts of the landing page. Must not know: how it was made.

use super::context::look;
use super::failure::Failure;
use super::landing::DemoMerchant;
use super::page::Page;
use super::storefront::found::{Part, find};
use crate::app::App;
use crate::demo::{self, Signpost};
use crate::error::Error;
use crate::sql::audit;
use db::{Row, params};
use std::sync::Arc;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// How many cards and events a demonstration holds, counted once a process: counting reads all of them.
#[derive(Clone, Default)]
pub(crate) struct Counted(Arc<OnceCell<(i64, i64)>>);

/// The shops of a demonstration; nothing where real merchants run.
pub(crate) async fn shops(app: &App, page: &Page) -> Result<Vec<DemoMerchant>, Failure> {
    let mut shops = Vec::new();
    for signpost in demo::signposts(&app.db, &app.secrets).await? {
        shops.push(shop(app, page, signpost).await?);
    }
    Ok(shops)
}

async fn shop(app: &App, page: &Page, signpost: Signpost) -> Result<DemoMerchant, Failure> {
    let token = signpost.card_path.rsplit('/').next().unwrap_or_default();
    let found = find(app, token, Part::newest(1)).await?;
    let standing = found.standing(found.entry()?, app);
    Ok(DemoMerchant {
        look: look(&found.catalogue.merchant),
        town: signpost.town,
        program: standing.name(page),
        card: standing.facts(page, Some(found.number.clone())),
        card_link: signpost.card_path.clone(),
        join_link: signpost.join_path,
        till_link: signpost.till_path,
        pins: signpost.pins,
    })
}

impl Counted {
    /// Cards and events of all merchants.
    pub(crate) async fn of(&self, app: &App) -> Result<(i64, i64), Failure> {
        let counted = self.0.get_or_try_init(|| async { app.db.read(count).await }).await;
        Ok(counted.copied()?)
    }
}

fn count(tx: &mut db::Transaction<'_>) -> Result<(i64, i64), Error> {
    let (mut cards, mut events) = (0, 0);
    for row in tx.rows(&crate::sql::catalogue::MERCHANTS, &[])? {
        let merchant: Uuid = row.get(0)?;
        let first = |row: Option<Row>| row.map_or(Ok(0), |row| row.get::<i64>(0));
        cards += first(tx.row(&audit::COUNT_CARDS, &params![merchant])?)?;
        events += first(tx.row(&audit::COUNT_EVENTS, &params![merchant])?)?;
    }
    Ok((cards, events))
}
