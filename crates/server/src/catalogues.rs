//! The cache of what merchants offer. The database's revision decides: the ledger compares it in every batch, readers
//! at most twice a second.

use crate::catalogue::{Catalogue, Merchant, ProgramEntry, RewardEntry, StaffMember, Store, Text, Texts};
use crate::clock::Clock;
use crate::error::{Error, Found};
use crate::pins::PinRules;
use crate::sql;
use db::{Db, Row, Transaction, params};
use domain::facts::StaffFacts;
use domain::ids::{CardId, MerchantId, PinId, ProgramId, RewardId, StaffId, StoreId};
use domain::moment::Instant;
use domain::pin::Threshold;
use domain::program::{Program, ProgramFacts, Version};
use domain::quantity::Currency;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// How old a reader's view may be, in microseconds.
const READER_AGE_MAX: i64 = 500_000;

/// The cache; clones share it.
#[derive(Clone, Default)]
pub struct Catalogues(Arc<Mutex<HashMap<MerchantId, Cached>>>);

struct Cached {
    catalogue: Arc<Catalogue>,
    checked_at: Instant,
}

impl Catalogues {
    fn lock(&self) -> MutexGuard<'_, HashMap<MerchantId, Cached>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For readers: at most half a second old.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&self, db: &Db, clock: &Clock, merchant: MerchantId) -> Found {
        let now = clock.now();
        if let Some(cached) = self.lock().get(&merchant)
            && now.0.abs_diff(cached.checked_at.0) < READER_AGE_MAX as u64
        {
            return Ok(Some(cached.catalogue.clone()));
        }
        let this = self.clone();
        db.read(move |tx| this.current(tx, merchant, now)).await
    }

    /// For the ledger: as it is in this transaction; none when there is no such merchant.
    ///
    /// # Errors
    /// When the database cannot be read, or a row does not make sense.
    pub fn current(&self, tx: &mut Transaction<'_>, merchant: MerchantId, now: Instant) -> Found {
        let row = tx.row(&sql::catalogue::REVISION, &params![merchant.0])?;
        self.of_revision(tx, merchant, now, row.as_ref())
    }

    /// The same for a transaction that has read the revision's row with other things.
    ///
    /// # Errors
    /// As [`Catalogues::current`].
    pub fn of_revision(
        &self,
        tx: &mut Transaction<'_>,
        merchant: MerchantId,
        now: Instant,
        row: Option<&Row>,
    ) -> Found {
        let Some(row) = row else {
            return Ok(None);
        };
        let revision: i64 = row.get(0)?;
        if let Some(cached) = self.lock().get_mut(&merchant)
            && cached.catalogue.revision == revision
        {
            cached.checked_at = now;
            return Ok(Some(cached.catalogue.clone()));
        }
        let Some(catalogue) = load(tx, merchant)? else {
            return Ok(None);
        };
        let catalogue = Arc::new(catalogue);
        self.lock().insert(
            merchant,
            Cached {
                catalogue: catalogue.clone(),
                checked_at: now,
            },
        );
        Ok(Some(catalogue))
    }
}

fn load(tx: &mut Transaction<'_>, id: MerchantId) -> Result<Option<Catalogue>, Error> {
    let Some(row) = tx.row(&sql::catalogue::MERCHANT, &params![id.0])? else {
        return Ok(None);
    };
    let reader = Reader(id);
    let revision = row.get(11)?;
    let merchant = reader.merchant(&row)?;
    let mut texts: HashMap<Uuid, Texts> = HashMap::new();
    for row in tx.rows(&sql::catalogue::PROGRAM_TEXTS, &params![id.0])? {
        let text = Text {
            name: row.get(2)?,
            description: row.get(3)?,
            how_it_works: row.get(4)?,
        };
        texts.entry(row.get(0)?).or_default().0.insert(row.get(1)?, text);
    }
    for row in tx.rows(&sql::catalogue::REWARD_TEXTS, &params![id.0])? {
        let text = Text {
            name: row.get(2)?,
            description: row.get(3)?,
            how_it_works: String::new(),
        };
        texts.entry(row.get(0)?).or_default().0.insert(row.get(1)?, text);
    }
    let mut versions: HashMap<Uuid, Vec<Version>> = HashMap::new();
    for row in tx.rows(&sql::catalogue::VERSIONS, &params![id.0])? {
        let terms: String = row.get(2)?;
        let version = Version {
            number: row.get(1)?,
            terms: Arc::new(reader.json("terms", &terms)?),
        };
        versions.entry(row.get(0)?).or_default().push(version);
    }
    let stores = tx.rows(&sql::catalogue::STORES, &params![id.0])?;
    let staff = tx.rows(&sql::catalogue::STAFF, &params![id.0])?;
    let mut places: HashMap<Uuid, Vec<StoreId>> = HashMap::new();
    for row in tx.rows(&sql::pins::STORES, &params![id.0])? {
        places.entry(row.get(0)?).or_default().push(StoreId(row.get(1)?));
    }
    let programs = tx.rows(&sql::catalogue::PROGRAMS, &params![id.0])?;
    let rewards = tx.rows(&sql::catalogue::REWARDS, &params![id.0])?;
    let mut revoked = tx.rows(&sql::credentials::REVOKED_KEYS, &params![id.0])?;
    revoked.extend(tx.rows(&sql::credentials::REVOKED_TERMINALS, &params![id.0])?);
    Ok(Some(Catalogue {
        revoked: revoked.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?,
        revision,
        merchant,
        stores: stores.iter().map(|row| reader.store(row)).collect::<Result<_, _>>()?,
        staff: staff
            .iter()
            .map(|row| reader.staff(row, &places))
            .collect::<Result<_, _>>()?,
        programs: programs
            .iter()
            .map(|row| reader.program(row, &mut versions, &mut texts))
            .collect::<Result<_, _>>()?,
        rewards: rewards
            .iter()
            .map(|row| reader.reward(row, &mut texts))
            .collect::<Result<_, _>>()?,
    }))
}

/// Turns rows into values, and says which one does not make sense.
struct Reader(MerchantId);

impl Reader {
    fn malformed(&self, what: &'static str, reason: impl ToString) -> Error {
        Error::malformed(format!("{what} of {}", self.0), reason)
    }

    fn json<T: DeserializeOwned>(&self, what: &'static str, text: &str) -> Result<T, Error> {
        serde_json::from_str(text).map_err(|error| self.malformed(what, error))
    }

    /// A value from its stable code, as serde spells it.
    fn code<T: DeserializeOwned>(&self, what: &'static str, code: String) -> Result<T, Error> {
        serde_json::from_value(serde_json::Value::String(code)).map_err(|error| self.malformed(what, error))
    }

    fn zone(&self, name: &str) -> Result<TimeZone, Error> {
        TimeZone::get(name).map_err(|error| self.malformed("time zone", error))
    }

    fn currency(&self, code: String) -> Result<Currency, Error> {
        code.parse().map_err(|error| self.malformed("currency", error))
    }

    fn merchant(&self, row: &Row) -> Result<Merchant, Error> {
        let status: String = row.get(9)?;
        Ok(Merchant {
            id: self.0,
            slug: row.get(1)?,
            name: row.get(2)?,
            country: row.get(3)?,
            zone: self.zone(&row.get::<String>(4)?)?,
            default_locale: row.get(5)?,
            currency: self.currency(row.get(6)?)?,
            colour: row.get(7)?,
            mark: row.get(8)?,
            active: matches!(status.as_str(), "trial" | "active"),
            cutover_minutes: row.get(10)?,
            pins: PinRules {
                length: row.get(12)?,
                threshold: Threshold {
                    tries: row.get(13)?,
                    minutes: row.get(14)?,
                },
                floor: self.json("floor of policies", &row.get::<String>(15)?)?,
            },
        })
    }

    fn store(&self, row: &Row) -> Result<Store, Error> {
        let zone: Option<String> = row.get(3)?;
        let status: String = row.get(4)?;
        Ok(Store {
            id: StoreId(row.get(0)?),
            code: row.get(1)?,
            name: row.get(2)?,
            zone: zone.map(|name| self.zone(&name)).transpose()?,
            open: status == "open",
        })
    }

    fn staff(&self, row: &Row, places: &HashMap<Uuid, Vec<StoreId>>) -> Result<StaffMember, Error> {
        let id = StaffId(row.get(0)?);
        let own_card: Option<Uuid> = row.get(4)?;
        let status: String = row.get(5)?;
        Ok(StaffMember {
            id,
            pin_id: PinId(row.get(1)?),
            name: row.get(2)?,
            role: row.get(3)?,
            active: status == "active",
            pin_version: row.get(6)?,
            stores: places.get(&id.0).cloned().unwrap_or_default(),
            facts: StaffFacts {
                id,
                own_card: own_card.map(CardId),
            },
        })
    }

    fn program(
        &self,
        row: &Row,
        versions: &mut HashMap<Uuid, Vec<Version>>,
        texts: &mut HashMap<Uuid, Texts>,
    ) -> Result<ProgramEntry, Error> {
        let id: Uuid = row.get(0)?;
        let facts = ProgramFacts {
            id: ProgramId(id),
            kind: self.code("program kind", row.get(2)?)?,
            status: self.code("program status", row.get(3)?)?,
            currency: self.currency(row.get(4)?)?,
            starts_at: row.get::<Option<i64>>(5)?.map(Instant),
            ends_at: row.get::<Option<i64>>(6)?.map(Instant),
            redeem_until: row.get::<Option<i64>>(7)?.map(Instant),
        };
        let program = Program::new(facts, versions.remove(&id).unwrap_or_default())
            .map_err(|error| self.malformed("program", format!("{error:?}")))?;
        Ok(ProgramEntry {
            slug: row.get(1)?,
            program,
            texts: texts.remove(&id).unwrap_or_default(),
        })
    }

    fn reward(&self, row: &Row, texts: &mut HashMap<Uuid, Texts>) -> Result<RewardEntry, Error> {
        let id: Uuid = row.get(0)?;
        let terms: String = row.get(2)?;
        let reward: domain::reward::Reward = self.json("reward", &terms)?;
        if reward.id != RewardId(id) {
            return Err(self.malformed("reward", "it carries the id of another"));
        }
        let texts = texts.remove(&id).unwrap_or_default();
        Ok(RewardEntry {
            program: ProgramId(row.get(1)?),
            reward,
            texts,
        })
    }
}
