//! Corrections over a limit (`APR-1`): a till asks, the back office decides, and it is booked once.

use super::{Browser, Office};
use crate::ledger::on_both;
use crate::support::books::{Engine, id};
use crate::support::crowd;
use crate::support::site::Seen;
use crate::support::tills;
use db::Statement;
use domain::Card;
use domain::ids::CardId;
use http::{Request, header};
use serde_json::{Value, json};
use server::audit_log::Who;
use server::error::Error;
use server::permissions::Role;
use server::sql::lookups;
use server::terminals;

/// A card of points, and a till that corrects it.
struct Till<'a> {
    office: &'a Office,
    token: String,
    card: CardId,
}

impl<'a> Till<'a> {
    async fn open(office: &'a Office) -> Self {
        let books = &office.site.books;
        Self {
            office,
            token: tills::paired(&office.site, books.merchant, books.store).await,
            card: books.enroll(books.programs[1]).await,
        }
    }

    async fn asks(&self, amount: i64, key: &str) -> Seen {
        let body = json!({ "unit": "point", "amount": amount, "reason": "goodwill", "note": "machine broken" });
        let request = Request::post(format!("/api/v1/cards/{}/adjustments", self.card))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", key);
        self.office
            .site
            .send(request.body(body.to_string().into()).unwrap())
            .await
    }

    /// Asks for what is over the limit.
    async fn waits(&self, amount: i64) -> String {
        let seen = self.asks(amount, &id().to_string()).await;
        told(&seen, 202)["approval"].as_str().unwrap().to_owned()
    }

    async fn points(&self) -> i64 {
        let (merchant, card) = (self.office.site.books.merchant, self.card);
        let read = self
            .office
            .site
            .app
            .db
            .read(move |tx| lookups::card(tx, merchant.0, card.0));
        let card: Card = serde_json::from_str(&read.await.unwrap().unwrap().state).unwrap();
        card.balance_on(card.day).points
    }
}

fn told(seen: &Seen, status: u16) -> Value {
    seen.is(status);
    serde_json::from_str(&seen.text).unwrap()
}

async fn decides(browser: &Browser<'_>, approval: &str, what: &str) -> Seen {
    browser
        .post(&format!("/back/approvals/{approval}"), &[("decision", what)])
        .await
}

async fn what_is_approved_is_booked_once(engine: Engine) {
    let office = Office::open(engine).await;
    let (till, owner) = (Till::open(&office).await, office.person(Role::Owner).await);
    till.asks(400, "small").await.is(201);
    let key = id().to_string();
    let asked = told(&till.asks(900, &key).await, 202);
    assert_eq!(
        (&asked["code"], &asked["status"]),
        (&json!("approval_required"), &json!("waiting"))
    );
    // The same call asks once, and its key serves for nothing else, whether it would wait too or not.
    let again = told(&till.asks(900, &key).await, 202);
    assert_eq!(again["approval"], asked["approval"]);
    for amount in [901, 5] {
        assert_eq!(
            told(&till.asks(amount, &key).await, 422)["code"],
            "idempotency_key_reused"
        );
    }
    assert_eq!(till.points().await, 400);
    let approval = asked["approval"].as_str().unwrap();
    owner
        .get("/back/approvals")
        .await
        .is(200)
        .says("+900 points")
        .says("machine broken");
    let manager = office.person(Role::Manager).await;
    let (one, other) = tokio::join!(
        decides(&owner, approval, "approve"),
        decides(&manager, approval, "approve")
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{} {}", one.text, other.text);
    assert_eq!(till.points().await, 1_300);
    for what in ["approve", "deny"] {
        decides(&owner, approval, what)
            .await
            .is(409)
            .says("data-code=\"already_decided\"");
    }
    assert_eq!(told(&till.asks(900, &key).await, 202)["status"], "approved");
    assert_eq!(till.points().await, 1_300);
    let log = office.log().await;
    let codes: Vec<&str> = log.iter().map(|noted| noted.action.as_str()).collect();
    // Both who pressed stand there if they did so at the same time; one of them decided.
    // In words: what was given to which card.
    owner
        .get("/back/log")
        .await
        .is(200)
        .says("+900 points · ")
        .says("<ins>For goodwill</ins>");
    let approved = codes.iter().filter(|code| **code == "approval.approved").count();
    assert!(
        matches!(approved, 1 | 2) && codes.contains(&"approval.asked"),
        "{codes:?}"
    );
    office.site.books.audited().await;
}

async fn what_is_denied_or_late_is_not_booked(engine: Engine) {
    let office = Office::open(engine).await;
    let (till, owner) = (Till::open(&office).await, office.person(Role::Owner).await);
    let (denied, late) = (till.waits(900).await, till.waits(901).await);
    decides(&owner, &denied, "deny").await.is(303);
    assert_eq!(office.log().await[0].action, "approval.denied");
    decides(&owner, &denied, "approve").await.is(409);
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(24 * 60));
    let owner = office.person(Role::Owner).await;
    for what in ["approve", "deny"] {
        decides(&owner, &late, what)
            .await
            .is(410)
            .says("data-code=\"approval_expired\"");
    }
    owner
        .get("/back/approvals")
        .await
        .says("nobody decided in time")
        .says("denied");
    assert_eq!(till.points().await, 0);
}

async fn what_the_ledger_refuses_waits_on(engine: Engine) {
    let office = Office::open(engine).await;
    let (till, owner) = (Till::open(&office).await, office.person(Role::Owner).await);
    till.asks(400, "small").await.is(201);
    // Over the limit comes before the balance.
    let taking = till.waits(-900).await;
    let refused = decides(&owner, &taking, "approve").await;
    refused.is(409).says("data-code=\"insufficient_balance\"");
    assert_eq!(till.points().await, 400);
    let noted: Vec<_> = office.log().await.into_iter().map(|row| row.action).collect();
    assert_eq!(noted[..2], ["approval.not_booked", "approval.approved"]);
    let giving = till.waits(900).await;
    decides(&owner, &giving, "approve").await.is(303);
    decides(&owner, &taking, "approve").await.is(303);
    assert_eq!(till.points().await, 400);
    office.site.books.audited().await;
}

/// Ten minutes after the last proof of who it is, nothing is decided (`ADJ-1`).
async fn whoever_decides_proved_lately_who_they_are(engine: Engine) {
    let office = Office::open(engine).await;
    let (till, owner) = (Till::open(&office).await, office.person(Role::Owner).await);
    let approval = till.waits(900).await;
    let clock = &office.site.books.clock;
    clock.set(clock.now().plus_minutes(11));
    for what in ["approve", "deny"] {
        let told = decides(&owner, &approval, what).await;
        assert_eq!(told.is(303).header("location"), "/account/proof?next=/back/approvals");
    }
    let page = owner.get("/back/approvals").await;
    page.is(200)
        .says("/account/proof?next=/back/approvals")
        .says_not("value=\"approve\"");
    assert_eq!(till.points().await, 0);
    let owner = office.person(Role::Owner).await;
    decides(&owner, &approval, "approve").await.is(303);
    assert_eq!(till.points().await, 900);
}

async fn a_till_that_was_taken_back_meanwhile_changes_nothing(engine: Engine) {
    let office = Office::open(engine).await;
    let (till, owner) = (Till::open(&office).await, office.person(Role::Owner).await);
    let approval = till.waits(900).await;
    let terminal = tills::public_id(&till.token).parse().unwrap();
    let merchant = office.site.books.merchant;
    let taken_back = terminals::revoke(&office.site.app, Who::console(), merchant, terminal);
    assert!(taken_back.await.unwrap());
    till.asks(5, "after").await.is(401);
    decides(&owner, &approval, "approve").await.is(303);
    assert_eq!(till.points().await, 900);
    office.site.books.audited().await;
}

async fn what_waits_is_seen_however_much_was_decided_since(engine: Engine) {
    let office = Office::open(engine).await;
    let (till, owner) = (Till::open(&office).await, office.person(Role::Owner).await);
    till.waits(777).await;
    for _ in 0..51 {
        let denied = till.waits(900).await;
        decides(&owner, &denied, "deny").await.is(303);
    }
    let page = owner.get("/back/approvals").await;
    page.is(200)
        .says("+777 points")
        .says(&format!("href=\"/back/cards/{}\"", till.card));
    let (waits, denied) = (page.text.find("+777 points"), page.text.find("+900 points"));
    assert!(waits < denied, "what waits comes first");
}

async fn who_may_decide(engine: Engine) {
    let office = Office::open(engine).await;
    let till = Till::open(&office).await;
    let approval = till.waits(900).await;
    for role in [Role::Accountant, Role::Viewer] {
        let browser = office.person(role).await;
        browser.get("/back/approvals").await.is(403);
        decides(&browser, &approval, "approve").await.is(403);
    }
    let merchant = office.site.books.merchant;
    let elsewhere = crowd::person_in(&office.site, merchant, Role::Manager, &[office.other]).await;
    let elsewhere = office.browser(elsewhere).await;
    elsewhere.get("/back/approvals").await.is(200).says_not("+900");
    decides(&elsewhere, &approval, "approve").await.is(403);
    let here = crowd::person_in(&office.site, merchant, Role::Manager, &[office.site.books.store]).await;
    decides(&office.browser(here).await, &approval, "approve").await.is(303);
    assert_eq!(till.points().await, 900);
}

/// What tills asked for before users could still says which till it was.
async fn what_waited_before_an_upgrade_waits_after_it(engine: Engine) {
    const TABLE: Statement = Statement::new(
        "test.before",
        "select count(*) from approvals where terminal_id is not null and user_id is null",
    );
    let office = Office::open(engine).await;
    let till = Till::open(&office).await;
    let approval = till.waits(900).await;
    // The schema as it was before, with what waits in it, and the step to today's.
    let steps = |texts: &'static [&'static str]| {
        office.site.app.db.write(move |tx| {
            for text in texts {
                tx.run(&Statement::new("test.step", text), &[])?;
            }
            Ok::<_, Error>(())
        })
    };
    steps(&["alter table approvals drop column user_id"]).await.unwrap();
    let step = server::migrations::ALL.iter().find(|step| step.number == 11).unwrap();
    let texts: Vec<&str> = step
        .text
        .split(';')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    steps(Vec::leak(texts)).await.unwrap();
    let counted = office
        .site
        .app
        .db
        .read(|tx| Ok::<i64, Error>(tx.row(&TABLE, &[])?.unwrap().get(0)?));
    assert_eq!(counted.await.unwrap(), 1);
    let owner = office.person(Role::Owner).await;
    decides(&owner, &approval, "approve").await.is(303);
    assert_eq!(till.points().await, 900);
}

on_both!(
    what_waited_before_an_upgrade_waits_after_it,
    what_is_approved_is_booked_once,
    what_is_denied_or_late_is_not_booked,
    what_the_ledger_refuses_waits_on,
    whoever_decides_proved_lately_who_they_are,
    a_till_that_was_taken_back_meanwhile_changes_nothing,
    what_waits_is_seen_however_much_was_decided_since,
    who_may_decide,
);
