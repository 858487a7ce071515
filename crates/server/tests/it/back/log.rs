//! The log of who managed what, as people read it (`AUD-1`).

use super::{Office, PIN};
use crate::ledger::on_both;
use crate::support::books::{Engine, MONDAY};
use serde_json::Value;
use server::audit_log::{Action, Entry, Who, note};
use server::error::Error;
use server::permissions::Role;

async fn the_log_is_read_searched_and_taken_along(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    owner.adds("Zoe", &[]).await.is(303);
    owner.adds("=1+1", &[("pin", "5937"), ("again", "5937")]).await.is(303);
    owner
        .post(
            "/back/terminals",
            &[("name", "Door"), ("store", &office.site.books.store.to_string())],
        )
        .await
        .is(201);
    let page = owner.get("/back/log").await;
    page.is(200)
        .says("Somebody began to serve")
        .says("Till made")
        .says("Zoe")
        // Things by their names, codes in words, and what was left empty by what it means.
        .says("<span class=\"tiny\">Door</span>")
        .says("<ins>Cashier</ins>")
        .says("<ins>in all stores</ins>")
        .says_not("<ins>cashier</ins>")
        .says_not("<ins></ins>");
    owner
        .get("/back/log?action=terminal.made")
        .await
        .says("<td data-label=\"What\">Till made")
        .says_not("<td data-label=\"What\">Somebody");
    // By whom is chosen by name, together with what.
    let id = office.log().await[0].actor.clone();
    owner.get("/back/log").await.says(&format!("<option value=\"{id}\">"));
    owner
        .get(&format!("/back/log?action=terminal.made&by={id}"))
        .await
        .says(&format!("<option value=\"{id}\" selected>"))
        .says("<td data-label=\"What\">Till made")
        .says_not("<td data-label=\"What\">Somebody");
    owner
        .get("/back/log?action=terminal.made&by=system")
        .await
        .says("Nothing of that kind was noted.")
        .says("selected>the installation itself");
    owner
        .get("/back/log?day=1999-01-01")
        .await
        .is(200)
        .says("Nothing of that kind was noted.");
    owner
        .get("/back/log?day=nonsense&by=%27%22%3E%3Cscript%3E")
        .await
        .is(200)
        .says_not("<script>");
    let lines = owner.get("/back/log/export?format=jsonl").await;
    assert_eq!(lines.is(200).text.lines().count(), office.log().await.len());
    let csv = owner.get("/back/log/export?format=csv").await;
    csv.is(200).says("\"staff.added\"").says_not("\n=").says_not(PIN);
    assert!(csv.header("content-disposition").contains("attachment"));
    // A manager reads it and does not take it along.
    let manager = office.person(Role::Manager).await;
    manager.get("/back/log").await.is(200).says_not("/back/log/export");
    manager.get("/back/log/export").await.is(403);
}

async fn a_long_log_is_taken_along_whole(engine: Engine) {
    let office = Office::open(engine).await;
    let owner = office.person(Role::Owner).await;
    let (merchant, secrets) = (office.site.books.merchant, office.site.app.secrets.clone());
    let many = move |tx: &mut db::Transaction<'_>| {
        for _ in 0..1_100 {
            let entry = Entry::new(&secrets, Who::console(), Action::KeyMade)
                .unwrap()
                .at(merchant);
            note(tx, &entry, MONDAY)?;
        }
        Ok::<_, Error>(())
    };
    office.site.app.db.write(many).await.unwrap();
    let file = owner.get("/back/log/export?format=jsonl").await;
    let sequences: Vec<i64> = file
        .is(200)
        .text
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["sequence"]
                .as_i64()
                .unwrap()
        })
        .collect();
    let newest = sequences[0];
    assert!(newest >= 1_100);
    assert_eq!(sequences, (1..=newest).rev().collect::<Vec<_>>());
    let csv = owner.get("/back/log/export?format=csv").await;
    assert_eq!(csv.is(200).text.matches("sequence,recorded_at").count(), 1);
    assert_eq!(csv.text.lines().count(), sequences.len() + 1);
}

on_both!(
    the_log_is_read_searched_and_taken_along,
    a_long_log_is_taken_along_whole
);
