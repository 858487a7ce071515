//! Every type goes in and comes out unchanged.

use crate::both_engines;
use crate::support::Outcome;
use db::{Error, Statement, Value, params};
use uuid::Uuid;

const ADD_SHOP: Statement = Statement::new("add_shop", "insert into shops (id, name) values ($1, $2)");
const ADD: Statement = Statement::new(
    "add",
    "insert into counters (shop, id, amount, label, active, picture, owner) values ($1, $2, $3, $4, $5, $6, $7)",
);
const GET: Statement = Statement::new(
    "get",
    "select shop, id, amount, label, active, picture, owner from counters where shop = $1 and id = $2",
);

both_engines! {
    async fn every_type_comes_back(place) {
        let db = place.with_tables().await;
        let shop = Uuid::from_u128(7);
        let text = "it's \"quoted\" \\ $1 -- /* é\u{1F642}\n\t%";
        db.write(move |tx| -> Outcome {
            tx.run(&ADD_SHOP, &params![shop, "one"])?;
            tx.run(&ADD, &params![shop, 1i64, i64::MAX, text, true, vec![0u8, 255, 39], Uuid::max()])?;
            tx.run(&ADD, &params![shop, i64::MIN, 0i64, "", false, Vec::<u8>::new(), None::<Uuid>])?;
            tx.run(&ADD, &params![shop, 2i64, 0i64, None::<String>, None::<bool>, None::<Vec<u8>>, Uuid::nil()])?;
            Ok(())
        }).await.unwrap();
        db.read(move |tx| -> Outcome {
            let row = tx.row(&GET, &params![shop, 1i64])?.unwrap();
            assert_eq!(row.get::<Uuid>(0)?, shop);
            assert_eq!(row.get::<i64>(1)?, 1);
            assert_eq!(row.get::<i64>(2)?, i64::MAX);
            assert_eq!(row.get::<String>(3)?, text);
            assert!(row.get::<bool>(4)?);
            assert_eq!(row.get::<Vec<u8>>(5)?, vec![0u8, 255, 39]);
            assert_eq!(row.get::<Option<Uuid>>(6)?, Some(Uuid::max()));
            let row = tx.row(&GET, &params![shop, i64::MIN])?.unwrap();
            assert_eq!(row.get::<String>(3)?, "");
            assert!(!row.get::<bool>(4)?);
            assert_eq!(row.get::<Vec<u8>>(5)?, Vec::<u8>::new());
            let row = tx.row(&GET, &params![shop, 2i64])?.unwrap();
            assert_eq!(row.get::<Option<String>>(3)?, None);
            assert_eq!(row.get::<Option<bool>>(4)?, None);
            assert_eq!(row.get::<Option<Vec<u8>>>(5)?, None);
            assert!(tx.row(&GET, &params![shop, 9i64])?.is_none());
            Ok(())
        }).await.unwrap();
    }

    async fn a_column_of_another_type_is_an_error(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            tx.run(&ADD_SHOP, &params![Uuid::nil(), "one"])?;
            let shops = Statement::new("shops", "select id, name, null from shops");
            let row = tx.row(&shops, &[])?.unwrap();
            assert!(matches!(row.get::<i64>(1), Err(Error::Column { index: 1, .. })));
            assert!(matches!(row.get::<String>(0), Err(Error::Column { .. })));
            assert!(matches!(row.get::<String>(2), Err(Error::Column { .. })));
            assert!(matches!(row.get::<i64>(3), Err(Error::Column { index: 3, .. })));
            Ok(())
        }).await.unwrap();
    }

    async fn text_is_sorted_by_bytes(place) {
        let db = place.with_tables().await;
        let names = db.write(|tx| -> Outcome<Vec<String>> {
            for (number, name) in ["a", "B", "ä", "b", "A", "_"].into_iter().enumerate() {
                tx.run(&ADD_SHOP, &params![Uuid::from_u128(number as u128), name])?;
            }
            let sorted = Statement::new("sorted", "select name from shops order by name");
            tx.rows(&sorted, &[])?.iter().map(|row| row.get(0)).collect()
        }).await.unwrap();
        assert_eq!(names, ["A", "B", "_", "a", "b", "ä"]);
    }

    async fn the_wrong_number_or_type_of_parameters_is_an_error(place) {
        let db = place.with_tables().await;
        let short = db.write(|tx| tx.run(&ADD_SHOP, &params![Uuid::nil()])).await;
        assert!(matches!(short, Err(Error::Statement { .. })), "{short:?}");
        let each = vec![vec![Value::Int(1)], vec![]];
        let ragged = db.write(move |tx| tx.run_many(&ADD_SHOP, &params![Uuid::nil()], &each)).await;
        assert!(matches!(ragged, Err(Error::Statement { .. })), "{ragged:?}");
        let unknown = Statement::new("unknown", "select nothing from nowhere");
        let unknown = db.read(move |tx| tx.rows(&unknown, &[])).await;
        assert!(matches!(unknown, Err(Error::Statement { .. } | Error::Other { .. })), "{unknown:?}");
    }
}
