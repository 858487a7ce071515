//! Who signs in to the back office, and who runs the installation (`SIGN-2`).

use super::{Browser, Office};
use crate::ledger::on_both;
use crate::support::books::{Engine, all_of, id};
use crate::support::browser::{configured, unlimited};
use crate::support::crowd::{self, Person};
use crate::support::site::Seen;
use domain::ids::StoreId;
use http::Request;
use server::people::OPERATORS;
use server::permissions::Role;
use server::routes;
use server::sql;
use tower::ServiceExt;

/// The link that the page shows.
fn link(seen: &Seen) -> String {
    let (_, rest) = seen.text.split_once("/welcome/").unwrap();
    format!("/welcome/{}", rest.split('<').next().unwrap())
}

async fn somebody(office: &Office, role: Role) -> Person {
    crowd::person(&office.site, office.site.books.merchant, role, crowd::NO_PASSWORD).await
}

impl Browser<'_> {
    async fn does(&self, place: &str, person: &Person, fields: &[(&str, &str)]) -> Seen {
        self.post(&format!("{place}/{}", person.user), fields).await
    }
}

async fn whoever_is_invited_comes_by_a_link_that_works_once(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    for (address, code) in [("nobody", "not an e-mail"), ("", "not an e-mail")] {
        let refused = owner
            .post("/back/users", &[("address", address), ("role", "viewer")])
            .await;
        refused.is(422).says("id=\"address_error\"").says(code);
    }
    let store = office.site.books.store.to_string();
    let fields = [("address", "Comes@Example.lu "), ("role", "manager"), ("store", &store)];
    let made = owner.post("/back/users", &fields).await;
    made.is(201).says("comes@example.lu");
    let link = link(&made);
    owner.get("/back/users").await.says("invited, until").says_not(&link);
    let merchant = office.site.books.merchant.0;
    let letters = office
        .site
        .app
        .db
        .read(move |tx| tx.rows(&sql::letters::DUE, &db::params![merchant, i64::MAX]));
    let letters = letters.await.unwrap();
    assert_eq!(
        (letters.len(), letters[0].get::<String>(1).unwrap().as_str()),
        (1, "invite")
    );
    let said = [("name", "Carla"), ("password", "eng laang Geschicht")];
    let came = office.site.post(&link, &said).await;
    assert_eq!(came.is(303).header("location"), "/signin");
    office.site.post(&link, &said).await.is(410);
    let page = owner.get("/back/users").await;
    page.says("Carla")
        .says("Grand-Rue")
        .says("no second factor")
        .says_not("invited, until");
    // Somebody has the address now, however it is typed.
    let again = owner
        .post("/back/users", &[("address", "comes@example.lu"), ("role", "viewer")])
        .await;
    again.is(422).says("signs in with this address already");
    let log = office.log().await;
    let codes: Vec<&str> = log.iter().map(|noted| noted.action.as_str()).collect();
    assert!(
        codes.contains(&"user.made") && codes.contains(&"user.invited"),
        "{codes:?}"
    );
    assert!(!serde_json::to_string(&log[0]).unwrap().contains(&link));
}

async fn another_role_counts_in_every_process_at_once(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    let person = somebody(&office, Role::Manager).await;
    let (_, cookie) = person.signed_in(&office.site).await;
    // Another process on the same database.
    let other = routes::all(
        configured(&office.site.books, unlimited()),
        tokio::sync::watch::channel(false).1,
    );
    let staff = async |cookie: &str| {
        let request = Request::get("/back/staff")
            .header("cookie", cookie)
            .body(axum::body::Body::empty());
        other.clone().oneshot(request.unwrap()).await.unwrap().status().as_u16()
    };
    assert_eq!(staff(&cookie).await, 200);
    let (role, store) = (("deed", "change"), office.site.books.store.to_string());
    let changed = owner
        .does(
            "/back/users",
            &person,
            &[role, ("role", "accountant"), ("store", &store)],
        )
        .await;
    assert!(changed.is(303).header("location").ends_with("?done=1"));
    assert_eq!(staff(&cookie).await, 403);
    let noted = &office.log().await[0];
    let told = serde_json::to_string(noted).unwrap();
    assert_eq!(
        (noted.action.as_str(), noted.role.as_str()),
        ("user.changed", "user:owner")
    );
    assert!(
        told.contains("manager") && told.contains("accountant") && told.contains(&store),
        "{told}"
    );
    // The same again is no change, and leaves no row.
    owner
        .does(
            "/back/users",
            &person,
            &[role, ("role", "accountant"), ("store", &store)],
        )
        .await
        .is(303);
    assert_eq!(office.log().await[0].sequence, noted.sequence);
    owner.does("/back/users", &person, &[("deed", "end")]).await.is(303);
    assert_eq!(staff(&cookie).await, 303);
    owner.does("/back/users", &person, &[("deed", "return")]).await.is(303);
    assert_eq!(staff(&cookie).await, 303);
    let (_, cookie) = person.signed_in(&office.site).await;
    assert_eq!(staff(&cookie).await, 403);
    let passkey = person.passkey(&office.site).await;
    owner.does("/back/users", &person, &[("deed", "reset")]).await.is(303);
    assert_eq!(staff(&cookie).await, 303);
    let (merchant, user) = (person.merchant.0, person.user.0);
    let left = office
        .site
        .app
        .db
        .read(move |tx| tx.rows(&sql::passkeys::OF_USER, &db::params![merchant, user]));
    assert!(left.await.unwrap().is_empty(), "{passkey}");
    let log = office.log().await;
    let codes: Vec<&str> = log.iter().take(3).map(|noted| noted.action.as_str()).collect();
    assert_eq!(codes, ["user.second_factor_removed", "user.returned", "user.disabled"]);
}

async fn the_last_owner_stays(engine: Engine) {
    let office = Office::open(engine).await;
    let (one, two) = (
        somebody(&office, Role::Owner).await,
        somebody(&office, Role::Owner).await,
    );
    let (first, second) = (office.browser(one.clone()).await, office.browser(two.clone()).await);
    // Nobody changes themselves.
    first
        .does("/back/users", &one, &[("deed", "change"), ("role", "viewer")])
        .await
        .is(403);
    // Each ends the other at once: one of them stays.
    let both = all_of(
        [(&first, &two), (&second, &one)]
            .map(|(browser, person)| browser.does("/back/users", person, &[("deed", "end")])),
    )
    .await;
    let ended = both.iter().filter(|seen| seen.status.as_u16() == 303).count();
    let owners = async || {
        let merchant = office.site.books.merchant.0;
        let owners = office
            .site
            .app
            .db
            .write(move |tx| tx.rows(&sql::people::LOCK_OWNERS, &db::params![merchant]));
        owners.await.unwrap().len()
    };
    assert!(ended <= 1 || owners().await == 1, "{both:?}");
    assert_eq!(owners().await, 1);
    // An operator's look at the last of them: the rule is the same for who runs the installation.
    let boss = crowd::person(&office.site, OPERATORS, Role::OperatorOwner, crowd::NO_PASSWORD).await;
    let helper = crowd::person(&office.site, OPERATORS, Role::OperatorOwner, crowd::NO_PASSWORD).await;
    let (boss, helpers) = (office.browser(boss).await, office.browser(helper.clone()).await);
    boss.does("/operator/users", &helper, &[("deed", "change"), ("role", "support")])
        .await
        .is(303);
    helpers.get("/operator/users").await.is(403);
    boss.does("/operator/users", &helper, &[("deed", "change"), ("role", "owner")])
        .await
        .is(303);
}

async fn who_may_not(engine: Engine) {
    let office = Office::open(engine).await;
    let person = somebody(&office, Role::Viewer).await;
    for role in [Role::Manager, Role::Accountant, Role::Viewer] {
        let browser = office.person(role).await;
        browser.get("/back/users").await.is(403);
        browser.does("/back/users", &person, &[("deed", "end")]).await.is(403);
        browser
            .post("/back/users", &[("address", "x@example.lu"), ("role", "owner")])
            .await
            .is(403);
    }
    let owner = office.person(Role::Owner).await;
    owner.get("/operator/users").await.is(403);
    // A store of nobody, and somebody of nobody.
    let fields = [
        ("deed", "change"),
        ("role", "manager"),
        ("store", &*StoreId(id()).to_string()),
    ];
    owner.does("/back/users", &person, &fields).await.is(404);
    let stranger = crowd::person(&office.site, OPERATORS, Role::OperatorSupport, crowd::NO_PASSWORD).await;
    owner.get(&format!("/back/users/{}", stranger.user)).await.is(404);
    owner.does("/back/users", &stranger, &[("deed", "end")]).await.is(404);
    owner.does("/back/users", &person, &[("deed", "fly")]).await.is(400);
    owner
        .does("/back/users", &person, &[("deed", "change"), ("role", "support")])
        .await
        .is(400);
    // Ten minutes later it takes another proof.
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(11));
    let late = owner.does("/back/users", &person, &[("deed", "end")]).await;
    assert_eq!(late.is(303).header("location"), "/account/proof?next=/back/users");
    owner
        .get(&format!("/back/users/{}", person.user))
        .await
        .is(200)
        .says_not("name=\"deed\"");
}

on_both!(
    whoever_is_invited_comes_by_a_link_that_works_once,
    another_role_counts_in_every_process_at_once,
    the_last_owner_stays,
    who_may_not,
);
