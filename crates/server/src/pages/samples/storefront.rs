//! Invented pages of the storefront.
//!
//! Owns: join, card and history in their states. Must not know: anything real.

use super::{MINUTE, Sample, breakfast_name, card, event, page, reward_name, sample, shops, stamp_history};
use crate::locale::Locale;
use crate::pages::agreed::Terms;
use crate::pages::card_drawing::{Balance, CardFacts, Stamps};
use crate::pages::events::{Amount, EventKind, EventRow, WhyLine};
use crate::pages::page::Theme;
use crate::pages::storefront::card::{
    CardFragment, CardPage, CardState, Expiry, Question, RewardRow, RewardState, Said,
};
use crate::pages::storefront::history::{Filter, HistoryPage};
use crate::pages::storefront::join::{FieldError, Intake, JoinPage, Typed};
use crate::pages::storefront::prove::ProvePage;

const LINK: &str = "/style/storefront-card/stamps";

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let joins = JoinPage::samples(locale, theme);
    let cards = CardPage::samples(locale, theme);
    let histories = HistoryPage::samples(locale, theme);
    let joins = joins.iter().map(|(name, page)| sample("storefront-join", name, page));
    let cards = cards.iter().map(|(name, page)| sample("storefront-card", name, page));
    let histories = histories
        .iter()
        .map(|(name, page)| sample("storefront-history", name, page));
    let proofs = ProvePage::samples(locale, theme);
    let proofs = proofs.iter().map(|(name, page)| sample("storefront-prove", name, page));
    joins.chain(cards).chain(histories).chain(proofs).collect()
}

fn empty(facts: CardFacts) -> CardFacts {
    let balance = match facts.balance {
        Balance::Stamps(stamps) => Balance::Stamps(Stamps { have: 0, ..stamps }),
        other => other,
    };
    CardFacts {
        number: None,
        balance,
        ..facts
    }
}

impl JoinPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, JoinPage)> {
        let shop = &shops()[0];
        let text = locale.messages();
        let facts = empty(card(0));
        let open = |typed: Typed, errors: Vec<FieldError>| JoinPage {
            page: page(
                locale,
                theme,
                Some(shop.clone()),
                &text.join_title(&facts.program),
                "/style/storefront-join/open",
            ),
            promises: vec![
                text.welcome_promise(text.stamps(2, "2")),
                text.join_promise(text.stamps(10, "10"), reward_name(locale)),
            ],
            card: facts.clone(),
            intake: Intake::Open,
            asks_age: false,
            terms: Some(Terms {
                version: 2,
                paragraphs: vec![
                    "Ee Stempel pro Visitt, héchstens dräi den Dag.".to_owned(),
                    "No zéng Stempele kritt Dir e gratis Kaffi.".to_owned(),
                ],
            }),
            typed,
            errors,
            action: "/j/wester/prg_01".to_owned(),
            shown: String::new(),
            idempotency_key: "sample".to_owned(),
        };
        let missing = FieldError {
            field: "terms".to_owned(),
            message: text.join_terms_missing(),
        };
        let shut = |intake: Intake| JoinPage {
            intake,
            ..open(Typed::default(), vec![])
        };
        vec![
            ("open", open(Typed::default(), vec![])),
            (
                "with-error",
                open(
                    Typed {
                        first_name: "Mina".to_owned(),
                        locale: Some(Locale::Lb),
                        contact: "mina@example.lu".to_owned(),
                        birth_year: String::new(),
                        terms: false,
                        marketing: false,
                    },
                    vec![missing],
                ),
            ),
            ("closed", shut(Intake::Closed)),
            ("ended", shut(Intake::Ended)),
        ]
    }
}

impl CardPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, CardPage)> {
        let stamps = build(locale, theme, 0, card(0), stamp_history(locale));
        let points = build(locale, theme, 1, card(1), points_history(locale));
        let hybrid = build(locale, theme, 2, card(2), points_history(locale));
        let light = build(locale, theme, 3, card(3), stamp_history(locale));
        let mut ready = build(
            locale,
            theme,
            0,
            CardFacts {
                balance: Balance::Stamps(Stamps { have: 10, target: 10 }),
                ..card(0)
            },
            stamp_history(locale),
        );
        ready.fragment.rewards[0].state = RewardState::Ready { times: 1 };
        ready.fragment.coming = vec![Expiry {
            amount: Amount::points(35),
            on: jiff::civil::date(2026, 12, 1),
        }];
        ready.fragment.expiries = vec![Expiry {
            amount: Amount::stamps(3),
            on: jiff::civil::date(2026, 12, 14),
        }];
        let mut new = build(locale, theme, 0, empty(card(0)), vec![]);
        new.first_name = None;
        new.fragment.welcome = vec![locale.messages().welcome_promise(locale.messages().stamps(2, "2"))];
        new.fragment.card.number = card(0).number;
        let mut blocked = build(locale, theme, 0, card(0), stamp_history(locale));
        blocked.fragment.state = CardState::Blocked;
        let mut closed = build(locale, theme, 1, card(1), points_history(locale));
        closed.fragment.state = CardState::Closed;
        let mut merged = build(locale, theme, 0, card(0), stamp_history(locale));
        merged.merged = true;
        let mut unproved = build(locale, theme, 0, card(0), stamp_history(locale));
        (unproved.waiting, unproved.written) = (Some("m…@example.lu".to_owned()), true);
        let mut asked = build(locale, theme, 0, card(0), stamp_history(locale));
        asked.fragment.question = Some(Question {
            id: "cnf_01sample".to_owned(),
            what: reward_name(locale),
            cost: Some(Amount::stamps(10)),
        });
        let mut said = build(locale, theme, 0, card(0), stamp_history(locale));
        said.said = Some(Said::Yes);
        let forty = build(
            locale,
            theme,
            2,
            CardFacts {
                balance: Balance::Stamps(Stamps { have: 27, target: 40 }),
                ..card(2)
            },
            stamp_history(locale),
        );
        vec![
            ("stamps", stamps),
            ("points", points),
            ("hybrid", hybrid),
            ("pale-colour", light),
            ("ready", ready),
            ("forty-stamps", forty),
            ("new", new),
            ("blocked", blocked),
            ("closed", closed),
            ("merged", merged),
            ("unproved", unproved),
            ("asked", asked),
            ("said-yes", said),
        ]
    }
}

fn build(locale: Locale, theme: Theme, shop: usize, facts: CardFacts, events: Vec<EventRow>) -> CardPage {
    let page = page(
        locale,
        theme,
        Some(shops()[shop].clone()),
        &locale.messages().card_title(),
        LINK,
    );
    let rewards = match &facts.balance {
        Balance::Stamps(stamps) => vec![RewardRow {
            name: reward_name(locale),
            state: RewardState::Missing(Amount::stamps(stamps.missing())),
            cost: Amount::stamps(stamps.target),
            have: stamps.have,
        }],
        Balance::Points(points) | Balance::Hybrid(_, points) => vec![
            RewardRow {
                name: reward_name(locale),
                state: RewardState::Ready { times: 2 },
                cost: Amount::points(200),
                have: points.have,
            },
            RewardRow {
                name: breakfast_name(locale),
                state: RewardState::Missing(Amount::points(260)),
                cost: Amount::points(points.have + 260),
                have: points.have,
            },
        ],
    };
    let fragment = CardFragment {
        page: page.clone(),
        live: false,
        code: format!(
            "trei1{}KdG8vQ0zJ3nYxR5",
            facts.number.as_deref().unwrap_or("4KQ729FMX3")
        ),
        card: facts,
        version: 18,
        shown: "18".to_owned(),
        question: None,
        state: CardState::Active,
        welcome: vec![],
        rewards,
        coming: vec![],
        expiries: vec![],
        events: events.into_iter().take(3).collect(),
        link: LINK.to_owned(),
    };
    CardPage {
        page,
        first_name: Some("Mina".to_owned()),
        merged: false,
        proved: false,
        waiting: None,
        written: false,
        said: None,
        fragment,
    }
}

fn points_history(locale: Locale) -> Vec<EventRow> {
    let money = locale.money(2_350, "EUR");
    let why = vec![
        WhyLine {
            text: money,
            amount: Amount::points(23),
        },
        WhyLine {
            text: "×1,5".to_owned(),
            amount: Amount::points(12),
        },
    ];
    vec![
        EventRow {
            why,
            balance_after: vec![Amount::points(1_240)],
            ..event(
                9,
                EventKind::Earned,
                30 * MINUTE,
                "Quai Félix Maréchal",
                vec![Amount::points(35)],
            )
        },
        EventRow {
            reward: Some(reward_name(locale)),
            ..event(
                8,
                EventKind::Redeemed,
                40 * super::DAY,
                "Quai Félix Maréchal",
                vec![Amount::points(-200)],
            )
        },
        event(
            7,
            EventKind::Returned,
            41 * super::DAY,
            "Quai Félix Maréchal",
            vec![Amount::points(-10)],
        ),
    ]
}

impl HistoryPage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, HistoryPage)> {
        let title = locale.messages().history_title();
        let build = |filter: Filter, events: Vec<EventRow>, next: Option<&str>| HistoryPage {
            page: page(
                locale,
                theme,
                Some(shops()[0].clone()),
                &title,
                "/style/storefront-history/all",
            ),
            link: LINK.to_owned(),
            filter,
            events,
            continued: false,
            next_cursor: next.map(str::to_owned),
        };
        let redeemed = stamp_history(locale)
            .into_iter()
            .filter(|event| event.kind == EventKind::Redeemed)
            .collect();
        vec![
            ("all", build(Filter::All, stamp_history(locale), Some("c_13"))),
            (
                "second-page",
                HistoryPage {
                    continued: true,
                    ..build(Filter::All, stamp_history(locale), Some("c_13"))
                },
            ),
            ("rewards", build(Filter::Redeemed, redeemed, None)),
            ("nothing-of-this-kind", build(Filter::Other, vec![], None)),
            ("empty", build(Filter::All, vec![], None)),
        ]
    }
}

impl ProvePage {
    /// The page in every state.
    pub fn samples(locale: Locale, theme: Theme) -> Vec<(&'static str, ProvePage)> {
        let shop = shops()[0].clone();
        let text = locale.messages();
        let build = |known: bool, title: String, name: &str| ProvePage {
            page: page(
                locale,
                theme,
                Some(shop.clone()),
                &title,
                &format!("/style/storefront-prove/{name}"),
            ),
            address: "m…@example.lu".to_owned(),
            known,
            elsewhere: !known,
            action: "/v/sample".to_owned(),
        };
        vec![
            ("new", build(false, text.prove_title(), "new")),
            ("known", build(true, text.prove_known_title(), "known")),
        ]
    }
}
