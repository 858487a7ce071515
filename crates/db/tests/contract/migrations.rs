//! The schema moves forward once, whoever starts first.

use crate::both_engines;
use crate::support::Outcome;
use db::{Db, Error, Migrated, Migration, Statement};

const STEPS: [Migration; 3] = [
    Migration {
        number: 1,
        name: "notes",
        text: "create table notes (id bigint not null primary key, body text not null);",
    },
    Migration {
        number: 2,
        name: "first_note",
        text: "insert into notes (id, body) values (1, 'a; b'); -- ; \n insert into notes (id, body) values (2, 'c')",
    },
    Migration {
        number: 3,
        name: "note_kind",
        text: "alter table notes add column kind text; create index notes_kind on notes (kind, id) /*pg include (body)*/;",
    },
];

both_engines! {
    async fn four_at_once_migrate_once(place) {
        // They also open at once: the first makes the file, or the mode of its log.
        let tasks = [(); 4].map(|()| {
            let options = place.options.clone();
            tokio::spawn(async move { Db::open(&options).await?.migrate(&STEPS).await })
        });
        let mut from = Vec::new();
        for task in tasks {
            let migrated = task.await.unwrap().unwrap();
            assert_eq!(migrated.to, 3);
            from.push(migrated.from);
        }
        let db = place.open().await;
        assert_eq!(db.migrate(&STEPS).await.unwrap(), Migrated { from: 3, to: 3 });
        let count = db.read(|tx| -> Outcome<i64> {
            tx.row(&Statement::new("count", "select count(*) from notes where kind is null"), &[])?.unwrap().get(0)
        });
        assert_eq!(count.await.unwrap(), 2);
    }

    async fn a_newer_schema_is_refused(place) {
        let db = place.open().await;
        assert_eq!(db.migrate(&STEPS).await.unwrap(), Migrated { from: 0, to: 3 });
        let refused = db.migrate(&STEPS[..2]).await;
        assert!(matches!(refused, Err(Error::NewerSchema { database: 3, program: 2 })), "{refused:?}");
    }

    async fn another_history_is_refused(place) {
        let db = place.open().await;
        db.migrate(&STEPS[..1]).await.unwrap();
        let mut others = STEPS;
        others[0].name = "letters";
        let refused = db.migrate(&others).await;
        assert!(matches!(refused, Err(Error::OtherMigration { number: 1, .. })), "{refused:?}");
    }

    async fn a_step_that_fails_leaves_the_one_before(place) {
        let db = place.open().await;
        let mut broken = STEPS;
        broken[1].text = "insert into notes (id, body) values (1, 'a'); insert into nowhere values (1)";
        assert!(db.migrate(&broken).await.is_err());
        assert_eq!(db.migrate(&STEPS).await.unwrap(), Migrated { from: 1, to: 3 });
    }
}
