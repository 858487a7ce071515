//! A wine shop with a bar in Trier: one card that collects both stamps and points.

use super::{ProgramFacts, ProgramTexts, RewardFacts, Shop};
use crate::demo::calendar::{Country, Hours};
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, LimitPeriod};
use domain::terms::Terms;

/// What the program is called and how it works, in the order of the languages.
const TEXTS: ProgramTexts = [
    (
        "Porta card",
        "A stamp for every visit and two points for every euro.",
        "Each purchase brings one stamp and two points a euro. Eight stamps are a glass at the bar; points become bottles and tastings.",
    ),
    (
        "Carte Porta",
        "Un tampon par visite et deux points par euro.",
        "Chaque achat rapporte un tampon et deux points par euro. Huit tampons valent un verre au bar\u{202f}; les points deviennent bouteilles et dégustations.",
    ),
    (
        "Portakarte",
        "Ein Stempel für jeden Besuch und zwei Punkte für jeden Euro.",
        "Jeder Einkauf bringt einen Stempel und zwei Punkte je Euro. Acht Stempel sind ein Glas an der Bar; aus Punkten werden Flaschen und Weinproben.",
    ),
    (
        "Portakaart",
        "Ee Stempel fir all Visitt an zwee Punkte fir all Euro.",
        "All Akaf bréngt ee Stempel an zwee Punkte pro Euro. Aacht Stempele sinn e Glas un der Bar; aus Punkte ginn d’Fläschen an d’Wäiprouwen.",
    ),
];

pub fn shop() -> Shop {
    Shop {
        slug: "porta",
        name: "Weinhaus Porta",
        town: "Trier",
        country: "DE",
        holidays: Country::Rhineland,
        timezone: "Europe/Berlin",
        locale: "de",
        currency: "EUR",
        colour: "#2f6b4f",
        mark: "wine",
        share: 16,
        stores: &[("SI", "Simeonstraße", "Simeonstraße 31, 54290 Trier")],
        staff: &[
            ("Ruth", "manager"),
            ("Henning", "cashier"),
            ("Selin", "cashier"),
            ("Valentin", "cashier"),
        ],
        web_shop: Some("versand"),
        hours: Hours {
            days: [40, 70, 78, 92, 150, 220, 0],
            months: [78, 82, 88, 98, 104, 98, 92, 90, 108, 114, 118, 186],
            weekday: &[(660, 780, 18), (780, 960, 22), (960, 1109, 34), (1109, 1290, 26)],
            saturday: &[(600, 780, 38), (780, 1020, 40), (1020, 1290, 22)],
            sunday: &[],
        },
        programs: vec![ProgramFacts {
            slug: "portakarte",
            kind: ProgramKind::Hybrid,
            terms: Terms {
                stamp_target: 8,
                welcome_points: 20,
                points_rate: 2,
                points_per_minor: 100,
                max_basis_minor: 60_000,
                ..Terms::default()
            },
            texts: TEXTS,
            share: 100,
            pace: 70,
            ticket: (850, 7_800),
            rewards: rewards(),
        }],
        apologies: &[
            "Flasche mit Korkfehler",
            "Lieferung kam zu spät",
            "Preis falsch ausgezeichnet",
        ],
    }
}

fn rewards() -> Vec<RewardFacts> {
    let glass = RewardFacts::free(
        Unit::Stamp,
        Cost::Completion,
        [
            ("A glass at the bar", "A glass of the wine of the week, or grape juice."),
            ("Un verre au bar", "Un verre du vin de la semaine, ou un jus de raisin."),
            (
                "Ein Glas an der Bar",
                "Ein Glas vom Wein der Woche, oder ein Traubensaft.",
            ),
            ("E Glas un der Bar", "E Glas vum Wäi vun der Woch, oder en Drauwejus."),
        ],
    );
    let bottle = RewardFacts::free(
        Unit::Point,
        Cost::Fixed(600),
        [
            (
                "A bottle of the house Riesling",
                "Dry, from slate, from the other side of the river.",
            ),
            (
                "Une bouteille du riesling maison",
                "Sec, sur schiste, de l’autre rive de la rivière.",
            ),
            (
                "Eine Flasche Hausriesling",
                "Trocken, vom Schiefer, von der anderen Seite der Mosel.",
            ),
            (
                "Eng Fläsch Hausriesling",
                "Dréchen, vum Schifer, vun där anerer Säit vun der Musel.",
            ),
        ],
    );
    let mut tasting = RewardFacts::free(
        Unit::Point,
        Cost::Fixed(900),
        [
            (
                "A tasting for two",
                "Six wines with bread, on Fridays and Saturdays, once a month.",
            ),
            (
                "Une dégustation pour deux",
                "Six vins et du pain, le vendredi et le samedi, une fois par mois.",
            ),
            (
                "Eine Weinprobe für zwei",
                "Sechs Weine mit Brot, freitags und samstags, einmal im Monat.",
            ),
            (
                "Eng Wäiprouf fir zwee",
                "Sechs Wäiner mat Brout, freides a samschdes, eemol am Mount.",
            ),
        ],
    );
    tasting.conditions = Conditions {
        weekdays: vec![5, 6],
        limit: Some((1, LimitPeriod::Month)),
        ..Conditions::default()
    };
    vec![glass, bottle, tasting]
}
