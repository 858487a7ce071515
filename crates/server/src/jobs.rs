//! Work that follows commits, and housekeeping, merchant by merchant. What a follow-up does and that it is done are one
//! short transaction, so that it is safe to be killed and to run in several processes: who comes second finds nothing.

use crate::app::App;
use crate::catalogue::Catalogue;
use crate::error::{Causes, Error};
use crate::people::{OPERATORS, sign_in};
use crate::sql::lookups::{self, EventRow};
use crate::{confirmations, contacts, mail, sql};
use db::{Call, Reply, Row, Statement, Transaction, Value, params};
use domain::decide::{LOOK_BACK, looked};
use domain::event::Event;
use domain::ids::MerchantId;
use domain::moment::Instant;
use std::time::Duration;
use uuid::Uuid;

/// How often the jobs look for work.
const PAUSE: Duration = Duration::from_millis(500);
/// How many rounds lie between two rounds of housekeeping: about ten minutes.
const HOUSEKEEPING_EVERY: u32 = 1_200;
/// How long a code that paired a device is known after its end, so that a second use is told from a slip.
const PAIRING_KEPT_MINUTES: i64 = 24 * 60;

/// Runs the jobs until the installation stops. Letters go their own way: a mail server may take its time.
pub async fn run(app: App) {
    tokio::join!(send_letters(app.clone()), follow(app));
}

/// Sends letters, where there is a server for it.
async fn send_letters(app: App) {
    let Some(postman) = mail::postman(&app) else { return };
    loop {
        let sent = match merchants(&app).await {
            Ok(mut merchants) => {
                // Operators are invited by letters, too.
                merchants.push(OPERATORS);
                mail::deliver_all(&app, &postman, &merchants).await
            }
            Err(error) => Err(error),
        };
        if let Err(error) = sent {
            tracing::error!(error = %Causes(&error), "letters stopped for a while");
            tokio::time::sleep(PAUSE * 20).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn follow(app: App) {
    let mut round = 0u32;
    loop {
        match follow_up(&app).await {
            Ok(0) => tokio::time::sleep(PAUSE).await,
            Ok(_) => {}
            Err(error) => {
                tracing::error!(
                    error = %Causes(&error),
                    "follow-ups stopped for a while"
                );
                tokio::time::sleep(PAUSE * 20).await;
            }
        }
        if round.is_multiple_of(HOUSEKEEPING_EVERY)
            && let Err(error) = forget(&app).await
        {
            tracing::error!(
                error = %Causes(&error),
                "what is over could not be forgotten"
            );
        }
        round = round.wrapping_add(1);
    }
}

/// A follow-up that is due: its key is its cause.
#[derive(Clone)]
struct Due {
    merchant: Uuid,
    card: Uuid,
    sequence: i64,
    number: i64,
    payload: String,
}

impl Due {
    fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            merchant: row.get(0)?,
            card: row.get(1)?,
            sequence: row.get(2)?,
            number: row.get(3)?,
            payload: row.get(4)?,
        })
    }
}

/// Does some of the follow-ups that are due, and says how many. Each is done exactly once: its effect and its end are in one
/// transaction, under the key of its cause.
///
/// # Errors
/// When the database fails; what was not done stays due.
pub async fn follow_up(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    let merchants = merchants(app).await?;
    let due: Vec<Due> = app
        .db
        .read(move |tx| {
            let values: Vec<_> = merchants.iter().map(|merchant| params![merchant.0, now.0]).collect();
            let calls: Vec<_> = values
                .iter()
                .map(|values| Call::rows(&sql::jobs::DUE, values))
                .collect();
            let rows = tx.pipeline(&calls)?.into_iter().flat_map(Reply::into_rows);
            rows.map(|row| Due::read(&row)).collect::<Result<_, Error>>()
        })
        .await?;
    let count = due.len();
    // Those of a merchant in one commit: they come in that order.
    for ours in due.chunk_by(|one, other| one.merchant == other.merchant) {
        let (ours, first) = (ours.to_vec(), ours.first().map(|one| MerchantId(one.merchant)));
        let catalogue = match first {
            Some(merchant) => app.catalogue(merchant).await?,
            None => None,
        };
        let settled = app.db.write(move |tx| {
            let mut each = ours.iter();
            each.try_for_each(|one| settle(tx, one, catalogue.as_deref(), now))
        });
        settled.await?;
    }
    Ok(count)
}

async fn merchants(app: &App) -> Result<Vec<MerchantId>, Error> {
    app.db
        .read(|tx| {
            let rows = tx.rows(&sql::catalogue::MERCHANTS, &[])?;
            rows.iter().map(|row| Ok::<_, Error>(MerchantId(row.get(0)?))).collect()
        })
        .await
}

fn settle(tx: &mut Transaction<'_>, due: &Due, catalogue: Option<&Catalogue>, now: Instant) -> Result<(), Error> {
    let raised = match (due.payload.split_once(':'), &*due.payload) {
        (Some(("signal", kind)), _) => Some(vec![kind.to_owned()]),
        (None, "look") => Some(look(tx, due, catalogue)?),
        _ => None,
    };
    let Some(kinds) = raised else {
        // Written by a newer program: left for it, an hour later.
        let later = now.plus_minutes(60);
        let values = params![
            due.merchant,
            due.card,
            due.sequence,
            due.number,
            later.0,
            "not understood here"
        ];
        tx.run(&sql::jobs::FAILED, &values)?;
        return Ok(());
    };
    let key = params![due.merchant, due.card, due.sequence, due.number];
    if tx.run(&sql::jobs::DONE, &key)? > 0 {
        for kind in kinds {
            let signal = params![due.merchant, due.card, due.sequence, kind, now.0];
            tx.run(&sql::jobs::RAISE_SIGNAL, &signal)?;
        }
    }
    Ok(())
}

/// Looks at the visits of a card up to the one that asked (`FRD-5`, `FRD-6`).
fn look(tx: &mut Transaction<'_>, due: &Due, catalogue: Option<&Catalogue>) -> Result<Vec<String>, Error> {
    let rows = lookups::events(tx, due.merchant, due.card, due.sequence + 1, LOOK_BACK)?;
    let read = |row: &EventRow| serde_json::from_str(&row.body).map_err(|error| Error::malformed("event", error));
    let events: Vec<Event> = rows.iter().map(read).collect::<Result<_, _>>()?;
    let place = events.first().and_then(|event| event.origin.store);
    let several = catalogue.is_some_and(|catalogue| catalogue.several_serve(place));
    Ok(looked(&events, several)
        .into_iter()
        .map(|signal| signal.code().to_owned())
        .collect())
}

/// Forgets what is over, in small steps, so that no till waits: receipts after their days (`IDM-1`), sessions of tills
/// and people and codes after their end, and tries that count no more.
///
/// # Errors
/// When the database fails.
pub async fn forget(app: &App) -> Result<u64, Error> {
    let now = app.clock.now();
    let at = jiff::Timestamp::from_microsecond(now.0).unwrap_or_default();
    let today = at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let mut forgotten = 0;
    for merchant in merchants(app).await? {
        let receipts = params![merchant.0, &*today];
        forgotten += in_steps(app, &sql::receipts::PRUNE, receipts.to_vec()).await?;
        let sessions = params![merchant.0, now.0];
        forgotten += in_steps(app, &sql::till::PRUNE_SESSIONS, sessions.to_vec()).await?;
        forgotten += in_steps(app, &sql::sessions::PRUNE, sessions.to_vec()).await?;
        forgotten += in_steps(app, &sql::contacts::PRUNE_SESSIONS, sessions.to_vec()).await?;
        let links = params![merchant.0, contacts::forgotten_at(now)];
        forgotten += in_steps(app, &sql::contacts::PRUNE_LINKS, links.to_vec()).await?;
        let confirmations = params![merchant.0, confirmations::forgotten_at(now)];
        forgotten += in_steps(app, &sql::confirmations::PRUNE, confirmations.to_vec()).await?;
        let letters = params![merchant.0, mail::old_at(now)];
        forgotten += in_steps(app, &sql::letters::PRUNE, letters.to_vec()).await?;
    }
    let letters = params![OPERATORS.0, mail::old_at(now)];
    forgotten += in_steps(app, &sql::letters::PRUNE, letters.to_vec()).await?;
    let operators = params![OPERATORS.0, now.0];
    forgotten += in_steps(app, &sql::sessions::PRUNE, operators.to_vec()).await?;
    let tries = params![sign_in::tries_since(now).0];
    forgotten += in_steps(app, &sql::people::PRUNE_TRIES, tries.to_vec()).await?;
    forgotten += in_steps(app, &sql::passkeys::PRUNE, params![now.0].to_vec()).await?;
    let windows = params![Uuid::nil(), now.0];
    forgotten += in_steps(app, &sql::limits::PRUNE, windows.to_vec()).await?;
    let codes = params![now.plus_minutes(-PAIRING_KEPT_MINUTES).0];
    forgotten += in_steps(app, &sql::pairing::PRUNE, codes.to_vec()).await?;
    Ok(forgotten)
}

/// Runs a statement until it finds nothing more.
async fn in_steps(app: &App, statement: &'static Statement, values: Vec<Value>) -> Result<u64, Error> {
    let mut all = 0;
    loop {
        let values = values.clone();
        let step = move |tx: &mut Transaction<'_>| Ok::<_, Error>(tx.run(statement, &values)?);
        match app.db.write(step).await? {
            0 => return Ok(all),
            some => all += some,
        }
    }
}
