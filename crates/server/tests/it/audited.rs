//! Whatever changes something leaves a trace (`AUD-1`): every call and form that writes, every job and every command stands
//! in `audited/ways.txt` with what it leaves. Ways are found, not listed: a new one fails here until it says what it leaves,
//! and is then tried, by somebody who may and with what makes no sense. What makes sense must succeed, and leave just that;
//! in the end everything that can be noted was noted by something that ran.

mod accounts;
mod commands;
mod jobs;
mod list;
mod people;
mod ready;
mod shops;

use crate::ledger::on_both;
use crate::support::addresses::{self, Address};
use crate::support::books::{Engine, id};
use crate::support::rows::Look;
use crate::support::site::Seen;
use crate::support::street::{Shown, Street, spoilt};
use domain::ids::{MerchantId, TerminalId};
use list::{Case, Leaves, cases, write, writes};
use ready::Walk;
use serde_json::{Value, json};
use server::audit_log::{Action, Filter, Noted, read};
use server::tokens::{self, Token, TokenOf};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What the owner types.
const PASSWORD: &str = "de-Kaffi-ass-prett";
/// Tables of the ledger: what is written there has its own chain, and its own audit.
const LEDGER: &[&str] = &[
    "consents",
    "letters",
    "links",
    "pending_contacts",
    "cards",
    "claims",
    "contacts",
    "counters",
    "customers",
    "daily_totals",
    "events",
    "follow_ups",
    "orders",
    "receipts",
    "returns",
    "revoked_numbers",
    "signals",
    "wallet_work",
];

/// The codes in the log of each merchant and of the installation, newest first.
async fn logs(street: &Street) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for merchant in [
        street.victim.merchant,
        street.neighbour.merchant,
        MerchantId(Uuid::nil()),
    ] {
        let look = move |tx: &mut db::Transaction<'_>| read(tx, merchant, &Filter::default(), 10_000);
        let rows: Vec<Noted> = street.site.app.db.read(look).await.unwrap();
        all.push(rows.into_iter().map(|row| row.action).collect());
    }
    all
}

/// Does something, and says what it answered, which tables it changed, and which codes it noted.
async fn watched<T>(street: &Street, deed: impl Future<Output = T>) -> (T, Vec<String>, Vec<String>) {
    let look = Look::at_all(&street.site.app.db).await;
    let (before, logs_before) = (look.now().await, logs(street).await);
    let seen = deed.await;
    let changed = before.changed(&look.now().await);
    let mut noted = Vec::new();
    for (before, now) in logs_before.iter().zip(logs(street).await) {
        noted.extend(now[..now.len() - before.len()].iter().cloned());
    }
    (seen, changed, noted)
}

/// Tables in which refused tries are counted.
const COUNTS: &[&str] = &["merchants", "pairing_codes"];

/// What makes no sense is refused and changes nothing, or leaves what the way may leave.
fn check_nonsense(cases: &[&Case], seen: &Seen, changed: &[String], noted: &[String]) -> Result<(), String> {
    let is_known = |code: &String| {
        let mut notes = cases.iter().flat_map(|case| case.notes());
        notes.any(|action| action.code() == code)
    };
    let is_draft = cases.iter().any(|case| case.leaves == Leaves::Draft);
    let is_silent = !is_draft && noted.is_empty() && !managed(changed).is_empty();
    let is_idle = cases.iter().all(|case| case.leaves == Leaves::Nothing) || seen.status.is_client_error();
    let is_torn = is_idle && !changed.is_empty();
    if noted.iter().all(is_known) && !is_silent && !is_torn && !seen.status.is_server_error() {
        return Ok(());
    }
    Err(format!(
        "{} with nonsense: {} changed {changed:?} noted {noted:?}",
        cases[0].name, seen.status
    ))
}

/// Tables that are not the ledger's.
fn managed(changed: &[String]) -> Vec<&String> {
    let managed = changed.iter().filter(|table| !LEDGER.contains(&table.as_str()));
    managed.collect()
}

/// What a case promises: it succeeds, or is refused where it says so, and leaves what it says and nothing else.
fn check(case: &Case, seen: &Seen, changed: &[String], noted: &[String]) -> Result<(), String> {
    let to_prove = seen.header("location").starts_with("/account/proof");
    let succeeded = seen.status.is_success() || (seen.status.is_redirection() && !to_prove);
    let came_out = if case.is_refused() {
        seen.status.is_client_error()
    } else {
        succeeded
    };
    let mut promised: Vec<&str> = case.notes().iter().map(|action| action.code()).collect();
    let mut noted: Vec<&str> = noted.iter().map(|code| &**code).collect();
    promised.sort_unstable();
    noted.sort_unstable();
    let managed = managed(changed);
    let left = match &case.leaves {
        Leaves::Nothing => changed.is_empty(),
        Leaves::Events => managed.is_empty() && !changed.is_empty(),
        Leaves::Draft => true,
        Leaves::Noted(_) => !case.is_refused() || managed.iter().all(|table| COUNTS.contains(&table.as_str())),
    };
    if came_out && left && noted == promised {
        return Ok(());
    }
    let title = seen
        .text
        .split("<title>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let said = title.unwrap_or(&seen.text);
    Err(format!(
        "{} {promised:?}: {} {said} changed {changed:?} noted {noted:?}",
        case.name, seen.status
    ))
}

/// The same with what makes no sense.
async fn try_nonsense(street: &Street, address: &Address, shown: Shown) -> Seen {
    if address.is_call() {
        let nonsense = json!({ "no such field": [null, { "x": "\u{7f}" }] });
        street
            .call(&shown, address.method(), &street.path(address), &nonsense)
            .await
    } else {
        let names = "token idempotency_key amount reward first_name lang back";
        let fields: Vec<(&str, &str)> = names.split(' ').map(|name| (name, "\u{7f}nonsense")).collect();
        street.send(street.form(&shown, address, &fields, "same-origin")).await
    }
}

async fn what_is_promised_is_kept(engine: Engine) {
    let walk = Walk::open(Street::open(engine).await).await;
    let cases = cases();
    // Sessions end last and passwords change then, and what blocks or closes a card comes after what uses it.
    let mut writes = writes();
    let is_last = |pattern: &str| pattern.ends_with("/end") || pattern.ends_with("/password");
    let stops = |pattern: &str| pattern.ends_with("/blocks") || pattern.contains("clos");
    writes.sort_by_key(|address| {
        let pattern = &*address.pattern;
        (pattern == "/till/session/end", is_last(pattern), stops(pattern))
    });
    let (mut wrong, mut seen_noted) = (Vec::new(), BTreeSet::new());
    for address in writes {
        let cases: Vec<&Case> = cases.iter().filter(|case| case.name == address.to_string()).collect();
        for case in cases.iter().filter(|case| case.why_not.is_none()) {
            let ready = walk.ready(case, &address).await;
            let (seen, changed, noted) = watched(&walk.street, walk.send(&address, ready)).await;
            wrong.extend(check(case, &seen, &changed, &noted).err());
            seen_noted.extend(noted);
        }
        // Last: a form that needs no fields takes nonsense for sense.
        let shown = walk.rightful(&address).await;
        let (seen, changed, noted) = watched(&walk.street, try_nonsense(&walk.street, &address, shown)).await;
        wrong.extend(check_nonsense(&cases, &seen, &changed, &noted).err());
    }
    assert!(
        wrong.is_empty(),
        "these did not keep what they promise:\n{}",
        wrong.join("\n")
    );
    let unseen: Vec<_> = Action::ALL
        .iter()
        .filter(|action| !seen_noted.contains(action.code()))
        .collect();
    assert!(unseen.is_empty(), "nothing that was tried noted {unseen:?}");
    walk.street.site.books.audited().await;
}

/// What is tried in vain is told to the shop whose terminal was named, and to whoever tries it is one and the same no.
async fn a_refused_sign_in_is_noted(engine: Engine) {
    let street = Street::open(engine).await;
    let address = write("POST /till/session");
    let (secrets, theirs) = (&street.site.app.secrets, &street.neighbour);
    let Token { merchant, of } = tokens::parse(&theirs.terminal).unwrap();
    let unknown = TokenOf::Terminal(TerminalId(id()));
    let mut answers = BTreeSet::new();
    for (token, expected) in [
        // The right terminal and another secret, as after a change.
        (
            tokens::new_token(secrets, merchant, of).unwrap(),
            vec!["terminal.sign_in_refused"],
        ),
        (tokens::new_token(secrets, merchant, unknown).unwrap(), vec![]),
        (theirs.key.clone(), vec![]),
        (spoilt(&theirs.terminal), vec![]),
    ] {
        let request = street.form(&Shown::Nothing, &address, &[("token", &token)], "same-origin");
        let (seen, changed, noted) = watched(&street, street.send(request)).await;
        seen.is(401).says_not(&token);
        assert_eq!(
            (changed, noted.iter().map(|code| &**code).collect()),
            (Vec::new(), expected)
        );
        answers.insert(seen.text);
    }
    assert_eq!(answers.len(), 1);
    street.site.books.audited().await;
}

/// Who only looks changes nothing, whoever they are.
async fn a_look_changes_nothing(engine: Engine) {
    let walk = Walk::open(Street::open(engine).await).await;
    let street = &walk.street;
    let looks: Vec<Address> = addresses::all().into_iter().filter(Address::is_look).collect();
    assert!(looks.len() > 20, "{}", looks.len());
    for address in looks {
        let shown = walk.rightful(&address).await;
        let look = async {
            if address.is_call() {
                street
                    .call(&shown, address.method(), &street.path(&address), &Value::Null)
                    .await
            } else {
                street.visit(&shown, &address).await
            }
        };
        let (seen, changed, noted) = watched(street, look).await;
        assert!(!seen.status.is_server_error(), "{address}: {}", seen.text);
        assert_eq!((changed, noted), (Vec::new(), Vec::new()), "{address}");
    }
}

on_both!(
    what_is_promised_is_kept,
    a_refused_sign_in_is_noted,
    a_look_changes_nothing
);
