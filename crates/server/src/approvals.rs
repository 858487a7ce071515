//! Corrections that somebody else must approve (`APR-1`): a till or a user asks, somebody of the back office decides within a
//! day, and what is approved is booked once, under the approval's own key. It must not know pages or JSON, or decide what is
//! over a limit.

mod asking;
mod deciding;

pub use asking::{Corrected, Correction, ask, asked, correct};
pub use deciding::{approve, deny};

use crate::app::App;
use crate::error::Error;
use crate::problem::Problem;
use crate::secrets::SecretError;
use crate::sql;
use db::{Row, params};
use domain::event::Reason;
use domain::ids::{ApprovalId, CardId, MerchantId, StaffId, StoreId, TerminalId, UserId};
use domain::moment::Instant;
use domain::quantity::Unit;
use uuid::Uuid;

/// How many that wait are told at once; whoever decides some sees more.
const OPEN_MAX: i64 = 200;

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody decided yet.
    Waiting,
    /// It was approved, and is booked.
    Approved,
    /// It was denied.
    Denied,
    /// Nobody decided in time.
    Expired,
}

impl State {
    /// In the API and on pages.
    pub const fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Approved => "approved",
            State::Denied => "denied",
            State::Expired => "expired",
        }
    }
}

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A till, and who served there, as far as it was shown.
    Till(TerminalId, Option<StaffId>),
    /// A user of the back office, who may not decide it.
    User(UserId),
}

/// A correction that somebody must approve.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// Whose balance.
    pub card: CardId,
    /// Where it was asked for.
    pub store: StoreId,
    /// Who asked.
    pub asker: Asker,
    /// Of what.
    pub unit: Unit,
    /// By how much.
    pub amount: i64,
    /// Why.
    pub reason: Reason,
    /// More about it.
    pub note: Option<String>,
    /// When it was asked for.
    pub requested_at: Instant,
    /// Until when somebody may decide.
    pub expires_at: Instant,
    /// Where it stands.
    pub state: State,
    /// Who decided: a public id.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Instant>,
}

/// Those of a merchant: what can still be decided, the oldest first, and then the newest of the others.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId, most: i64) -> Result<Vec<Approval>, Error> {
    let now = app.clock.now();
    app.db
        .read(move |tx| {
            let open = tx.rows(&sql::approvals::OPEN, &params![merchant.0, now.0, OPEN_MAX])?;
            let newest = tx.rows(&sql::approvals::LIST, &params![merchant.0, most])?;
            let read = |row| read(row, now);
            let mut all = open.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
            let others = newest.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
            all.extend(others.into_iter().filter(|one| one.state != State::Waiting));
            Ok(all)
        })
        .await
}

/// One of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(app: &App, merchant: MerchantId, id: ApprovalId) -> Result<Option<Approval>, Error> {
    let now = app.clock.now();
    app.db
        .read(move |tx| {
            let row = tx.row(&sql::approvals::FIND, &params![merchant.0, id.0])?;
            row.as_ref().map(|row| read(row, now)).transpose()
        })
        .await
}

fn read(row: &Row, now: Instant) -> Result<Approval, Error> {
    let malformed = |what: &str| Error::malformed("an approval", what);
    let (unit, reason, status): (String, String, String) = (row.get(5)?, row.get(7)?, row.get(11)?);
    let expires_at = Instant(row.get(10)?);
    let is_decided = matches!(status.as_str(), "approved" | "denied");
    Ok(Approval {
        id: ApprovalId(row.get(0)?),
        card: CardId(row.get(1)?),
        store: StoreId(row.get(2)?),
        asker: asker(row)?,
        unit: Unit::from_code(&unit).ok_or_else(|| malformed(&unit))?,
        amount: row.get(6)?,
        reason: Reason::from_code(&reason).ok_or_else(|| malformed(&reason))?,
        note: row.get(8)?,
        requested_at: Instant(row.get(9)?),
        expires_at,
        state: match status.as_str() {
            "approved" => State::Approved,
            "denied" => State::Denied,
            // What is being approved is gone on with, however late.
            "waiting" if now >= expires_at => State::Expired,
            _ => State::Waiting,
        },
        // While it is being booked, who approves it stands there already.
        decided_by: if is_decided { row.get(12)? } else { None },
        decided_at: if is_decided {
            row.get::<Option<i64>>(13)?.map(Instant)
        } else {
            None
        },
    })
}

fn asker(row: &Row) -> Result<Asker, Error> {
    let (terminal, staff, user): (Option<Uuid>, Option<Uuid>, Option<Uuid>) = (row.get(3)?, row.get(4)?, row.get(14)?);
    match (terminal, user) {
        (Some(terminal), None) => Ok(Asker::Till(TerminalId(terminal), staff.map(StaffId))),
        (None, Some(user)) => Ok(Asker::User(UserId(user))),
        _ => Err(Error::malformed("an approval", "who asked")),
    }
}

fn chance(error: SecretError) -> Problem {
    Problem::broken(&error)
}
