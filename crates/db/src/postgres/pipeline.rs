//! Sends statements without waiting between them, and sorts the answers out.
//! It must not know where a transaction begins or ends.

use super::values::Column;
use crate::row::Row;
use crate::statement::{Call, Reply};
use crate::value::Value;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;
use tokio_postgres::Client;
use tokio_postgres::types::ToSql;

use super::prepared::Prepared;
use super::session::Kind;

pub(super) type Answer = Result<Reply, tokio_postgres::Error>;
pub(super) type Pending<'a> = Pin<Box<dyn Future<Output = Answer> + 'a>>;

pub(super) async fn begin(client: &Client, kind: Kind, lock_wait: Option<Duration>) -> Answer {
    let text = match kind {
        // A closure that reads sees one state of the data, as it does on SQLite.
        Kind::Read => "begin isolation level repeatable read read only",
        Kind::Write => "begin isolation level read committed",
    };
    match lock_wait {
        None => client.batch_execute(text).await?,
        Some(limit) => {
            let text = format!("{text}; set local lock_timeout = {}", limit.as_millis());
            client.batch_execute(&text).await?;
        }
    }
    Ok(Reply::Affected(0))
}

/// What ends a transaction that is to be kept.
pub(super) const COMMIT: &str = "commit";

pub(super) async fn commit(client: &Client) -> Answer {
    client.batch_execute(COMMIT).await?;
    Ok(Reply::Affected(0))
}

/// Adds what one call needs to the pipeline: one statement, or one a row where there is no bulk form.
pub(super) fn enqueue<'a>(pending: &mut Vec<Pending<'a>>, client: &'a Client, prepared: &'a Prepared, call: &Call<'a>) {
    match call.each {
        Some(each) if prepared.single => {
            for values in each {
                let arguments = call.shared.iter().chain(values).map(as_argument);
                pending.push(Box::pin(send(client, prepared, arguments.collect(), call.rows)));
            }
        }
        Some([]) => {}
        Some(each) => pending.push(Box::pin(send_columns(client, prepared, call.shared, each, call.rows))),
        None => {
            let arguments = call.shared.iter().map(as_argument).collect();
            pending.push(Box::pin(send(client, prepared, arguments, call.rows)));
        }
    }
}

fn as_argument<T: ToSql + Sync>(value: &T) -> &(dyn ToSql + Sync) {
    value
}

async fn send_columns(
    client: &Client,
    prepared: &Prepared,
    shared: &[Value],
    each: &[Vec<Value>],
    rows: bool,
) -> Answer {
    let width = each.first().map_or(0, Vec::len);
    let columns: Vec<Column<'_>> = (0..width).map(|index| Column { each, index }).collect();
    let arguments = shared.iter().map(as_argument);
    let arguments = arguments.chain(columns.iter().map(as_argument)).collect();
    send(client, prepared, arguments, rows).await
}

async fn send(client: &Client, prepared: &Prepared, arguments: Vec<&(dyn ToSql + Sync)>, rows: bool) -> Answer {
    if !rows {
        let affected = client.execute(&prepared.statement, &arguments).await?;
        return Ok(Reply::Affected(affected));
    }
    let mut found = client.query(&prepared.statement, &arguments).await?;
    if prepared.numbered {
        let last = prepared.statement.columns().len().saturating_sub(1);
        found.sort_by_key(|row| row.try_get::<usize, i64>(last).unwrap_or(i64::MAX));
    }
    Ok(Reply::Rows(found.into_iter().map(Row::of_postgres).collect()))
}

/// Sends everything before waiting for anything: the first poll of each future puts its request on the wire.
/// Answers come in the same order, so afterwards each is awaited in turn. What the driver refuses to send ends the
/// pipeline: nothing that follows is sent, a commit least of all.
pub(super) async fn in_order(pending: Vec<Pending<'_>>) -> Vec<Answer> {
    let mut waiting = Vec::with_capacity(pending.len());
    for mut future in pending {
        let first = poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await;
        let refused = matches!(first, Poll::Ready(Err(_)));
        waiting.push((future, first));
        if refused {
            break;
        }
    }
    let mut answers = Vec::with_capacity(waiting.len());
    for (future, first) in waiting {
        answers.push(match first {
            Poll::Ready(answer) => answer,
            Poll::Pending => future.await,
        });
    }
    answers
}

/// One reply for each call, out of as many answers as each call needed.
pub(super) fn gather(calls: &[Call<'_>], shares: &[usize], answers: Vec<Reply>) -> Vec<Reply> {
    let mut answers = answers.into_iter();
    let one = |(call, share): (&Call<'_>, &usize)| {
        let mut own = answers.by_ref().take(*share);
        if call.rows {
            Reply::Rows(own.flat_map(Reply::into_rows).collect())
        } else {
            Reply::Affected(own.by_ref().map(|reply| reply.affected()).sum())
        }
    };
    calls.iter().zip(shares).map(one).collect()
}
