//! The back office (`J9`, `AUD-1`): staff and their PINs, tills, the log; and who may not.

mod approving;
mod correcting;
mod dangerous;
mod log;
mod serving;
mod users;

use crate::ledger::on_both;
use crate::support::books::{Engine, MONDAY, id};
use crate::support::crowd::{self, Person};
use crate::support::site::{Seen, Site};
use domain::ids::StoreId;
use http::{Request, header};
use server::audit_log::{Filter, Noted, read};
use server::error::Error;
use server::permissions::Role;
use server::pins::{self, Listed};
use server::setup;

const PIN: &str = "7391";

/// A shop with two stores and somebody in its back office.
struct Office {
    site: Site,
    other: StoreId,
}

impl Office {
    async fn open(engine: Engine) -> Self {
        let site = Site::open(engine, |_| {}).await;
        let (merchant, other) = (site.books.merchant, StoreId(id()));
        let add = move |tx: &mut db::Transaction<'_>| {
            setup::store(tx, merchant, other, ("BV", "Belval", "2, Belval"), MONDAY)
        };
        site.app.db.write(add).await.unwrap();
        Self { site, other }
    }

    async fn person(&self, role: Role) -> Browser<'_> {
        let person = crowd::person(&self.site, self.site.books.merchant, role, crowd::NO_PASSWORD).await;
        self.browser(person).await
    }

    async fn browser(&self, person: Person) -> Browser<'_> {
        let (_, cookie) = person.signed_in(&self.site).await;
        Browser {
            site: &self.site,
            cookie,
        }
    }

    async fn staff(&self) -> Vec<Listed> {
        pins::list(&self.site.app, self.site.books.merchant).await.unwrap()
    }

    async fn log(&self) -> Vec<Noted> {
        let merchant = self.site.books.merchant;
        let rows = self
            .site
            .app
            .db
            .read(move |tx| read(tx, merchant, &Filter::default(), 50));
        rows.await.map_err(|error: Error| error).unwrap()
    }
}

struct Browser<'a> {
    site: &'a Site,
    cookie: String,
}

impl Browser<'_> {
    async fn get(&self, path: &str) -> Seen {
        let headers = [("cookie", &*self.cookie), ("accept-language", "en")];
        self.site.get_as(path, &headers).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_LANGUAGE, "en");
        self.site.send(request.body(form.finish().into()).unwrap()).await
    }

    async fn adds(&self, name: &str, more: &[(&str, &str)]) -> Seen {
        let fields = [&[("name", name), ("pin", PIN), ("again", PIN)], more].concat();
        self.post("/back/staff", &fields).await
    }
}

async fn somebody_begins_and_every_mistake_is_told_at_its_field(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    for (fields, field, words) in [
        (
            &[("name", ""), ("pin", PIN), ("again", PIN)],
            "name_error",
            "This is required.",
        ),
        (
            &[("name", "Zoe"), ("pin", "1111"), ("again", "1111")],
            "pin_error",
            "too easy to guess",
        ),
        (
            &[("name", "Zoe"), ("pin", "12a4"), ("again", "12a4")],
            "pin_error",
            "4 to ",
        ),
        (
            &[("name", "Zoe"), ("pin", PIN), ("again", "7319")],
            "again_error",
            "not the PIN typed above",
        ),
    ] {
        let refused = owner.post("/back/staff", fields).await;
        refused.is(422).says(&format!("id=\"{field}\"")).says(words);
        refused.says_not(PIN).says_not("1111");
    }
    assert!(office.staff().await.is_empty());
    let store = office.site.books.store.to_string();
    let added = owner.adds("Zoe", &[("role", "cashier"), ("store", &store)]).await;
    assert_eq!(added.is(303).header("location"), "/back/staff?done=1");
    // The same press again makes nobody twice.
    owner.adds("zoe", &[]).await.is(409).says("id=\"name_error\"");
    let staff = office.staff().await;
    assert_eq!(
        (staff.len(), staff[0].stores.as_slice()),
        (1, &[office.site.books.store][..])
    );
    owner
        .get("/back/staff")
        .await
        .is(200)
        .says("Zoe")
        .says("Grand-Rue")
        .says_not(PIN);
    let noted = &office.log().await[0];
    assert_eq!(
        (noted.action.as_str(), noted.role.as_str()),
        ("staff.added", "user:owner")
    );
    assert!(noted.address.is_some() && noted.subject == Some(staff[0].staff.to_string()));
}

async fn a_pin_is_set_unlocked_and_ended(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    owner.adds("Zoe", &[]).await.is(303);
    let zoe = office.staff().await[0].staff;
    let place = format!("/back/staff/{zoe}");
    let set = |pin: &'static str| [("pin", pin), ("again", pin)];
    owner.post(&format!("{place}/pin"), &set("8264")).await.is(303);
    for used in ["8264", PIN] {
        let refused = owner.post(&format!("{place}/pin"), &set(used)).await;
        refused.is(422).says("in use not long ago").says_not(used);
    }
    owner
        .post(&format!("{place}/pin"), &[])
        .await
        .is(422)
        .says("id=\"pin_error\"");
    owner.post(&format!("{place}/unlock"), &[]).await.is(303);
    owner.post(&format!("{place}/end"), &[]).await.is(303);
    owner.get(&place).await.is(303);
    owner
        .post(&format!("{place}/pin"), &set("5937"))
        .await
        .is(409)
        .says("no longer serves");
    let codes: Vec<String> = office.log().await.iter().map(|noted| noted.action.clone()).collect();
    assert_eq!(codes[..4], ["staff.left", "pin.unlocked", "pin.set", "staff.added"]);
}

async fn the_rules_of_pins_are_set_within_bounds(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    owner.get("/back/staff/rules").await.is(200).says("name=\"length\"");
    let rules = |length: &'static str, tries: &'static str| [("length", length), ("tries", tries), ("minutes", "20")];
    for (length, tries, field) in [("3", "5", "length"), ("x", "5", "length"), ("6", "99", "tries")] {
        let refused = owner.post("/back/staff/rules", &rules(length, tries)).await;
        refused
            .is(422)
            .says(&format!("id=\"{field}_error\""))
            .says(&format!("value=\"{tries}\""));
    }
    owner.post("/back/staff/rules", &rules("6", "4")).await.is(303);
    // What readers cached a moment ago is old by now.
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(1));
    owner.adds("Zoe", &[]).await.is(422).says("6 to ");
    let noted = &office.log().await[0];
    assert_eq!(noted.action, "pin_rules.set");
    office
        .person(Role::Accountant)
        .await
        .get("/back/staff/rules")
        .await
        .is(403);
}

async fn a_key_is_shown_once_and_needs_a_fresh_proof(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    for (fields, field) in [
        (&[("name", "Shop")][..], "scope_error"),
        (&[("name", ""), ("scope", "earn")], "name_error"),
        (
            &[("name", "Shop"), ("scope", "earn"), ("networks", "nowhere")],
            "networks_error",
        ),
        (
            &[("name", "Shop"), ("scope", "earn"), ("expires", "1999-01-01")],
            "expires_error",
        ),
    ] {
        owner
            .post("/back/keys", fields)
            .await
            .is(422)
            .says(&format!("id=\"{field}\""));
    }
    let wish = [
        ("name", "Shop"),
        ("scope", "earn"),
        ("scope", "cards:read"),
        ("networks", "192.0.2.7"),
    ];
    let made = owner.post("/back/keys", &wish).await;
    let (_, token) = made.is(201).text.split_once("<p class=\"seed-typed\"><code>").unwrap();
    let token = token.split('<').next().unwrap();
    let list = owner.get("/back/keys").await;
    list.is(200).says("Shop").says("192.0.2.7").says_not(token);
    let (_, rest) = list.text.split_once("action=\"/back/keys/").unwrap();
    let place = format!("/back/keys/{}", rest.split('"').next().unwrap());
    // Ten minutes later the proof is old.
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(11));
    for path in ["/back/keys", &*place] {
        let proof = owner.post(path, &wish).await;
        assert_eq!(proof.is(303).header("location"), "/account/proof?next=/back/keys");
    }
    owner
        .get("/back/keys")
        .await
        .is(200)
        .says("/account/proof?next=/back/keys")
        .says_not("name=\"scope\"");
    let owner = office.person(Role::Owner).await;
    owner.post(&place, &[]).await.is(303);
    owner.get("/back/keys").await.says("taken back");
    office.person(Role::Manager).await.get("/back/keys").await.is(403);
}

async fn the_last_manager_stays(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    let manager = [
        ("role", "manager"),
        ("pin", "739152"),
        ("again", "739152"),
        ("name", "Odile"),
    ];
    owner.post("/back/staff", &manager).await.is(303);
    let odile = office.staff().await[0].staff;
    let refused = owner.post(&format!("/back/staff/{odile}/end"), &[]).await;
    refused.is(409).says("role=\"alert\"");
    assert!(office.staff().await[0].active);
}

async fn whoever_has_stores_looks_after_those_alone(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    let (here, there) = (office.site.books.store.to_string(), office.other.to_string());
    owner.adds("Zoe", &[("store", &here)]).await.is(303);
    owner.adds("Yves", &[("store", &there)]).await.is(303);
    owner.adds("Xenia", &[]).await.is(303);
    let merchant = office.site.books.merchant;
    let person = crowd::person_in(&office.site, merchant, Role::Manager, &[office.site.books.store]).await;
    let manager = office.browser(person).await;
    manager
        .get("/back/staff")
        .await
        .is(200)
        .says("Zoe")
        .says("Yves")
        .says_not("Belval</span></label>");
    let of = |name: &str| {
        let staff = office.staff();
        let name = name.to_owned();
        async move { staff.await.into_iter().find(|one| one.name == name).unwrap().staff }
    };
    manager.get(&format!("/back/staff/{}", of("Zoe").await)).await.is(200);
    for name in ["Yves", "Xenia"] {
        let place = format!("/back/staff/{}", of(name).await);
        manager.get(&place).await.is(403);
        manager.post(&format!("{place}/end"), &[]).await.is(403);
        manager
            .post(&format!("{place}/pin"), &[("pin", "5937"), ("again", "5937")])
            .await
            .is(403);
    }
    for stores in [&[][..], &[("store", &*there)], &[("store", &*here), ("store", &*there)]] {
        manager.adds("Will", stores).await.is(422);
    }
    manager.adds("Will", &[("store", &here)]).await.is(303);
    manager
        .post("/back/terminals", &[("name", "T9"), ("store", &there)])
        .await
        .is(422);
}

async fn a_till_is_made_with_a_code_and_taken_back(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    let store = office.site.books.store.to_string();
    owner
        .post("/back/terminals", &[("name", ""), ("store", &store)])
        .await
        .is(422)
        .says("id=\"name_error\"");
    let made = owner
        .post("/back/terminals", &[("name", "Door"), ("store", &store)])
        .await;
    made.is(201).says("pairing-code").says("Code for Door");
    let list = owner.get("/back/terminals").await;
    list.is(200)
        .says("Door")
        .says("waits for its device")
        .says_not("pairing-code");
    let (_, rest) = list.text.split_once("action=\"/back/terminals/").unwrap();
    let place = format!("/back/terminals/{}", rest.split('"').next().unwrap());
    owner.post(&place, &[]).await.is(303);
    owner.get("/back/terminals").await.says("taken back");
}

on_both!(
    a_key_is_shown_once_and_needs_a_fresh_proof,
    the_rules_of_pins_are_set_within_bounds,
    somebody_begins_and_every_mistake_is_told_at_its_field,
    a_pin_is_set_unlocked_and_ended,
    the_last_manager_stays,
    whoever_has_stores_looks_after_those_alone,
    a_till_is_made_with_a_code_and_taken_back,
);
