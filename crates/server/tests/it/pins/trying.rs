//! Trying PINs: counted, locked, answered alike, and never told.

use super::{MANAGER_PIN, PIN, Staffed, hire, verify};
use crate::support::books::{Engine, id, postgres, sqlite};
use domain::ids::{PinId, StaffId};
use server::audit_log::{Filter, Who, read};
use server::pins::{self, Named, Pin, PinRefusal};
use server::problem::Code;
use std::time::Duration;

async fn a_right_one_opens_a_session(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let told = staffed.verify(&staffed.mina.1.to_string(), PIN).await;
    let session = told.accepted();
    assert_eq!(session["staff"], staffed.mina.0.to_string());
    assert_eq!(session["role"], "cashier");
    assert_eq!(session["must_change"], false);
    assert!(session["session"].as_str().unwrap().starts_with("ses_"));
    let told = staffed.verify(&staffed.odile.1.to_string(), MANAGER_PIN).await;
    assert_eq!(told.accepted()["role"], "manager");
    let shop = &staffed.shop;
    let by_key = verify(shop, &shop.key, &staffed.mina.1.to_string(), PIN).await;
    assert_eq!(by_key.refusal(), (403, "forbidden"));
}

/// The answer without what differs from call to call.
fn bytes(told: &crate::support::shop::Told) -> Vec<u8> {
    let mut body = told.body.clone();
    body.as_object_mut().unwrap().remove("request_id");
    serde_json::to_vec(&body).unwrap()
}

async fn pin_3_unknown_left_elsewhere_and_wrong_are_one_answer_at_one_price(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let shop = &staffed.shop;
    let elsewhere = hire(shop, "Tom", "cashier", &[shop.elsewhere], "8264").await;
    let left = hire(shop, "Lea", "cashier", &[], "8264").await;
    pins::leave(&shop.app, Who::console(), shop.merchant(), left.0)
        .await
        .unwrap();
    let names = [
        staffed.mina.1.to_string(),
        elsewhere.1.to_string(),
        left.1.to_string(),
        PinId(id()).to_string(),
        "nothing".to_owned(),
    ];
    let mut answers = Vec::new();
    for name in &names {
        // Each at a terminal of its own, so that only the name differs.
        let terminal = shop.terminal_in(shop.books.store).await;
        let mut told = Vec::new();
        for _ in 0..6 {
            let before = shop.app.pins.hashes();
            let answer = verify(shop, &terminal, name, "8264").await;
            told.push((bytes(&answer), answer.status, shop.app.pins.hashes() - before));
        }
        assert_eq!(told[0].1, 401);
        assert_eq!(told[0].2, 1, "one hash a try");
        answers.push(told);
    }
    for (name, told) in names.iter().zip(&answers) {
        assert_eq!(told, &answers[0], "{name}");
    }
}

async fn pin_5_the_threshold_locks_and_a_right_one_does_not_help(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let mina = staffed.mina.1.to_string();
    let mut left = Vec::new();
    for _ in 0..4 {
        let told = staffed.verify(&mina, "8264").await;
        assert_eq!(told.refusal(), (401, "pin_invalid"));
        left.push(told.body["remaining"].as_i64());
    }
    // Told only when few are left.
    assert_eq!(left, [None, None, Some(2), Some(1)]);
    let locked = staffed.verify(&mina, "8264").await;
    assert_eq!(locked.refusal(), (423, "pin_locked"));
    let until = locked.body["retry_at"].clone();
    staffed.shop.pass_minutes(14);
    let right = staffed.verify(&mina, PIN).await;
    assert_eq!(
        (right.refusal(), &right.body["retry_at"]),
        ((423, "pin_locked"), &until)
    );
    // Others go on serving.
    staffed
        .verify(&staffed.odile.1.to_string(), MANAGER_PIN)
        .await
        .accepted();
    staffed.shop.pass_minutes(1);
    for _ in 0..4 {
        assert_eq!(staffed.verify(&mina, "8264").await.refusal().0, 401);
    }
    assert_eq!(staffed.verify(&mina, "8264").await.refusal(), (423, "pin_locked"));
    staffed.shop.pass_minutes(29);
    assert_eq!(staffed.verify(&mina, PIN).await.refusal().0, 423);
    staffed.shop.pass_minutes(1);
    staffed.verify(&mina, PIN).await.accepted();
    for _ in 0..4 {
        assert_eq!(staffed.verify(&mina, "8264").await.refusal().0, 401);
    }
}

async fn pin_5_one_pin_over_all_names_locks_the_terminal(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let told = staffed.verify(&PinId(id()).to_string(), PIN).await;
        statuses.push(told.status.as_u16());
    }
    assert_eq!(statuses[..9], [401; 9]);
    assert_eq!(statuses[9..], [423; 2]);
    assert_eq!(staffed.verify(&staffed.mina.1.to_string(), PIN).await.refusal().0, 423);
    let shop = &staffed.shop;
    let beside = shop.terminal_in(shop.books.store).await;
    verify(shop, &beside, &staffed.mina.1.to_string(), PIN).await.accepted();
}

async fn pin_5_tries_at_the_same_time_in_two_processes_are_all_counted(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let (till, mina) = (staffed.till(), Named::Staff(staffed.mina.0));
    let wrong = Pin::typed("8264");
    let tries = (0..4).map(|number| {
        let app = if number % 2 == 0 {
            &staffed.shop.app
        } else {
            &staffed.app
        };
        let wrong = wrong.clone();
        let app = app.clone();
        tokio::spawn(async move { pins::verify(&app, till, mina, &wrong).await.unwrap() })
    });
    let tries: Vec<_> = tries.collect();
    let mut left = Vec::new();
    for one in tries {
        let Err(PinRefusal::Invalid { remaining }) = one.await.unwrap() else {
            panic!("it was wrong")
        };
        left.push(remaining);
    }
    left.sort_unstable();
    assert_eq!(left, [None, None, Some(1), Some(2)]);
    let fifth = pins::verify(&staffed.app, till, mina, &wrong).await.unwrap();
    assert!(matches!(fifth, Err(PinRefusal::Locked { .. })), "{fifth:?}");
}

async fn pin_5_right_ones_at_the_same_time_lock_nobody_out(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let (till, mina) = (staffed.till(), Named::Staff(staffed.mina.0));
    let tries: Vec<_> = (0..4)
        .map(|_| {
            let app = staffed.shop.app.clone();
            tokio::spawn(async move { pins::verify(&app, till, mina, &Pin::typed(PIN)).await.unwrap() })
        })
        .collect();
    for one in tries {
        assert_eq!(one.await.unwrap().map(|proof| proof.staff()), Ok(staffed.mina.0));
    }
    for _ in 0..4 {
        assert_eq!(
            staffed.verify(&staffed.mina.1.to_string(), "8264").await.refusal().0,
            401
        );
    }
}

/// Four wrong tries are the first four.
async fn four_are_left(staffed: &Staffed) {
    let mut left = Vec::new();
    for _ in 0..4 {
        let told = staffed.verify(&staffed.mina.1.to_string(), "8264").await;
        assert_eq!(told.refusal(), (401, "pin_invalid"));
        left.push(told.body["remaining"].as_i64());
    }
    assert_eq!(left, [None, None, Some(2), Some(1)]);
}

/// Whoever goes away while their PIN is hashed tried nothing wrong.
async fn pin_5_a_right_one_that_nobody_waits_for_is_no_wrong_one(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let (app, till, mina) = (&staffed.shop.app, staffed.till(), Named::Staff(staffed.mina.0));
    let (before, right) = (app.pins.hashes(), Pin::typed(PIN));
    for _ in 0..3 {
        let gone = pins::verify(app, till, mina, &right);
        let _ = tokio::time::timeout(Duration::from_millis(2), gone).await;
    }
    // Each is judged all the same.
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if app.pins.hashes() == before + 3 {
            break;
        }
    }
    assert_eq!(app.pins.hashes(), before + 3);
    tokio::time::sleep(Duration::from_millis(500)).await;
    four_are_left(&staffed).await;
}

/// Whoever comes when too many are hashed tried nothing.
async fn pin_5_who_is_told_to_wait_tried_nothing(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let (app, till, mina) = (&staffed.shop.app, staffed.till(), Named::Staff(staffed.mina.0));
    let merchant = staffed.shop.merchant();
    let crowd: Vec<_> = (0..400)
        .map(|number| {
            let app = app.clone();
            tokio::spawn(async move {
                let (name, pin) = (format!("Helper {number}"), Pin::typed("8264"));
                pins::add(
                    &app,
                    Who::console(),
                    merchant,
                    (&name, "cashier", &[]),
                    Some((&pin, false)),
                )
                .await
            })
        })
        .collect();
    // The first to be told so find all places taken.
    while !crowd.iter().any(tokio::task::JoinHandle::is_finished) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let mut busy = 0;
    while busy == 0 {
        let told = pins::verify(app, till, mina, &Pin::typed(PIN)).await;
        busy += i32::from(told.is_err_and(|problem| problem.code == Code::Busy));
        assert!(!crowd.iter().all(tokio::task::JoinHandle::is_finished), "never busy");
    }
    for one in crowd {
        let _ = one.await.unwrap();
    }
    four_are_left(&staffed).await;
}

/// The last try before a lock was right: nobody was locked, and the log says nothing of it.
async fn pin_5_a_right_last_try_is_no_lock_in_the_log(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let mina = staffed.mina.1.to_string();
    for _ in 0..4 {
        assert_eq!(staffed.verify(&mina, "8264").await.refusal().0, 401);
    }
    staffed.verify(&mina, PIN).await.accepted();
    let merchant = staffed.shop.merchant();
    let log = move |tx: &mut db::Transaction<'_>| read(tx, merchant, &Filter::default(), 50);
    let rows = staffed.shop.app.db.read(log).await.unwrap();
    assert!(rows.iter().all(|row| row.action != "pin.locked"));
}

async fn nobody_of_another_merchant_is_found(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let nobody = Named::Staff(StaffId(id()));
    let refused = pins::verify(&staffed.shop.app, staffed.till(), nobody, &Pin::typed(PIN))
        .await
        .unwrap();
    assert_eq!(
        refused.map(|proof| proof.staff()),
        Err(PinRefusal::Invalid { remaining: None })
    );
}

macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite { $(#[tokio::test] async fn $name() { super::$name(super::sqlite().await).await; })* }
        mod on_postgres { $(#[tokio::test] async fn $name() { super::$name(super::postgres().await).await; })* }
    };
}

on_both! {
    a_right_one_opens_a_session
    pin_3_unknown_left_elsewhere_and_wrong_are_one_answer_at_one_price
    pin_5_the_threshold_locks_and_a_right_one_does_not_help
    pin_5_one_pin_over_all_names_locks_the_terminal
    pin_5_tries_at_the_same_time_in_two_processes_are_all_counted
    pin_5_right_ones_at_the_same_time_lock_nobody_out
    pin_5_a_right_one_that_nobody_waits_for_is_no_wrong_one
    pin_5_who_is_told_to_wait_tried_nothing
    pin_5_a_right_last_try_is_no_lock_in_the_log
    nobody_of_another_merchant_is_found
}
