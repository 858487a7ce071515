//! A coffee bar with a bakery in London: stamps by the cup, and points for what people take home.

use super::{ProgramFacts, ProgramTexts, RewardFacts, Shop};
use crate::demo::calendar::{Country, Hours};
use domain::pin::{Policies, Policy};
use domain::program::ProgramKind;
use domain::quantity::Unit;
use domain::reward::{Conditions, Cost, LimitPeriod, RewardKind};
use domain::terms::{RiskPreset, StampBasis, Terms};

/// Staff show their PIN for what moves value; corrections are the back office's.
const PINS: Policies = Policies {
    adjust: Policy::Disabled,
    ..Policies::USUAL
};

/// What the coffee program is called and how it works, in the order of the languages.
const COFFEE_TEXTS: ProgramTexts = [
    (
        "Coffee card",
        "A stamp for every cup. The eighth stamp buys the ninth cup.",
        "One stamp a cup, up to four at a time, so the office round counts too. Eight stamps are any drink.",
    ),
    (
        "Carte café",
        "Un tampon par tasse. Huit tampons paient la neuvième.",
        "Un tampon par tasse, jusqu’à quatre à la fois\u{a0}: la tournée du bureau compte aussi. Huit tampons valent une boisson au choix.",
    ),
    (
        "Kaffeekarte",
        "Ein Stempel für jede Tasse. Acht Stempel bezahlen die neunte.",
        "Ein Stempel je Tasse, bis zu vier auf einmal: Auch die Runde fürs Büro zählt. Acht Stempel sind ein Getränk nach Wahl.",
    ),
    (
        "Kaffiskaart",
        "Ee Stempel fir all Taass. Aacht Stempele bezuelen déi néngt.",
        "Ee Stempel pro Taass, bis zu véier op eemol: Och d’Ronn fir de Büro zielt. Aacht Stempele sinn e Gedrénks no Wiel.",
    ),
];

/// What the pantry program is called and how it works, in the order of the languages.
const PANTRY_TEXTS: ProgramTexts = [
    (
        "Pantry points",
        "A point for every pound of bread, beans and jam to take home.",
        "Every full pound brings one point, in the shop and online. 120 points are a bag of beans.",
    ),
    (
        "Points épicerie",
        "Un point par livre sterling de pain, de café et de confiture à emporter.",
        "Chaque livre sterling entière rapporte un point, sur place et en ligne. 120 points valent un paquet de café.",
    ),
    (
        "Vorratspunkte",
        "Ein Punkt für jedes Pfund, das Sie für Brot, Bohnen und Marmelade ausgeben.",
        "Jedes volle Pfund Sterling bringt einen Punkt, im Laden und im Netz. 120 Punkte sind eine Tüte Kaffeebohnen.",
    ),
    (
        "Virrotspunkten",
        "Ee Punkt fir all Pond, dat Dir fir Brout, Bounen a Gebeess ausgitt.",
        "All voll Pond Sterling bréngt ee Punkt, am Buttek an online. 120 Punkte sinn eng Tut Kaffisbounen.",
    ),
];

pub fn shop() -> Shop {
    Shop {
        slug: "marigold",
        name: "Marigold & Rye",
        town: "London",
        country: "GB",
        holidays: Country::England,
        timezone: "Europe/London",
        locale: "en",
        currency: "GBP",
        colour: "#f2b233",
        mark: "croissant",
        share: 26,
        stores: &[
            ("BM", "Bermondsey", "88 Bermondsey Street, London SE1"),
            ("HK", "Hackney", "14 Mare Street, London E8"),
        ],
        staff: &[
            ("Imogen", "manager"),
            ("Dev", "manager"),
            ("Tomasz", "cashier"),
            ("Kezia", "cashier"),
            ("Rhys", "cashier"),
        ],
        web_shop: Some("web"),
        hours: Hours {
            days: [118, 122, 122, 118, 108, 74, 44],
            months: [98, 102, 104, 98, 102, 102, 94, 82, 106, 106, 108, 92],
            weekday: &[(420, 570, 58), (570, 690, 16), (690, 840, 16), (840, 1020, 10)],
            saturday: &[(480, 720, 66), (720, 1020, 34)],
            sunday: &[(540, 780, 70), (780, 960, 30)],
        },
        programs: vec![cups(), pantry()],
        apologies: &["Long wait on Saturday", "Wrong milk", "Machine was down for an hour"],
    }
}

fn cups() -> ProgramFacts {
    ProgramFacts {
        slug: "coffee",
        kind: ProgramKind::Stamps,
        terms: Terms {
            stamp_target: 8,
            stamp_basis: StampBasis::ManualQuantity,
            stamps_max_per_txn: 4,
            stamp_cooldown_minutes: 0,
            daily_stamp_cap: 0,
            risk_preset: RiskPreset::Balanced,
            pin_policy: PINS,
            ..Terms::default()
        },
        texts: COFFEE_TEXTS,
        share: 82,
        pace: 100,
        ticket: (340, 1_200),
        rewards: vec![
            RewardFacts::free(
                Unit::Stamp,
                Cost::Completion,
                [
                    ("Any drink", "Any size, any milk, to stay or to go."),
                    (
                        "Une boisson au choix",
                        "Toutes tailles, tous laits, sur place ou à emporter.",
                    ),
                    (
                        "Ein Getränk nach Wahl",
                        "Jede Größe, jede Milch, zum Hierbleiben oder Mitnehmen.",
                    ),
                    (
                        "E Gedrénks no Wiel",
                        "All Gréisst, all Mëllech, fir hei oder fir matzehuelen.",
                    ),
                ],
            ),
            RewardFacts::free(
                Unit::Stamp,
                Cost::Fixed(4),
                [
                    ("A slice of rye", "For four stamps: a slice with salted butter."),
                    (
                        "Une tartine de seigle",
                        "Pour quatre tampons\u{a0}: une tranche au beurre salé.",
                    ),
                    (
                        "Eine Scheibe Roggenbrot",
                        "Für vier Stempel: eine Scheibe mit Salzbutter.",
                    ),
                    (
                        "Eng Schmier Kärebrout",
                        "Fir véier Stempelen: eng Schmier mat gesalzenem Botter.",
                    ),
                ],
            ),
        ],
    }
}

fn pantry() -> ProgramFacts {
    let mut mug = RewardFacts::free(
        Unit::Point,
        Cost::Fixed(240),
        [
            (
                "A stoneware mug",
                "Thrown in Peckham, marigold glaze. One for each card, while they last.",
            ),
            (
                "Une tasse en grès",
                "Tournée à Peckham, émail souci. Une par carte, dans la limite du stock.",
            ),
            (
                "Ein Becher aus Steinzeug",
                "In Peckham gedreht, ringelblumengelb. Einer je Karte, solange der Vorrat reicht.",
            ),
            (
                "E Becher aus Steenzeug",
                "Zu Peckham gedréint, giel glaséiert. Een pro Kaart, soulaang der do sinn.",
            ),
        ],
    );
    mug.kind = RewardKind::Gift;
    mug.scarce = true;
    mug.conditions = Conditions {
        limit: Some((1, LimitPeriod::Ever)),
        ..Conditions::default()
    };
    let beans = RewardFacts::free(
        Unit::Point,
        Cost::Fixed(120),
        [
            ("A bag of beans", "250 g of the house roast, ground as you like it."),
            (
                "Un paquet de café",
                "250 g de la torréfaction maison, moulu à votre goût.",
            ),
            (
                "Eine Tüte Kaffeebohnen",
                "250 g der Hausröstung, gemahlen, wie Sie es mögen.",
            ),
            (
                "Eng Tut Kaffisbounen",
                "250 g vun der Hausréischtung, gemuel wéi Dir et gär hutt.",
            ),
        ],
    );
    ProgramFacts {
        slug: "pantry",
        kind: ProgramKind::Points,
        terms: Terms {
            points_rate: 1,
            points_per_minor: 100,
            pin_policy: PINS,
            ..Terms::default()
        },
        texts: PANTRY_TEXTS,
        share: 18,
        pace: 65,
        ticket: (450, 3_400),
        rewards: vec![beans, mug],
    }
}
