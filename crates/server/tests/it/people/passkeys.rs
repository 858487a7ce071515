//! Passkeys: a device signs somebody in by itself, and nothing else does: no other page, no copy, no second use.

use super::{House, configured};
use crate::ledger::on_both;
use crate::support::books::{Engine, all_of};
use crate::support::browser::{Browser, Shown};
use crate::support::device::{Device, Manner};
use db::params;
use serde_json::{Value, json};
use server::app::App;
use server::config::Config;
use server::people::{OPERATORS, passkeys};
use server::permissions::Role;
use server::rate_limits::Rates;
use server::sql;

const ORIGIN: &str = "https://trei.example";
const MANNER: Manner = Manner {
    origin: ORIGIN,
    verifies: true,
    counter: 0,
};

/// The house's first process, at a name of its own.
fn named(house: &House, origin: &str) -> App {
    let config = Config::from(|name| (name == "LOYALTY_PUBLIC_URL").then(|| origin.to_owned())).unwrap();
    let config = Config {
        rate_limits: Rates::off(),
        ..config
    };
    configured(&house.books, house.books.engine.db.clone(), config)
}

async fn asked(browser: &Browser, address: &str) -> (String, Value) {
    let shown = browser.post(address, &[]).await;
    let told: Value = serde_json::from_str(&shown.is(200).html).unwrap();
    (told["ceremony"].as_str().unwrap().to_owned(), told["publicKey"].clone())
}

async fn adds(browser: &Browser, device: &mut Device, manner: Manner) -> Shown {
    let (ceremony, options) = asked(browser, "/account/passkeys/options").await;
    let answer = device.makes(&options, manner);
    let fields = [("name", "Telefon"), ("ceremony", &*ceremony), ("answer", &answer)];
    browser.post("/account/passkeys", &fields).await
}

async fn shows(app: &App, device: &Device, manner: Manner) -> Shown {
    let browser = Browser::new(app);
    let (ceremony, options) = asked(&browser, "/signin/passkey/options").await;
    let answer = device.shows(&options, manner);
    let fields = [("ceremony", &*ceremony), ("answer", &answer), ("next", "/back/log")];
    browser.post("/signin/passkey", &fields).await
}

/// Somebody's browser at the named process, and the device that signs them in.
async fn with_passkey(house: &House, app: &App, name: &str) -> (Browser, Device) {
    let browser = house.signed_in(name).await.at(app);
    let mut device = Device::new(name.as_bytes());
    adds(&browser, &mut device, MANNER).await.leads_to("/account?done=1");
    (browser, device)
}

async fn a_device_signs_in_without_password_or_code(engine: Engine) {
    let house = House::open(engine).await;
    let app = named(&house, ORIGIN);
    house.person("owner", Role::Owner).await;
    house.person("boss", Role::OperatorOwner).await;
    let (owner, device) = with_passkey(&house, &app, "owner").await;
    // A second factor is not asked for beside it: it is both.
    super::factor::set_up(&house, &owner).await;
    assert!(owner.get("/account").await.says("not used yet"));
    let mut browser = Browser::new(&app);
    let answer = shows(&app, &device, MANNER).await;
    browser.keep(answer.leads_to("/signin?next=/back/log"));
    browser.get("/back/log").await.is(200);
    assert!(browser.get("/account").await.says("Telefon"));
    assert!(!browser.get("/account").await.says("not used yet"));
    let (_, operator) = with_passkey(&house, &app, "boss").await;
    let answer = shows(&app, &operator, MANNER).await;
    let mut boss = Browser::new(&app);
    boss.keep(&answer);
    boss.get("/operator").await.is(200);
    let log = house.log(house.books.merchant).await;
    let row = &log[0];
    assert_eq!(
        (row.action.as_str(), row.role.as_str()),
        ("user.signed_in", "user:owner")
    );
    assert!(json!(row.change).to_string().contains("psk_"), "{row:?}");
    assert!(log.iter().any(|row| row.action == "user.passkey_added"));
    house.end().await;
}

async fn whatever_is_not_right_is_refused_alike(engine: Engine) {
    let house = House::open(engine).await;
    let app = named(&house, ORIGIN);
    house.person("owner", Role::Owner).await;
    let (owner, device) = with_passkey(&house, &app, "owner").await;
    let unknown = {
        let mut unknown = Device::new(b"unknown");
        let (_, options) = asked(&owner, "/account/passkeys/options").await;
        unknown.makes(&options, MANNER);
        unknown
    };
    let elsewhere = Manner {
        origin: "https://trei.example.evil.example",
        ..MANNER
    };
    let idle = Manner {
        verifies: false,
        ..MANNER
    };
    for (device, manner) in [(&unknown, MANNER), (&device, elsewhere), (&device, idle)] {
        let refused = shows(&app, device, manner).await;
        assert_eq!(refused.is(401).trouble(), Some("invalid_credentials"));
        assert!(refused.cookie.is_none());
    }
    let browser = Browser::new(&app);
    for (ceremony, answer) in [("", ""), ("x", "{}"), ("'", "nonsense")] {
        let fields = [("ceremony", ceremony), ("answer", answer)];
        let refused = browser.post("/signin/passkey", &fields).await;
        assert_eq!(refused.is(401).trouble(), Some("invalid_credentials"));
    }
    // Who may no longer sign in, may not so either.
    let at = app.clock.now();
    house
        .run(
            &sql::people::DISABLE,
            params![house.books.merchant.0, owner_of(&house).await, at.0].to_vec(),
        )
        .await;
    shows(&app, &device, MANNER).await.is(401);
    assert_eq!(house.log(OPERATORS).await[0].action, "user.sign_in_refused");
    house.end().await;
}

async fn owner_of(house: &House) -> uuid::Uuid {
    let merchant = house.books.merchant.0;
    let read = house
        .app
        .db
        .read(move |tx| tx.rows(&sql::people::LIST, &params![merchant]));
    read.await.map_err(server::error::Error::from).unwrap()[0]
        .get(0)
        .unwrap()
}

async fn an_answer_counts_once_and_in_time(engine: Engine) {
    let house = House::open(engine).await;
    let app = named(&house, ORIGIN);
    house.person("owner", Role::Owner).await;
    let (owner, device) = with_passkey(&house, &app, "owner").await;
    let browser = Browser::new(&app);
    let (ceremony, options) = asked(&browser, "/signin/passkey/options").await;
    let answer = device.shows(&options, MANNER);
    let fields = [("ceremony", &*ceremony), ("answer", &*answer)];
    // At once at two processes: one of them.
    let there = Browser::new(&named(&house, ORIGIN));
    let both = all_of([&browser, &there].map(|browser| browser.post("/signin/passkey", &fields))).await;
    let mut statuses = both.iter().map(|shown| shown.status.as_u16()).collect::<Vec<_>>();
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 401]);
    browser.post("/signin/passkey", &fields).await.is(401);
    let (ceremony, options) = asked(&browser, "/signin/passkey/options").await;
    let answer = device.shows(&options, MANNER);
    house.books.clock.set(app.clock.now().plus_minutes(5));
    let late = [("ceremony", &*ceremony), ("answer", &*answer)];
    browser.post("/signin/passkey", &late).await.is(401);
    // What was asked for something else is no answer either.
    let (ceremony, _) = asked(&owner, "/account/passkeys/options").await;
    let (_, options) = asked(&browser, "/signin/passkey/options").await;
    let crossed = [("ceremony", ceremony), ("answer", device.shows(&options, MANNER))];
    let crossed = crossed.each_ref().map(|(name, value)| (*name, &**value));
    browser.post("/signin/passkey", &crossed).await.is(401);
    house.end().await;
}

async fn a_copy_is_noticed_by_its_counter(engine: Engine) {
    let house = House::open(engine).await;
    let app = named(&house, ORIGIN);
    house.person("owner", Role::Owner).await;
    let (_, device) = with_passkey(&house, &app, "owner").await;
    let counted = |counter| Manner { counter, ..MANNER };
    shows(&app, &device, counted(5)).await.is(303);
    for behind in [5, 4] {
        shows(&app, &device, counted(behind)).await.is(401);
    }
    shows(&app, &device, counted(6)).await.is(303);
    house.end().await;
}

async fn changing_passkeys_needs_a_fresh_proof_which_one_of_them_gives(engine: Engine) {
    let house = House::open(engine).await;
    let app = named(&house, ORIGIN);
    for name in ["owner", "viewer"] {
        house
            .person(name, if name == "owner" { Role::Owner } else { Role::Viewer })
            .await;
    }
    let (mut owner, device) = with_passkey(&house, &app, "owner").await;
    let (_, viewers) = with_passkey(&house, &app, "viewer").await;
    house.books.clock.set(app.clock.now().plus_minutes(11));
    owner.post("/account/passkeys/options", &[]).await.is(403);
    owner
        .post("/account/passkeys", &[])
        .await
        .leads_to("/account/proof?next=/account");
    assert!(!owner.get("/account").await.says("data-makes"));
    let prove = async |browser: &Browser, device: &Device| {
        let (ceremony, options) = asked(browser, "/signin/passkey/options").await;
        let answer = device.shows(&options, MANNER);
        let fields = [("ceremony", &*ceremony), ("answer", &answer), ("next", "/back/keys")];
        browser.post("/account/proof/passkey", &fields).await
    };
    // Somebody else's is right, and proves nothing of this one.
    prove(&owner, &viewers).await.is(401);
    let proven = prove(&owner, &device).await;
    owner.keep(proven.leads_to("/back/keys"));
    let page = owner.get("/account").await;
    let (_, rest) = page.html.split_once("action=\"/account/passkeys/psk_").unwrap();
    let id = rest.split('/').next().unwrap().to_owned();
    let other = house.signed_in("owner").await;
    let foreign = house.signed_in("viewer").await.at(&app);
    foreign
        .post(&format!("/account/passkeys/psk_{id}/end"), &[])
        .await
        .is(404);
    owner
        .post(&format!("/account/passkeys/psk_{id}/end"), &[])
        .await
        .leads_to("/account?done=1");
    shows(&app, &device, MANNER).await.is(401);
    other.get("/account").await.leads_to("/signin?next=/account");
    owner.get("/account").await.is(200);
    let actions = house.actions(house.books.merchant).await;
    assert!(actions.contains(&"user.passkey_removed".to_owned()) && actions.contains(&"user.proven".to_owned()));
    house.end().await;
}

async fn a_device_that_answers_wrongly_adds_nothing(engine: Engine) {
    let house = House::open(engine).await;
    let app = named(&house, ORIGIN);
    house.person("owner", Role::Owner).await;
    let (owner, device) = with_passkey(&house, &app, "owner").await;
    let elsewhere = Manner {
        origin: "http://trei.example",
        ..MANNER
    };
    let idle = Manner {
        verifies: false,
        ..MANNER
    };
    for manner in [elsewhere, idle] {
        let refused = adds(&owner, &mut Device::new(b"another"), manner).await;
        assert!(refused.is(422).says("data-code=\"passkey_refused\""));
    }
    // The same id again, from another key.
    adds(&owner, &mut Device::new(b"owner"), MANNER).await.is(422);
    shows(&app, &device, MANNER).await.is(303);
    let (_, options) = asked(&owner, "/account/passkeys/options").await;
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    house.end().await;
}

async fn where_no_passkey_works_none_is_offered(engine: Engine) {
    let house = House::open(engine).await;
    house.person("owner", Role::Owner).await;
    for origin in ["http://192.0.2.7:8080", "http://trei.example", "https://[2001:db8::1]"] {
        let app = named(&house, origin);
        assert!(!passkeys::are_offered(&app.config), "{origin}");
        let browser = Browser::new(&app);
        assert!(!browser.get("/signin").await.says("data-passkey"));
        browser.post("/signin/passkey/options", &[]).await.is(404);
        browser.post("/signin/passkey", &[]).await.is(401);
    }
    let local = named(&house, "http://localhost:8080");
    assert!(Browser::new(&local).get("/signin").await.says("data-passkey"));
    house.end().await;
}

on_both!(
    a_device_signs_in_without_password_or_code,
    whatever_is_not_right_is_refused_alike,
    an_answer_counts_once_and_in_time,
    a_copy_is_noticed_by_its_counter,
    changing_passkeys_needs_a_fresh_proof_which_one_of_them_gives,
    a_device_that_answers_wrongly_adds_nothing,
    where_no_passkey_works_none_is_offered,
);
