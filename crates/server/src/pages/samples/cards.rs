//! Invented cards of a back office: looked for, shown, put right.

use super::back::{back, stores};
use super::people::bar;
use super::{DAY, MINUTE, Sample, event, sample};
use crate::locale::{Locale, Messages};
use crate::pages::back::Trouble;
use crate::pages::back::cards::{CardPage, CardsPage, Form, FoundRow, Sent, Typed};
use crate::pages::back::log::Choice;
use crate::pages::back::words;
use crate::pages::events::{Amount, EventKind, EventRow};
use crate::pages::page::Theme;
use crate::permissions::Role;
use domain::event::Reason;

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let mut all = looked_for(locale, theme);
    all.extend(put_right(locale, theme));
    all
}

fn looked_for(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let empty = CardsPage {
        page: back(locale, theme, &text.back_cards(), "/back/cards"),
        bar: bar(locale, Role::Manager, "Bäckerei Wester"),
        query: String::new(),
        found: Vec::new(),
        trouble: None,
    };
    let unknown = CardsPage {
        query: "4KQ7 29FM X3".to_owned(),
        trouble: Some(Trouble {
            field: "q",
            code: "not_found",
            sentence: text.back_cards_unknown(),
        }),
        ..empty.clone()
    };
    let found = |program: &str| FoundRow {
        card: "card_01sample".to_owned(),
        program: program.to_owned(),
    };
    let several = CardsPage {
        query: "mina@example.com".to_owned(),
        found: vec![found("Brout & Kaffi"), found("Wester Punkten")],
        ..empty.clone()
    };
    vec![
        sample("back-cards", "empty", &empty),
        sample("back-cards", "unknown", &unknown),
        sample("back-cards", "several", &several),
    ]
}

fn form(locale: Locale) -> Form {
    let text = locale.messages();
    let units = [("stamp", text.correct_stamps()), ("point", text.correct_points())];
    let reason = |reason: Reason| Choice::new(reason.code(), words::reason(text, reason.code()), "goodwill");
    Form {
        units: units
            .into_iter()
            .map(|(code, words)| Choice::new(code, words, "stamp"))
            .collect(),
        reasons: Reason::ADJUST.into_iter().map(reason).collect(),
        stores: stores(),
        typed: Typed::default(),
        key: "0".to_owned(),
        fresh: true,
    }
}

/// The last events, each with who did it and why.
fn happened(text: &Messages) -> Vec<(EventRow, String)> {
    vec![
        (
            event(
                9,
                EventKind::Adjusted,
                12 * MINUTE,
                "Grand-Rue",
                vec![Amount::points(200)],
            ),
            format!("Anouk Reding · {} · Machine broken", text.pin_reason_goodwill()),
        ),
        (
            event(8, EventKind::Stamped, DAY, "Grand-Rue", vec![Amount::stamps(1)]),
            "Mina Klein".to_owned(),
        ),
        (
            event(7, EventKind::Earned, 2 * DAY, "Belval", vec![Amount::points(12)]),
            String::new(),
        ),
    ]
}

fn put_right(locale: Locale, theme: Theme) -> Vec<Sample> {
    let text = locale.messages();
    let one = CardPage {
        page: back(locale, theme, "Mina", "/back/cards/card_01sample"),
        bar: bar(locale, Role::Manager, "Bäckerei Wester"),
        card: "card_01sample".to_owned(),
        program: "Brout & Kaffi".to_owned(),
        number: "4KQ7 29FM X3".to_owned(),
        stopped: None,
        balance: vec![Amount::stamps(6), Amount::points(240)],
        events: happened(text),
        form: Some(form(locale)),
        sent: Sent::Nothing,
        trouble: None,
    };
    let refused = CardPage {
        form: Some(Form {
            units: vec![Choice::new("point", text.correct_points(), "point")],
            typed: Typed {
                takes: true,
                amount: "500".to_owned(),
                note: "Machine broken".to_owned(),
            },
            ..form(locale)
        }),
        trouble: Some(Trouble {
            field: "amount",
            code: "zero_amount",
            sentence: text.error_zero_amount(),
        }),
        ..one.clone()
    };
    let waits = CardPage {
        sent: Sent::Waits,
        form: Some(Form {
            fresh: false,
            ..form(locale)
        }),
        ..one.clone()
    };
    let looks_only = CardPage {
        form: None,
        stopped: Some(text.error_card_blocked()),
        ..one.clone()
    };
    vec![
        sample("back-card", "one", &one),
        sample("back-card", "refused", &refused),
        sample("back-card", "waits", &waits),
        sample("back-card", "looks-only", &looks_only),
    ]
}
