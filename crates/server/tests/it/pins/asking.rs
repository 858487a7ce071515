//! Where a PIN is asked for (`PIN-1`), what a session is good for (`PIN-6`), and what ends it in every process.

use super::{MANAGER_PIN, PIN, Staffed};
use crate::support::books::{Engine, id, postgres, sqlite};
use domain::pin::{Policies, Policy};
use http::Method;
use serde_json::{Value, json};
use server::audit_log::{self, Filter, Noted, Who};
use server::pins::{self, Pin};
use server::terminals;

fn by(staffed: &Staffed, pin: &str) -> Value {
    json!({ "staff": staffed.mina.0.to_string(), "pin": pin })
}

/// Who served last, as the history says.
async fn served(staffed: &Staffed, card: &str) -> Value {
    let history = staffed.shop.get(&format!("/cards/{card}/events")).await.accepted();
    history["data"][0]["staff"].clone()
}

async fn session(staffed: &Staffed) -> String {
    let told = staffed.verify(&staffed.mina.1.to_string(), PIN).await.accepted();
    told["session"].as_str().unwrap().to_owned()
}

async fn pin_1_required_wants_a_right_one_of_somebody_who_serves_here(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let card = staffed.shop.card(0).await;
    for nothing in [json!({}), json!({ "staff": "Mina" }), json!({ "pin": PIN })] {
        assert_eq!(staffed.stamp(&card, nothing).await.refusal(), (401, "pin_required"));
    }
    for wrong in [
        by(&staffed, "8264"),
        json!({ "staff": "Nobody", "pin": PIN }),
        json!({ "staff": "Mina", "pin": 4718 }),
    ] {
        assert_eq!(staffed.stamp(&card, wrong).await.refusal(), (401, "pin_invalid"));
    }
    let told = staffed.stamp(&card, json!({ "staff": "Mina", "pin": PIN })).await;
    told.accepted();
    let mina = json!({ "id": staffed.mina.0.to_string(), "name": "Mina" });
    assert_eq!(served(&staffed, &card).await, mina);
    // A key is its own proof, and nobody reads what it sends.
    staffed
        .shop
        .post(
            &format!("/cards/{card}/stamps"),
            &json!({ "store": staffed.shop.store(), "staff": "Mina", "pin": "0" }),
        )
        .await
        .accepted();
}

async fn pin_1_optional_may_be_absent_and_must_be_right(engine: Engine) {
    let optional = Policies {
        earn: Policy::Optional,
        ..Policies::default()
    };
    let staffed = Staffed::with(engine, |terms| terms.pin_policy = optional).await;
    let card = staffed.shop.card(0).await;
    staffed.stamp(&card, json!({ "staff": "Mina" })).await.accepted();
    // A name without a PIN proves nothing.
    assert_eq!(served(&staffed, &card).await, Value::Null);
    assert_eq!(
        staffed.stamp(&card, by(&staffed, "8264")).await.refusal(),
        (401, "pin_invalid")
    );
    staffed.stamp(&card, by(&staffed, PIN)).await.accepted();
    assert_eq!(served(&staffed, &card).await["name"], "Mina");
}

async fn pin_1_disabled_drops_it_unread(engine: Engine) {
    let staffed = Staffed::with(engine, |_| {}).await;
    let card = staffed.shop.card(0).await;
    let before = staffed.shop.app.pins.hashes();
    for pin in [json!("8264"), json!(4718), json!({ "a": [] })] {
        staffed
            .stamp(&card, json!({ "staff": "Mina", "pin": pin }))
            .await
            .accepted();
    }
    assert_eq!(staffed.shop.app.pins.hashes(), before);
}

async fn pin_1_the_floor_makes_stricter_at_the_next_write(engine: Engine) {
    let mut staffed = Staffed::with(engine, |_| {}).await;
    let card = staffed.shop.card(0).await;
    staffed.stamp(&card, json!({})).await.accepted();
    let floor = Policies {
        earn: Policy::Required,
        ..Policies::default()
    };
    let merchant = staffed.shop.merchant();
    pins::floor(&staffed.app, Who::console(), merchant, floor)
        .await
        .unwrap();
    assert_eq!(staffed.stamp(&card, json!({})).await.refusal(), (401, "pin_required"));
    staffed.switch();
    assert_eq!(staffed.stamp(&card, json!({})).await.refusal(), (401, "pin_required"));
    let merchant = staffed.shop.merchant();
    let log = move |tx: &mut db::Transaction<'_>| audit_log::read(tx, merchant, &Filter::default(), 1);
    let noted: Vec<Noted> = staffed.shop.app.db.read(log).await.unwrap();
    assert_eq!(noted[0].action, "policy_floor.set");
}

async fn pin_6_a_session_earns_and_nothing_else_at_its_terminal_for_a_while(engine: Engine) {
    let mut staffed = Staffed::open(engine).await;
    let card = staffed.shop.card(0).await;
    let session = session(&staffed).await;
    let before = staffed.shop.app.pins.hashes();
    staffed.stamp(&card, json!({ "session": session })).await.accepted();
    staffed.switch();
    let stamped = staffed.stamp(&card, json!({ "session": session })).await.accepted();
    staffed.switch();
    assert_eq!(served(&staffed, &card).await["name"], "Mina");
    assert_eq!(staffed.shop.app.pins.hashes(), before);
    let void = json!({ "event": stamped["event"], "reason": "mistake", "staff": "Mina" });
    let path = format!("/cards/{card}/voids");
    assert_eq!(
        staffed.shop.at_till(&path, &void).await.refusal(),
        (401, "pin_required")
    );
    let other = staffed.shop.terminal_in(staffed.shop.books.store).await;
    let body = json!({ "session": session });
    let stamps = format!("/cards/{card}/stamps");
    let elsewhere = staffed
        .shop
        .write_as(&other, Method::POST, &stamps, &body, &id().to_string())
        .await;
    assert_eq!(elsewhere.refusal(), (401, "pin_required"));
    staffed.shop.pass_minutes(5);
    assert_eq!(staffed.stamp(&card, body).await.refusal(), (401, "pin_required"));
    let void = json!({ "event": stamped["event"], "reason": "mistake", "staff": "Mina", "pin": PIN });
    staffed.shop.at_till(&path, &void).await.accepted();
}

async fn pin_6_the_same_pin_again_is_not_hashed_for_earning_only(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let card = staffed.shop.card(1).await;
    let path = format!("/cards/{card}/points");
    let points = || json!({ "amount_minor": 3000, "currency": "EUR", "staff": "Mina", "pin": PIN });
    staffed.shop.at_till(&path, &points()).await.accepted();
    let before = staffed.shop.app.pins.hashes();
    for _ in 0..5 {
        staffed.shop.at_till(&path, &points()).await.accepted();
    }
    assert_eq!(staffed.shop.app.pins.hashes(), before);
    let reward = staffed.shop.books.voucher.to_string();
    let redemption = json!({ "reward": reward, "staff": "Mina", "pin": PIN });
    let redemptions = format!("/cards/{card}/redemptions");
    staffed.shop.at_till(&redemptions, &redemption).await.accepted();
    assert_eq!(staffed.shop.app.pins.hashes(), before + 1);
    let wrong = json!({ "reward": reward, "staff": "Mina", "pin": "8264" });
    assert_eq!(
        staffed.shop.at_till(&redemptions, &wrong).await.refusal(),
        (401, "pin_invalid")
    );
    // A wrong one forgets the right one.
    staffed.shop.at_till(&path, &points()).await.accepted();
    assert_eq!(staffed.shop.app.pins.hashes(), before + 3);
}

/// Something that ends what was verified, done in the other process.
#[derive(Clone, Copy, Debug)]
enum End {
    AnotherPin,
    Lock,
    Leave,
    Revoked,
}

async fn what_ends_in_one_process_ends_in_the_other_at_the_next_write(engine: Engine, end: End) {
    let staffed = Staffed::open(engine).await;
    let card = staffed.shop.card(0).await;
    let session = json!({ "session": session(&staffed).await });
    let remembered = by(&staffed, PIN);
    staffed.stamp(&card, session.clone()).await.accepted();
    staffed.stamp(&card, remembered.clone()).await.accepted();
    let (merchant, mina, till) = (staffed.shop.merchant(), staffed.mina.0, staffed.till());
    match end {
        End::AnotherPin => pins::reset(
            &staffed.app,
            Who::console(),
            merchant,
            mina,
            (&Pin::typed("7351"), false),
        )
        .await
        .unwrap(),
        End::Lock => {
            for _ in 0..5 {
                let wrong = pins::verify(&staffed.app, till, pins::Named::Staff(mina), &Pin::typed("8264")).await;
                assert!(wrong.unwrap().is_err());
            }
        }
        End::Leave => drop(pins::leave(&staffed.app, Who::console(), merchant, mina).await.unwrap()),
        End::Revoked => drop(
            terminals::revoke(&staffed.app, Who::console(), merchant, till.terminal)
                .await
                .unwrap(),
        ),
    }
    let expected = match end {
        End::Revoked => "terminal_revoked",
        _ => "pin_required",
    };
    assert_eq!(staffed.stamp(&card, session).await.code(), expected, "{end:?}");
    let told = staffed.stamp(&card, remembered).await;
    let expected: &[&str] = match end {
        End::Revoked => &["terminal_revoked"],
        _ => &["pin_invalid", "pin_locked"],
    };
    assert!(expected.contains(&told.code()), "{end:?}: {}", told.code());
    staffed.shop.books.audited().await;
}

async fn another_pin_ends_it(engine: Engine) {
    what_ends_in_one_process_ends_in_the_other_at_the_next_write(engine, End::AnotherPin).await;
}

async fn a_lock_ends_it(engine: Engine) {
    what_ends_in_one_process_ends_in_the_other_at_the_next_write(engine, End::Lock).await;
}

async fn leaving_ends_it(engine: Engine) {
    what_ends_in_one_process_ends_in_the_other_at_the_next_write(engine, End::Leave).await;
}

async fn a_terminal_that_is_taken_back_ends_it(engine: Engine) {
    what_ends_in_one_process_ends_in_the_other_at_the_next_write(engine, End::Revoked).await;
}

async fn idm_2_another_pin_is_the_same_call(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let card = staffed.shop.card(0).await;
    let (path, key) = (format!("/cards/{card}/stamps"), id().to_string());
    let shop = &staffed.shop;
    let first = shop
        .write_as(&shop.terminal, Method::POST, &path, &by(&staffed, PIN), &key)
        .await;
    for pin in [PIN, "8264", ""] {
        let again = shop
            .write_as(&shop.terminal, Method::POST, &path, &by(&staffed, pin), &key)
            .await;
        assert_eq!((again.status, &again.bytes), (first.status, &first.bytes), "{pin}");
        assert_eq!(again.header("idempotent-replayed"), "true");
    }
}

async fn a_managers_pin_does_what_a_cashiers_does_not(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let card = staffed.shop.card(1).await;
    let path = format!("/cards/{card}/points");
    let large =
        |staff: &str, pin: &str| json!({ "amount_minor": 200_000, "currency": "EUR", "staff": staff, "pin": pin });
    let told = staffed.shop.at_till(&path, &large("Mina", PIN)).await;
    assert_eq!(told.refusal(), (403, "manager_pin_required"));
    staffed
        .shop
        .at_till(&path, &large("Odile", MANAGER_PIN))
        .await
        .accepted();
    assert_eq!(served(&staffed, &card).await["name"], "Odile");
}

async fn a_manager_passes_over_the_cooldown_with_a_reason(engine: Engine) {
    let staffed = Staffed::with(engine, |terms| {
        terms.pin_policy = Policies::default();
        terms.stamp_cooldown_minutes = 60;
    })
    .await;
    let card = staffed.shop.card(0).await;
    staffed.stamp(&card, json!({})).await.accepted();
    let with = |staff: &str, pin: &str, reason: &str| json!({ "staff": staff, "pin": pin, "override_reason": reason });
    for (proof, refusal) in [
        (json!({ "override_reason": "complaint" }), (403, "forbidden")),
        (with("Mina", PIN, "complaint"), (403, "forbidden")),
        (with("Odile", "000000", "complaint"), (401, "pin_invalid")),
        (with("Odile", MANAGER_PIN, "mistake"), (422, "unknown_reason")),
    ] {
        assert_eq!(staffed.stamp(&card, proof.clone()).await.refusal(), refusal, "{proof}");
    }
    let told = staffed
        .stamp(&card, with("Odile", MANAGER_PIN, "complaint"))
        .await
        .accepted();
    assert_eq!(told["balance"]["stamps"], 2);
    let history = staffed
        .shop
        .get(&format!("/cards/{card}/events?limit=1"))
        .await
        .accepted();
    assert_eq!(history["data"][0]["reason"], "complaint");
    // A key is no manager at a till.
    let asked = json!({ "override_reason": "complaint", "store": staffed.shop.store() });
    let keyed = staffed.shop.post(&format!("/cards/{card}/stamps"), &asked).await;
    assert_eq!(keyed.refusal(), (403, "forbidden"));
    staffed.shop.books.audited().await;
}

macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite { $(#[tokio::test] async fn $name() { super::$name(super::sqlite().await).await; })* }
        mod on_postgres { $(#[tokio::test] async fn $name() { super::$name(super::postgres().await).await; })* }
    };
}

on_both! {
    a_manager_passes_over_the_cooldown_with_a_reason
    pin_1_required_wants_a_right_one_of_somebody_who_serves_here
    pin_1_optional_may_be_absent_and_must_be_right
    pin_1_disabled_drops_it_unread
    pin_1_the_floor_makes_stricter_at_the_next_write
    pin_6_a_session_earns_and_nothing_else_at_its_terminal_for_a_while
    pin_6_the_same_pin_again_is_not_hashed_for_earning_only
    another_pin_ends_it
    a_lock_ends_it
    leaving_ends_it
    a_terminal_that_is_taken_back_ends_it
    idm_2_another_pin_is_the_same_call
    a_managers_pin_does_what_a_cashiers_does_not
}
