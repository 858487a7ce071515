//! Putting a merchant's things into the database: what the demonstration, the bench and the tests begin with, and what
//! management pages will call. Each function is one row and raises the catalogue's revision.

use crate::catalogue::Text;
use crate::error::Error;
use crate::sql;
use db::{Transaction, params};
use domain::ids::{MerchantId, PinId, ProgramId, RewardId, StaffId, StoreId};
use domain::moment::Instant;
use domain::program::{ProgramKind, ProgramStatus};
use domain::reward::Reward;
use domain::terms::Terms;

/// A merchant to make.
#[derive(Clone, Debug)]
pub struct NewMerchant {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// ISO 3166 code.
    pub country: String,
    /// IANA name.
    pub timezone: String,
    /// Language when nothing else says one.
    pub default_locale: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Brand colour, `#rrggbb`.
    pub colour: String,
    /// Name of the mark its stamps show.
    pub mark: String,
    /// Minutes after midnight at which its business day begins.
    pub cutover_minutes: i64,
}

/// A program to make.
#[derive(Clone, Debug)]
pub struct NewProgram {
    /// Its name in addresses.
    pub slug: String,
    /// What it collects.
    pub kind: ProgramKind,
    /// Its first version's terms.
    pub terms: Terms,
    /// Its place in lists.
    pub position: i64,
    /// Its texts, by language code.
    pub texts: Vec<(String, Text)>,
}

/// Makes a merchant that serves all four languages.
///
/// # Errors
/// When the database refuses, for example because the slug is taken.
pub fn merchant(tx: &mut Transaction<'_>, id: MerchantId, new: &NewMerchant, now: Instant) -> Result<(), Error> {
    let values = params![
        id.0,
        &*new.slug,
        &*new.name,
        &*new.name,
        &*new.country,
        &*new.timezone,
        &*new.default_locale,
        "en,fr,de,lb",
        &*new.currency,
        &*new.colour,
        &*new.mark,
        "active",
        new.cutover_minutes,
        now.0
    ];
    tx.run(&sql::catalogue::INSERT_MERCHANT, &values)?;
    Ok(())
}

fn raise(tx: &mut Transaction<'_>, merchant: MerchantId) -> Result<(), Error> {
    tx.run(&sql::catalogue::RAISE_REVISION, &params![merchant.0])?;
    Ok(())
}

/// Makes a store that is open.
///
/// # Errors
/// When the database refuses, for example because the code is taken.
pub fn store(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    id: StoreId,
    (code, name, address): (&str, &str, &str),
    now: Instant,
) -> Result<(), Error> {
    let none: Option<String> = None;
    tx.run(
        &sql::catalogue::INSERT_STORE,
        &params![merchant.0, id.0, code, name, address, none, "open", now.0],
    )?;
    raise(tx, merchant)
}

/// Makes a member of staff.
///
/// # Errors
/// When the database refuses.
pub fn staff(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    (id, pin): (StaffId, PinId),
    (name, role): (&str, &str),
    now: Instant,
) -> Result<(), Error> {
    tx.run(
        &sql::catalogue::INSERT_STAFF,
        &params![merchant.0, id.0, pin.0, name, role, now.0],
    )?;
    raise(tx, merchant)
}

/// Makes a program with its first version, active from the start.
///
/// # Errors
/// When the database refuses.
pub fn program(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    id: ProgramId,
    new: &NewProgram,
    currency: &str,
    now: Instant,
) -> Result<(), Error> {
    let none: Option<i64> = None;
    let (kind, active) = (new.kind.code(), ProgramStatus::Active.code());
    let values = params![
        merchant.0,
        id.0,
        &*new.slug,
        kind,
        active,
        currency,
        none,
        none,
        none,
        new.position,
        now.0
    ];
    tx.run(&sql::catalogue::INSERT_PROGRAM, &values)?;
    for (locale, text) in &new.texts {
        let values = params![
            merchant.0,
            id.0,
            &**locale,
            &*text.name,
            &*text.description,
            &*text.how_it_works
        ];
        tx.run(&sql::catalogue::INSERT_PROGRAM_TEXT, &values)?;
    }
    version(tx, merchant, id, 1, &new.terms, now)
}

/// Publishes a version of a program.
///
/// # Errors
/// When the database refuses.
pub fn version(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    program: ProgramId,
    number: i64,
    terms: &Terms,
    now: Instant,
) -> Result<(), Error> {
    let text = serde_json::to_string(terms).map_err(|error| Error::malformed("terms", error))?;
    tx.run(
        &sql::catalogue::INSERT_VERSION,
        &params![merchant.0, program.0, number, text, now.0],
    )?;
    raise(tx, merchant)
}

/// Puts a program into another state.
///
/// # Errors
/// When the database refuses.
pub fn program_status(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    program: ProgramId,
    status: ProgramStatus,
) -> Result<(), Error> {
    tx.run(
        &sql::catalogue::SET_PROGRAM_STATUS,
        &params![merchant.0, program.0, status.code()],
    )?;
    raise(tx, merchant)
}

/// Makes a reward with its texts, by language code.
///
/// # Errors
/// When the database refuses.
pub fn reward(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    program: ProgramId,
    reward: &Reward,
    position: i64,
    texts: &[(String, Text)],
) -> Result<RewardId, Error> {
    let terms = serde_json::to_string(reward).map_err(|error| Error::malformed("reward", error))?;
    tx.run(
        &sql::catalogue::INSERT_REWARD,
        &params![merchant.0, reward.id.0, program.0, position, terms],
    )?;
    for (locale, text) in texts {
        let values = params![merchant.0, reward.id.0, &**locale, &*text.name, &*text.description];
        tx.run(&sql::catalogue::INSERT_REWARD_TEXT, &values)?;
    }
    raise(tx, merchant)?;
    Ok(reward.id)
}
