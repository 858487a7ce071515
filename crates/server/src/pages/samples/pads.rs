//! Invented pages of the PIN pad.

use super::till::{bar, till_page};
use super::{Sample, sample};
use crate::locale::Locale;
use crate::pages::page::Theme;
use crate::pages::till::Bar;
use crate::pages::till::pad::{PadPage, Person};
use crate::pages::till::turn::Turn;

pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let pages = pages(locale, theme);
    pages
        .iter()
        .map(|(name, page)| sample("till-pad", name, page))
        .collect()
}

/// The pad: for anybody, after a wrong try in somebody's turn, for a manager, and where nobody has a PIN.
fn pages(locale: Locale, theme: Theme) -> Vec<(&'static str, PadPage)> {
    let text = locale.messages();
    let names = [
        "Ada Okafor",
        "Grace Whitfield",
        "Idris Bello",
        "Mina Klein",
        "Noor Haddad",
        "Tom Ashby",
    ];
    let people = |chosen: &str, many: usize| -> Vec<Person> {
        let person = |name: &&str| Person {
            id: format!("stf_{name}").replace(' ', "_"),
            name: (*name).to_owned(),
            chosen: *name == chosen,
        };
        names.iter().take(many).map(person).collect()
    };
    let pad = |chosen: &str, many: usize| PadPage {
        page: till_page(locale, theme, 0),
        bar: bar(),
        action: "/till/cards/card_01sample/stamps".to_owned(),
        kept: vec![("idempotency_key".to_owned(), "sample".to_owned())],
        people: people(chosen, many),
        is_managers: false,
        why: None,
        reasons: Vec::new(),
        problem: None,
        without: false,
        back: "/till/cards/card_01sample".to_owned(),
    };
    let turn = Turn {
        name: "Mina Klein".to_owned(),
        seconds: 240,
    };
    let wrong = PadPage {
        bar: Bar {
            turn: Some(turn),
            ..bar()
        },
        problem: Some(text.error_pin_invalid()),
        without: true,
        ..pad("Mina Klein", 6)
    };
    let manager = PadPage {
        is_managers: true,
        why: Some(text.refused_manager("£50.00")),
        reasons: vec![("complaint", text.pin_reason_complaint(), true)],
        ..pad("Ada Okafor", 1)
    };
    vec![
        ("choose", pad("", 6)),
        ("wrong", wrong),
        ("manager", manager),
        ("nobody", pad("", 0)),
    ]
}
