//! Corrections over a limit (`APR-1`): a till asks, somebody of the back office decides within a day, and what is approved
//! is booked once, under the approval's own key. It must not know pages or JSON, or decide what is over a limit.

use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::ledger::{IdempotencyKey, Refusal, Submission};
use crate::problem::{Code, Place, Problem};
use crate::secrets::SecretError;
use crate::sql;
use db::{Row, Transaction, params};
use domain::Rejection;
use domain::command::Command;
use domain::event::{Actor, Origin, Reason};
use domain::facts::Authority;
use domain::ids::{ApprovalId, CardId, MerchantId, StaffId, StoreId, TerminalId};
use domain::moment::Instant;
use domain::quantity::Unit;
use serde_json::json;

/// How long somebody may decide.
const OPEN_MINUTES: i64 = 24 * 60;
const ROUTE: &str = "approval";

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

/// A correction that somebody must approve.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// Whose balance.
    pub card: CardId,
    /// Where it was asked for.
    pub store: StoreId,
    /// At which till.
    pub terminal: TerminalId,
    /// Who asked, as far as it was shown.
    pub staff: Option<StaffId>,
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

/// Asks for approval of what the ledger refused for being over a limit; nothing for anything else. The same call asks once.
///
/// # Errors
/// `idempotency_key_reused`, `internal`.
pub async fn ask(
    app: &App,
    catalogue: &Catalogue,
    submission: &Submission,
    refusal: &Refusal,
) -> Result<Option<Approval>, Problem> {
    let Refusal::Rejected(Rejection::ApprovalRequired { .. }) = refusal else {
        return Ok(None);
    };
    let (Command::Adjust { unit, amount, reason }, Actor::Terminal(terminal)) =
        (&submission.command, submission.origin.actor)
    else {
        return Ok(None);
    };
    let (Some(key), Some(store)) = (&submission.key, submission.origin.store) else {
        return Ok(None);
    };
    let now = app.clock.now();
    let id = ApprovalId(app.secrets.new_id(now).map_err(chance)?);
    let (merchant, key) = (submission.merchant, key.clone());
    let staff = submission.origin.staff;
    let row = params![
        merchant.0,
        id.0,
        submission.card.0,
        store.0,
        terminal.0,
        staff.map(|staff| staff.0),
        key.name.0,
        key.input_hash.clone(),
        unit.code(),
        *amount,
        reason.code(),
        submission.note.clone(),
        now.0,
        now.plus_minutes(OPEN_MINUTES).0
    ];
    let who = staff.and_then(|staff| catalogue.staff_member(staff)).map_or_else(
        || Who::is(terminal, "terminal"),
        |member| Who::is(member.id, format!("staff:{}", member.role)),
    );
    let told =
        json!({ "card": submission.card.to_string(), "unit": unit.code(), "amount": amount, "reason": reason.code() });
    let entry = Entry::new(&app.secrets, who, Action::ApprovalAsked).map_err(chance)?;
    let entry = entry.at(merchant).about(id).with(Change::made(told));
    let asked = app.db.write(move |tx| {
        if tx.run(&sql::approvals::ADD, &row)? > 0 {
            audit_log::note(tx, &entry, now)?;
        }
        by_request(tx, merchant, &key, now)
    });
    asked.await.map_err(|error: Error| Problem::broken(&error))?.transpose()
}

/// What a call asked for before, if it did: a repeated call is not tried again.
///
/// # Errors
/// `idempotency_key_reused`, `internal`.
pub async fn asked(app: &App, merchant: MerchantId, key: &IdempotencyKey) -> Result<Option<Approval>, Problem> {
    let (key, now) = (key.clone(), app.clock.now());
    let found = app.db.read(move |tx| by_request(tx, merchant, &key, now));
    found.await.map_err(|error: Error| Problem::broken(&error))?.transpose()
}

/// What was asked for under a key; another input is no repetition (`IDM-2`).
fn by_request(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    key: &IdempotencyKey,
    now: Instant,
) -> Result<Option<Result<Approval, Problem>>, Error> {
    let Some(row) = tx.row(&sql::approvals::BY_REQUEST, &params![merchant.0, key.name.0])? else {
        return Ok(None);
    };
    let input: Vec<u8> = row.get(14)?;
    if input != key.input_hash {
        return Ok(Some(Err(Code::IdempotencyKeyReused.into())));
    }
    read(&row, now).map(|approval| Some(Ok(approval)))
}

/// The newest of a merchant.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(app: &App, merchant: MerchantId, most: i64) -> Result<Vec<Approval>, Error> {
    let now = app.clock.now();
    app.db
        .read(move |tx| {
            let rows = tx.rows(&sql::approvals::LIST, &params![merchant.0, most])?;
            rows.iter().map(|row| read(row, now)).collect()
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

/// Approves it: it is booked once, whoever approves it at the same time.
///
/// # Errors
/// `not_found`, `already_decided`, `approval_expired`; what the ledger refuses, and then it waits on.
pub async fn approve(app: &App, who: Who, merchant: MerchantId, id: ApprovalId) -> Result<(), Problem> {
    let now = app.clock.now();
    let begun = app.db.write(move |tx| {
        let found = waiting(tx, merchant, id, now)?;
        if found.is_ok() {
            let row = params![merchant.0, id.0, "approving", None::<String>, None::<i64>];
            tx.run(&sql::approvals::DECIDE, &row)?;
        }
        Ok(found)
    });
    let approval = begun.await.map_err(|error: Error| Problem::broken(&error))??;
    let booked = app.ledger.submit(submission(merchant, &approval)).await;
    let entry = Entry::new(&app.secrets, who.clone(), Action::ApprovalApproved).map_err(chance)?;
    let entry = entry.at(merchant).about(id);
    let refused = booked.err();
    let stays = refused.is_some();
    // What broke on the way may be booked: it is gone on with, and never denied.
    let unknown = matches!(refused, Some(Refusal::Broken | Refusal::InProgress));
    let settled = app.db.write(move |tx| {
        let row = tx.row(&sql::approvals::LOCK, &params![merchant.0, id.0])?;
        let status: Option<String> = row.map(|row| row.get(11)).transpose()?;
        if status.as_deref() == Some("approved") {
            // Somebody else approved it at the same time.
            return Ok(Err(Code::AlreadyDecided.into()));
        }
        if unknown {
            return Ok(Ok(()));
        }
        if stays {
            let row = params![merchant.0, id.0, "waiting", None::<String>, None::<i64>];
            tx.run(&sql::approvals::DECIDE, &row)?;
        } else {
            // It is booked, whatever anybody thought meanwhile.
            let row = params![merchant.0, id.0, "approved", who.actor(), now.0];
            tx.run(&sql::approvals::DECIDE, &row)?;
            audit_log::note(tx, &entry, now)?;
        }
        Ok(Ok(()))
    });
    let settled: Result<(), Problem> = settled.await.map_err(|error: Error| Problem::broken(&error))?;
    match refused {
        None => settled,
        Some(refusal) => {
            let catalogue = app.catalogue(merchant).await.map_err(|error| Problem::broken(&error))?;
            let catalogue = catalogue.ok_or(Code::NotFound)?;
            let place = Place::new(&catalogue, Some(approval.store), now);
            Err(Problem::of_refusal(&refusal, &place))
        }
    }
}

/// Denies it.
///
/// # Errors
/// `not_found`, `already_decided`, `approval_expired`.
pub async fn deny(app: &App, who: Who, merchant: MerchantId, id: ApprovalId) -> Result<(), Problem> {
    let now = app.clock.now();
    let entry = Entry::new(&app.secrets, who.clone(), Action::ApprovalDenied).map_err(chance)?;
    let entry = entry.at(merchant).about(id);
    let denied = app.db.write(move |tx| {
        let row = tx.row(&sql::approvals::LOCK, &params![merchant.0, id.0])?;
        // Somebody approves it this very moment, and it may be booked already.
        let status: Option<String> = row.map(|row| row.get(11)).transpose()?;
        if status.as_deref() == Some("approving") {
            return Ok(Err(Code::AlreadyDecided.into()));
        }
        if let Err(problem) = waiting(tx, merchant, id, now)? {
            return Ok(Err(problem));
        }
        let row = params![merchant.0, id.0, "denied", who.actor(), now.0];
        tx.run(&sql::approvals::DECIDE, &row)?;
        audit_log::note(tx, &entry, now)?;
        Ok(Ok(()))
    });
    denied.await.map_err(|error: Error| Problem::broken(&error))?
}

/// One that can still be decided.
fn waiting(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    id: ApprovalId,
    now: Instant,
) -> Result<Result<Approval, Problem>, Error> {
    let Some(row) = tx.row(&sql::approvals::LOCK, &params![merchant.0, id.0])? else {
        return Ok(Err(Code::NotFound.into()));
    };
    let approval = read(&row, now)?;
    Ok(match approval.state {
        State::Waiting => Ok(approval),
        State::Expired => Err(Code::ApprovalExpired.into()),
        State::Approved | State::Denied => Err(Code::AlreadyDecided.into()),
    })
}

/// What is booked: by who asked, at the till where they did, and no longer bound by limits.
fn submission(merchant: MerchantId, approval: &Approval) -> Submission {
    let origin = Origin {
        actor: Actor::Terminal(approval.terminal),
        store: Some(approval.store),
        staff: approval.staff,
    };
    let command = Command::Adjust {
        unit: approval.unit,
        amount: approval.amount,
        reason: approval.reason,
    };
    let id = approval.id.to_string();
    Submission {
        key: Some(IdempotencyKey::new(&id, ROUTE, &id, Vec::new())),
        note: approval.note.clone(),
        ..Submission::new(merchant, approval.card, command, (origin, Authority::System))
    }
}

fn read(row: &Row, now: Instant) -> Result<Approval, Error> {
    let malformed = |what: &str| Error::malformed("an approval", what);
    let (unit, reason, status): (String, String, String) = (row.get(5)?, row.get(7)?, row.get(11)?);
    let expires_at = Instant(row.get(10)?);
    Ok(Approval {
        id: ApprovalId(row.get(0)?),
        card: CardId(row.get(1)?),
        store: StoreId(row.get(2)?),
        terminal: TerminalId(row.get(3)?),
        staff: row.get::<Option<uuid::Uuid>>(4)?.map(StaffId),
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
        decided_by: row.get(12)?,
        decided_at: row.get::<Option<i64>>(13)?.map(Instant),
    })
}

fn chance(error: SecretError) -> Problem {
    Problem::broken(&error)
}
