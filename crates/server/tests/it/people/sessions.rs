//! Sessions: in the database, so that what one process ends is over in every other at the next request.

use super::{House, PASSWORD};
use crate::ledger::on_both;
use crate::support::books::Engine;
use crate::support::browser::Browser;
use db::params;
use server::audit_log::Who;
use server::people::account::{self, Fresh};
use server::people::members::{self, Deed};
use server::people::{Held, Refusal, Ticket, Visitor, held};
use server::permissions::Role;
use server::problem::Code;

const NEW: &str = "elo ass en anert dru";

async fn what_one_process_ends_is_over_in_the_other(engine: Engine) {
    let house = House::open(engine).await;
    let user = house.person("owner", Role::Owner).await;
    let (here, there) = (
        house.signed_in("owner").await,
        house.signed_in("owner").await.at(&house.other),
    );
    there.get("/back").await.is(200);
    // One of one's own, by its button.
    let account = here.get("/account").await;
    let (_, rest) = account.html.split_once("action=\"/account/sessions/ses_").unwrap();
    let end = format!("/account/sessions/ses_{}", rest.split('"').next().unwrap());
    here.post(&end, &[]).await.leads_to("/account?done=1");
    there.get("/back").await.leads_to("/signin?next=/back");
    here.post(&end, &[]).await.is(404);
    // All others.
    let there = house.signed_in("owner").await.at(&house.other);
    here.post("/account/sessions/end", &[])
        .await
        .leads_to("/account?done=1");
    there.get("/back").await.leads_to("/signin?next=/back");
    here.get("/back").await.is(200);
    // Who may sign in no more.
    let there = house.signed_in("owner").await.at(&house.other);
    let merchant = house.books.merchant;
    members::act(&house.app, Who::console(), merchant, user, Deed::End)
        .await
        .unwrap();
    there.get("/back").await.leads_to("/signin?next=/back");
    there.typed("owner", PASSWORD).await.is(401);
    let noted = house.actions(house.books.merchant).await;
    for (code, times) in [("user.sessions_ended", 2), ("user.disabled", 1)] {
        assert_eq!(noted.iter().filter(|known| *known == code).count(), times, "{noted:?}");
    }
    house.end().await;
}

async fn nobody_ends_somebody_elses_session(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    house.person("manager", Role::Manager).await;
    let (owner, manager) = (house.signed_in("owner").await, house.signed_in("manager").await);
    house.signed_in("owner").await;
    let account = owner.get("/account").await;
    let (_, rest) = account.html.split_once("action=\"/account/sessions/ses_").unwrap();
    let end = format!("/account/sessions/ses_{}", rest.split('"').next().unwrap());
    manager.post(&end, &[]).await.is(404);
    manager.post("/account/sessions/ses_x/end", &[]).await.is(404);
    owner.get("/back").await.is(200);
    house.end().await;
}

async fn a_new_password_ends_every_other_session(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let (mut here, there) = (
        house.signed_in("owner").await,
        house.signed_in("owner").await.at(&house.other),
    );
    for (old, new, trouble) in [
        ("something else", NEW, "invalid_credentials"),
        (PASSWORD, "kuerz", "password_weak"),
        (PASSWORD, "password1234", "password_weak"),
        (PASSWORD, "owner ass hei doheem", "password_weak"),
    ] {
        let answer = here.post("/account/password", &[("old", old), ("new", new)]).await;
        assert_eq!(answer.trouble(), Some(trouble), "{new}");
    }
    let before = here.clone();
    let changed = here.post("/account/password", &[("old", PASSWORD), ("new", NEW)]).await;
    changed.leads_to("/account?done=1");
    here.keep(&changed);
    assert!(here.get("/account?done=1").await.is(200).says("role=\"status\""));
    for over in [before, there.clone()] {
        over.get("/back").await.leads_to("/signin?next=/back");
    }
    there.typed("owner", PASSWORD).await.is(401);
    there.typed("owner", NEW).await.leads_to("/signin");
    let noted = house.actions(house.books.merchant).await;
    assert!(noted.contains(&"user.password_changed".to_owned()), "{noted:?}");
    house.end().await;
}

async fn a_session_ends_by_itself_and_none_can_be_planted(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    // A token that somebody else put into the browser never becomes a session.
    let (planted, _) = Ticket::new(&house.app.secrets, house.books.merchant).unwrap();
    let mut browser = Browser::new(&house.app);
    browser.cookie = format!("__Host-trei_session={planted}");
    let answer = browser.typed("owner", PASSWORD).await;
    browser.get("/back").await.leads_to("/signin?next=/back");
    browser.keep(answer.leads_to("/signin"));
    assert_ne!(browser.token(), planted);
    // Half a day without a look, or thirty days with many.
    let begun = house.app.clock.now();
    for hour in (0..30 * 24).step_by(11) {
        house.books.clock.set(begun.plus_minutes(hour * 60));
        browser.get("/back").await.is(200);
    }
    house.books.clock.set(begun.plus_minutes(30 * 24 * 60));
    browser.get("/back").await.leads_to("/signin?next=/back");
    let idle = house.signed_in("owner").await;
    house.books.clock.set(begun.plus_minutes((30 * 24 + 12) * 60));
    idle.get("/back").await.leads_to("/signin?next=/back");
    assert!(server::jobs::forget(&house.app).await.unwrap() >= 1);
    house.end().await;
}

/// Whoever signs in where somebody is signed in takes their place.
async fn signing_in_again_ends_what_the_browser_had(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    house.person("manager", Role::Manager).await;
    let mut browser = house.signed_in("owner").await;
    let before = browser.clone();
    browser.typed("manager", "not the password").await.is(401);
    before.get("/back").await.is(200);
    let answer = browser.typed("manager", PASSWORD).await;
    browser.keep(answer.leads_to("/signin"));
    before.get("/back").await.leads_to("/signin?next=/back");
    browser.get("/back").await.is(200);
    house.end().await;
}

/// A request that was on its way when its session ended changes nothing about the account.
async fn what_was_begun_in_a_session_ends_with_it(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let thief = house.signed_in("owner").await;
    let Held::Whole(person) = held(&house.app, thief.token()).await.unwrap() else {
        panic!("they are signed in")
    };
    let visitor = Visitor {
        address: [192, 0, 2, 7].into(),
        device: String::new(),
    };
    let fresh = Fresh::of(&house.app, &person).unwrap();
    let owner = house.signed_in("owner").await;
    owner
        .post("/account/sessions/end", &[])
        .await
        .leads_to("/account?done=1");
    let over = Err(Refusal::Problem(Code::Unauthenticated.into()));
    let changed = account::change_password(&house.app, &visitor, &person, (PASSWORD, NEW)).await;
    assert_eq!(changed.map(|_| ()), over);
    assert_eq!(account::drop_factor(&house.app, &visitor, &fresh).await, over);
    assert_eq!(account::end_others(&house.app, &visitor, &fresh).await, over);
    owner.get("/back").await.is(200);
    owner.typed("owner", PASSWORD).await.leads_to("/signin");
    house.end().await;
}

async fn a_suspended_merchants_back_office_says_so(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    house.person("boss", Role::OperatorOwner).await;
    let (owner, boss) = (house.signed_in("owner").await, house.signed_in("boss").await);
    const SUSPEND: db::Statement = db::Statement::new(
        "test.suspend",
        "update merchants set status = 'suspended', catalogue_revision = catalogue_revision + 1 where merchant_id = $1",
    );
    house.run(&SUSPEND, params![house.books.merchant.0].to_vec()).await;
    house.books.clock.set(house.app.clock.now().plus_minutes(1));
    let answer = owner.get("/back").await;
    assert!(answer.is(403).says("suspended"));
    owner.get("/account").await.is(200);
    let listed = boss.get("/operator").await;
    assert!(listed.is(200).says("suspended") && listed.says("Bäckerei Wester"));
    house.end().await;
}

on_both!(
    what_one_process_ends_is_over_in_the_other,
    nobody_ends_somebody_elses_session,
    a_new_password_ends_every_other_session,
    a_session_ends_by_itself_and_none_can_be_planted,
    signing_in_again_ends_what_the_browser_had,
    what_was_begun_in_a_session_ends_with_it,
    a_suspended_merchants_back_office_says_so,
);
