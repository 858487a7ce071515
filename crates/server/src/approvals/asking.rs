//! Asking for an approval: by a till whose call the ledger refused for being over a limit, and by a user of the back office.

use super::{Approval, chance, read};
use crate::app::App;
use crate::audit_log::{self, Action, Change, Entry, Who};
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::ledger::{IdempotencyKey, Refusal, Submission};
use crate::people::Person;
use crate::problem::{Code, Place, Problem};
use crate::sql::{self, lookups};
use db::{Transaction, params};
use domain::Rejection;
use domain::command::Command;
use domain::contact;
use domain::event::{Actor, Origin, Reason};
use domain::facts::Authority;
use domain::ids::{ApprovalId, CardId, MerchantId, StoreId};
use domain::moment::Instant;
use domain::quantity::Unit;
use serde_json::json;
use std::sync::Arc;

/// How long somebody may decide.
const OPEN_MINUTES: i64 = 24 * 60;
/// What a user's key is for.
const ROUTE: &str = "correction";

/// What a user of the back office corrects (`ADJ-1`).
#[derive(Clone, Debug)]
pub struct Correction {
    /// Whose balance.
    pub card: CardId,
    /// In which store.
    pub store: StoreId,
    /// Of what.
    pub unit: Unit,
    /// By how much; negative takes away.
    pub amount: i64,
    /// Why.
    pub reason: Reason,
    /// More about it.
    pub note: Option<String>,
    /// Under which the same form may be sent again: 1 to 128 visible ASCII characters.
    pub key: String,
}

/// What became of it.
#[derive(Clone, Debug)]
pub enum Corrected {
    /// It is booked.
    Booked,
    /// Somebody else must approve it, or has, or has not.
    Asked(Box<Approval>),
}

/// Corrects a balance in the name of a user. Above the size for which two people must agree, and on a card of their own, it
/// waits for somebody else (`APR-1`, `STF-1`). The same form sent again does it once.
///
/// # Errors
/// `idempotency_key_reused`, `not_found`, what the ledger refuses, `internal`.
pub async fn correct(app: &App, who: Who, by: &Person, wanted: Correction) -> Result<Corrected, Problem> {
    let merchant = by.merchant();
    let submission = submission(app, by, &wanted);
    if let Some(key) = &submission.key
        && let Some(approval) = asked(app, merchant, key).await?
    {
        return Ok(Corrected::Asked(Box::new(approval)));
    }
    let refused = if is_own(app, by, wanted.card).await? {
        // What could never be booked is not asked for.
        let looked = app.ledger.preview(submission.clone()).await;
        looked.map_or_else(Some, |_| Some(Rejection::ApprovalRequired { limit: 0 }.into()))
    } else {
        app.ledger.submit(submission.clone()).await.err()
    };
    let Some(refusal) = refused else {
        return Ok(Corrected::Booked);
    };
    match add(app, who, &submission, &refusal).await? {
        Some(approval) => Ok(Corrected::Asked(Box::new(approval))),
        None => {
            let place = Place::new(&catalogue(app, merchant).await?, Some(wanted.store), app.clock.now());
            Err(Problem::of_refusal(&refusal, &place))
        }
    }
}

/// What the merchant offers.
pub(super) async fn catalogue(app: &App, merchant: MerchantId) -> Result<Arc<Catalogue>, Problem> {
    let catalogue = app.catalogue(merchant).await;
    let catalogue = catalogue.map_err(|error| Problem::broken(&error))?;
    Ok(catalogue.ok_or(Code::NotFound)?)
}

fn submission(app: &App, by: &Person, wanted: &Correction) -> Submission {
    let origin = Origin {
        actor: Actor::User(by.id()),
        store: Some(wanted.store),
        staff: None,
    };
    let Correction {
        unit, amount, reason, ..
    } = *wanted;
    let input = json!([
        wanted.store.to_string(),
        unit.code(),
        amount,
        reason.code(),
        wanted.note
    ]);
    let path = wanted.card.to_string();
    let input_hash = app.secrets.input_hash(ROUTE, &path, &input.to_string());
    let command = Command::Adjust { unit, amount, reason };
    Submission {
        key: Some(IdempotencyKey::new(
            &by.id().to_string(),
            ROUTE,
            &wanted.key,
            input_hash,
        )),
        note: wanted.note.clone(),
        ..Submission::new(by.merchant(), wanted.card, command, (origin, Authority::Manager))
    }
}

/// Whether a card is a user's own: its owner has the address that the user signs in with.
pub(super) async fn is_own(app: &App, by: &Person, card: CardId) -> Result<bool, Problem> {
    let merchant = by.merchant();
    let country = &catalogue(app, merchant).await?.merchant.country;
    let Ok(contact) = contact::parse(by.address(), country) else {
        return Ok(false);
    };
    let lookup = app.secrets.lookup(merchant, contact.kind, &contact.text);
    let read = app.db.read(move |tx| {
        let owner = lookups::card(tx, merchant.0, card.0)?.and_then(|row| row.customer);
        let known = lookups::customer_by_contact(tx, merchant.0, contact.kind.code(), &lookup)?;
        Ok(owner.is_some() && owner == known)
    });
    read.await.map_err(|error: Error| Problem::broken(&error))
}

/// Asks for approval of what the ledger refused to a till for being over a limit; nothing for anything else. The same call
/// asks once.
///
/// # Errors
/// `idempotency_key_reused`, `internal`.
pub async fn ask(
    app: &App,
    catalogue: &Catalogue,
    submission: &Submission,
    refusal: &Refusal,
) -> Result<Option<Approval>, Problem> {
    let Actor::Terminal(terminal) = submission.origin.actor else {
        return Ok(None);
    };
    let staff = submission.origin.staff.and_then(|staff| catalogue.staff_member(staff));
    let who = staff.map_or_else(
        || Who::is(terminal, "terminal"),
        |member| Who::is(member.id, format!("staff:{}", member.role)),
    );
    add(app, who, submission, refusal).await
}

async fn add(app: &App, who: Who, submission: &Submission, refusal: &Refusal) -> Result<Option<Approval>, Problem> {
    let Refusal::Rejected(Rejection::ApprovalRequired { .. }) = refusal else {
        return Ok(None);
    };
    let Command::Adjust { unit, amount, reason } = &submission.command else {
        return Ok(None);
    };
    let (Some(key), Some(store)) = (&submission.key, submission.origin.store) else {
        return Ok(None);
    };
    let (terminal, staff, user) = match submission.origin.actor {
        Actor::Terminal(terminal) => (Some(terminal.0), submission.origin.staff, None),
        Actor::User(user) => (None, None, Some(user.0)),
        _ => return Ok(None),
    };
    let now = app.clock.now();
    let id = ApprovalId(app.secrets.new_id(now).map_err(chance)?);
    let (merchant, key) = (submission.merchant, key.clone());
    let row = params![
        merchant.0,
        id.0,
        submission.card.0,
        store.0,
        terminal,
        staff.map(|staff| staff.0),
        user,
        key.name.0,
        key.input_hash.clone(),
        unit.code(),
        *amount,
        reason.code(),
        submission.note.clone(),
        now.0,
        now.plus_minutes(OPEN_MINUTES).0
    ];
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
    let input: Vec<u8> = row.get(15)?;
    if input != key.input_hash {
        return Ok(Some(Err(Code::IdempotencyKeyReused.into())));
    }
    read(&row, now).map(|approval| Some(Ok(approval)))
}
