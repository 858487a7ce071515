//! The log of who managed what (`AUD-1`): sign-ins, and every change of people, rights, credentials and settings. A row is
//! written in the transaction of what it tells, so that neither is there without the other, and chained to the one before,
//! so that `trei audit` notices what was changed, dropped or put in between. What happened to cards stands in the ledger.
//!
//! From where, and the values before and after, may have to be forgotten: they stand beside the hashed record, which holds
//! their salted digest. Secrets never come in: see [`change`]. It must not know what the actions mean.

mod action;
mod change;
pub mod proof;
mod reading;
mod who;

pub use action::Action;
pub use change::Change;
pub use reading::{Filter, Noted, Of, read};
pub use who::Who;

use crate::error::Error;
use crate::secrets::{SecretError, Secrets};
use crate::sql;
use db::{Transaction, params};
use domain::ids::MerchantId;
use domain::moment::Instant;
use ring::digest::{Context, SHA256, digest};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use uuid::Uuid;

/// Random bytes that keep a short detail from being guessed by its digest.
const SALT_BYTES: usize = 16;

/// Something to note. Build it with [`Entry::new`] and say what there is to say.
#[derive(Clone, Debug)]
pub struct Entry {
    merchant: MerchantId,
    who: Who,
    action: Action,
    subject: Option<String>,
    address: Option<IpAddr>,
    change: Option<Change>,
    salt: [u8; SALT_BYTES],
}

/// The hashed record of a row.
#[derive(Serialize, Deserialize)]
struct Body {
    at: i64,
    actor: String,
    role: String,
    action: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    /// SHA-256 of the detail, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// What may have to be forgotten.
#[derive(Serialize, Deserialize)]
struct Detail {
    salt: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    change: Option<Change>,
}

impl Entry {
    /// Somebody did something, for the installation as a whole.
    ///
    /// # Errors
    /// [`SecretError::Chance`].
    pub fn new(secrets: &Secrets, who: Who, action: Action) -> Result<Self, SecretError> {
        Ok(Self {
            merchant: MerchantId(Uuid::nil()),
            address: who.address(),
            who,
            action,
            subject: None,
            change: None,
            salt: secrets.random()?,
        })
    }

    /// It was done at a merchant.
    #[must_use]
    pub fn at(self, merchant: MerchantId) -> Self {
        Self { merchant, ..self }
    }

    /// It was somebody else after all, as only the transaction knows.
    #[must_use]
    pub fn by(self, who: Who) -> Self {
        Self { who, ..self }
    }

    /// What it was done to: a public id.
    #[must_use]
    pub fn about(self, subject: impl ToString) -> Self {
        let subject = Some(subject.to_string());
        Self { subject, ..self }
    }

    /// From where.
    #[must_use]
    pub fn from(self, address: Option<IpAddr>) -> Self {
        Self { address, ..self }
    }

    /// What was there before, and what is there now.
    #[must_use]
    pub fn with(self, change: Change) -> Self {
        let change = Some(change);
        Self { change, ..self }
    }
}

/// Notes something in the transaction of what it tells. Take every other lock before: the end of the chain is locked until
/// the transaction ends.
///
/// # Errors
/// When the database fails.
pub fn note(tx: &mut Transaction<'_>, entry: &Entry, now: Instant) -> Result<(), Error> {
    let merchant = entry.merchant.0;
    tx.run(&sql::audit_log::BEGIN, &params![merchant, beginning(entry.merchant)])?;
    let head = tx.row(&sql::audit_log::LOCK, &params![merchant])?;
    let head = head.ok_or_else(|| Error::malformed("the log of what was managed", "its end is not there"))?;
    let (last, before): (i64, Vec<u8>) = (head.get(0)?, head.get(1)?);
    let sequence = last + 1;
    let detail = entry.detail()?;
    let body = entry.body(now, detail.as_deref())?;
    let hash = link(&before, sequence, &body);
    let row = params![
        merchant,
        sequence,
        now.0,
        entry.who.actor(),
        entry.action.code(),
        entry.subject.clone(),
        body,
        detail,
        hash.clone()
    ];
    tx.run(&sql::audit_log::ADD, &row)?;
    tx.run(&sql::audit_log::ADVANCE, &params![merchant, sequence, hash])?;
    Ok(())
}

impl Entry {
    fn detail(&self) -> Result<Option<String>, Error> {
        if self.address.is_none() && self.change.is_none() {
            return Ok(None);
        }
        let detail = Detail {
            salt: hex(&self.salt),
            address: self.address,
            change: self.change.clone(),
        };
        let text = serde_json::to_string(&detail).map_err(|error| Error::malformed("a detail", error))?;
        Ok(Some(text))
    }

    fn body(&self, now: Instant, detail: Option<&str>) -> Result<String, Error> {
        let body = Body {
            at: now.0,
            actor: self.who.actor(),
            role: self.who.role().to_owned(),
            action: self.action.code().to_owned(),
            subject: self.subject.clone(),
            detail: detail.map(digest_of),
        };
        serde_json::to_string(&body).map_err(|error| Error::malformed("a row of the log", error))
    }
}

/// What the first row of a merchant is chained to.
fn beginning(merchant: MerchantId) -> Vec<u8> {
    digest(&SHA256, merchant.0.as_bytes()).as_ref().to_vec()
}

/// The hash of a row that follows another: SHA-256 of the hash before, the row's number and its record.
fn link(before: &[u8], sequence: i64, body: &str) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(before);
    context.update(&sequence.to_be_bytes());
    context.update(body.as_bytes());
    context.finish().as_ref().to_vec()
}

fn digest_of(detail: &str) -> String {
    hex(digest(&SHA256, detail.as_bytes()).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
