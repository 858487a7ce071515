//! The list of ways: each line is a case, what is done and what it leaves. Several lines may stand for one way.

use crate::support::addresses::{self, Address, listed};
use server::audit_log::Action;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const LIST: &str = include_str!("ways.txt");

/// What a case leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// Nothing anywhere.
    Nothing,
    /// Events in the ledger.
    Events,
    /// Something prepared that means nothing until another way takes it.
    Draft,
    /// Each of these once in the log of who managed what.
    Noted(Vec<Action>),
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Case {
    /// The way.
    pub name: String,
    pub leaves: Leaves,
    /// What is typed into its form, or stands in its body, so that it succeeds.
    pub fields: Vec<(String, String)>,
    /// Why it is not tried here, where that is said.
    pub why_not: Option<String>,
}

impl Case {
    /// Whether it is a try that is refused, and leaves a trace as such.
    pub fn is_refused(&self) -> bool {
        let refusals = [Action::PinLocked, Action::ApprovalNotBooked];
        let refuses = |action: &Action| refusals.contains(action) || action.code().ends_with("_refused");
        matches!(&self.leaves, Leaves::Noted(actions) if actions.iter().any(refuses))
    }

    /// What it leaves in the log of who managed what.
    pub fn notes(&self) -> &[Action] {
        match &self.leaves {
            Leaves::Noted(actions) => actions,
            _ => &[],
        }
    }
}

/// All cases, in the order of the list.
pub fn cases() -> Vec<Case> {
    listed(LIST).into_iter().map(|(name, rest)| case(name, &rest)).collect()
}

fn case(name: String, rest: &str) -> Case {
    let (what, how) = rest.split_once(" | ").unwrap_or((rest, ""));
    let action = |code: &str| Action::of(code).unwrap_or_else(|| panic!("{name}: nobody notes {code:?}"));
    let leaves = match what.trim() {
        "nothing" => Leaves::Nothing,
        "events" => Leaves::Events,
        "draft" => Leaves::Draft,
        codes => Leaves::Noted(codes.split_whitespace().map(action).collect()),
    };
    let why_not = how.strip_prefix("! ").map(str::to_owned);
    let fields = if why_not.is_some() { "" } else { how };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or_else(|| panic!("{pair:?} is no field"));
        (name.to_owned(), value.to_owned())
    };
    let fields = fields.split_whitespace().map(pair).collect();
    Case {
        name,
        leaves,
        fields,
        why_not,
    }
}

/// Every command that can be typed, by asking the program.
pub fn commands(before: &[&str], into: &mut BTreeSet<String>) {
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
        let is_job = arguments.starts_with("app: &App)") || arguments.starts_with("app: App)");
        is_job.then(|| format!("job {name}"))
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

/// Every address that may change something.
pub fn writes() -> Vec<Address> {
    addresses::all()
        .into_iter()
        .filter(|address| !address.is_look())
        .collect()
}

/// One of them.
pub fn write(name: &str) -> Address {
    writes().into_iter().find(|one| one.to_string() == name).unwrap()
}

#[test]
fn every_way_to_change_something_says_what_it_leaves() {
    let known: BTreeSet<String> = cases().into_iter().map(|case| case.name).collect();
    let found = found();
    let silent: Vec<_> = found.difference(&known).collect();
    assert!(silent.is_empty(), "these do not say what they leave: {silent:#?}");
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(gone.is_empty(), "these are no more: {gone:#?}");
}
