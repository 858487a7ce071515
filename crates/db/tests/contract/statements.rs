//! Transactions: commit, rollback, what follows a failure, pipelines, shapes, what an operator is told.

use crate::both_engines;
use crate::support::Outcome;
use db::{Call, Db, Engine, Error, Statement, Value, params};
use uuid::Uuid;

const ADD_SHOP: Statement = Statement::new("add_shop", "insert into shops (id, name) values ($1, $2)");
const RENAME: Statement = Statement::new("rename", "update shops set name = $2 where id = $1 returning name, id");
const COUNT: Statement = Statement::new("count", "select count(*) from shops");

async fn count(db: &Db) -> i64 {
    let count = db.read(|tx| -> Outcome<i64> { tx.row(&COUNT, &[])?.unwrap().get(0) });
    count.await.unwrap()
}

both_engines! {
    async fn ok_commits_and_err_rolls_back(place) {
        let db = place.with_tables().await;
        let added = db.write(|tx| tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])).await;
        assert_eq!(added.unwrap(), 1);
        let refused = db.write(|tx| -> Outcome {
            tx.run(&ADD_SHOP, &params![Uuid::max(), "two"])?;
            Err(Error::Busy)
        }).await;
        assert!(matches!(refused, Err(Error::Busy)));
        assert_eq!(count(&db).await, 1);
        db.close().await;
        assert_eq!(count(&place.open().await).await, 1);
    }

    async fn nothing_follows_a_failed_statement(place) {
        let db = place.with_tables().await;
        let swallowed = db.write(|tx| -> Outcome {
            tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])?;
            assert!(tx.run(&ADD_SHOP, &params![Uuid::nil(), "two"]).is_err());
            assert!(matches!(tx.rows(&COUNT, &[]), Err(Error::Aborted)));
            Ok(())
        }).await;
        assert!(matches!(swallowed, Err(Error::Aborted)), "{swallowed:?}");
        assert_eq!(count(&db).await, 0);
    }

    async fn finish_commits_at_once_and_nothing_follows(place) {
        let db = place.with_tables().await;
        let other = db.clone();
        let runtime = tokio::runtime::Handle::current();
        let done = db.write(move |tx| -> Outcome<u64> {
            let (one, two) = (params![Uuid::nil(), "one"], params![Uuid::max(), "two"]);
            tx.run(&ADD_SHOP, &one)?;
            let replies = tx.finish(&[Call::run(&ADD_SHOP, &two)], None)?;
            // Others see it although the closure still runs.
            assert_eq!(runtime.block_on(count(&other)), 2);
            assert!(matches!(tx.rows(&COUNT, &[]), Err(Error::Aborted)));
            assert!(matches!(tx.finish(&[], None), Err(Error::Aborted)));
            Ok(replies[0].affected())
        }).await;
        assert_eq!(done.unwrap(), 1);
        // The connection goes on as if nothing had been special.
        db.write(|tx| tx.run(&RENAME, &params![Uuid::nil(), "three"])).await.unwrap();
        db.write(|tx| -> Outcome { tx.finish(&[], None)?; Ok(()) }).await.unwrap();
        assert_eq!(count(&db).await, 2);
    }

    async fn a_finish_that_fails_keeps_nothing(place) {
        let db = place.with_tables().await;
        let refused = db.write(|tx| -> Outcome {
            let (one, two) = (params![Uuid::nil(), "one"], params![Uuid::nil(), "two"]);
            tx.finish(&[Call::run(&ADD_SHOP, &one), Call::run(&ADD_SHOP, &two)], None)?;
            Ok(())
        }).await;
        assert!(matches!(refused, Err(Error::UniqueViolation { .. })), "{refused:?}");
        assert_eq!(count(&db).await, 0);
        // What the driver itself refuses to send must not be left out of what is committed.
        let refused = db.write(|tx| -> Outcome {
            let (one, two) = (params![Uuid::nil(), "one"], params![Uuid::max()]);
            tx.finish(&[Call::run(&ADD_SHOP, &one), Call::run(&ADD_SHOP, &two)], None)?;
            Ok(())
        }).await;
        assert!(refused.is_err());
        assert_eq!(count(&db).await, 0);
        let swallowed = db.write(|tx| -> Outcome {
            let (one, two) = (params![Uuid::nil(), "one"], params![Uuid::nil(), "two"]);
            assert!(tx.finish(&[Call::run(&ADD_SHOP, &one), Call::run(&ADD_SHOP, &two)], None).is_err());
            Ok(())
        }).await;
        assert!(matches!(swallowed, Err(Error::Aborted)), "{swallowed:?}");
        assert_eq!(count(&db).await, 0);
    }

    async fn readers_cannot_write(place) {
        let db = place.with_tables().await;
        let refused = db.read(|tx| tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])).await;
        assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
        assert_eq!(count(&db).await, 0);
    }

    async fn a_reader_sees_one_state(place) {
        let db = place.with_tables().await;
        let (first_read, go_on) = (std::sync::mpsc::channel(), std::sync::mpsc::channel());
        let reader = tokio::spawn({
            let db = db.clone();
            async move {
                db.read(move |tx| -> Outcome<(i64, i64)> {
                    let before = tx.row(&COUNT, &[])?.unwrap().get(0)?;
                    first_read.0.send(()).unwrap();
                    go_on.1.recv().unwrap();
                    Ok((before, tx.row(&COUNT, &[])?.unwrap().get(0)?))
                }).await
            }
        });
        tokio::task::spawn_blocking(move || first_read.1.recv().unwrap()).await.unwrap();
        db.write(|tx| tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])).await.unwrap();
        go_on.0.send(()).unwrap();
        assert_eq!(reader.await.unwrap().unwrap(), (0, 0));
    }

    async fn a_pipeline_answers_in_order(place) {
        let db = place.with_tables().await;
        let answers = db.write(|tx| -> Outcome<Vec<String>> {
            let one = params![Uuid::nil(), "one"];
            let each = [params![Uuid::max(), "two"].to_vec(), params![Uuid::from_u128(3), "three"].to_vec()];
            let renamed = params![Uuid::nil(), "uno"];
            let replies = tx.pipeline(&[
                Call::run(&ADD_SHOP, &one),
                Call::rows(&COUNT, &[]),
                Call::run_many(&ADD_SHOP, &[], &each),
                Call::run_many(&ADD_SHOP, &[], &[]),
                Call::rows(&RENAME, &renamed),
                Call::run(&RENAME, &renamed),
            ])?;
            assert_eq!(replies.len(), 6);
            assert_eq!([0, 2, 3, 5].map(|at: usize| replies[at].affected()), [1, 2, 0, 1]);
            let rows = replies.into_iter().flat_map(db::Reply::into_rows).collect::<Vec<_>>();
            assert_eq!(rows[0].get::<i64>(0)?, 1);
            rows[1..].iter().map(|row| row.get(0)).collect()
        }).await.unwrap();
        assert_eq!(answers, ["uno"]);
    }

    async fn a_pipeline_reports_the_first_failure(place) {
        let db = place.with_tables().await;
        let failed = db.write(|tx| {
            let one = params![Uuid::nil(), "one"];
            let again = params![Uuid::nil(), "two"];
            let null = params![Uuid::max(), Value::Null];
            tx.pipeline(&[Call::run(&ADD_SHOP, &one), Call::run(&ADD_SHOP, &again), Call::run(&ADD_SHOP, &null)])
        }).await;
        assert_eq!(failed.unwrap_err().constraint(), Some("shops_key"));
        assert_eq!(count(&db).await, 0);
    }

    async fn a_statement_is_described_without_running(place) {
        let db = place.with_tables().await;
        let shape = db.write(|tx| tx.describe(&RENAME)).await.unwrap();
        assert_eq!((shape.parameters, shape.columns), (2, vec!["name".to_owned(), "id".to_owned()]));
        assert!(db.write(|tx| tx.describe_many(&RENAME, 0)).await.unwrap());
        let narrow = Statement::new("narrow", "select amount + 1 from counters where $1 + 1 > 2");
        let narrow = db.write(move |tx| tx.describe(&narrow)).await;
        // Only PostgreSQL takes the parameter as less than a bigint.
        assert_eq!(narrow.is_err(), db.engine() == Engine::Postgres, "{narrow:?}");
        let wrong = Statement::new("wrong", "select nothing from shops");
        assert!(db.read(move |tx| tx.describe(&wrong)).await.is_err());
        assert_eq!(count(&db).await, 0);
    }

    async fn a_panic_ends_the_transaction_not_the_thread(place) {
        let db = place.with_tables().await;
        for _ in 0..6 {
            let panicked = db.write(|tx| -> Outcome {
                tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])?;
                panic!("on purpose {}", 1);
            }).await;
            assert!(matches!(&panicked, Err(Error::Panicked { message }) if message == "on purpose 1"));
            let panicked = db.read(|_| -> Outcome { panic!("on purpose") }).await;
            assert!(matches!(panicked, Err(Error::Panicked { .. })));
        }
        assert_eq!(count(&db).await, 0);
        db.write(|tx| tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])).await.unwrap();
        assert_eq!(count(&db).await, 1);
    }

    async fn a_closed_database_says_so(place) {
        let db = place.with_tables().await;
        let clone = db.clone();
        db.close().await;
        let late = clone.write(|tx| tx.run(&COUNT, &[])).await;
        assert!(matches!(late, Err(Error::Closed)));
        let late = clone.read(|tx| tx.run(&COUNT, &[])).await;
        assert!(matches!(late, Err(Error::Closed)));
    }

    async fn an_operator_can_ask_what_it_is(place) {
        let db = place.with_tables().await;
        let about = db.about().await.unwrap();
        assert_eq!(about.engine, db.engine());
        assert!(about.version.split('.').next().unwrap().parse::<u32>().is_ok());
        let journal = about.settings.iter().find(|(name, _)| name == "journal_mode");
        match db.engine() {
            Engine::Sqlite => assert_eq!(journal.unwrap().1, "wal"),
            Engine::Postgres => assert!(about.settings.iter().any(|(name, _)| name == "fsync")),
        }
        assert!(db.size().await.unwrap() > 4096);
    }
}
