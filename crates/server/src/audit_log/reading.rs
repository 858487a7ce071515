//! Looking things up in the log, newest first.

use super::{Body, Change, Detail};
use crate::error::Error;
use crate::sql;
use db::{Row, Transaction, params};
use domain::ids::MerchantId;
use domain::moment::Instant;
use serde::Serialize;
use std::net::IpAddr;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Rows before this number; from the newest when not given.
    pub before: Option<i64>,
    /// Not earlier than this.
    pub since: Option<Instant>,
    /// Earlier than this.
    pub until: Option<Instant>,
    /// Which rows.
    pub of: Of,
}

/// Which rows: an index serves each of these.
#[derive(Clone, Debug, Default)]
pub enum Of {
    /// All.
    #[default]
    Everything,
    /// Those of one actor.
    Actor(String),
    /// Those about one thing.
    Subject(String),
    /// Those of one action.
    Action(String),
    /// Those of one actor, of one action.
    ActorDoing(String, String),
}

/// A row of the log, to be read or written out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// Its place in the merchant's log, from 1.
    pub sequence: i64,
    /// When.
    #[serde(rename = "recorded_at", serialize_with = "as_time")]
    pub at: Instant,
    /// Who: a public id, or `console`, `system`, `stranger`.
    pub actor: String,
    /// In which role.
    pub role: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: Option<String>,
    /// From where.
    pub address: Option<IpAddr>,
    /// What changed.
    pub change: Option<Change>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn as_time<S: serde::Serializer>(at: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
    let at = jiff::Timestamp::from_microsecond(at.0).map_err(serde::ser::Error::custom)?;
    serializer.collect_str(&at)
}

/// A page of a merchant's log, newest first; the installation's own log is the nil merchant's.
///
/// # Errors
/// When the database cannot be read, or a row does not make sense.
pub fn read(tx: &mut Transaction<'_>, merchant: MerchantId, filter: &Filter, limit: i64) -> Result<Vec<Noted>, Error> {
    let mut values = params![
        merchant.0,
        filter.before.unwrap_or(i64::MAX),
        filter.since.map_or(i64::MIN, |at| at.0),
        filter.until.map_or(i64::MAX, |at| at.0),
        limit
    ]
    .to_vec();
    let statement = match &filter.of {
        Of::Everything => &sql::audit_log::NEWEST,
        Of::Actor(actor) => {
            values.push(actor.as_str().into());
            &sql::audit_log::OF_ACTOR
        }
        Of::Subject(subject) => {
            values.push(subject.as_str().into());
            &sql::audit_log::OF_SUBJECT
        }
        Of::Action(action) => {
            values.push(action.as_str().into());
            &sql::audit_log::OF_ACTION
        }
        Of::ActorDoing(actor, action) => {
            values.extend([actor.as_str().into(), action.as_str().into()]);
            &sql::audit_log::OF_ACTOR_DOING
        }
    };
    tx.rows(statement, &values)?.iter().map(noted).collect()
}

fn noted(row: &Row) -> Result<Noted, Error> {
    let (body, detail): (String, Option<String>) = (row.get(5)?, row.get(6)?);
    let body: Body = serde_json::from_str(&body).map_err(|error| Error::malformed("a row of the log", error))?;
    let detail: Option<Detail> = detail
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| Error::malformed("a detail of the log", error))?;
    let (address, change) = detail.map_or((None, None), |detail| (detail.address, detail.change));
    Ok(Noted {
        sequence: row.get(0)?,
        at: Instant(row.get(1)?),
        actor: row.get(2)?,
        role: body.role,
        action: row.get(3)?,
        subject: row.get(4)?,
        address,
        change,
    })
}
