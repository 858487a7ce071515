//! Many rows in one call do what the same calls one by one would do.

use crate::both_engines;
use crate::support::Outcome;
use db::{Row, Statement, Transaction, Value, params};
use uuid::Uuid;

const ADD_SHOP: Statement = Statement::new("add_shop", "insert into shops (id, name) values ($1, $2)");
const ADD: Statement = Statement::new(
    "add",
    "insert into counters (shop, id, amount, label, active, picture, owner)
     values ($1, $2, cast($3 as bigint) + 1, $4, $5, $6, $7) returning id, amount",
);
const UPSERT: Statement = Statement::new(
    "upsert",
    "insert into counters (shop, id, amount, label) values ($1, $2, $3, $4)
     on conflict (shop, id) do update set amount = counters.amount + excluded.amount, label = $4 -- $2
     returning id, amount, label",
);
const SKIP: Statement = Statement::new(
    "skip",
    "insert into counters (shop, id, amount) values ($1, $2, 0) on conflict do nothing returning id",
);
const COPY: Statement = Statement::new(
    "copy",
    "insert into counters (shop, id, amount, label)
     select c.shop, $3, c.amount, 'copy of ' || c.id from counters as c where c.shop = $1 and c.id = $2",
);
const GUARDED: Statement = Statement::new(
    "guarded",
    "insert into counters (shop, id, amount)
     select $1, $2, $3 where not exists (select 1 from counters where shop = $1 and id = $2)",
);
const UPDATE: Statement = Statement::new(
    "update",
    "update counters set amount = $3, label = $4, active = $5, picture = $6, owner = $7
     where shop = $1 and id = $2 and label is distinct from '$4' returning id, amount",
);
const UPDATE_FROM: Statement = Statement::new(
    "update_from",
    "update counters set label = shops.name || $3 from shops where shops.id = counters.shop and counters.shop = $1 and counters.id = $2",
);
const DELETE: Statement = Statement::new(
    "delete",
    "delete from counters where shop = $1 and id = $2 returning amount",
);
const LOCK: Statement = Statement::new(
    "lock",
    "select id, amount, label from counters where shop = $1 and id = $2 /*pg for update*/",
);
const FIRST: Statement = Statement::new(
    "first",
    "with mine as (select id, amount from counters where shop = $1)
     select id, amount from mine where amount >= $2 order by id limit $3",
);
const ALL: Statement = Statement::new(
    "all",
    "select id, amount, label, active, picture, owner from counters where shop = $1 order by id",
);

fn shop() -> Value {
    Value::Uuid(Uuid::from_u128(1))
}

fn integers(rows: &[Row], column: usize) -> Vec<i64> {
    rows.iter().map(|row| row.get(column).unwrap()).collect()
}

fn numbered(numbers: &[i64]) -> Vec<Vec<Value>> {
    numbers.iter().map(|number| vec![Value::Int(*number)]).collect()
}

fn fill(tx: &mut Transaction<'_>) -> Outcome<Vec<Row>> {
    tx.run(&ADD_SHOP, &params![Uuid::from_u128(1), "shop"])?;
    let each = [5i64, 3, 9, 1].map(|id| {
        let odd = id % 3 == 0;
        let label = (!odd).then(|| format!("it's {id}, {{\"a\\b\"}} NULL"));
        let picture = (id != 9).then(|| vec![0u8, id as u8]);
        let owner = odd.then(|| Uuid::from_u128(id as u128));
        params![id, id * 10, label, (id != 5).then_some(odd), picture, owner].to_vec()
    });
    tx.rows_many(&ADD, &[shop()], &each)
}

both_engines! {
    async fn inserts_return_in_the_order_given(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            let added = fill(tx)?;
            assert_eq!(integers(&added, 0), [5, 3, 9, 1]);
            assert_eq!(integers(&added, 1), [51, 31, 91, 11]);
            let all = tx.rows(&ALL, &[shop()])?;
            assert_eq!(integers(&all, 0), [1, 3, 5, 9]);
            assert_eq!(all[0].get::<String>(2)?, "it's 1, {\"a\\b\"} NULL");
            assert_eq!(all[1].get::<Option<String>>(2)?, None);
            assert_eq!(all[2].get::<Option<bool>>(3)?, None);
            assert!(all[1].get::<bool>(3)? && !all[0].get::<bool>(3)?);
            assert_eq!(all[2].get::<Vec<u8>>(4)?, [0, 5]);
            assert_eq!(all[3].get::<Option<Vec<u8>>>(4)?, None);
            assert_eq!(all[3].get::<Uuid>(5)?, Uuid::from_u128(9));
            assert_eq!(all[0].get::<Option<Uuid>>(5)?, None);
            Ok(())
        }).await.unwrap();
    }

    async fn upserts_see_their_own_row(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            fill(tx)?;
            let each = [params![9i64, 1i64, "nine"].to_vec(), params![2i64, 7i64, "two"].to_vec()];
            let rows = tx.rows_many(&UPSERT, &[shop()], &each)?;
            assert_eq!(integers(&rows, 0), [9, 2]);
            assert_eq!(integers(&rows, 1), [92, 7]);
            assert_eq!(rows[0].get::<String>(2)?, "nine");
            let rows = tx.rows_many(&SKIP, &[shop()], &numbered(&[1, 77, 3]))?;
            assert_eq!(integers(&rows, 0), [77]);
            assert_eq!(tx.run_many(&SKIP, &[shop()], &numbered(&[1, 78, 79]))?, 2);
            Ok(())
        }).await.unwrap();
    }

    async fn inserts_may_select(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            fill(tx)?;
            let each = [params![9i64, 109i64].to_vec(), params![8i64, 108i64].to_vec(), params![1i64, 101i64].to_vec()];
            assert_eq!(tx.run_many(&COPY, &[shop()], &each)?, 2);
            let each = [params![101i64, 5i64].to_vec(), params![102i64, 6i64].to_vec()];
            assert_eq!(tx.run_many(&GUARDED, &[shop()], &each)?, 1);
            let all = tx.rows(&ALL, &[shop()])?;
            assert_eq!(integers(&all, 0), [1, 3, 5, 9, 101, 102, 109]);
            assert_eq!(integers(&all, 1), [11, 31, 51, 91, 11, 6, 91]);
            assert_eq!(all[6].get::<String>(2)?, "copy of 9");
            Ok(())
        }).await.unwrap();
    }

    async fn updates_and_deletes_return_in_the_order_given(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            fill(tx)?;
            let each = [9i64, 4, 1, 5].map(|id| {
                let label = (id != 1).then(|| format!("new {id}"));
                params![id, id * 2, label, true, Some(vec![1u8]), None::<Uuid>].to_vec()
            });
            let rows = tx.rows_many(&UPDATE, &[shop()], &each)?;
            assert_eq!(integers(&rows, 0), [9, 1, 5]);
            assert_eq!(integers(&rows, 1), [18, 2, 10]);
            assert_eq!(tx.run_many(&UPDATE, &[shop()], &each)?, 3);
            let named = [params![1i64, " a"].to_vec(), params![5i64, " b"].to_vec()];
            assert_eq!(tx.run_many(&UPDATE_FROM, &[shop()], &named)?, 2);
            let all = tx.rows(&ALL, &[shop()])?;
            assert_eq!(all[0].get::<String>(2)?, "shop a");
            assert_eq!(all[2].get::<String>(2)?, "shop b");
            assert_eq!(all[3].get::<String>(2)?, "new 9");
            assert_eq!(all[3].get::<Option<Uuid>>(5)?, None);
            let gone = tx.rows_many(&DELETE, &[shop()], &numbered(&[9, 2, 3]))?;
            assert_eq!(integers(&gone, 0), [18, 31]);
            assert_eq!(tx.run_many(&DELETE, &[shop()], &numbered(&[9, 1]))?, 1);
            assert_eq!(integers(&tx.rows(&ALL, &[shop()])?, 0), [5]);
            Ok(())
        }).await.unwrap();
    }

    async fn selects_return_in_the_order_given(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            fill(tx)?;
            let rows = tx.rows_many(&LOCK, &[shop()], &numbered(&[9, 1, 2, 9, 5]))?;
            assert_eq!(integers(&rows, 0), [9, 1, 9, 5]);
            let each = [params![30i64, 2i64].to_vec(), params![0i64, 3i64].to_vec(), params![1000i64, 1i64].to_vec()];
            let rows = tx.rows_many(&FIRST, &[shop()], &each)?;
            assert_eq!(integers(&rows, 0), [3, 5, 1, 3, 5]);
            assert_eq!(tx.rows_many(&LOCK, &[shop()], &[])?.len(), 0);
            assert_eq!(tx.run_many(&LOCK, &[shop()], &numbered(&[9, 2]))?, 1);
            Ok(())
        }).await.unwrap();
    }

    async fn each_of_them_has_a_bulk_form(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            let all = [&ADD, &UPSERT, &SKIP, &COPY, &GUARDED, &UPDATE, &UPDATE_FROM, &DELETE, &LOCK, &FIRST];
            for statement in all {
                assert!(tx.describe_many(statement, 1)?, "{}", statement.name);
            }
            Ok(())
        }).await.unwrap();
    }

    async fn what_has_no_bulk_form_runs_row_by_row(place) {
        let db = place.with_tables().await;
        db.write(|tx| -> Outcome {
            fill(tx)?;
            let two_rows = Statement::new("two_rows",
                "insert into counters (shop, id, amount) values ($1, $2, $3), ($1, cast($2 as bigint) + 1000, $3) returning id");
            let each = [params![20i64, 1i64].to_vec(), params![30i64, 1i64].to_vec()];
            let rows = tx.rows_many(&two_rows, &[shop()], &each)?;
            assert_eq!(integers(&rows, 0), [20, 1020, 30, 1030]);
            let nothing_varies = Statement::new("nothing_varies", "update counters set amount = amount + 1 where shop = $1");
            assert_eq!(tx.run_many(&nothing_varies, &[shop()], &[vec![], vec![]])?, 16);
            Ok(())
        }).await.unwrap();
    }

    async fn thousands_of_rows_go_in_one_call(place) {
        let db = place.with_tables().await;
        let count = db.write(|tx| -> Outcome<u64> {
            tx.run(&ADD_SHOP, &params![Uuid::from_u128(1), "shop"])?;
            let each = (0..5_000i64).map(|id| params![id, id].to_vec()).collect::<Vec<_>>();
            tx.run_many(&GUARDED, &[shop()], &each)
        }).await.unwrap();
        assert_eq!(count, 5_000);
    }
}
