//! A till asks the owner of an open card whether a reward is to be handed out (`CRD-3`): asked, seen, answered. What a yes is
//! worth, and that it pays once, the rules say; it must not know pages.

use crate::app::App;
use crate::error::Error;
use crate::problem::{Code, Problem};
use crate::sql;
use db::{Row, Transaction, params};
use domain::ids::{CardId, ClaimId, ConfirmationId, MerchantId, RewardId, TerminalId};
use domain::moment::Instant;
use domain::proof::{Live, step_of};

/// How long somebody may answer.
const OPEN_MINUTES: i64 = 2;
/// For how long a question is kept that is over.
const KEPT_MINUTES: i64 = 24 * 60;

/// What is to be handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The reward.
    pub reward: RewardId,
    /// The claim, where it was paid for before.
    pub claim: Option<ClaimId>,
    /// How many points pay, where the customer chooses.
    pub points: Option<i64>,
    /// What is to be paid, in minor units, where points take something off.
    pub payable_minor: Option<i64>,
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody answered yet.
    Waiting,
    /// Yes, at that instant.
    Yes(Instant),
    /// No.
    No,
    /// Nobody answered in time, or something else was asked.
    Over,
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct Confirmation {
    /// Its id.
    pub id: ConfirmationId,
    /// On which card.
    pub card: CardId,
    /// Of which generation of the card.
    pub generation: i64,
    /// By which till.
    pub terminal: TerminalId,
    /// For what.
    pub wanted: Wanted,
    /// When.
    pub asked_at: Instant,
    /// Where it stands.
    pub state: State,
}

impl Confirmation {
    /// What a yes shows the ledger: that its owner had the card open at that instant.
    pub fn proof(&self) -> Option<Live> {
        let State::Yes(at) = self.state else { return None };
        Some(Live {
            generation: self.generation,
            step: step_of(at),
            seen_at: at,
        })
    }
}

/// Asks on the open page of a card. What was asked there before waits no more.
///
/// # Errors
/// `internal`.
pub async fn ask(
    app: &App,
    (merchant, terminal): (MerchantId, TerminalId),
    (card, generation): (CardId, i64),
    wanted: Wanted,
) -> Result<ConfirmationId, Error> {
    let now = app.clock.now();
    let id = ConfirmationId(
        app.secrets
            .new_id(now)
            .map_err(|error| Error::malformed("an id", error))?,
    );
    let row = params![
        merchant.0,
        id.0,
        card.0,
        generation,
        terminal.0,
        wanted.reward.0,
        wanted.claim.map(|claim| claim.0),
        wanted.points,
        wanted.payable_minor,
        now.0,
        now.plus_minutes(OPEN_MINUTES).0
    ];
    app.db
        .write(move |tx| -> Result<(), Error> {
            tx.run(&sql::confirmations::GIVE_UP, &params![merchant.0, card.0, now.0])?;
            tx.run(&sql::confirmations::ADD, &row)?;
            Ok(())
        })
        .await?;
    app.ledger.tell(merchant, card).await?;
    Ok(id)
}

/// One of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(app: &App, merchant: MerchantId, id: ConfirmationId) -> Result<Option<Confirmation>, Error> {
    let now = app.clock.now();
    let values = params![merchant.0, id.0];
    app.db
        .read(move |tx| {
            let row = tx.row(&sql::confirmations::FIND, &values)?;
            row.as_ref().map(|row| read(row, now)).transpose()
        })
        .await
}

/// What waits on a card.
///
/// # Errors
/// When the database cannot be read.
pub fn waiting(
    tx: &mut Transaction<'_>,
    merchant: MerchantId,
    card: CardId,
    now: Instant,
) -> Result<Option<Confirmation>, Error> {
    let row = tx.row(&sql::confirmations::WAITING, &params![merchant.0, card.0, now.0])?;
    row.as_ref().map(|row| read(row, now)).transpose()
}

/// The answer of the card's owner: the first counts.
///
/// # Errors
/// `not_found`, `already_decided`, `approval_expired`.
pub async fn answer(
    app: &App,
    (merchant, card): (MerchantId, CardId),
    id: ConfirmationId,
    is_yes: bool,
) -> Result<(), Problem> {
    let now = app.clock.now();
    let answer = if is_yes { "yes" } else { "no" };
    let answered = app.db.write(move |tx| {
        let values = params![merchant.0, id.0, card.0, answer, now.0];
        if tx.run(&sql::confirmations::ANSWER, &values)? > 0 {
            return Ok(Ok(()));
        }
        let row = tx.row(&sql::confirmations::FIND, &params![merchant.0, id.0])?;
        let found = row.as_ref().map(|row| read(row, now)).transpose()?;
        Ok(Err(
            match found.filter(|found| found.card == card).map(|found| found.state) {
                None => Code::NotFound,
                Some(State::Over | State::Waiting) => Code::ApprovalExpired,
                Some(State::Yes(_) | State::No) => Code::AlreadyDecided,
            },
        ))
    });
    answered.await.map_err(|error: Error| Problem::broken(&error))??;
    app.ledger
        .tell(merchant, card)
        .await
        .map_err(|error| Problem::broken(&error))
}

/// Before when a question is over for so long that it is forgotten.
pub fn forgotten_at(now: Instant) -> i64 {
    now.plus_minutes(-KEPT_MINUTES).0
}

fn read(row: &Row, now: Instant) -> Result<Confirmation, Error> {
    let answer: Option<String> = row.get(10)?;
    let (expires_at, answered_at) = (Instant(row.get(9)?), row.get::<Option<i64>>(11)?.map(Instant));
    Ok(Confirmation {
        id: ConfirmationId(row.get(0)?),
        card: CardId(row.get(1)?),
        generation: row.get(2)?,
        terminal: TerminalId(row.get(3)?),
        wanted: Wanted {
            reward: RewardId(row.get(4)?),
            claim: row.get::<Option<uuid::Uuid>>(5)?.map(ClaimId),
            points: row.get(6)?,
            payable_minor: row.get(7)?,
        },
        asked_at: Instant(row.get(8)?),
        state: match (answer.as_deref(), answered_at) {
            (Some("yes"), Some(at)) => State::Yes(at),
            (Some("no"), _) => State::No,
            (Some(other), _) => return Err(Error::malformed("a confirmation", other)),
            (None, _) if now >= expires_at => State::Over,
            (None, _) => State::Waiting,
        },
    })
}
