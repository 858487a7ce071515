//! What could be misused from a browser that was left open asks again who somebody is, and what is not understood is refused:
//! ignored, it would mean more than was meant.

use super::{Office, PIN};
use crate::ledger::on_both;
use crate::support::books::{Engine, id};
use crate::support::rows::Look;
use crate::support::{crowd, tills};
use domain::ids::{PinId, StoreId};
use server::permissions::Role;
use server::pins::{self, Named, Pin, Till};
use server::tokens::{self, TokenOf};

/// Where a form goes, where its page is, and what it says.
type Way<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

async fn what_is_dangerous_needs_a_fresh_proof(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    owner.adds("Zoe", &[]).await.is(303);
    let zoe = format!("/back/staff/{}", office.staff().await[0].staff);
    let store = office.site.books.store.to_string();
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(11));
    let look = Look::at_all(&office.site.app.db).await;
    // What marks the session as seen is no deed.
    owner.get("/back/staff").await.is(200);
    let before = look.now().await;
    let pin = format!("{zoe}/pin");
    let unlock = format!("{zoe}/unlock");
    let ways: [Way; 6] = [
        (&unlock, &zoe, &[]),
        ("/back/staff", "/back/staff", &[("name", "Yves")]),
        (&zoe, &zoe, &[("name", "Zora"), ("role", "manager")]),
        (&pin, &zoe, &[("pin", "5937"), ("again", "5937")]),
        (
            "/back/staff/rules",
            "/back/staff/rules",
            &[("length", "4"), ("tries", "10"), ("minutes", "1")],
        ),
        (
            "/back/terminals",
            "/back/terminals",
            &[("name", "T9"), ("store", &store)],
        ),
    ];
    for (way, back, fields) in ways {
        let proof = format!("/account/proof?next={back}");
        let told = owner.post(way, fields).await;
        assert_eq!(told.is(303).header("location"), proof, "{way}");
        owner.get(back).await.is(200).says(&proof);
        // The way back is one of ours.
        owner.get(&proof).await.is(200).says(&format!("value=\"{back}\""));
    }
    assert!(before.changed(&look.now().await).is_empty());
    // What ends something waits for nobody.
    owner.post(&format!("{zoe}/end"), &[]).await.is(303);
}

async fn a_store_that_is_not_there_is_not_every_store(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    let elsewhere = StoreId(id()).to_string();
    for store in ["nothing", &elsewhere] {
        owner.adds("Zoe", &[("store", store)]).await.is(404);
        let wish = [("name", "Webshop"), ("scope", "earn"), ("store", store)];
        owner.post("/back/keys", &wish).await.is(404);
        let wish = [("name", "T9"), ("store", store)];
        owner.post("/back/terminals", &wish).await.is(404);
    }
    assert!(office.staff().await.is_empty());
    let wish = [("name", "Webshop"), ("scope", "earn"), ("scope", "everything")];
    owner.post("/back/keys", &wish).await.is(422);
    owner.get("/back/keys").await.is(200).says_not("Webshop");
    owner.get("/back/terminals").await.is(200).says_not("T9");
}

async fn what_concerns_every_store_is_not_for_a_manager_of_one(engine: Engine) {
    let office = Office::open(engine).await;
    let (merchant, store) = (office.site.books.merchant, office.site.books.store);
    let person = crowd::person_in(&office.site, merchant, Role::Manager, &[store]).await;
    let manager = office.browser(person).await;
    let rules = [("length", "4"), ("tries", "10"), ("minutes", "1")];
    manager.post("/back/staff/rules", &rules).await.is(403);
    for page in ["/back/staff/rules", "/back/log"] {
        manager.get(page).await.is(403);
    }
    let staff = manager.get("/back/staff").await;
    staff.is(200).says_not("/back/staff/rules").says_not("/back/log");
    let everywhere = office.person(Role::Manager).await;
    everywhere
        .get("/back/staff")
        .await
        .says("/back/staff/rules")
        .says("/back/log");
    everywhere.post("/back/staff/rules", &rules).await.is(303);
    let log = office.log().await;
    let set = log.iter().find(|row| row.action == "pin_rules.set").unwrap();
    let fields = set.change.as_ref().unwrap().fields();
    let (_, before, after) = fields.iter().find(|(name, ..)| name == "lock_threshold").unwrap();
    assert_eq!(
        (before.as_ref().unwrap(), after.as_ref().unwrap()),
        (&5.into(), &10.into())
    );
}

async fn a_till_that_wrong_pins_locked_is_unlocked(engine: Engine) {
    let office = Office::open(engine).await;
    let (merchant, store) = (office.site.books.merchant, office.site.books.store);
    let token = tills::paired(&office.site, merchant, store).await;
    let TokenOf::Terminal(terminal) = tokens::parse(&token).unwrap().of else {
        unreachable!("it is a terminal's")
    };
    let till = Till {
        merchant,
        terminal,
        store,
    };
    let owner = office.person(Role::Owner).await;
    owner.adds("Zoe", &[]).await.is(303);
    let zoe = Named::Staff(office.staff().await[0].staff);
    let app = &office.site.app;
    for _ in 0..10 {
        let told = pins::verify(app, till, Named::Pin(PinId(id())), &Pin::typed("8264")).await;
        assert!(told.unwrap().is_err());
    }
    let locked = pins::verify(app, till, zoe, &Pin::typed(PIN)).await.unwrap();
    assert!(matches!(locked, Err(pins::PinRefusal::Locked { .. })), "{locked:?}");
    let unlock = format!("/back/terminals/{terminal}/unlock");
    owner
        .get("/back/terminals")
        .await
        .is(200)
        .says("Too many wrong PINs were tried at this till")
        .says(&unlock);
    let elsewhere = crowd::person_in(&office.site, merchant, Role::Manager, &[office.other]).await;
    office.browser(elsewhere).await.post(&unlock, &[]).await.is(403);
    owner.post(&unlock, &[]).await.is(303);
    owner.get("/back/terminals").await.is(200).says_not(&unlock);
    let served = pins::verify(app, till, zoe, &Pin::typed(PIN)).await.unwrap();
    assert_eq!(served.map(|proof| Named::Staff(proof.staff())), Ok(zoe));
    let log = office.log().await;
    for action in ["pin.unlocked", "pin.locked"] {
        let row = log.iter().find(|row| row.action == action).unwrap();
        assert_eq!(row.subject.as_deref(), Some(&*terminal.to_string()), "{action}");
    }
}

on_both!(
    what_is_dangerous_needs_a_fresh_proof,
    a_store_that_is_not_there_is_not_every_store,
    what_concerns_every_store_is_not_for_a_manager_of_one,
    a_till_that_wrong_pins_locked_is_unlocked,
);
