//! Stories: text tables that a merchant can read, each line a fact about the rules. The files in `stories/` hold them;
//! `stories/README.md` says how they are written. No database, no clock.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not so"
)]

#[path = "harness/book.rs"]
mod book;
#[path = "harness/checks.rs"]
mod checks;
#[path = "harness/merging.rs"]
mod merging;
#[path = "harness/scene.rs"]
mod scene;
#[path = "harness/steps.rs"]
mod steps;
#[path = "harness/words.rs"]
mod words;

use book::{Ask, Book};
use domain::Rejection;
use domain::command::Command;
use domain::event::{EventKind, LineRule, MoveKind};
use domain::follow_up::Signal;
use domain::reward::Unavailable;
use scene::Scene;
use std::collections::BTreeSet;
use std::path::Path;

/// Refusals that no decision makes: the ledger finds them before it asks for one.
const ONLY_THE_LEDGER: [&str; 2] = ["program_mismatch", "return_ref_conflict"];

/// A title, what is given, and the steps with their line numbers.
struct Story<'a> {
    title: &'a str,
    given: Vec<&'a str>,
    steps: Vec<(usize, &'a str)>,
}

/// What stories have shown so far.
#[derive(Default)]
struct Seen {
    refusals: BTreeSet<&'static str>,
    unavailable: BTreeSet<&'static str>,
    kinds: BTreeSet<&'static str>,
    moves: BTreeSet<&'static str>,
    lines: BTreeSet<&'static str>,
    signals: BTreeSet<&'static str>,
}

fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            texts.push((name, std::fs::read_to_string(path).unwrap()));
        }
    }
    texts.sort();
    texts
}

fn read(text: &str) -> Vec<Story<'_>> {
    let mut stories: Vec<Story> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if let Some(title) = line.strip_prefix("# ") {
            let (given, steps) = (Vec::new(), Vec::new());
            stories.push(Story { title, given, steps });
        } else if let (false, false, Some(story)) = (line.is_empty(), line.starts_with("--"), stories.last_mut()) {
            if line.contains('|') {
                story.steps.push((number, line));
            } else {
                story.given.push(line);
            }
        }
    }
    stories
}

/// Plays a story; answers what was not as it was told.
fn play(story: &Story, seen: &mut Seen) -> Vec<String> {
    let mut scene = match Scene::new(&story.given) {
        Ok(scene) => scene,
        Err(fault) => return vec![format!("{}: {fault}", story.title)],
    };
    let mut wrong = Vec::new();
    for (number, step) in &story.steps {
        let cells: Vec<&str> = step.split('|').map(str::trim).collect();
        let [time, told, expected] = cells.as_slice() else {
            wrong.push(format!("line {number}: a step has a time, what happens, and an answer"));
            continue;
        };
        let answer = answer(&mut scene, time, told, seen).unwrap_or_else(|fault| format!("?? {fault}"));
        if answer != *expected {
            wrong.push(format!(
                "line {number}: {time} | {told}\n    told: {expected}\n    true: {answer}"
            ));
        }
    }
    wrong
}

/// The event by which a known order earned or redeemed, when the same is asked of the same card: the ledger tells it
/// again and asks for no decision (`IDM-4`).
fn told_before(book: &Book, ask: &Ask) -> Option<i64> {
    if let Command::Redeem {
        wanted, points, order, ..
    } = &ask.command
    {
        let (card, order) = book.orders.get(order.as_ref()?)?;
        let history = book.cards.get(card).filter(|_| *card == ask.card)?;
        let taken = history.events.get(usize::try_from(order.redeemed_by? - 1).ok()?)?;
        return taken.redeems(*wanted, *points).then_some(taken.sequence);
    }
    let (Command::Earn(purchase) | Command::Purchase(purchase)) = &ask.command else {
        return None;
    };
    let (card, order) = book.orders.get(purchase.order.as_ref()?)?;
    let paid = (order.gross_minor, order.currency) == (purchase.amount_minor, purchase.currency);
    order.earned_by.filter(|_| *card == ask.card && order.priced && paid)
}

fn answer(scene: &mut Scene, time: &str, told: &str, seen: &mut Seen) -> Result<String, String> {
    let moment = scene.moment(time)?;
    let (verb, rest) = told.split_once(' ').unwrap_or((told, ""));
    match verb {
        "publish" | "reward" | "status" | "ends" => {
            scene.give(told)?;
            return Ok("done".to_owned());
        }
        "balance" => {
            let card = scene::card(rest.strip_prefix("on ").unwrap_or("A"));
            let history = scene.book().cards.get(&card).ok_or("no such card")?;
            let balance = history.card.balance_on(moment.day);
            return Ok(words::balance(scene.book().program.kind(), &balance));
        }
        _ => {}
    }
    let ask = steps::ask(scene, moment, told)?;
    if let Some(event) = told_before(scene.book(), &ask) {
        return Ok(format!("told again, event {event}"));
    }
    match scene.book().ask(&ask) {
        Ok(decision) => {
            scene.book_mut().keep(&ask, &decision);
            seen.accept(&decision);
            let signals = scene.signals(ask.card, &decision);
            seen.signals.extend(signals.iter().map(|signal| signal.code()));
            Ok(words::accepted(scene, ask.card, &decision))
        }
        Err(rejection) => {
            seen.refuse(&rejection);
            Ok(words::refused(scene, &rejection))
        }
    }
}

impl Seen {
    fn accept(&mut self, decision: &domain::Decision) {
        self.lines.extend(decision.why.iter().map(|line| line.rule.code()));
        let other = decision.other.iter().map(|other| &other.event);
        for event in decision.event.iter().chain(other) {
            self.kinds.insert(event.kind.code());
            self.moves.extend(event.moves.iter().map(|step| step.kind.code()));
        }
    }

    fn refuse(&mut self, rejection: &Rejection) {
        self.refusals.insert(rejection.code());
        if let Rejection::RewardNotAvailable { reason, .. } = rejection {
            self.unavailable.insert(reason.code());
        }
    }
}

fn play_all() -> (Seen, Vec<String>) {
    let (mut seen, mut wrong) = (Seen::default(), Vec::new());
    for (name, text) in texts() {
        for story in read(&text) {
            let faults = play(&story, &mut seen);
            wrong.extend(
                faults
                    .into_iter()
                    .map(|fault| format!("{name}, {}\n  {fault}", story.title)),
            );
        }
    }
    (seen, wrong)
}

#[test]
fn every_story_is_true() {
    let (_, wrong) = play_all();
    assert!(
        wrong.is_empty(),
        "{} steps are told otherwise:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_refusal_is_told() {
    let (seen, _) = play_all();
    let all: BTreeSet<&str> = Rejection::CODES.into_iter().collect();
    let ledger: BTreeSet<&str> = ONLY_THE_LEDGER.into_iter().collect();
    let told: BTreeSet<&str> = seen.refusals.iter().copied().collect();
    assert_eq!(
        &all - &told,
        ledger,
        "a refusal is in no story, or one for the ledger alone is"
    );
    assert_eq!(
        seen.unavailable,
        Unavailable::ALL.iter().map(|reason| reason.code()).collect()
    );
}

#[test]
fn everything_that_can_happen_is_told() {
    let (seen, _) = play_all();
    assert_eq!(seen.kinds, EventKind::ALL.iter().map(|kind| kind.code()).collect());
    assert_eq!(seen.moves, MoveKind::ALL.iter().map(|kind| kind.code()).collect());
    assert_eq!(seen.lines, LineRule::ALL.iter().map(|rule| rule.code()).collect());
    assert_eq!(seen.signals, Signal::ALL.iter().map(|signal| signal.code()).collect());
}

fn is_rule(word: &str) -> bool {
    let Some((family, rest)) = word.trim_end_matches(',').split_once('-') else {
        return false;
    };
    let capitals = family.len() >= 3 && family.bytes().all(|letter| letter.is_ascii_uppercase());
    capitals && (rest == "STATE" || rest.parse::<u8>().is_ok())
}

#[test]
fn every_story_names_its_rules_and_has_steps() {
    for (name, text) in texts() {
        let stories = read(&text);
        assert!(!stories.is_empty(), "{name} tells nothing");
        for story in stories {
            assert!(
                story.title.split_whitespace().next().is_some_and(is_rule),
                "{name}: {}",
                story.title
            );
            assert!(!story.steps.is_empty(), "{name}: {} has no step", story.title);
        }
    }
}

#[test]
fn every_story_is_listed_under_its_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    let rules = std::fs::read_to_string(path).unwrap();
    let mut listed = 0;
    for (name, text) in texts() {
        for story in read(&text) {
            let words = story.title.split_whitespace();
            let (ids, words): (Vec<&str>, Vec<&str>) = words.partition(|word| is_rule(word));
            let line = format!("- [{}](../crates/domain/tests/stories/{name})", words.join(" "));
            for id in ids.iter().map(|id| id.trim_end_matches(',')) {
                let heading = format!("### {id} ");
                let (_, rest) = rules
                    .split_once(&heading)
                    .unwrap_or_else(|| panic!("{id} does not stand in rules.md"));
                let section = rest.split_once("\n#").map_or(rest, |(section, _)| section);
                assert!(
                    section.lines().any(|told| told == line),
                    "under {id} is missing: {line}"
                );
                listed += 1;
            }
        }
    }
    let links = rules
        .lines()
        .filter(|line| line.contains("](../crates/domain/tests/stories/") && line.starts_with("- ["));
    assert_eq!(links.count(), listed, "rules.md lists a story that is not told");
}

#[test]
fn a_story_that_is_not_true_is_noticed() {
    let text = "# STP-1 One stamp a visit\nprogram stamps\nMon 09:00 | open | card active\nMon 09:01 | stamp | +2 stamps = 2 stamps\nMon 09:02 | dance | danced\n";
    let stories = read(text);
    let wrong = play(&stories[0], &mut Seen::default());
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].contains("true: +1 stamp = 1 stamp"), "{wrong:?}");
}
