//! What an engine refuses has the same name on both.

use crate::both_engines;
use db::{Db, Engine, Error, Statement, Value, params};
use uuid::Uuid;

const ADD_SHOP: Statement = Statement::new("add_shop", "insert into shops (id, name) values ($1, $2)");
const ADD: Statement = Statement::new(
    "add",
    "insert into counters (shop, id, amount, label) values ($1, $2, $3, $4)",
);

async fn refusal(db: &Db, statement: &'static Statement, values: Vec<Value>) -> Error {
    db.write(move |tx| tx.run(statement, &values)).await.unwrap_err()
}

both_engines! {
    async fn constraints_keep_their_names(place) {
        let db = place.with_tables().await;
        let shop = Uuid::from_u128(1);
        db.write(move |tx| tx.run(&ADD_SHOP, &params![shop, "one"])).await.unwrap();
        db.write(move |tx| tx.run(&ADD, &params![shop, 1i64, 1i64, "a"])).await.unwrap();

        let unique = |error: Error| match error {
            Error::UniqueViolation { constraint } => constraint,
            other => panic!("{other:?}"),
        };
        let error = refusal(&db, &ADD_SHOP, params![shop, "two"].to_vec()).await;
        assert_eq!(unique(error), "shops_key");
        let error = refusal(&db, &ADD_SHOP, params![Uuid::nil(), "one"].to_vec()).await;
        assert_eq!(unique(error), "shops_name_key");
        let error = refusal(&db, &ADD, params![shop, 1i64, 1i64, "b"].to_vec()).await;
        assert_eq!(unique(error), "counters_key");
        let error = refusal(&db, &ADD, params![shop, 2i64, 1i64, "a"].to_vec()).await;
        assert_eq!(unique(error), "counters_label_unique");

        let error = refusal(&db, &ADD, params![shop, 3i64, -1i64, "c"].to_vec()).await;
        assert!(matches!(&error, Error::CheckViolation { constraint } if constraint == "counters_amount_positive"), "{error:?}");
        let error = refusal(&db, &ADD, params![shop, 3i64, Value::Null, "c"].to_vec()).await;
        assert!(matches!(&error, Error::NotNullViolation { column } if column == "counters.amount"), "{error:?}");
        let error = refusal(&db, &ADD, params![Uuid::max(), 3i64, 1i64, "c"].to_vec()).await;
        let expected = (db.engine() == Engine::Postgres).then_some("counters_shop_known");
        assert!(matches!(&error, Error::ForeignKeyViolation { .. }), "{error:?}");
        assert_eq!(error.constraint(), expected);
        assert!(!error.is_retryable());
    }

    async fn a_row_of_many_refused_refuses_all(place) {
        let db = place.with_tables().await;
        let each = ["one", "two", "one"].map(|name| params![Uuid::now_v7(), name].to_vec());
        let error = db.write(move |tx| tx.run_many(&ADD_SHOP, &[], &each)).await.unwrap_err();
        assert_eq!(error.constraint(), Some("shops_name_key"));
        let count = Statement::new("count", "select count(*) from shops");
        let count = db.read(move |tx| -> Result<i64, Error> { tx.row(&count, &[])?.unwrap().get(0) });
        assert_eq!(count.await.unwrap(), 0);
    }
}
