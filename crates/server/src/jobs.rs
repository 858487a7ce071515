//! Work that follows commits, and housekeeping. Each job takes a lease, never a transaction held while it runs, so that
//! it is safe to be killed and to run in several processes.

use crate::app::App;
use crate::error::{Causes, Error};
use crate::sql;
use db::{Row, params};
use domain::ids::MerchantId;
use domain::moment::Instant;
use std::time::Duration;
use uuid::Uuid;

/// How long a job may take before another process may try.
const LEASE_MINUTES: i64 = 2;
/// How often the jobs look for work.
const PAUSE: Duration = Duration::from_millis(500);
/// How many rounds lie between two rounds of housekeeping: about ten minutes.
const HOUSEKEEPING_EVERY: u32 = 1_200;

/// Runs the jobs until the installation stops.
pub async fn run(app: App) {
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
            && let Err(error) = forget_receipts(&app).await
        {
            tracing::error!(
                error = %Causes(&error),
                "old receipts could not be forgotten"
            );
        }
        round = round.wrapping_add(1);
    }
}

/// A follow-up that is due: its key is its cause.
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

/// Does the follow-ups that are due, and says how many there were. Each is done exactly once: its effect and its end
/// are one transaction, under the key of its cause.
///
/// # Errors
/// When the database fails; what was not done stays due.
pub async fn follow_up(app: &App) -> Result<usize, Error> {
    let now = app.clock.now();
    let due: Vec<Due> = app
        .db
        .read(move |tx| {
            tx.rows(&sql::jobs::DUE, &params![now.0])?
                .iter()
                .map(Due::read)
                .collect()
        })
        .await?;
    let count = due.len();
    for one in due {
        app.db.write(move |tx| settle(tx, &one, now)).await?;
    }
    Ok(count)
}

fn settle(tx: &mut db::Transaction<'_>, due: &Due, now: Instant) -> Result<(), Error> {
    let until = now.plus_minutes(LEASE_MINUTES);
    let leased = params![due.merchant, due.card, due.sequence, due.number, now.0, until.0];
    if tx.run(&sql::jobs::LEASE, &leased)? == 0 {
        return Ok(());
    }
    let key = params![due.merchant, due.card, due.sequence, due.number];
    match due.payload.strip_prefix("signal:") {
        Some(kind) => {
            tx.run(
                &sql::jobs::RAISE_SIGNAL,
                &params![due.merchant, due.card, due.sequence, kind, now.0],
            )?;
            tx.run(&sql::jobs::DONE, &key)?;
        }
        None => {
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
        }
    }
    Ok(())
}

/// Forgets receipts whose time is over, in small steps, so that no till waits (`IDM-1`).
///
/// # Errors
/// When the database fails.
pub async fn forget_receipts(app: &App) -> Result<u64, Error> {
    let at = jiff::Timestamp::from_microsecond(app.clock.now().0).unwrap_or_default();
    let today = at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let merchants: Vec<MerchantId> = app
        .db
        .read(|tx| {
            let rows = tx.rows(&sql::catalogue::MERCHANTS, &[])?;
            rows.iter().map(|row| Ok::<_, Error>(MerchantId(row.get(0)?))).collect()
        })
        .await?;
    let mut forgotten = 0;
    for merchant in merchants {
        loop {
            let today = today.clone();
            let step = app
                .db
                .write(move |tx| Ok::<_, Error>(tx.run(&sql::receipts::PRUNE, &params![merchant.0, today])?))
                .await?;
            forgotten += step;
            if step == 0 {
                break;
            }
        }
    }
    Ok(forgotten)
}
