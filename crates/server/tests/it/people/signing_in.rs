//! Getting in, and everything that looks alike from outside.

use super::{House, PASSWORD, address, configured};
use crate::ledger::on_both;
use crate::support::books::{Engine, all_of};
use crate::support::browser::{Browser, Shown};
use db::params;
use server::config::Config;
use server::people::OPERATORS;
use server::people::sign_in::TRIES_MAX;
use server::permissions::{Action, Role};
use server::sql;

async fn everybody_gets_to_their_own_page(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    house.person("boss", Role::OperatorOwner).await;
    let stranger = Browser::new(&house.app);
    stranger.get("/back").await.leads_to("/signin?next=/back");
    stranger.get("/account").await.leads_to("/signin?next=/account");
    stranger.post("/account/password", &[]).await.is(401);
    let answer = stranger.typed("owner", PASSWORD).await;
    answer.leads_to("/signin");
    let cookie = answer.cookie.clone().unwrap();
    for part in [
        "__Host-trei_session=",
        "; Path=/;",
        "; HttpOnly",
        "; SameSite=Lax",
        "; Secure",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let mut owner = stranger.clone();
    owner.keep(&answer);
    owner.get("/signin").await.leads_to("/back");
    let back = owner.get("/back").await;
    assert!(back.is(200).says("Bäckerei Wester") && back.says("Grand-Rue") && back.says("Owner"));
    owner.get("/operator").await.is(403);
    let boss = house.signed_in("boss").await;
    boss.get("/signin").await.leads_to("/operator");
    assert!(boss.get("/operator").await.is(200).says("Bäckerei Wester"));
    boss.get("/back").await.is(403);
    owner.post("/signout", &[]).await.leads_to("/signin");
    owner.get("/back").await.leads_to("/signin?next=/back");
    let (mine, theirs) = (
        house.actions(house.books.merchant).await,
        house.actions(OPERATORS).await,
    );
    assert_eq!(mine, ["user.signed_out", "user.signed_in", "user.made"]);
    assert_eq!(theirs, ["user.signed_in", "user.made"]);
    let row = &house.log(house.books.merchant).await[1];
    assert!(row.role == "user:owner" && row.actor.starts_with("usr_") && row.address.is_some());
    house.end().await;
}

async fn a_role_may_what_the_table_says(engine: Engine) {
    let house = House::open(engine).await;
    for role in [Role::Owner, Role::Manager, Role::Accountant, Role::Viewer] {
        house.person(role.code(), role).await;
        let back = house.signed_in(role.code()).await.get("/back").await;
        for action in [Action::ManageKeys, Action::SeeCards, Action::SuspendMerchants] {
            let words = server::pages::people::words::action(server::locale::Locale::En.messages(), action);
            assert_eq!(back.says(&words), role.may(action), "{role:?} {action:?}");
        }
    }
    house.end().await;
}

/// The page without what was typed.
fn plain(shown: &Shown, name: &str) -> String {
    shown.html.replace(&address(name), "…")
}

async fn unknown_wrong_and_disabled_look_and_cost_alike(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let gone = house.person("gone", Role::Owner).await;
    let at = house.app.clock.now().0;
    house
        .run(
            &sql::people::DISABLE,
            params![house.books.merchant.0, gone.0, at].to_vec(),
        )
        .await;
    let browser = Browser::new(&house.app);
    let mut seen = Vec::new();
    for (name, password) in [
        ("owner", "something else"),
        ("nobody", "something else"),
        ("gone", PASSWORD),
    ] {
        let before = house.app.passwords.done();
        let answer = browser.typed(name, password).await;
        answer.is(401);
        assert_eq!((answer.trouble(), &answer.cookie), (Some("invalid_credentials"), &None));
        seen.push((plain(&answer, name), house.app.passwords.done() - before));
    }
    assert!(seen.iter().all(|one| *one == seen[0] && one.1 == 1), "{seen:?}");
    // What is no address at all is no different.
    let odd = browser
        .post("/signin", &[("address", "nobody"), ("password", "x")])
        .await;
    assert_eq!(odd.html.replace("value=\"nobody\"", "value=\"…\""), seen[0].0);
    let log = house.log(house.books.merchant).await;
    assert_eq!(log.iter().filter(|row| row.action == "user.sign_in_refused").count(), 2);
    assert_eq!(
        house.actions(OPERATORS).await,
        ["user.sign_in_refused", "user.sign_in_refused"]
    );
    house.end().await;
}

async fn tries_at_once_in_two_processes_all_count(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    for name in ["owner", "nobody"] {
        let browsers = [Browser::new(&house.app), Browser::new(&house.other)];
        let tries = (0..24).map(|number| {
            let browser = browsers[number % 2].clone();
            async move { browser.typed(name, "something else").await.status.as_u16() }
        });
        let answers = all_of(tries).await;
        let looked = answers.iter().filter(|status| **status == 401).count();
        let turned_away = answers.iter().filter(|status| **status == 429).count();
        assert_eq!(
            (looked, turned_away),
            (TRIES_MAX as usize, 24 - TRIES_MAX as usize),
            "{name}: {answers:?}"
        );
    }
    // The right password is not even looked at now, anywhere.
    let browser = Browser::new(&house.other);
    let before = house.other.passwords.done();
    let answer = browser.typed("owner", PASSWORD).await;
    assert_eq!(
        (answer.is(429).trouble(), house.other.passwords.done()),
        (Some("too_many_attempts"), before)
    );
    house.books.clock.set(house.app.clock.now().plus_minutes(15));
    browser.typed("owner", PASSWORD).await.leads_to("/signin");
    // Who got in begins anew.
    for _ in 0..TRIES_MAX {
        browser.typed("owner", "something else").await.is(401);
    }
    browser.typed("owner", "something else").await.is(429);
    house.end().await;
}

async fn one_address_tries_ten_accounts_a_minute(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let usual = Config::from(|_| None).unwrap();
    let app = configured(&house.books, house.books.engine.db.clone(), usual);
    let browser = Browser::new(&app);
    for number in 0..10 {
        browser
            .typed(&format!("nobody{number}"), "something else")
            .await
            .is(401);
    }
    browser.typed("owner", PASSWORD).await.is(429);
    assert_eq!(app.passwords.done(), 10);
    house.end().await;
}

async fn nobody_is_sent_elsewhere(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    let browser = Browser::new(&house.app);
    for hostile in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/j/x/y",
        "/account\r\nset-cookie: a=b",
    ] {
        let fields = [
            ("address", &*address("owner")),
            ("password", PASSWORD),
            ("next", hostile),
        ];
        browser.post("/signin", &fields).await.leads_to("/signin");
    }
    let fields = [
        ("address", &*address("owner")),
        ("password", PASSWORD),
        ("next", "/account"),
    ];
    browser.post("/signin", &fields).await.leads_to("/signin?next=/account");
    let crossing = browser.post_from("/signin", &fields, "cross-site").await;
    assert_eq!(
        (crossing.is(403).cookie.clone(), crossing.location.clone()),
        (None, None)
    );
    house.end().await;
}

async fn the_table_is_told(engine: Engine) {
    let house = House::open(engine).await;
    let shown = Browser::new(&house.app).get("/docs/permissions").await;
    shown.is(200);
    for action in Action::ALL {
        assert!(shown.says(&format!("<code>{}</code>", action.code())), "{action:?}");
    }
    house.end().await;
}

on_both!(
    everybody_gets_to_their_own_page,
    a_role_may_what_the_table_says,
    unknown_wrong_and_disabled_look_and_cost_alike,
    tries_at_once_in_two_processes_all_count,
    one_address_tries_ten_accounts_a_minute,
    nobody_is_sent_elsewhere,
    the_table_is_told,
);
