//! Invented pages of the till.
//!
//! Owns: pairing, start, card and result in their states. Must not know: anything real.

use super::{DAY, HOUR, MINUTE, NOW_AT, Sample, breakfast_name, card, page, reward_name, sample, shops, stamp_history};
use crate::locale::Locale;
use crate::pages::card_drawing::{Balance, CardFacts, Stamps};
use crate::pages::events::{Amount, EventKind, Unit, WhyLine};
use crate::pages::page::{Page, Theme};
use crate::pages::storefront::card::{RewardRow, RewardState};
use crate::pages::till::card::{CardPage, Earn, PointsChoice, TillReward, Typed, Undo};
use crate::pages::till::preview::PreviewFragment;
use crate::pages::till::result::{Outcome, ResultPage};
use crate::pages::till::start::{Choice, LastRow, StartPage, Today};
use crate::pages::till::warning::Warning;
use crate::pages::till::{Bar, Currency};
use domain::event::Reason;

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let mut all = super::pairing::all(locale, theme);
    all.extend(
        StartPage::samples(locale, theme)
            .iter()
            .map(|(name, page)| sample("till-start", name, page)),
    );
    all.extend(
        CardPage::samples(locale, theme)
            .iter()
            .map(|(name, page)| sample("till-card", name, page)),
    );
    all.extend(
        ResultPage::samples(locale, theme)
            .iter()
            .map(|(name, page)| sample("till-result", name, page)),
    );
    all.extend(super::pads::all(locale, theme));
    all.extend(super::confirming::all(locale, theme));
    all
}

pub(super) fn till_page(locale: Locale, theme: Theme, shop: usize) -> Page {
    page(
        locale,
        theme,
        Some(shops()[shop].clone()),
        &locale.messages().till_title(),
        "/style/till-start/busy",
    )
}

pub(super) fn bar() -> Bar {
    Bar {
        store: "Grand-Rue".to_owned(),
        terminal: "T2".to_owned(),
        turn: None,
        asks_pin: false,
    }
}

fn undo(what: &str) -> Undo {
    Undo {
        event: "evt_01kap7w3sample_18".to_owned(),
        what: what.to_owned(),
        at: NOW_AT - 2 * MINUTE,
        idempotency_key: "sample-undo".to_owned(),
    }
}

impl StartPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, StartPage)> {
        let row = |who: &str, kind, amounts: Vec<Amount>, minutes: i64| LastRow {
            card: "card_01sample".to_owned(),
            who: who.to_owned(),
            kind,
            amounts,
            reward: None,
            at: NOW_AT - minutes * MINUTE,
            voided: false,
        };
        let last = vec![
            row("Jonas W.", EventKind::Stamped, vec![Amount::stamps(1)], 0),
            row("A. Muller", EventKind::Earned, vec![Amount::points(24)], 3),
            LastRow {
                reward: Some(reward_name(locale)),
                ..row("7XR2 K95D NB", EventKind::Redeemed, vec![], 11)
            },
            LastRow {
                voided: true,
                ..row("Sophie D.", EventKind::Stamped, vec![Amount::stamps(2)], 15)
            },
            row("Mina K.", EventKind::Stamped, vec![Amount::stamps(1)], 21),
        ];
        let busy = StartPage {
            page: till_page(locale, theme, 0),
            bar: bar(),
            query: String::new(),
            problem: None,
            choices: vec![],
            today: Today {
                stamps: 127,
                points: 1_864,
                rewards: 9,
                cards: 6,
            },
            has_stamps: true,
            has_points: true,
            last,
        };
        let unknown = StartPage {
            query: "4KQ7 29FM".to_owned(),
            problem: Some(locale.messages().found_unknown()),
            ..busy.clone()
        };
        let morning = StartPage {
            today: Today::default(),
            last: vec![],
            ..busy.clone()
        };
        let choice = |card: &str, shop: usize| Choice {
            card: card.to_owned(),
            program: super::card(shop).program,
        };
        let several = StartPage {
            query: "+352 621 123 456".to_owned(),
            choices: vec![choice("card_01", 0), choice("card_02", 1)],
            ..busy.clone()
        };
        vec![
            ("busy", busy),
            ("unknown-code", unknown),
            ("several-cards", several),
            ("morning", morning),
        ]
    }
}

impl CardPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, CardPage)> {
        let full = CardFacts {
            balance: Balance::Stamps(Stamps { have: 12, target: 10 }),
            ..card(0)
        };
        let eur = || Currency {
            code: "EUR".to_owned(),
            minor_digits: 2,
        };
        let hand = |count_max| Earn::Stamps {
            count_max,
            amount: None,
        };
        let asking = Earn::Stamps {
            count_max: 5,
            amount: Some(eur()),
        };
        let mut reward = build(locale, theme, 0, full, hand(5));
        reward.undo = Some(undo(&Amount::stamps(2).signed_words(&reward.page)));
        let mut cooling = build(locale, theme, 0, card(0), Earn::Nothing);
        cooling.warnings = vec![Warning::WaitUntil(Unit::Stamp, NOW_AT + 55 * MINUTE)];
        let mut nameless = build(locale, theme, 3, card(3), hand(3));
        nameless.name = None;
        nameless.events = vec![];
        nameless.last_visit_at = None;
        let mut blocked = build(locale, theme, 1, card(1), Earn::Nothing);
        blocked.warnings = vec![Warning::Blocked(Some(Reason::Fraud)), Warning::Debt(40)];
        let mut points = build(locale, theme, 1, card(1), Earn::Points(eur()));
        if let Some(reward) = points.rewards.first_mut() {
            reward.points = Some(PointsChoice {
                min: 100,
                step: 50,
                max: 500,
                worth: points
                    .page
                    .text()
                    .redeem_worth(Amount::points(100).words(&points.page), locale.money(100, "EUR")),
            });
        }
        vec![
            ("stamps", build(locale, theme, 0, card(0), hand(5))),
            ("reward-ready", reward),
            ("stamps-and-amount", build(locale, theme, 0, card(0), asking)),
            ("points", points),
            ("hybrid", build(locale, theme, 2, card(2), Earn::Purchase(eur()))),
            ("cooling", cooling),
            ("blocked", blocked),
            ("without-name", nameless),
        ]
    }
}

fn build(locale: Locale, theme: Theme, shop: usize, facts: CardFacts, earn: Earn) -> CardPage {
    let rewards = rewards(locale, &facts);
    CardPage {
        page: till_page(locale, theme, shop),
        bar: bar(),
        query: String::new(),
        id: "card_01sample".to_owned(),
        card: facts,
        name: Some("Mina K.".to_owned()),
        member_since_at: NOW_AT - 250 * DAY,
        last_visit_at: Some(NOW_AT - 3 * DAY - 6 * HOUR),
        warnings: vec![],
        earn,
        typed: Typed::default(),
        rewards,
        events: stamp_history(locale).into_iter().take(3).collect(),
        undo: None,
        idempotency_key: "sample".to_owned(),
    }
}

/// Rewards in the states that a balance brings.
fn rewards(locale: Locale, facts: &CardFacts) -> Vec<TillReward> {
    let reward = |id: &str, row| TillReward {
        id: id.to_owned(),
        row,
        claim: None,
        points: None,
        payable: None,
    };
    match &facts.balance {
        Balance::Stamps(stamps) if stamps.missing() == 0 => {
            let ready = RewardRow {
                name: reward_name(locale),
                state: RewardState::Ready { times: 1 },
                cost: Amount::stamps(stamps.target),
                have: stamps.have,
            };
            let away = RewardRow {
                name: breakfast_name(locale),
                state: RewardState::Away,
                cost: Amount::stamps(stamps.target),
                have: stamps.have,
            };
            vec![reward("rew_01", ready), reward("rew_02", away)]
        }
        Balance::Stamps(stamps) => {
            vec![reward(
                "rew_01",
                RewardRow {
                    name: reward_name(locale),
                    state: RewardState::Missing(Amount::stamps(stamps.missing())),
                    cost: Amount::stamps(stamps.target),
                    have: stamps.have,
                },
            )]
        }
        Balance::Points(points) | Balance::Hybrid(_, points) => vec![
            reward(
                "rew_01",
                RewardRow {
                    name: reward_name(locale),
                    state: RewardState::Ready { times: 1 },
                    cost: Amount::points(200),
                    have: points.have,
                },
            ),
            reward(
                "rew_02",
                RewardRow {
                    name: breakfast_name(locale),
                    state: RewardState::Missing(Amount::points(260)),
                    cost: Amount::points(points.have + 260),
                    have: points.have,
                },
            ),
        ],
    }
}

/// The answer of a till.
fn result(
    locale: Locale,
    theme: Theme,
    shop: usize,
    (facts, outcome, undo): (CardFacts, Outcome, Option<Undo>),
) -> ResultPage {
    ResultPage {
        page: till_page(locale, theme, shop),
        bar: bar(),
        id: "card_01sample".to_owned(),
        card: facts,
        name: Some("Mina K.".to_owned()),
        outcome,
        notes: vec![],
        own_pin: shop == 2,
        undo,
        manager: None,
        confirm: None,
    }
}

impl ResultPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, ResultPage)> {
        let text = locale.messages();
        let build = |shop, facts, outcome, undo| result(locale, theme, shop, (facts, outcome, undo));
        let eight = CardFacts {
            balance: Balance::Stamps(Stamps { have: 8, target: 10 }),
            ..card(0)
        };
        let wait = Outcome::Wait {
            sentence: text.warn_wait(locale.time(NOW_AT + 55 * MINUTE, &jiff::tz::TimeZone::UTC)),
            next: None,
        };
        let no = Outcome::No {
            sentence: text.warn_blocked(),
            next: None,
        };
        let redeemed = |off: Option<String>| Outcome::Redeemed {
            reward: reward_name(locale),
            claim: "K7Q-29F".to_owned(),
            off,
        };
        vec![
            (
                "stamped",
                build(0, eight, Outcome::Given(vec![Amount::stamps(1)]), Some(undo("+1"))),
            ),
            (
                "earned",
                build(1, card(1), Outcome::Given(vec![Amount::points(35)]), Some(undo("+35"))),
            ),
            (
                "purchased",
                build(
                    2,
                    card(2),
                    Outcome::Given(vec![Amount::stamps(1), Amount::points(23)]),
                    Some(undo("+23")),
                ),
            ),
            ("redeemed", build(0, card(0), redeemed(None), Some(undo("−10")))),
            (
                "paid-with-points",
                build(1, card(1), redeemed(Some(locale.money(750, "EUR"))), Some(undo("−750"))),
            ),
            (
                "taken-back",
                build(
                    0,
                    card(0),
                    Outcome::TakenBack {
                        what: text.stamps(1, "+1"),
                    },
                    None,
                ),
            ),
            ("reward-taken-back", build(0, card(0), reward_back(locale), None)),
            ("wait", build(0, card(0), wait, None)),
            ("no", build(0, card(0), no, None)),
        ]
    }
}

fn reward_back(locale: Locale) -> Outcome {
    Outcome::RewardTakenBack {
        reward: reward_name(locale),
        back: Some(locale.messages().stamps(10, "10")),
    }
}

impl PreviewFragment {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, PreviewFragment)> {
        let page = till_page(locale, theme, 1);
        let why = vec![
            WhyLine {
                text: locale.money(2_350, "EUR"),
                amount: Amount::points(23),
            },
            WhyLine {
                text: "×1.5".to_owned(),
                amount: Amount::points(12),
            },
        ];
        let problem = PreviewFragment {
            page: page.clone(),
            amounts: vec![],
            why: vec![],
            problem: Some(locale.messages().error_not_found()),
        };
        vec![
            (
                "points",
                PreviewFragment {
                    page,
                    amounts: vec![Amount::points(35)],
                    why,
                    problem: None,
                },
            ),
            ("nothing", problem),
        ]
    }
}
