//! Invented pages: every page in every state, for `/style` and for the test that renders them all.
//!
//! Owns: four shops that do not exist and what their pages look like. Must not know: anything real.

mod back;
mod cards;
mod confirming;
mod floors;
mod letters;
mod others;
mod pads;
mod pairing;
mod people;
mod storefront;
mod till;
mod users;

use askama::Template;
use jiff::tz::TimeZone;

use super::card_drawing::{Balance, CardFacts, Mark, NextReward, Points, Stamps};
use super::events::{Amount, EventKind, EventRow, WhyLine};
use super::page::{MerchantLook, Page, Theme};
use crate::brand::Brand;
use crate::locale::Locale;

/// One page in one state.
pub struct Sample {
    /// The page, as in the address `/style/{page}/{sample}`.
    pub page: &'static str,
    /// The state.
    pub name: &'static str,
    /// The rendered page.
    pub html: Result<String, askama::Error>,
}

/// Every page in every state, in one language and look.
pub fn all(locale: Locale, theme: Theme) -> Vec<Sample> {
    let mut all = others::all(locale, theme);
    all.extend(letters::all(locale, theme));
    all.extend(people::all(locale, theme));
    all.extend(back::all(locale, theme));
    all.extend(cards::all(locale, theme));
    all.extend(floors::all(locale, theme));
    all.extend(users::all(locale, theme));
    all.extend(storefront::all(locale, theme));
    all.extend(till::all(locale, theme));
    all
}

fn sample(page: &'static str, name: &'static str, template: &impl Template) -> Sample {
    Sample {
        page,
        name,
        html: template.render(),
    }
}

/// Sunday, 22 November 2026, 14:32 in Luxembourg.
pub(super) const NOW_AT: i64 = 1_795_354_320_000_000;
pub(super) const MINUTE: i64 = 60_000_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

fn page(locale: Locale, theme: Theme, merchant: Option<MerchantLook>, title: &str, path: &str) -> Page {
    let mut page = Page::new(locale, title, path);
    page.theme = theme;
    page.merchant = merchant;
    page.now_at = NOW_AT;
    page.zone = TimeZone::get("Europe/Luxembourg").unwrap_or(TimeZone::UTC);
    page
}

/// The four shops of the samples, as the demo has four: one in each language.
pub(super) fn shops() -> [MerchantLook; 4] {
    let shop = |name: &str, slug: &str, colour: &str, mark: &'static str| MerchantLook {
        name: name.to_owned(),
        slug: slug.to_owned(),
        brand: Brand::parse(colour).unwrap_or_else(Brand::house),
        mark: Mark::Icon(mark),
    };
    [
        shop("Bäckerei Wester", "wester", "#8f3d2e", "coffee"),
        shop("Librairie du Quai", "quai", "#1f4e79", "book-open"),
        shop("Radhaus Porta", "porta", "#2f6b4f", "bike"),
        shop("Marigold & Rye", "marigold", "#f2b233", "flower-2"),
    ]
}

/// A card of the shop at this place of [`shops`].
pub(super) fn card(shop: usize) -> CardFacts {
    let shops = shops();
    let look = &shops[shop % shops.len()];
    let next = |cost: i64, name: &str| {
        Some(NextReward {
            cost,
            name: name.to_owned(),
        })
    };
    let (program, number, balance) = match shop {
        0 => (
            "Kaffiskaart",
            "4KQ729FMX3",
            Balance::Stamps(Stamps { have: 7, target: 10 }),
        ),
        1 => (
            "Carte du lecteur",
            "8TR4M2WC9P",
            Balance::Points(Points {
                have: 1_240,
                next: next(1_500, "un livre de poche"),
            }),
        ),
        2 => (
            "Werkstattkarte",
            "7XR2K95DNB",
            Balance::Hybrid(
                Stamps { have: 3, target: 5 },
                Points {
                    have: 386,
                    next: next(500, "Inspektion"),
                },
            ),
        ),
        _ => (
            "Posy card",
            "2WJ6PH4V8E",
            Balance::Stamps(Stamps { have: 4, target: 6 }),
        ),
    };
    CardFacts {
        merchant: look.name.clone(),
        program: program.to_owned(),
        mark: look.mark.clone(),
        face: look.brand.face,
        balance,
        number: Some(number.to_owned()),
    }
}

fn event(sequence: i64, kind: EventKind, ago: i64, place: &str, amounts: Vec<Amount>) -> EventRow {
    EventRow {
        id: format!("evt_01kap7w3sample_{sequence}"),
        kind,
        at: NOW_AT - ago,
        place: Some(place.to_owned()).filter(|place| !place.is_empty()),
        amounts,
        reward: None,
        undoes: None,
        voided: false,
        why: Vec::new(),
        balance_after: Vec::new(),
    }
}

/// A believable history of a stamp card: given, redeemed, voided, with reasons.
fn stamp_history(locale: Locale) -> Vec<EventRow> {
    let stamp = locale.messages().event_stamped();
    let why = vec![WhyLine {
        text: stamp.clone(),
        amount: Amount::stamps(1),
    }];
    let mut history = vec![
        EventRow {
            why: why.clone(),
            balance_after: vec![Amount::stamps(7)],
            ..event(
                18,
                EventKind::Stamped,
                6 * HOUR + 20 * MINUTE,
                "Grand-Rue",
                vec![Amount::stamps(1)],
            )
        },
        EventRow {
            why,
            balance_after: vec![Amount::stamps(6)],
            ..event(
                17,
                EventKind::Stamped,
                3 * DAY + 6 * HOUR,
                "Gare",
                vec![Amount::stamps(1)],
            )
        },
        EventRow {
            undoes: Some(format!("{stamp} +1")),
            ..event(16, EventKind::Voided, 9 * DAY, "Grand-Rue", vec![Amount::stamps(-1)])
        },
        EventRow {
            voided: true,
            ..event(
                15,
                EventKind::Stamped,
                9 * DAY + MINUTE,
                "Grand-Rue",
                vec![Amount::stamps(1)],
            )
        },
        EventRow {
            reward: Some(reward_name(locale)),
            ..event(
                14,
                EventKind::Redeemed,
                10 * DAY,
                "Grand-Rue",
                vec![Amount::stamps(-10)],
            )
        },
    ];
    history.push(event(13, EventKind::Stamped, 38 * DAY, "Gare", vec![Amount::stamps(2)]));
    history.push(event(1, EventKind::Enrolled, 250 * DAY, "", vec![]));
    history
}

/// The usual reward, in the reader's language as a merchant would have written it.
fn reward_name(locale: Locale) -> String {
    let name = match locale {
        Locale::En => "Free coffee",
        Locale::Fr => "Un café offert",
        Locale::De => "Gratiskaffee",
        Locale::Lb => "Gratis Kaffi",
    };
    name.to_owned()
}

fn breakfast_name(locale: Locale) -> String {
    let name = match locale {
        Locale::En => "Breakfast for two",
        Locale::Fr => "Petit-déjeuner pour deux",
        Locale::De => "Frühstück für zwei",
        Locale::Lb => "Kaffi fir zwee",
    };
    name.to_owned()
}
