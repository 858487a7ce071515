//! Managing PINs (`PIN-4`, `PIN-5`): what may be chosen, who leaves, and what the log keeps of it.

use super::{MANAGER_PIN, PIN, Staffed, hire};
use crate::support::books::{Engine, postgres, sqlite};
use domain::ids::StaffId;
use server::audit_log::{self, Filter, Noted, Who};
use server::pins::{self, Changed, Named, Pin};
use server::problem::Problem;

async fn reset(staffed: &Staffed, staff: StaffId, pin: &str) -> Result<(), Problem> {
    let app = &staffed.shop.app;
    pins::reset(
        app,
        Who::console(),
        staffed.shop.merchant(),
        staff,
        (&Pin::typed(pin), true),
    )
    .await
}

fn code(outcome: Result<impl std::fmt::Debug, Problem>) -> &'static str {
    outcome.unwrap_err().code.text()
}

async fn noted(staffed: &Staffed) -> Vec<Noted> {
    let merchant = staffed.shop.merchant();
    let read = move |tx: &mut db::Transaction<'_>| audit_log::read(tx, merchant, &Filter::default(), 100);
    staffed.shop.app.db.read(read).await.unwrap()
}

async fn pin_4_what_cannot_be_chosen(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let (mina, odile) = (staffed.mina.0, staffed.odile.0);
    for (pin, expected) in [
        ("47x8", "pin_format"),
        ("471", "pin_format"),
        ("1234", "pin_weak"),
        (PIN, "pin_reused"),
    ] {
        assert_eq!(code(reset(&staffed, mina, pin).await), expected, "{pin}");
    }
    assert_eq!(
        code(reset(&staffed, odile, "7351").await),
        "pin_format",
        "a manager's is longer"
    );
    for pin in ["7351", "9057"] {
        reset(&staffed, mina, pin).await.unwrap();
    }
    for pin in [PIN, "7351", "9057"] {
        assert_eq!(code(reset(&staffed, mina, pin).await), "pin_reused", "{pin}");
    }
    reset(&staffed, mina, "2936").await.unwrap();
    reset(&staffed, mina, PIN).await.unwrap();
    let shown = pins::verify(&staffed.shop.app, staffed.till(), Named::Staff(mina), &Pin::typed(PIN)).await;
    let proof = shown.unwrap().unwrap();
    assert!(proof.must_change());
    pins::change(&staffed.shop.app, &proof, &Pin::typed("8260"))
        .await
        .unwrap();
    // What was proven was proven of the PIN before.
    let again = pins::change(&staffed.shop.app, &proof, &Pin::typed("5093")).await;
    assert_eq!(code(again), "pin_invalid");
    let shown = pins::verify(
        &staffed.shop.app,
        staffed.till(),
        Named::Staff(mina),
        &Pin::typed("8260"),
    )
    .await;
    assert!(!shown.unwrap().unwrap().must_change());
    let log = noted(&staffed).await;
    let codes: Vec<_> = log.iter().map(|row| &*row.action).collect();
    assert_eq!(codes[..5], ["pin.changed", "pin.set", "pin.set", "pin.set", "pin.set"]);
}

async fn who_leaves_and_who_must_stay(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let (app, merchant) = (&staffed.shop.app, staffed.shop.merchant());
    let leave = |staff| pins::leave(app, Who::console(), merchant, staff);
    assert_eq!(code(leave(staffed.odile.0).await), "last_manager");
    let second = hire(&staffed.shop, "Ann", "manager", &[], "905733").await;
    let (one, other) = tokio::join!(leave(staffed.odile.0), leave(second.0));
    assert_eq!([&one, &other].iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(leave(staffed.mina.0).await.unwrap(), Changed::Yes);
    assert_eq!(leave(staffed.mina.0).await.unwrap(), Changed::No);
    assert_eq!(code(reset(&staffed, staffed.mina.0, "7351").await), "staff_inactive");
    let again = pins::add(app, Who::console(), merchant, ("mina", "cashier", &[]), None).await;
    again.unwrap();
    let taken = pins::add(app, Who::console(), merchant, ("MINA", "cashier", &[]), None).await;
    assert_eq!(code(taken), "name_taken");
    let log = noted(&staffed).await;
    let codes: Vec<_> = log.iter().map(|row| &*row.action).collect();
    assert_eq!(codes[..3], ["staff.added", "staff.left", "staff.left"]);
}

async fn pin_5_a_manager_unlocks_and_the_log_says_so(engine: Engine) {
    let staffed = Staffed::open(engine).await;
    let (app, merchant, mina) = (&staffed.shop.app, staffed.shop.merchant(), staffed.mina);
    for _ in 0..5 {
        staffed.verify(&mina.1.to_string(), "8264").await;
    }
    assert_eq!(staffed.verify(&mina.1.to_string(), PIN).await.refusal().0, 423);
    let odile = pins::verify(
        app,
        staffed.till(),
        Named::Staff(staffed.odile.0),
        &Pin::typed(MANAGER_PIN),
    )
    .await;
    let odile = odile.unwrap().unwrap();
    pins::unlock(app, odile.who(), merchant, mina.0).await.unwrap();
    staffed.verify(&mina.1.to_string(), PIN).await.accepted();
    let noted = noted(&staffed).await;
    let told: Vec<_> = noted.iter().map(|row| (&*row.action, row.role.as_str())).collect();
    assert_eq!(
        told[..2],
        [("pin.unlocked", "staff:manager"), ("pin.locked", "terminal")]
    );
    assert_eq!(noted[0].subject, Some(mina.0.to_string()));
    let text = serde_json::to_string(&noted).unwrap();
    for secret in [PIN, MANAGER_PIN, "8264", "argon2"] {
        assert!(!text.contains(secret), "{secret}");
    }
    staffed.shop.books.audited().await;
}

macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite { $(#[tokio::test] async fn $name() { super::$name(super::sqlite().await).await; })* }
        mod on_postgres { $(#[tokio::test] async fn $name() { super::$name(super::postgres().await).await; })* }
    };
}

on_both! {
    pin_4_what_cannot_be_chosen
    who_leaves_and_who_must_stay
    pin_5_a_manager_unlocks_and_the_log_says_so
}
