//! What only a file can do: fill its disk, keep a log.

use crate::support::{Outcome, Place};
use db::{Db, Error, Statement, params};

const ADD: Statement = Statement::new("add", "insert into blobs (id, content) values ($1, $2)");
const CLEAR: Statement = Statement::new("clear", "delete from blobs");
const COUNT: Statement = Statement::new("count", "select count(*) from blobs");

async fn count(db: &Db) -> i64 {
    let count = db.read(|tx| -> Outcome<i64> { tx.row(&COUNT, &[])?.unwrap().get(0) });
    count.await.unwrap()
}

#[tokio::test]
async fn a_full_disk_is_said_and_survived() {
    let mut place = Place::sqlite();
    place.options.pages_max = Some(64);
    let db = place.open().await;
    db.execute_script("create table blobs (id bigint primary key, content bytea)")
        .await
        .unwrap();
    let add = |id: i64| db.write(move |tx| tx.run(&ADD, &params![id, vec![7u8; 20_000]]));
    let mut kept = 0;
    let refused = loop {
        match add(kept).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 100, "64 pages hold no 2 MB");
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    assert_eq!(count(&db).await, kept);
    db.write(|tx| tx.run(&CLEAR, &[])).await.unwrap();
    add(0).await.unwrap();
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn the_log_does_not_grow_without_end() {
    let place = Place::sqlite();
    let db = place.open().await;
    db.execute_script("create table blobs (id bigint primary key, content bytea)")
        .await
        .unwrap();
    for id in 0..60i64 {
        // 60 MiB pass through the log.
        db.write(move |tx| tx.run(&ADD, &params![id, vec![7u8; 1 << 20]]))
            .await
            .unwrap();
    }
    let db::Source::Sqlite(path) = &place.options.source else {
        unreachable!()
    };
    let log = std::fs::metadata(format!("{}-wal", path.display())).unwrap().len();
    assert!(log < 30 << 20, "the log has {log} bytes");
    assert_eq!(count(&db).await, 60);
    db.close().await;
    assert!(!std::fs::exists(format!("{}-wal", path.display())).unwrap());
}
