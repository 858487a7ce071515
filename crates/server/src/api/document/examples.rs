//! Examples of what is sent and what is answered, one a call. What is sent is accepted for its shape; what is answered is
//! made by the same code that answers.

use crate::api::receipts::ReceiptView;
use crate::ledger::{Extra, Receipt};
use crate::locale::Locale;
use domain::bucket::BucketKey;
use domain::claim::ClaimStatus;
use domain::event::{Actor, Balance, ClaimNote, Event, EventKind, Line, LineRule, Move, MoveKind, Origin, Outcome};
use domain::ids::{CardId, ClaimId, ReceiptId, RewardId};
use domain::moment::Instant;
use domain::quantity::Unit;
use serde_json::{Value, json};
use uuid::Uuid;

/// What all examples have for an id, behind its prefix.
const ID: Uuid = Uuid::from_u128(0x019a_aa2e_a1fe_7135_aba3_e0aa_6991_ec8c);
/// 2 March 2026, 10:15 UTC.
const AT: Instant = Instant(1_772_446_500_000_000);
const STORE: &str = "sto_01kan2x8fye4ttq8z0n9ms3v4c";
const PROGRAM: &str = "prg_01kan2x8fye4ttq8z0n9ms3v4c";
const REWARD: &str = "rew_01kan2x8fye4ttq8z0n9ms3v4c";
const EVENT: &str = "evt_01kan2x8fye4ttq8z0n9ms3v4c_11";

/// What is sent with a call.
pub fn request(operation: &str) -> Option<Value> {
    let purchase = || {
        json!({
            "amount_minor": 1250, "currency": "EUR", "store": STORE, "order_ref": "2026-0311",
            "lines": [
                { "amount_minor": 1050, "tax_minor": 90, "category": "lunch" },
                { "amount_minor": 200, "kind": "tip" },
            ],
        })
    };
    Some(match operation {
        "create_card" => json!({
            "program": PROGRAM, "store": STORE, "contact": "mina@example.lu", "first_name": "Mina", "locale": "lb",
        }),
        "create_stamps" => json!({ "store": STORE, "staff": "Odile" }),
        "create_points" | "preview_points" | "create_purchase" => purchase(),
        "create_redemption" => json!({ "reward": REWARD, "store": STORE }),
        "create_void" => json!({ "event": EVENT, "reason": "mistake" }),
        "create_adjustment" => {
            json!({ "unit": "stamp", "amount": 2, "reason": "goodwill", "note": "For the long wait." })
        }
        "create_block" => json!({ "reason": "lost" }),
        "delete_block" => json!({ "note": "Found again." }),
        "create_replacement" => json!({ "reason": "lost" }),
        "create_closure" => json!({ "confirm": true }),
        "create_merge" => json!({ "into": "card_01kan2x8fye4ttq8z0n9ms3v4c", "reason": "duplicate" }),
        "create_return" => json!({
            "order_ref": "2026-0311", "return_ref": "R-17", "amount_minor": 500, "currency": "EUR",
        }),
        "pair_terminal" => json!({ "code": "7KQ4-M2XA" }),
        "verify_pin" => json!({ "pin": "471829" }),
        "enroll" => json!({ "merchant": "cafe-gare", "program": "coffee", "first_name": "Mina", "locale": "lb" }),
        _ => return None,
    })
}

/// The receipt that answers a call.
pub fn receipt(operation: &str, status: &str) -> Option<Value> {
    let told = match (operation, status) {
        ("create_points" | "create_purchase", "200") => nothing(&[Line {
            rule: LineRule::BelowMinimum,
            unit: Unit::Point,
            contribution: 0,
        }]),
        ("create_return", "200") => nothing(&[]),
        ("create_replacement", _) => Receipt {
            number: Some("4KQ729FMX3AY".to_owned()),
            ..of_event(event(operation)?)
        },
        _ => of_event(event(operation)?),
    };
    serde_json::to_value(ReceiptView::new(&told, Locale::En)).ok()
}

/// What a call did.
fn event(operation: &str) -> Option<Event> {
    use Unit::{Point, Stamp};
    let visit = (Stamp, 1, MoveKind::StampEarn, LineRule::Visit);
    let rate = (Point, 105, MoveKind::PointsEarn, LineRule::Rate);
    let cost = (Stamp, -10, MoveKind::StampRedeem, LineRule::RewardCost);
    let undone = (Stamp, -1, MoveKind::EarnVoid, LineRule::Reversal);
    let back = (Point, -50, MoveKind::ReturnClawback, LineRule::Return);
    let gift = (Stamp, 2, MoveKind::AdjustCredit, LineRule::Adjustment);
    let left = (Stamp, -4, MoveKind::Forfeit, LineRule::Forfeit);
    let came = (Stamp, 3, MoveKind::MergeIn, LineRule::Merge);
    Some(match operation {
        "create_stamps" => moved(EventKind::Stamped, &[visit], (4, 0)),
        "create_points" | "preview_points" => moved(EventKind::Earned, &[rate], (0, 345)),
        "create_purchase" => moved(EventKind::Purchased, &[visit, rate], (4, 345)),
        "create_redemption" => Event {
            claims: vec![claim()],
            ..moved(EventKind::Redeemed, &[cost], (1, 0))
        },
        "create_void" => moved(EventKind::Voided, &[undone], (3, 0)),
        "create_return" => moved(EventKind::Returned, &[back], (0, 295)),
        "create_adjustment" => moved(EventKind::Adjusted, &[gift], (5, 0)),
        "create_block" => moved(EventKind::Blocked, &[], (4, 0)),
        "delete_block" => moved(EventKind::Unblocked, &[], (4, 0)),
        "create_replacement" => moved(EventKind::Replaced, &[], (4, 0)),
        "create_closure" => moved(EventKind::Closed, &[left], (0, 0)),
        "create_merge" => moved(EventKind::MergedIn, &[came], (7, 0)),
        _ => return None,
    })
}

/// An event that moved amounts, each for a reason, and left a balance of stamps and points.
fn moved(kind: EventKind, parts: &[(Unit, i64, MoveKind, LineRule)], (stamps, points): (i64, i64)) -> Event {
    let bucket = BucketKey::OPEN;
    let earns = kind.is_earn();
    Event {
        sequence: 12,
        kind,
        at: AT,
        day: jiff::civil::date(2026, 3, 2),
        origin: Origin {
            actor: Actor::System,
            store: None,
            staff: None,
        },
        program_version: 1,
        moves: parts
            .iter()
            .map(|&(unit, amount, kind, _)| Move {
                unit,
                bucket,
                amount,
                kind,
            })
            .collect(),
        why: parts
            .iter()
            .map(|&(unit, contribution, _, rule)| Line {
                rule,
                unit,
                contribution,
            })
            .collect(),
        outcomes: parts
            .iter()
            .filter(|_| earns)
            .map(|&(unit, amount, ..)| Outcome::awarded(unit, amount))
            .collect(),
        balance: Balance {
            stamps,
            points,
            ..Balance::default()
        },
        reverses: None,
        reason: None,
        claims: Vec::new(),
        reward: None,
        pricing: None,
        claimed: None,
        round: None,
        counted: Vec::new(),
        clock: None,
        welcome_due: false,
        merged: None,
    }
}

fn claim() -> ClaimNote {
    ClaimNote {
        id: ClaimId(ID),
        code: "7KQ2M9XD".to_owned(),
        reward: RewardId(ID),
        status: ClaimStatus::Redeemed,
        version: 1,
        cost: None,
    }
}

fn of_event(event: Event) -> Receipt {
    Receipt {
        id: ReceiptId(ID),
        ..Receipt::of_event(CardId(ID), event, Extra::default())
    }
}

/// An answer without an event.
fn nothing(why: &[Line]) -> Receipt {
    let outcome = |line: &Line| Outcome {
        code: Some("below_minimum".to_owned()),
        ..Outcome::awarded(line.unit, 0)
    };
    Receipt {
        event: None,
        outcomes: why.iter().map(outcome).collect(),
        why: why.to_vec(),
        version: 11,
        ..of_event(moved(EventKind::Earned, &[], (0, 240)))
    }
}
