//! A step of a story becomes a command: a verb, what belongs to it, and who, where and in which order.

use super::book::Ask;
use super::scene::{self, Scene};
use domain::command::{Command, LineKind, Purchase, PurchaseLine, Returned, Wanted};
use domain::event::{Actor, Origin};
use domain::facts::Authority;
use domain::ids::{ClaimId, CustomerId, KeyId};
use domain::moment::{Instant, Moment};
use domain::order::OrderRef;
use domain::proof::{Live, Proof, step_of};
use domain::quantity::{Currency, Unit};

/// Everything that may be said after the verb.
#[derive(Default)]
struct Said<'a> {
    card: Option<&'a str>,
    store: Option<&'a str>,
    staff: Option<&'a str>,
    right: Option<&'a str>,
    order: Option<&'a str>,
    reason: Option<&'a str>,
    person: Option<&'a str>,
    shown: Option<&'a str>,
    currency: Option<&'a str>,
    plain: Vec<&'a str>,
    money: Option<i64>,
    paying: Option<i64>,
    points: Option<i64>,
    redeemed: i64,
    tax: i64,
    now: bool,
    lines: Vec<PurchaseLine>,
}

/// Reads a step.
pub fn ask(scene: &Scene, moment: Moment, told: &str) -> Result<Ask, String> {
    let words: Vec<&str> = told.split_whitespace().collect();
    let (verb, rest) = words.split_first().ok_or("an empty step")?;
    let said = listen(verb, rest)?;
    let card = scene::card(said.card.unwrap_or("A"));
    let command = command(scene, card, verb, &said)?;
    let place = said.store.unwrap_or("Kirchberg");
    let store = if place == "nowhere" {
        None
    } else {
        Some(scene::store(place)?)
    };
    let staff = said.staff.map(|name| scene.staff(name));
    let (authority, actor) = match said.right.unwrap_or("cashier") {
        "cashier" => (Authority::Cashier, Actor::Terminal(scene::terminal(place))),
        "manager" => (Authority::Manager, Actor::Terminal(scene::terminal(place))),
        "key" => (Authority::Key, Actor::Key(KeyId(uuid::Uuid::from_u128(7)))),
        "customer" => (
            Authority::Customer,
            Actor::Customer(CustomerId(uuid::Uuid::from_u128(8))),
        ),
        "visitor" => (Authority::Customer, Actor::Public),
        "system" => (Authority::System, Actor::System),
        other => return Err(format!("nobody is {other}")),
    };
    let origin = Origin {
        actor,
        store,
        staff: staff.map(|staff| staff.id),
    };
    let last_at = scene.book().cards.get(&card).map(|history| history.card.last_at);
    let late = last_at.filter(|&last_at| said.now && last_at > moment.at);
    let (moment, clock) = match late {
        Some(last_at) => (scene.moment(&scene.clock(last_at))?, Some(moment)),
        None => (moment, None),
    };
    let generation = scene
        .book()
        .cards
        .get(&card)
        .map_or(0, |history| history.card.generation);
    let proof = shown(said.shown, generation, clock.unwrap_or(moment).at)?;
    let earns = matches!(command, Command::Stamp { .. } | Command::Earn(_) | Command::Purchase(_));
    let override_reason = match said.reason.filter(|_| earns) {
        Some(code) => Some(code.parse().map_err(|_| format!("no reason {code}"))?),
        None => None,
    };
    Ok(Ask {
        override_reason,
        card,
        moment,
        clock,
        origin,
        authority,
        proof,
        staff,
        command,
    })
}

/// How the card is shown: its live code, one of another instant, or something else.
fn shown(how: Option<&str>, generation: i64, at: Instant) -> Result<Proof, String> {
    let live = |minutes_old: i64, minutes_ago: i64| {
        Proof::Live(Live {
            generation,
            step: step_of(at.plus_minutes(-minutes_old)),
            seen_at: at.plus_minutes(-minutes_ago),
        })
    };
    Ok(match how {
        None => Proof::None,
        Some("live") => live(0, 0),
        Some("screenshot") => live(1, 0),
        Some("before") => live(4, 4),
        Some("other") => Proof::Unknown,
        Some(other) => return Err(format!("nothing is shown {other}")),
    })
}

fn listen<'a>(verb: &str, words: &[&'a str]) -> Result<Said<'a>, String> {
    let mut said = Said::default();
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let mut next = || words.next().ok_or(format!("nothing after {word}"));
        match word {
            "on" => said.card = Some(next()?),
            "at" => said.store = Some(next()?),
            "by" => said.staff = Some(next()?),
            "as" => said.right = Some(next()?),
            "now" => said.now = true,
            "showing" => said.shown = Some(next()?),
            "order" => said.order = Some(next()?),
            "because" => said.reason = Some(next()?),
            "for" if verb == "open" || verb == "confirm" => said.person = Some(next()?),
            "in" => said.currency = Some(next()?),
            "paying" => said.paying = Some(scene::money(next()?)?),
            "points" if verb == "redeem" => said.points = Some(whole(next()?)?),
            "redeemed" => said.redeemed = scene::money(next()?)?,
            "line" => said.lines.push(plain_line(scene::money(next()?)?)),
            "tax" | "shipping" | "tip" | "category" | "sku" => {
                let detail = if matches!(word, "shipping" | "tip") {
                    ""
                } else {
                    next()?
                };
                describe(&mut said, word, detail)?;
            }
            _ => match scene::money(word) {
                Ok(amount) => said.money = Some(amount),
                Err(_) => said.plain.push(word),
            },
        }
    }
    Ok(said)
}

fn plain_line(amount_minor: i64) -> PurchaseLine {
    PurchaseLine {
        amount_minor,
        tax_minor: 0,
        kind: LineKind::Item,
        category: None,
        sku: None,
    }
}

/// A detail of the last line, or of the whole purchase when it has none.
fn describe(said: &mut Said, word: &str, detail: &str) -> Result<(), String> {
    match (word, said.lines.last_mut()) {
        ("tax", None) => said.tax = scene::money(detail)?,
        ("tax", Some(line)) => line.tax_minor = scene::money(detail)?,
        ("shipping", Some(line)) => line.kind = LineKind::Shipping,
        ("tip", Some(line)) => line.kind = LineKind::Tip,
        ("category", Some(line)) => line.category = Some(detail.to_owned()),
        ("sku", Some(line)) => line.sku = Some(detail.to_owned()),
        _ => return Err(format!("{word} belongs to a line")),
    }
    Ok(())
}

fn whole(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| format!("not a number: {text}"))
}

fn command(scene: &Scene, card: domain::ids::CardId, verb: &str, said: &Said) -> Result<Command, String> {
    let reason = |usual: &str| {
        let code = said.reason.unwrap_or(usual);
        code.parse().map_err(|_| format!("no reason {code}"))
    };
    Ok(match (verb, said.plain.as_slice()) {
        ("open", []) => Command::Enroll {
            claimed: true,
            person: Some(said.person.unwrap_or(super::book::NOBODY).to_owned()),
        },
        ("open", ["anonymous"]) => Command::Enroll {
            claimed: false,
            person: None,
        },
        ("confirm", []) => Command::Confirm {
            person: said.person.unwrap_or(super::book::NOBODY).to_owned(),
        },
        ("stamp", []) => Command::Stamp {
            count: None,
            amount_minor: said.money,
        },
        ("stamp", [count]) => Command::Stamp {
            count: Some(whole(count)?),
            amount_minor: said.money,
        },
        ("earn", []) => Command::Earn(purchase(said)?),
        ("purchase", []) => Command::Purchase(purchase(said)?),
        ("redeem", ["claim", number]) => redeem(Wanted::Claim(claim(scene, card, number)?), said),
        ("redeem", [name]) => redeem(Wanted::Reward(scene.reward(name)), said),
        ("void", [event]) => Command::Void {
            event: whole(event)?,
            reason: reason("mistake")?,
        },
        ("return", []) => Command::Return {
            order: order(said).ok_or("a return needs an order")?,
            returned: match said.money {
                Some(amount) => Returned::Amount(amount),
                None => Returned::Lines(said.lines.clone()),
            },
            currency: currency(said)?,
        },
        ("adjust", [amount, unit]) => Command::Adjust {
            unit: unit
                .trim_end_matches('s')
                .parse::<Unit>()
                .map_err(|_| format!("no unit {unit}"))?,
            amount: whole(amount)?,
            reason: reason("goodwill")?,
        },
        ("block", []) => Command::Block {
            reason: reason("lost")?,
        },
        ("unblock", []) => Command::Unblock,
        ("replace", []) => Command::Replace {
            reason: reason("lost")?,
        },
        ("merge", [other]) => Command::Merge {
            from: scene::card(other),
            reason: reason("duplicate")?,
        },
        ("close", []) => Command::Close { confirm: false },
        ("close", ["confirmed"]) => Command::Close { confirm: true },
        _ => return Err(format!("not understood: {verb} {}", said.plain.join(" "))),
    })
}

fn redeem(wanted: Wanted, said: &Said) -> Command {
    Command::Redeem {
        wanted,
        points: said.points,
        payable_minor: said.paying,
        order: order(said),
    }
}

/// The n-th claim of a card; one that was never made has an id that nobody knows.
fn claim(scene: &Scene, card: domain::ids::CardId, number: &str) -> Result<ClaimId, String> {
    let place = usize::try_from(whole(number)? - 1).map_err(|_| "claims count from 1")?;
    let known = scene
        .book()
        .cards
        .get(&card)
        .and_then(|history| history.claims.get(place));
    Ok(known.copied().unwrap_or(ClaimId(uuid::Uuid::max())))
}

fn order(said: &Said) -> Option<OrderRef> {
    let reference = said.order?.to_owned();
    Some(OrderRef {
        source: String::new(),
        reference,
    })
}

fn currency(said: &Said) -> Result<Currency, String> {
    let code = said.currency.unwrap_or("EUR");
    code.parse().map_err(|_| format!("no currency {code}"))
}

fn purchase(said: &Said) -> Result<Purchase, String> {
    Ok(Purchase {
        amount_minor: said.money.ok_or("a purchase needs an amount")?,
        tax_minor: said.tax,
        redeemed_minor: said.redeemed,
        currency: currency(said)?,
        lines: said.lines.clone(),
        order: order(said),
    })
}
