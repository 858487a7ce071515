//! Extremes: the largest and smallest numbers anybody can send, very busy cards, and names that must read back. Whatever
//! comes in, a decision answers; it never panics, and sums stay in the range that every reader holds exactly.

use crate::book::{Ask, Book};
use crate::chance::{self, Act, Step, ask, card, line, line_kinds, moment, order, program, purchase};
use crate::settings;
use domain::card::AWARDS_MAX;
use domain::command::{Command, LineKind, Purchase, PurchaseLine, Returned, Wanted};
use domain::event::Reason;
use domain::facts::Authority;
use domain::ids::{self, CardId, EventId, ProgramId, RewardId};
use domain::moment::{Instant, Moment, plus_days, week_start};
use domain::number::CardNumber;
use domain::order::Order;
use domain::program::ProgramKind;
use domain::quantity::{AMOUNT_MAX, MONEY_MINOR_MAX, Unit};
use domain::terms::{StampBasis, StampCompletion, Terms};
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

/// Numbers at which sums, products and comparisons go wrong.
fn edge() -> impl Strategy<Value = i64> {
    let known = vec![
        i64::MIN,
        i64::MIN + 1,
        -AMOUNT_MAX,
        -1,
        0,
        1,
        2,
        MONEY_MINOR_MAX,
        MONEY_MINOR_MAX + 1,
    ];
    let larger = vec![AMOUNT_MAX - 1, AMOUNT_MAX, AMOUNT_MAX + 1, i64::MAX - 1, i64::MAX];
    prop_oneof![3 => select(known), 2 => select(larger), 1 => any::<i64>(), 2 => 1..5_000i64]
}

fn lines() -> impl Strategy<Value = Vec<PurchaseLine>> {
    let line = (edge(), edge()).prop_map(|(amount_minor, tax_minor)| PurchaseLine {
        amount_minor,
        tax_minor,
        kind: LineKind::Item,
        category: None,
        sku: None,
    });
    proptest::collection::vec(line, 0..3)
}

fn bought() -> impl Strategy<Value = Purchase> {
    let named = proptest::option::of(0..3u8);
    (edge(), edge(), edge(), lines(), named).prop_map(|(amount_minor, tax_minor, redeemed_minor, lines, named)| {
        let currency = chance::euro();
        let order = named.map(order);
        Purchase {
            amount_minor,
            tax_minor,
            redeemed_minor,
            currency,
            lines,
            order,
        }
    })
}

/// Any command with numbers from the edges.
fn extreme() -> impl Strategy<Value = Command> {
    let number = || proptest::option::of(edge());
    let reward = |which: u128| Wanted::Reward(RewardId(Uuid::from_u128(which)));
    prop_oneof![
        (number(), number()).prop_map(|(count, amount_minor)| Command::Stamp { count, amount_minor }),
        bought().prop_map(Command::Earn),
        bought().prop_map(Command::Purchase),
        (1..5u128, number(), number(), 0..3u8).prop_map(move |(which, points, payable_minor, named)| {
            Command::Redeem {
                wanted: reward(which),
                points,
                payable_minor,
                order: Some(order(named)),
            }
        }),
        edge().prop_map(|event| Command::Void {
            event,
            reason: Reason::Mistake
        }),
        (1..9i64).prop_map(|event| Command::Void {
            event,
            reason: Reason::Mistake
        }),
        (0..3u8, edge()).prop_map(|(named, amount)| {
            Command::Return {
                order: order(named),
                returned: Returned::Amount(amount),
                currency: chance::euro(),
            }
        }),
        (0..3u8, lines()).prop_map(|(named, lines)| {
            Command::Return {
                order: order(named),
                returned: Returned::Lines(lines),
                currency: chance::euro(),
            }
        }),
        (select(Unit::ALL.to_vec()), edge()).prop_map(|(unit, amount)| {
            Command::Adjust {
                unit,
                amount,
                reason: Reason::Import,
            }
        }),
    ]
}

fn opened(kind: ProgramKind, terms: &Terms, rewards: Vec<domain::reward::Reward>) -> (Book, Ask) {
    let mut book = Book::new(program(kind, std::slice::from_ref(terms)), rewards);
    let step = Step {
        act: Act::Unblock,
        card: 0,
        store: 0,
        after_minutes: 0,
        authority: Authority::System,
    };
    let open = ask(&book, &step, 600);
    let decision = book.ask(&open).expect("a card is opened");
    book.keep(&open, &decision);
    (book, open)
}

fn calm() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(calm())]

    #[test]
    fn no_number_breaks_a_decision(
        kind in settings::kinds(),
        terms in settings::terms(),
        rewards in settings::rewards(),
        commands in proptest::collection::vec((extreme(), 0..200i64), 1..12),
    ) {
        let (mut book, open) = opened(kind, &terms, rewards);
        let mut minutes = 600;
        for (command, wait) in commands {
            minutes += wait;
            let asked = Ask { command, moment: moment(minutes), authority: Authority::Key, ..open.clone() };
            if let Ok(decision) = book.ask(&asked) {
                book.keep(&asked, &decision);
            }
            for unit in Unit::ALL {
                let holds = book.cards[&card(0)].card.buckets.net(unit);
                prop_assert!(holds.abs() <= AMOUNT_MAX, "{holds} of {unit:?}");
            }
        }
    }

    #[test]
    fn no_moment_breaks_a_decision(at in edge(), day in select(vec![Date::MIN, Date::MAX]), command in extreme()) {
        let (book, open) = opened(ProgramKind::Hybrid, &Terms::default(), Vec::new());
        let asked = Ask { command, moment: Moment { at: Instant(at), day, minute_of_day: u16::MAX }, ..open };
        // Only that it answers; what it answers, stories tell.
        let _ = book.ask(&asked);
        prop_assert!(week_start(day) <= day);
        prop_assert!(plus_days(day, at.max(0)) >= day);
        prop_assert!(Instant(at).plus_minutes(1) >= Instant(at));
    }

    #[test]
    fn the_remaining_basis_never_grows(
        bought in proptest::collection::vec((line_kinds(), 1..=MONEY_MINOR_MAX / 10, 0..=100i64), 1..6),
        told in any::<bool>(),
        redeemed in 0..=100i64,
        steps in proptest::collection::vec((0..=100i64, proptest::option::of(line_kinds())), 0..8),
    ) {
        let gross: i64 = bought.iter().map(|(_, amount, _)| amount).sum();
        let counted: i64 = bought.iter().map(|(_, amount, share)| amount / 100 * share).sum();
        let mut order = Order::new(chance::euro(), gross, counted - counted / 100 * redeemed);
        for (kind, amount, share) in bought.iter().filter(|_| told) {
            order.buy(&line(*amount, *kind), amount / 100 * share);
        }
        let mut before = order.remaining_basis();
        prop_assert_eq!(before, order.basis_minor);
        for (percent, kind) in steps {
            let part = (gross - order.returned_minor) / 100 * percent;
            match kind {
                Some(kind) => order.take_back(&line(part, kind)),
                None => order.returned_minor += part,
            }
            prop_assert!((0..=before).contains(&order.remaining_basis()));
            before = order.remaining_basis();
        }
        let text = serde_json::to_string(&order).unwrap();
        prop_assert_eq!(serde_json::from_str::<Order>(&text).unwrap(), order);
    }

    #[test]
    fn terms_come_back_from_json(terms in settings::terms()) {
        let text = serde_json::to_string(&terms).unwrap();
        prop_assert_eq!(serde_json::from_str::<Terms>(&text).unwrap(), terms);
    }

    #[test]
    fn card_numbers_come_back_however_they_are_typed(bits in any::<u64>(), gaps in proptest::collection::vec(0..4u8, 12)) {
        let number = CardNumber::from_bits(bits);
        let separators = ["", " ", "-", " - "];
        let typed: String = number
            .as_str()
            .chars()
            .zip(gaps)
            .map(|(letter, gap)| format!("{}{}", letter.to_ascii_lowercase(), separators[usize::from(gap)]))
            .collect();
        prop_assert_eq!(CardNumber::parse(&typed), Some(number.clone()));
        prop_assert_eq!(CardNumber::parse(&number.grouped().replace('0', "O").replace('1', "l")), Some(number));
    }

    #[test]
    fn whatever_is_typed_is_a_number_or_none(typed in "\\PC{0,20}") {
        if let Some(number) = CardNumber::parse(&typed) {
            prop_assert_eq!(CardNumber::parse(number.as_str()), Some(number));
        }
    }

    #[test]
    fn swapped_neighbours_are_noticed(bits in any::<u64>(), place in 0..11usize) {
        let number = CardNumber::from_bits(bits);
        let mut letters = number.as_str().as_bytes().to_vec();
        letters.swap(place, place + 1);
        let swapped = String::from_utf8(letters).unwrap();
        // Luhn cannot tell the first from the last letter of the alphabet.
        let ends = |letter: u8| letter == b'0' || letter == b'Z';
        let alike = ends(swapped.as_bytes()[place]) && ends(swapped.as_bytes()[place + 1]);
        prop_assume!(swapped != number.as_str() && !alike);
        prop_assert_eq!(CardNumber::parse(&swapped), None);
    }

    #[test]
    fn ids_come_back_and_only_as_their_own_kind(bits in any::<u128>(), sequence in 1..=i64::MAX) {
        let id = CardId(Uuid::from_u128(bits));
        prop_assert_eq!(id.to_string().parse(), Ok(id));
        prop_assert!(id.to_string().parse::<ProgramId>().is_err());
        prop_assert_eq!(ids::decode(ids::encode(id.0).as_str()), Ok(id.0));
        let event = EventId { card: id, sequence };
        prop_assert_eq!(event.to_string().parse(), Ok(event));
        let json = serde_json::to_string(&id).unwrap();
        prop_assert_eq!(serde_json::from_str::<CardId>(&json).unwrap(), id);
    }

    #[test]
    fn whatever_is_sent_as_an_id_is_an_id_or_refused(text in "(card_|evt_)?[0-9a-zA-Z_éß]{0,40}") {
        if let Ok(id) = text.parse::<CardId>() {
            prop_assert_eq!(id.to_string(), text.clone());
        }
        if let Ok(id) = text.parse::<EventId>() {
            prop_assert_eq!(id.to_string(), text);
        }
    }
}

proptest! {
    // Long histories, so fewer of them.
    #![proptest_config(ProptestConfig { cases: 32, ..calm() })]

    /// A card remembers a bounded list; when it is full it may count an award too late, never too little.
    #[test]
    fn a_busy_card_is_never_given_more_than_its_week(
        cap in 20..60i64,
        visits in proptest::collection::vec((1..200i64, any::<bool>(), 0..5u8), 60..120),
    ) {
        let terms = Terms {
            stamp_cooldown_minutes: 0,
            daily_stamp_cap: 0,
            weekly_stamp_cap: cap,
            weekly_points_cap: cap,
            ..Terms::default()
        };
        let (mut book, open) = opened(ProgramKind::Hybrid, &terms, Vec::new());
        let mut minutes = 600;
        for (wait, stamps, store) in visits {
            minutes += wait;
            let act = if stamps { Act::Stamp { count: None, amount: None } } else { one_point() };
            let step = Step { act, card: 0, store, after_minutes: 0, authority: open.authority };
            let asked = ask(&book, &step, minutes);
            if let Ok(decision) = book.ask(&asked) {
                book.keep(&asked, &decision);
            }
        }
        let history = &book.cards[&card(0)];
        prop_assert!(history.card.awards.len() <= AWARDS_MAX);
        for unit in Unit::ALL {
            for week in [moment(600).day, plus_days(moment(600).day, 7)].map(week_start) {
                let given = history.events.iter().filter(|event| week_start(event.day) == week);
                let given: i64 = given.map(|event| event.earned(unit)).sum();
                prop_assert!(given <= cap, "{given} of {unit:?} in the week of {week}");
            }
        }
    }
}

fn one_point() -> Act {
    Act::Earn {
        amount: 100,
        order: None,
        both: false,
        redeemed: 0,
        lines: false,
    }
}

#[test]
fn a_very_large_amount_does_not_make_claims_without_end() {
    let terms = Terms {
        stamp_target: 2,
        stamp_basis: StampBasis::PerAmount,
        stamp_amount_step_minor: 1,
        stamp_completion: StampCompletion::AutoClaim,
        stamp_cooldown_minutes: 0,
        daily_stamp_cap: 0,
        ..Terms::default()
    };
    let reward = serde_json::json!({
        "id": RewardId(Uuid::from_u128(1)), "kind": {"kind": "gift"}, "unit": "stamp", "cost": "completion",
        "stock": null, "conditions": {}, "active": true,
    });
    let (book, open) = opened(
        ProgramKind::Stamps,
        &terms,
        vec![serde_json::from_value(reward).unwrap()],
    );
    let stamp = Command::Stamp {
        count: None,
        amount_minor: Some(MONEY_MINOR_MAX),
    };
    let asked = Ask {
        command: stamp,
        authority: Authority::Key,
        proof: domain::proof::Proof::None,
        override_reason: None,
        ..open
    };
    let decision = book.ask(&asked).unwrap();
    assert_eq!(decision.claims.len(), 20);
    let event = decision.event.unwrap();
    assert_eq!(event.balance.stamps, MONEY_MINOR_MAX - 40);
}

#[test]
fn a_purchase_in_lines_is_a_purchase() {
    // The strategies build purchases that are sound; a mistake there would make every property above hold for nothing.
    let bought = purchase(1_000, None, true);
    let sum: i64 = bought.lines.iter().map(|line| line.amount_minor).sum();
    assert_eq!(sum, bought.amount_minor);
    let (mut book, open) = opened(ProgramKind::Points, &Terms::default(), Vec::new());
    let asked = Ask {
        command: Command::Earn(bought),
        ..open
    };
    let decision = book.ask(&asked).unwrap();
    book.keep(&asked, &decision);
    assert_eq!(book.cards[&card(0)].card.buckets.net(Unit::Point), 8);
}
