//! The demonstration: a believable year of four shops, one in each language, given to the ledger like any other
//! commands. It fills an empty database once, goes on where it was interrupted, and keeps what is there.

mod calendar;
mod chance;
mod credentials;
mod deed;
mod diary;
mod fill;
mod found;
mod listing;
mod people;
mod place;
mod shops;
mod visit;
mod year;

pub use credentials::{
    CardRef, Credentials, MerchantAccess, OperatorAccess, ProgramRef, RewardRef, StaffAccess, StoreRef, TerminalAccess,
    UserAccess,
};

use crate::catalogues::Catalogues;
use crate::clock::Clock;
use crate::error::Error;
use crate::ledger::{Ledger, LedgerOptions};
use crate::secrets::Secrets;
use crate::sql;
use credentials::{Begun, unseal};
use db::{Db, params};
use domain::ids::{CardId, MerchantId};
use domain::moment::Instant;
use domain::pin::Policies;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// The note of a year that was begun.
const BEGUN: &str = "demo_begun";
/// The note of a year that is complete.
const COMPLETE: &str = "demo_complete";

/// How much happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// 200 cards, 4,000 events.
    Small,
    /// 3,000 cards, 60,000 events.
    #[default]
    Believable,
    /// 30,000 cards, 600,000 events.
    Large,
}

impl Size {
    /// How many cards are opened.
    pub fn cards(self) -> usize {
        match self {
            Size::Small => 200,
            Size::Believable => 3_000,
            Size::Large => 30_000,
        }
    }

    /// The fewest events.
    pub fn events(self) -> usize {
        self.cards() * 20
    }
}

/// Which year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How much happens.
    pub size: Size,
    /// Another seed is another year.
    pub seed: u64,
    /// The year ends now.
    pub until: Instant,
}

/// Where to click: one shop of the demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signpost {
    /// The shop.
    pub merchant: MerchantId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Where it is.
    pub town: String,
    /// The language it speaks.
    pub locale: String,
    /// A card of its first program.
    pub card: CardId,
    /// That card's page: an address within the installation.
    pub card_path: String,
    /// Where its first program is joined: an address within the installation.
    pub join_path: String,
    /// Its till, with the token after `#`: an address within the installation.
    pub till_path: String,
    /// Who may show a PIN at it, with the PIN: one of each role, where the shop asks for PINs.
    pub pins: Vec<(String, String)>,
}

/// Fills the database with the plan's year and says how to sign in. A year that was begun is gone on with, whatever the
/// plan says; a year that is complete is kept.
///
/// # Errors
/// [`Error::Unfit`] when the database holds anything else; when it fails.
pub async fn fill(
    db: &Db,
    catalogues: &Catalogues,
    secrets: &Secrets,
    plan: &Plan,
    base_url: &str,
    progress: impl FnMut(u64, u64),
) -> Result<Credentials, Error> {
    if let Some(complete) = complete(db, secrets).await? {
        return Ok(complete.at(base_url));
    }
    let (begun, year) = match begun(db, secrets).await? {
        Some(begun) => {
            let year = year::year(&begun.plan())?;
            (begun, year)
        }
        None => begin(db, secrets, plan).await?,
    };
    let known = known_versions(db, &year).await?;
    let clock = Clock::still(year.founded);
    // Deeds of one card follow each other without waiting for answers.
    let options = LedgerOptions {
        hands: 1,
        ..LedgerOptions::default()
    };
    let ledger = Ledger::start(db, catalogues, &clock, options);
    fill::submit_all((&ledger, &clock, secrets), (begun.seed, &year), &known, progress).await?;
    let credentials = credentials::of_year(secrets, &begun, &year);
    let note = credentials::seal(secrets, &credentials)?;
    db.write(move |tx| {
        tx.run(&sql::catalogue::PUT_SETTING, &params![COMPLETE, note])?;
        Ok::<_, Error>(())
    })
    .await?;
    Ok(credentials.at(base_url))
}

/// Whether the database holds a demonstration, begun or complete.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_demo(db: &Db) -> Result<bool, Error> {
    Ok(setting(db, BEGUN).await?.is_some())
}

/// Where to click in each shop; nothing when this is no demonstration.
///
/// # Errors
/// When the database cannot be read.
pub async fn signposts(db: &Db, secrets: &Secrets) -> Result<Vec<Signpost>, Error> {
    let Some(credentials) = complete(db, secrets).await? else {
        return Ok(Vec::new());
    };
    let shops = shops::all();
    let found = credentials.at("").merchants.into_iter().zip(&shops);
    let signpost = |(access, shop): (MerchantAccess, &shops::Shop)| {
        let (card, terminal, program) = (access.cards.first()?, access.terminals.first()?, shop.programs.first()?);
        Some(Signpost {
            merchant: access.id,
            slug: access.slug.clone(),
            name: shop.name.to_owned(),
            town: shop.town.to_owned(),
            locale: shop.locale.to_owned(),
            card: card.id,
            card_path: card.link.clone(),
            join_path: format!("/j/{}/{}", access.slug, program.slug),
            till_path: format!("/till#{}", terminal.token),
            pins: pins(&access, shop),
        })
    };
    Ok(found.filter_map(signpost).collect())
}

/// A cashier and a manager with their PINs, where a program of the shop asks for them.
fn pins(access: &MerchantAccess, shop: &shops::Shop) -> Vec<(String, String)> {
    let asks = shop
        .programs
        .iter()
        .any(|program| program.terms.pin_policy != Policies::default());
    let one = |role: &str| access.staff.iter().find(|colleague| colleague.role == role);
    let shown = [one("cashier"), one("manager")].into_iter().flatten().filter(|_| asks);
    shown
        .map(|colleague| (colleague.name.clone(), colleague.pin.clone()))
        .collect()
}

/// Opens the shops of a plan in an empty database.
async fn begin(db: &Db, secrets: &Secrets, plan: &Plan) -> Result<(Begun, year::Year), Error> {
    let merchants = db
        .read(|tx| Ok::<_, Error>(tx.rows(&sql::catalogue::MERCHANTS, &[])?.len()))
        .await?;
    if merchants > 0 {
        return Err(Error::Unfit(
            "this database already holds merchants that are no demonstration: give the demonstration a database of its \
             own, with LOYALTY_DATA_DIR or LOYALTY_DATABASE_URL"
                .to_owned(),
        ));
    }
    let year = year::year(plan)?;
    let shops = found::tokens(secrets, &year.places)?;
    let begun = Begun {
        size: plan.size,
        seed: plan.seed,
        until: plan.until,
        shops,
        operator: found::password(secrets)?,
    };
    found::found(db, secrets, &year, &begun).await?;
    Ok((begun, year))
}

async fn begun(db: &Db, secrets: &Secrets) -> Result<Option<Begun>, Error> {
    let note = setting(db, BEGUN).await?;
    note.map(|note| unseal(secrets, &note)).transpose()
}

async fn complete(db: &Db, secrets: &Secrets) -> Result<Option<Credentials>, Error> {
    let note = setting(db, COMPLETE).await?;
    note.map(|note| unseal(secrets, &note)).transpose()
}

async fn setting(db: &Db, name: &'static str) -> Result<Option<String>, Error> {
    db.read(move |tx| {
        let row = tx.row(&sql::catalogue::SETTING, &params![name])?;
        Ok(row.map(|row| row.get(0)).transpose()?)
    })
    .await
}

/// The versions of the cards that are in the books already.
async fn known_versions(db: &Db, year: &year::Year) -> Result<HashMap<CardId, i64>, Error> {
    let merchants: Vec<Uuid> = year.places.iter().map(|place| place.merchant.0).collect();
    db.read(move |tx| {
        let mut known = HashMap::new();
        for merchant in merchants {
            let mut after = Uuid::nil();
            loop {
                let page = tx.rows(&sql::audit::CARDS, &params![merchant, after])?;
                let Some(last) = page.last() else { break };
                after = last.get(0)?;
                for row in &page {
                    known.insert(CardId(row.get(0)?), row.get(2)?);
                }
            }
        }
        Ok::<_, Error>(known)
    })
    .await
}
