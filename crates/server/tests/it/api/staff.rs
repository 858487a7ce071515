//! Who served: those who serve now, and those who left.

use crate::support::books::{MONDAY, id, sqlite};
use crate::support::shop::Shop;
use domain::ids::{PinId, StaffId};
use serde_json::json;
use server::setup;

const LEAVE: db::Statement = db::Statement::new(
    "tests.leave",
    "update staff set status = 'left' where merchant_id = $1 and staff_id = $2",
);
const RAISE: db::Statement = db::Statement::new(
    "tests.raise",
    "update merchants set catalogue_revision = catalogue_revision + 1 where merchant_id = $1",
);

#[tokio::test]
async fn who_left_stays_in_the_history_and_serves_no_more() {
    let shop = Shop::open(sqlite().await, |_| {}).await;
    let (merchant, mina) = (shop.merchant(), StaffId(id()));
    let hire = move |tx: &mut db::Transaction<'_>| {
        setup::staff(tx, merchant, (mina, PinId(id())), ("Mina", "cashier"), MONDAY)
    };
    shop.app.db.write(hire).await.unwrap();
    shop.books.clock.set(shop.books.clock.now().plus_minutes(1));
    let card = shop.card(0).await;
    let path = format!("/cards/{card}/stamps");
    let by = |staff: &str| json!({ "store": shop.store(), "staff": staff });
    for staff in [mina.to_string(), "mina".to_owned()] {
        shop.post(&path, &by(&staff)).await.accepted();
    }

    shop.run(move |tx| tx.run(&LEAVE, &db::params![merchant.0, mina.0]))
        .await;
    shop.run(move |tx| tx.run(&RAISE, &db::params![merchant.0])).await;
    shop.books.clock.set(shop.books.clock.now().plus_minutes(1));
    let told = shop.post(&path, &by(&mina.to_string())).await;
    assert_eq!(
        (told.refusal(), &told.body["errors"][0]["pointer"]),
        ((404, "not_found"), &json!("/staff"))
    );
    shop.post(&path, &by("Mina")).await.accepted();
    let history = shop.get(&format!("/cards/{card}/events")).await.accepted();
    let staff: Vec<_> = (0..3).map(|place| history["data"][place]["staff"].clone()).collect();
    // A name that nobody has any more is a name beside the record.
    let known = json!({ "id": mina.to_string(), "name": "Mina" });
    assert_eq!(staff, [json!({ "id": null, "name": "Mina" }), known.clone(), known]);
}
