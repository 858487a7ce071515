//! Many at once, and several programs on one database.

use crate::both_engines;
use crate::support::Outcome;
use db::{Db, Engine, Error, Statement, params};
use std::time::Duration;
use uuid::Uuid;

const ADD_SHOP: Statement = Statement::new("add_shop", "insert into shops (id, name) values ($1, $2)");
const ADD: Statement = Statement::new("add", "insert into counters (shop, id, amount) values ($1, 1, 0)");
const LOCK: Statement = Statement::new(
    "lock",
    "select amount from counters where shop = $1 and id = 1 /*pg for update*/",
);
const SET: Statement = Statement::new("set", "update counters set amount = $2 where shop = $1 and id = 1");

async fn increment(db: &Db) -> Outcome {
    db.write(|tx| {
        let amount: i64 = tx.row(&LOCK, &params![Uuid::nil()])?.unwrap().get(0)?;
        tx.run(&SET, &params![Uuid::nil(), amount + 1])?;
        Ok(())
    })
    .await
}

async fn fill(db: &Db) {
    let fill = db.write(|tx| -> Outcome {
        tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])?;
        tx.run(&ADD, &params![Uuid::nil()])?;
        Ok(())
    });
    fill.await.unwrap();
}

async fn increments_add_up(handles: &[Db]) {
    let tasks = (0..40).map(|task| {
        let db = handles[task % handles.len()].clone();
        tokio::spawn(async move {
            for _ in 0..50 {
                increment(&db).await.unwrap();
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let amount = handles[0].read(|tx| -> Outcome<i64> {
        tx.row(&Statement::new("get", "select amount from counters"), &[])?
            .unwrap()
            .get(0)
    });
    assert_eq!(amount.await.unwrap(), 2_000);
}

both_engines! {
    async fn two_thousand_increments_on_one_row_add_up(place) {
        let db = place.with_tables().await;
        fill(&db).await;
        increments_add_up(&[db]).await;
    }

    async fn two_programs_share_a_database(place) {
        let db = place.with_tables().await;
        fill(&db).await;
        increments_add_up(&[db, place.open().await]).await;
    }

    async fn changes_of_others_are_heard(place) {
        let (ours, theirs) = (place.with_tables().await, place.open().await);
        fill(&ours).await;
        let mut heard = theirs.changes();
        let mut own = ours.changes();
        let wait = Duration::from_secs(5);
        ours.write(|tx| -> Outcome {
            let amount: i64 = tx.row(&LOCK, &params![Uuid::nil()])?.unwrap().get(0)?;
            tx.run(&SET, &params![Uuid::nil(), amount + 1])?;
            tx.notify("it's a 'change'")
        }).await.unwrap();
        let payload = tokio::time::timeout(wait, heard.recv()).await.unwrap().unwrap();
        match theirs.engine() {
            Engine::Sqlite => assert_eq!(payload, ""),
            Engine::Postgres => assert_eq!(payload, "it's a 'change'"),
        }
        // Ours hears nothing of it; a notice of theirs that comes later is the first.
        theirs.write(|tx| -> Outcome {
            tx.run(&SET, &params![Uuid::nil(), 7i64])?;
            tx.notify("later")
        }).await.unwrap();
        let payload = tokio::time::timeout(wait, own.recv()).await.unwrap().unwrap();
        assert!(payload == "later" || ours.engine() == Engine::Sqlite, "{payload}");
        assert!(matches!(own.try_recv(), Err(tokio::sync::broadcast::error::TryRecvError::Empty)));
    }

    async fn a_lock_held_too_long_is_busy(place) {
        let db = place.with_tables().await;
        fill(&db).await;
        let mut impatient = place.options.clone();
        impatient.lock_timeout = Duration::from_millis(100);
        let other = Db::open(&impatient).await.unwrap();
        let ((locked, is_locked), (release, released)) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
        let holder = tokio::spawn(async move {
            db.write(move |tx| -> Outcome {
                tx.row(&LOCK, &params![Uuid::nil()])?;
                locked.send(()).unwrap();
                released.recv().unwrap();
                Ok(())
            }).await
        });
        tokio::task::spawn_blocking(move || is_locked.recv().unwrap()).await.unwrap();
        let busy = increment(&other).await;
        assert!(matches!(busy, Err(Error::Busy)), "{busy:?}");
        release.send(()).unwrap();
        holder.await.unwrap().unwrap();
        increment(&other).await.unwrap();
    }
}
