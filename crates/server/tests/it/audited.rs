//! Whatever changes something leaves a trace (`AUD-1`): every call and form that writes, every job and every command stands
//! in `audited.txt` with what it leaves. Ways are found, not listed: a new one fails here until it says what it leaves, and
//! is then tried, by somebody who may and with what makes no sense.

mod people;

use crate::ledger::on_both;
use crate::support::addresses::{self, Address, listed};
use crate::support::books::{Engine, id};
use crate::support::crowd::person;
use crate::support::rows::Look;
use crate::support::site::Seen;
use crate::support::street::{Shown, Street, spoilt};
use domain::ids::{MerchantId, TerminalId};
use serde_json::{Value, json};
use server::audit_log::{Action, Filter, Noted, read};
use server::permissions::Role;
use server::tokens::{self, Token, TokenOf};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use uuid::Uuid;

/// What the owner types.
const PASSWORD: &str = "de-Kaffi-ass-prett";
const LIST: &str = include_str!("audited/ways.txt");
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

/// What a way leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Leaves {
    /// Nothing anywhere.
    Nothing,
    /// Events in the ledger.
    Events,
    /// Something prepared that means nothing until another way takes it.
    Draft,
    /// One of these in the log of who managed what.
    Noted(Vec<Action>),
}

/// A line of the list.
struct Way {
    name: String,
    leaves: Leaves,
    /// What it notes in other cases than the one that is tried here.
    also: Vec<Action>,
    /// What is typed into its form so that it succeeds.
    fields: Vec<(String, String)>,
}

fn ways() -> Vec<Way> {
    listed(LIST).into_iter().map(|(name, rest)| way(name, &rest)).collect()
}

fn way(name: String, rest: &str) -> Way {
    let (what, fields) = rest.split_once(" | ").unwrap_or((rest, ""));
    let action = |code: &str| Action::of(code).unwrap_or_else(|| panic!("{name}: nobody notes {code:?}"));
    let leaves = match what.trim() {
        "nothing" => Leaves::Nothing,
        codes if codes.split_whitespace().next() == Some("events") => Leaves::Events,
        "draft" => Leaves::Draft,
        codes => Leaves::Noted(codes.split_whitespace().map(action).collect()),
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or_else(|| panic!("{pair:?} is no field"));
        (name.to_owned(), value.to_owned())
    };
    let fields = fields.split_whitespace().map(pair).collect();
    let also = what.split_whitespace().skip_while(|code| *code != "events").skip(1);
    let also = also.map(action).collect();
    Way {
        name,
        leaves,
        also,
        fields,
    }
}

/// Every command that can be typed, by asking the program.
fn commands(before: &[&str], into: &mut BTreeSet<String>) {
    let help = Command::new(env!("CARGO_BIN_EXE_trei"))
        .args(before)
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let Some((_, list)) = help.split_once("Commands:\n") else {
        into.insert(format!("trei {}", before.join(" ")));
        return;
    };
    for line in list.lines().take_while(|line| line.starts_with("  ")) {
        match line.split_whitespace().next() {
            // A line that goes on with the words of the one before is indented further.
            Some(name) if name != "help" && !line.starts_with("   ") => commands(&[before, &[name]].concat(), into),
            _ => {}
        }
    }
}

/// Every job: what `jobs.rs` and the files beside it do by themselves.
fn jobs() -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = vec![std::fs::read_to_string(source.join("jobs.rs")).unwrap()];
    for file in std::fs::read_dir(source.join("jobs")).into_iter().flatten() {
        texts.push(std::fs::read_to_string(file.unwrap().path()).unwrap());
    }
    let functions = texts.iter().flat_map(|text| text.split("async fn ").skip(1));
    let jobs = functions.filter_map(|rest| {
        let (name, arguments) = rest.split_once('(')?;
        arguments.starts_with("app: &App)").then(|| format!("job {name}"))
    });
    jobs.collect()
}

/// Everything that may change something.
fn found() -> BTreeSet<String> {
    let mut found = jobs();
    commands(&[], &mut found);
    found.extend(writes().iter().map(ToString::to_string));
    found
}

fn writes() -> Vec<Address> {
    addresses::all()
        .into_iter()
        .filter(|address| !address.is_look())
        .collect()
}

#[test]
fn every_way_to_change_something_says_what_it_leaves() {
    let known: BTreeSet<String> = ways().into_iter().map(|way| way.name).collect();
    let found = found();
    let silent: Vec<_> = found.difference(&known).collect();
    assert!(silent.is_empty(), "these do not say what they leave: {silent:#?}");
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(gone.is_empty(), "these are no more: {gone:#?}");
}

/// What can be noted is noted by something, and a test of the house says so by the code.
#[test]
fn every_action_is_left_by_a_way_and_shown_by_a_test() {
    let promised: Vec<Action> = ways()
        .into_iter()
        .flat_map(|way| match way.leaves {
            Leaves::Noted(actions) => actions,
            _ => way.also,
        })
        .collect();
    let mut tests = String::new();
    read_tests(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it"), &mut tests);
    let is_shown = |action: &Action| {
        tests.contains(&format!("\"{}\"", action.code())) || tests.contains(&format!("Action::{action:?}"))
    };
    let all = Action::ALL.iter();
    let left = all.clone().filter(|action| !promised.contains(action));
    let left: Vec<_> = left.collect();
    assert!(left.is_empty(), "nothing leaves {left:?}");
    let unseen: Vec<_> = all.filter(|action| !is_shown(action)).collect();
    assert!(unseen.is_empty(), "no test shows {unseen:?}");
}

fn read_tests(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_tests(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

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
async fn watched(street: &Street, deed: impl Future<Output = Seen>) -> (Seen, Vec<String>, Vec<String>) {
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

/// Who may use an address, with everything they have.
async fn rightful(street: &Street, address: &Address) -> Shown {
    if address.is_call() {
        Shown::Bearer(street.victim.key.clone())
    } else if address.pattern.starts_with("/operator") {
        street.operator.shown(&street.site).await
    } else {
        street.insider().await
    }
}

/// What a way promises is kept, whatever came of it.
fn check(way: &Way, seen: &Seen, changed: &[String], noted: &[String]) {
    let name = &way.name;
    let managed: Vec<_> = changed
        .iter()
        .filter(|table| !LEDGER.contains(&table.as_str()))
        .collect();
    let refused = seen.status.is_client_error();
    assert!(!seen.status.is_server_error(), "{name}: {} {}", seen.status, seen.text);
    assert!(
        !refused || changed.is_empty(),
        "{name} was refused with {} and changed {changed:?}",
        seen.status
    );
    match &way.leaves {
        Leaves::Nothing => assert!(
            changed.is_empty() && noted.is_empty(),
            "{name} left {changed:?} {noted:?}"
        ),
        Leaves::Events => assert!(
            managed.is_empty() && noted.is_empty(),
            "{name} left {managed:?} {noted:?}"
        ),
        Leaves::Draft => assert!(noted.is_empty(), "{name} noted {noted:?}"),
        Leaves::Noted(actions) => {
            let known = |code: &String| actions.iter().any(|action| action.code() == code);
            assert!(noted.iter().all(known), "{name} noted {noted:?}");
            assert!(
                managed.is_empty() || !noted.is_empty(),
                "{name} changed {managed:?} and noted nothing"
            );
        }
    }
}

/// The request of a way, by who may, with what it needs.
async fn try_as_it_should_be(street: &Street, way: &Way, address: &Address, shown: Shown) -> Seen {
    let call = addresses::calls().into_iter().find(|call| call.address == *address);
    if let Some(call) = call {
        return street
            .call(&shown, address.method(), &street.path(address), &street.body(&call))
            .await;
    }
    let value = |text: &str| match text {
        "{terminal}" => street.victim.terminal.clone(),
        "{address}" => street.owner.address.clone(),
        "{password}" => PASSWORD.to_owned(),
        "{store}" => street.treasure("store").to_owned(),
        "{colleague}" => street.treasure("colleague").to_owned(),
        plain => plain.to_owned(),
    };
    let fields: Vec<(String, String)> = way
        .fields
        .iter()
        .map(|(name, text)| (name.clone(), value(text)))
        .collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (&**name, &**text)).collect();
    street.send(street.form(&shown, address, &fields, "same-origin")).await
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
    let mut street = Street::open(engine).await;
    let app = &street.site.app;
    let hash = app.passwords.hash(&app.secrets, PASSWORD.to_owned()).await.unwrap();
    street.owner = person(&street.site, street.victim.merchant, Role::Owner, &hash).await;
    let ways = ways();
    // Sessions end last and passwords change then, and what blocks or closes a card comes after what uses it.
    let mut writes = writes();
    let is_last = |pattern: &str| pattern.ends_with("/end") || pattern.ends_with("/password");
    let stops = |pattern: &str| pattern.ends_with("/blocks") || pattern.contains("clos");
    writes.sort_by_key(|address| (is_last(&address.pattern), stops(&address.pattern)));
    for address in writes {
        let way = ways.iter().find(|way| way.name == address.to_string()).unwrap();
        let shown = rightful(&street, &address).await;
        let (seen, changed, noted) = watched(&street, try_nonsense(&street, &address, shown)).await;
        check(way, &seen, &changed, &noted);
        let shown = rightful(&street, &address).await;
        let (seen, changed, noted) = watched(&street, try_as_it_should_be(&street, way, &address, shown)).await;
        check(way, &seen, &changed, &noted);
        // Whoever says which fields it needs wants to see it succeed.
        let is_shown = way.fields.is_empty() || (!seen.status.is_client_error() && !noted.is_empty());
        assert!(is_shown, "{}: {} {}", way.name, seen.status, seen.text);
    }
    street.site.books.audited().await;
}

/// What is tried in vain is told to the shop whose terminal was named, and to whoever tries it is one and the same no.
async fn a_refused_sign_in_is_noted(engine: Engine) {
    let street = Street::open(engine).await;
    let address = writes()
        .into_iter()
        .find(|one| one.to_string() == "POST /till/session")
        .unwrap();
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
    let street = Street::open(engine).await;
    let looks: Vec<Address> = addresses::all().into_iter().filter(Address::is_look).collect();
    assert!(looks.len() > 20, "{}", looks.len());
    for address in looks {
        let shown = rightful(&street, &address).await;
        let look = async {
            if address.is_call() {
                street
                    .call(&shown, address.method(), &street.path(&address), &Value::Null)
                    .await
            } else {
                street.visit(&shown, &address).await
            }
        };
        let (seen, changed, noted) = watched(&street, look).await;
        assert!(!seen.status.is_server_error(), "{address}: {}", seen.text);
        assert_eq!((changed, noted), (Vec::new(), Vec::new()), "{address}");
    }
}

on_both!(
    what_is_promised_is_kept,
    a_refused_sign_in_is_noted,
    a_look_changes_nothing
);
