//! Deciding: what is approved is booked once, whoever approves it at the same time and whatever breaks on the way.

use super::asking::{catalogue, is_own};
use super::{Approval, Asker, State, chance, read};
use crate::app::App;
use crate::audit_log::{self, Action, Entry, Who};
use crate::error::Error;
use crate::ledger::{IdempotencyKey, Refusal, Submission};
use crate::people::Person;
use crate::problem::{Code, Place, Problem};
use crate::sql;
use db::{Transaction, params};
use domain::command::Command;
use domain::event::{Actor, Origin};
use domain::facts::Authority;
use domain::ids::{ApprovalId, MerchantId, UserId};
use domain::moment::Instant;

const ROUTE: &str = "approval";

/// Approves it: it is booked once, whoever approves it at the same time.
///
/// # Errors
/// `not_found`, `four_eyes`, `self_service_blocked`, `already_decided`, `approval_expired`; what the ledger refuses, and then it
/// waits on.
pub async fn approve(app: &App, who: Who, by: &Person, id: ApprovalId) -> Result<(), Problem> {
    let (now, merchant, user) = (app.clock.now(), by.merchant(), by.id());
    let found = super::find(app, merchant, id).await;
    let found = found.map_err(|error| Problem::broken(&error))?;
    if is_own(app, by, found.ok_or(Code::NotFound)?.card).await? {
        return Err(Code::SelfServiceBlocked.into());
    }
    let approved = noted(app, &who, (merchant, id), Action::ApprovalApproved)?;
    let not_booked = noted(app, &who, (merchant, id), Action::ApprovalNotBooked)?;
    let (deed, by) = (approved.clone(), who.actor());
    // Who approves stands there before anything is booked: whatever breaks on the way, it is known.
    let begun = app.db.write(move |tx| {
        let found = waiting(tx, (merchant, id), user, now)?;
        match standing(tx, merchant, id)? {
            Standing::Waits | Standing::Begun(None) if found.is_ok() => begin(tx, (merchant, id), (&by, &deed), now)?,
            // Somebody is at it, or was interrupted: whoever goes on with it stands in the log as well.
            Standing::Begun(Some(other)) if found.is_ok() && other != by => audit_log::note(tx, &deed, now)?,
            _ => {}
        }
        Ok(found)
    });
    let approval = begun.await.map_err(|error: Error| Problem::broken(&error))??;
    let booked = app.ledger.submit(submission(merchant, &approval)).await;
    let refused = booked.err();
    let stays = refused.is_some();
    // What broke on the way may be booked: it is gone on with, and never denied.
    let unknown = matches!(refused, Some(Refusal::Broken | Refusal::InProgress));
    let by = who.actor();
    let settled = app.db.write(move |tx| {
        // It is approved by whoever began; everybody else came later.
        let told = |other: &str| {
            if other == by {
                Ok(())
            } else {
                Err(Code::AlreadyDecided.into())
            }
        };
        let was = standing(tx, merchant, id)?;
        match &was {
            Standing::Approved(other) => return Ok(told(other)),
            _ if unknown => return Ok(Ok(())),
            _ if stays => {
                if matches!(was, Standing::Begun(_)) {
                    let row = params![merchant.0, id.0, "waiting", None::<String>, None::<i64>];
                    tx.run(&sql::approvals::DECIDE, &row)?;
                }
                audit_log::note(tx, &not_booked, now)?;
                return Ok(Ok(()));
            }
            Standing::Begun(Some(_)) => {}
            // Somebody whose try was refused at the same time let it wait again; it is booked all the same.
            _ => begin(tx, (merchant, id), (&by, &approved), now)?,
        }
        tx.run(&sql::approvals::BOOKED, &params![merchant.0, id.0])?;
        Ok(match &was {
            Standing::Begun(Some(other)) => told(other),
            _ => Ok(()),
        })
    });
    let settled: Result<(), Problem> = settled.await.map_err(|error: Error| Problem::broken(&error))?;
    match refused {
        None => settled,
        Some(refusal) => {
            let place = Place::new(&catalogue(app, merchant).await?, Some(approval.store), now);
            Err(Problem::of_refusal(&refusal, &place))
        }
    }
}

/// What the log says of somebody who decides.
fn noted(app: &App, who: &Who, (merchant, id): (MerchantId, ApprovalId), action: Action) -> Result<Entry, Problem> {
    let entry = Entry::new(&app.secrets, who.clone(), action).map_err(chance)?;
    Ok(entry.at(merchant).about(id))
}

/// Denies it.
///
/// # Errors
/// `not_found`, `four_eyes`, `already_decided`, `approval_expired`.
pub async fn deny(app: &App, who: Who, by: &Person, id: ApprovalId) -> Result<(), Problem> {
    let (now, merchant, user) = (app.clock.now(), by.merchant(), by.id());
    let entry = noted(app, &who, (merchant, id), Action::ApprovalDenied)?;
    let denied = app.db.write(move |tx| {
        // Somebody approves it this very moment, and it may be booked already.
        if matches!(standing(tx, merchant, id)?, Standing::Begun(_)) {
            return Ok(Err(Code::AlreadyDecided.into()));
        }
        if let Err(problem) = waiting(tx, (merchant, id), user, now)? {
            return Ok(Err(problem));
        }
        let row = params![merchant.0, id.0, "denied", who.actor(), now.0];
        tx.run(&sql::approvals::DECIDE, &row)?;
        audit_log::note(tx, &entry, now)?;
        Ok(Ok(()))
    });
    denied.await.map_err(|error: Error| Problem::broken(&error))?
}

/// Where it stands, and who decided it or is about to: unknown of what was begun before that was written down.
enum Standing {
    Waits,
    Begun(Option<String>),
    Approved(String),
    /// It is denied, or not there.
    Over,
}

/// Reads it, and locks it.
fn standing(tx: &mut Transaction<'_>, merchant: MerchantId, id: ApprovalId) -> Result<Standing, Error> {
    let Some(row) = tx.row(&sql::approvals::LOCK, &params![merchant.0, id.0])? else {
        return Ok(Standing::Over);
    };
    let (status, by): (String, Option<String>) = (row.get(11)?, row.get(12)?);
    Ok(match status.as_str() {
        "waiting" => Standing::Waits,
        "approving" => Standing::Begun(by),
        "approved" => Standing::Approved(by.unwrap_or_default()),
        _ => Standing::Over,
    })
}

/// Somebody approves it, and it is about to be booked.
fn begin(
    tx: &mut Transaction<'_>,
    (merchant, id): (MerchantId, ApprovalId),
    (by, deed): (&str, &Entry),
    now: Instant,
) -> Result<(), Error> {
    let row = params![merchant.0, id.0, "approving", by, now.0];
    tx.run(&sql::approvals::DECIDE, &row)?;
    audit_log::note(tx, deed, now)
}

/// One that this user can still decide: nobody decides what they asked for.
fn waiting(
    tx: &mut Transaction<'_>,
    (merchant, id): (MerchantId, ApprovalId),
    user: UserId,
    now: Instant,
) -> Result<Result<Approval, Problem>, Error> {
    let Some(row) = tx.row(&sql::approvals::LOCK, &params![merchant.0, id.0])? else {
        return Ok(Err(Code::NotFound.into()));
    };
    let approval = read(&row, now)?;
    if approval.asker == Asker::User(user) {
        return Ok(Err(Code::FourEyes.into()));
    }
    Ok(match approval.state {
        State::Waiting => Ok(approval),
        State::Expired => Err(Code::ApprovalExpired.into()),
        State::Approved | State::Denied => Err(Code::AlreadyDecided.into()),
    })
}

/// What is booked: by who asked, where they did, and no longer bound by limits.
fn submission(merchant: MerchantId, approval: &Approval) -> Submission {
    let (actor, staff) = match approval.asker {
        Asker::Till(terminal, staff) => (Actor::Terminal(terminal), staff),
        Asker::User(user) => (Actor::User(user), None),
    };
    let origin = Origin {
        actor,
        store: Some(approval.store),
        staff,
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
