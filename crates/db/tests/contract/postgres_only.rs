//! What only a server can do: go away, and disagree about an order.

use crate::support::{Outcome, Place};
use db::temporary::Cluster;
use db::{Db, Error, Options, Statement, params};
use std::time::{Duration, Instant};

const KILL: Statement = Statement::new(
    "kill",
    "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
);
const ADD: Statement = Statement::new("add", "insert into notes (id) values ($1)");
const COUNT: Statement = Statement::new("count", "select count(*) from notes");

async fn notes(place: &Place) -> Db {
    let db = place.open().await;
    db.execute_script("create table notes (id bigint primary key)")
        .await
        .unwrap();
    db
}

#[tokio::test]
async fn killed_connections_come_back() {
    let place = Place::postgres();
    let (db, killer) = (notes(&place).await, place.open().await);
    let mut changes = db.changes();
    db.write_on(0, |tx| tx.run(&ADD, &params![1i64])).await.unwrap();
    // In the middle of a transaction: the caller hears that nothing was kept.
    let (middle, killer_task) = (std::sync::mpsc::channel::<()>(), std::sync::mpsc::channel::<()>());
    let victim = tokio::spawn({
        let db = db.clone();
        async move {
            db.write_on(0, move |tx| -> Outcome {
                tx.run(&ADD, &params![2i64])?;
                middle.0.send(()).unwrap();
                killer_task.1.recv().unwrap();
                tx.run(&ADD, &params![3i64])?;
                Ok(())
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || middle.1.recv().unwrap())
        .await
        .unwrap();
    killer.read(|tx| tx.rows(&KILL, &[])).await.unwrap();
    killer_task.0.send(()).unwrap();
    let lost = victim.await.unwrap();
    assert!(matches!(lost, Err(Error::ConnectionLost { .. })), "{lost:?}");
    // The next ones work, on each thread, with at most the one that meets the closed connection lost.
    let deadline = Instant::now() + Duration::from_secs(10);
    for lane in 0..db.lanes() {
        while let Err(error) = db
            .write_on(lane, move |tx| tx.run(&ADD, &params![10 + lane as i64]))
            .await
        {
            assert!(error.is_retryable() && Instant::now() < deadline, "{error:?}");
        }
    }
    let count = db
        .read(|tx| -> Outcome<i64> { tx.row(&COUNT, &[])?.unwrap().get(0) })
        .await;
    assert_eq!(count.unwrap(), 1 + db.lanes() as i64);
    // The listener is back too, and says that something may have been missed.
    let payload = tokio::time::timeout(Duration::from_secs(10), changes.recv()).await;
    assert_eq!(payload.unwrap().unwrap(), "");
}

#[tokio::test]
async fn a_connection_killed_before_its_commit_leaves_the_outcome_open() {
    let place = Place::postgres();
    let (db, killer) = (notes(&place).await, place.open().await);
    let ((ready, is_ready), (killed, was_killed)) = (std::sync::mpsc::channel(), std::sync::mpsc::channel::<()>());
    let victim = tokio::spawn({
        let db = db.clone();
        async move {
            db.write_on(0, move |tx| -> Outcome {
                tx.run(&ADD, &params![1i64])?;
                ready.send(()).unwrap();
                was_killed.recv().unwrap();
                Ok(())
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || is_ready.recv().unwrap())
        .await
        .unwrap();
    killer.read(|tx| tx.rows(&KILL, &[])).await.unwrap();
    killed.send(()).unwrap();
    let unknown = victim.await.unwrap().unwrap_err();
    assert!(matches!(unknown, Error::OutcomeUnknown { .. }), "{unknown:?}");
    assert!(!unknown.is_retryable());
    db.write_on(0, |tx| tx.run(&ADD, &params![1i64])).await.unwrap();
}

#[tokio::test]
async fn plans_are_made_anew_and_statements_survive_it() {
    let place = Place::postgres();
    let db = notes(&place).await;
    let deadline = Instant::now() + Duration::from_millis(1_500);
    let mut id = 0i64;
    while Instant::now() < deadline {
        id += 1;
        db.write_on(0, move |tx| tx.run(&ADD, &params![id])).await.unwrap();
    }
    let count = db
        .read(|tx| -> Outcome<i64> { tx.row(&COUNT, &[])?.unwrap().get(0) })
        .await;
    assert_eq!(count.unwrap(), id);
}

#[tokio::test]
async fn a_deadlock_is_told_to_one_of_two() {
    let place = Place::postgres();
    let db = notes(&place).await;
    db.write(|tx| tx.run_many(&ADD, &[], &[params![1i64].to_vec(), params![2i64].to_vec()]))
        .await
        .unwrap();
    let barrier = std::sync::Arc::new(std::sync::Barrier::new(2));
    let tasks = [(0, 1i64, 2i64), (1, 2, 1)].map(|(lane, first, second)| {
        let (db, barrier) = (db.clone(), barrier.clone());
        tokio::spawn(async move {
            db.write_on(lane, move |tx| -> Outcome {
                let touch = Statement::new("touch", "update notes set id = id where id = $1");
                tx.run(&touch, &params![first])?;
                barrier.wait();
                tx.run(&touch, &params![second])?;
                Ok(())
            })
            .await
        })
    });
    let mut failures = Vec::new();
    for task in tasks {
        failures.extend(task.await.unwrap().err());
    }
    assert!(matches!(failures.as_slice(), [Error::Deadlock]), "{failures:?}");
    assert!(failures[0].is_retryable());
}

#[tokio::test]
async fn a_long_statement_is_stopped() {
    let mut place = Place::postgres();
    place.options.statement_timeout = Duration::from_millis(200);
    let db = notes(&place).await;
    let sleep = Statement::new("sleep", "select pg_sleep(30)");
    let stopped = db.read(move |tx| tx.rows(&sleep, &[])).await;
    assert!(matches!(stopped, Err(Error::Timeout)), "{stopped:?}");
    db.read(|tx| tx.rows(&COUNT, &[])).await.unwrap();
}

#[tokio::test]
async fn a_schema_changed_under_a_prepared_statement_asks_for_a_retry() {
    let place = Place::postgres();
    let (db, other) = (notes(&place).await, place.open().await);
    let all = Statement::new("all", "select * from notes");
    db.write_on(0, move |tx| tx.rows(&all, &[])).await.unwrap();
    other
        .execute_script("alter table notes add column more bigint")
        .await
        .unwrap();
    let stale = db.write_on(0, move |tx| tx.rows(&all, &[])).await;
    assert!(matches!(stale, Err(Error::Serialization)), "{stale:?}");
    db.write_on(0, move |tx| tx.rows(&all, &[])).await.unwrap();
}

#[tokio::test]
async fn text_columns_of_migrations_compare_bytes() {
    let place = Place::postgres();
    let db = place.with_tables().await;
    db.execute_script("create table plain (body text)").await.unwrap();
    let collations = Statement::new(
        "collations",
        "select c.table_name || '.' || c.column_name || ' ' || coalesce(c.collation_name, 'default')
         from information_schema.columns c where c.table_schema = 'public' and c.data_type = 'text' order by 1",
    );
    let found = db
        .read(move |tx| -> Outcome<Vec<String>> { tx.rows(&collations, &[])?.iter().map(|row| row.get(0)).collect() });
    let expected = [
        "counters.label C",
        "plain.body default",
        "schema_migrations.name default",
        "shops.name C",
    ];
    assert_eq!(found.await.unwrap(), expected);
}

#[tokio::test]
async fn no_server_is_an_error_not_a_wait() {
    let options = Options::parse("postgres://postgres@127.0.0.1:1/nothing").unwrap();
    let refused = Db::open(&options).await.err().unwrap();
    assert!(matches!(refused, Error::ConnectionLost { .. }), "{refused:?}");
}

#[test]
fn a_cluster_leaves_nothing_behind() {
    let cluster = Cluster::start(true).unwrap();
    let folder = cluster.url().split(['@', ':']).nth(2).unwrap().replace("%2F", "/");
    assert!(std::fs::exists(&folder).unwrap());
    drop(cluster);
    assert!(!std::fs::exists(&folder).unwrap());
}
